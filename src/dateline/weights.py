"""Tables of weights of the linear models that ship: a feature and its weight in hundredths a line."""

from __future__ import annotations

import math
from functools import lru_cache
from importlib.resources.abc import Traversable

from dateline.errors import DataError


def read_weights(path: Traversable) -> dict[str, float]:
    """Return the weight of each feature by its name; lines that begin with "# " are remarks.

    Raises:
        DataError: a row of the table is not a feature and a whole number.
    """
    weights: dict[str, float] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line or line.startswith("# "):
            continue
        feature, _, weight = line.rpartition("\t")
        try:
            weights[feature] = hundredths(weight)
        except ValueError as error:
            raise DataError(f"{path}:{number}: {error}") from error
    return weights


def read_version(path: Traversable) -> str:
    """Return the version of a table of weights, from its first line: "# version 1; …"."""
    with path.open(encoding="utf-8") as lines:
        return lines.readline().split("version ", 1)[1].split(";")[0]


@lru_cache(maxsize=2048)
def hundredths(number: str) -> float:
    """Return a weight from its hundredths: one object for all that are alike, which stays in the caches.

    Raises:
        ValueError: it is not a whole number.
    """
    return int(number) / 100


def sigmoid(x: float) -> float:
    """Return the probability of a logit, 1 / (1 + e^-x), without overflow."""
    return 1 / (1 + math.exp(-max(-60.0, min(60.0, x))))
