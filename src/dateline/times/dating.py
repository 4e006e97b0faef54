"""When the report itself was published: given, found, written in it, or inferred from its words."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from spacy.tokens import Doc

from dateline.language.notes import notes, span_at
from dateline.records import (
    Blank,
    BlankReason,
    DateBasis,
    Dating,
    Granularity,
    Interval,
    Reason,
    Span,
)
from dateline.times.addresses import address_date
from dateline.times.evidence import Constraint, registry_constraints
from dateline.times.limits import (
    month_constraints,
    past_days,
    weekday_constraints,
    year_constraints,
)
from dateline.times.lines import full_day, publication_line
from dateline.times.meaning import Meaning, Mention
from dateline.times.tense import firmly_past
from dateline.times.values import interval_of

PUBLISHED = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


def date_report(doc: Doc, mentions: list[Mention]) -> Dating:
    """Return when the report was published, and how that is known."""
    known = notes(doc)
    given = _given(known.report.published)
    if given is not None:
        basis = known.report.published_basis
        basis = DateBasis.GIVEN if basis is DateBasis.UNKNOWN else basis
        return Dating(
            interval=given,
            basis=basis,
            reasons=(
                Reason(
                    field="interval",
                    rule="dating.given",
                    detail=f"published {known.report.published}",
                ),
            ),
        )
    return (
        _written(doc, mentions)
        or _addressed(known.report.url)
        or _completed(doc, mentions)
        or _inferred(doc, mentions)
    )


def _addressed(url: str | None) -> Dating | None:
    """Read the date in the report's address."""
    interval = address_date(url) if url else None
    if interval is None:
        return None
    reason = Reason(field="interval", rule="dating.address", detail=f"the address {url}")
    return Dating(interval=interval, basis=DateBasis.METADATA, reasons=(reason,))


def _given(published: str | None) -> Interval | None:
    match = PUBLISHED.match(published or "")
    if match is None:
        return None
    try:
        return interval_of("-".join(part for part in match.groups() if part))
    except ValueError:
        return None


def _written(doc: Doc, mentions: list[Mention]) -> Dating | None:
    """Read a full date from a dateline, or from the line in which a page dates itself."""
    mention = _in_dateline(doc, mentions)
    interval = None if mention is None else full_day(mention)
    if mention is not None and interval is not None:
        span = span_at(doc, mention.start, mention.end)
        return _dated(interval, DateBasis.DATELINE, "dating.dateline", "the dateline's date", span)
    line = publication_line(notes(doc).report.text)
    if line is None:
        return None
    what = "of its last change" if line.label == "changed" else "of publication"
    detail = f"the page's own line {what}"
    return _dated(line.interval, DateBasis.METADATA, "dating.furniture", detail, line.span)


def _in_dateline(doc: Doc, mentions: list[Mention]) -> Mention | None:
    """Return the day that a dateline names."""
    lines = [segment for segment in notes(doc).segments if segment.kind == "dateline"]
    for mention in mentions:
        within = any(line.start <= mention.start < line.end for line in lines)
        if within and mention.meaning.day and mention.meaning.month:
            return mention
    return None


def _dated(interval: Interval, basis: DateBasis, rule: str, detail: str, span: Span) -> Dating:
    reason = Reason(field="interval", rule=rule, detail=detail, spans=(span,))
    return Dating(interval=interval, basis=basis, reasons=(reason,))


def _completed(doc: Doc, mentions: list[Mention]) -> Dating | None:
    """Complete a dateline without a year where the text's own limits leave one year.

    Where they leave several, the days of the week told of at the head decide if they fit one
    year alone: what was said on Wednesday was said on the day of the dateline or the day before.
    """
    mention = _in_dateline(doc, mentions)
    if mention is None:
        return None
    inferred = _inferred(doc, [m for m in mentions if m is not mention])
    days = _days_within(mention.meaning, inferred.interval)
    detail, spans = "the dateline's day, in the one year that the text leaves", []
    if len(days) > 1:
        told = _told_at_the_head(doc, mentions)
        weekdays = [m.meaning.weekday for m in told]
        days = [d for d in days if told and all(_just_before(d, w) for w in weekdays)]
        detail = "the dateline's day, in the one year in which it fits the day of the week told of"
        spans = [span_at(doc, m.start, m.end) for m in told]
    if len(days) != 1:
        return None
    span = span_at(doc, mention.start, mention.end)
    reason = Reason(field="interval", rule="dating.dateline", detail=detail, spans=(span, *spans))
    return Dating(
        interval=interval_of(days[0].isoformat()),
        basis=DateBasis.DATELINE,
        reasons=(reason, *inferred.reasons),
    )


