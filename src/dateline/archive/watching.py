"""Follow feeds: fetch what they announce, code it, add it, and look at pages again for edits.

All state is in the archive. A watcher that is killed anywhere goes on where it was.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from dateline.archive import following
from dateline.archive.following import (
    LONGEST_PAUSE,
    Place,
    due,
    failed,
    fetch,
    holds,
    next_due,
    remember,
    stamp,
)
from dateline.archive.looking import announced, detail, look_at_page
from dateline.archive.store import Added, Archive
from dateline.coder import Coder
from dateline.errors import DataError, InputError
from dateline.reading.addresses import tidy
from dateline.reading.feeds import Entry, Feed, entry_report
from dateline.reading.fetching import Fetcher
from dateline.reading.identify import sha256
from dateline.reading.limits import Limits, is_address
from dateline.reading.web import feed_of, is_feed, place_of
from dateline.records import Report

UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
DURATION = re.compile(r"(\d+)\s*([smhd])")


def _duration(given: object) -> object:
    if isinstance(given, str) and (match := DURATION.fullmatch(given.strip())):
        return timedelta(**{UNITS[match.group(2)]: int(match.group(1))})
    if isinstance(given, timedelta):
        return given
    raise ValueError("write a duration like 30m, 2h or 1d")


def _web_address(given: object) -> object:
    if not isinstance(given, str) or not is_address(given.strip()):
        raise ValueError("an address begins with https://")
    return tidy(given)


Duration = Annotated[timedelta, BeforeValidator(_duration), Field(gt=timedelta(0))]


class FeedSettings(BaseModel):
    """A feed to follow."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    url: Annotated[str, BeforeValidator(_web_address)]
    every: Duration | None = None
    """Time between two looks at the feed, in place of the file's."""
    pages: bool = True
    """Whether the pages are fetched; else the text in the feed is the report."""
    again: tuple[Duration, ...] | None = None
    """Times after which a page is looked at again for edits, in place of the file's."""
    publisher: str | None = None
    """In place of what pages and feed say."""


