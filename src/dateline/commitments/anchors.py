"""The day of an event that sets a deadline, looked up in the report: "before the election".

The report may date the event elsewhere: "the election on June 5", "voters elect
a parliament on June 5", "the truce was signed on May 1". Where all such
places agree, the deadline has a date; where they differ or none is there, it has none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from dateline.commitments.spans import clipped, times_of
from dateline.records import Granularity, Interval, TimeExpression
from dateline.statements.view import View

STEM = 5
"""Letters of a noun and a verb for the same event that are alike: "arrival", "arrive"."""
SHORT = 4
"""Letters from which one may be the beginning of the other: "sign", "signing"."""
UP_TO = frozenset({"before", "until", "till", "by", "pending", "ahead", "prior"})
AROUND = frozenset({"at", "in", "on", "during", "throughout", "for"})
COARSE = frozenset({Granularity.YEAR, Granularity.DECADE, Granularity.CENTURY})
"""Too coarse to set a deadline by."""
SUBJECTS = frozenset({"nsubj", "nsubjpass", "dobj"})
DIRECT = frozenset({"npadvmod", "tmod", "nummod", "compound", "nmod", "amod", "poss"})


def anchor_time(view: View, words: tuple[int, int]) -> TimeExpression | None:
    """Return the one time that the report gives elsewhere for the event in ``words``."""
    first = words[0]
    if [view.lower[t] for t in range(first, min(first + 3, words[1]))] == ["by", "the", "time"]:
        words = (first + 3, words[1])
    heads = [t for t in range(*words) if view.pos[t] in ("NOUN", "PROPN", "VERB")]
    names = [h for h in heads if h == _head(view, words, h)] or heads[-1:]
    found: dict[tuple[str | None, str | None], TimeExpression] = {}
    for name in names[:1]:
        stem = view.lemma[name]
        for i in range(view.n):
            if first <= i < words[1] or not _alike(view, i, stem):
                continue
            for time in _times_at(view, i):
                interval = time.interval
                if interval is not None and interval.granularity not in COARSE:
                    found.setdefault((interval.start, interval.end), time)
    return next(iter(found.values())) if len(found) == 1 else None


def _head(view: View, words: tuple[int, int], token: int) -> int:
    """Return the noun or verb of a phrase that stands highest in the parse."""
    for up in reversed(view.path(token, 6)):
        if words[0] <= up < words[1] and view.pos[up] in ("NOUN", "PROPN", "VERB"):
            return up
    return token


def _alike(view: View, i: int, lemma: str) -> bool:
    other = view.lemma[i]
    if view.pos[i] not in ("NOUN", "PROPN", "VERB"):
        return False
    short, long = sorted((other, lemma), key=len)
    if len(short) < SHORT:
        return other == lemma
    return long.startswith(short) or (len(short) >= STEM and short[:STEM] == long[:STEM])


def _times_at(view: View, i: int) -> Iterator[TimeExpression]:
    """Yield the dates that belong to a noun or verb: below it, or below the verb it is subject of."""
    up = view.head[i]
    around = view.dep[i] in SUBJECTS and view.pos[up] in ("VERB", "AUX")
    holders = {i, up} if around else {i}
    for start, end, time in times_of(view).get(view.sent[i], ()):
        if time.type != "DATE" or time.interval is None:
            continue
        root = next((t for t in range(start, end) if not start <= view.head[t] < end), start)
        ways = view.path(root, 3)[1:]
        nearest = next((w for w in ways if view.pos[w] in ("NOUN", "PROPN", "VERB", "AUX")), None)
        if nearest in holders:
            yield time


def until(interval: Interval) -> Interval:
    """Return the stretch that ends where an event begins."""
    return replace(interval, start=None, end=interval.start)


def after(interval: Interval, value: str | None) -> Interval | None:
    """Return the stretch of a duration (``P90D``) counted from an event."""
    match = re.fullmatch(r"P(\d+)([DWMY])", value or "")
    if match is None or interval.start is None or len(interval.start) < 10:
        return None
    number, unit = int(match.group(1)), match.group(2)
    base = date.fromisoformat(interval.start[:10])
    try:
        if unit in "MY":
            months = base.month - 1 + number * (12 if unit == "Y" else 1)
            last = clipped(base.year + months // 12, months % 12 + 1, base.day)
        else:
            last = base + timedelta(days=number * (7 if unit == "W" else 1))
        end = last + timedelta(days=1)
    except (ValueError, OverflowError):
        return None
    return Interval(start=base.isoformat(), end=end.isoformat(), granularity=Granularity.DAY)


def dated_by(view: View, words: tuple[int, int], time: TimeExpression) -> Interval | None:
    """Return what the words make of the event's date: up to it, or at it; after it sets none."""
    first = view.lower[words[0]]
    if time.interval is None:
        return None
    if first in UP_TO:
        return until(time.interval)
    return time.interval if first in AROUND else None
