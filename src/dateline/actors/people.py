"""Which mentions by name are the same person, within one report."""

from __future__ import annotations

from bisect import bisect_left, insort
from dataclasses import dataclass, field
from functools import cache

from dateline.actors.names import PARTICLES, compare, core
from dateline.actors.tables import read_data
from dateline.actors.view import Mention, View
from dateline.records import ActorKind

FEMALE = frozenset(
    ["mrs", "ms", "miss", "madame", "lady", "mrs.", "ms.", "dame", "queen", "princess", "baroness"]
)
MALE = frozenset(["mr", "mr.", "sir", "lord", "king", "prince", "father", "baron"])

Name = tuple[str, ...]
"""Words of a person's name, folded, without particles."""


@dataclass(slots=True)
class _Person:
    """Mentions of one person, with what they say together: a report may have thousands."""

    name: Name
    """The longest name, of several the first."""
    mentions: list[Mention] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    gender: str = ""
    countries: set[str] = field(default_factory=set)
    offices: set[str] = field(default_factory=set)

    def add(self, view: View, mention: Mention, name: Name) -> None:
        self.name = max(self.name, name, key=len)
        self.mentions.append(mention)
        insort(self.starts, mention.start)
        self.gender = self.gender or mention.gender or _address(view, mention)
        self.countries.update(mention.countries)
        self.offices.update(mention.offices)

    def has(self, word: str) -> bool:
        """Tell whether a word is the surname, or another word of the longest name."""
        name = self.name
        return name[-1] == word or (len(name) > 1 and word in name and word not in PARTICLES)

    def may_be(self, view: View, mention: Mention) -> bool:
        """Tell whether a form of address and a country fit: Mrs. Clinton is not Bill."""
        gender = _address(view, mention)
        if gender and self.gender and gender != self.gender:
            return False
        apart = self.countries.isdisjoint(mention.countries)
        return not apart or not mention.countries or not self.countries

    def distance(self, mention: Mention) -> tuple[bool, int]:
        """Return how far before a mention the nearest other one is, else where the first one is."""
        before = bisect_left(self.starts, mention.start)
        if not before:
            return True, self.mentions[0].start
        return False, mention.start - self.starts[before - 1]


def cluster_people(view: View) -> list[list[Mention]]:
    """Return the mentions of people by name, those of one person together.

    Full names found a cluster. A single word joins the cluster of the nearest
    full name before it (else after it) that has it as surname; where several
    people of the report have that surname, titles and forms of address decide.
    """
    named = [m for m in view.mentions if m.kind is ActorKind.PERSON]
    named.sort(key=lambda m: m.start)
    names = [core(tuple(view.key(m.start, m.end).split())) or ("",) for m in named]
    people: list[_Person] = []
    for full in (True, False):
        for mention, name in zip(named, names, strict=True):
            if (len(name) > 1) is full:
                one = _known(name, people) if full else _meant(view, mention, name[0], people)
                if one is None:
                    one = _Person(name)
                    people.append(one)
                one.add(view, mention, name)
    clusters = [one.mentions for one in people]
    for cluster in clusters:
        cluster.sort(key=lambda m: m.start)
        for mention in cluster:
            mention.cluster = cluster[0]
        _set_gender(view, cluster)
    return clusters


def _known(name: Name, people: list[_Person]) -> _Person | None:
    """Return whose name a full name is."""
    for one in people:
        found = compare(name, one.name)
        close = not found.conflict and found.surname >= 0.95 and (found.given or 0) >= 0.88
        nested = set(name) <= set(one.name) or set(one.name) <= set(name)
        if close and (name[-1] == one.name[-1] or nested):
            return one
    return None


def _meant(view: View, mention: Mention, word: str, people: list[_Person]) -> _Person | None:
    """Return who is meant by a single word of a name."""
    fitting = [one for one in people if one.has(word) and one.may_be(view, mention)]
    same_office = [one for one in fitting if not one.offices.isdisjoint(mention.offices)]
    return min(same_office or fitting, key=lambda one: one.distance(mention), default=None)


def _address(view: View, mention: Mention) -> str:
    if mention.title is None:
        return ""
    words = {view.lower[i] for i in range(*mention.title)}
    if words & FEMALE or any(word.endswith("woman") for word in words):
        return "female"
    return "male" if words & MALE or any(w in ("spokesman", "chairman") for w in words) else ""


def _set_gender(view: View, cluster: list[Mention]) -> None:
    gender = next((g for m in cluster if (g := _address(view, m))), "")
    if not gender:
        first = next((view.fold[m.start] for m in cluster if m.end - m.start > 1), "")
        gender = "female" if first in _female_names() else ""
    for mention in cluster:
        mention.gender = gender


@cache
def _female_names() -> frozenset[str]:
    rows = read_data("given_names.tsv", ("kind", "names")).rows()
    return frozenset(n for _, row in rows if row["kind"] == "female" for n in row["names"].split())
