"""One document, text or HTML, to one report."""

from __future__ import annotations

import re
from typing import Any

from dateline.errors import InputError
from dateline.reading.dates import publication_date
from dateline.reading.decode import decode
from dateline.reading.identify import report_id, sha256
from dateline.records import DateBasis, Report

HTML = re.compile(
    rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|article|div|p)\b", re.I | re.S
)

FEWEST_WORDS = 4
"""A page with fewer words of text holds no report."""


def looks_like_html(data: bytes) -> bool:
    """Return whether ``data`` begins as an HTML page does."""
    return HTML.match(data[:4096].removeprefix(b"\xef\xbb\xbf")) is not None


def read_text(
    data: bytes,
    *,
    encoding: str | None = None,
    published: str | None = None,
    url: str | None = None,
    source: str | None = None,
) -> Report:
    """Return the report in a plain text.

    Raises:
        InputError: see ``decode``.
    """
    text = decode(data, encoding=encoding)
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
    published: str | None = None,
    url: str | None = None,
    source: str | None = None,
) -> Report:
    """Return the report in an HTML page, without what stands around it.

    ``published`` and ``url`` win over what the page says of itself.

    Raises:
        InputError: see ``decode``; or no report was found in the page.
    """
    import trafilatura  # takes a while to load, and most inputs are text
    from trafilatura.settings import Document

    html = decode(data, encoding=encoding)
    found = trafilatura.bare_extraction(
        html, url=url, with_metadata=True, include_comments=False, include_tables=False
    )
    if not isinstance(found, Document) or len((found.text or "").split()) < FEWEST_WORDS:
        raise InputError("no report was found in this HTML page; give its text instead")
    text = str(found.text)
    page: dict[str, Any] = {
        key: getattr(found, key, None) for key in ("title", "author", "sitename", "language")
    }
    page_date = _page_date(found.date)
    address = url or found.url or None
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


def _page_date(found: str | None) -> str | None:
    if not found:
        return None
    try:
        return publication_date(found)
    except InputError:
        return None
