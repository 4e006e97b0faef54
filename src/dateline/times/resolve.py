"""What a meaning denotes, once it is known what to count from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from dateline.times.meaning import Meaning
from dateline.times.tables import words
from dateline.times.values import (
    add_months,
    shifted,
    week_of,
)

BACK = ("last", "past", "previous", "preceding")
AHEAD = ("next", "coming", "following", "subsequent", "upcoming")


@dataclass(frozen=True, slots=True)
class Anchor:
    """What relative expressions are counted from."""

    published: date | None
    previous: date | None = None
    """The date told before, for "the next day" and "three days later"."""
    year: int | None = None
    """The year, where only that is known."""


def value_of(meaning: Meaning, anchor: Anchor, direction: str | None) -> str | None:
    """Return the TIMEX3 value of a meaning; ``None`` where there is nothing to count from.

    ``direction`` (``past``, ``future``, ``same`` or ``None``) decides what a bare weekday,
    month or day of the month means.
    """
    try:
        return _value(meaning, anchor, direction)
    except (OverflowError, ValueError):
        return None


def _value(meaning: Meaning, anchor: Anchor, direction: str | None) -> str | None:
    if meaning.shape in ("explicit", "duration", "reference"):
        return meaning.value
    base = (
        anchor.previous if meaning.anchored == "previous" and anchor.previous else anchor.published
    )
    if meaning.shape == "offset":
        return _offset(meaning, base)
    if base is None:
        return _by_year(meaning, anchor)
    found = _SHAPES[meaning.shape](meaning, base, direction)
    if found and meaning.part and "T" not in found:
        found = f"{found}T{meaning.part}"
    return found


def _by_year(meaning: Meaning, anchor: Anchor) -> str | None:
    """Use the year alone: "July 26" in a report of 2021."""
    if anchor.year is None:
        return None
    if meaning.shape == "monthday":
        return f"{anchor.year:04}-{meaning.value}"
    if (
        meaning.shape == "month"
        and meaning.rel in ("", "this")
        and meaning.year in ("", "this year")
    ):
        return f"{anchor.year:04}-{int(meaning.number or 0):02}"
    if meaning.shape == "unit" and meaning.unit == "year":
        step = -1 if meaning.rel in BACK else 1 if meaning.rel in AHEAD else 0
        return f"{anchor.year + step:04}"
    return None


def _offset(meaning: Meaning, base: date | None) -> str | None:
    if meaning.number is None:
        return "PAST_REF" if meaning.rel == "past" else "FUTURE_REF"
    if base is None:
        return None
    if meaning.unit in ("second", "minute", "hour"):
        return base.isoformat()
    unit = {"night": "day", "weekend": "week"}.get(meaning.unit, meaning.unit)
    if meaning.number != int(meaning.number):
        months = {"year": 12, "decade": 120}.get(unit)
        if months is None:
            return None
        return add_months(base, int(meaning.number * months)).isoformat()[:7]
    if unit == "week":
        return (base + timedelta(weeks=int(meaning.number))).isoformat()
    return shifted(base, meaning.number, unit)


def _weekday(meaning: Meaning, base: date, direction: str | None) -> str | None:
    number = int(meaning.number or 0)
    if meaning.rel.startswith("week:"):
        step = {"last": -7, "this": 0, "next": 7}[meaning.rel[5:]]
        return (base - timedelta(base.weekday()) + timedelta(number + step)).isoformat()
    behind = (base.weekday() - number) % 7
    ahead = (number - base.weekday()) % 7
    if meaning.rel in BACK:
        return (base - timedelta(behind or 7)).isoformat()
    if meaning.rel in ("next", "coming", "following"):
        return (base + timedelta(ahead or 7)).isoformat()
    if direction == "future":
        return (base + timedelta(ahead)).isoformat()
    return (base - timedelta(behind)).isoformat()


def _monthday(meaning: Meaning, base: date, direction: str | None) -> str | None:
    month, day = map(int, (meaning.value or "1-1").split("-"))
    years = (base.year - 1, base.year, base.year + 1)
    days = [found for year in years if (found := _real(year, month, day))]
    if meaning.rel:
        days = [d for d in days if d.weekday() == int(meaning.rel)] or days
    return _nearest(days, base, direction).isoformat() if days else None


def _real(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _nearest(days: list[date], base: date, direction: str | None) -> date:
    """Return the day nearest to the report's, on the side that the tense points to.

    A day that far away the tense does not point to is still meant when the day on
    the other side is much further.
    """

    def cost(day: date) -> float:
        apart = (day - base).days
        wrong = (direction == "past" and apart > 0) or (direction == "future" and apart < 0)
        return abs(apart) * (3.0 if wrong else 1.0) + (20 if wrong else 0)

    return min(days, key=cost)


def _month(meaning: Meaning, base: date, direction: str | None) -> str | None:
    number = int(meaning.number or 1)
    if meaning.year in ("this year", "the year"):
        return f"{base.year:04}-{number:02}"
    if meaning.year in ("last year", "next year"):
        return f"{base.year + (1 if meaning.year[0] == 'n' else -1):04}-{number:02}"
    year = base.year
    if meaning.rel in BACK:
        year -= number >= base.month
    elif meaning.rel in AHEAD:
        year += number <= base.month
    elif meaning.rel != "this":
        firsts = [date(base.year + step, number, 15) for step in (-1, 0, 1)]
        year = _nearest(firsts, base.replace(day=15), direction).year
    return f"{year:04}-{number:02}"


def _season(meaning: Meaning, base: date, direction: str | None) -> str | None:
    first = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}[meaning.unit]
    year = base.year
    if meaning.year in ("last year", "next year"):
        year += 1 if meaning.year[0] == "n" else -1
    elif meaning.rel in BACK or (not meaning.rel and not meaning.year and direction == "past"):
        year -= first + 2 >= base.month if meaning.rel in BACK else first > base.month
    elif meaning.rel in AHEAD or (not meaning.rel and not meaning.year and direction == "future"):
        year += first + 2 < base.month if not meaning.rel else first <= base.month
    return f"{year:04}-{meaning.unit}"


def _quarter(meaning: Meaning, base: date, direction: str | None) -> str | None:
    number, year = int(meaning.number or 1), base.year
    current = (base.month - 1) // (3 if meaning.unit == "Q" else 6) + 1
    if meaning.year in ("last year", "next year"):
        year += 1 if meaning.year[0] == "n" else -1
    elif not meaning.year and direction != "future" and number > current:
        year -= 1
    elif not meaning.year and direction == "future" and number < current:
        year += 1
    return f"{year:04}-{meaning.unit}{number}"


def _today(meaning: Meaning, base: date, _: str | None) -> str | None:
    return (base + timedelta(int(meaning.number or 0))).isoformat()


def _unit(meaning: Meaning, base: date, direction: str | None) -> str | None:
    step = -1 if meaning.rel in BACK else 1 if meaning.rel in AHEAD else 0
    if meaning.unit == "weekend":
        return _weekend(meaning, base, direction)
    if meaning.unit in ("day", "night"):
        return (base + timedelta(step)).isoformat()
    return shifted(base, step, meaning.unit)


def _weekend(meaning: Meaning, base: date, direction: str | None) -> str | None:
    saturday = base - timedelta((base.weekday() - 5) % 7)
    ahead = direction == "future" or meaning.rel in (*AHEAD, "this")
    if meaning.rel not in BACK and ahead and base.weekday() < 5:
        saturday += timedelta(7)
    return f"{week_of(saturday)}-WE"


def _clock(meaning: Meaning, base: date, direction: str | None) -> str | None:
    if meaning.rel:
        found = _weekday(Meaning("DATE", "weekday", number=float(meaning.rel)), base, direction)
        return f"{found}T{meaning.value}"
    return f"{base.isoformat()}T{meaning.value}"


def _dayofmonth(meaning: Meaning, base: date, _: str | None) -> str | None:
    day = int(meaning.number or 0)
    return f"{base.isoformat()[:7]}-{day:02}" if 1 <= day <= 31 else None


def _holiday(meaning: Meaning, base: date, direction: str | None) -> str | None:
    years = [int(meaning.year)] if meaning.year else [base.year + step for step in (-1, 0, 1)]
    days = [found for year in years if (found := holiday_in(meaning.unit, year))]
    if not days:
        return None
    found = _nearest(days, base, direction)
    return found.isoformat()[:7] if meaning.unit == "ramadan" else found.isoformat()


def holiday_in(name: str, year: int) -> date | None:
    """Return the day of a holiday in a year; ``None`` where it is not known."""
    if name == "ramadan":
        begins = words().ramadan.get(year)
        return date.fromisoformat(f"{year}-{begins}") if begins else None
    rule = words().holidays[name]
    if rule[:2].isdigit():
        return date.fromisoformat(f"{year:04}-{rule}")
    if rule.startswith("easter"):
        return easter(year) + timedelta(int(rule[6:] or 0))
    month, weekday, number = {
        "thanksgiving": (11, 3, 4),
        "labor": (9, 0, 1),
        "king": (1, 0, 3),
        "memorial": (5, 0, -1),
    }[rule]
    return _nth(year, month, weekday, number)


def _nth(year: int, month: int, weekday: int, number: int) -> date:
    if number < 0:
        last = add_months(date(year, month, 1), 1) - timedelta(1)
        return last - timedelta((last.weekday() - weekday) % 7)
    first = date(year, month, 1)
    return first + timedelta((weekday - first.weekday()) % 7 + 7 * (number - 1))


def easter(year: int) -> date:
    """Return Easter Sunday of the western churches (anonymous Gregorian algorithm)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    h = (19 * a + b - d - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    i, k = divmod(c, 4)
    rest = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * rest) // 451
    month, day = divmod(h + rest - 7 * m + 114, 31)
    return date(year, month, day + 1)


_SHAPES = {
    "monthday": _monthday,
    "month": _month,
    "weekday": _weekday,
    "unit": _unit,
    "season": _season,
    "quarter": _quarter,
    "today": _today,
    "clock": _clock,
    "holiday": _holiday,
    "dayofmonth": _dayofmonth,
}
