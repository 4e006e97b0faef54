"""Loads the models from the tables beside this module."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from dateline.errors import DataError
from dateline.statements.decode import Models
from dateline.statements.linear import Linear
from dateline.weights import hundredths, read_version

TABLES = ("cue", "source", "content")


def _rows(name: str) -> list[list[str]]:
    """Return the rows of a table without its header lines, which begin with ``#``."""
    source = files("dateline.statements").joinpath("weights", f"{name}.tsv")
    lines = source.read_text(encoding="utf-8").split("\n")
    rows = [line.split("\t") for line in lines if line and not line.startswith("# ")]
    if any(len(row) != 2 for row in rows):
        for number, line in enumerate(lines, start=1):
            columns = line.count("\t") + 1
            if line and not line.startswith("# ") and columns != 2:
                raise DataError(f"{name}.tsv:{number}: a row has two columns, this one {columns}")
    return rows


@cache
def models() -> Models:
    """Return the models that come with the package, loaded once a process."""
    cue, source, content = (
        Linear({feature: hundredths(weight) for feature, weight in _rows(name)}) for name in TABLES
    )
    lists: dict[str, set[str]] = {"strong": set(), "candidate": set()}
    for word, use in _rows("words"):
        for name in use.split(","):
            lists[name].add(word)
    return Models(cue, source, content, frozenset(lists["strong"]), frozenset(lists["candidate"]))


@cache
def version() -> str:
    """Return the version of the tables, from the first line of the table of words."""
    return read_version(files("dateline.statements").joinpath("weights", "words.tsv"))
