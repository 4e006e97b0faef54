"""The stage that finds times: recognise, date the report, resolve."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from spacy.tokens import Doc

from dateline.language.notes import notes, span_at, text_of
from dateline.records import (
    Blank,
    BlankReason,
    DateBasis,
    Dating,
    Interval,
    TimeExpression,
    make_id,
)
from dateline.stages import Stage
from dateline.times.anchors import Context, Resolved
from dateline.times.bounds import bound_of, covered
from dateline.times.dating import date_report
from dateline.times.fiscal import end_told, ended_on, fiscal_interval, last_month, months_of
from dateline.times.meaning import Meaning, Mention
from dateline.times.recognise import fitting, recognise
from dateline.times.resolve import resolve
from dateline.times.tables import tables
from dateline.times.tense import (
    direction_at,
    firmly_past,
    lies_ahead,
    month_direction_at,
    told_of_the_past,
)
from dateline.times.values import Value, interval_of, parse_value, print_value
from dateline.times.zones import in_utc

NEEDS_TENSE = frozenset({"weekday", "holiday", "night", "month_day"})


def find(doc: Doc) -> Mapping[str, Any]:
    """Return the times of a report and its date."""
    mentions = recognise(doc)
    dating = date_report(doc, mentions)
    context = context_of(dating, doc, mentions)
    mentions = [
        mention
        for mention in fitting(mentions, narrative=context.narrative)
        if not (mention.meaning.word == "soon" and told_of_the_past(doc, mention.start))
    ]
    context.fiscal_end = last_month(text_of(doc), mentions)
    times = tuple(_expressions(doc, mentions, context))
    return {"times": times, "dating": dating}


def context_of(dating: Dating, doc: Doc, mentions: list[Mention]) -> Context:
    """Return what to count from, by the report's date and the kind of text it is."""
    interval = dating.interval
    start = date.fromisoformat(interval.start) if interval and interval.start else None
    until = date.fromisoformat(interval.end) - timedelta(1) if interval and interval.end else None
    narrative = is_narrative(
        mentions, until, any(s.kind == "dateline" for s in notes(doc).segments)
    )
    if start is None or interval is None or interval.end is None:
        return Context(None, narrative)
    days = (date.fromisoformat(interval.end) - start).days
    last = date.fromisoformat(interval.end).toordinal() - 1
    end = date.fromordinal(last)
    known = (
        3
        if days == 1
        else 2
        if (start.year, start.month) == (end.year, end.month)
        else 1
        if start.year == end.year
        else 0
    )
    if dating.basis is DateBasis.INFERRED and known == 0:
        return Context(None, narrative, known=0)
    return Context(start if known == 3 else None, narrative, nominal=start, known=known)


OPENING = 2
"""Dates at the head of a report that tell news from history by being counted from its day."""


def is_narrative(mentions: list[Mention], published: date | None, has_dateline: bool) -> bool:
    """Tell a history from a news report: many dated past years, few words of the day.

    News names weekdays and "today", "last week"; a history names years. A report whose first date
    is of the day it was written is news, also where a list of past years stands below.
    """
    years = [m.meaning.year for m in mentions if m.meaning.kind == "date" and m.meaning.year]
    if has_dateline or len(years) < 5:
        return False
    now = published.year if published else max(years) + 1
    past = sum(1 for y in years if y < now - 1 or published is None)
    past += sum(1 for m in mentions if m.meaning.bc)
    opening = (m.meaning for m in mentions[:OPENING])
    if published is not None and any(_of_the_day(m) or _hour(m) for m in opening):
        return False
    daily = sum(1 for m in mentions if _of_the_day(m.meaning))
    return (
        past >= 5 and past > 1.5 * daily and past > 0.1 * len(mentions) and past >= 0.5 * len(years)
    )


def _of_the_day(meaning: Meaning) -> bool:
    """Tell what is counted from the day of writing: a weekday, "yesterday", "last week"."""
    return (
        meaning.kind == "weekday"
        or (meaning.kind == "ago" and meaning.word == "ago")
        or (meaning.kind == "day" and bool(meaning.word))
        or (meaning.kind == "shift" and meaning.word in ("last", "next", "this"))
    )


def _hour(meaning: Meaning) -> bool:
    """Tell a time of day that leaves its day to the text: "at 09:20"."""
    return meaning.kind == "context_day" and meaning.time is not None


