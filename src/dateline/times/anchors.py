"""What expressions are counted from, and the counting itself."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from dateline.records import Granularity, Interval
from dateline.times.cues import cues
from dateline.times.meaning import Meaning
from dateline.times.values import SEASONS, Value, add_months, interval_of, print_value


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
    fiscal_end: int | None = None
    """The month in which the fiscal year that the text speaks of ends."""
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
    interval: Interval | None = None
    """Where it is not that of the value."""


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


def sign_of(shift: int | None) -> str | None:
    """Return the direction of a shift."""
    return None if not shift else "past" if shift < 0 else "future"


def typed(value: Value, meaning: Meaning, anchor: str | None, direction: str | None) -> Resolved:
    """Return a date or time with the time of day and the modifier of its words.

    Raises:
        ValueError: the year has more digits than TIMEX3 writes.
    """
    if value.year is not None and len(value.year) > 4:
        raise ValueError(f"no year of four digits: {value.year}")
    if meaning.time:
        time = meaning.time
        if time == "24:00" or time.startswith("24:"):
            time = "24:00"
        value = replace(value, time=time)
    kind = "TIME" if value.time else "DATE"
    stretch = _small_hours(value) if meaning.small else None
    return Resolved(kind, print_value(value), meaning.mod, anchor, direction, interval=stretch)


def _small_hours(value: Value) -> Interval | None:
    """Return the first six hours of a day."""
    day = interval_of(print_value(replace(value, time=None)))
    if day is None or day.granularity is not Granularity.DAY:
        return None
    start, end = f"{day.start}T00:00:00", f"{day.start}T06:00:00"
    return Interval(start=start, end=end, granularity=Granularity.DAYPART)


def anchor_of(context: Context, base: str | None) -> str | None:
    """Return what was counted from, as records name it."""
    if base == "text":
        return context.last_id
    return "published" if context.published else None


def base_of(meaning: Meaning, context: Context) -> tuple[date | None, str | None]:
    """Return the day to count from and what it is."""
    from_text = meaning.word in cues().from_text or context.narrative
    if from_text:
        day = day_of(context.last)
        if day is not None:
            return day, "text"
        if context.narrative:
            return None, None
    return context.published or context.nominal, None


def is_known(context: Context, from_text: bool, unit: str) -> bool:
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


MOSTLY = {"mostly past": (2.0, 1.0), "mostly future": (1.0, 4.0)}
"""How much farther off a date seems that lies ahead, and one that lies behind."""


def choose(
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
