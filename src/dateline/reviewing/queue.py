"""What to look at next: the events that a coder has not judged, and why each comes where it does."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from dateline.archive import Archive
from dateline.archive.judging_tables import judgements
from dateline.archive.queries.paging import NUMBER, keys_table, plain
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
    with contextlib.ExitStack() as stack:
        if connection is None:
            connection = stack.enter_context(archive.engine.connect())
        wanted = _next(connection, coder, order, limit)
        rows = _rows(connection, wanted)
    return [Item(row["report_id"], row["id"], _why(row, order), row) for row in rows]


def _next(connection: sa.Connection, coder: str, order: str, limit: int) -> list[tuple[int, str]]:
    """Return the keys of the first events in an order that a coder has not judged.

    Of as many as are wanted and judged together enough are not judged; those that tie with the
    last of them are sorted by report and id, the others before them whole.
    """
    done = {(r, e) for r, e in connection.execute(_done(coder))}
    by, enough = _by(order), limit + len(done)
    for chosen in _from(order):
        first = chosen.with_only_columns(*by).order_by(*(one.desc() for one in by))
        found = quick(connection).execute(first.limit(enough)).all()
        if len(found) == enough:
            break
    if not found:
        return []
    bound = [sa.literal(value, one.type) for value, one in zip(found[-1], by, strict=True)]
    keys = (
        chosen.with_only_columns(facts.c.report, reports.c.id, facts.c.id)
        .join(reports, reports.c.key == facts.c.report)
        .where(sa.tuple_(*by) >= sa.tuple_(*bound))
        .order_by(*(one.desc() for one in by), reports.c.id, facts.c.id)
        .limit(enough)
    )
    rows = quick(connection).execute(keys).all()
    return [(key, id) for key, report, id in rows if (report, id) not in done][:limit]


def _by(order: str) -> list[sa.ColumnElement[Any]]:
    """Return what puts an event first, the greater the earlier."""
    if order == "uncertainty":
        return [-sa.func.abs(facts.c.confidence - 0.5)]
    grave = sa.case((_victims() >= GRAVE, _victims()), else_=0)
    return [grave, sa.cast(facts.c.main, sa.Integer), facts.c.confidence]


def _victims() -> sa.ColumnElement[Any]:
    events = layers["events"]
    return sa.func.coalesce(events.c.dead_best, 0) + sa.func.coalesce(events.c.injured_best, 0)


def _from(order: str) -> list[sa.Select[Any]]:
    """Return statements over events: where possible over those alone that come before all others, and over all."""
    if order == "uncertainty":
        return [sa.select(facts.c.id)]
    events = layers["events"]
    same = sa.and_(facts.c.report == events.c.report, facts.c.id == events.c.id)
    every = sa.select(facts.c.id).join_from(facts, events, same)
    return [every.where(_victims() >= GRAVE), every]


def _rows(connection: sa.Connection, wanted: list[tuple[int, str]]) -> list[dict[str, Any]]:
    """Return the flat rows of events, with the report's id and title."""
    if not wanted:
        return []
    events, keys = layers["events"], keys_table((facts.c.report, facts.c.id), wanted)
    title = sa.func.coalesce(reports.c.title, sa.func.substr(reports.c.text, 1, LEAD))
    query = (
        sa.select(events, reports.c.id.label("report_id"), title.label("report_title"))
        .select_from(keys)
        .join(events, sa.and_(events.c.report == keys.c.report, events.c.id == keys.c.id))
        .join(reports, reports.c.key == events.c.report)
        .order_by(keys.c[NUMBER])
    )
    return plain(connection.execute(query))


def progress(archive: Archive, connection: sa.Connection | None = None) -> Progress:
    """Return how many events there are, how many are judged, and by whom.

    ``connection``: one to the archive that is open already.
    """
    with contextlib.ExitStack() as stack:
        if connection is None:
            connection = stack.enter_context(archive.engine.connect())
        number = quick(connection).scalar(sa.select(sa.func.count()).select_from(facts)) or 0
        done = _done().distinct().subquery()
        judged = connection.scalar(sa.select(sa.func.count()).select_from(done)) or 0
        own = _done().add_columns(judgements.c.coder).distinct().subquery()
        each = sa.select(own.c.coder, sa.func.count()).group_by(own.c.coder).order_by(own.c.coder)
        by_coder = {row[0]: row[1] for row in connection.execute(each)}
    return Progress(number, judged, by_coder)


def _done(coder: str | None = None) -> sa.Select[Any]:
    """Return a statement for report and id of the events that a coder, or anybody, judged."""
    gone = judgements.alias()
    found = sa.select(judgements.c.report, judgements.c.record).where(
        judgements.c.layer == "events",
        judgements.c.action.in_(JUDGED),
        judgements.c.undoes.is_(None),
        ~sa.exists().where(gone.c.undoes == judgements.c.number),
    )
    return found if coder is None else found.where(judgements.c.coder == coder)


def _why(row: dict[str, Any], order: str) -> str:
    victims = (row["dead_best"] or 0) + (row["injured_best"] or 0)
    if order == "uncertainty":
        return f"confidence {row['confidence']:.2f}"
    if victims >= GRAVE:
        return f"{victims:,.0f} dead or injured"
    return "main event of its report" if row["main"] else f"confidence {row['confidence']:.2f}"
