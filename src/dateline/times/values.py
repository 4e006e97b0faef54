"""TIMEX3 values and the half-open intervals they denote, both ways.

A value keeps its precision: ``2021-07`` is a month and its interval a month.
Values follow the TimeML guidelines 1.2.1 (ISO 8601 with seasons, parts of the
day, quarters, decades, centuries and ``XXXX`` for what is not known).
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from dateline.records import Granularity, Interval

DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
MONTH = re.compile(r"(\d{4})-(\d{2})")
YEAR = re.compile(r"(BC)?(\d{4})")
DECADE = re.compile(r"(BC)?(\d{3})")
CENTURY = re.compile(r"(BC)?(\d{2})")
WEEK = re.compile(r"(\d{4})-W(\d{2})(-WE)?")
QUARTER = re.compile(r"(\d{4})-([QH])([1-4])")
SEASON = re.compile(r"(\d{4})-(SP|SU|FA|WI)")
TIME = re.compile(
    r"(\d{4}-\d{2}-\d{2})T(?:(\d{2})(?::(\d{2})(?::(\d{2}))?)?(?:Z|[+-]\d{2}:?\d{2})?|(MO|MI|AF|EV|NI|DT))"
)
SEASONS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
"""First month of each season of the north."""
PARTS = {
    "MO": (6, 12),
    "MI": (12, 13),
    "AF": (12, 18),
    "EV": (18, 22),
    "NI": (20, 30),
    "DT": (6, 18),
}
"""First and last hour of each part of the day; the night runs on into the next day."""


def interval(value: str) -> Interval | None:
    """Return the interval a TIMEX3 value denotes; ``None`` where it has no place in the calendar."""
    try:
        return _interval(value)
    except (ValueError, OverflowError):
        return None


def _interval(value: str) -> Interval | None:
    if match := DAY.fullmatch(value):
        day = date(*map(int, match.groups()))
        return _days(day, day + timedelta(1), Granularity.DAY)
    if match := WEEK.fullmatch(value):
        monday = date.fromisocalendar(int(match[1]), int(match[2]), 1)
        if match[3]:
            return _days(monday + timedelta(5), monday + timedelta(7), Granularity.WEEKEND)
        return _days(monday, monday + timedelta(7), Granularity.WEEK)
    if match := MONTH.fullmatch(value):
        return _months(int(match[1]), int(match[2]), 1, Granularity.MONTH)
    if match := QUARTER.fullmatch(value):
        length = 3 if match[2] == "Q" else 6
        first = 1 + length * (int(match[3]) - 1)
        unit = Granularity.QUARTER if length == 3 else Granularity.HALF
        return _months(int(match[1]), first, length, unit) if first <= 12 else None
    if match := SEASON.fullmatch(value):
        return _months(int(match[1]), SEASONS[match[2]], 3, Granularity.SEASON)
    for pattern, length, unit in (
        (YEAR, 1, Granularity.YEAR),
        (DECADE, 10, Granularity.DECADE),
        (CENTURY, 100, Granularity.CENTURY),
    ):
        if match := pattern.fullmatch(value):
            return _years(int(match[2]) * length, length, bool(match[1]), unit)
    return _time(value)


def _days(first: date, after: date, unit: Granularity) -> Interval:
    return Interval(start=first.isoformat(), end=after.isoformat(), granularity=unit)


def _months(year: int, month: int, length: int, unit: Granularity) -> Interval:
    return _days(date(year, month, 1), add_months(date(year, month, 1), length), unit)


def _years(first: int, length: int, before_christ: bool, unit: Granularity) -> Interval:
    if before_christ:
        return Interval(
            start=f"-{first + length - 2:04}-01-01" if first + length > 1 else "0000-01-01",
            end=f"-{first - 2:04}-01-01" if first > 2 else "0001-01-01",
            granularity=unit,
        )
    return Interval(start=f"{first:04}-01-01", end=f"{first + length:04}-01-01", granularity=unit)


def _time(value: str) -> Interval | None:
    match = TIME.fullmatch(value)
    if match is None:
        return None
    day = date.fromisoformat(match[1])
    if match[5]:
        first, last = PARTS[match[5]]
        return Interval(
            start=_hour(day, first), end=_hour(day, last), granularity=Granularity.DAYPART
        )
    hour, minute, second = int(match[2]), int(match[3] or 0), int(match[4] or 0)
    if hour > 24 or minute > 59 or second > 60:
        return None
    unit = Granularity.SECOND if match[4] else Granularity.MINUTE if match[3] else Granularity.HOUR
    step = {Granularity.SECOND: 1, Granularity.MINUTE: 60, Granularity.HOUR: 3600}[unit]
    begin = hour * 3600 + minute * 60 + second
    return Interval(start=_second(day, begin), end=_second(day, begin + step), granularity=unit)


def _hour(day: date, hour: int) -> str:
    return _second(day, hour * 3600)


def _second(day: date, seconds: int) -> str:
    day, rest = day + timedelta(seconds // 86400), seconds % 86400
    clock = f"{rest // 3600:02}:{rest // 60 % 60:02}" + (f":{rest % 60:02}" if rest % 60 else "")
    return f"{day.isoformat()}T{clock}"


def add_months(day: date, months: int) -> date:
    """Return ``day`` so many months on, at most the last day of that month."""
    years, month = divmod(day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(day.year + years, month + 1, min(day.day, last))
        except ValueError as error:
            if last == 28:
                raise OverflowError(str(error)) from error
    raise AssertionError


def shifted(day: date, number: float, unit: str) -> str:
    """Return the value of ``day`` moved by ``number`` units, at the unit's own precision.

    Raises:
        OverflowError: it leaves the calendar of the years 1 to 9999.
    """
    whole = int(number)
    if unit == "day":
        return (day + timedelta(whole)).isoformat()
    if unit == "week":
        return week_of(day + timedelta(weeks=whole))
    if unit == "month":
        return add_months(day, whole).isoformat()[:7]
    if unit == "quarter":
        return quarter_of(add_months(day, 3 * whole))
    years = {"year": 1, "decade": 10, "century": 100, "millennium": 1000}[unit] * whole
    year = day.year + years
    if not 1 <= year <= 9999:
        raise OverflowError(f"the year {year} is out of range")
    return f"{year:04}"[: {"year": 4, "decade": 3, "century": 2, "millennium": 1}[unit]]


def week_of(day: date) -> str:
    """Return the ISO week of a day: ``2021-W29``."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


def quarter_of(day: date) -> str:
    """Return the quarter of a day: ``2021-Q3``."""
    return f"{day.year:04}-Q{(day.month + 2) // 3}"


def duration(number: float | None, unit: str) -> str:
    """Return the TIMEX3 value of a duration: ``P18Y``, ``PT30M``, ``PXD`` for an open number."""
    letters = {
        "second": "TS", "minute": "TM", "hour": "TH", "day": "D", "week": "W", "month": "M",
        "quarter": "Q", "year": "Y", "decade": "DE", "century": "CE", "weekend": "WE", "night": "TNI",
        "millennium": "ML",
    }  # fmt: skip
    letter = letters[unit]
    time = "T" if letter.startswith("T") else ""
    count = "X" if number is None else f"{number:g}"
    return f"P{time}{count}{letter[len(time) :]}"
