"""TIMEX3 values: parsed, printed, and turned into half-open intervals.

``parse_value(print_value(v)) == v`` and ``print_value(parse_value(s)) == s``
for every value that dateline writes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from dateline.records import Granularity, Interval

REFS = ("PAST_REF", "PRESENT_REF", "FUTURE_REF")
SEASONS = {"SP": (3, 6), "SU": (6, 9), "FA": (9, 12), "WI": (12, 15)}
"""First month and the month after the last, meteorological; winter runs into the next year."""
DAYPARTS = {
    "MO": (5, 12),
    "MI": (11, 13),
    "AF": (12, 18),
    "EV": (18, 22),
    "NI": (20, 29),
    "DT": (6, 20),
}
"""Hours from the start of the day; night runs to five in the morning of the next."""

DATE = re.compile(
    r"(?P<bc>BC)?(?P<year>\d{4}|\d{3}|\d{2}|XXXX)"
    r"(?:-(?:W(?P<week>\d{2}|XX)(?:-(?P<wday>[1-7]|WE))?|Q(?P<quarter>[1-4X])|H(?P<half>[12X])"
    r"|(?P<season>SP|SU|FA|WI)|(?P<month>\d{2}|XX)(?:-(?P<day>\d{2}|XX))?))?"
    r"(?:T(?P<time>\d{2}(?::\d{2}(?::\d{2})?)?|MO|MI|AF|EV|NI|DT))?"
)
DURATION = re.compile(
    r"P(?:(?P<n>\d+(?:\.\d+)?|X)(?P<unit>Y|M|W|D|Q|DE|CE|L|WE|X)|T(?P<tn>\d+(?:\.\d+)?|X|\d+[HM]30)(?P<tunit>H|M|S))"
)


@dataclass(frozen=True, slots=True)
class Value:
    """A TIMEX3 value in parts; a part that is not given is ``None``, ``X`` where left open."""

    ref: str | None = None
    bc: bool = False
    year: str | None = None
    """Four digits, three for a decade, two for a century, or ``XXXX``."""
    month: str | None = None
    day: str | None = None
    week: str | None = None
    wday: str | None = None
    quarter: str | None = None
    half: str | None = None
    season: str | None = None
    time: str | None = None
    number: str | None = None
    """Of a duration, ``X`` where vague."""
    unit: str | None = None
    clock_unit: bool = False
    """The unit is one of the clock (``PT5M``), not of the calendar."""


def parse_value(text: str) -> Value:
    """Parse a TIMEX3 value.

    Raises:
        ValueError: it is not one that dateline writes.
    """
    if text in REFS:
        return Value(ref=text)
    if match := DURATION.fullmatch(text):
        clock = match["tunit"] is not None
        return Value(
            number=match["tn"] if clock else match["n"],
            unit=match["tunit"] if clock else match["unit"],
            clock_unit=clock,
        )
    match = DATE.fullmatch(text)
    if match is None:
        raise ValueError(f"not a TIMEX3 value: {text!r}")
    parts: dict[str, Any] = match.groupdict()
    era = parts.pop("bc")
    return replace(Value(**parts), bc=era is not None)


def print_value(value: Value) -> str:
    """Print a value as TIMEX3 writes it."""
    if value.ref:
        return value.ref
    if value.unit:
        return f"P{'T' if value.clock_unit else ''}{value.number}{value.unit}"
    out = ("BC" if value.bc else "") + (value.year or "XXXX")
    if value.week:
        out += f"-W{value.week}" + (f"-{value.wday}" if value.wday else "")
    for mark, part in (
        ("Q", value.quarter),
        ("H", value.half),
        ("", value.season),
        ("", value.month),
    ):
        if part:
            out += f"-{mark}{part}"
    if value.month and value.day:
        out += f"-{value.day}"
    return out + (f"T{value.time}" if value.time else "")


def interval_of(text: str) -> Interval | None:
    """Return the interval a date or time value denotes; ``None`` where it leaves a part open.

    Years before Christ have none: ISO 8601 dates of Python begin with the year 1.
    """
    value = parse_value(text)
    if value.ref or value.unit or value.bc or "X" in text.split("T")[0] or not value.year:
        return None
    try:
        return _calendar(value)
    except (ValueError, OverflowError):
        return None


interval = interval_of


def _calendar(value: Value) -> Interval:
    year = int(str(value.year))
    if len(str(value.year)) < 4:
        size, name = (
            (10, Granularity.DECADE) if len(str(value.year)) == 3 else (100, Granularity.CENTURY)
        )
        return _span(date(year * size, 1, 1), date((year + 1) * size, 1, 1), name)
    if value.week:
        return _week(value, year)
    if value.quarter:
        return _months(year, int(value.quarter) * 3 - 2, 3, Granularity.QUARTER)
    if value.half:
        return _months(year, int(value.half) * 6 - 5, 6, Granularity.HALF)
    if value.season:
        return _months(year, SEASONS[value.season][0], 3, Granularity.SEASON)
    if value.month and value.day:
        return _day(date(year, int(value.month), int(value.day)), value.time)
    if value.month:
        return _months(year, int(value.month), 1, Granularity.MONTH)
    return _months(year, 1, 12, Granularity.YEAR)


def _week(value: Value, year: int) -> Interval:
    monday = date.fromisocalendar(year, int(str(value.week)), 1)
    if value.wday == "WE":
        return _span(monday + timedelta(5), monday + timedelta(7), Granularity.WEEKEND)
    if value.wday:
        return _day(monday + timedelta(int(value.wday) - 1), value.time)
    return _span(monday, monday + timedelta(7), Granularity.WEEK)


def _months(year: int, month: int, count: int, name: Granularity) -> Interval:
    return _span(add_months(date(year, month, 1), 0), add_months(date(year, month, 1), count), name)


def add_months(day: date, count: int) -> date:
    """Return the first day of the month ``count`` months from that of ``day``."""
    total = day.year * 12 + day.month - 1 + count
    return date(total // 12, total % 12 + 1, 1)


def _day(day: date, time: str | None) -> Interval:
    if time is None:
        return _span(day, day + timedelta(1), Granularity.DAY)
    midnight = datetime(day.year, day.month, day.day)
    if time in DAYPARTS:
        first, last = DAYPARTS[time]
        return _moments(midnight, first * 3600, last * 3600, Granularity.DAYPART)
    parts = [int(part) for part in time.split(":")]
    size, name = ((3600, Granularity.HOUR), (60, Granularity.MINUTE), (1, Granularity.SECOND))[
        len(parts) - 1
    ]
    start = sum(part * unit for part, unit in zip(parts, (3600, 60, 1), strict=False))
    return _moments(midnight, start, start + size, name)


def _moments(midnight: datetime, start: int, end: int, name: Granularity) -> Interval:
    first, last = midnight + timedelta(seconds=start), midnight + timedelta(seconds=end)
    return Interval(start=first.isoformat(), end=last.isoformat(), granularity=name)


def days_between(start: date, end: date) -> Interval:
    """Return the interval of whole days from ``start`` up to, and without, ``end``."""
    return _span(start, end, Granularity.DAY)


def _span(start: date, end: date, name: Granularity) -> Interval:
    return Interval(start=start.isoformat(), end=end.isoformat(), granularity=name)
