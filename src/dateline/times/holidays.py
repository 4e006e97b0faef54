"""The days of named holidays."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta


def holiday_day(spec: str, year: int) -> date:
    """Return the day of a holiday of ``words.yaml`` in a year."""
    if spec.startswith("E"):
        return easter(year) + timedelta(int(spec[1:]))
    days, _, nth = spec.partition("#")
    month, day = (int(part) for part in days.split("-"))
    if not nth:
        return date(year, month, day)
    length = monthrange(year, month)[1]
    matching = [
        d
        for d in range(1, length + 1)
        if date(year, month, d).weekday() == (0 if day == 1 else 3 if day == 4 else 6)
    ]
    return date(year, month, matching[int(nth) - (1 if int(nth) > 0 else 0)])


def easter(year: int) -> date:
    """Return Easter Sunday of the Gregorian calendar (the anonymous computus of 1876)."""
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return date(year, f // 31, f % 31 + 1)
