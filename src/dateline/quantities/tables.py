"""The tables behind quantities: words of numbers, bounds, money and measures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from dateline.errors import DataError
from dateline.yamls import load_yaml


@dataclass(frozen=True, slots=True)
class Vague:
    """A word for an open number, with its range and the ground for it."""

    words: tuple[str, ...]
    low: float
    high: float | None
    value: float | None
    why: str
    takes: str


@dataclass(frozen=True, slots=True)
class Tables:
    """All tables; phrases are tuples of small words."""

    version: str
    numbers: Mapping[str, float]
    scales: Mapping[str, float]
    fractions: Mapping[str, float]
    before: Mapping[tuple[str, ...], str]
    after: Mapping[tuple[str, ...], str]
    close: frozenset[tuple[str, ...]]
    currencies: Mapping[str, str]
    nations: Mapping[str, str]
    national: frozenset[str]
    prefixes: Mapping[str, str]
    """Words before a sign of money: "US $3" → USD."""
    coins: frozenset[str]
    units: Mapping[tuple[str, ...], str]
    times: Mapping[str, str]
    people: frozenset[str]
    labels: frozenset[str]
    counting: frozenset[str]
    dying: frozenset[str]
    states: frozenset[str]
    up: frozenset[str]
    down: frozenset[str]
    changed: frozenset[str]
    """Forms of the verbs of change, as they stand before a number."""
    months: frozenset[str]
    parts: tuple[str, ...]
    single_verbs: frozenset[str]
    single_nouns: frozenset[str]
    single_persons: frozenset[str]
    collective: frozenset[str]
    vague: tuple[Vague, ...]
    vague_by_word: Mapping[str, tuple[Vague, ...]]
    """The same by their first word, in the same order."""
    opening: frozenset[str]
    """The words in letters alone that a quantity can begin with."""


ARTICLES = ("a", "an", "half")
"""Words that are no number, but may stand before one: "a million", "half a dozen"."""


@cache
def load() -> Tables:
    """Load the tables, once.

    Raises:
        DataError: a table is missing or malformed.
    """
    words, vague = _read("words.yaml"), _read("vague.yaml")
    try:
        rows = tuple(_vague(row) for row in vague["vague"])
        return Tables(
            version=f"{words['version']}.{vague['version']}",
            numbers=words["numbers"],
            scales=words["scales"],
            fractions=words["fractions"],
            before=_phrases(words["before"]),
            after=_phrases(words["after"]),
            close=frozenset(tuple(phrase.split()) for phrase in words["close"]),
            currencies=words["currencies"],
            single_verbs=frozenset(words["single"]["verbs"]),
            single_nouns=frozenset(words["single"]["nouns"]),
            single_persons=frozenset(word.lower() for word in words["single"]["persons"]),
            collective=frozenset(words["single"]["collective"]),
            nations=words["nations"],
            national=frozenset(words["national"]),
            prefixes=words["prefixes"],
            coins=frozenset(words["coins"]),
            units=_phrases(words["units"]),
            times=words["times"],
            people=frozenset(words["people"]),
            labels=frozenset(words["labels"]),
            counting=frozenset(words["counting"]),
            dying=frozenset(words["dying"]),
            states=frozenset(words["states"]),
            up=frozenset(words["up"]),
            down=frozenset(words["down"]),
            changed=frozenset(words["changed"]),
            months=frozenset(words["months"]),
            parts=tuple(words["parts"]),
            vague=rows,
            vague_by_word={
                first: tuple(row for row in rows if row.words[0] == first)
                for first in {row.words[0] for row in rows}
            },
            opening=frozenset({*words["numbers"], *ARTICLES, *(row.words[0] for row in rows)}),
        )
    except (KeyError, TypeError) as error:
        raise DataError(f"quantities/data: a table is missing or malformed: {error}") from error


def _read(name: str) -> dict[str, Any]:
    text = files("dateline.quantities").joinpath("data", name).read_text(encoding="utf-8")
    loaded: dict[str, Any] = load_yaml(text)
    return loaded


def _phrases(rows: Mapping[str, list[str]]) -> dict[tuple[str, ...], str]:
    return {tuple(phrase.split()): name for name, phrases in rows.items() for phrase in phrases}


def _vague(row: Mapping[str, Any]) -> Vague:
    return Vague(
        words=tuple(row["words"]),
        low=row["low"],
        high=row["high"],
        value=row.get("value"),
        why=row["why"],
        takes=row["takes"],
    )
