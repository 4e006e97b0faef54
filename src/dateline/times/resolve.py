"""From what the words mean to a TIMEX3 value: counted from the publication date or the text's own.

A report counts from its publication date; a narrative (history, a chronicle)
from the date last named. Words such as "that", "the same" and "later" count
from the date last named in both.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import replace
from datetime import date, timedelta

from dateline.times.anchors import (
    MOSTLY,
    Context,
    Resolved,
    anchor_of,
    base_of,
    choose,
    day_of,
    is_known,
    move,
    sign_of,
    typed,
    unit_value,
)
from dateline.times.cues import cues
from dateline.times.feasts import nth_weekday, resolve_holiday
from dateline.times.meaning import FINE, Meaning
from dateline.times.values import SEASONS, Value, parse_value, print_value


def resolve(meaning: Meaning, direction: str | None, context: Context) -> Resolved:
    """Resolve a meaning; ``direction`` is ``past``, ``future`` or ``None`` by tense and cue words."""
    if meaning.kind == "duration":
        way = sign_of(meaning.shift) or direction
        return Resolved("DURATION", meaning.value, meaning.mod, direction=way)
    if meaning.kind == "set":
        return Resolved("SET", meaning.value, meaning.mod, quant=meaning.quant, freq=meaning.freq)
    if meaning.kind == "ref":
        return Resolved("DATE", meaning.value, meaning.mod, anchor_of(context, None))
    if meaning.value is not None:
        return typed(parse_value(meaning.value), meaning, None, None)
    try:
        return RESOLVERS[meaning.kind](meaning, direction, context)
    except (ValueError, OverflowError):
        return Resolved("DATE", None, meaning.mod)


def _shift(meaning: Meaning, direction: str | None, context: Context) -> Resolved:
    unit = str(meaning.unit)
    if (ancient := _before_christ(meaning, unit, context)) is not None:
        return typed(ancient, meaning, context.last_id, sign_of(meaning.shift) or "same")
    base, source = base_of(meaning, context)
    if base is None or not is_known(context, source == "text", unit):
        return Resolved("DATE", None, meaning.mod)
    if meaning.word == "latest" and context.quarter is not None:
        return typed(context.quarter, meaning, context.last_id, None)
    if source == "text" and unit in ("D",) and meaning.word in cues().near:
        return typed(unit_value(base, unit), meaning, context.last_id, "same")
    moved = move(
        base.replace(day=1) if unit in ("M", "Q", "Y", "DE", "CE") else base,
        meaning.shift or 0,
        unit,
    )
    return typed(
        unit_value(moved, unit),
        meaning,
        anchor_of(context, source),
        sign_of(meaning.shift) or "same",
    )


def _before_christ(meaning: Meaning, unit: str, context: Context) -> Value | None:
    """Count years, decades and centuries from a date before Christ, which Python's dates lack.

    There is no year 0: two years after 1 BC is 2 AD.
    """
    last = context.last
    from_text = meaning.word in cues().from_text or context.narrative
    if last is None or not last.bc or not from_text or unit not in ("Y", "DE", "CE"):
        return None
    size = {"Y": 1, "DE": 10, "CE": 100}[unit]
    number = int(str(last.year)) // size - (meaning.shift or 0)
    if unit != "Y":
        digits = {"DE": 3, "CE": 2}[unit]
        return Value(bc=True, year=f"{number:0{digits}d}") if number >= 0 else None
    if number > 0:
        return Value(bc=True, year=f"{number:04d}")
    return Value(year=f"{1 - number:04d}")


def _day(meaning: Meaning, direction: str | None, context: Context) -> Resolved:
    base = context.published or context.nominal
    source = None
    if context.narrative:
        return Resolved("DATE", "PRESENT_REF" if meaning.word == "today" else None, meaning.mod)
    if base is None or context.known < 3:
        fallback = "PRESENT_REF" if meaning.word == "today" else None
        return Resolved("TIME" if meaning.time else "DATE", fallback, meaning.mod)
    moved = base + timedelta(days=meaning.shift or 0)
    return typed(
        unit_value(moved, "D"),
        meaning,
        anchor_of(context, source),
        sign_of(meaning.shift) or "same",
    )


def _context_day(meaning: Meaning, direction: str | None, context: Context) -> Resolved:
    day = day_of(context.last) if context.last is not None and context.last.day else None
    source: str | None = "text"
    told = context.last is not None and meaning.word in cues().from_text
    if day is None and not context.narrative and context.known >= 3 and not told:
        day, source = context.published, None
    if day is None:
        return Resolved("TIME", f"XXXX-XX-XXT{meaning.time}" if meaning.time else None, meaning.mod)
    moved = day + timedelta(days=meaning.shift or 0)
    return typed(
        unit_value(moved, "D"),
        meaning,
        anchor_of(context, source),
        sign_of(meaning.shift) or "same",
    )


def _weekday(meaning: Meaning, direction: str | None, context: Context) -> Resolved:
    base, source = base_of(meaning, context)
    if base is None or not is_known(context, source == "text", "D"):
        return Resolved("TIME" if meaning.time else "DATE", None, meaning.mod, None, direction)
    target = int(meaning.weekday or 1)
    back = (base.isoweekday() - target) % 7
    ahead = (target - base.isoweekday()) % 7
    if source == "text":
        direction = direction if meaning.shift else "future"
    if meaning.shift == -1:
        found, way = base - timedelta(back or 7), "past"
    elif meaning.shift == 1:
        found, way = base + timedelta(ahead or 7), "future"
    elif meaning.shift == 0 or direction == "future":
        found, way = base + timedelta(ahead), "future"
    else:
        found, way = base - timedelta(back), "past"
    return typed(
        unit_value(found, "D"),
        meaning,
        anchor_of(context, source),
        "same" if found == base else way,
    )


def _night(meaning: Meaning, direction: str | None, context: Context) -> Resolved:
    """Resolve "overnight": the night before the report, or the one to come."""
    shift = 0 if direction == "future" else -1
    return _day(replace(meaning, shift=shift), direction, context)


def _from(meaning: Meaning, direction: str | None, context: Context) -> Resolved:
    """Resolve "a week from Sunday" and "two years from now"."""
    unit, count = str(meaning.unit), meaning.shift or 0
    if meaning.weekday:
        named = _weekday(replace(meaning, shift=None), "future", context)
        base = day_of(parse_value(named.value)) if named.value else None
    else:
        base = context.published or context.nominal
    need = "D" if meaning.weekday or meaning.day is not None else unit
    if unit in FINE:
        return Resolved("TIME", None, meaning.mod, direction="future")
    if base is None or not is_known(context, False, need):
        return Resolved("DATE", None, meaning.mod, direction="future")
    found = move(base + timedelta(meaning.day or 0), count, unit)
    way = "past" if count < 0 else "future"
    return typed(
        unit_value(found, need), replace(meaning, time=None), anchor_of(context, None), way
    )


def _month_day(meaning: Meaning, direction: str | None, context: Context) -> Resolved:
    """Resolve "the 15th of this month", and "the 15th" alone."""
    base, source = base_of(meaning, context)
    if meaning.shift is None:
        return _month_nth(meaning, direction, context)
    if base is None or not is_known(context, source == "text", "M"):
        return Resolved("DATE", None, meaning.mod)
    found = move(base.replace(day=1), meaning.shift or 0, "M").replace(day=int(meaning.day or 1))
    return typed(
        unit_value(found, "D"), meaning, anchor_of(context, source), sign_of(meaning.shift)
    )


def _month_nth(meaning: Meaning, direction: str | None, context: Context) -> Resolved:
    """Resolve "on the 25th" in the month last named, or before or after the report by the tense."""
    day, last = int(meaning.day or 1), context.last
    named = day_of(last) if last is not None and last.month and last.month.isdigit() else None
    if named is not None:
        value = unit_value(named.replace(day=day), "D")
        return typed(value, meaning, context.last_id, direction)
    base = context.published
    if base is None or context.narrative:
        return Resolved("DATE", None, meaning.mod, None, direction)
    months = [move(base.replace(day=1), by, "M") for by in (-2, -1, 0, 1, 2)]
    days = [m.replace(day=day) for m in months if day <= monthrange(m.year, m.month)[1]]
    found = choose(days, base, direction or "past", None)
    way = "same" if found == base else "past" if found < base else "future"
    return typed(unit_value(found, "D"), meaning, anchor_of(context, None), way)


TURNS = {"Y": 1, "DE": 10, "CE": 100, "L": 1000}


def _turn(meaning: Meaning, direction: str | None, context: Context) -> Resolved:
    """Resolve "the turn of the century": the one nearest to the report."""
    base, source = base_of(meaning, context)
    unit = str(meaning.unit)
    if base is None or not is_known(context, source == "text", unit):
        return Resolved("DATE", None, meaning.mod)
    size = TURNS[unit]
    passed = base.month > 6 if size == 1 else base.year % size >= size / 2
    near = move(base.replace(day=1), int(passed), unit)
    return typed(unit_value(near, unit), meaning, anchor_of(context, source), None)


def _named(meaning: Meaning, direction: str | None, context: Context) -> Resolved:
    base, source = base_of(meaning, context)
    if base is None:
        return Resolved("DATE", None, meaning.mod)
    start = meaning.month or SEASONS[str(meaning.season)][0]
    if meaning.shift == 0:
        year = base.year
    elif meaning.shift == -1:
        length = 3 if meaning.season else 1
        year = base.year if start + length <= base.month else base.year - 1
        if meaning.season == "WI" and base.month < 3:
            year = base.year - 1
    else:
        year = base.year if start > base.month else base.year + 1
    if meaning.season:
        value = Value(year=f"{year:04d}", season=meaning.season)
    else:
        value = Value(
            year=f"{year:04d}",
            month=f"{start:02d}",
            day=f"{meaning.day:02d}" if meaning.day else None,
        )
    return typed(value, meaning, anchor_of(context, source), sign_of(meaning.shift) or "same")


def _ago(meaning: Meaning, direction: str | None, context: Context) -> Resolved:
    unit, past = str(meaning.unit), meaning.freq == "-"
    way = "past" if past else "future"
    if meaning.vague:
        return Resolved("DATE", "PAST_REF" if past else "FUTURE_REF", meaning.mod, direction=way)
    if context.quarter is not None and unit == "Y" and meaning.shift == -1:
        base = None if context.narrative else day_of(context.quarter)
        if base is not None:
            finer = "Y" if context.months and not meaning.quarter else "Q"
            return typed(unit_value(move(base, -12, "M"), finer), meaning, context.last_id, way)
    if (ancient := _before_christ(meaning, unit, context)) is not None:
        return typed(ancient, meaning, context.last_id, way)
    base, source = base_of(meaning, context)
    if meaning.word == "later" and source is None:
        return Resolved("DATE", None, meaning.mod, direction=way)
    if base is None or not is_known(context, source == "text", unit):
        if base is None or unit not in ("M", "W", "D", "Y"):
            return Resolved("DATE", None, meaning.mod, direction=way)
        return Resolved("DATE", None, meaning.mod, anchor_of(context, source), way)
    if unit in ("S", "MIN", "H"):
        return Resolved("TIME", None, meaning.mod, direction=way)
    moved = move(base, meaning.shift or 0, unit)
    return typed(unit_value(moved, unit), meaning, anchor_of(context, source), way)


def _date(meaning: Meaning, direction: str | None, context: Context) -> Resolved:
    if meaning.short:
        return typed(Value(year=meaning.short), meaning, None, None)
    if meaning.nth is not None:
        return _nth(meaning, direction, context)
    year, anchor = meaning.year, None
    if meaning.word == "period":
        return _period(meaning, context)
    if year is None and meaning.shift is not None:
        base, source = base_of(meaning, context)
        if base is None:
            return Resolved("DATE", None, meaning.mod)
        year, anchor = base.year + meaning.shift, anchor_of(context, source)
    if year is None:
        return _yearless(meaning, direction, context)
    return typed(_week(meaning, _parts(meaning, year)), meaning, anchor, None)


def _week(meaning: Meaning, value: Value) -> Value:
    """Return the week around a day where the words name that ("the week of March 1")."""
    day = day_of(value) if meaning.word == "week" else None
    return value if day is None else unit_value(day, meaning.unit or "W")


def _nth(meaning: Meaning, direction: str | None, context: Context) -> Resolved:
    """Resolve "the second Sunday of October" within the month that it names."""
    month = _date(replace(meaning, nth=None, weekday=None), direction, context)
    first = day_of(parse_value(month.value)) if month.value else None
    if first is None or meaning.nth is None:
        return Resolved("DATE", None, meaning.mod)
    found = nth_weekday(first.year, first.month, int(meaning.weekday or 1), meaning.nth)
    return replace(month, value=print_value(unit_value(found, "D")))


def _period(meaning: Meaning, context: Context) -> Resolved:
    """Resolve "the 1988 quarter" and "the latest period" by the quarter the text speaks of."""
    quarter = context.quarter
    if quarter is None:
        if meaning.year is None:
            return _shift(replace(meaning, shift=-1), None, context)
        return typed(Value(year=f"{meaning.year:04d}"), meaning, None, None)
    year = quarter.year if meaning.year is None else f"{meaning.year:04d}"
    return typed(replace(quarter, year=year), meaning, context.last_id, None)


def _parts(meaning: Meaning, year: int) -> Value:
    if meaning.month and meaning.day and not meaning.bc:
        date(year, meaning.month, meaning.day)
    return Value(
        bc=meaning.bc,
        year=f"{year:04d}",
        month=f"{meaning.month:02d}" if meaning.month else None,
        day=f"{meaning.day:02d}" if meaning.month and meaning.day else None,
        quarter=str(meaning.quarter) if meaning.quarter else None,
        half=str(meaning.half) if meaning.half else None,
        season=meaning.season,
    )


def _start(meaning: Meaning) -> int:
    if meaning.quarter:
        return meaning.quarter * 3 - 2
    if meaning.half:
        return meaning.half * 6 - 5
    return meaning.month or (SEASONS[meaning.season][0] if meaning.season else 1)


def _yearless(meaning: Meaning, direction: str | None, context: Context) -> Resolved:
    last = context.last
    if meaning.word == "list" and meaning.month is None:
        if last is None or not last.month or not last.month.isdigit() or last.bc:
            return Resolved("DATE", None, meaning.mod)
        both = replace(meaning, month=int(last.month))
        return typed(_parts(both, int(str(last.year))), both, context.last_id, direction)
    if context.narrative and last is not None and last.bc:
        return typed(
            replace(_parts(replace(meaning, bc=True), int(str(last.year)))),
            meaning,
            context.last_id,
            None,
        )
    base, source = base_of(meaning, context)
    if base is None:
        way = None if direction in MOSTLY else direction
        return typed(replace(_parts(meaning, 0), year="XXXX"), meaning, None, way)
    if (
        source == "text"
        and last is not None
        and not (last.month or last.week or last.season or last.quarter)
    ):
        way = None if direction in MOSTLY else direction
        return typed(_parts(meaning, base.year), meaning, context.last_id, way)
    options = _options(meaning, base)
    if source is None and meaning.quarter:
        direction = "past"
    found = choose(options, base, direction, source, fine=meaning.day is not None)
    if source is None and (direction is None or direction in MOSTLY):
        direction = "past" if found < base else "future"
    value = _week(meaning, _parts(meaning, found.year))
    return typed(value, meaning, anchor_of(context, source), direction)


def _options(meaning: Meaning, base: date) -> list[date]:
    month, options = _start(meaning), []
    for year in range(base.year - 4, base.year + 5):
        last = monthrange(year, month)[1]
        if meaning.day and meaning.day > last:
            continue
        day = meaning.day or min(base.day if month == base.month else 1, last)
        options.append(date(year, month, day))
    near = [o for o in options if abs(o.year - base.year) <= 1]
    if meaning.weekday and meaning.day:
        fitting = [o for o in options if o.isoweekday() == meaning.weekday]
        near = fitting or near
    if not (near or options):
        raise ValueError("no such day")
    return near or options


def _unit_word(meaning: Meaning, direction: str | None, context: Context) -> Resolved:
    if meaning.unit == "Q" and context.quarter is not None:
        return typed(context.quarter, meaning, context.last_id, "same")
    if meaning.unit == "Q":
        return _shift(replace(meaning, shift=-1), direction, context)
    if meaning.unit == "WE" and not context.narrative:
        base = context.published
        if base is not None:
            week = base if base.isoweekday() >= 6 or direction == "future" else base - timedelta(7)
            return typed(unit_value(week, "WE"), meaning, "published", direction)
    return _shift(meaning, direction, context)


RESOLVERS = {
    "night": _night,
    "from": _from,
    "month_day": _month_day,
    "turn": _turn,
    "shift": _shift,
    "day": _day,
    "context_day": _context_day,
    "weekday": _weekday,
    "named": _named,
    "ago": _ago,
    "holiday": resolve_holiday,
    "date": _date,
    "unit": _unit_word,
}
