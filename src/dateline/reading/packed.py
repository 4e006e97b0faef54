"""Packed inputs: gzip and Zstandard files, and zip archives.

Nothing is unpacked to disk, and nothing is read past a limit, so that a
compressed bomb costs an error and no memory.
"""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from collections.abc import Iterator
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