def _expressions(doc: Doc, mentions: list[Mention], context: Context) -> list[TimeExpression]:
    out: list[TimeExpression] = []
    taken: set[str] = set()
    for at, mention in enumerate(mentions):
        direction = _direction(doc, mention, context)
        found = resolve(mention.meaning, direction, context)
        named = day_after(doc, mentions, at)
        if named is not None:
            day = resolve(named.meaning, _direction(doc, named, context), context)
            found = on_the_day(found, day, bare=mention.rule in BARE_HOURS)
        span = span_at(doc, mention.start, mention.end)
        name = make_id("t", span, taken)
        taken.add(name)
        bound = bound_of(mention)
        interval = covered(mention, found, bound, context)
        if found.type != "SET" and found.value is not None:
            interval = _fiscal(doc, mentions, at, found, interval, context)
        offset, utc = in_utc(interval_of_time(found), mention.meaning.zone)
        out.append(
            TimeExpression(
                id=name,
                span=span,
                type=found.type,
                value=found.value,
                mod=found.mod,
                freq=found.freq,
                quant=found.quant,
                interval=interval,
                utc_offset=offset,
                utc=utc,
                bound=bound,
                anchor=found.anchor,
                direction=found.direction,
                rule=mention.rule,
                blanks=_blanks(found, interval),
            )
        )
        _remember(found, name, mention, context)
    return _ranges(out, doc, mentions)


def interval_of_time(found: Resolved) -> Interval | None:
    """Return the interval of a time of day."""
    return interval_of(found.value) if found.type == "TIME" and found.value else None


def _fiscal(
    doc: Doc,
    mentions: list[Mention],
    at: int,
    found: Resolved,
    interval: Interval | None,
    context: Context,
) -> Interval | None:
    """Return the interval of a fiscal year or quarter, ``None`` where its bounds are not told."""
    meaning, told = mentions[at].meaning, end_told(text_of(doc), mentions, at)
    if told is not None:
        end = resolve(told.meaning, "past", context).value
        day = interval_of(end) if end else None
        months = months_of(mentions[at], found.value)
        if day is not None and day.end and months:
            return ended_on(date.fromisoformat(day.end) - timedelta(1), months)
    if not (meaning.fiscal or meaning.word == "fiscal") or found.type != "DATE":
        return interval
    value = parse_value(str(found.value))
    if context.fiscal_end is None or not value.year or not value.year.isdigit():
        return None
    quarter = int(value.quarter) if value.quarter else None
    now, named = context.published or context.nominal, meaning.year is not None
    return fiscal_interval(int(value.year), quarter, context.fiscal_end, now, named=named)


WITH_DAY = re.compile(
    r"\s*(?:local time)?\s*(?:\)|,)?\s*(?:on|\(|late|early|to|and|until|-|–)?\s*", re.IGNORECASE
)


def day_after(doc: Doc, mentions: list[Mention], at: int) -> Mention | None:
    """Return the day named after a time of day: "8 p.m. (0100 GMT) on Friday"."""
    text = text_of(doc)
    for i in range(at, min(at + 2, len(mentions) - 1)):
        meaning, following = mentions[i].meaning, mentions[i + 1]
        gap = text[mentions[i].end : following.start]
        timed = ":" in str(meaning.time) or gap.strip() == "on"
        dayless = meaning.kind == "context_day" and timed
        if not dayless or WITH_DAY.fullmatch(gap) is None:
            return None
        if (
            following.meaning.kind in ("weekday", "day", "holiday")
            or following.meaning.day is not None
        ):
            return following
    return None


BARE_HOURS = frozenset({"oclock", "past_hour"})
"""Rules of hours that do not say which half of the day they are of."""
LATE = frozenset({"AF", "EV", "NI"})


def on_the_day(found: Resolved, day: Resolved, *, bare: bool = False) -> Resolved:
    """Return a time of day on the day that another expression names.

    ``bare``: the hour may be of either half; "three o'clock on Friday afternoon" is 15:00.
    """
    if not found.value or not day.value or parse_value(day.value).day is None:
        return found
    named, time = parse_value(day.value), parse_value(found.value).time
    if bare and time and named.time in LATE and time[:2].isdigit() and int(time[:2]) < 12:
        time = f"{int(time[:2]) + 12:02d}{time[2:]}"
    value = replace(named, time=time)
    return replace(found, value=print_value(value), anchor=day.anchor, direction=day.direction)


JOINED = re.compile(r"\s*(?:to|and|through|until|till|-|–)\s*(?:the\s+)?", re.IGNORECASE)


def _ranges(out: list[TimeExpression], doc: Doc, mentions: list[Mention]) -> list[TimeExpression]:
    """Give both ends of "from March to May" the stretch between them."""
    text = text_of(doc)
    for i in range(len(out) - 1):
        first, second = mentions[i], mentions[i + 1]
        gap = text[first.end : second.start]
        opened = first.before[-1:] in (("from",), ("between",))
        if not JOINED.fullmatch(gap) or not (opened or gap.strip() in ("-", "–", "through")):
            continue
        one, two = out[i], out[i + 1]
        one, two = in_order(one, two, first, second)
        own = [
            interval_of(t.value) if t.value and t.type != "DURATION" else None for t in (one, two)
        ]
        if own[0] is not None and own[1] is not None and one.type == two.type == "TIME":
            own[1] = next_day(own[0], own[1])
        if own[0] is None or own[1] is None or str(own[0].start) >= str(own[1].end):
            continue
        whole = Interval(start=own[0].start, end=own[1].end, granularity=own[1].granularity)
        out[i : i + 2] = [replace(t, interval=whole, bound=None) for t in (one, two)]
    return out