LONGEST_GUESS = 12
"""Years of an interval at most among which a day of the week may tell one."""
HEAD = 700
"""Characters at the head of a report whose days of the week are those of the news."""


def _days_within(meaning: Meaning, interval: Interval | None) -> list[date]:
    """Return that day of the month in each year of an interval that is closed on both sides."""
    if interval is None or interval.start is None or interval.end is None:
        return []
    first, after = date.fromisoformat(interval.start), date.fromisoformat(interval.end)
    if after.year - first.year > LONGEST_GUESS:
        return []
    days = []
    for year in range(first.year, after.year + 1):
        try:
            days.append(date(year, int(meaning.month or 1), int(meaning.day or 1)))
        except ValueError:
            continue
    return [day for day in days if first <= day < after]


def _told_at_the_head(doc: Doc, mentions: list[Mention]) -> list[Mention]:
    """Return the bare days of the week at the head of a report that are told as past."""
    return [
        m
        for m in mentions
        if m.meaning.kind == "weekday"
        and not m.meaning.shift
        and m.start < HEAD
        and firmly_past(doc, m.start, m.end)
    ]


def _just_before(day: date, weekday: int | None) -> bool:
    return (day.isoweekday() - (weekday or 0)) % 7 <= 1


def _inferred(doc: Doc, mentions: list[Mention]) -> Dating:
    """Narrow the publication date by what the text presupposes."""
    own = [*year_constraints(doc, mentions), *past_days(doc, mentions)]
    constraints = _with_registry(own, doc, mentions)
    low, high = _meet(constraints)
    used = list(constraints)
    for extra in weekday_constraints(doc, mentions, low, high):
        low, high = _meet([Constraint(low, high, "", "", extra.span), extra])
        used.append(extra)
    if low is not None and high is not None and (high - low).days <= 366:
        for extra in month_constraints(doc, mentions, low):
            first = max(low, extra.low) if extra.low else low
            last = min(high, extra.high) if extra.high else high
            if first < last:
                low, high = first, last
                used.append(extra)
    if low is None or high is None or low >= high:
        note = "no constraints in the text" if not constraints else "the text contradicts itself"
        if (low is None) != (high is None):
            start, end = (day.isoformat() if day else None for day in (low, high))
            interval = Interval(start=start, end=end, granularity=Granularity.OPEN)
            return Dating(
                interval=interval, basis=DateBasis.INFERRED, reasons=tuple(_reason(c) for c in used)
            )
        reason = BlankReason.NOT_MENTIONED if not constraints else BlankReason.AMBIGUOUS
        return Dating(
            interval=None,
            basis=DateBasis.UNKNOWN,
            reasons=tuple(_reason(c) for c in used),
            blanks=(Blank(field="interval", reason=reason, note=note),),
        )
    interval = Interval(start=low.isoformat(), end=high.isoformat(), granularity=_size(low, high))
    return Dating(
        interval=interval, basis=DateBasis.INFERRED, reasons=tuple(_reason(c) for c in used)
    )


def _with_registry(own: list[Constraint], doc: Doc, mentions: list[Mention]) -> list[Constraint]:
    """Add the limits of offices and groups that the text's own words do not contradict.

    A title may be told of the past ("President Kennedy" in a history): where an end of term
    contradicts another limit, ends of terms say nothing. Only the limits that bind are kept.
    """
    known = registry_constraints(doc, mentions)
    for found in (known, [replace(c, high=None) for c in known if c.low]):
        low, high = _meet([*own, *found])
        if low is None or high is None or low < high:
            binding = [c for c in found if (c.low and c.low == low) or (c.high and c.high == high)]
            return [*own, *binding]
    return own


def _size(low: date, high: date) -> Granularity:
    days = (high - low).days
    for limit, name in (
        (1, Granularity.DAY),
        (7, Granularity.WEEK),
        (31, Granularity.MONTH),
        (92, Granularity.QUARTER),
    ):
        if days <= limit:
            return name
    return Granularity.YEAR if days <= 366 else Granularity.OPEN


def _reason(constraint: Constraint) -> Reason:
    return Reason(
        field="interval", rule=constraint.rule, detail=constraint.detail, spans=(constraint.span,)
    )


def _meet(constraints: list[Constraint]) -> tuple[date | None, date | None]:
    lows = [c.low for c in constraints if c.low]
    highs = [c.high for c in constraints if c.high]
    return (max(lows) if lows else None), (min(highs) if highs else None)
