"""When the report itself was published: given, found, written in it, or inferred from its words."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

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
from dateline.times.cues import cues
from dateline.times.evidence import Constraint, registry_constraints
from dateline.times.meaning import Meaning, Mention
from dateline.times.recognise import recognise_text
from dateline.times.tense import direction_at
from dateline.times.values import interval_of

PUBLISHED = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
UPDATED = re.compile(
    r"(?i)\b(?:published|updated|posted|last modified|filed|first published|date)\b"
)


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
    return _written(doc, mentions) or _addressed(known.report.url) or _inferred(doc, mentions)


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
    """Read a full date from a dateline, a byline or an "Updated" line."""
    known = notes(doc)
    for segment in known.segments:
        if segment.kind != "dateline":
            continue
        for m in mentions:
            if segment.start <= m.start < segment.end and m.meaning.day and m.meaning.month:
                span = span_at(doc, m.start, m.end)
                interval = _full(m) or _with_year(m, doc, mentions)
                if interval is not None:
                    return Dating(
                        interval=interval,
                        basis=DateBasis.DATELINE,
                        reasons=(
                            Reason(
                                field="interval",
                                rule="dating.dateline",
                                detail="the dateline's date",
                                spans=(span,),
                            ),
                        ),
                    )
    for piece in known.furniture:
        for m in recognise_text(piece.text):
            interval = _full(m)
            if interval is not None:
                span = Span(
                    start=piece.start + m.start,
                    end=piece.start + m.end,
                    text=piece.text[m.start : m.end],
                )
                return Dating(
                    interval=interval,
                    basis=DateBasis.METADATA,
                    reasons=(
                        Reason(
                            field="interval",
                            rule="dating.furniture",
                            detail="a date in the lines around the text",
                            spans=(span,),
                        ),
                    ),
                )
    return None


def _full(mention: Mention) -> Interval | None:
    meaning = mention.meaning
    if meaning.value and mention.rule == "iso":
        return interval_of(meaning.value[:10])
    if meaning.kind != "date" or not (meaning.year and meaning.month and meaning.day) or meaning.bc:
        return None
    return interval_of(f"{meaning.year:04d}-{meaning.month:02d}-{meaning.day:02d}")


def _with_year(mention: Mention, doc: Doc, mentions: list[Mention]) -> Interval | None:
    """Complete a dateline without a year where the text's own constraints leave one year."""
    inferred = _inferred(doc, [m for m in mentions if m is not mention]).interval
    if inferred is None or inferred.start is None or inferred.end is None:
        return None
    meaning = mention.meaning
    first, last = (
        date.fromisoformat(inferred.start),
        date.fromisoformat(inferred.end) - timedelta(1),
    )
    if first.year != last.year:
        return None
    return interval_of(f"{first.year:04d}-{meaning.month:02d}-{meaning.day:02d}")


def _inferred(doc: Doc, mentions: list[Mention]) -> Dating:
    """Narrow the publication date by what the text presupposes."""
    constraints = _with_registry(_year_constraints(doc, mentions), doc, mentions)
    low, high = _meet(constraints)
    used = list(constraints)
    for extra in _weekday_constraints(doc, mentions, low, high):
        low, high = _meet([Constraint(low, high, "", "", extra.span), extra])
        used.append(extra)
    if low is not None and high is not None and (high - low).days <= 366:
        for extra in _month_constraints(doc, mentions, low):
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


