"""Where an archive's reports come from: files, feeds and pages, and how each was last seen.

A row is written after what it led to is in the archive. So a process that ends anywhere looks
again at most at the one thing it was at, and finds that nothing new is there.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from dateline.archive.store import Archive
from dateline.archive.tables import followed, reports
from dateline.errors import InputError
from dateline.reading.fetching import Fetched, Fetcher, Unchanged, UnfetchedError
from dateline.records import Report

LONGEST_PAUSE = timedelta(days=1)
"""A place that fails again and again is looked at this often."""

MOST_FAILURES = 12
"""A page that failed so often is given up."""


@dataclass(frozen=True, slots=True)
class Place:
    """A file, feed or page that reports are read from."""

    address: str
    """Path or URL."""
    kind: str
    """``file``, ``feed`` or ``page``."""
    of: str
    """Folder, list or feed that it was found through."""
    digest: str | None = None
    """SHA-256 of its bytes when it was last read."""
    mark: str | None = None
    """What tells that it is unchanged: size and time of a file, JSON of ETag and date of a page."""
    detail: str | None = None
    """JSON of what announced it."""
    checked_at: str | None = None
    due_at: str | None = None
    """When to look again, ISO 8601; ``None``: not by itself."""
    looks: int = 0
    """Times that it was read."""
    failures: int = 0
    """Times that it failed since it was last read."""
    error: str | None = None
    missing_since: str | None = None


COLUMNS = tuple(field.name for field in fields(Place))


def place(archive: Archive, address: str) -> Place | None:
    """Return what is remembered of an address."""
    query = sa.select(*(followed.c[name] for name in COLUMNS)).where(followed.c.address == address)
    with archive.engine.connect() as connection:
        row = connection.execute(query).first()
    return Place(*row) if row else None


def places(archive: Archive, of: str, kind: str) -> dict[str, Place]:
    """Return what was found through a folder, list or feed, by address."""
    query = sa.select(*(followed.c[name] for name in COLUMNS)).where(
        followed.c["of"] == of, followed.c.kind == kind
    )
    with archive.engine.connect() as connection:
        return {row.address: Place(*row) for row in connection.execute(query)}


def due(archive: Archive, kind: str, of: Collection[str], now: datetime) -> list[Place]:
    """Return what is to be looked at, the longest due first."""
    query = (
        sa.select(*(followed.c[name] for name in COLUMNS))
        .where(followed.c.kind == kind, followed.c["of"].in_(of), followed.c.due_at <= stamp(now))
        .order_by(followed.c.due_at, followed.c.address)
    )
    with archive.engine.connect() as connection:
        return [Place(*row) for row in connection.execute(query)]


def next_due(archive: Archive, of: Collection[str]) -> datetime | None:
    """Return when the next of these is to be looked at; ``None`` where none is."""
    query = sa.select(sa.func.min(followed.c.due_at)).where(followed.c["of"].in_(of))
    with archive.engine.connect() as connection:
        found = connection.scalar(query)
    return datetime.fromisoformat(found) if found else None


def remember(archive: Archive, seen: Iterable[Place]) -> None:
    """Write down how places were seen."""
    with archive.writing() as connection:
        for one in seen:
            row = asdict(one)
            there = followed.c.address == one.address
            if not connection.execute(followed.update().where(there).values(row)).rowcount:
                connection.execute(followed.insert().values(row))


def holds(archive: Archive, report: Report) -> bool:
    """Return whether the archive has this report, whenever it was fetched."""
    columns = ("text", "title", "url", "publisher", "published")
    query = sa.select(*(reports.c[name] for name in columns)).where(reports.c.id == report.id)
    with archive.engine.connect() as connection:
        row = connection.execute(query).first()
    if row is None:
        return False
    ours = [getattr(report, name) for name in columns]
    ours[0] = report.text.replace("\0", "\ufffd")
    return list(row) == ours


def stamp(moment: datetime) -> str:
    """Return a moment as it is stored."""
    return moment.isoformat(timespec="seconds")


# ------------------------------------------------------------------------ looks


def fetch(
    fetcher: Fetcher, seen: Place, now: datetime, every: timedelta | None
) -> tuple[Place, Fetched | None]:
    """Look at a feed or page: return how it was seen, and its bytes where they are new.

    ``every``: when to look again after a look that went well; ``None``: not by itself.
    """
    marks: Mapping[str, str | None] = json.loads(seen.mark or "{}")
    due_at = stamp(now + every) if every else None
    try:
        found = fetcher.get(seen.address, etag=marks.get("etag"), modified=marks.get("modified"))
    except UnfetchedError as error:
        return failed(seen, now, str(error), again=error.again, gone=error.gone), None
    except InputError as error:
        return failed(seen, now, str(error)), None
    seen = replace(
        seen, checked_at=stamp(now), due_at=due_at, failures=0, error=None, missing_since=None
    )
    if isinstance(found, Unchanged):
        return replace(seen, looks=seen.looks + 1), None
    return seen, found


def read(seen: Place, found: Fetched, digest: str) -> Place:
    """Return a place whose bytes were read, with what tells that they are unchanged."""
    marks: dict[str, Any] = {"etag": found.etag, "modified": found.modified}
    return replace(seen, looks=seen.looks + 1, digest=digest, mark=json.dumps(marks))


def failed(
    seen: Place, now: datetime, error: str, *, again: float | None = None, gone: bool = False
) -> Place:
    """Return a place that could not be read: looked at again ever later, or not at all."""
    failures = seen.failures + 1
    pause = None
    if again is not None and failures <= MOST_FAILURES:
        slower = timedelta(seconds=max(again, 60.0 * 2 ** min(failures, 12)))
        pause = max(timedelta(seconds=again), min(slower, LONGEST_PAUSE))
    return replace(
        seen,
        checked_at=stamp(now),
        due_at=stamp(now + pause) if pause else None,
        failures=failures,
        error=error,
        missing_since=(seen.missing_since or stamp(now)) if gone else seen.missing_since,
    )
