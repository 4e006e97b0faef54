"""The machine against people: which fields of judged events stood."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

from dateline.archive import Archive
from dateline.reviewing.queue import JUDGED

Z = 1.959964
"""Quantile of the normal distribution for 95 %."""
FIELDS = ("type", "mode", "status", "actors", "recipients", "place", "interval")


@dataclass(frozen=True, slots=True)
class FieldScore:
    """How often a field of accepted or corrected events was right."""

    field: str
    """``event`` says how many of the judged events are events at all."""
    right: int
    judged: int
    share: float
    low: float
    high: float
    """Wilson interval, 95 %."""


def machine(archive: Archive) -> list[FieldScore]:
    """Return the precision of events and of their fields, by what people decided.

    The last standing word of anybody on an event counts; a field that nobody corrected is taken
    for right once the event is accepted or corrected.
    """
    verdicts: dict[tuple[str, str], str] = {}
    wrong: dict[tuple[str, str], set[str]] = {}
    for one in archive.judgements(layer="events"):
        unit = (one.report, one.record)
        if one.action in JUDGED[:3]:
            verdicts[unit] = one.action
        if one.action == "correct" and one.field:
            wrong.setdefault(unit, set()).add(one.field)
    kept = [unit for unit, verdict in verdicts.items() if verdict != "reject"]
    scores = [_score("event", len(kept), len(verdicts))]
    for field in FIELDS:
        right = sum(field not in wrong.get(unit, ()) for unit in kept)
        scores.append(_score(field, right, len(kept)))
    return [score for score in scores if score.judged]


def _score(field: str, right: int, judged: int) -> FieldScore:
    if not judged:
        return FieldScore(field, 0, 0, 0.0, 0.0, 1.0)
    share, n = right / judged, judged
    middle = (share + Z**2 / (2 * n)) / (1 + Z**2 / n)
    half = Z * sqrt(share * (1 - share) / n + Z**2 / (4 * n**2)) / (1 + Z**2 / n)
    return FieldScore(field, right, judged, share, max(0.0, middle - half), min(1.0, middle + half))
