"""The stage that finds times, dates the report, and resolves the times."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from spacy.tokens import Doc

from dateline.language import span_at
from dateline.records import (
    Blank,
    BlankReason,
    DateBasis,
    Dating,
    Granularity,
    Interval,
    TimeExpression,
    make_id,
)
from dateline.stages import Stage
from dateline.times.bound import bound_before, bounded
from dateline.times.dating import date_report
from dateline.times.direction import direction
from dateline.times.meaning import Meaning
from dateline.times.recognise import Match, matches
from dateline.times.resolve import Anchor, value_of
from dateline.times.tables import words
from dateline.times.values import add_months, interval

JOINED = re.compile(r"\s*(?:to|and|through|until|till|-|–)\s*(?:the\s+)?", re.IGNORECASE)
OPENED = re.compile(r"(?:from|between)\s+(?:the\s+)?$", re.IGNORECASE)
UNANCHORED = frozenset({"explicit", "duration", "reference"})


def find(doc: Doc) -> Mapping[str, Any]:
    """Return the times of a report, and when it was published."""
    found = matches(doc)
    dating = date_report(doc, found)
    return {"times": tuple(_resolved(doc, found, dating)), "dating": dating}


def stage() -> Stage:
    """Return the stage."""
    return Stage(
        "times",
        reads=(),
        writes=("times", "dating"),
        find=find,
        data={"calendar words": words().version},
    )


def _resolved(doc: Doc, found: Sequence[Match], dating: Dating) -> Iterator[TimeExpression]:
    published, year = _published(dating)
    previous: tuple[date, str] | None = None
    taken: set[str] = set()
    joins = _joins(doc, found)
    made: dict[int, TimeExpression] = {}
    for number, match in enumerate(found):
        anchor = Anchor(published, previous[0] if previous else None, year)
        one = _expression(doc, match, anchor, previous, dating, taken)
        taken.add(one.id)
        made[number] = one
        if one.type in ("DATE", "TIME") and one.interval and (day := _day(one.interval)):
            previous = (day, one.id)
    for first, second in joins.items():
        made[first] = _joined(made[first], made[second])
    yield from made.values()


def _published(dating: Dating) -> tuple[date | None, int | None]:
    """Return the day of publication where it is known, and the year where that is."""
    held = dating.interval
    if held is None or held.start is None:
        return None, None
    start = date.fromisoformat(held.start[:10])
    if held.granularity is Granularity.DAY:
        return start, start.year
    end = date.fromisoformat(held.end[:10]) if held.end else None
    same = end is not None and (
        end.year == start.year or ((end.month, end.day) == (1, 1) and end.year == start.year + 1)
    )
    return None, start.year if same else None


def _day(held: Interval) -> date | None:
    try:
        return date.fromisoformat((held.start or "")[:10])
    except ValueError:
        return None


def _expression(
    doc: Doc,
    match: Match,
    anchor: Anchor,
    previous: tuple[date, str] | None,
    dating: Dating,
    taken: set[str],
) -> TimeExpression:
    meaning = match.meaning
    bound = bound_before(doc.text[max(0, match.start - 24) : match.start])
    way = "future" if bound in ("by", "until", "within") else direction(doc, match.start, match.end)
    value = value_of(meaning, anchor, way)
    span = span_at(doc, match.start, match.end)
    held = _interval(meaning, value, bound, anchor)
    return TimeExpression(
        id=make_id("t", span, taken),
        span=span,
        type=meaning.type,
        value=value,
        mod=meaning.mod,
        freq=meaning.freq,
        quant=meaning.quant,
        interval=held,
        bound=bound if meaning.type != "SET" else None,
        anchor=_anchor(meaning, previous, anchor),
        direction=way if meaning.shape not in UNANCHORED else None,
        basis=DateBasis.TEXT,
        rule=f"times.{match.rule}",
        blanks=tuple(_blanks(meaning, value, held, dating)),
    )


def _anchor(meaning: Meaning, previous: tuple[date, str] | None, anchor: Anchor) -> str | None:
    if meaning.shape in UNANCHORED:
        return None
    if meaning.anchored == "previous" and previous:
        return previous[1]
    return "published" if anchor.published or anchor.year else None


def _interval(
    meaning: Meaning, value: str | None, bound: str | None, anchor: Anchor
) -> Interval | None:
    if meaning.type == "SET" or value is None:
        return None
    if meaning.type == "DURATION":
        return _stretch(meaning, bound, anchor)
    held = interval(value)
    if held is None:
        return None
    if meaning.then is not None:
        last = interval(value_of(meaning.then, anchor, None) or "")
        held = replace(held, end=last.end) if last else held
    if meaning.mod in ("START", "END") and bound not in ("by", "until"):
        held = _edge(held, meaning.mod)
    return bounded(held, bound, meaning.mod)


def _edge(held: Interval, mod: str) -> Interval:
    """Return the first or last half of a stretch: "early 2022", "the end of August"."""
    try:
        start, end = date.fromisoformat(held.start or ""), date.fromisoformat(held.end or "")
    except ValueError:
        return held
    middle = start + (end - start) / 2
    if mod == "START":
        return replace(held, end=middle.isoformat())
    return replace(held, start=middle.isoformat())


def _stretch(meaning: Meaning, bound: str | None, anchor: Anchor) -> Interval | None:
    """Return what "the past two weeks" and "within 90 days" cover, from the day of publication."""
    if anchor.published is None or meaning.number is None:
        return None
    day, number = anchor.published, int(meaning.number)
    days = {"day": 1, "week": 7, "night": 1}.get(meaning.unit)
    months = {"month": 1, "quarter": 3, "year": 12, "decade": 120}.get(meaning.unit)
    if days is None and months is None:
        return None
    sign = (
        -1
        if meaning.rel in ("last", "past", "previous")
        else 1
        if meaning.rel in ("next", "coming") or bound == "within"
        else 0
    )
    if sign == 0:
        return None
    try:
        other = (
            add_months(day, sign * number * months)
            if months
            else date.fromordinal(day.toordinal() + sign * number * (days or 0))
        )
    except (OverflowError, ValueError):
        return None
    start, end = sorted((day, other))
    return Interval(start=start.isoformat(), end=end.isoformat(), granularity=Granularity.DAY)


def _blanks(
    meaning: Meaning, value: str | None, held: Interval | None, dating: Dating
) -> Iterator[Blank]:
    if value is None:
        note = "" if dating.interval is None else "the day of publication is not known"
        yield Blank(field="value", reason=BlankReason.NO_ANCHOR, note=note)
    if held is None:
        if meaning.type == "SET":
            reason = BlankReason.NOT_APPLICABLE
        elif meaning.type == "DURATION" or value is None:
            reason = BlankReason.NO_ANCHOR
        else:
            reason = BlankReason.TOO_VAGUE
        yield Blank(field="interval", reason=reason)


def _joins(doc: Doc, found: Sequence[Match]) -> dict[int, int]:
    """Return which expressions open a range that the next one closes: "from March to May"."""
    joins = {}
    for number, (first, second) in enumerate(itertools.pairwise(found)):
        between = doc.text[first.end : second.start]
        opened = OPENED.search(doc.text[max(0, first.start - 12) : first.start])
        if (
            opened
            and JOINED.fullmatch(between)
            and first.meaning.type == second.meaning.type == "DATE"
        ):
            joins[number] = number + 1
    return joins


def _joined(first: TimeExpression, second: TimeExpression) -> TimeExpression:
    if first.interval is None or second.interval is None or second.interval.end is None:
        return first
    start = interval(first.value or "") or first.interval
    return replace(first, interval=replace(start, end=second.interval.end), bound=None)


def parse(text: str, published: str | None = None) -> tuple[TimeExpression, ...]:
    """Return the time expressions of a text: a convenience for trying things out.

    ``published`` is the day that "yesterday" counts from, ISO 8601.
    """
    from dateline.language import parse as parse_report
    from dateline.records import Report

    basis = DateBasis.GIVEN if published else DateBasis.UNKNOWN
    doc = parse_report(Report(id="text", text=text, published=published, published_basis=basis))
    times: tuple[TimeExpression, ...] = find(doc)["times"]
    return times
