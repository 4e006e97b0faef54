"""Where a site lies that no gazetteer knows: in a place its own name holds, or in a town named with it."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from dateline.places import tables
from dateline.places.entry import Entry
from dateline.places.gazetteer import Gazetteer
from dateline.places.mentions import DIRECTIONS, NO_TOWNS, SITES, Mention, holds, written_so
from dateline.places.names import folded
from dateline.places.rank import Choice, Key, key_of

REACH = 40
"""Tokens after which a town speaks for a site a third as much."""
AREAS = ("country", "admin1", "admin2")
WIDE = ("country", "admin1")
"""Kinds of areas in which a site stands in some town."""
HOME = 0.2
"""What the town of a local publisher counts as the home of a site, of a town named beside it."""
LARGE = 500_000
"""People from which a town inside a name is taken for what it says ("Chicago General Hospital")."""
STREETS = tables.words("streets")
"""Last words of names of streets, which are often named after places far away."""
OPENING = frozenset(("of", "in", "at", "de", "the"))
"""Words before a place inside a name; behind others, as a first name, it belongs to a person."""
WATERS = tables.words("waters")


@dataclass(frozen=True, slots=True)
class Site:
    """The place that holds a site, and how that was told."""

    entry: Entry
    how: str
    score: float
    """Share of what speaks for a place that speaks for this one, 0 to 1."""


class Surroundings:
    """The places of a report that may hold its sites."""

    def __init__(
        self, found: Sequence[Mention], weighed: Mapping[Key, Choice], home: Entry | None = None
    ) -> None:
        self.weighed, self.home = weighed, home
        self.towns: list[tuple[int, Entry, float]] = []
        self.areas: list[tuple[int, Entry, float]] = []
        for mention in found:
            if not mention.candidates:
                continue
            choice = weighed[key_of(mention)]
            chance = choice.sure * mention.probability
            if choice.best.kind in ("town", "admin2"):
                self.towns.append((mention.start, choice.best, chance))
            elif choice.best.kind in ("admin1", "country") and mention.source != "demonym":
                self.areas.append((mention.start, choice.best, chance))

    def of(self, mention: Mention) -> Site | None:
        """Return what holds a site; ``None`` where the report does not tell."""
        inside = (mention.holder, 0.9) if mention.holder is not None else None
        if mention.inner is not None:
            choice = self.weighed[key_of(mention.inner)]
            inside = choice.best, round(choice.sure, 3)
        held = inside is not None and (inside[0].kind not in WIDE or _is_body(mention))
        if inside is not None and held:
            return Site(inside[0], "its name holds that of", inside[1])
        towns = [(at, e, c) for at, e, c in self.towns if inside is None or holds(inside[0], e)]
        if self.home is not None and (inside is None or holds(inside[0], self.home)):
            towns.append((mention.start + 1, self.home, HOME))
        found = _strongest(mention.start, towns)
        if found is not None:
            return Site(found[0], "named with", round(found[1], 3))
        if inside is not None:
            return Site(inside[0], "its name holds that of", inside[1])
        found = _strongest(mention.start, self.areas)
        return Site(found[0], "named with", round(found[1], 3)) if found else None


def _is_body(mention: Mention) -> bool:
    """Tell a body ("Bank of Mexico") from a building or a water: it is of the whole country in its name."""
    words = mention.name.lower().split()
    return not mention.is_site and not {words[0], words[-1]} & WATERS


def inner(mention: Mention, gazetteer: Gazetteer, named: Collection[str]) -> Mention | None:
    """Return the name of a place inside the name of a site, where it is no chance namesake.

    It is one that the report names (``named``: folded), or that of an area or a large town. It is
    to be weighed with the other names of the report.
    """
    if mention.name.lower().split()[-1] in STREETS:
        return None
    for part in _parts(mention.name):
        country = tables.demonyms().get(folded(part))
        found = gazetteer.candidates(tables.country_name(country) if country else part)
        known = bool(found) and (found[0].kind in AREAS or found[0].population >= LARGE)
        if found and found[0].kind == "admin2":
            known = part.split()[-1].lower() in NO_TOWNS
        if found and (known or folded(part) in named):
            source = "demonym" if country else "gazetteer"
            return Mention(
                mention.start, mention.end, part, tuple(found[:1] if country else found), source
            )
    return None


def _parts(name: str) -> Iterator[str]:
    """Yield the names inside a name, the longest first, the whole and the words for sites left out."""
    words = name.split()
    for size in range(len(words) - 1, 0, -1):
        for start in range(len(words) - size + 1):
            part = words[start : start + size]
            before = words[start - 1].lower() if start else "of"
            if before not in OPENING and before not in DIRECTIONS:
                continue  # "George Washington University"
            if part[0][:1].isupper() and not any(w.lower() in SITES for w in part):
                text = " ".join(part)
                if folded(text) not in DIRECTIONS and _known_so(text):
                    yield text.removesuffix("'s").removesuffix("’s")


def _known_so(text: str) -> bool:
    """Tell a name; one of up to three letters is read only as an abbreviation of a country ("US", "U.K.")."""
    return written_so(text) and (len(text) > 3 or folded(text) in _short_countries())


@cache
def _short_countries() -> frozenset[str]:
    names = (name for named in tables.countries() for name in (named.entry.name, *named.aliases))
    return frozenset(folded(name) for name in names if len(name) <= 4 and name.isupper())


def _strongest(at: int, places: Sequence[tuple[int, Entry, float]]) -> tuple[Entry, float] | None:
    """Return the place that is named nearest and most often, and its share of all."""
    weights: dict[Entry, float] = {}
    for start, entry, chance in places:
        near = math.exp(-abs(start - at) / REACH) + 0.05
        weights[entry] = weights.get(entry, 0.0) + chance * near * (1.2 if start > at else 1.0)
    if not weights:
        return None
    best = max(weights, key=lambda e: (weights[e], e.population, e.name))
    return best, weights[best] / sum(weights.values())
