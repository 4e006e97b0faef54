"""Two reports against each other: how like they are, whether copies, and which events are one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from dateline.merging import when
from dateline.merging.compare import Around, Feature, compatible
from dateline.merging.duplicates import THRESHOLD as COPY
from dateline.merging.duplicates import share
from dateline.merging.scoring import Weights, compare
from dateline.merging.stories import FAINTEST as UNLIKE
from dateline.merging.stories import fading
from dateline.merging.terms import likeness
from dateline.merging.views import EventView, ReportView
from dateline.merging.when import day

Ref = tuple[str, str]
"""An event, by the id of its report and its own."""
FAINTEST = 0.05
"""A fainter score counts as none."""
COPY_LIKENESS = 0.5
"""Reports whose terms are less like are no copies."""
COPIED = 0.75
"""Likeness of the sentences in which two copies tell one event."""
COPIED_SCORE = 0.999


@dataclass(frozen=True, slots=True)
class PairOfReports:
    """What is known of two reports; ``first`` has the smaller id."""

    first: str
    second: str
    likeness: float
    """Cosine of their terms, 0 to 1."""
    near: float
    """Likeness as reports of one story: less what their dates are apart."""
    share: float
    """Estimated share of common word sequences; 0 where they are too unlike to be copies."""
    links: tuple[tuple[str, str, float], ...]
    """Event of the first, event of the second, score; the faintest left out."""

    @property
    def worth(self) -> bool:
        """Whether anything is to be kept of the pair."""
        return self.copies or self.near >= UNLIKE or bool(self.links)

    @property
    def copies(self) -> bool:
        """Whether the two are copies."""
        return self.share >= COPY


def pair(one: ReportView, other: ReportView, weights: Weights) -> PairOfReports:
    """Return what is known of two reports, or of a report and itself."""
    first, second = sorted((one, other), key=lambda view: view.id)
    alike = 1.0 if first is second else round(likeness(first.terms, second.terms), 6)
    common = share(first.sketch, second.sketch) if alike >= COPY_LIKENESS else 0.0
    near = round(alike * fading(_date(first), _date(second)), 6)
    found = PairOfReports(first.id, second.id, alike, near, common, ())
    near_by = around(first, second, found)
    links = tuple(
        (a.id, b.id, score)
        for a, b in _events(first, second)
        if (found.copies or weights.can_be_one(a, b))
        and (score := link(a, b, found, near_by, weights)[0]) >= FAINTEST
    )
    return replace(found, links=links)


def _date(view: ReportView) -> date | None:
    text = view.published or ""
    number = day(text) if len(text) >= len("2021-07-26") else None
    return None if number is None else date.fromordinal(number)


def around(first: ReportView, second: ReportView, found: PairOfReports) -> Around:
    """Return what two reports say of their events: a copy says no more than the report itself."""
    one, two = day(first.published or ""), day(second.published or "")
    days = None if one is None or two is None else abs(one - two)
    return Around(found.likeness, days, same=first.id == second.id or found.copies)


def link(
    first: EventView, second: EventView, found: PairOfReports, around: Around, weights: Weights
) -> tuple[float, list[Feature]]:
    """Return how sure it is that two events are one, 0 to 1, and what speaks for and against it."""
    if found.copies and found.first != found.second and copied(first, second):
        return COPIED_SCORE, [Feature("copy", 1, f"{found.share:.2f} of the words")]
    features = compare(first, second, around, weights)
    return (weights.score(features) if features else 0.0), features


def copied(first: EventView, second: EventView) -> bool:
    """Tell whether two events of copies are the same words, with the same date and numbers."""
    if when.compare(first, second)[0] is when.Times.APART:
        return False
    if not all(compatible(a, b) for a in first.numbers for b in second.numbers if a.role == b.role):
        return False
    return (first.type, first.stems, first.nth) == (second.type, second.stems, second.nth) and (
        first.sentence == second.sentence or likeness(first.sentence, second.sentence) >= COPIED
    )


def _events(first: ReportView, second: ReportView) -> Iterator[tuple[EventView, EventView]]:
    for number, a in enumerate(first.events):
        yield from (
            (a, b) for b in (first.events[number + 1 :] if first is second else second.events)
        )
