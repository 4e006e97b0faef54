"""One record of a report, with the records it refers to."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from dateline.archive.queries import events, reports
from dateline.archive.tables import facts
from dateline.archive.tables import reports as report_table

Record = dict[str, Any]


def event(connection: sa.Connection, report: str, id: str) -> Record | None:
    """Return an event with its row and all it refers to; ``None``: there is none."""
    coded = reports.coded(connection, report)
    found = _by_id(coded, "events", [id]) if coded else []
    if not found or coded is None:
        return None
    one = found[0]
    row = connection.execute(
        events.row_columns()
        .select_from(events.EVENTS)
        .join(report_table, report_table.c.key == events.EVENTS.c.report)
        .join(facts, events.same(facts, events.EVENTS))
        .where(report_table.c.id == report, events.EVENTS.c.id == id)
    ).mappings()
    claims = _by_id(coded, "statements", [one["claim"]])
    return {
        "event": one,
        "row": dict(row.one()),
        "participants": _participants(coded, [*one["actors"], *one["recipients"]]),
        "quantities": _by_id(coded, "quantities", [size["quantity"] for size in one["sizes"]]),
        "times": _by_id(coded, "times", [one["time"]]),
        "places": _by_id(coded, "places", [one["place"]]),
        "statement": claims[0] if claims else None,
        "sentence": one["sentence"],
        "why": one["why"],
        "report": reports.head(connection, report),
    }


def commitment(connection: sa.Connection, report: str, id: str) -> Record | None:
    """Return a commitment with all it refers to; ``None``: there is none."""
    coded = reports.coded(connection, report)
    found = _by_id(coded, "commitments", [id]) if coded else []
    if not found or coded is None:
        return None
    one = found[0]
    said = _by_id(coded, "statements", [one["statement"]])
    meant = _by_id(coded, "events", [one["event"]])
    return {
        "commitment": one,
        "participants": _participants(coded, [*one["holders"], *one["beneficiaries"]]),
        "times": _by_id(coded, "times", [one["time"]]),
        "statement": said[0] if said else None,
        "event": meant[0] if meant else None,
        "sentence": _sentence(coded, one["span"]),
        "why": one["why"],
        "report": reports.head(connection, report),
    }


def _by_id(coded: Record, layer: str, ids: Iterable[str | None]) -> list[Record]:
    wanted = set(ids)
    return [record for record in coded[layer] if record["id"] in wanted]


def _participants(coded: Record, ids: list[str]) -> list[Record]:
    """Return participants, and the parts of those that are compounds."""
    whole = _by_id(coded, "participants", ids)
    parts = [id for one in whole for id in one["members"]]
    return whole + [one for one in _by_id(coded, "participants", parts) if one not in whole]


def _sentence(coded: Record, span: Record) -> Record:
    """Return the sentence around a span; the span where there is none."""
    for sentence in coded["sentences"]:
        if sentence["start"] <= span["start"] < sentence["end"]:
            found: Record = sentence
            return found
    return span
