"""What is highlighted in a report's text, and the words for it."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from dateline.records import (
    CodedReport,
    Event,
    Interval,
    Participant,
    Place,
    Quantity,
    Span,
)

LAYERS = ("event", "quantity", "time", "actor", "place", "cue", "furniture")
"""Layers, the one that shows where several overlap first."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text and the layers that lie on it, the one that shows first."""

    text: str
    layers: tuple[str, ...]
    labels: tuple[str, ...]


def pieces(coded: CodedReport) -> Iterator[Piece]:
    """Cut the report's text at every border of a highlight."""
    marks = sorted(_marks(coded), key=lambda mark: (mark[0].start, mark[0].end))
    text = coded.report.text
    borders = sorted({0, len(text), *(at for span, _, _ in marks for at in (span.start, span.end))})
    active: list[tuple[Span, str, str]] = []
    upcoming = iter([*marks, None])
    following = next(upcoming)
    for start, end in itertools.pairwise(borders):
        active = [mark for mark in active if mark[0].end > start]
        while following is not None and following[0].start <= start:
            active.append(following)
            following = next(upcoming)
        on = sorted(active, key=lambda mark: LAYERS.index(mark[1]))
        labels = tuple(dict.fromkeys(label for _, _, label in on if label))
        yield Piece(text[start:end], tuple(dict.fromkeys(layer for _, layer, _ in on)), labels)


def _marks(coded: CodedReport) -> Iterator[tuple[Span, str, str]]:
    for event in coded.events:
        for span in event.mentions or (event.trigger,):
            yield span, "event", event_label(event)
    for quantity in coded.quantities:
        yield quantity.span, "quantity", number(quantity)
    for time in coded.times:
        yield time.span, "time", time.value or ""
    for participant in coded.participants:
        if participant.name:
            yield participant.head, "actor", actor_label(participant)
    for place in coded.places:
        yield place.span, "place", place_label(place)
    for statement in coded.statements:
        if statement.cue:
            yield statement.cue, "cue", f"statement: {statement.stance}"
    for span in coded.furniture:
        yield span, "furniture", "no part of the news"


def event_label(event: Event) -> str:
    """Return type, mode and status of an event: ``RETREAT/withdraw planned``."""
    name = f"{event.type}/{event.mode}" if event.mode else event.type
    return f"{name} {'not ' if event.negated else ''}{event.status}"


def number(quantity: Quantity) -> str:
    """Return a quantity with its bounds: ``≥ 30``, ``24–96``, ``≈ 2,500``, ``USD 3.5e+09``."""
    sign = {"at_least": "≥ ", "more_than": "> ", "at_most": "≤ ", "less_than": "< ", "about": "≈ "}
    if quantity.approximation in ("range", "vague") and quantity.low != quantity.high:
        body = f"{_figure(quantity.low)}–{_figure(quantity.high)}"
    else:
        best = next(
            (n for n in (quantity.value, quantity.low, quantity.high) if n is not None), None
        )
        body = sign.get(quantity.approximation, "") + _figure(best)
    return f"{body} {quantity.unit}" if quantity.unit and quantity.kind != "count" else body


def _figure(value: float | None) -> str:
    return "…" if value is None else f"{value:,.12g}"


def actor_label(participant: Participant) -> str:
    """Return name, country and sector of a participant: ``Joe Biden (USA GOV)``."""
    codes = " ".join(code for code in (participant.country, *participant.sectors[:1]) if code)
    return f"{participant.name} ({codes})" if codes else participant.name


def place_label(place: Place) -> str:
    """Return a place with its province and country: ``Baghdad, IRQ``."""
    return ", ".join(
        dict.fromkeys(part for part in (place.name, place.admin1, place.country) if part)
    )


def when(interval: Interval | None) -> str:
    """Return an interval as people write it: a day, a month, a year, or first to last of them.

    >>> when(Interval(start="2022-03-01", end="2022-04-01", granularity="month"))
    '2022-03'
    >>> when(Interval(start="2022-03-01", end="2022-03-15", granularity="day"))
    '2022-03-01 – 2022-03-14'
    """
    if interval is None:
        return ""
    first, last = interval.start, last_day(interval)
    if first is None or interval.end is None:
        return f"{first or '…'} – {last or '…'}"
    if "T" in first or "T" in interval.end:
        if interval.granularity == "day":
            return first[:10]
        return f"{first} – {interval.end}"
    if interval.granularity == "month" and first[8:10] == interval.end[8:10] == "01":
        first, last = first[:7], str(last)[:7]
    if interval.granularity == "year" and first[5:10] == interval.end[5:10] == "01-01":
        first, last = first[:4], str(last)[:4]
    return first if first == last else f"{first} – {last}"


def by(deadline: Interval | None) -> str:
    """Return a deadline: the day itself, or the last day of its time."""
    last = last_day(deadline) if deadline else None
    if deadline is None or last is None:
        return when(deadline)
    return last if deadline.start and deadline.start[:10] == last else f"by {last}"


def last_day(interval: Interval) -> str | None:
    """Return the last day of an interval, whose end is the first moment after it."""
    end = interval.end
    if end is None or ("T" in end and not end[10:].startswith("T00:00")):
        return end and end[:10]
    try:
        return (date.fromisoformat(end[:10]) - timedelta(1)).isoformat()
    except ValueError:  # before the year 1
        return end


def names(ids: Iterable[str], coded: CodedReport) -> str:
    """Return the labels of participants, joined by semicolons; compounds by their parts."""
    known = {participant.id: participant for participant in coded.participants}
    flat = [m for i in ids if i in known for m in (known[i].members or (i,)) if m in known]
    return "; ".join(dict.fromkeys(actor_label(known[i]) for i in flat))
