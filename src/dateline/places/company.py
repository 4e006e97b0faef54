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
AT_ONCE = 250_000
"""Pairs of candidates that are set beside each other at once."""
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
        if not kept:
            return
        columns = _columns(kept)
        weights = _weights(kept, np.add.reduceat(columns[_SPOT] * columns[_CHANCE], self.starts))
        name = np.repeat(np.arange(len(kept)), [len(group.candidates) for group in kept])
        sums = _sums(columns, self.starts)
        self._whole = {key: np.add.reduce(each, axis=1).tolist() for key, each in weights.items()}
        self._agreeing = {
            key: np.add.reduce(sums[kind] * weights[weight][name], axis=1).tolist()
            for key, (kind, weight) in AGREEING.items()
        }
        """What each candidate has, and what each name can have at most, by the names of ``AGREEING``."""

    def features(self, key: tuple[str, str]) -> Iterator[dict[str, float]]:
        """Yield the features of each candidate of a name, in order; none where it stands alone."""
        number = self._place.get(key)
        if number is None or not self._whole["all"][number]:
            return
        start = self.starts[number]
        whole = {weight: each[number] for weight, each in self._whole.items()}
        for row in range(start, start + len(self.groups[number].candidates)):
            yield _features({name: each[row] for name, each in self._agreeing.items()}, whole)


def _sums(columns: Floats, starts: Sequence[int]) -> dict[str, Floats]:
    """Return, for each candidate and each name, how much of the name's chances agree with it.

    A row a candidate, a column a name; so many rows at a time that a long report needs little memory.
    """
    size = columns.shape[1]
    step = max(1, AT_ONCE // size)
    blocks = [_block(columns, starts, at, min(at + step, size)) for at in range(0, size, step)]
    return {name: np.concatenate([block[name] for block in blocks]) for name in blocks[0]}


def _block(columns: Floats, starts: Sequence[int], first: int, last: int) -> dict[str, Floats]:
    own, chance = columns[:, first:last], columns[_CHANCE]
    spot = columns[_SPOT] * chance
    dots = sum(np.multiply.outer(own[c], columns[c]) for c in (_X, _Y, _Z))
    beside = dots >= math.cos(BESIDE / RADIUS)
    agree = {
        "near": (dots >= math.cos(NEAR / RADIUS)) * spot,
        "beside": beside * spot,
        "country": np.equal.outer(own[_COUNTRY], columns[_COUNTRY]) * chance,
        "area": np.equal.outer(own[_AREA], columns[_AREA]) * chance,
    }
    found: dict[str, Floats] = {
        name: np.add.reduceat(weighed, starts, axis=1) for name, weighed in agree.items()
    }
    found["possible"] = np.maximum.reduceat(beside * columns[_SPOT], starts, axis=1)
    return found


def _weights(groups: Sequence[Group], spots: Floats) -> dict[str, Floats]:
    """Return the weight of each name as a neighbour: all of them, spots alone, few meanings, close by.

    A row a name, a column a neighbour. ``spots``: the chances of each name to be a spot.
    """
    numbers: dict[str, int] = {}
    names = np.array([numbers.setdefault(group.key[0], len(numbers)) for group in groups])
    at = np.array([group.at for group in groups])
    others = np.not_equal.outer(names, names).astype(np.float64)
    few = 1.0 / np.sqrt([len(group.candidates) for group in groups])
    close = others / (1.0 + np.abs(np.subtract.outer(at, at)) / 10)
    return {
        "all": others,
        "spot": others * spots,
        "few": others * few * (spots > 0.3),
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


def _features(agreeing: dict[str, float], whole: dict[str, float]) -> dict[str, float]:
    near, beside, area = agreeing["near"], agreeing["beside"], agreeing["area"]
    found: dict[str, float] = {}
    if whole["spot"] > 0.5:
        found["near"] = near / whole["spot"]
        found["beside"] = beside / whole["spot"]
        found["number near"] = min(math.log2(1 + near), 3.0)
        found["number beside"] = min(math.log2(1 + beside), 3.0)
    if whole["few"] > 0:
        found["possible"] = agreeing["possible"] / whole["few"]
        found["number possible"] = min(math.log2(1 + agreeing["possible"]), 3.0)
    if whole["close"] > 0:
        found["near, close by"] = agreeing["close"] / whole["close"]
    found["in its country"] = agreeing["country"] / whole["all"]
    found["in its area"] = area / whole["all"]
    found["number in its area"] = min(math.log2(1 + area), 3.0)
    return found


_COLUMNS = ("x", "y", "z", "spot", "chance", "country", "area")
_X, _Y, _Z, _SPOT, _CHANCE, _COUNTRY, _AREA = range(len(_COLUMNS))


def _columns(groups: Sequence[Group]) -> Floats:
    """Return the columns of a row a candidate: a point of the unit sphere, kind, chance, numbers of its areas."""
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
    return np.array(rows, dtype=np.float64).reshape(-1, len(_COLUMNS)).T.copy()
