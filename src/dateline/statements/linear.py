"""Linear models over readable features: a table of weights and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dateline.weights import sigmoid


@dataclass(frozen=True, slots=True)
class Linear:
    """A logistic regression: the weight of each feature by its name."""

    weights: Mapping[str, float]

    def score(self, features: Iterable[str]) -> float:
        """Return the sum of the weights of the features, in logits."""
        return sum(filter(None, map(self.weights.get, features)), 0.0)

    def probability(self, features: Iterable[str]) -> float:
        """Return the probability, 0 to 1."""
        return sigmoid(self.score(features))

    def top(self, features: Iterable[str], n: int = 3) -> list[tuple[str, float]]:
        """Return the features that weigh most, strongest first."""
        weighed = {f: self.weights[f] for f in features if f in self.weights}
        ranked = sorted([(-abs(weight), name) for name, weight in weighed.items()])
        return [(name, weighed[name]) for _, name in ranked[:n]]
