"""How an expression limits what it dates: by, until, since, after, before, within, for."""

from __future__ import annotations

import re
from dataclasses import replace

from dateline.records import Granularity, Interval

BEFORE = re.compile(
    r"(?:^|\W)(?P<word>no\s+later\s+than|not\s+later\s+than|ahead\s+of|prior\s+to|by|until|till|through|since|from|after|"
    r"following|before|within|for|as\s+of|starting|beginning|over|during|in)(?:\s+the)?\s*$",
    re.IGNORECASE,
)
BOUNDS = {
    "no later than": "by", "not later than": "by", "by": "by", "until": "until", "till": "until",
    "through": "until", "since": "since", "from": "since", "as of": "since", "starting": "since",
    "beginning": "since", "after": "after", "following": "after", "before": "before",
    "prior to": "before", "ahead of": "before", "within": "within", "for": "for",
}  # fmt: skip
MODS = {
    "by": "ON_OR_BEFORE",
    "until": "ON_OR_BEFORE",
    "since": "ON_OR_AFTER",
    "after": "AFTER",
    "before": "BEFORE",
}


def bound_before(text: str) -> str | None:
    """Return the bound that the words before an expression set; ``None`` where they set none."""
    match = BEFORE.search(text[-24:])
    if match is None:
        return None
    return BOUNDS.get(re.sub(r"\s+", " ", match["word"].lower()))


def bounded(interval: Interval, bound: str | None, mod: str | None) -> Interval:
    """Return the interval that an expression with a bound or modifier leaves open."""
    if mod == "MORE_THAN":
        return replace(interval, start=None, granularity=Granularity.OPEN)
    if bound in ("by", "until"):
        return replace(interval, start=None)
    if bound == "since":
        return replace(interval, end=None)
    if bound == "after":
        return Interval(start=interval.end, end=None, granularity=interval.granularity)
    if bound == "before":
        return Interval(start=None, end=interval.start, granularity=interval.granularity)
    return interval
