"""When a report was published: given, from its dateline or byline, or inferred from its text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from spacy.tokens import Doc

from dateline.language import notes, span_at
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
from dateline.times.bound import bound_before
from dateline.times.direction import direction
from dateline.times.meaning import READERS, Meaning
from dateline.times.patterns import rules
from dateline.times.recognise import Match
from dateline.times.values import add_months, interval

BYLINE_FORMS = ("iso", "full")


@dataclass(frozen=True, slots=True)
class Clue:
    """A date in the text that bounds the day of publication."""

    start: date | None
    end: date | None
    """Published on or after ``start``, and before ``end``."""
    rule: str
    detail: str
    span: Span


def date_report(doc: Doc, found: Sequence[Match]) -> Dating:
    """Return when the report was published, as far as it can be told, and how."""
    return _given(doc) or _from_byline(doc) or _from_dateline(doc, found) or _inferred(doc, found)


def _given(doc: Doc) -> Dating | None:
    report = notes(doc).report
    if report.published is None:
        return None
    held = interval(report.published[:10])
    if held is None:
        return None
    reason = Reason(
        field="interval", rule=f"dating.{report.published_basis}", detail=report.published
    )
    return Dating(interval=held, basis=report.published_basis, reasons=(reason,))


def _from_byline(doc: Doc) -> Dating | None:
    """Read "Updated: 2017-09-15 17:52" and "Published: 22 July 2022"."""
    for span in notes(doc).furniture:
        for rule in rules():
            if rule.name not in BYLINE_FORMS:
                continue
            for match in rule.pattern.finditer(span.text):
                value = READERS[rule.name](match.groupdict()).value
                held = interval(value[:10]) if value and len(value) >= 10 else None
                if held is not None:
                    reason = Reason(
                        field="interval", rule="dating.byline", detail=value or "", spans=(span,)
                    )
                    return Dating(interval=held, basis=DateBasis.METADATA, reasons=(reason,))
    return None


def _from_dateline(doc: Doc, found: Sequence[Match]) -> Dating | None:
    """Read "PARIS, July 26 (AP) -", with the year that the text gives or allows."""
    for segment in notes(doc).segments:
        if segment.kind != "dateline":
            continue
        for match in found:
            if not segment.start <= match.start < segment.end:
                continue
            span = span_at(doc, match.start, match.end)
            if match.meaning.value and match.meaning.shape == "explicit":
                held = interval(match.meaning.value)
                if held is not None:
                    return Dating(interval=held, basis=DateBasis.DATELINE, reasons=(_said(span),))
            if match.meaning.shape == "monthday":
                inferred = _inferred(doc, found)
                return _dayed(match.meaning, span, inferred)
    return None


def _said(span: Span) -> Reason:
    return Reason(field="interval", rule="dating.dateline", detail=span.text, spans=(span,))


def _dayed(meaning: Meaning, span: Span, inferred: Dating) -> Dating | None:
    """Put the day of a dateline into the one year that the rest of the text allows."""
    if inferred.interval is None or not inferred.interval.start or not inferred.interval.end:
        return None
    first = date.fromisoformat(inferred.interval.start)
    last = date.fromisoformat(inferred.interval.end)
    days = [
        held
        for year in range(first.year, last.year + 1)
        if (held := interval(f"{year:04}-{meaning.value}"))
        and first.isoformat() <= (held.start or "") < last.isoformat()
    ]
    if len(days) != 1:
        return None
    return Dating(
        interval=days[0], basis=DateBasis.DATELINE, reasons=(_said(span), *inferred.reasons)
    )


def _inferred(doc: Doc, found: Sequence[Match]) -> Dating:
    years = list(_year_clues(doc, found))
    year = _this_year(doc, found)
    clues = years + ([year] if year else [])
    if year is not None and year.start is not None:
        clues += _month_clues(doc, found, year.start.year)
    start = max((c.start for c in clues if c.start), default=None)
    end = min((c.end for c in clues if c.end), default=None)
    if start is None and end is None:
        return _unknown("no year in the text bounds the day of publication")
    if start and end and start >= end:
        return _unknown("the dates in the text contradict each other")
    held = Interval(
        start=start.isoformat() if start else None,
        end=end.isoformat() if end else None,
        granularity=_granularity(start, end),
    )
    used = [c for c in clues if c.start == start or c.end == end or c is year]
    reasons = tuple(
        Reason(field="interval", rule=c.rule, detail=c.detail, spans=(c.span,)) for c in used
    )
    return Dating(interval=held, basis=DateBasis.INFERRED, reasons=reasons)


def _granularity(start: date | None, end: date | None) -> Granularity:
    if start is None or end is None:
        return Granularity.OPEN
    days = (end - start).days
    return (
        Granularity.MONTH if days < 300 else Granularity.YEAR if days < 700 else Granularity.DECADE
    )


def _unknown(note: str) -> Dating:
    blank = Blank(field="interval", reason=BlankReason.NO_ANCHOR, note=note)
    return Dating(interval=None, basis=DateBasis.UNKNOWN, blanks=(blank,))


def _year_clues(doc: Doc, found: Sequence[Match]) -> Iterator[Clue]:
    """Past years bound the day from below, deadlines in a year from above."""
    for match in found:
        value = match.meaning.value or ""
        if (
            match.meaning.shape != "explicit"
            or match.meaning.type != "DATE"
            or not value[:4].isdigit()
        ):
            continue
        if (
            len(value) not in (4, 7, 10)
            or not (held := interval(value))
            or not held.start
            or not held.end
        ):
            continue
        span = span_at(doc, match.start, match.end)
        if is_ahead(doc, match):
            yield Clue(
                None, date.fromisoformat(held.end), "dating.deadline", f"{value} lies ahead", span
            )
        elif direction(doc, match.start, match.end) == "past":
            yield Clue(
                date.fromisoformat(held.start), None, "dating.past", f"{value} is past", span
            )


def is_ahead(doc: Doc, match: Match) -> bool:
    """Return whether an expression lies ahead: a deadline, or a clause about the future."""
    bound = bound_before(doc.text[max(0, match.start - 24) : match.start])
    return bound in ("by", "until") or direction(doc, match.start, match.end) == "future"


def _this_year(doc: Doc, found: Sequence[Match]) -> Clue | None:
    """Find the year of "this year": the one named for the same part of a year, as a deadline.

    "By the end of 2021" beside "the end of this year" says that this year is 2021.
    """
    spoken = {m.meaning.mod for m in found if _is_this_year(m.meaning)}
    for match in found:
        value = match.meaning.value or ""
        named = match.meaning.shape == "explicit" and len(value) == 4 and value.isdigit()
        if named and spoken and (match.meaning.mod in spoken) and is_ahead(doc, match):
            first = date(int(value), 1, 1)
            span = span_at(doc, match.start, match.end)
            return Clue(
                first, date(int(value) + 1, 1, 1), "dating.this_year", f"this year is {value}", span
            )
    return None


def _is_this_year(meaning: Meaning) -> bool:
    return (meaning.shape == "unit" and meaning.unit == "year" and meaning.rel == "this") or (
        meaning.year in ("this year", "the year")
    )


def _month_clues(doc: Doc, found: Sequence[Match], year: int) -> Iterator[Clue]:
    """Months of this year: one that is past, and one that is a deadline."""
    for match in found:
        meaning = match.meaning
        if meaning.shape != "month" or meaning.rel or not meaning.number:
            continue
        first = date(year, int(meaning.number), 1)
        span = span_at(doc, match.start, match.end)
        if is_ahead(doc, match):
            yield Clue(
                None, add_months(first, 1), "dating.month_ahead", f"{span.text} lies ahead", span
            )
        elif meaning.year == "this year":
            yield Clue(
                add_months(first, 1), None, "dating.month_past", f"{span.text} is past", span
            )
