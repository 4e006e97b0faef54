"""How an expression limits what it dates, and the stretch of time it covers."""

from __future__ import annotations

from datetime import date, timedelta

from dateline.records import Interval
from dateline.times.anchors import Context, Resolved, day_of, move, unit_value
from dateline.times.meaning import Mention
from dateline.times.values import Value, days_between, interval_of, parse_value, print_value

BOUNDS = {
    "by": "by",
    "until": "until",
    "till": "until",
    "since": "since",
    "after": "after",
    "before": "before",
    "within": "within",
    "for": "for",
    "through": "until",
    "from": "since",
}
UNITS = frozenset({"Y", "M", "W", "D", "Q", "DE", "CE", "L"})


def bound_of(mention: Mention) -> str | None:
    """Return the bound that the words before an expression set."""
    before = [w for w in mention.before if w not in ("the", "at", "of", "least")]
    words = list(mention.before)
    if words[-3:] == ["no", "later", "than"] or words[-2:] == ["later", "than"]:
        return "by"
    if words[-3:] == ["not", "earlier", "than"]:
        return "since"
    if words[-3:] == ["on", "or", "before"]:
        return "by"
    if words[-3:] == ["on", "or", "after"]:
        return "since"
    if words[-2:] == ["as", "of"]:
        return "since"
    if words[-2:] == ["prior", "to"]:
        return "before"
    found = BOUNDS.get(before[-1]) if before else None
    dated = mention.meaning.kind not in ("duration", "set")
    if found == "for" and dated:
        return None
    if found in ("by", "until", "since") and not dated:
        return None
    if before[-1:] == ["from"] and mention.meaning.kind == "ago":
        return None
    return found


def covered(
    mention: Mention, found: Resolved, bound: str | None, context: Context
) -> Interval | None:
    """Return the half-open interval an expression denotes, open where its bound leaves it open."""
    if found.value is None or found.type == "SET":
        return None
    if found.type == "DURATION":
        return _stretch(mention, found, bound, context)
    interval = found.interval or interval_of(found.value)
    if interval is not None and mention.meaning.kind == "ago":
        interval = _at_least_or_most(interval, mention, found, context)
        if interval.start is None:
            return interval
    if interval is None or bound is None:
        return interval
    if bound == "before" and found.mod == "END":
        return _bounded(interval, "by")  # the end of a period is all that is known of its last part
    return _bounded(interval, bound)


def _at_least_or_most(
    interval: Interval, mention: Mention, found: Resolved, context: Context
) -> Interval:
    """Open "more than 18 years ago" to the past, and end "less than a week ago" with the report."""
    if found.mod in ("MORE_THAN", "EQUAL_OR_MORE"):
        return Interval(start=None, end=interval.end, granularity=interval.granularity)
    below = found.mod == "EQUAL_OR_LESS" or (found.mod == "LESS_THAN" and mention.meaning.capped)
    past = mention.meaning.freq == "-" and found.anchor == "published"
    if not (below and past) or context.published in (None, date.max):
        return interval
    end = (context.published + timedelta(1)).isoformat()
    return Interval(start=interval.start, end=end, granularity=interval.granularity)


def _bounded(interval: Interval, bound: str) -> Interval:
    if bound in ("by", "until"):
        return Interval(start=None, end=interval.end, granularity=interval.granularity)
    if bound == "before":
        return Interval(start=None, end=interval.start, granularity=interval.granularity)
    if bound == "since":
        return Interval(start=interval.start, end=None, granularity=interval.granularity)
    if bound == "after":
        return Interval(start=interval.end, end=None, granularity=interval.granularity)
    return interval


COUNTED_FROM = frozenset({"of", "after", "from", "following", "before"})
"""Words after "within 30 days" that count it from something else than the report."""


def _stretch(
    mention: Mention, found: Resolved, bound: str | None, context: Context
) -> Interval | None:
    """Return the stretch of "the past two weeks" and "within 90 days", counted from the report.

    The day of the report does not count and the last day does, as in law: "within 30 days" said on
    the 2nd of November ends with the 2nd of December. "In two weeks" of what is to come is the week
    then. The past 24 hours of a report may lie on its own day and the day before.
    """
    ahead = bound is None and found.direction == "future" and mention.before[-1:] == ("in",)
    within = bound == "within" and (context.narrative or found.direction != "past")
    shift = mention.meaning.shift or (1 if within or ahead else 0)
    base = context.published if not context.narrative else day_of(context.last)
    counted = _days_of_hours(parse_value(str(found.value)))
    if not shift or mention.meaning.vague or base is None or counted is None:
        return None
    if (
        within
        and not mention.meaning.shift
        and mention.after[:1]
        and mention.after[0] in COUNTED_FROM
    ):
        return None
    number, unit, hours = counted
    try:
        other = move(base, shift * number, unit)
        if ahead and not mention.meaning.shift:
            return None if hours else interval_of(print_value(unit_value(other, unit)))
        if shift > 0:
            return days_between(base, other + timedelta(1))
        return days_between(other, base + timedelta(int(hours)))
    except (ValueError, OverflowError):
        return None


def _days_of_hours(length: Value) -> tuple[int, str, bool] | None:
    """Return number and unit of a length, hours as the days they may reach into, and whether it was hours."""
    if not length.number or not length.number.isdigit():
        return None
    number, unit = int(length.number), length.unit or ""
    if length.clock_unit and unit == "H":
        return -(-number // 24), "D", True
    return (number, unit, False) if unit in UNITS and not length.clock_unit else None