def _year_constraints(doc: Doc, mentions: list[Mention]) -> list[Constraint]:
    """Use years that verbs or "this year" tie to the day of writing."""
    out: list[Constraint] = []
    said_this = any(
        m.meaning.kind == "shift"
        and m.meaning.word == "this"
        and m.meaning.unit == "Y"
        and m.meaning.shift == 0
        and (_at_the_end(doc, m) or set(m.before) & {"by", "until"})
        for m in mentions
    )
    for m in mentions:
        year, meaning = m.meaning.year, m.meaning
        if meaning.kind != "date" or not year or meaning.bc or not 1500 <= year <= 2100:
            continue
        if set(m.before[-2:]) & cues().planned_before:
            continue
        span = span_at(doc, m.start, m.end)
        ahead = bool(set(m.before) & {"by", "until", "before"}) and (
            meaning.mod == "END" or m.before[-1:] == ("by",)
        )
        way = "future" if ahead else direction_at(doc, m.start, m.end)
        if _attributive(doc, m):
            continue
        first = date(year, meaning.month or 1, 1)
        if ahead and said_this and meaning.mod == "END":
            out.append(
                Constraint(
                    date(year, 1, 1),
                    date(year + 1, 1, 1),
                    "dating.this_year",
                    f'a deadline in {year} stands beside "this year": written in {year}',
                    span,
                )
            )
        elif ahead:
            out.append(
                Constraint(
                    None,
                    date(year + 1, 1, 1),
                    "dating.deadline",
                    f"still ahead: written before the end of {year}",
                    span,
                )
            )
        elif way == "past":
            out.append(
                Constraint(
                    first,
                    None,
                    "dating.past_year",
                    f"told as past: written in {year} or later",
                    span,
                )
            )
    return out


def _at_the_end(doc: Doc, mention: Mention) -> bool:
    """Tell "the end of this year" from "later this year"."""
    return mention.meaning.mod == "END" and "end" in doc.text[mention.start : mention.end].lower()


def _attributive(doc: Doc, mention: Mention) -> bool:
    """Tell the year of "the 1990 budget", which may lie ahead whatever the tense."""
    span = doc.char_span(mention.start, mention.end, alignment_mode="expand")
    if span is None or not len(span):
        return False
    head = span.root.head
    return head.i >= span.end and head.pos_ in ("NOUN", "PROPN")


def _weekday_constraints(
    doc: Doc, mentions: list[Mention], low: date | None, high: date | None
) -> list[Constraint]:
    """Use days named with their weekday and no year: "Friday, Oct. 23" was one in 1998.

    A day named without its year lies at most a year from the day of writing. Used where one year
    alone fits between the limits already known.
    """
    out: list[Constraint] = []
    if low is None or high is None or (high - low).days > 366 * 12:
        return out
    for m in mentions:
        meaning = m.meaning
        if meaning.kind != "date" or not (meaning.weekday and meaning.month and meaning.day):
            continue
        if meaning.year or meaning.nth:
            continue
        windows = _windows(meaning, direction_at(doc, m.start, m.end), low, high)
        if len(windows) == 1:
            first, after, year = windows[0]
            detail = f"that day of the month fell on that weekday in {year}"
            span = span_at(doc, m.start, m.end)
            out.append(Constraint(first, after, "dating.weekday", detail, span))
    return out


YEAR, SLACK = timedelta(366), timedelta(31)
"""How far from the day of writing a day without a year lies, and how far the tense may mislead."""


def _windows(
    meaning: Meaning, way: str | None, low: date, high: date
) -> list[tuple[date, date, int]]:
    """Return the stretches within a year of each day that has the weekday, inside the limits."""
    found = []
    for year in range(low.year - 1, high.year + 2):
        try:
            day = date(year, int(meaning.month or 1), int(meaning.day or 1))
        except ValueError:
            continue
        first = day - SLACK if way == "past" else day - YEAR
        after = day + SLACK if way == "future" else day + YEAR
        if day.isoweekday() == meaning.weekday and first < high and after > low:
            found.append((first, after, year))
    return found


def _month_constraints(doc: Doc, mentions: list[Mention], low: date) -> list[Constraint]:
    """Use months of this year that are told as past or as still ahead."""
    out: list[Constraint] = []
    for m in mentions:
        meaning = m.meaning
        if meaning.kind != "date" or not meaning.month or meaning.year:
            continue
        span = span_at(doc, m.start, m.end)
        month = meaning.month
        after = date(low.year + month // 12, month % 12 + 1, 1)
        if m.before[-1:] == ("by",) or (meaning.mod == "END" and set(m.before) & {"by", "until"}):
            out.append(
                Constraint(
                    None,
                    after,
                    "dating.deadline_month",
                    f"a deadline still ahead: written before {after}",
                    span,
                )
            )
        elif meaning.shift == 0 and direction_at(doc, m.start, m.end) == "past":
            out.append(
                Constraint(
                    after,
                    None,
                    "dating.past_month",
                    f"a month of this year told as past: written {after} or later",
                    span,
                )
            )
    return out
