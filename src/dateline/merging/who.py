"""Actors of two events against each other: registry id, name, country with sector."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from functools import lru_cache

from dateline.merging.views import Party

GENERIC = "generic"


class Sides(StrEnum):
    """How the actors, or the recipients, of two events stand to each other."""

    SAME = "same"
    """One entity, or one name, stands on both sides."""
    ALIKE = "alike"
    """Country and sector agree, or the words of a name are part of the other."""
    COUNTRY = "country"
    """Only the country agrees."""
    VAGUE = "vague"
    """A common noun without a country against something more exact."""
    APART = "apart"
    OPEN = "open"


ORDER = (Sides.SAME, Sides.ALIKE, Sides.COUNTRY, Sides.VAGUE, Sides.APART)


def compare(first: tuple[Party, ...], second: tuple[Party, ...]) -> tuple[Sides, str]:
    """Return the best way in which two sides stand to each other, and the comparison in words."""
    if not first or not second:
        return Sides.OPEN, ""
    pairs = [(ORDER.index(_pair(a, b)), a.name, b.name) for a in first for b in second]
    best, one, two = min(pairs)
    return ORDER[best], f"{one} | {two}"


def _pair(a: Party, b: Party) -> Sides:
    if a.actor is not None and b.actor is not None:
        if a.actor == b.actor:
            return Sides.SAME
        return Sides.ALIKE if _coded(a, b) else _by_country(a, b)
    if _words(a) == _words(b) and not _countries_apart(a, b):
        return Sides.ALIKE if GENERIC in (a.kind, b.kind) and not a.country else Sides.SAME
    if _coded(a, b) or (_named(a, b) and _part(a, b) and not _countries_apart(a, b)):
        return Sides.ALIKE
    if a.country and b.country:
        return _by_country(a, b)
    return Sides.VAGUE if GENERIC in (a.kind, b.kind) else Sides.APART


def _coded(a: Party, b: Party) -> bool:
    return a.country is not None and a.sector is not None and (a.country, a.sector) == (
        b.country, b.sector,
    )  # fmt: skip


def _by_country(a: Party, b: Party) -> Sides:
    return Sides.COUNTRY if a.country and a.country == b.country else Sides.APART


def _countries_apart(a: Party, b: Party) -> bool:
    return bool(a.country and b.country and a.country != b.country)


def _named(a: Party, b: Party) -> bool:
    return GENERIC not in (a.kind, b.kind)


def _part(a: Party, b: Party) -> bool:
    """Tell "Yates" and "Dorothy Yates": the words of one end the other."""
    one, two = sorted((_words(a), _words(b)), key=len)
    return bool(one) and two[-len(one) :] == one


def _words(party: Party) -> tuple[str, ...]:
    return _words_of(party.name)


@lru_cache(maxsize=50_000)
def _words_of(name: str) -> tuple[str, ...]:
    return tuple(name.lower().replace(".", "").split())


def codes(parties: Iterable[Party]) -> set[str]:
    """Return what parties are looked up by: registry id, country, or the last word of a name."""
    found = set()
    for party in parties:
        if party.actor:
            found.add(party.actor)
        if party.country:
            found.add(party.country)
        elif party.kind != GENERIC and not party.actor:
            found.update(_words(party)[-1:])
    return found
