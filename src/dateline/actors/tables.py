"""Reading the registry's tables: tab-separated, with a header that names version and source.

A table begins with ``# key: value`` lines (``version``, ``licence`` and
``source`` are required), then a line of column names, then rows. ``# defaults:
kind=person`` gives the value of columns that a table leaves out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from dateline.errors import DataError

DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
REQUIRED = ("version", "licence", "source")


@dataclass(frozen=True, slots=True)
class Table:
    """A table as read: its header, its columns, and its rows with their line numbers."""

    name: str
    header: Mapping[str, str]
    columns: tuple[str, ...]
    lines: tuple[tuple[int, str], ...]

    @property
    def version(self) -> str:
        """Version named in the header."""
        return self.header["version"]

    @property
    def defaults(self) -> dict[str, str]:
        """Values of the columns that the table leaves out."""
        pairs = (pair.partition("=") for pair in self.header.get("defaults", "").split())
        return {key: value for key, _, value in pairs}

    def rows(self) -> Iterator[tuple[int, dict[str, str]]]:
        """Yield the line number and the cells of each row, by column.

        Raises:
            DataError: a row has more cells than there are columns.
        """
        defaults = dict.fromkeys(self.columns, "") | self.defaults
        for number, line in self.lines:
            cells = line.split("\t")
            if len(cells) > len(self.columns):
                raise DataError(
                    f"{self.name}:{number}: {len(cells)} cells for {len(self.columns)} columns; "
                    f"cells are separated by one tab"
                )
            row = defaults.copy()
            for column, cell in zip(self.columns, map(str.strip, cells), strict=False):
                if cell:
                    row[column] = cell
            yield number, row


def read_table(text: str, name: str, columns: tuple[str, ...] = ()) -> Table:
    """Read a table.

    Raises:
        DataError: the header lacks a required key, or a column of ``columns`` is missing.
    """
    header: dict[str, str] = {}
    names: tuple[str, ...] | None = None
    lines: list[tuple[int, str]] = []
    for number, line in enumerate(text.split("\n"), 1):
        if names is None and line.startswith("#"):
            key, colon, value = line[1:].partition(":")
            if colon and " " not in key.strip():
                header.setdefault(key.strip(), value.strip())
            elif colon and key.strip() == "as of":
                header["as_of"] = value.strip()
        elif names is None:
            names = tuple(line.split("\t"))
        elif line and not line.startswith("#"):
            lines.append((number, line))
    for key in REQUIRED:
        if key not in header:
            raise DataError(f"{name}:1: the header has no line '# {key}: …'; add it")
    for column in columns:
        if column not in (names or ()):
            raise DataError(f"{name}: there is no column {column!r}; it has {names}")
    return Table(name, header, names or (), tuple(lines))


@cache
def read_data(name: str, columns: tuple[str, ...] = ()) -> Table:
    """Read a table of the package by its file name."""
    source = files("dateline.actors").joinpath("data", name)
    return read_table(source.read_text(encoding="utf-8"), name, columns)


def read_path(path: Path, columns: tuple[str, ...] = ()) -> Table:
    """Read a table of a user's own.

    Raises:
        DataError: it is not there, is no UTF-8 text, or breaks the schema.
    """
    try:
        return read_table(path.read_text(encoding="utf-8"), str(path), columns)
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"{path}: cannot be read: {error}") from error


def cell_list(cell: str, mark: str = "|") -> tuple[str, ...]:
    """Return the parts of a cell that holds several values."""
    return tuple(filter(None, map(str.strip, cell.split(mark)))) if cell else ()


def check_date(value: str, where: str) -> None:
    """Check that a cell is empty or an ISO date to the day, month or year.

    Raises:
        DataError: it is not.
    """
    if value and not DATE.fullmatch(value):
        raise DataError(f"{where}: {value!r} is no date; write 2021, 2021-07 or 2021-07-26")
