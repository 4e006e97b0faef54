"""Limits on when a text was written that its own words set: years, months and days told as past or ahead."""

from __future__ import annotations

import re
from datetime import date, timedelta

from spacy.tokens import Doc

from dateline.language.notes import span_at, text_of
from dateline.times.cues import cues
from dateline.times.evidence import Constraint
from dateline.times.lines import full_day
from dateline.times.meaning import Meaning, Mention
from dateline.times.tense import direction_at, firmly_past, governor, verb_tense

ZONES = timedelta(1)
"""What a day may be off where the zone is unknown."""
POST = re.compile(r"\(@\w{1,20}\)\s*$")
"""What stands before the day of a post that a report quotes: "Ann Lee (@annlee) May 3, 2016"."""
CHANGED = re.compile(
    r"(?i)\b(?:article|story|report|version|post|page)\b[^.\n]{0,40}\b(?:amended|corrected|updated|revised)\s+on\s+$"
)
"""What stands before the day on which a report was changed after it was published."""


def past_days(doc: Doc, mentions: list[Mention]) -> list[Constraint]:
    """Use the days of quoted posts and of pictures, which are older, and of later corrections."""
    out: list[Constraint] = []
    text = text_of(doc)
    for m in mentions:
        day = full_day(m)
        if day is None or day.start is None or day.end is None:
            continue
        before, span = text[max(0, m.start - 120) : m.start], span_at(doc, m.start, m.end)
        low, high = date.fromisoformat(day.start), date.fromisoformat(day.end)
        if POST.search(before):
            detail = f"a post of {low} is quoted: written {low - ZONES} or later"
            out.append(Constraint(low - ZONES, None, "dating.post", detail, span))
        elif m.before[-2:] == ("in", "this") and "photo" in text[m.end : m.end + 20]:
            detail = f"a picture of that day is shown: written {low} or later"
            out.append(Constraint(low, None, "dating.picture", detail, span))
        elif CHANGED.search(before):
            detail = f"the report was changed on that day: written before {high}"
            out.append(Constraint(None, high, "dating.changed", detail, span))
    return out


def _changed(doc: Doc, mention: Mention) -> bool:
    """Tell the day on which a report was changed: "This article was amended on 4 May 2016"."""
    return CHANGED.search(text_of(doc)[max(0, mention.start - 120) : mention.start]) is not None


def _first_day(mention: Mention) -> date:
    """Return the first day of a date to the precision it is named with, a full day less a zone's slack."""
    meaning = mention.meaning
    year, month = int(meaning.year or 1), meaning.month or 1
    try:
        return date(year, month, meaning.day) - ZONES if meaning.day else date(year, month, 1)
    except ValueError:
        return date(year, month, 1)


def _so_far(mention: Mention) -> bool:
    """Tell the year that goes on: "so far in 2009", "in 2009 so far"."""
    near = mention.before[-3:] == ("so", "far", "in") or mention.after == ("so", "far")
    return near and mention.meaning.month is None


def year_constraints(doc: Doc, mentions: list[Mention]) -> list[Constraint]:
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
        if set(m.before[-2:]) & cues().planned_before or _changed(doc, m):
            continue
        span = span_at(doc, m.start, m.end)
        ahead = _deadline(doc, m)
        if _attributive(doc, m):
            continue
        first, begin, end = _first_day(m), date(year, 1, 1), date(year + 1, 1, 1)
        if _so_far(m):
            detail = f"{year} was not over: written in {year}"
            out.append(Constraint(begin, end, "dating.so_far", detail, span))
        elif ahead and said_this and meaning.mod == "END":
            detail = f'a deadline in {year} stands beside "this year": written in {year}'
            out.append(Constraint(begin, end, "dating.this_year", detail, span))
        elif ahead:
            detail = f"still ahead: written before the end of {year}"
            out.append(Constraint(None, end, "dating.deadline", detail, span))
        elif firmly_past(doc, m.start, m.end):
            detail = f"told as past: written {first if meaning.day else f'in {year}'} or later"
            out.append(Constraint(first, None, "dating.past_year", detail, span))
    return out


def _deadline(doc: Doc, mention: Mention) -> bool:
    """Tell "to close by 2030" and "before the end of 2030" from "by 2015 it was in decline"."""
    bound = set(mention.before) & {"by", "until", "before"}
    if not bound or not (mention.meaning.mod == "END" or mention.before[-1:] == ("by",)):
        return False
    span = doc.char_span(mention.start, mention.end, alignment_mode="expand")
    verb = governor(span.root) if span is not None and len(span) else None
    return verb is None or verb_tense(verb) != "past"


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


def weekday_constraints(
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


def month_constraints(doc: Doc, mentions: list[Mention], low: date) -> list[Constraint]:
    """Use months of this year that are told as past or as still ahead."""
    out: list[Constraint] = []
    for m in mentions:
        meaning = m.meaning
        if meaning.kind != "date" or not meaning.month or meaning.year or meaning.shift:
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
