"""Which place of a name is meant: a linear model over each candidate's features, one sense a report."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Doc

from dateline.language import notes
from dateline.places import tables
from dateline.places.company import NEAR, Company, Group
from dateline.places.distance import kilometres
from dateline.places.entry import Entry
from dateline.places.linear import Linear, model, softmax
from dateline.places.mentions import Mention, apart, holds
from dateline.places.names import folded
from dateline.places.publisher import home

CONSIDERED = 60
"""Candidates of a name that are weighed; the gazetteer gives the best known first."""
BESIDE = 50.0
"""Kilometres within which candidates of one name share a spot; an area and the town in it, ``NEAR``."""
LEADING = 5
"""Candidates that may turn out best together with those beside them."""
ROUNDS = 2
"""Times that names are weighed with the company of the others."""
Models = tuple[Linear, Linear]
"""Weights of the first round, where a name stands alone, and of those after it."""


@dataclass(slots=True)
class Choice:
    """The candidates of a name in a report, weighed."""

    candidates: tuple[Entry, ...]
    alone: list[dict[str, float]] = field(default_factory=list)
    """Features of each candidate without the other names of the report."""
    features: list[dict[str, float]] = field(default_factory=list)
    scores: list[float] = field(default_factory=list)
    borne: bool = False
    """Some candidate is a place whose own name this is, and not a further one of it."""
    held: tuple[Entry, ...] = ()
    """Areas that the report puts the name in."""

    sure: float = 0.0
    """Probability that the place is the best candidate or stands right beside it, 0 to 1."""
    order: list[int] = field(default_factory=list)
    """The candidates, best first; those that stand beside the best come last."""
    elsewhere: bool = False
    """Some candidate is of another spot than the best."""

    @property
    def best(self) -> Entry:
        """Return the best candidate."""
        return self.candidates[self.order[0]]

    @property
    def second(self) -> Entry | None:
        """Return the best candidate of another spot, if there is one."""
        return self.candidates[self.order[1]] if self.elsewhere else None

    def settle(self, is_area: bool = False) -> None:
        """Order the candidates: those that share a spot count together ("Albany" the town and its county).

        Of a town and an area of one spot the town is taken, unless the name is said to be an area.
        """
        chances = shares(self)
        rows = sorted(range(len(chances)), key=lambda n: (-chances[n], n))
        pools = {n: _pooled(self.candidates, chances, n) for n in rows[:LEADING]}
        first = max(pools, key=lambda n: (round(pools[n], 9), chances[n], -n))
        near = [n for n in rows if _beside(self.candidates[first], self.candidates[n])]
        wanted = ("admin1", "admin2") if is_area else ("town",)
        fit = [n for n in near if self.candidates[n].kind in wanted and chances[n] > 0.02]
        top = max(near, key=lambda n: (chances[n], -n))
        settled = is_area or self.candidates[top].kind in ("admin1", "admin2")
        best = max(fit, key=lambda n: (chances[n], -n)) if fit and settled else top
        apart = [n for n in rows if n not in near]
        self.order = [best, *apart, *(n for n in near if n != best)]
        self.sure, self.elsewhere = pools[first], bool(apart)


Key = tuple[str, str]
"""A name, and the area named behind it where there is one."""


def choices(doc: Doc, found: Sequence[Mention], weights: Models | None = None) -> dict[Key, Choice]:
    """Return the weighed candidates of each name in a report.

    First each name for itself, with the countries that the report names; then
    twice again with the chances of the other names as company.
    """
    models = weights or (model("rank_alone"), model("rank"))
    groups = _groups(found)
    world = _World(doc, found)
    made = {key: Choice(m[0].candidates[:CONSIDERED], held=_held(m)) for key, m in groups.items()}
    for key, choice in made.items():
        choice.borne = any(_bears(e, key[0]) for e in choice.candidates)
        said = world.said(groups[key])
        choice.alone = [
            dict(world.features(said, choice, n)) for n in range(len(choice.candidates))
        ]
        choice.features = choice.alone
        choice.scores = [models[0].score(f) for f in choice.alone]
    for _ in range(ROUNDS):
        company = _company(groups, made, world)
        for key, choice in made.items():
            rest = list(company.features(key)) or [{}] * len(choice.candidates)
            choice.features = [one | more for one, more in zip(choice.alone, rest, strict=True)]
        for choice in made.values():
            choice.scores = [models[1].score(f) for f in choice.features]
    for key, choice in made.items():
        choice.settle(groups[key][0].is_area)
    return made


def _company(
    groups: Mapping[Key, list[Mention]], made: Mapping[Key, Choice], world: _World
) -> Company:
    """Return the names of a report as neighbours, and that in its publisher's address."""
    company = [
        Group(key, choice.candidates, shares(choice), groups[key][0].start)
        for key, choice in made.items()
    ]
    if world.home:
        even = [1 / len(world.home)] * len(world.home)
        company.insert(0, Group(("://", ""), world.home, even, 0))
    return Company(company)


