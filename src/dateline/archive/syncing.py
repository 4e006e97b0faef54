"""Bring an archive up to date with folders, files, addresses and lists of them.

What is unchanged since the last time is not read. What is new or changed is coded and added; a changed
text is a new version, which names the one before. What is gone is marked, and withdrawn only if asked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from hashlib import file_digest
from pathlib import Path

import sqlalchemy as sa

from dateline.archive import following
from dateline.archive.following import Place, holds, places, remember, stamp
from dateline.archive.looking import look_at_page
from dateline.archive.store import Added, Archive
from dateline.archive.tables import followed, reports
from dateline.coder import Coder, Settings
from dateline.errors import InputError
from dateline.reading import Options, Unread
from dateline.reading.addresses import addresses, tidy
from dateline.reading.fetching import Fetcher
from dateline.reading.limits import is_address
from dateline.reading.sources import files_of, read_file
from dateline.records import CodedReport, Report

AT_ONCE = 32
"""Files whose reports are coded together; how each was seen is written down after that."""

Say = Callable[[str, str, str], None]
"""Takes the source, the stage and the reason of a failure."""


@dataclass
class Synced:
    """What a sync did."""

    counts: Counter[str] = field(default_factory=Counter)
    """Reports ``added`` and ``changed``; files and pages ``unchanged`` and ``missing``; ``failed``;
    reports ``withdrawn``."""
    missing: list[str] = field(default_factory=list)
    """Files and pages that were there before and are gone."""


@dataclass
class Sync:
    """A sync of an archive.

    Args:
        archive: where reports go.
        settings: how to code; the coder is made once there is something to code.
        reading: how to read and to fetch.
        processes: processes to code in.
        say: told of each failure.
        withdraw: whether reports of what is missing are taken out.
        now: the time, with its zone.
    """

    archive: Archive
    settings: Settings
    reading: Options
    processes: int = 1
    say: Say = lambda source, stage, reason: None
    withdraw: bool = False
    now: Callable[[], datetime] = lambda: datetime.now(UTC)

    def __post_init__(self) -> None:
        self.done = Synced()
        self._coder: Coder | None = None

    def run(self, sources: Iterable[str]) -> Synced:
        """Sync folders, files, addresses and lists of addresses (``.urls``), one after another."""
        with Fetcher(self.reading.web) as fetcher:
            for source in sources:
                if is_address(source):
                    self._pages(fetcher, [tidy(source)], tidy(source))
                elif Path(source).suffix.lower() == ".urls" or self.reading.format == "urls":
                    self._list(fetcher, Path(source))
                else:
                    self._files(Path(source))
        return self.done

    # ----------------------------------------------------------------- files

    def _files(self, source: Path) -> None:
        source = Path.cwd() / source  # as named, links and all
        of = str(source)
        known = places(self.archive, of, "file")
        if not source.exists() and not known:
            self._fail(str(source), "reading", "there is no such file or folder")
            return
        seen: set[str] = set()
        waiting: list[tuple[Path, Place]] = []
        for path in self._inside(source):
            address = str(path)
            seen.add(address)
            place = known.get(address, Place(address, "file", of))
            mark = _mark(path)
            if place.mark == mark and place.missing_since is None and not place.failures:
                self.done.counts["unchanged"] += 1
                continue
            waiting.append((path, replace(place, mark=mark)))
            if len(waiting) >= AT_ONCE:
                self._take(waiting)
                waiting = []
        self._take(waiting)
        self._miss(place for address, place in known.items() if address not in seen)

    def _inside(self, source: Path) -> Iterator[Path]:
        if not source.is_dir():
            yield from [source] if source.is_file() else []
            return
        for found in files_of(source):
            if isinstance(found, Unread):
                self._fail(found.source, "reading", found.error)
            else:
                yield found

    def _take(self, waiting: list[tuple[Path, Place]]) -> None:
        """Read, code and add files; then write down how they were seen."""
        now = stamp(self.now())
        taken: list[Place] = []
        fresh: list[Report] = []
        for path, place in waiting:
            with path.open("rb") as stream:
                digest = file_digest(stream, "sha256").hexdigest()
            read = replace(
                place, digest=digest, checked_at=now, looks=place.looks + 1, failures=0, error=None,
                missing_since=None,
            )  # fmt: skip
            if digest == place.digest and not place.failures:
                self.done.counts["unchanged"] += 1
            else:
                unread = [one for one in self._read(path, fresh) if one]
                if unread:
                    read = replace(read, failures=place.failures + 1, error=unread[0][:500])
            taken.append(read)
        self._add(fresh)
        remember(self.archive, taken)

    def _read(self, path: Path, fresh: list[Report]) -> Iterator[str]:
        """Put the reports of a file that the archive lacks into ``fresh``; yield what failed."""
        for found in read_file(path, self.reading):
            if isinstance(found, Unread):
                self._fail(found.source, "reading", found.error)
                yield found.error
            elif holds(self.archive, found):
                self.done.counts["unchanged reports"] += 1
            else:
                fresh.append(found)

    # ----------------------------------------------------------------- pages

    def _list(self, fetcher: Fetcher, path: Path) -> None:
        try:
            self._pages(fetcher, (url for _, url in addresses(path)), str(path.resolve()))
        except (InputError, OSError) as error:
            self._fail(str(path), "reading", str(error))

    def _pages(self, fetcher: Fetcher, urls: Iterable[str], of: str) -> None:
        """Look at pages again, or for the first time."""
        for url in urls:
            before = following.place(self.archive, url) or Place(url, "page", of)
            seen, report = look_at_page(self.archive, fetcher, before, self.now())
            if seen.error:
                self._fail(url, "fetching", seen.error)
            elif report is None:
                self.done.counts["unchanged"] += 1
            else:
                self._add([report])
            remember(self.archive, [seen])
            if seen.missing_since and not before.missing_since and before.looks:
                self._gone(before)

    # ---------------------------------------------------------------- common

    def _add(self, fresh: list[Report]) -> None:
        if not fresh:
            return
        if self._coder is None:
            self._coder = self.settings.coder()
        for coded in self._coder.stream(_distinct(fresh), processes=self.processes):
            self._tell_failures(coded)
            added = self.archive.add(coded)
            self.done.counts[str(added)] += added is not Added.SAME

    def _tell_failures(self, coded: CodedReport) -> None:
        for failure in coded.failures:
            self._fail(coded.report.source or coded.report.id, failure.stage, failure.error)

    def _fail(self, source: str, stage: str, reason: str) -> None:
        self.done.counts["failed"] += 1
        self.say(source, stage, reason)

    def _miss(self, gone: Iterable[Place]) -> None:
        now = stamp(self.now())
        for place in gone:
            remember(self.archive, [replace(place, missing_since=place.missing_since or now)])
            self._gone(place)

    def _gone(self, place: Place) -> None:
        self.done.counts["missing"] += 1
        self.done.missing.append(place.address)
        if self.withdraw and not self._elsewhere(place):
            for id in reports_of(self.archive, place.address):
                self.archive.withdraw(id)
                self.done.counts["withdrawn"] += 1

    def _elsewhere(self, place: Place) -> bool:
        """Return whether the same bytes are still there under another name."""
        query = sa.select(followed.c.address).where(
            followed.c.digest == place.digest,
            followed.c.address != place.address,
            followed.c.missing_since.is_(None),
        )
        with self.archive.engine.connect() as connection:
            return connection.execute(query.limit(1)).first() is not None


def reports_of(archive: Archive, address: str) -> list[str]:
    """Return the ids of the reports that came from a file or page."""
    source = reports.c.source
    inside = [source.startswith(address + mark, autoescape=True) for mark in ("#", "!")]
    query = sa.select(reports.c.id).where(
        sa.or_(source == address, reports.c.url == address, *inside)
    )
    with archive.engine.connect() as connection:
        return list(connection.scalars(query.order_by(reports.c.key)))


def _distinct(found: Iterable[Report]) -> Iterator[Report]:
    """Yield reports, each id once: the same text in two files is one report."""
    seen: set[str] = set()
    for report in found:
        if report.id not in seen:
            seen.add(report.id)
            yield report


def _mark(path: Path) -> str:
    about = path.stat()
    return f"{about.st_size}:{about.st_mtime_ns}"
