"""Two events against each other: the features that speak for and against their being one.

Each feature has an id, a value (1 where it is a plain yes) and the comparison
in words; ``weights.yaml`` says what it means, what it weighs, and gives
examples. The sum of the weights is the log-odds of the two being one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dateline.merging import when, where, who
from dateline.merging.terms import likeness
from dateline.merging.views import EventView, Number

HAPPENED = frozenset({"occurred", "ongoing"})
AHEAD = frozenset({"planned", "proposed", "demanded", "threatened", "hypothetical"})
LIKEST = 0.4
"""Likeness of reports beyond which more says nothing."""
NEAR_SHARE = 0.34
"""Numbers that differ by less of the greater one may be counts at different hours."""
SAYING = frozenset({"ACCUSE", "REQUEST", "REJECT", "SUPPORT", "THREATEN"})
"""Types that are done with words, so that one report tells many of them."""


@dataclass(frozen=True, slots=True)
class Feature:
    """Something that two events have or have not in common."""

    id: str
    value: float
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Around:
    """What is known of two reports beside their events."""

    likeness: float
    """Cosine of their terms, 0 to 1; 1 for a report and itself."""
    days: int | None
    """Days between their publication; ``None`` where one is unknown."""
    same: bool = False
    """It is one report."""


def features(first: EventView, second: EventView, around: Around) -> Iterator[Feature]:
    """Yield what speaks for and against two events of types that can be one being one."""
    yield from _act(first, second)
    yield from _state(first, second)
    yield from _words(first, second)
    yield from _circumstances(first, second)
    yield from _parties(first, second)
    yield from _numbers(first, second)
    yield from _reports(first, second, around)


def _act(first: EventView, second: EventView) -> Iterator[Feature]:
    types = f"{first.type} | {second.type}"
    yield Feature("type.same" if first.type == second.type else "type.kin", 1, types)
    if first.mode and second.mode:
        same = first.mode == second.mode
        yield Feature("mode.same" if same else "mode.apart", 1, f"{first.mode} | {second.mode}")
    if first.type == second.type and first.type in SAYING:
        yield Feature("type.saying", 1, first.type)


def _state(first: EventView, second: EventView) -> Iterator[Feature]:
    if first.negated != second.negated:
        yield Feature("negated.apart", 1)
    if first.historical != second.historical:
        yield Feature("historical.apart", 1)
    states = {first.status, second.status}
    detail = f"{first.status} | {second.status}"
    if len(states) > 1 and not states <= HAPPENED:
        yield Feature(_status(states), 1, detail)


def _status(states: set[str]) -> str:
    if not states & HAPPENED:
        return "status.apart"
    return "status.later" if "planned" in states else "status.unreal"


def _words(first: EventView, second: EventView) -> Iterator[Feature]:
    stems = set(first.stems) & set(second.stems)
    if stems:
        yield Feature("head.same", 1, " ".join(sorted(stems)))
    elif first.entry == second.entry:
        yield Feature("head.entry", 1, first.entry)
    yield from _shared("sentence.like", first.sentence, second.sentence)
    if first.themes and second.themes:
        yield from _shared("themes.like", first.themes, second.themes)
        if not set(first.themes) & set(second.themes):
            yield Feature("themes.apart", 1)


def _shared(id: str, first: object, second: object) -> Iterator[Feature]:
    assert isinstance(first, dict) and isinstance(second, dict)
    value = likeness(first, second)
    if value > 0:
        best = sorted(set(first) & set(second), key=lambda w: (-first[w] * second[w], w))
        yield Feature(id, round(value, 4), " ".join(best[:5]))


def _circumstances(first: EventView, second: EventView) -> Iterator[Feature]:
    times, detail = when.compare(first, second)
    if times is not when.Times.OPEN:
        told = "text" if {first.time_basis, second.time_basis} == {"text"} else "guess"
        yield Feature(
            f"time.{times}" if times is not when.Times.APART else f"time.apart.{told}", 1, detail
        )
    places, detail = where.compare(first, second)
    if places is not where.Places.OPEN:
        yield Feature(f"place.{places}", 1, detail)


def _parties(first: EventView, second: EventView) -> Iterator[Feature]:
    for side, one, two in (
        ("actors", first.actors, second.actors),
        ("recipients", first.recipients, second.recipients),
    ):
        sides, detail = who.compare(one, two)
        if sides is not who.Sides.OPEN:
            yield Feature(f"{side}.{sides}", 1, detail)
    if _crossed(first, second):
        yield Feature("sides.crossed", 1)


def _crossed(first: EventView, second: EventView) -> bool:
    """Tell whether who acts in one is acted upon in the other, and nobody fits as it stands."""
    straight = (
        who.compare(first.actors, second.actors)[0],
        who.compare(first.recipients, second.recipients)[0],
    )
    if who.Sides.SAME in straight or who.Sides.ALIKE in straight:
        return False
    across = (
        who.compare(first.actors, second.recipients)[0],
        who.compare(first.recipients, second.actors)[0],
    )
    return who.Sides.SAME in across


def _numbers(first: EventView, second: EventView) -> Iterator[Feature]:
    theirs = {number.role: number for number in second.numbers}
    for number in first.numbers:
        if (other := theirs.get(number.role)) is not None:
            detail = f"{number.role} {said(number)} | {said(other)}"
            yield Feature(f"numbers.{_against(number, other)}", 1, detail)


def said(number: Number) -> str:
    """Return a number in words: its value, or its bounds."""
    if number.value is not None and number.low == number.high:
        return f"{number.value:g}"
    if number.high is None and number.low is not None and number.value in (None, number.low):
        return f"at least {number.low:g}"
    if number.low is None and number.high is not None and number.value in (None, number.high):
        return f"at most {number.high:g}"
    low = "…" if number.low is None else f"{number.low:g}"
    high = "…" if number.high is None else f"{number.high:g}"
    return f"{low} to {high}" if number.value is None else f"{number.value:g} ({low} to {high})"


def _against(first: Number, second: Number) -> str:
    if compatible(first, second):
        return "same"
    one, two = (n.value if n.value is not None else n.low or n.high or 0.0 for n in (first, second))
    return "near" if abs(one - two) <= NEAR_SHARE * max(one, two) else "apart"


def compatible(first: Number, second: Number) -> bool:
    """Tell whether some figure lies within the bounds of both."""
    low = max(n.low if n.low is not None else float("-inf") for n in (first, second))
    high = min(n.high if n.high is not None else float("inf") for n in (first, second))
    return low <= high


def _reports(first: EventView, second: EventView, around: Around) -> Iterator[Feature]:
    if around.same:
        yield Feature("reports.one", 1)
        if first.at == second.at:
            yield Feature("reports.one.sentence", 1)
        return
    yield Feature("reports.like", round(min(around.likeness, LIKEST), 4))
    if first.main and second.main:
        yield Feature("reports.main", 1)
    if around.days is not None and around.days > when.NEAR:
        yield Feature("reports.days", round(min(around.days, 60) / 30, 3), f"{around.days} days")
