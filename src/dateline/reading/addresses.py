"""Lists of addresses: one a line, or the tables that GDELT publishes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from dateline.errors import InputError
from dateline.reading.packed import unpacked, zip_members

GDELT_COLUMNS = {
    58: 57,  # events, version 1
    61: 60,  # events, version 2
    16: 5,  # mentions
    27: 4,  # global knowledge graph, version 2.1
}
"""Columns of a GDELT table, and which of them, from 0, has the address."""


def tidy(url: str) -> str:
    """Return an address without its fragment and without what only tracks readers."""
    import courlan  # only the web pays for it

    clean: str = courlan.normalize_url(url.strip(), strict=False)
    return clean.partition("#")[0]


def addresses(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the number of a line and the address in it; an address that comes again is left out.

    A line is an address, or a row of a table of GDELT (events, mentions, knowledge graph). Empty lines
    and lines that begin with ``#`` are left out. The file may be packed (gz, zst, zip).

    Raises:
        InputError: a line has no address; or the packing is broken.
    """
    seen: set[str] = set()
    for number, line in _lines(path):
        if not line.strip() or line.startswith("#"):
            continue
        url = _address(line, f"line {number}")
        if url and (clean := tidy(url)) not in seen:
            seen.add(clean)
            yield number, clean


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    if path.suffix.lower() == ".zip":
        for _, stream in zip_members(path):
            yield from enumerate(_text(stream), 1)
        return
    _, stream = unpacked(path)
    with stream:
        yield from enumerate(_text(stream), 1)


def _text(stream: BinaryIO) -> Iterator[str]:
    for line in stream:
        yield line.decode("utf-8-sig", "replace")


def _address(line: str, where: str) -> str | None:
    """Return the address in a line; ``None`` for a row of GDELT that has none of the web."""
    cells = line.rstrip("\r\n").split("\t")
    column = GDELT_COLUMNS.get(len(cells))
    found = cells[column].strip() if column is not None else line.strip()
    if found.lower().startswith(("http://", "https://")):
        return found
    if column is not None:
        return None
    raise InputError(
        f"{where} is no address: {found[:80]!r}; write one a line, beginning with https://"
    )