def in_order(
    one: TimeExpression, two: TimeExpression, first: Mention, second: Mention
) -> tuple[TimeExpression, TimeExpression]:
    """Return the ends of "from Monday to Friday" within one week, where they come out crossed."""
    bare = [m.meaning.kind == "weekday" and not m.meaning.shift for m in (first, second)]
    if not all(bare) or not one.value or not two.value or one.value[:10] <= two.value[:10]:
        return one, two
    if two.direction == "past":
        return _moved(one, -7), two
    return one, _moved(two, 7)


def _moved(time: TimeExpression, days: int) -> TimeExpression:
    """Return a weekday so many days on."""
    day, rest = str(time.value)[:10], str(time.value)[10:]
    value = (date.fromisoformat(day) + timedelta(days)).isoformat() + rest
    return replace(time, value=value, interval=interval_of(value))


def next_day(first: Interval, second: Interval) -> Interval:
    """Return the end of a stretch of hours, on the day after where it runs past midnight."""
    if str(second.end) > str(first.start):
        return second
    start, end = (datetime.fromisoformat(str(t)) + timedelta(1) for t in (second.start, second.end))
    return replace(second, start=start.isoformat(), end=end.isoformat())


def _direction(doc: Doc, mention: Mention, context: Context) -> str | None:
    meaning = mention.meaning
    if meaning.kind == "duration":
        if mention.before[-1:] == ("within",) and meaning.shift is None:
            return "past" if firmly_past(doc, mention.start, mention.end) else None
        ahead = mention.before[-1:] == ("in",) and meaning.shift is None
        return "future" if ahead and lies_ahead(doc, mention.start, mention.end) else None
    needs = (
        meaning.kind in NEEDS_TENSE
        or (meaning.kind == "unit")
        or (meaning.kind == "date" and not meaning.year and not meaning.short and not meaning.value)
    )
    if not needs or (context.narrative and meaning.kind == "date"):
        return None
    if meaning.kind == "date" and not meaning.day:
        return month_direction_at(doc, mention.start, mention.end)
    return direction_at(doc, mention.start, mention.end)


def _blanks(found: Resolved, interval: Interval | None) -> tuple[Blank, ...]:
    if found.value is None:
        return (
            Blank(field="value", reason=BlankReason.NO_ANCHOR, note="no date to count from"),
            Blank(field="interval", reason=BlankReason.NO_ANCHOR),
        )
    if interval is not None:
        return ()
    if found.type == "DATE" and "X" not in found.value and interval_of(found.value) is not None:
        note = "the report does not say when the fiscal year begins"
        return (Blank(field="interval", reason=BlankReason.TOO_VAGUE, note=note),)
    reason = (
        BlankReason.NOT_APPLICABLE if found.type in ("SET", "DURATION") else BlankReason.TOO_VAGUE
    )
    if "XX" in found.value and found.type in ("DATE", "TIME"):
        reason = BlankReason.NO_ANCHOR
    return (Blank(field="interval", reason=reason),)


def _remember(found: Resolved, name: str, mention: Mention, context: Context) -> None:
    """Keep the date last named, for the expressions that count from it."""
    if found.type == "DURATION" and mention.rule in ("first_units", "duration"):
        context.months = context.months or found.value in ("P6M", "P9M")
    if found.value is None or found.type not in ("DATE", "TIME"):
        return
    value = parse_value(found.value)
    if value.ref or not value.year or not value.year.isdigit() or len(value.year) < 4:
        return
    if (mention.meaning.kind == "unit" and value.quarter) or mention.rule == "same_quarter":
        context.months = False
    if value.quarter:
        if mention.rule in ("quarter", "year_quarter") and _reported(value, mention, context):
            context.quarter, context.months = value, False
        return
    if mention.meaning.kind == "night" or (context.narrative and _aside(value, mention, context)):
        return
    context.last, context.last_id = value, name


def _reported(value: Value, mention: Mention, context: Context) -> bool:
    """Tell the quarter whose results are told from one that is only compared or to come."""
    known, now = context.quarter, context.published or context.nominal
    stated = mention.meaning.fiscal or mention.after[:1] in (("ended",), ("ending",))
    if known is None or stated:
        return True
    ended = interval_of(print_value(value))
    if now is None or ended is None:
        return True
    return str(ended.end) <= now.isoformat() and print_value(value) >= print_value(known)


def _aside(value: Value, mention: Mention, context: Context) -> bool:
    """Tell a date mentioned by the way, far from the story's time."""
    last = context.last
    if last is None or value.bc or last.bc:
        return False
    return abs(int(str(value.year)) - int(str(last.year))) > 40 and not value.month


def stage() -> Stage:
    """Return the stage."""
    version = tables().version
    return Stage(
        "times", reads=(), writes=("times", "dating"), find=find, data={"time-grammar": version}
    )
