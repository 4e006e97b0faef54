"""What to look at next: the events that a coder has not judged, and why each comes where it does."""

from __future__ import annotations

import contextlib
from collections import Counter
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from dateline.archive import Archive
from dateline.archive.judging_tables import judgements
from dateline.archive.quick import quick
from dateline.archive.tables import facts, layers, reports

ORDERS = ("uncertainty", "value")
LEAD = 100
"""Characters of a report that stand for a title that is not there."""
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
    archive: Archive,
    coder: str,
    *,
    order: str = "uncertainty",
    limit: int = 50,
    connection: sa.Connection | None = None,
) -> list[Item]:
    """Return the next events for a coder, in the same order every time.

    ``connection``: one to the archive that is open already.

    By ``uncertainty`` the confidence nearest to one half comes first; by ``value`` events with many
    victims, then the main events of reports, then the surest of the rest.

    Raises:
        ValueError: there is no such order.
    """
    if order not in ORDERS:
        raise ValueError(f"there is no order {order!r}; the orders are {', '.join(ORDERS)}")
    events = layers["events"]
    same = sa.and_(facts.c.report == events.c.report, facts.c.id == events.c.id)
    victims = sa.func.coalesce(events.c.dead_best, 0) + sa.func.coalesce(events.c.injured_best, 0)
    if order == "uncertainty":
        by: list[sa.ColumnElement[Any]] = [sa.func.abs(facts.c.confidence - 0.5)]
    else:
        grave = sa.case((victims >= GRAVE, victims), else_=0)
        by = [grave.desc(), facts.c.main.desc(), facts.c.confidence.desc()]
    keys = (
        sa.select(facts.c.report, facts.c.id)
        .join(reports, reports.c.key == facts.c.report)
        .where(~_judged(facts, coder))
        .order_by(*by, reports.c.id, facts.c.id)
        .limit(limit)
    )
    if order == "value":
        keys = keys.join_from(facts, events, same)
    with contextlib.ExitStack() as stack:
        if connection is None:
            connection = stack.enter_context(archive.engine.connect())
        if order == "uncertainty":
            keys = keys.where(by[0] <= _farthest(connection, by[0], coder, limit))
        wanted = [(row.report, row.id) for row in quick(connection).execute(keys)]
        title = sa.func.coalesce(reports.c.title, sa.func.substr(reports.c.text, 1, LEAD))
        query = (
            sa.select(events, reports.c.id.label("report_id"), title.label("report_title"))
            .join(reports, reports.c.key == events.c.report)
            .where(sa.tuple_(events.c.report, events.c.id).in_(wanted))
        )
        found = {
            (row["report"], row["id"]): dict(row) for row in connection.execute(query).mappings()
        }
    rows = [found[key] for key in wanted if key in found]
    return [Item(row["report_id"], row["id"], _why(row, order), row) for row in rows]


def _farthest(
    connection: sa.Connection, distance: sa.ColumnElement[Any], coder: str, limit: int
) -> float:
    """Return a distance within which the next events of a coder lie, so that few have to be sorted whole.

    Of as many events as are wanted and judged together, the nearest first, enough are not judged.
    """
    judged = sa.select(sa.func.count()).select_from(judgements)
    done = connection.scalar(judged.where(judgements.c.coder == coder)) or 0
    nearest = sa.select(distance).select_from(facts).order_by(distance).limit(limit + done)
    return max((row[0] for row in quick(connection).execute(nearest)), default=0.0)


def progress(archive: Archive, connection: sa.Connection | None = None) -> Progress:
    """Return how many events there are, how many are judged, and by whom.

    ``connection``: one to the archive that is open already.
    """
    with contextlib.ExitStack() as stack:
        if connection is None:
            connection = stack.enter_context(archive.engine.connect())
        counted = sa.select(sa.func.count()).select_from(facts)
        number = quick(connection).scalar(counted) or 0
    seen: dict[str, set[tuple[str, str]]] = {}
    for one in archive.judgements(layer="events"):
        if one.action in JUDGED:
            seen.setdefault(one.coder, set()).add((one.report, one.record))
    counts = Counter({coder: len(found) for coder, found in sorted(seen.items())})
    return Progress(number, len(set().union(*seen.values())), dict(counts))


def _judged(events: sa.FromClause, coder: str) -> sa.ColumnElement[bool]:
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
