"""Time expressions of a report by sentence, and days that exist."""

from __future__ import annotations

from datetime import date

from dateline.language import notes, tokens_at
from dateline.records import TimeExpression
from dateline.statements.view import View

TIMES = "dateline_times_by_sentence"
"""Where a ``Doc`` keeps its time expressions by sentence."""


def times_of(view: View) -> dict[int, list[tuple[int, int, TimeExpression]]]:
    """Return the time expressions of a report with their tokens, by sentence, found once."""
    known: dict[int, list[tuple[int, int, TimeExpression]]] | None = view.doc.user_data.get(TIMES)
    if known is None:
        known = view.doc.user_data[TIMES] = {}
        for time in notes(view.doc).times:
            tokens = tokens_at(view.doc, time.span)
            if tokens is not None:
                found = (tokens.start, tokens.end, time)
                known.setdefault(view.sent[tokens.start], []).append(found)
    return known


def clipped(year: int, month: int, day: int) -> date:
    """Return a day; the last of its month where the month is shorter."""
    for last in (day, 30, 29, 28):
        try:
            return date(year, month, last)
        except ValueError:
            continue
    return date(year, month, 28)
