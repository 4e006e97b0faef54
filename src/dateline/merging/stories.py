"""Stories: the reports of one happening.

Two reports are as like as the rare terms they share (``terms``), less what
their dates are apart. Only reports that share some of their heaviest terms are
compared. Clusters are joined by average likeness, so that one report between
two stories does not pull them together.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from dateline.merging.cluster import average_linkage
from dateline.merging.terms import Terms, likeness, terms

Pair = tuple[str, str]
THRESHOLD = 0.095
"""Average likeness from which reports tell one story."""
FAINTEST = 0.03
"""A fainter likeness counts as none."""
INDEXED = 15
"""Heaviest terms of a report by which others are found."""
CROWDED = 2_000
"""A term that more reports have among their heaviest finds no pairs."""
GRACE = 3
"""Days apart that cost nothing."""
FADING = 45.0
"""Days after which likeness has fallen by about a third."""


@dataclass(frozen=True, slots=True)
class Item:
    """What stories are made of: a report's id, date and terms."""

    id: str
    published: date | None
    terms: Terms


def item(id: str, text: str, *, title: str | None = None, published: str | None = None) -> Item:
    """Return the item of a report; a date without a day counts as none."""
    day = date.fromisoformat(published[:10]) if published and len(published) >= 10 else None
    return Item(id, day, terms(text, title))


def stories(items: Iterable[Item], threshold: float = THRESHOLD) -> list[list[str]]:
    """Return the ids of the reports of each story, whatever the order of the items."""
    known = sorted(items, key=lambda one: one.id)
    return average_linkage((one.id for one in known), likenesses(known), threshold)


def likenesses(items: Sequence[Item]) -> Mapping[Pair, float]:
    """Return the likeness of each pair of reports that are worth comparing."""
    found = {}
    for first, second in _candidates(items):
        value = alike(first, second)
        if value >= FAINTEST:
            found[(first.id, second.id)] = round(value, 6)
    return found


def alike(first: Item, second: Item) -> float:
    """Return how much two reports are alike, 0 to 1: their terms, less what their dates are apart."""
    return likeness(first.terms, second.terms) * fading(first.published, second.published)


def heaviest(terms: Terms) -> list[str]:
    """Return the terms by which a report is found, the heaviest first."""
    ranked = sorted(terms.items(), key=lambda pair: (-pair[1], pair[0]))
    return [word for word, _ in ranked[:INDEXED]]


def _candidates(items: Sequence[Item]) -> Iterator[tuple[Item, Item]]:
    """Yield the pairs that have one of their heaviest terms in common, in order."""
    by_term: dict[str, list[int]] = defaultdict(list)
    for number, one in enumerate(items):
        words = heaviest(one.terms)
        met = {other for word in words if len(by_term[word]) <= CROWDED for other in by_term[word]}
        for other in sorted(met):
            yield items[other], one
        for word in words:
            by_term[word].append(number)


def fading(first: date | None, second: date | None) -> float:
    """Return what the distance of two dates leaves of a likeness, 0.5 to 1."""
    if first is None or second is None:
        return 1.0
    apart = max(0, abs((first - second).days) - GRACE)
    return 0.5 + 0.5 * math.exp(-apart / FADING)
