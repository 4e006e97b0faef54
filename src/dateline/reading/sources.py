"""What to read: files, folders, addresses and standard input, one after another."""

from __future__ import annotations

import io
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import BinaryIO

from dateline.errors import InputError
from dateline.reading.crawls import Broken, Page, warc_pages
from dateline.reading.dates import publication_date
from dateline.reading.documents import looks_like_feed, looks_like_html, read_html, read_text
from dateline.reading.limits import NICE, Limits, is_address
from dateline.reading.packed import unpacked, zip_members
from dateline.reading.tables import Numbered, Row, csv_rows, json_lines, parquet_rows, report_of
from dateline.reading.unread import Unread
from dateline.records import DateBasis, Report

FORMATS = ("text", "html", "jsonl", "csv", "parquet", "warc", "feed", "urls", "mail", "pdf")
SUFFIXES = {
    ".txt": "text", ".text": "text", ".md": "text",
    ".html": "html", ".htm": "html", ".xhtml": "html",
    ".jsonl": "jsonl", ".ndjson": "jsonl", ".jl": "jsonl",
    ".csv": "csv", ".tsv": "csv", ".tab": "csv",
    ".parquet": "parquet", ".pq": "parquet",
    ".rss": "feed", ".atom": "feed", ".urls": "urls",
    ".mbox": "mail", ".eml": "mail", ".pdf": "pdf",
}  # fmt: skip
PACKED = frozenset({".gz", ".zst", ".zstd"})
STDIN = "-"


@dataclass(frozen=True, slots=True)
class Options:
    """How to read. What is given here wins over what a source says of itself."""

    format: str | None = None
    """One of ``FORMATS``; by the file's name or content where ``None``."""
    published: str | None = None
    """Publication date for every report that has none of its own."""
    url: str | None = None
    encoding: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    """Field of a report → column of a table."""
    max_characters: int = 20_000_000
    """A longer report is not read but listed among the errors."""
    web: Limits = NICE
    """How to fetch what is on the web."""


def read(
    sources: Iterable[str | Path], options: Options | None = None
) -> Iterator[Report | Unread]:
    """Yield the reports of files, folders (searched deep, in order of name), addresses and ``-`` (stdin).

    What cannot be read comes as ``Unread`` in its place; nothing is raised for
    a single source. An id that comes again gets the suffix ``~2``, ``~3``, …
    """
    options = options or Options()
    seen: Counter[str] = Counter()
    for source in sources:
        for found in _read_source(source, options):
            if isinstance(found, Report):
                found = _checked(found, options)
            if isinstance(found, Report):
                seen[found.id] += 1
                if seen[found.id] > 1:
                    found = replace(found, id=f"{found.id}~{seen[found.id]}")
            yield found


def count(sources: Iterable[str | Path], options: Options | None = None) -> int | None:
    """Return about how many reports there are, by files, lines and rows; ``None`` for stdin."""
    options = options or Options()
    total = 0
    for source in sources:
        path = Path(source)
        if str(source) == STDIN or is_address(str(source)):
            return None
        inside = path.rglob("*") if path.is_dir() else [path]
        total += sum(_count_file(one, options) for one in inside if one.is_file())
    return total


def _count_file(path: Path, options: Options) -> int:
    form = options.format or _form(path)
    try:
        if form == "parquet":
            from pyarrow.parquet import ParquetFile  # only who reads one pays for it

            return int(ParquetFile(path).metadata.num_rows)
        if form in ("jsonl", "csv", "urls"):
            with path.open("rb") as stream:
                lines = sum(block.count(b"\n") for block in iter(lambda: stream.read(1 << 20), b""))
            return lines - (form == "csv")
    except (OSError, ValueError):
        return 1
    return 1 if form or _known(path) else 0


def _checked(report: Report, options: Options) -> Report | Unread:
    if len(report.text) <= options.max_characters:
        return report
    return Unread(
        report.source or report.id,
        f"this report has {len(report.text):,} characters, over the limit of "
        f"{options.max_characters:,}; raise it with --max-characters if it is one report",
    )


