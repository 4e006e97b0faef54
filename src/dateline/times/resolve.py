"""From what the words mean to a TIMEX3 value: counted from the publication date or the text's own.

A report counts from its publication date; a narrative (history, a chronicle)
from the date last named. Words such as "that", "the same" and "later" count
from the date last named in both.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from dateline.times.holidays import holiday_day
from dateline.times.meaning import Meaning
from dateline.times.tables import tables
from dateline.times.values import SEASONS, Value, add_months, parse_value, print_value

TEXT_WORDS = frozenset(
    {
        "that",
        "same",
        "those",
        "these",
        "following",
        "previous",
        "preceding",
        "subsequent",
        "ensuing",
        "later",
        "earlier",
        "prior",
    }
)
"""Words that count from the date last named in the text."""
NEAR_WORDS = frozenset({"this", "current", "the"})


@dataclass(slots=True)
class Context:
    """What expressions are counted from, at one point of the text."""

    published: date | None
    narrative: bool = False
    last: Value | None = None
    """The date last named."""
    last_id: str | None = None
    quarter: Value | None = None
    """The quarter whose results the text tells."""
    months: bool = False
    """Since that quarter the text has gone on to results of several months or a year."""
    nominal: date | None = None
    """A date inside the inferred interval, where there is no publication date."""
    known: int = 3
    """How far the publication date is known: 1 year, 2 month, 3 day."""
    ids: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Resolved:
    """A TIMEX3 type and value, and what it was counted from."""

    type: str
    value: str | None
    mod: str | None = None
    anchor: str | None = None
    direction: str | None = None
    quant: str | None = None
    freq: str | None = None


def day_of(value: Value | None) -> date | None:
    """Return the first day of a date value; ``None`` where it has none in Python's calendar."""
    if value is None or value.bc or value.ref or not value.year or not value.year.isdigit():
        return None
    year = int(value.year) * 10 ** (4 - len(value.year))
    month, day = 1, 1
    try:
        if value.week and value.week.isdigit():
            return date.fromisocalendar(year, int(value.week), 1)
        if value.quarter and value.quarter.isdigit():
            month = int(value.quarter) * 3 - 2
        elif value.season:
            month = SEASONS[value.season][0]
        elif value.month and value.month.isdigit():
            month = int(value.month)
            day = int(value.day) if value.day and value.day.isdigit() else 1
        return date(year, month, day)
    except ValueError:
        return None


def resolve(meaning: Meaning, direction: str | None, context: Context) -> Resolved:
    """Resolve a meaning; ``direction`` is ``past``, ``future`` or ``None`` by tense and cue words."""
    if meaning.kind == "duration":
        return Resolved("DURATION", meaning.value, meaning.mod, direction=_sign(meaning.shift))
    if meaning.kind == "set":
        return Resolved("SET", meaning.value, meaning.mod, quant=meaning.quant)
    if meaning.kind == "ref":
        return Resolved("DATE", meaning.value, meaning.mod, _anchor(context, None))
    if meaning.value is not None:
        return _typed(parse_value(meaning.value), meaning, None, None)
    try:
        return RESOLVERS[meaning.kind](meaning, direction, context)
    except (ValueError, OverflowError):
        return Resolved("DATE", None, meaning.mod)


def _sign(shift: int | None) -> str | None:
    return None if not shift else "past" if shift < 0 else "future"


def _typed(value: Value, meaning: Meaning, anchor: str | None, direction: str | None) -> Resolved:
    if meaning.time:
        time = meaning.time
        if time == "24:00" or time.startswith("24:"):
            time = "24:00"
        value = replace(value, time=time)
    kind = "TIME" if value.time else "DATE"
    return Resolved(kind, print_value(value), meaning.mod, anchor, direction)


def _anchor(context: Context, base: str | None) -> str | None:
    if base == "text":
        return context.last_id
    return "published" if context.published else None


