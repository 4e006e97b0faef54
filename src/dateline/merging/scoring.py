"""How sure it is that two events are one: weights as data, and every score with its parts."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

from dateline.errors import DataError
from dateline.merging.compare import Around, Feature, features
from dateline.merging.views import EventView
from dateline.records import Reason
from dateline.weights import sigmoid

SETTINGS = {"version", "bias", "threshold", "kin", "features"}


@dataclass(frozen=True, slots=True)
class Weight:
    """What a feature means and weighs, in log-odds."""

    id: str
    weight: float
    description: str
    positive: tuple[str, ...]
    """One or two reports, of which some events have it."""
    negative: tuple[str, ...]
    """One or two reports, of which no events have it."""


@dataclass(frozen=True, slots=True)
class Weights:
    """A table of weights; see ``weights.yaml``."""

    version: str
    bias: float
    threshold: float
    """Mean score from which events are joined, 0 to 1."""
    kin: frozenset[frozenset[str]]
    """Pairs of types that one act can be read as."""
    features: Mapping[str, Weight]

    @property
    def digest(self) -> str:
        """What tells this table from another one, the same in every process."""
        parts = (
            self.version,
            self.bias,
            self.threshold,
            sorted(sorted(pair) for pair in self.kin),
            sorted((one.id, one.weight) for one in self.features.values()),
        )
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()

    def can_be_one(self, first: EventView, second: EventView) -> bool:
        """Tell whether events of these types are compared at all."""
        return first.type == second.type or {first.type, second.type} in self.kin

    def score(self, found: Iterable[Feature]) -> float:
        """Return how sure features make it that two events are one, 0 to 1."""
        total = self.bias + sum(self.features[f.id].weight * f.value for f in found)
        return round(sigmoid(total), 4)

    def why(self, found: Iterable[Feature]) -> tuple[Reason, ...]:
        """Return the parts of a score, the weightiest first."""
        parts = [(self.features[f.id], f) for f in found]
        heaviest = sorted(parts, key=lambda p: (-abs(p[0].weight * p[1].value), p[0].id))
        return tuple(
            Reason(
                field="link",
                rule=weight.id,
                detail=f.detail or weight.description,
                weight=round(weight.weight * f.value, 3),
            )
            for weight, f in heaviest
            if weight.weight
        )


def compare(first: EventView, second: EventView, around: Around, weights: Weights) -> list[Feature]:
    """Return the features of two events, whichever comes first; none where they cannot be one."""
    if not weights.can_be_one(first, second):
        return []
    return list(features(first, second, around))


@cache
def default_weights() -> Weights:
    """Return the weights that come with dateline."""
    return load(str(files("dateline.merging").joinpath("weights.yaml")))


def load(path: str | Path) -> Weights:
    """Return the weights of a file.

    Raises:
        DataError: the file is no table of weights; the error names what is wrong.
    """
    try:
        data = yaml.safe_load(Path(path).read_text("utf-8"))
    except (OSError, ValueError, yaml.YAMLError) as error:
        raise DataError(f"{path}: {error}") from error
    if not isinstance(data, dict) or set(data) != SETTINGS:
        raise DataError(f"{path}: a table of weights has {', '.join(sorted(SETTINGS))}")
    try:
        return _weights(data)
    except (KeyError, TypeError, ValueError) as error:
        raise DataError(f"{path}: {error!r}") from error


def _weights(data: dict[str, Any]) -> Weights:
    known = [
        Weight(
            row["id"], float(row["weight"]), row["description"],
            tuple(row["for"]), tuple(row["against"]),
        )
        for row in data["features"]
    ]  # fmt: skip
    if len({one.id for one in known}) < len(known):
        raise ValueError("every feature stands once")
    for one in known:
        if (
            not one.description
            or not (0 < len(one.positive) <= 2)
            or not (0 < len(one.negative) <= 2)
        ):
            raise ValueError(
                f"{one.id}: a feature has a description, and one or two texts each way"
            )
    if any(len(set(pair)) != 2 for pair in data["kin"]):
        raise ValueError("kin types come in pairs")
    return Weights(
        str(data["version"]),
        float(data["bias"]),
        float(data["threshold"]),
        frozenset(frozenset(pair) for pair in data["kin"]),
        {one.id: one for one in known},
    )