class Watched(BaseModel):
    """A file of feeds to follow (TOML)."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    feed: tuple[FeedSettings, ...] = Field(min_length=1)
    every: Duration = timedelta(minutes=30)
    again: tuple[Duration, ...] = ()
    pause: float = Field(2.0, ge=0)
    """Seconds between two requests to a host."""
    seconds: float = Field(30.0, gt=0)
    """Time for one answer."""
    max_bytes: int = Field(20_000_000, gt=0)
    contact: str | None = None
    robots: bool = True
    allow_private: bool = False
    merge: bool = False
    """Whether stories and merged events are brought up to date after each round."""

    @property
    def limits(self) -> Limits:
        """How to fetch. What fails is not waited for, but looked at again later."""
        return Limits(
            allow_private=self.allow_private,
            robots=self.robots,
            max_bytes=self.max_bytes,
            seconds=self.seconds,
            pause=self.pause,
            patience=0.0,
            tries=1,
            contact=self.contact,
        )


def load(path: Path) -> Watched:
    """Return the feeds that a file names.

    Raises:
        DataError: the file cannot be read, or something in it is not as it must be.
    """
    try:
        return Watched.model_validate(tomllib.loads(path.read_text("utf-8")))
    except OSError as error:
        raise DataError(f"{path}: {error.strerror}; name a file with your feeds") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DataError(f"{path}: {error}") from error
    except ValidationError as error:
        problems = "; ".join(
            f"{'.'.join(map(str, one['loc']))}: {one['msg'].removeprefix('Value error, ')}"
            for one in error.errors()
        )
        raise DataError(f"{path}: {problems}") from error


class Watcher:
    """Follows feeds into an archive.

    ``now`` gives the time, with its zone; ``say`` takes what is worth a line; ``stop`` tells whether
    to end, and is asked before each request.
    """

    def __init__(
        self,
        archive: Archive,
        watched: Watched,
        coder: Callable[[], Coder],
        *,
        fetcher: Fetcher | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        say: Callable[[str], None] = lambda line: None,
        stop: Callable[[], bool] = lambda: False,
    ) -> None:
        self._archive, self._watched = archive, watched
        self._make_coder = coder
        self._coder: Coder | None = None
        self._begun = False
        self._fetcher = fetcher or Fetcher(watched.limits)
        self._now, self._say, self._stop = now, say, stop
        self._feeds = {one.url: one for one in watched.feed}

    def round(self) -> Counter[str]:
        """Look at every feed and page that is due; return counts of what came of it."""
        done: Counter[str] = Counter()
        self._begin()
        for seen in due(self._archive, "feed", list(self._feeds), self._now()):
            if self._stop():
                return done
            done += self._feed(seen)
        for seen in due(self._archive, "page", list(self._feeds), self._now()):
            if self._stop():
                return done
            done += self._page(seen)
        if self._watched.merge and (done["added"] or done["changed"]):
            self._archive.merge()
        return done

    def wait(self) -> float:
        """Return the seconds until something is due."""
        soonest = next_due(self._archive, list(self._feeds))
        if soonest is None:
            return self._watched.every.total_seconds()
        return max(0.0, (soonest - self._now()).total_seconds())

    def _begin(self) -> None:
        """Write down feeds that are new in the file; one that was given up is tried again."""
        if self._begun:
            return
        for url in self._feeds:
            seen = following.place(self._archive, url) or Place(url, "feed", url)
            if seen.kind == "feed" and seen.due_at is None:
                remember(self._archive, [replace(seen, due_at=stamp(self._now()))])
        self._begun = True

    # ------------------------------------------------------------------ feeds

    def _feed(self, seen: Place) -> Counter[str]:
        settings, now = self._feeds[seen.address], self._now()
        before = seen.error
        seen, found = fetch(self._fetcher, seen, now, settings.every or self._watched.every)
        done: Counter[str] = Counter()
        if found is not None:
            try:
                if not is_feed(found):
                    raise InputError("this is no RSS or Atom feed")
                feed = feed_of(found)
            except InputError as error:
                every = (settings.every or self._watched.every).total_seconds()
                seen = failed(seen, now, str(error), again=every)
            else:
                done = self._announce(feed, settings)
                seen = following.read(seen, found, sha256(found.data))
                if feed.broken:
                    seen = replace(seen, error=f"broken, and read as far as can be: {feed.broken}")
        if seen.failures and seen.due_at is None and not seen.missing_since:
            seen = replace(seen, due_at=stamp(now + LONGEST_PAUSE))
        if seen.error and seen.error != before:
            self._say(f"{seen.address}: {seen.error}")
        done["failed"] += bool(seen.failures)
        remember(self._archive, [seen])
        return +done

    def _announce(self, feed: Feed, settings: FeedSettings) -> Counter[str]:
        """Write down what a feed announces; take the text that it carries where that is wanted."""
        done: Counter[str] = Counter()
        for entry in reversed(feed.entries):
            if settings.pages and entry.url:
                done["announced"] += self._note(feed, entry, settings)
            else:
                done += self._carried(feed, entry, settings)
        return done

    def _note(self, feed: Feed, entry: Entry, settings: FeedSettings) -> bool:
        address = place_of(entry, settings.url)
        seen = following.place(self._archive, address)
        if seen is None:
            seen = Place(address, "page", settings.url)
        elif seen.of != settings.url or announced(seen.detail)[0] in (None, entry):
            return False
        due_at = seen.due_at or stamp(self._now())
        remember(self._archive, [replace(seen, detail=detail(entry, feed), due_at=due_at)])
        return True

    def _carried(self, feed: Feed, entry: Entry, settings: FeedSettings) -> Counter[str]:
        try:
            report = entry_report(feed, entry, source=place_of(entry, settings.url))
        except InputError as error:
            self._say(f"{settings.url}: {error}")
            return Counter(failed=1)
        report = replace(
            report,
            retrieved_at=stamp(self._now()),
            publisher=settings.publisher or report.publisher,
        )
        return Counter() if holds(self._archive, report) else self._add(report)

    # ------------------------------------------------------------------ pages

    def _page(self, seen: Place) -> Counter[str]:
        settings, now = self._feeds[seen.of], self._now()
        seen, report = look_at_page(self._archive, self._fetcher, seen, now, settings.publisher)
        done = self._add(report) if report else Counter[str]()
        if seen.error:
            done["failed"] += 1
            self._say(f"{seen.address}: {seen.error}")
        else:
            again = self._watched.again if settings.again is None else settings.again
            if seen.looks <= len(again):
                seen = replace(seen, due_at=stamp(now + again[seen.looks - 1]))
        remember(self._archive, [seen])
        return done

    def _add(self, report: Report) -> Counter[str]:
        if self._coder is None:
            self._coder = self._make_coder()
        coded = self._coder.code(report)
        for failure in coded.failures:
            self._say(f"{report.source}: {failure.stage}: {failure.error}")
        added = self._archive.add(coded)
        return Counter({str(added): 1} if added is not Added.SAME else {})


def follow(watcher: Watcher, wait: Callable[[float], bool]) -> Iterator[Counter[str]]:
    """Yield the counts of one round after another, until ``wait`` says to stop.

    ``wait`` takes seconds and returns whether to stop.
    """
    while True:
        yield watcher.round()
        if wait(max(1.0, watcher.wait())):
            return
