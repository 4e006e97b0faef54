"""The days of named holidays: fixed, counted in a month, counted from Easter, or from a table.

Movable feasts of other calendars come from ``feasts.tsv`` (``tools/build_feasts.py``).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from dateline.times.anchors import (
    Context,
    Resolved,
    anchor_of,
    base_of,
    choose,
    sign_of,
    typed,
    unit_value,
)
from dateline.times.meaning import Meaning
from dateline.times.tables import DAYS, feasts
from dateline.times.values import days_between


def holiday_days(spec: str, year: int) -> list[date]:
    """Return the (first) days of a holiday of ``words.yaml`` in a year: none, one or two."""
    match = DAYS.fullmatch(spec)
    assert match is not None
    add = timedelta(int(match["offset"] or 0))
    if match["easter"]:
        return [easter(year) + timedelta(int(match["easter"])) + add]
    if match["feast"]:
        return [day + add for day in feasts()[match["feast"]].get(year, ())]
    if match["fixed"]:
        month, day = (int(part) for part in match["fixed"].split("-"))
        return [date(year, month, day) + add]
    return [nth_weekday(year, int(match["month"]), int(match["day"]), int(match["nth"])) + add]


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date:
    """Return the nth weekday (1 is Monday) of a month; the last for -1."""
    first = date(year, month, 1)
    found = [
        day
        for day in (first + timedelta(n) for n in range(31))
        if day.month == month and day.isoweekday() == weekday
    ]
    return found[nth - (nth > 0)]


def last_day(spec: str, first: date) -> date | None:
    """Return the last day of a holiday that lasts more than one, else ``None``."""
    length = DAYS.fullmatch(spec)["length"]  # type: ignore[index]
    if length is None:
        return None
    if length.isdigit():
        return first + timedelta(int(length) - 1)
    ends = [d for year in (first.year, first.year + 1) for d in feasts()[length].get(year, ())]
    after = [day for day in ends if day > first]
    return min(after) - timedelta(1) if after else None


def easter(year: int) -> date:
    """Return Easter Sunday of the Gregorian calendar (the anonymous computus of 1876)."""
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return date(year, f // 31, f % 31 + 1)


def _nearest(spec: str, options: list[date], base: date, meaning: Meaning) -> date | None:
    """Return the holiday that goes on or is at most two weeks off, whatever the tense."""
    if meaning.shift:
        return None
    now = [day for day in options if day <= base <= (last_day(spec, day) or day)]
    near = [day for day in options if abs((day - base).days) <= 14]
    return min(now or near, key=lambda day: abs((day - base).days), default=None)


def resolve_holiday(meaning: Meaning, direction: str | None, context: Context) -> Resolved:
    """Resolve a named holiday; one of several days gets the interval of all of them.

    Ramadan gets the month it begins in as its value, marked as an approximation: TIMEX3 has
    no lunar month.
    """
    base, source = base_of(meaning, context)
    spec = str(meaning.holiday)
    year = meaning.year or (base.year if base else None)
    if year is None:
        return Resolved("DATE", None, meaning.mod)
    years = (year,) if meaning.year else (year - 1, year, year + 1)
    options = [day for y in years for day in holiday_days(spec, y)]
    if meaning.shift and base is not None:
        direction = sign_of(meaning.shift)
        options = [day for day in options if day != base] or options
    if not options:
        return Resolved("DATE", None, meaning.mod)
    found = options[0]
    if base is not None:
        near = _nearest(spec, options, base, meaning)
        found = near or choose(options, base, direction, source)
    anchor = None if meaning.year else anchor_of(context, source)
    if meaning.unit:
        return typed(unit_value(found, meaning.unit), meaning, anchor, direction)
    last = last_day(spec, found)
    if last is None:
        return typed(unit_value(found, "D"), meaning, anchor, direction)
    month = (last - found).days > 20
    lunar = replace(meaning, mod="APPROX") if month else meaning
    out = typed(unit_value(found, "M" if month else "D"), lunar, anchor, direction)
    return replace(out, interval=days_between(found, last + timedelta(1)))
