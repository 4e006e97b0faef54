"""Files wherever Spark reads them (local disks, HDFS, object stores), through Hadoop's own API."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

from dateline.errors import InputError
from dateline.reading.sources import PACKED, SUFFIXES

READ = ("parquet", "jsonl", "warc")
"""Forms that the cluster job reads."""


class Files:
    """Lists, reads and writes small files of any file system that Spark knows."""

    def __init__(self, spark: Any) -> None:
        self._jvm = spark._jvm
        self._conf = spark._jsc.hadoopConfiguration()

    def _open(self, path: str) -> tuple[Any, Any]:
        where = self._jvm.org.apache.hadoop.fs.Path(absolute(path))
        return where.getFileSystem(self._conf), where

    def exists(self, path: str) -> bool:
        """Return whether there is a file or folder at ``path``."""
        system, where = self._open(path)
        return bool(system.exists(where))

    def listed(self, path: str) -> list[str]:
        """Return the addresses of a file, or of all files in a folder, in order.

        Raises:
            InputError: there is nothing at ``path``.
        """
        system, where = self._open(path)
        if not system.exists(where):
            raise InputError(f"there is no such file or folder: {path}")
        found = []
        inside = system.listFiles(where, True)
        while inside.hasNext():
            found.append(str(inside.next().getPath().toString()))
        hidden = len(absolute(path))
        return sorted(one for one in found if not _hidden(one[hidden:]))

    def read(self, path: str) -> str:
        """Return the text of a small file."""
        system, where = self._open(path)
        stream = system.open(where)
        try:
            return str(self._jvm.org.apache.commons.io.IOUtils.toString(stream, "UTF-8"))
        finally:
            stream.close()

    def write(self, path: str, text: str) -> None:
        """Write a small file, whole or not at all."""
        system, where = self._open(path)
        _, beside = self._open(f"{path}.part")
        stream = system.create(beside, True)
        stream.write(bytearray(text.encode("utf-8")))
        stream.close()
        system.delete(where, False)
        system.rename(beside, where)


def _hidden(inside: str) -> bool:
    return any(part.startswith((".", "_")) for part in PurePosixPath(inside).parts)


def absolute(path: str) -> str:
    """Return a path as every machine of the cluster understands it."""
    return path if urlsplit(path).scheme else str(Path(path).resolve())


def place(address: str) -> str:
    """Return a file's address as the rest of dateline writes it: a local one as a plain path."""
    parts = urlsplit(address)
    return unquote(parts.path) if parts.scheme == "file" else address


def form_of(address: str) -> str | None:
    """Return the form of a file by its name; ``None`` where the cluster job does not read it."""
    name = PurePosixPath(place(address))
    inner = name.with_suffix("") if name.suffix.lower() in PACKED else name
    form = "warc" if inner.suffix.lower() == ".warc" else SUFFIXES.get(inner.suffix.lower())
    return form if form in READ else None
