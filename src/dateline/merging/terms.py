"""The terms that tell one story from another: words weighted by how rare they are in news.

The weights come from a fixed table, so that the likeness of two reports does
not change with what else is in the archive.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files

WORD = re.compile(r"[^\W_][\w'’.-]*[^\W_]|[^\W_]")
LEAD = 600
"""Characters from the beginning whose words count more."""
LEAD_WEIGHT = 4.0
KEPT = 80
"""Terms kept of a report, the heaviest."""

Terms = Mapping[str, float]
"""Word → weight; the squares of the weights add up to 1."""


def words(text: str) -> Iterator[str]:
    """Yield the words of a text, small, without a possessive ending."""
    for match in WORD.finditer(text.replace("’", "'")):
        word = match.group().lower().removesuffix("'s")
        if len(word) > 1:
            yield word


def terms(text: str, title: str | None = None) -> Terms:
    """Return the heaviest terms of a report: tf–idf with damped counts, of length 1."""
    counts: Counter[str] = Counter(words(text))
    for word in words(f"{title or ''} {text[:LEAD]}"):
        counts[word] += LEAD_WEIGHT  # type: ignore[assignment]
    weights = {word: (1 + math.log(n)) * rarity(word) for word, n in counts.items()}
    heaviest = sorted(weights.items(), key=lambda item: (-item[1], item[0]))[:KEPT]
    length = math.sqrt(sum(weight * weight for _, weight in heaviest)) or 1.0
    return {word: weight / length for word, weight in sorted(heaviest)}


def likeness(first: Terms, second: Terms) -> float:
    """Return the cosine of two reports' terms, 0 to 1."""
    if len(second) < len(first):
        first, second = second, first
    return sum(weight * second.get(word, 0.0) for word, weight in first.items())


def rarity(word: str) -> float:
    """Return the inverse document frequency of a word, smoothed; 0 for the commonest."""
    reports, counts = _frequencies()
    return math.log((1 + reports) / (1 + counts.get(word, 1)))


@cache
def _frequencies() -> tuple[int, Mapping[str, int]]:
    reports, counts = 1, {}
    for line in (
        files("dateline.merging").joinpath("frequencies.tsv").read_text("utf-8").split("\n")
    ):
        word, _, number = line.partition("\t")
        if line.startswith("# reports"):
            reports = int(number)
        elif number and not line.startswith("#"):
            counts[word] = int(number)
    return reports, counts
