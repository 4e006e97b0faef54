"""Times for users of the library: one call on a text."""

from __future__ import annotations

from dateline.language.pipeline import parse as parse_report
from dateline.records import Report, TimeExpression
from dateline.times.stage import find


def parse(text: str, published: str | None = None) -> tuple[TimeExpression, ...]:
    """Return the time expressions of ``text``, resolved.

    ``published``: ISO 8601 date of publication, to the precision known.
    """
    doc = parse_report(Report(id="text", text=text, published=published))
    return tuple(find(doc)["times"])