def _base(meaning: Meaning, context: Context) -> tuple[date | None, str | None]:
    """Return the day to count from and what it is."""
    from_text = meaning.word in TEXT_WORDS or context.narrative
    if from_text:
        day = day_of(context.last)
        if day is not None:
            return day, "text"
        if context.narrative:
            return None, None
    return context.published or context.nominal, None


def _known(context: Context, from_text: bool, unit: str) -> bool:
    """Tell whether what is counted from is known finely enough for an answer in ``unit``."""
    need = {"Y": 1, "DE": 1, "CE": 1, "L": 1, "M": 2, "Q": 2}.get(unit, 3)
    if from_text:
        last = context.last
        if last is None:
            return False
        has = (
            3
            if (last.day and last.day.isdigit()) or last.week
            else 2
            if (last.month and last.month.isdigit()) or last.quarter
            else 1
        )
        return has >= need
    return (context.known if context.published or context.nominal else 0) >= need


def unit_value(day: date, unit: str) -> Value:
    """Return the calendar unit around a day."""
    year = f"{day.year:04d}"
    if unit in ("W", "WE", "FN"):
        iso = day.isocalendar()
        return Value(
            year=f"{iso[0]:04d}", week=f"{iso[1]:02d}", wday="WE" if unit == "WE" else None
        )
    if unit == "M":
        return Value(year=year, month=f"{day.month:02d}")
    if unit == "Q":
        return Value(year=year, quarter=str((day.month + 2) // 3))
    if unit == "Y":
        return Value(year=year)
    if unit == "DE":
        return Value(year=year[:3])
    if unit in ("CE", "L"):
        return Value(year=year[:2])
    return Value(year=year, month=f"{day.month:02d}", day=f"{day.day:02d}")


def move(day: date, count: int, unit: str) -> date:
    """Return the day ``count`` units from ``day``; the day of the month is kept where it exists."""
    if unit in ("D", "W", "WE", "FN"):
        return day + timedelta(days=count * {"D": 1, "W": 7, "WE": 7, "FN": 14}[unit])
    if unit in ("S", "MIN", "H"):
        return day + timedelta(seconds=count * {"S": 1, "MIN": 60, "H": 3600}[unit])
    months = count * {"M": 1, "Q": 3, "Y": 12, "DE": 120, "CE": 1200, "L": 12000}[unit]
    first = add_months(day, months)
    return first.replace(day=min(day.day, monthrange(first.year, first.month)[1]))


def _shift(meaning: Meaning, direction: str | None, context: Context) -> Resolved:
    unit = str(meaning.unit)
    if (ancient := _before_christ(meaning, unit, context)) is not None:
        return _typed(ancient, meaning, context.last_id, _sign(meaning.shift) or "same")
    base, source = _base(meaning, context)
    if base is None or not _known(context, source == "text", unit):
        return Resolved("DATE", None, meaning.mod)
    if meaning.word == "latest" and context.quarter is not None:
        return _typed(context.quarter, meaning, context.last_id, None)
    if source == "text" and unit in ("D",) and meaning.word in NEAR_WORDS:
        return _typed(unit_value(base, unit), meaning, context.last_id, "same")
    moved = move(
        base.replace(day=1) if unit in ("M", "Q", "Y", "DE", "CE") else base,
        meaning.shift or 0,
        unit,
    )
    return _typed(
        unit_value(moved, unit), meaning, _anchor(context, source), _sign(meaning.shift) or "same"
    )


def _before_christ(meaning: Meaning, unit: str, context: Context) -> Value | None:
    """Count years, decades and centuries from a date before Christ, which Python's dates lack.

    There is no year 0: two years after 1 BC is 2 AD.
    """
    last = context.last
    from_text = meaning.word in TEXT_WORDS or context.narrative
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
    return _typed(
        unit_value(moved, "D"), meaning, _anchor(context, source), _sign(meaning.shift) or "same"
    )


def _context_day(meaning: Meaning, direction: str | None, context: Context) -> Resolved:
    day = day_of(context.last) if context.last is not None and context.last.day else None
    source: str | None = "text"
    if day is None and not context.narrative and context.known >= 3:
        day, source = context.published, None
    if day is None:
        return Resolved("TIME", f"XXXX-XX-XXT{meaning.time}" if meaning.time else None, meaning.mod)
    moved = day + timedelta(days=meaning.shift or 0)
    return _typed(
        unit_value(moved, "D"), meaning, _anchor(context, source), _sign(meaning.shift) or "same"
    )


def _weekday(meaning: Meaning, direction: str | None, context: Context) -> Resolved:
    base, source = _base(meaning, context)
    if base is None or not _known(context, source == "text", "D"):
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
    return _typed(
        unit_value(found, "D"), meaning, _anchor(context, source), "same" if found == base else way
    )


def _named(meaning: Meaning, direction: str | None, context: Context) -> Resolved:
    base, source = _base(meaning, context)
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
    return _typed(value, meaning, _anchor(context, source), _sign(meaning.shift) or "same")


def _ago(meaning: Meaning, direction: str | None, context: Context) -> Resolved:
    unit, past = str(meaning.unit), meaning.freq == "-"
    way = "past" if past else "future"
    if meaning.vague:
        return Resolved("DATE", "PAST_REF" if past else "FUTURE_REF", meaning.mod, direction=way)
    if context.quarter is not None and unit == "Y" and meaning.shift == -1:
        base = None if context.narrative else day_of(context.quarter)
        if base is not None:
            finer = "Y" if context.months and not meaning.quarter else "Q"
            return _typed(unit_value(move(base, -12, "M"), finer), meaning, context.last_id, way)
    if (ancient := _before_christ(meaning, unit, context)) is not None:
        return _typed(ancient, meaning, context.last_id, way)
    base, source = _base(meaning, context)
    if base is None or not _known(context, source == "text", unit):
        if base is None or unit not in ("M", "W", "D", "Y"):
            return Resolved("DATE", None, meaning.mod, direction=way)
        return Resolved("DATE", None, meaning.mod, _anchor(context, source), way)
    if unit in ("S", "MIN", "H"):
        return Resolved("TIME", None, meaning.mod, direction=way)
    moved = move(base, meaning.shift or 0, unit)
    return _typed(unit_value(moved, unit), meaning, _anchor(context, source), way)


def _holiday(meaning: Meaning, direction: str | None, context: Context) -> Resolved:
    base, source = _base(meaning, context)
    year = meaning.year or (base.year if base else None)
    if year is None:
        return Resolved("DATE", None, meaning.mod)
    if meaning.holiday == "RAMADAN":
        return _ramadan(meaning, year, base, source, direction, context)
    found = holiday_day(str(meaning.holiday), year)
    if meaning.year is None and base is not None:
        options = [holiday_day(str(meaning.holiday), y) for y in (year - 1, year, year + 1)]
        if meaning.shift:
            direction = _sign(meaning.shift)
            options = [d for d in options if d != base]
        found = _choose(options, base, direction, source)
    return _typed(
        unit_value(found, "D"),
        meaning,
        None if meaning.year else _anchor(context, source),
        direction,
    )


def _ramadan(
    meaning: Meaning,
    year: int,
    base: date | None,
    source: str | None,
    direction: str | None,
    context: Context,
) -> Resolved:
    """Resolve Ramadan to the month it begins in, as an approximation: TIMEX3 has no lunar month."""
    days = tables().ramadan
    options = [
        date.fromisoformat(f"{y}-{days[y]}") for y in (year - 1, year, year + 1) if y in days
    ]
    if meaning.year is not None:
        options = [day for day in options if day.year == year]
    if not options:
        return Resolved("DATE", None, meaning.mod)
    found = options[0] if base is None else _choose(options, base, direction, source)
    anchor = None if meaning.year else _anchor(context, source)
    return _typed(unit_value(found, "M"), replace(meaning, mod="APPROX"), anchor, direction)


MOSTLY = {"mostly past": (2.0, 1.0), "mostly future": (1.0, 4.0)}
"""How much farther off a date seems that lies ahead, and one that lies behind."""


def _choose(
    options: list[date],
    base: date,
    direction: str | None,
    source: str | None,
    *,
    fine: bool = False,
) -> date:
    """Pick the year of a day or month named without one."""
    if source == "text":
        return min(options, key=lambda d: (d - base).days if d >= base else (base - d).days * 1.3)
    nearest = min(options, key=lambda d: abs((d - base).days))
    if direction in MOSTLY:
        ahead_costs, behind_costs = MOSTLY[direction]
        costs = {d: (d - base).days * (ahead_costs if d > base else -behind_costs) for d in options}
        return min(options, key=lambda d: costs[d])
    if fine and abs((nearest - base).days) <= 60:
        return nearest
    behind = [d for d in options if d <= base]
    ahead = [d for d in options if d >= base]
    if direction == "past" and behind:
        return max(behind)
    if direction == "future" and ahead:
        return min(ahead)
    return nearest


def _date(meaning: Meaning, direction: str | None, context: Context) -> Resolved:
    if meaning.short:
        return _typed(Value(year=meaning.short), meaning, None, None)
    year, anchor = meaning.year, None
    if meaning.word == "period":
        return _period(meaning, context)
    if year is None and meaning.shift is not None:
        base, source = _base(meaning, context)
        if base is None:
            return Resolved("DATE", None, meaning.mod)
        year, anchor = base.year + meaning.shift, _anchor(context, source)
    if year is None:
        return _yearless(meaning, direction, context)
    return _typed(_week(meaning, _parts(meaning, year)), meaning, anchor, None)


def _week(meaning: Meaning, value: Value) -> Value:
    """Return the week around a day where the words name that ("the week of March 1")."""
    day = day_of(value) if meaning.word == "week" else None
    return value if day is None else unit_value(day, "W")


def _period(meaning: Meaning, context: Context) -> Resolved:
    """Resolve "the 1988 quarter" and "the latest period" by the quarter the text speaks of."""
    quarter = context.quarter
    if quarter is None:
        if meaning.year is None:
            return _shift(replace(meaning, shift=-1), None, context)
        return _typed(Value(year=f"{meaning.year:04d}"), meaning, None, None)
    year = quarter.year if meaning.year is None else f"{meaning.year:04d}"
    return _typed(replace(quarter, year=year), meaning, context.last_id, None)


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
        return _typed(_parts(both, int(str(last.year))), both, context.last_id, direction)
    if context.narrative and last is not None and last.bc:
        return _typed(
            replace(_parts(replace(meaning, bc=True), int(str(last.year)))),
            meaning,
            context.last_id,
            None,
        )
    base, source = _base(meaning, context)
    if base is None:
        way = None if direction in MOSTLY else direction
        return _typed(replace(_parts(meaning, 0), year="XXXX"), meaning, None, way)
    if (
        source == "text"
        and last is not None
        and not (last.month or last.week or last.season or last.quarter)
    ):
        way = None if direction in MOSTLY else direction
        return _typed(_parts(meaning, base.year), meaning, context.last_id, way)
    options = _options(meaning, base)
    if source is None and meaning.quarter:
        direction = "past"
    found = _choose(options, base, direction, source, fine=meaning.day is not None)
    if source is None and (direction is None or direction in MOSTLY):
        direction = "past" if found < base else "future"
    value = _week(meaning, _parts(meaning, found.year))
    return _typed(value, meaning, _anchor(context, source), direction)


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
        return _typed(context.quarter, meaning, context.last_id, "same")
    if meaning.unit == "Q":
        return _shift(replace(meaning, shift=-1), direction, context)
    if meaning.unit == "WE" and not context.narrative:
        base = context.published
        if base is not None:
            week = base if base.isoweekday() >= 6 or direction == "future" else base - timedelta(7)
            return _typed(unit_value(week, "WE"), meaning, "published", direction)
    return _shift(meaning, direction, context)


RESOLVERS = {
    "shift": _shift,
    "day": _day,
    "context_day": _context_day,
    "weekday": _weekday,
    "named": _named,
    "ago": _ago,
    "holiday": _holiday,
    "date": _date,
    "unit": _unit_word,
}
