"""What to look at next: the events that a coder has not judged, and why each comes where it does."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from dateline.archive import Archive
from dateline.archive.judging_tables import judgements
from dateline.archive.tables import layers, reports

ORDERS = ("uncertainty", "value")
GRAVE = 10
"""People dead or injured from which an event is looked at early."""
JUDGED = ("accept", "reject", "correct", "merge", "split")


@dataclass(frozen=True, slots=True)
class Item:
    """An event to look at."""

    report: str
    event: str
    why: str
    """What put it here."""
    row: dict[str, Any]
    """Its flat row, as ``dateline.exporting.rows`` has it."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a review has come."""

    events: int
    done: int
    """Events that anybody judged."""
    by_coder: dict[str, int]
    """Events that each coder judged."""


def queue(
    archive: Archive, coder: str, *, order: str = "uncertainty", limit: int = 50
) -> list[Item]:
    """Return the next events for a coder, in the same order every time.

    By ``uncertainty`` the confidence nearest to one half comes first; by ``value`` events with many
    victims, then the main events of reports, then the surest of the rest.

    Raises:
        ValueError: there is no such order.
    """
    if order not in ORDERS:
        raise ValueError(f"there is no order {order!r}; the orders are {', '.join(ORDERS)}")
    events = layers["events"]
    victims = sa.func.coalesce(events.c.dead_best, 0) + sa.func.coalesce(events.c.injured_best, 0)
    if order == "uncertainty":
        by: list[sa.ColumnElement[Any]] = [sa.func.abs(events.c.confidence - 0.5)]
    else:
        grave = sa.case((victims >= GRAVE, victims), else_=0)
        by = [grave.desc(), events.c.main.desc(), events.c.confidence.desc()]
    query = (
        sa.select(events, reports.c.id.label("report_id"))
        .join(reports, reports.c.key == events.c.report)
        .where(~_judged(events, coder))
        .order_by(*by, reports.c.id, events.c.id)
        .limit(limit)
    )
    with archive.engine.connect() as connection:
        rows = [dict(row) for row in connection.execute(query).mappings()]
    return [Item(row["report_id"], row["id"], _why(row, order), row) for row in rows]


def progress(archive: Archive) -> Progress:
    """Return how many events there are, how many are judged, and by whom."""
    events = layers["events"]
    with archive.engine.connect() as connection:
        number = connection.scalar(sa.select(sa.func.count()).select_from(events)) or 0
    seen: dict[str, set[tuple[str, str]]] = {}
    for one in archive.judgements(layer="events"):
        if one.action in JUDGED:
            seen.setdefault(one.coder, set()).add((one.report, one.record))
    counts = Counter({coder: len(found) for coder, found in sorted(seen.items())})
    return Progress(number, len(set().union(*seen.values())), dict(counts))


def _judged(events: sa.Table, coder: str) -> sa.ColumnElement[bool]:
    gone = judgements.alias()
    return sa.exists().where(
        judgements.c.report == reports.c.id,
        judgements.c.record == events.c.id,
        judgements.c.layer == "events",
        judgements.c.coder == coder,
        judgements.c.action.in_(JUDGED),
        judgements.c.undoes.is_(None),
        ~sa.exists().where(gone.c.undoes == judgements.c.number),
    )


def _why(row: dict[str, Any], order: str) -> str:
    victims = (row["dead_best"] or 0) + (row["injured_best"] or 0)
    if order == "uncertainty":
        return f"confidence {row['confidence']:.2f}"
    if victims >= GRAVE:
        return f"{victims:,.0f} dead or injured"
    return "main event of its report" if row["main"] else f"confidence {row['confidence']:.2f}"