def key_of(mention: Mention) -> Key:
    """Return what a mention shares its sense with: names said to be areas are apart ("Aleppo province")."""
    holder = mention.holder.described() if mention.holder else ""
    return mention.key, f"{holder} area" if mention.is_area else holder


def _groups(found: Iterable[Mention]) -> dict[Key, list[Mention]]:
    """Group by name; a name whose only holder is said once is held everywhere."""
    groups: dict[Key, list[Mention]] = {}
    for same in apart([m for m in found if m.candidates]).values():
        holders = {m.holder.described(): m.holder for m in same if m.holder}
        if len(holders) == 1:
            only = next(iter(holders.values()))
            for mention in same:
                mention.holder = only
        for mention in same:
            groups.setdefault(key_of(mention), []).append(mention)
    return groups


def _held(group: Sequence[Mention]) -> tuple[Entry, ...]:
    return tuple({m.holder.described(): m.holder for m in group if m.holder}.values())


@dataclass(frozen=True, slots=True)
class _Said:
    """How a report says a name."""

    key: str
    is_area: bool
    with_the: bool
    """With an article, as seas and regions have: "the Atlantic", "the Gulf"."""


class _World:
    """The countries and areas that a report speaks of."""

    def __init__(self, doc: Doc, found: Sequence[Mention]) -> None:
        self.doc = doc
        self.said_areas = {_area(e) for m in found for e in _said_area(m)}
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
        self.datelines = _datelines(doc, found)
        publisher = home(notes(doc).report.url)
        self.publisher, self.home, self.home_area = (
            publisher.country,
            publisher.places,
            publisher.area,
        )
        self.known = publisher.known
        self.home_names = {folded(entry.name) for entry in self.home}

    def said(self, group: Sequence[Mention]) -> _Said:
        """Return how the mentions of a name are said."""
        return _Said(group[0].key, group[0].is_area, any(_with_the(self.doc, m) for m in group))

    def features(self, mention: _Said, choice: Choice, number: int) -> Iterable[tuple[str, float]]:
        """Yield the features of a candidate."""
        entry = choice.candidates[number]
        yield f"kind={entry.kind}", 1.0
        yield "people", math.log10(entry.population + 1) / 7
        if entry.kind == "town":
            yield "town's people", math.log10(entry.population + 1) / 7
        if mention.is_area:
            yield f"said to be an area, kind={entry.kind}", 1.0
        elif entry.kind == "admin1" and _area(entry) in self.said_areas:
            yield "said to be an area elsewhere", 1.0
        if mention.with_the:
            yield f"with the, kind={entry.kind}", 1.0
        if entry.capital:
            yield "capital", 1.0
        if _bears(entry, mention.key):
            yield "primary name", 1.0
        elif choice.borne:
            yield "another's primary name", 1.0
        if number == 0:
            yield "first", 1.0
        yield "place in order", 1 / (1 + number)
        yield from self._country(entry)
        yield from _held_by(choice.held, entry)
        top = choice.candidates[0]
        yield (
            "fewer people than the first",
            math.log10(top.population + 1) / 7 - math.log10(entry.population + 1) / 7,
        )
        if mention.key in self.home_names:
            yield from self._namesake(entry, number)
        if self.publisher is not None and entry.country == self.publisher:
            yield "publisher's country", 1.0
        if self.home_area is not None and self.home_area == _area(entry):
            yield "publisher's area", 1.0

    def _namesake(self, entry: Entry, number: int) -> Iterable[tuple[str, float]]:
        """Yield the features of a name that is also the publisher's.

        Papers of famous towns are in the table of publishers: one that is not is of a lesser town of the name.
        """
        if self.known:
            if entry in self.home:
                yield "the publisher's town", 1.0
            return
        yield f"in the publisher's name, {'first' if number == 0 else 'later'}", 1.0
        if (entry.country or "").lower() in tables.words("english"):
            yield "in the publisher's name, and its language spoken", 1.0

    def _country(self, entry: Entry) -> Iterable[tuple[str, float]]:
        country = entry.country
        if country is None or entry.kind == "country":
            return
        if self.total:
            yield "country's share", self.countries[country] / self.total
        if self.countries[country]:
            yield "country named", 1.0
        if country in self.datelines:
            yield "country of the dateline", 1.0
        if entry.kind != "admin1" and entry.admin1 and self.areas[country, entry.admin1]:
            yield "area named", 1.0
            yield "area's share", self.areas[country, entry.admin1] / self.areas.total()


