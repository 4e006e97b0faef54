"""Reports from addresses and lists of addresses, one after another, as JSON lines."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter

from dateline.errors import InputError
from dateline.reading.addresses import addresses, tidy
from dateline.reading.fetching import Fetcher
from dateline.reading.limits import Limits, is_address
from dateline.reading.unread import Unread
from dateline.reading.web import read_address
from dateline.records import Report


def gather(
    sources: Iterable[str],
    limits: Limits,
    *,
    published: str | None = None,
    known: Collection[str] = (),
) -> Iterator[Report | Unread]:
    """Yield the reports of addresses, feeds and files with lists of addresses.

    What cannot be fetched comes as ``Unread`` in its place; an address that comes again, or is among
    ``known``, is left out.
    """
    seen = set(known)
    with Fetcher(limits) as fetcher:
        for source in sources:
            try:
                for url in _addresses(source):
                    if url in seen:
                        continue
                    seen.add(url)
                    yield from read_address(fetcher, url, published, skip=seen)
            except (InputError, OSError) as error:
                yield Unread(source, str(error))


def _addresses(source: str) -> Iterator[str]:
    if is_address(source):
        yield tidy(source)
    elif Path(source).is_file():
        yield from (url for _, url in addresses(Path(source)))
    else:
        raise InputError(
            "this is no address and no file; an address begins with https://, and a file has one "
            "address a line"
        )


def report_line(report: Report) -> str:
    """Return a report as one line of JSON."""
    return _reports().dump_json(report).decode()


@cache
def _reports() -> TypeAdapter[Report]:
    return TypeAdapter(Report)


def fetched_already(path: Path) -> frozenset[str]:
    """Return the addresses of the reports in a file that `dateline fetch` wrote.

    A last line that was cut off is taken out of the file.

    Raises:
        InputError: a line is no report.
    """
    found: set[str] = set()
    if not path.exists():
        return frozenset()
    whole = 0
    with path.open("r+b") as stream:
        for line in stream:
            if not line.endswith(b"\n"):
                stream.truncate(whole)
                break
            whole += len(line)
            try:
                report = _reports().validate_json(line)
            except ValueError as error:
                raise InputError(f"{path} holds something else than reports: {error}") from error
            found.update(place for place in (report.url, report.source) if place)
    return frozenset(found)
