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
TITLE_WEIGHT = 8.0
"""Times that a word of the title counts besides those it stands in the text."""
LEAD_WEIGHT = 1.0
"""Times that a word of the lead counts besides those it stands in the text."""
UNTITLED_WEIGHT = 4.0
"""The same for a report without a title: its lead stands for it."""
NAME_WEIGHT = 1.3
"""By how much a word is heavier that is written with a capital letter most times."""
KEPT = 80
"""Terms kept of a report, the heaviest."""

Terms = Mapping[str, float]
"""Word → weight; the squares of the weights add up to 1."""


def words(text: str) -> Iterator[str]:
    """Yield the words of a text, small, without a possessive ending."""
    for word, _ in _written(text):
        yield word


def _written(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the words of a text, and whether each is written with a capital letter."""
    for match in WORD.finditer(text.replace("’", "'")):
        word = match.group()
        small = word.lower().removesuffix("'s")
        if len(small) > 1:
            yield small, word[0].isupper()


def terms(text: str, title: str | None = None) -> Terms:
    """Return the heaviest terms of a report: tf–idf with damped counts, of length 1.

    Words of the title, of the lead and of names weigh more. A title says what a report is about
    where its text begins with a caption or a notice.
    """
    written = Counter(_written(text))
    counts: Counter[str] = Counter()
    for (word, _), n in written.items():
        counts[word] += n
    names = {word for word in counts if 2 * written[word, True] > counts[word]}
    for part, weight in (
        (title or "", TITLE_WEIGHT),
        (text[:LEAD], LEAD_WEIGHT if title else UNTITLED_WEIGHT),
    ):
        for word in words(part):
            counts[word] += weight  # type: ignore[assignment]
    weights = {
        word: (1 + math.log(n)) * rarity(word) * (NAME_WEIGHT if word in names else 1.0)
        for word, n in counts.items()
    }
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
