"""Packed inputs: gzip and Zstandard files, zip archives, and WARC files of web crawls.

Nothing is unpacked to disk, and nothing is read past a limit, so that a
compressed bomb costs an error and no memory.
"""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO

import zstandard

from dateline.errors import InputError

MAX_BYTES = 1 << 30
"""Bytes that one packed member may unfold to."""


class Limited(io.RawIOBase):
    """A stream that refuses to be read past a number of bytes."""

    def __init__(self, stream: Any, limit: int, name: str) -> None:
        self._stream, self._left, self._limit, self._name = stream, limit, limit, name

    def readable(self) -> bool:
        """Return ``True``."""
        return True

    def close(self) -> None:
        """Close the stream inside too."""
        self._stream.close()
        super().close()

    def readinto(self, buffer: Any) -> int:
        """Read into ``buffer``.

        Raises:
            InputError: the limit is passed, or the compressed data is broken.
        """
        try:
            data = self._stream.read(len(buffer))
        except (EOFError, zlib.error, OSError, zipfile.BadZipFile, RuntimeError) as error:
            raise InputError(f"the compressed data of {self._name} is broken: {error}") from error
        self._left -= len(data)
        if self._left < 0:
            raise InputError(
                f"{self._name} unfolds to more than {self._limit:,} bytes; unpack it yourself "
                f"if it is meant to be that large"
            )
        buffer[: len(data)] = data
        return len(data)


def unpacked(path: Path) -> tuple[str, BinaryIO]:
    """Return the name without the packing suffix, and the stream of what is inside.

    For ``.gz`` and ``.zst`` files, and any other as it is.

    Raises:
        OSError: it cannot be opened.
    """
    suffix = path.suffix.lower()
    if suffix == ".gz":
        return path.stem, _limited(gzip.open(path, "rb"), path.name)
    if suffix in (".zst", ".zstd"):
        stream = zstandard.ZstdDecompressor().stream_reader(path.open("rb"), closefd=True)
        return path.stem, _limited(stream, path.name)
    return path.name, path.open("rb")


def _limited(stream: Any, name: str) -> BinaryIO:
    return io.BufferedReader(Limited(stream, MAX_BYTES, name), 1 << 16)


def zip_members(path: Path) -> Iterator[tuple[str, BinaryIO]]:
    """Yield the name and stream of each file in a zip archive, in order of name.

    Raises:
        InputError: it is no zip archive, or a member is encrypted.
    """
    try:
        archive = zipfile.ZipFile(path)
    except zipfile.BadZipFile as error:
        raise InputError(f"this is no zip archive: {error}") from error
    with archive:
        for member in sorted(archive.infolist(), key=lambda info: info.filename):
            hidden = PurePosixPath(member.filename).name.startswith(".")
            if member.is_dir() or hidden or member.filename.startswith("__MACOSX/"):
                continue
            if member.flag_bits & 1:
                raise InputError(f"{member.filename} is encrypted; unpack it first")
            with archive.open(member) as stream:
                yield member.filename, _limited(stream, member.filename)


@dataclass(frozen=True, slots=True)
class Page:
    """A page that a crawl fetched."""

    url: str
    fetched: str | None
    """ISO 8601 with zone."""
    data: bytes
    charset: str | None


def _page(record: Any) -> Page:
    data = record.reader.read()
    headers = record.http_headers
    promised = headers.get("Content-Length") or ""
    encoded = headers.get("Content-Encoding") or headers.get("Transfer-Encoding")
    if promised.isdigit() and not encoded and len(data) < int(promised):
        raise EOFError(f"a page of {promised} bytes ends after {len(data)}")
    return Page(
        url=record.headers.get("WARC-Target-URI") or "",
        fetched=record.record_date.isoformat() if record.record_date else None,
        data=data,
        charset=record.http_charset,
    )


def warc_pages(stream: BinaryIO) -> Iterator[Page]:
    """Yield the HTML pages of a WARC file (CC-NEWS and others), plain or compressed.

    Raises:
        InputError: it is no WARC file, or it breaks off; what came before is not lost.
    """
    from fastwarc import ArchiveIterator, WarcRecordType  # only crawls pay for it

    records = ArchiveIterator(
        stream, record_types=WarcRecordType.response, auto_decode="all", fsspec_args=False
    )
    found = 0
    try:
        for record in records:
            found += 1
            if "html" in (record.http_content_type or ""):
                yield _page(record)
    except (OSError, ValueError, EOFError) as error:
        raise InputError(f"the WARC file breaks off after {found} records: {error}") from error
    if not found:
        raise InputError("no response record in this file; is it a WARC file of a crawl?")
