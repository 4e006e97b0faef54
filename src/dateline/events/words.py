"""The small closed sets of words that the stage goes by, from ``words.yaml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from pathlib import Path

from dateline.events.ontology import load as load_ontology
from dateline.events.ontology.marked import Item, read


@dataclass(frozen=True, slots=True)
class SizeWords:
    """The words that give a number a role in an event."""

    verbs: frozenset[str]
    nouns: frozenset[str]
    suffered: frozenset[str]
    """Nouns of acts that those behind "of" suffer: "the killing of ten workers"."""


@dataclass(frozen=True, slots=True)
class Sets:
    """One set of words a field; what each is for stands in the file."""

    persons: frozenset[str]
    object_control: frozenset[str]
    giving: frozenset[str]
    taking_part: frozenset[str]
    sides: frozenset[str]
    topic: frozenset[str]
    doers: frozenset[str]
    announcers: frozenset[str]
    claiming: frozenset[str]
    dying: frozenset[str]
    bodily: frozenset[str]
    bidding: frozenset[str]
    possible: frozenset[str]
    former: frozenset[str]
    former_parts: frozenset[str]
    assent: frozenset[str]
    on_spot: frozenset[str]
    locating: frozenset[str]
    elsewhere: frozenset[str]
    going: frozenset[str]
    missions: frozenset[str]
    inside: frozenset[str]
    happening: frozenset[str]
    counting: frozenset[str]
    definite: frozenset[str]
    by_means: frozenset[str]
    weapon_means: frozenset[str]
    away: frozenset[str]
    accidents: frozenset[str]
    blazes: frozenset[str]
    mishaps: frozenset[str]
    falling: frozenset[str]
    of_arms: frozenset[str]
    marks: frozenset[str]
    open_subjects: frozenset[str]
    saying: frozenset[str]
    politics: frozenset[str]
    grave: frozenset[str]
    of_state: frozenset[str]
    armed: frozenset[str]


@dataclass(frozen=True, slots=True)
class Words:
    """The file as read."""

    version: str
    sets: Sets
    sizes: Mapping[str, SizeWords]
    """By the role of a number: ``dead``, ``injured``, …"""
    sizes_of: Mapping[str, tuple[str, ...]]
    """Roles of numbers by PLOVER type."""


def read_words(path: Path) -> Words:
    """Read the sets.

    Raises:
        DataError: the file breaks its schema; names file and line.
    """
    head = read(path)
    version = head.text("version")
    head.text("source"), head.text("licence")
    sets = Sets(**{field.name: _set(head, field.name) for field in fields(Sets)})
    sizes = {name: _size(item) for name, item in head.pairs("sizes")}
    sizes_of = {}
    for name, item in head.pairs("sizes_of"):
        if name not in load_ontology().types:
            item.fail(f"no such type: {name!r}")
        sizes_of[name] = tuple(item.as_text().split())
        for role in sizes_of[name]:
            if role not in sizes and role != "money":
                item.fail(f"no such role: {role!r}; known: {', '.join(sorted(sizes))}, money")
    head.done()
    return Words(version, sets, sizes, sizes_of)


def _set(item: Item, key: str) -> frozenset[str]:
    found = item.text(key).split()
    twice = sorted({word for word in found if found.count(word) > 1})
    if twice:
        item.need(key).fail(f"{twice[0]!r} stands twice in {key!r}")
    return frozenset(found)


def _size(item: Item) -> SizeWords:
    suffered = frozenset((item.maybe("suffered") or "").split())
    made = SizeWords(_set(item, "verbs"), _set(item, "nouns"), suffered)
    item.done()
    return made


@cache
def load_words() -> Words:
    """Return the words that come with the package."""
    return read_words(Path(str(files("dateline.events").joinpath("words.yaml"))))


def words() -> Sets:
    """Return the sets that come with the package."""
    return load_words().sets
