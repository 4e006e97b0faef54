"""RSS and Atom feeds: what they announce, and reports from the text they carry."""

from __future__ import annotations

import calendar
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from time import struct_time
from typing import Any

import lxml.html

from dateline.errors import InputError
from dateline.reading.decode import decode
from dateline.reading.identify import report_id, sha256
from dateline.records import DateBasis, Report

ENTITY = re.compile(r"<!ENTITY", re.I)
BLOCKS = frozenset(
    [
        "p",
        "div",
        "br",
        "li",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "tr",
        "blockquote",
        "section",
        "article",
        "ul",
        "ol",
    ]
)
SILENT = frozenset({"script", "style", "noscript", "iframe", "object", "template"})


@dataclass(frozen=True, slots=True)
class Entry:
    """What a feed says of a report."""

    id: str
    """Id that the feed gives it, else its address, else its title."""
    url: str | None
    title: str | None
    published: str | None
    """ISO 8601, UTC."""
    updated: str | None
    authors: tuple[str, ...]
    text: str
    """The whole text or a summary, as the feed has it, without marks."""


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed as read."""

    title: str | None
    language: str | None
    entries: tuple[Entry, ...]
    broken: str | None = None
    """What is wrong with its XML, where some could be read all the same."""


def read_feed(data: bytes, *, url: str | None = None, charset: str | None = None) -> Feed:
    """Return what a feed announces.

    A feed that declares XML entities is refused: no news feed needs them, and they can fill the
    memory or ask for files. A feed whose XML is broken gives what can be made out.

    Args:
        data: the feed.
        url: where it came from, which makes links in it whole.
        charset: what the server says of it; it gives way to what fits.

    Raises:
        InputError: it is no feed, or must not be read.
    """
    import feedparser  # only feeds pay for it

    text = decode(data, named=charset)
    if ENTITY.search(text):
        raise InputError(
            "this feed declares XML entities, which no news feed needs; it is not read"
        )
    found: Any = feedparser.parse(
        io.BytesIO(text.encode("utf-8", "replace")),
        response_headers={
            "content-type": "application/xml; charset=utf-8",
            **({"content-location": url} if url else {}),
        },
    )
    problem = str(found.get("bozo_exception") or "") or None
    if not found.entries and not found.version:
        raise InputError(f"this is no RSS or Atom feed{f': {problem}' if problem else ''}")
    return Feed(
        title=_words(found.feed.get("title")),
        language=(found.feed.get("language") or "")[:2].lower() or None,
        entries=tuple(one for one in map(_entry, found.entries) if one.url or one.text),
        broken=problem if found.get("bozo") else None,
    )


def _entry(entry: Any) -> Entry:
    url = (entry.get("link") or "").strip()
    url = url if url.lower().startswith(("http://", "https://")) else ""
    bodies = [part.get("value") or "" for part in entry.get("content") or ()]
    text = max((plain(body) for body in [*bodies, entry.get("summary") or ""]), key=len)
    title = _words(entry.get("title"))
    names = [one.get("name") for one in entry.get("authors") or ()]
    return Entry(
        id=entry.get("id") or url or title or sha256(text.encode("utf-8", "surrogatepass")),
        url=url or None,
        title=title,
        published=_moment(entry.get("published_parsed")),
        updated=_moment(dict(entry).get("updated_parsed")),  # without feedparser's guess
        authors=tuple(dict.fromkeys(name.strip() for name in names if name and name.strip())),
        text=text,
    )


def _words(html: str | None) -> str | None:
    return " ".join(plain(html or "").split()) or None


def _moment(parsed: struct_time | None) -> str | None:
    """Return a moment that feedparser read, in UTC."""
    if parsed is None:
        return None
    try:
        return datetime.fromtimestamp(calendar.timegm(parsed), UTC).isoformat(timespec="seconds")
    except (OverflowError, ValueError, OSError):
        return None


def plain(html: str) -> str:
    """Return the words of a piece of HTML, a line for each paragraph."""
    if "<" not in html and "&" not in html:
        return html.strip()
    try:
        root = lxml.html.fragment_fromstring(html.replace("\0", ""), create_parent="div")
    except (ValueError, lxml.etree.LxmlError):
        return re.sub(r"<[^>]*>", " ", html).strip()
    lines = "".join(_pieces(root)).split("\n")
    return "\n".join(line for line in (" ".join(line.split()) for line in lines) if line)


def _pieces(root: Any) -> Iterator[str]:
    """Yield the words of an element in order; deep nesting costs no stack."""
    skipped = 0
    for event, element in lxml.etree.iterwalk(root, events=("start", "end")):
        name = element.tag if isinstance(element.tag, str) else ""
        quiet = name in SILENT or not name
        if event == "start":
            skipped += quiet
            if not skipped:
                yield "\n" if name in BLOCKS else ""
                yield (element.text or "").replace("\n", " ")
        else:
            skipped -= quiet
            if not skipped:
                yield "\n" if name in BLOCKS else ""
                yield (element.tail or "").replace("\n", " ") if element is not root else ""


def entry_report(feed: Feed, entry: Entry, *, source: str | None = None) -> Report:
    """Return a report of the text that the feed carries.

    Raises:
        InputError: it carries none.
    """
    if not entry.text.strip():
        raise InputError(f"the feed carries no text of {entry.title or entry.id!r}")
    given = entry.published or entry.updated
    return Report(
        id=report_id(entry.text, entry.url),
        text=entry.text,
        title=entry.title,
        url=entry.url,
        publisher=feed.title,
        authors=entry.authors,
        published=given,
        published_basis=DateBasis.METADATA if given else DateBasis.UNKNOWN,
        language=feed.language,
        source=source,
        sha256=sha256(entry.text.encode("utf-8", "surrogatepass")),
        method="feed",
    )
