"""Linear models over readable features: a table of weights and nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import exp

from dateline.weights import read_version, read_weights, sigmoid


@dataclass(frozen=True, slots=True)
class Linear:
    """The weight of each feature by its name, in logits."""

    weights: Mapping[str, float]

    def score(self, features: Mapping[str, float]) -> float:
        """Return the weighted sum of the features."""
        get = self.weights.get
        return sum([get(name, 0.0) * value for name, value in features.items()])

    def probability(self, features: Mapping[str, float]) -> float:
        """Return the probability, 0 to 1, of a model of yes and no."""
        return sigmoid(self.score(features))

    def top(self, features: Mapping[str, float], n: int = 3) -> list[tuple[str, float]]:
        """Return the features that weigh most, strongest first."""
        get = self.weights.get
        weighed = [(name, round(get(name, 0.0) * value, 2)) for name, value in features.items()]
        return sorted((w for w in weighed if w[1]), key=lambda row: (-abs(row[1]), row[0]))[:n]


def softmax(scores: Sequence[float]) -> list[float]:
    """Return scores in logits as shares that add up to 1."""
    if not scores:
        return []
    most = max(scores)
    powers = [exp(s - most) for s in scores]
    total = sum(powers)
    return [p / total for p in powers]


@cache
def model(name: str) -> Linear:
    """Return a model that ships (``recognise`` or ``rank``), loaded once a process.

    Raises:
        DataError: a row of its table is not a feature and a number.
    """
    path = files("dateline.places").joinpath("weights", f"{name}.tsv")
    return Linear(read_weights(path))


def version() -> str:
    """Return the version of the weights."""
    path = files("dateline.places").joinpath("weights", "recognise.tsv")
    return read_version(path)
