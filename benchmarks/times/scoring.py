"""The matching of TempEval-3: strict and relaxed spans, type and value over relaxed matches."""

from __future__ import annotations

import random
from dataclasses import dataclass, field


@dataclass(slots=True)
class Counts:
    """What a document adds to the scores."""

    gold: int = 0
    system: int = 0
    strict: int = 0
    relaxed: int = 0
    type: int = 0
    value: int = 0

    def add(self, other: Counts) -> None:
        for name in self.__slots__:
            setattr(self, name, getattr(self, name) + getattr(other, name))

    def f1(self, name: str) -> float:
        """F1 of ``strict`` or ``relaxed``; for ``type`` and ``value`` relaxed F1 times accuracy."""
        total = self.gold + self.system
        return 200 * getattr(self, name) / total if total else 0.0


@dataclass(frozen=True, slots=True)
class Time:
    start: int
    end: int
    type: str | None
    value: str | None
    text: str = field(default="", compare=False)


def count(gold: list[Time], system: list[Time]) -> Counts:
    """Match one document: exact spans first, then any overlap, each expression once."""
    out = Counts(gold=len(gold), system=len(system))
    for g, s in pairs(gold, system):
        out.relaxed += 1
        out.strict += (g.start, g.end) == (s.start, s.end)
        out.type += g.type is None or g.type == s.type
        out.value += normal(g.value) == normal(s.value)
    return out


def pairs(gold: list[Time], system: list[Time]) -> list[tuple[Time, Time]]:
    exact = {(s.start, s.end): s for s in system}
    found: list[tuple[Time, Time]] = []
    used: set[Time] = set()
    rest = []
    for g in gold:
        s = exact.get((g.start, g.end))
        if s is not None and s not in used:
            used.add(s)
            found.append((g, s))
        else:
            rest.append(g)
    for g in rest:
        for s in system:
            if s not in used and s.start < g.end and g.start < s.end:
                used.add(s)
                found.append((g, s))
                break
    return found


def normal(value: str | None) -> str:
    return (value or "").strip()


def interval(counts: list[Counts], name: str, rounds: int = 1000) -> tuple[float, float]:
    """Bootstrap 95 % interval of an F1 over documents."""
    rng = random.Random(7)
    scores = []
    for _ in range(rounds):
        total = Counts()
        for c in rng.choices(counts, k=len(counts)):
            total.add(c)
        scores.append(total.f1(name))
    scores.sort()
    return scores[int(0.025 * rounds)], scores[int(0.975 * rounds)]