def _read_source(source: str | Path, options: Options) -> Iterator[Report | Unread]:
    if str(source) == STDIN:
        yield from _guarded("<stdin>", _read_stream(sys.stdin.buffer, "<stdin>", options))
        return
    if is_address(str(source)):
        from dateline.reading.web import read_addresses  # only the web pays for it

        yield from read_addresses([str(source)], options.web, options.published)
        return
    path = Path(source)
    if path.is_dir():
        yield from _read_folder(path, options)
    elif path.is_file():
        yield from _guarded(str(path), _read_file(path, options))
    else:
        yield Unread(str(path), "there is no such file or folder")


def _guarded(name: str, found: Iterator[Report | Unread]) -> Iterator[Report | Unread]:
    try:
        yield from found
    except (InputError, OSError) as error:
        yield Unread(name, str(error))


def _read_folder(folder: Path, options: Options) -> Iterator[Report | Unread]:
    for path in files_of(folder):
        if isinstance(path, Unread):
            yield path
        else:
            yield from read_file(path, options)


def files_of(folder: Path) -> Iterator[Path | Unread]:
    """Yield every file with a known suffix, in order; links that leave the folder are not followed."""
    root = folder.resolve()
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    known = [
        path
        for path in paths
        if _known(path) and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    ]
    if not known:
        yield Unread(
            str(folder),
            f"no file in this folder ends in one of {', '.join(sorted(SUFFIXES))}, .zip or .warc",
        )
    for path in known:
        if root in path.resolve().parents:
            yield path
        else:
            yield Unread(str(path), "this link leads out of the folder; name its target instead")


def read_file(path: Path, options: Options) -> Iterator[Report | Unread]:
    """Yield the reports of a file; what cannot be read comes as ``Unread``."""
    yield from _guarded(str(path), _read_file(path, options))


def _read_file(path: Path, options: Options) -> Iterator[Report | Unread]:
    name = str(path)
    inner = path.with_suffix("") if path.suffix.lower() in PACKED else path
    if options.format == "warc" or inner.suffix.lower() == ".warc":
        yield from _read_crawl(path, options)
    elif path.suffix.lower() == ".zip" and options.format != "urls":
        for member, stream in zip_members(path):
            place = f"{name}!{member}"
            inside = replace(options, format=options.format or _form(Path(member)))
            yield from _guarded(place, _read_stream(stream, place, inside))
    elif options.format == "urls" or inner.suffix.lower() == ".urls":
        from dateline.reading.addresses import addresses
        from dateline.reading.web import read_addresses

        found = (url for _, url in addresses(path))
        yield from read_addresses(found, options.web, options.published)
    elif inner.suffix.lower() == ".mbox":
        _, stream = unpacked(path)
        with stream:
            yield from _mailbox(stream, name, options)
    elif (form := options.format or _form(inner)) == "parquet":
        yield from _rows(parquet_rows(path), name, "parquet", options)
    else:
        _, stream = unpacked(path)
        with stream:
            yield from _read_stream(stream, name, replace(options, format=form))


def _mailbox(stream: BinaryIO, name: str, options: Options) -> Iterator[Report | Unread]:
    from dateline.reading.mail import messages

    for number, data in messages(stream, name):
        place = f"{name}#{number}"
        yield from _guarded(place, _message(data, place, options))


def _form(path: Path) -> str | None:
    return SUFFIXES.get(path.suffix.lower())


def _known(path: Path) -> bool:
    """Return whether a file of a folder is read, by its name."""
    inner = path.with_suffix("") if path.suffix.lower() in PACKED else path
    return inner.suffix.lower() in {*SUFFIXES, ".zip", ".warc"}


