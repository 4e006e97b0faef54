"""Years and quarters of companies and states, which need not begin in January.

A report tells when one ended ("the quarter ended Sept. 30", "fiscal 2021 ended June 30"); from that
follow the bounds of the others. A fiscal year has the name of the calendar year in which it ends.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from dateline.records import Interval
from dateline.times.anchors import move
from dateline.times.meaning import Mention
from dateline.times.values import add_months, days_between, parse_value

ENDED = re.compile(
    r",?\s*(?:that|which)?\s*(?:ended|ending|ends|will end|to)\s*(?:on|in)?\s*", re.IGNORECASE
)


def months_of(mention: Mention, value: str | None) -> int | None:
    """Return how many months a quarter, a year or a count of months has."""
    meaning = mention.meaning
    if meaning.quarter or meaning.unit == "Q":
        return 3
    if meaning.kind == "unit" and meaning.unit == "Y":
        return 12
    if meaning.kind == "date" and meaning.year and not meaning.month:
        return 12
    if meaning.kind == "duration" and value:
        parts = parse_value(value)
        if parts.number and parts.number.isdigit() and not parts.clock_unit:
            return {"M": int(parts.number), "Y": 12 * int(parts.number)}.get(str(parts.unit))
    return None


def end_told(text: str, mentions: Sequence[Mention], at: int) -> Mention | None:
    """Return the day after "ended" behind a quarter or a year."""
    if at + 1 >= len(mentions):
        return None
    mention, following = mentions[at], mentions[at + 1]
    if not following.meaning.month or following.meaning.kind != "date":
        return None
    gap = text[mention.end : following.start]
    return following if ENDED.fullmatch(gap) and months_of(mention, mention.meaning.value) else None


def last_month(text: str, mentions: Sequence[Mention]) -> int | None:
    """Return the month in which the fiscal year of the report ends; ``None`` where it is not told."""
    for at, mention in enumerate(mentions):
        told, meaning = end_told(text, mentions, at), mention.meaning
        if told is None or not (meaning.fiscal or meaning.quarter or meaning.word == "fiscal"):
            continue
        month = int(told.meaning.month or 12)
        if meaning.quarter:
            return (month + 3 * (4 - meaning.quarter) - 1) % 12 + 1
        return month
    return None


def ended_on(day: date, months: int) -> Interval:
    """Return the stretch of so many months whose last day is ``day``."""
    after = day + timedelta(1)
    first = add_months(after, -months) if after.day == 1 else move(after, -months, "M")
    return days_between(first, after)


def fiscal_interval(
    year: int, quarter: int | None, month: int, published: date | None, *, named: bool
) -> Interval:
    """Return a fiscal year, or a quarter of it, where the year ends in ``month``.

    ``named``: the words name the year; else the quarter is the last one ended by ``published``.
    """
    end = add_months(date(year, month, 1), 1)
    if quarter:
        end = add_months(end, -3 * (4 - quarter))
    while quarter and not named and published and end > published:
        end = add_months(end, -12)
    while quarter and not named and published and add_months(end, 12) <= published:
        end = add_months(end, 12)
    return days_between(add_months(end, -3 if quarter else -12), end)
