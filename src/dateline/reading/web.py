"""Reports from the web: a page, the pages that a feed announces, and lists of addresses."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from urllib.parse import urlsplit

from dateline.errors import InputError
from dateline.reading.addresses import tidy
from dateline.reading.dates import publication_date
from dateline.reading.documents import looks_like_feed, looks_like_html, read_html, read_text
from dateline.reading.feeds import Entry, Feed, entry_report, read_feed
from dateline.reading.fetching import Fetched, Fetcher, Unchanged
from dateline.reading.limits import Limits
from dateline.reading.pdf import read_pdf
from dateline.reading.unread import Unread
from dateline.records import DateBasis, Report


def is_feed(fetched: Fetched) -> bool:
    """Return whether an answer is a feed, by what it holds."""
    return looks_like_feed(fetched.data)


def feed_of(fetched: Fetched) -> Feed:
    """Return the feed in an answer.

    Raises:
        InputError: it is none, or must not be read.
    """
    return read_feed(fetched.data, url=fetched.url, charset=fetched.charset)


def page_report(
    fetched: Fetched,
    *,
    source: str | None = None,
    published: str | None = None,
    entry: Entry | None = None,
    feed: Feed | None = None,
) -> Report:
    """Return the report of a page.

    ``entry`` and ``feed`` are what announced it: where the page says no date, title or author, theirs is
    taken. ``published`` is for reports that have no date at all.

    Raises:
        InputError: it holds none.
    """
    url, source = tidy(fetched.url), source or fetched.url
    if fetched.data.startswith(b"%PDF-"):
        report = read_pdf(fetched.data, url=url, source=source)
    elif is_feed(fetched):
        raise InputError("this is a feed, not a page")
    elif "html" in fetched.kind or looks_like_html(fetched.data):
        report = read_html(fetched.data, charset=fetched.charset, fetched=url, source=source)
    elif fetched.kind.startswith("text/") or not fetched.kind:
        report = read_text(fetched.data, charset=fetched.charset, url=url, source=source)
    else:
        raise InputError(f"this is {fetched.kind}, not a page, text or PDF")
    report = replace(
        report,
        url=tidy(report.url or url),
        retrieved_at=fetched.retrieved_at,
    )
    return _completed(report, entry, feed, published)


def _completed(
    report: Report, entry: Entry | None, feed: Feed | None, published: str | None
) -> Report:
    """Fill what the page does not say from what announced it."""
    announced = entry and (entry.published or entry.updated)
    if report.published is None and announced:
        report = replace(report, published=announced, published_basis=DateBasis.METADATA)
    elif report.published is None and published:
        day = publication_date(published)
        report = replace(report, published=day, published_basis=DateBasis.GIVEN)
    if entry:
        report = replace(
            report, title=report.title or entry.title, authors=report.authors or entry.authors
        )
    named = report.publisher not in (None, urlsplit(report.url or "").netloc.removeprefix("www."))
    if not named and feed and feed.title:
        report = replace(report, publisher=feed.title)
    return report


def read_address(
    fetcher: Fetcher, url: str, published: str | None, *, skip: Collection[str] = ()
) -> Iterator[Report | Unread]:
    """Yield the report of an address, or, where it is a feed, of each page it announces.

    ``skip``: addresses of announced pages that are left out.
    """
    try:
        fetched = fetcher.get(url)
        assert not isinstance(fetched, Unchanged)  # nothing was asked for under a condition
        if not is_feed(fetched):
            yield page_report(fetched, source=url, published=published)
            return
        feed = feed_of(fetched)
    except InputError as error:
        yield Unread(url, str(error))
        return
    if feed.broken:
        yield Unread(url, f"the feed is broken, and some of it may be missing: {feed.broken}")
    places = {place_of(entry, url): entry for entry in reversed(feed.entries)}
    for place, entry in reversed(places.items()):
        if place not in skip:
            yield announced(fetcher, feed, entry, url, published)


def place_of(entry: Entry, feed_url: str) -> str:
    """Return where an entry of a feed is: its page, or its place in the feed."""
    return tidy(entry.url) if entry.url else f"{feed_url}#{entry.id}"


def announced(
    fetcher: Fetcher, feed: Feed, entry: Entry, url: str, published: str | None = None
) -> Report | Unread:
    """Return the report that a feed announces: of its page, or of the feed's text where it has none."""
    place = place_of(entry, url)
    try:
        if entry.url is None:
            return entry_report(feed, entry, source=place)
        fetched = fetcher.get(place)
        assert not isinstance(fetched, Unchanged)
        return page_report(fetched, source=place, published=published, entry=entry, feed=feed)
    except InputError as error:
        return Unread(place, str(error))


def read_addresses(
    urls: Iterable[str], limits: Limits, published: str | None
) -> Iterator[Report | Unread]:
    """Yield the reports of addresses, one after another."""
    with Fetcher(limits) as fetcher:
        for url in urls:
            yield from read_address(fetcher, url, published)
