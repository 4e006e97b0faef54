"""Which place of a name is meant: a linear model over each candidate's features, one sense a report."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from urllib.parse import urlsplit

from spacy.tokens import Doc

from dateline.language import notes
from dateline.places import tables
from dateline.places.distance import kilometres
from dateline.places.entry import Entry
from dateline.places.linear import Linear, model, softmax
from dateline.places.mentions import Mention, apart, holds

NEAR = 161.0
"""Kilometres within which a place speaks for another."""
CONSIDERED = 60
"""Candidates of a name that are weighed; the gazetteer gives the best known first."""
COMPANY = 60
"""Other names of a report that speak for a candidate, the first ones."""


@dataclass(slots=True)
class Choice:
    """The candidates of a name in a report, weighed."""

    candidates: tuple[Entry, ...]
    features: list[dict[str, float]] = field(default_factory=list)
    scores: list[float] = field(default_factory=list)
    held: tuple[Entry, ...] = ()
    """Areas that the report puts the name in."""

    @property
    def order(self) -> list[int]:
        """Return the candidates, best first."""
        return sorted(range(len(self.candidates)), key=lambda n: (-self.scores[n], n))

    @property
    def best(self) -> Entry:
        """Return the best candidate."""
        return self.candidates[self.order[0]]


Key = tuple[str, str]
"""A name, and the area named behind it where there is one."""


def choices(doc: Doc, found: Sequence[Mention], weights: Linear | None = None) -> dict[Key, Choice]:
    """Return the weighed candidates of each name in a report.

    Two rounds: first each name for itself, with the countries that the report
    names; then again with the best of the other names as company.
    """
    weights = weights or model("rank")
    groups = _groups(found)
    world = _World(doc, found)
    made = {key: Choice(m[0].candidates[:CONSIDERED], held=_held(m)) for key, m in groups.items()}
    for company in (False, True):
        others = _company(groups, made) if company else []
        for key, choice in made.items():
            rest = [entry for other, entry in others if other[0] != key[0]]
            choice.features = [
                dict(world.features(groups[key][0], choice, n, rest))
                for n in range(len(choice.candidates))
            ]
        for choice in made.values():
            choice.scores = [weights.score(f) for f in choice.features]
    return made


def key_of(mention: Mention) -> Key:
    """Return what a mention shares its sense with."""
    return mention.key, mention.holder.described() if mention.holder else ""


def _groups(found: Iterable[Mention]) -> dict[Key, list[Mention]]:
    """Group by name; a name whose only holder is said once is held everywhere."""
    groups: dict[Key, list[Mention]] = {}
    for name, same in apart([m for m in found if m.candidates]).items():
        holders = {m.holder.described(): m.holder for m in same if m.holder}
        if len(holders) == 1:
            only = next(iter(holders.values()))
            for mention in same:
                mention.holder = only
        for mention in same:
            groups.setdefault(
                (name, mention.holder.described() if mention.holder else ""), []
            ).append(mention)
    return groups


def _held(group: Sequence[Mention]) -> tuple[Entry, ...]:
    return tuple({m.holder.described(): m.holder for m in group if m.holder}.values())


def _company(
    groups: Mapping[Key, list[Mention]], made: Mapping[Key, Choice]
) -> list[tuple[Key, Entry]]:
    """Return the best of each name that stands for a spot rather than a country or a region."""
    return [
        (key, choice.best)
        for key, choice in made.items()
        if choice.best.kind in ("town", "admin2", "admin1", "site")
    ][:COMPANY]


class _World:
    """The countries and areas that a report speaks of."""

    def __init__(self, doc: Doc, found: Sequence[Mention]) -> None:
        self.countries: Counter[str] = Counter()
        self.areas: Counter[tuple[str, str]] = Counter()
        for mention in found:
            if not mention.candidates:
                continue
            best = mention.holder or mention.candidates[0]
            if best.country and (
                best.kind == "country" or best.capital or best.population > 1_500_000
            ):
                self.countries[best.country] += 1
            if best.country and best.kind == "admin1":
                self.countries[best.country] += 1
                self.areas[best.country, best.name] += 1
        for participant in notes(doc).participants:
            if participant.country and len(participant.country) == 3:
                self.countries[participant.country] += 1
        self.total = self.countries.total()
        self.publisher = _country_of(notes(doc).report.url)

    def features(
        self, mention: Mention, choice: Choice, number: int, others: Sequence[Entry]
    ) -> Iterable[tuple[str, float]]:
        """Yield the features of a candidate."""
        entry = choice.candidates[number]
        yield f"kind={entry.kind}", 1.0
        yield "people", math.log10(entry.population + 1) / 7
        if entry.kind == "town":
            yield "town's people", math.log10(entry.population + 1) / 7
        if entry.capital:
            yield "capital", 1.0
        if entry.name.lower() == mention.name.lower():
            yield "primary name", 1.0
        if number == 0:
            yield "first", 1.0
        yield "place in order", 1 / (1 + number)
        yield from self._country(entry)
        yield from _held_by(choice.held, entry)
        yield from _among(entry, others)
        if self.publisher is not None and entry.country == self.publisher:
            yield "publisher's country", 1.0

    def _country(self, entry: Entry) -> Iterable[tuple[str, float]]:
        country = entry.country
        if country is None or entry.kind == "country":
            return
        if self.total:
            yield "country's share", self.countries[country] / self.total
        if self.countries[country]:
            yield "country named", 1.0
        if entry.kind != "admin1" and entry.admin1 and self.areas[country, entry.admin1]:
            yield "area named", 1.0
            yield "area's share", self.areas[country, entry.admin1] / self.areas.total()


def _held_by(held: Sequence[Entry], entry: Entry) -> Iterable[tuple[str, float]]:
    if not held:
        return
    by = [h for h in held if holds(h, entry)]
    yield (f"held by {by[0].kind}" if by else "not held"), 1.0


def _among(entry: Entry, others: Sequence[Entry]) -> Iterable[tuple[str, float]]:
    """Yield what the other places of the report say for a candidate."""
    if entry.kind == "country" or not others:
        return
    spots = [o for o in others if o.kind != "admin1"]
    near = sum(kilometres(entry.lat, entry.lon, o.lat, o.lon) <= NEAR for o in spots)
    same = sum(o.country == entry.country for o in others)
    area = sum(
        o.country == entry.country
        and entry.admin1 is not None
        and entry.admin1 in (o.admin1, o.name)
        for o in others
    )
    if spots:
        yield "share near", near / len(spots)
        yield "some near", float(near > 0)
        yield "number near", min(math.log2(1 + near), 3.0)
    yield "share in its country", same / len(others)
    yield "share in its area", area / len(others)
    yield "some in its area", float(area > 0)


@cache
def _country_of(url: str | None) -> str | None:
    """Return the country that an address ends with; ``.com`` and its like say nothing."""
    host = (urlsplit(url).hostname or "") if url and re.match(r"https?://", url) else ""
    end = host.rpartition(".")[2]
    return tables.alpha3().get({"uk": "gb"}.get(end, end).upper()) if len(end) == 2 else None


def shares(choice: Choice) -> list[float]:
    """Return the probability of each candidate."""
    return softmax(choice.scores)
