"""One document, text or HTML, to one report."""

from __future__ import annotations

import re
import warnings
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from dateline.errors import InputError
from dateline.reading.dates import publication_date
from dateline.reading.decode import decode
from dateline.reading.identify import report_id, sha256
from dateline.records import DateBasis, Report

HTML = re.compile(
    rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|article|div|p)\b", re.I | re.S
)

FEED = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<\?[^>]*>\s*|<!--.*?-->\s*|<!DOCTYPE[^>]*>\s*)*"
    rb"<(?:rss|feed|rdf:RDF|channel)\b",
    re.S,
)
SUBSITE = re.compile(r"^(?:www|m|amp|mobile|edition)\.")
FEWEST_WORDS = 4
"""A page with fewer words of text holds no report."""


def looks_like_html(data: bytes) -> bool:
    """Return whether ``data`` begins as an HTML page does."""
    return HTML.match(data[:4096].removeprefix(b"\xef\xbb\xbf")) is not None


def looks_like_feed(data: bytes) -> bool:
    """Return whether ``data`` begins as an RSS or Atom feed does."""
    return FEED.match(data[:4096].removeprefix(b"\xef\xbb\xbf")) is not None


def read_text(
    data: bytes,
    *,
    encoding: str | None = None,
    charset: str | None = None,
    published: str | None = None,
    url: str | None = None,
    source: str | None = None,
) -> Report:
    """Return the report in a plain text; ``charset``: what a server says of it.

    Raises:
        InputError: see ``decode``.
    """
    text = decode(data, encoding=encoding, named=charset)
    return Report(
        id=report_id(text, url),
        text=text,
        url=url,
        published=publication_date(published) if published else None,
        published_basis=DateBasis.GIVEN if published else DateBasis.UNKNOWN,
        source=source,
        sha256=sha256(data),
        method="text",
    )


def read_html(
    data: bytes,
    *,
    encoding: str | None = None,
    charset: str | None = None,
    published: str | None = None,
    url: str | None = None,
    fetched: str | None = None,
    source: str | None = None,
) -> Report:
    """Return the report in an HTML page, without what stands around it.

    ``published`` and ``url`` win over what the page says of itself. ``fetched`` is the address that
    it came from, which gives way to the page's own (canonical) one on the same site, and ``charset``
    what a server says of it, which gives way to what fits.

    Raises:
        InputError: see ``decode``; or no report was found in the page.
    """
    extract, document = _extractor()
    html = decode(data, encoding=encoding, named=charset)
    found = extract(
        html, url=url or fetched, with_metadata=True, include_comments=False, include_tables=False
    )
    if not isinstance(found, document) or len((found.text or "").split()) < FEWEST_WORDS:
        raise InputError("no report was found in this HTML page; give its text instead")
    text = str(found.text)
    page: dict[str, Any] = {
        key: getattr(found, key, None) for key in ("title", "author", "sitename", "language")
    }
    page_date = _page_date(found.date)
    address = url or _canonical(found.url, fetched)
    return Report(
        id=report_id(text, address),
        text=text,
        title=page["title"] or None,
        url=address,
        publisher=page["sitename"] or None,
        authors=tuple(a.strip() for a in (page["author"] or "").split(";") if a.strip()),
        published=publication_date(published) if published else page_date,
        published_basis=(
            DateBasis.GIVEN if published else DateBasis.METADATA if page_date else DateBasis.UNKNOWN
        ),
        language=page["language"] or None,
        source=source,
        sha256=sha256(data),
        method="html",
    )


@cache
def _extractor() -> tuple[Any, Any]:
    """Return what takes reports out of pages; loaded late, since most inputs are text."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of a proxy that could be installed too
        import trafilatura
        from trafilatura.settings import Document
    return trafilatura.bare_extraction, Document


def _canonical(own: str | None, fetched: str | None) -> str | None:
    """Return the address that a page gives itself, if that can be: of its own site, and a page."""
    if not own or not fetched:
        return own or fetched
    ours, theirs = urlsplit(own), urlsplit(fetched)
    sites = [SUBSITE.sub("", (part.hostname or "").lower()) for part in (ours, theirs)]
    a_page = bool(ours.path.strip("/") or ours.query) or not theirs.path.strip("/")
    return own if sites[0] == sites[1] and a_page else fetched


def _page_date(found: str | None) -> str | None:
    if not found:
        return None
    try:
        return publication_date(found)
    except InputError:
        return None
