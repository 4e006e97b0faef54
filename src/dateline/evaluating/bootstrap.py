"""Counts of right, spurious and missed, and how sure a score made of them is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Table = NDArray[np.float64]

SAMPLES = 1000
SEED = 20210726


@dataclass(frozen=True, slots=True)
class Counts:
    """What a document adds to a score."""

    right: int = 0
    spurious: int = 0
    """Found, and not in the gold."""
    missed: int = 0
    """In the gold, and not found."""

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.right + other.right, self.spurious + other.spurious, self.missed + other.missed
        )

    @property
    def precision(self) -> float:
        """Right among the found; 0 where nothing was found."""
        return self.right / (self.right + self.spurious) if self.right + self.spurious else 0.0

    @property
    def recall(self) -> float:
        """Right among the gold; 0 where there is none."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = 2 * self.right + self.spurious + self.missed
        return 2 * self.right / total if total else 0.0


def f1_of(counts: Table) -> Table:
    """Return F1 for sums of right, spurious and missed in the last axis."""
    right, spurious, missed = counts[..., 0], counts[..., 1], counts[..., 2]
    total = 2 * right + spurious + missed
    found: Table = np.divide(2 * right, total, out=np.zeros(total.shape), where=total > 0)
    return found


def interval(
    documents: Sequence[Counts],
    score: Callable[[Table], Table] = f1_of,
    *,
    samples: int = SAMPLES,
    seed: int = SEED,
) -> tuple[float, float]:
    """Return the 95 % interval of a score, by drawing documents with replacement.

    The percentile bootstrap over documents (Efron & Tibshirani 1993), seeded, so
    that the same counts give the same interval.
    """
    if not documents:
        return 0.0, 0.0
    table = np.array([(c.right, c.spurious, c.missed) for c in documents], dtype=float)
    drawn = np.random.default_rng(seed).integers(0, len(table), size=(samples, len(table)))
    low, high = np.percentile(score(table[drawn].sum(axis=1)), [2.5, 97.5])
    return float(low), float(high)
