"""Where happenings come from, and which of them are wanted."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from dateline.archive import Archive
from dateline.batch import read_coded
from dateline.errors import InputError
from dateline.exporting.layouts.happening import Happening, of_archive, of_reports
from dateline.records import CodedReport

SQLITE = b"SQLite format 3\x00"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which happenings to write: all that is given must hold, one of each list."""

    type: frozenset[str] = frozenset()
    """PLOVER types."""
    country: frozenset[str] = frozenset()
    """Countries of the place, of who acts or of who is acted upon; ISO 3166-1 alpha-3."""
    actor: frozenset[str] = frozenset()
    """Names, parts of names or registry ids, in small letters."""
    since: str | None = None
    """First day, month or year on which it may begin."""
    until: str | None = None
    """First day, month or year that is too late."""

    def __call__(self, one: Happening) -> bool:
        """Tell whether a happening is wanted."""
        start = one.interval.start if one.interval is not None else None
        if self.since is not None and (start is None or start < self.since):
            return False
        if self.until is not None and (start is None or start >= self.until):
            return False
        if self.type and not self.type & {one.event.type, one.event.plover_type}:
            return False
        people = (*one.actors, *one.recipients)
        places = {one.place.country} if one.place is not None else set()
        if self.country and not self.country & (places | {p.country for p in people}):
            return False
        names = [f"{p.name} {p.actor or ''}".lower() for p in people]
        return not self.actor or any(word in name for word in self.actor for name in names)


def is_archive(source: str) -> bool:
    """Tell an archive from a file of coded reports.

    Raises:
        InputError: there is no such file.
    """
    if "://" in source:
        return True
    path = Path(source)
    if not path.is_file():
        raise InputError(
            f"there is no file {source!r}; name an archive (see `dateline init`) or a file that "
            f"`dateline code -o coded.jsonl` wrote"
        )
    with path.open("rb") as stream:
        return stream.read(len(SQLITE)) == SQLITE


@contextmanager
def happenings(source: str, wanted: Wanted) -> Iterator[tuple[Iterator[Happening], str]]:
    """Open an archive or a file of coded reports; give its happenings and what they are.

    An archive that is merged gives merged events, another one the events of each report.

    Raises:
        InputError: there is no such file, or it holds something else.
    """
    if not is_archive(source):
        found = of_reports(read_coded(Path(source)))
        yield filter(wanted, found), "events of single reports"
        return
    with Archive(source) as archive:
        if archive.merged_count():
            yield filter(wanted, of_archive(archive)), "merged events"
        else:
            yield filter(wanted, of_reports(archive)), "events of single reports"


@contextmanager
def coded_reports(source: str) -> Iterator[Iterator[CodedReport]]:
    """Open an archive or a file of coded reports; give the reports.

    Raises:
        InputError: there is no such file, or it holds something else.
    """
    if not is_archive(source):
        yield read_coded(Path(source))
        return
    with Archive(source) as archive:
        yield iter(archive)
