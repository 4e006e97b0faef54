"""Look at a page: fetch it if it changed, and return the report in it if that is new."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from datetime import datetime

from dateline.archive.following import Place, failed, fetch, holds, read
from dateline.archive.store import Archive
from dateline.errors import InputError
from dateline.reading.feeds import Entry, Feed
from dateline.reading.fetching import Fetcher
from dateline.reading.identify import sha256
from dateline.reading.web import page_report
from dateline.records import Report


def look_at_page(
    archive: Archive, fetcher: Fetcher, seen: Place, now: datetime, publisher: str | None = None
) -> tuple[Place, Report | None]:
    """Return how a page was seen, and its report where the archive lacks it.

    ``publisher`` goes before what page and feed say. The place is to be remembered once the report has been added.
    """
    seen, found = fetch(fetcher, seen, now, None)
    if found is None:
        return seen, None
    digest = sha256(found.data)
    if digest == seen.digest:
        return read(seen, found, digest), None
    entry, feed = announced(seen.detail)
    try:
        report = page_report(found, source=seen.address, entry=entry, feed=feed)
    except InputError as error:
        return failed(seen, now, str(error)), None
    if publisher:
        report = replace(report, publisher=publisher)
    return read(seen, found, digest), None if holds(archive, report) else report


def detail(entry: Entry, feed: Feed) -> str:
    """Return what is kept of an entry of a feed until its page is read."""
    about = {"title": feed.title, "language": feed.language}
    return json.dumps({"entry": asdict(entry), "feed": about}, ensure_ascii=False)


def announced(kept: str | None) -> tuple[Entry | None, Feed | None]:
    """Return what announced a page, from what was kept of it."""
    if not kept:
        return None, None
    values = json.loads(kept)
    entry = values["entry"] | {"authors": tuple(values["entry"]["authors"])}
    return Entry(**entry), Feed(**values["feed"], entries=())
