"""WARC files of web crawls (CC-NEWS and others): the pages in them, whatever is broken beside.

A record that is broken costs itself: reading goes on at the next place where a
record can begin. No page is unpacked past a limit. Records that are no answer
with a page (requests, answers of another kind than HTML, redirects and errors,
revisits of a page that stands elsewhere) are passed over.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any, BinaryIO

from dateline.errors import InputError

MAX_PAGE_BYTES = 20_000_000
"""Bytes of a page, unpacked; a larger one is passed over and named."""
BLOCK = 1 << 20
TRIES = 2_000
"""Places where a record seems to begin that are tried after one that is broken."""
STARTS = re.compile(rb"\x1f\x8b\x08|\x28\xb5\x2f\xfd|(?<=\r\n\r\n)WARC/1\.|(?<=\n\n)WARC/1\.")
"""How a record can begin: a gzip member, a Zstandard frame, or a header."""
SWALLOWED = re.compile(rb"\r\n\r\nWARC/1\.\d\r\n")
"""The end of a record and the head of the next, inside what is said to be one page."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page that a crawl fetched."""

    url: str
    fetched: str | None
    """ISO 8601 with zone."""
    data: bytes
    charset: str | None


@dataclass(frozen=True, slots=True)
class Broken:
    """A part of a crawl that could not be read."""

    error: str


class _DamagedError(Exception):
    """A record is broken, and with it where the next one begins."""


def warc_pages(stream: BinaryIO) -> Iterator[Page | Broken]:
    """Yield the HTML pages of a WARC file, plain or compressed; what is broken in its place.

    ``stream`` must be one that can be gone back in.

    Raises:
        InputError: no record in it can be read.
    """
    start, records = 0, 0
    while True:
        last = start
        try:
            for record in _records(stream, start):
                last, records = start + record.stream_pos, records + 1
                yield from _pages(record)
            break
        except (_DamagedError, OSError, ValueError, EOFError) as error:
            following = _next_start(stream, last + 1)
            if records or following is not None:
                yield Broken(
                    f"the WARC file is damaged after {records} records, at byte {last:,} or soon "
                    f"after it, and read on where it can be: {error}"
                )
            if following is None:
                break
            start = following
    if not records:
        raise InputError("no response record in this file; is it a WARC file of a crawl?")


def _records(stream: BinaryIO, start: int) -> Iterator[Any]:
    from fastwarc import ArchiveIterator, WarcRecordType  # only crawls pay for it

    stream.seek(start)
    yield from ArchiveIterator(
        stream, record_types=WarcRecordType.response, auto_decode="all", fsspec_args=False
    )


def _next_start(stream: BinaryIO, after: int) -> int | None:
    """Return the first place from ``after`` on from which a record can be read."""
    for place in islice(_starts(stream, after), TRIES):
        try:
            for _ in _records(stream, place):
                return place
        except (OSError, ValueError, EOFError):
            continue
    return None


def _starts(stream: BinaryIO, after: int) -> Iterator[int]:
    """Yield the places from ``after`` on where a record seems to begin."""
    end = stream.seek(0, os.SEEK_END)
    before = 4  # bytes that STARTS looks back
    place = max(0, after - before)
    done = after
    while place < end:
        stream.seek(place)
        block = stream.read(BLOCK + 16)
        for match in STARTS.finditer(block):
            if match.start() < BLOCK and place + match.start() >= done:
                done = place + match.start() + 1
                yield place + match.start()
        place += BLOCK


def _pages(record: Any) -> Iterator[Page | Broken]:
    """Yield the page of a record, if it holds one.

    Raises:
        _DamagedError: it holds the beginning of another record.
    """
    if "html" not in (record.http_content_type or "") or not _answered(record):
        return
    url = record.headers.get("WARC-Target-URI") or ""
    try:
        data = record.reader.read(MAX_PAGE_BYTES + 1)
    except (OSError, ValueError, EOFError) as error:
        yield Broken(f"{url}: the content of this page is broken: {error}")
        return
    swallowed = SWALLOWED.search(data)
    if len(data) > MAX_PAGE_BYTES and not swallowed:
        yield Broken(f"{url}: this page has more than {MAX_PAGE_BYTES:,} bytes and is not read")
        return
    headers = record.http_headers
    promised = headers.get("Content-Length") or ""
    encoded = headers.get("Content-Encoding") or headers.get("Transfer-Encoding")
    whole = data[: swallowed.start()] if swallowed else data
    if promised.isdigit() and not encoded and len(whole) < int(promised):
        yield Broken(f"{url}: a page of {promised} bytes ends after {len(whole)}")
    else:
        yield Page(
            url=url,
            fetched=record.record_date.isoformat() if record.record_date else None,
            data=whole,
            charset=record.http_charset,
        )
    if swallowed:
        raise _DamagedError(f"the record of {url} says that it is longer than it is")


def _answered(record: Any) -> bool:
    """Return whether a host answered with the page itself: 200, or no status that can be read."""
    return getattr(record.http_headers, "status_code", None) in (200, 203, None)
