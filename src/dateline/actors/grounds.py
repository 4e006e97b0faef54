"""The countries of towns and provinces that a report names: they tell whose residents, students or
rebels are meant, where no phrase says so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from dateline.actors.view import View
from dateline.actors.words import word_set
from dateline.places.entry import Entry
from dateline.places.gazetteer import load

PLACE_LABELS = frozenset(("GPE", "LOC"))
PLACE_NOUNS = word_set("province region state district governorate oblast city town county area")
LARGE = 50_000
"""People of a town from which its name alone tells the country."""
CLEAR = 5
"""How many times the people of its namesakes in other countries."""


def find_grounds(view: View, context: Counter[str]) -> None:
    """Note in ``view.grounds`` the country of each place that is not an actor of the report."""
    for start, end in _names(view):
        country = _country(view, start, end, context)
        if country is not None:
            for i in range(start, end):
                view.grounds[i] = country


def _names(view: View) -> Iterator[tuple[int, int]]:
    for start, end, label in view.entities:
        if label in PLACE_LABELS and view.free(start, end):
            yield start, end
    for i in view.objects.values():
        alone = view.entity[i] is None and view.claim[i] is None
        if alone and view.pos[i] == "PROPN" and view.capital[i] and len(view.text[i]) > 3:
            start = i
            while start > 0 and view.dep[start - 1] == "compound" and view.capital[start - 1]:
                start -= 1
            if view.free(start, i + 1):
                yield start, i + 1


def _country(view: View, start: int, end: int, context: Counter[str]) -> str | None:
    """Return the country of a place: one that the report names, else the best known by far."""
    if view.lower[start] == "the":
        start += 1
    if end - start > 1 and view.lower[end - 1] in PLACE_NOUNS:
        end -= 1
    found = _candidates(view.doc[start:end].text)
    named = [entry for entry in found if context.get(entry.country or "")]
    if named:
        return max(named, key=lambda entry: context[entry.country or ""]).country
    if not found or (found[0].population < LARGE and found[0].kind != "admin1"):
        return None
    first = found[0]
    others = [entry.population for entry in found if entry.country != first.country]
    return first.country if first.population >= CLEAR * max(others, default=0) else None


@lru_cache(maxsize=4096)
def _candidates(name: str) -> tuple[Entry, ...]:
    """Return the towns and areas of a name, those with most people first."""
    found = [
        entry
        for entry in load().candidates(name)
        if entry.kind in ("town", "admin1", "admin2") and entry.country
    ]
    return tuple(sorted(found, key=lambda entry: -entry.population))
