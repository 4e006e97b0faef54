"""Sets of words: the lists of ``data/words.tsv``, and those written as one string."""

from __future__ import annotations

from functools import cache

from dateline.actors.tables import cell_list, read_data
from dateline.errors import DataError


def word_set(text: str) -> frozenset[str]:
    """Return the words of ``text``, split at white space."""
    return frozenset(text.split())


@cache
def word_list(name: str) -> frozenset[str]:
    """Return a list of the table of words.

    Raises:
        DataError: a row has no name, no description or no words, a word is written in capitals, or a
            list stands there twice.
        KeyError: there is no such list.
    """
    return _lists()[name]


@cache
def _lists() -> dict[str, frozenset[str]]:
    table = read_data("words.tsv", ("list", "what", "words"))
    lists: dict[str, frozenset[str]] = {}
    for number, row in table.rows():
        where, words = f"{table.name}:{number}", cell_list(row["words"])
        if not (row["list"] and row["what"] and words):
            raise DataError(f"{where}: a list has a name, what it is for, and words between bars")
        if row["list"] in lists:
            raise DataError(f"{where}: the list {row['list']!r} stands here twice")
        large = next((word for word in words if word != word.lower()), None)
        if large is not None:
            raise DataError(f"{where}: {large!r} must be written in small letters")
        lists[row["list"]] = frozenset(words)
    return lists
