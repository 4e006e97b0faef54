"""What the other names of a report say for a candidate: expected and possible neighbours.

Every candidate of every name is set beside every candidate of the other names, each
weighed by its probability so far. What is *expected* near is the share of the other names
that the chances put there; what is *possible* is the share that has any candidate there, an
ambiguous name counting less. So a report of four small towns finds the one county in
which all four exist, even where each alone would be taken for a larger namesake.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dateline.places.distance import RADIUS
from dateline.places.entry import Entry

NEAR = 161.0
"""Kilometres within which a place speaks for another."""
BESIDE = 40.0
"""Kilometres within which a place is next to another."""
MOST = 2500
"""Candidates of a report that are set beside each other: those of its first names."""
SPOTS = ("town", "admin2", "site")

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Group:
    """The candidates of a name, with the chances of each."""

    key: tuple[str, str]
    """The name, and what holds it."""
    candidates: Sequence[Entry]
    chances: Sequence[float]
    at: int
    """First token at which the name stands."""


class Company:
    """The names of a report, each a neighbour of the others."""

    def __init__(self, groups: Sequence[Group]) -> None:
        self.starts: list[int] = []
        kept: list[Group] = []
        size = 0
        for group in groups:
            if size + len(group.candidates) > MOST:
                break
            self.starts.append(size)
            kept.append(group)
            size += len(group.candidates)
        self.groups, self.size = kept, size
        self._place = {group.key: number for number, group in enumerate(kept)}
        self._rows = _table(kept) if kept else np.zeros((0, len(_COLUMNS)))

    def features(self, key: tuple[str, str]) -> Iterator[dict[str, float]]:
        """Yield the features of each candidate of a name, in order; none where it stands alone."""
        number = self._place.get(key)
        others = [n for n, g in enumerate(self.groups) if g.key[0] != key[0]]
        if number is None or not others:
            return
        start = self.starts[number]
        own = self._rows[start : start + len(self.groups[number].candidates)]
        sums, shares = self._sums(own), self._shares(number, others)
        whole = {name: float(weights.sum()) for name, weights in shares.items()}
        agreeing = {
            name: (sums[kind] * shares[weights]).sum(axis=1).tolist()
            for name, (kind, weights) in AGREEING.items()
        }
        for row in range(len(own)):
            yield dict(_features({name: found[row] for name, found in agreeing.items()}, whole))

    def _sums(self, own: Floats) -> dict[str, Floats]:
        """Return, for each candidate and each name, how much of the name's chances agree with it."""
        rows = self._rows
        dots = sum(np.multiply.outer(own[:, c], rows[:, c]) for c in (_X, _Y, _Z))
        spot = rows[:, _SPOT] * rows[:, _CHANCE]
        kinds = {
            "near": (dots >= math.cos(NEAR / RADIUS), spot),
            "beside": (dots >= math.cos(BESIDE / RADIUS), spot),
            "country": (np.equal.outer(own[:, _COUNTRY], rows[:, _COUNTRY]), rows[:, _CHANCE]),
            "area": (np.equal.outer(own[:, _AREA], rows[:, _AREA]), rows[:, _CHANCE]),
        }
        out: dict[str, Floats] = {}
        for name, (agrees, weights) in kinds.items():
            out[name] = np.add.reduceat(agrees * weights, self.starts, axis=1)
        possible = (dots >= math.cos(BESIDE / RADIUS)) * rows[:, _SPOT]
        out["possible"] = np.maximum.reduceat(possible, self.starts, axis=1)
        return out

    def _shares(self, number: int, others: Sequence[int]) -> dict[str, Floats]:
        """Return the weight of each name as a neighbour: all of them, spots alone, few meanings, close by."""
        spots = np.add.reduceat(self._rows[:, _SPOT] * self._rows[:, _CHANCE], self.starts)
        all_, few, close = (np.zeros(len(self.groups)) for _ in range(3))
        at = self.groups[number].at
        for n in others:
            group = self.groups[n]
            all_[n] = 1.0
            few[n] = 1.0 / math.sqrt(len(group.candidates))
            close[n] = 1.0 / (1.0 + abs(group.at - at) / 10)
        return {
            "all": all_,
            "spot": all_ * spots,
            "few": few * (spots > 0.3),
            "close": close * spots,
        }


AGREEING = {
    "near": ("near", "all"),
    "beside": ("beside", "all"),
    "possible": ("possible", "few"),
    "close": ("near", "close"),
    "country": ("country", "all"),
    "area": ("area", "all"),
}
"""What is summed up over the other names: how they agree, and what each of them weighs."""


def _features(agreeing: dict[str, float], whole: dict[str, float]) -> Iterator[tuple[str, float]]:
    near, beside, area = (agreeing[name] for name in ("near", "beside", "area"))
    if whole["spot"] > 0.5:
        yield "near", near / whole["spot"]
        yield "beside", beside / whole["spot"]
        yield "number near", min(math.log2(1 + near), 3.0)
        yield "number beside", min(math.log2(1 + beside), 3.0)
    if whole["few"] > 0:
        yield "possible", agreeing["possible"] / whole["few"]
        yield "number possible", min(math.log2(1 + agreeing["possible"]), 3.0)
    if whole["close"] > 0:
        yield "near, close by", agreeing["close"] / whole["close"]
    yield "in its country", agreeing["country"] / whole["all"]
    yield "in its area", area / whole["all"]
    yield "number in its area", min(math.log2(1 + area), 3.0)


_COLUMNS = ("x", "y", "z", "spot", "chance", "country", "area")
_X, _Y, _Z, _SPOT, _CHANCE, _COUNTRY, _AREA = range(len(_COLUMNS))


def _table(groups: Sequence[Group]) -> Floats:
    """Return a row a candidate: a point of the unit sphere, kind, chance, and numbers of its areas."""
    numbers: dict[object, int] = {}
    rows = []
    for group in groups:
        for entry, chance in zip(group.candidates, group.chances, strict=True):
            lat, lon = math.radians(entry.lat), math.radians(entry.lon)
            area = entry.name if entry.kind == "admin1" else entry.admin1
            rows.append((
                math.cos(lat) * math.cos(lon), math.cos(lat) * math.sin(lon), math.sin(lat),
                float(entry.kind in SPOTS), chance,
                numbers.setdefault(entry.country or entry, len(numbers)),
                numbers.setdefault((entry.country, area) if area else entry, len(numbers)),
            ))  # fmt: skip
    return np.array(rows)