def _bears(entry: Entry, key: str) -> bool:
    """Tell whether a name is a place's own, or the one that English news long had for it ("Madras")."""
    return folded(entry.name) == key or entry.geonameid in tables.known_as().get(key, ())


def _said_area(mention: Mention) -> Iterable[Entry]:
    """Yield the first-order areas that a mention surely names: "Washington state", "Va.", ", Texas"."""
    if mention.holder is not None and mention.holder.kind == "admin1":
        yield mention.holder
    if mention.is_area or mention.name in tables.abbreviations():
        yield from (e for e in mention.candidates[:1] if e.kind == "admin1")


def _with_the(doc: Doc, mention: Mention) -> bool:
    last = doc[mention.end - 1]
    behind = last.dep_ not in ("compound", "amod", "nmod", "poss")
    return mention.start > 0 and doc[mention.start - 1].lower_ == "the" and behind


def _datelines(doc: Doc, found: Sequence[Mention]) -> frozenset[str]:
    """Return the countries of a report's datelines, where a place in them leaves no doubt of it."""
    spans = [(s.start, s.end) for s in notes(doc).segments if s.kind == "dateline"]
    inside = [m for m in found if any(a <= doc[m.start].idx < b for a, b in spans)]
    sure = (m.holder or m.candidates[0] for m in inside if m.candidates)
    return frozenset(e.country for e in sure if e.country and (e.kind == "country" or e.capital))


def _held_by(held: Sequence[Entry], entry: Entry) -> Iterable[tuple[str, float]]:
    if not held:
        return
    by = [h for h in held if holds(h, entry)]
    yield (f"held by {by[0].kind}" if by else "not held"), 1.0


def _area(entry: Entry) -> tuple[str | None, str | None]:
    return entry.country, entry.name if entry.kind == "admin1" else entry.admin1


def _beside(one: Entry, other: Entry) -> bool:
    areas = ("country", "region", "water")
    if one.kind in areas or other.kind in areas:
        return one is other
    namesake = holds(one, other) or holds(other, one)
    far = kilometres(one.lat, one.lon, other.lat, other.lon)
    return far <= (NEAR if namesake else BESIDE)


def _pooled(candidates: Sequence[Entry], chances: Sequence[float], number: int) -> float:
    """Return the chance of a candidate and those beside it together."""
    own = candidates[number]
    return sum(p for p, e in zip(chances, candidates, strict=True) if p > 0.001 and _beside(own, e))


def shares(choice: Choice) -> list[float]:
    """Return the probability of each candidate."""
    return softmax(choice.scores)