def _read_crawl(path: Path, options: Options) -> Iterator[Report | Unread]:
    """Read the pages of a WARC file, each once; a page without a report costs that page."""
    seen: set[str] = set()
    with path.open("rb") as stream:
        for number, page in enumerate(warc_pages(stream), 1):
            found = page_report(page, f"{path}#{number}", options)
            if isinstance(found, Report):
                if found.id in seen:
                    continue
                seen.add(found.id)
            yield found


def page_report(page: Page | Broken, place: str, options: Options) -> Report | Unread:
    """Return the report of a page of a crawl, or why there is none."""
    if isinstance(page, Broken):
        return Unread(place, page.error)
    try:
        found = read_html(
            page.data,
            fetched=page.url,
            encoding=options.encoding,
            charset=page.charset,
            source=place,
        )
    except InputError as error:
        return Unread(place, f"{page.url}: {error}")
    found = replace(found, retrieved_at=page.fetched, method="warc")
    if found.published is None and options.published:
        found = _dated(found, options.published)
    return found


def _read_stream(stream: BinaryIO, name: str, options: Options) -> Iterator[Report | Unread]:
    if options.format == "jsonl":
        yield from _rows(json_lines(stream), name, "jsonl", options)
    elif options.format == "csv":
        yield from _rows(csv_rows(stream), name, "csv", options)
    elif options.format in ("parquet", "warc", "urls"):
        raise InputError(f"{options.format} cannot be read from a stream; name the file itself")
    else:
        yield from _document(stream.read(), name, options)


def _document(data: bytes, name: str, options: Options) -> Iterator[Report | Unread]:
    """Read a file that holds one report, or the feed or message in it; by its content where no form is given."""
    from dateline.reading.pdf import read_pdf

    form = options.format
    if form == "pdf" or (form is None and data.startswith(b"%PDF-")):
        yield read_pdf(data, published=options.published, url=options.url, source=name)
    elif form == "mail" and data.startswith(b"From "):
        yield from _mailbox(io.BytesIO(data), name, options)
    elif form == "mail":
        yield from _message(data, name, options)
    elif form == "feed" or (form is None and looks_like_feed(data)):
        yield from _feed(data, name, options)
    else:
        html = form == "html" or (form is None and looks_like_html(data))
        yield (read_html if html else read_text)(
            data,
            encoding=options.encoding,
            published=options.published,
            url=options.url,
            source=name,
        )


def _message(data: bytes, name: str, options: Options) -> Iterator[Report | Unread]:
    from dateline.reading.mail import read_message

    found = read_message(data, source=name)
    yield _dated(found, options.published) if options.published and not found.published else found


def _feed(data: bytes, name: str, options: Options) -> Iterator[Report | Unread]:
    """Read the text that a feed carries; the pages it announces are not fetched from a file."""
    from dateline.reading.feeds import entry_report, read_feed

    feed = read_feed(data, url=options.url)
    if feed.broken:
        yield Unread(name, f"the feed is broken, and some of it may be missing: {feed.broken}")
    for number, entry in enumerate(feed.entries, 1):
        try:
            found = entry_report(feed, entry, source=f"{name}#{number}")
        except InputError as error:
            yield Unread(f"{name}#{number}", str(error))
            continue
        yield (
            _dated(found, options.published) if options.published and not found.published else found
        )


def _rows(
    rows: Iterator[Numbered], name: str, method: str, options: Options
) -> Iterator[Report | Unread]:
    for number, row, raw in rows:
        yield table_report(row, f"{name}#{number}", method, options, raw)


def table_report(
    row: Row | InputError, place: str, method: str, options: Options, raw: bytes | None = None
) -> Report | Unread:
    """Return the report of a row of a table, or why there is none; ``raw``: the row as it came."""
    if isinstance(row, InputError):
        return Unread(place, str(row))
    try:
        report = report_of(row, options.columns, source=place, method=method, raw=raw)
        if report.published is None and options.published:
            report = _dated(report, options.published)
    except InputError as error:
        return Unread(place, str(error))
    return report


def _dated(report: Report, published: str) -> Report:
    return replace(report, published=publication_date(published), published_basis=DateBasis.GIVEN)
