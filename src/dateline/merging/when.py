"""Times of two events against each other, each with what it is known to."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from functools import lru_cache

from dateline.merging.views import EventView
from dateline.records import DateBasis, Granularity, Interval

FINE = frozenset({
    Granularity.SECOND, Granularity.MINUTE, Granularity.HOUR, Granularity.DAYPART, Granularity.DAY,
})  # fmt: skip
"""Known to the day or better."""
NEAR = 3
"""Days by which a date that only the day of publication gives may be off."""
CLOSE = 1
"""Days by which two dates from the text may differ: time zones, nights."""


class Times(StrEnum):
    """How the times of two events stand to each other."""

    SAME_DAY = "same_day"
    """Both from the text, known to the day, and they overlap."""
    OVERLAP = "overlap"
    """They overlap, at the coarser granularity or after what is unsure about them."""
    NEAR = "near"
    APART = "apart"
    OPEN = "open"
    """One of them has none."""


def compare(first: EventView, second: EventView) -> tuple[Times, str]:
    """Return how the times of two events stand, and the comparison in words."""
    one, two = days(first.interval), days(second.interval)
    if first.interval is None or second.interval is None or one is None or two is None:
        return Times.OPEN, ""
    detail = f"{said(first.interval)} | {said(second.interval)}"
    gap = max(one[0], two[0]) - min(one[1], two[1])
    told = {first.time_basis, second.time_basis} == {DateBasis.TEXT}
    fine = {first.interval.granularity, second.interval.granularity} <= FINE
    if gap < 0:
        return (Times.SAME_DAY if told and fine else Times.OVERLAP), detail
    if gap < (CLOSE if told else NEAR):
        return Times.NEAR, detail
    return Times.APART, detail


def days(interval: Interval | None) -> tuple[int, int] | None:
    """Return the first day of an interval and the first day after it, as ordinals.

    ``None`` where a side is open.
    """
    if interval is None or interval.start is None or interval.end is None:
        return None
    start, end = day(interval.start), day(interval.end)
    if start is None or end is None:
        return None
    midnight = len(interval.end) <= 10 or interval.end[10:].strip("T0:.Z+-") == ""
    return start, max(end if midnight else end + 1, start + 1)


@lru_cache(maxsize=100_000)
def day(text: str) -> int | None:
    """Return the day of an ISO date or its first day; ``None`` where it is no date."""
    parts = text[:10].split("-")
    try:
        year, month, number = (int(part) for part in [*parts, "1", "1"][:3])
        return date(year, month, number).toordinal()
    except ValueError:
        return None


def said(interval: Interval) -> str:
    """Return an interval in words: as fine as it is known, with its end where it has a length."""
    start, end = interval.start or "…", interval.end or "…"
    if interval.granularity is Granularity.YEAR:
        return start[:4]
    if interval.granularity is Granularity.MONTH:
        return start[:7]
    both = days(interval)
    if interval.granularity in FINE and both and both[1] - both[0] == 1:
        return start if interval.granularity is not Granularity.DAY else start[:10]
    return f"{start}/{end}"
