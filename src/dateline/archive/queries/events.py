"""Events by page, and how many there are of each value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import sqlalchemy as sa

from dateline.archive.queries import conditions
from dateline.archive.queries.filter import Filter, ListFilter
from dateline.archive.queries.paging import Order, Page, order, page, plain
from dateline.archive.quick import beside_of, quick
from dateline.archive.tables import event_contexts, facts, layers, parties, reports
from dateline.exporting import columns

EVENTS = layers["events"]
HEAD = {
    "report_id": reports.c.id,
    "published": facts.c.published,
    "published_basis": reports.c.published_basis,
    "publisher": reports.c.publisher,
    "url": reports.c.url,
    "dateline_version": reports.c.dateline_version,
}
SORTS = {
    "interval_start": facts.c.start,
    "interval_end": facts.c.end,
    "published": facts.c.published,
    "type": facts.c.type,
    "mode": facts.c.mode,
    "status": facts.c.status,
    "quad": facts.c.quad,
    "confidence": facts.c.confidence,
    "publisher": facts.c.publisher,
    "place_country": facts.c.country,
    "place_name": EVENTS.c.place_name,
    "actor_name": EVENTS.c.actor_name,
    "recipient_name": EVENTS.c.recipient_name,
    "dead_best": EVENTS.c.dead_best,
}
"""Fields a list of events can be sorted by."""
WIDE = {name for name, column in SORTS.items() if column.table is EVENTS}
BANDS = (0.9, 0.8, 0.7, 0.5, 0.3)
"""Least confidences that a facet offers."""
FACETS = 50
"""Values of a facet, the most frequent first."""


def selected(wanted: Filter, connection: sa.Connection) -> sa.Select[Any]:
    """Return a statement over the rows of ``facts`` that fit."""
    fitting = conditions.of_events(wanted, connection)
    return sa.select(facts.c.report, facts.c.id).where(*fitting)


def count(connection: sa.Connection, wanted: Filter) -> int:
    """Return how many events fit."""
    chosen = selected(wanted, connection).with_only_columns(sa.func.count()).select_from(facts)
    return quick(connection).scalar(chosen) or 0


def events(connection: sa.Connection, wanted: ListFilter, total: int | None = None) -> Page:
    """Return a page of events, a flat row each, as ``dateline.exporting`` names its columns."""
    chosen = ordering(wanted.sort)
    return page(
        connection,
        _joined(selected(wanted, connection), chosen),
        chosen,
        wanted.cursor,
        wanted.limit,
        lambda: count(connection, wanted) if total is None else total,
        _rows,
    )


def latest(
    connection: sa.Connection, which: sa.ColumnElement[bool], limit: int
) -> list[dict[str, Any]]:
    """Return the rows of the latest events of which a condition on ``facts`` holds."""
    keys = sa.select(facts.c.report, facts.c.id).where(which)
    return page(connection, keys, ordering(None), None, limit, lambda: 0, _rows).items


def ordering(sort: str | None) -> Order:
    """Return the order of a list of events; the latest first where nothing is said."""
    return order(sort, "-interval_start", SORTS, facts.c.report, facts.c.id)


def _joined(keys: sa.Select[Any], chosen: Order) -> sa.Select[Any]:
    if chosen.name not in WIDE:
        return keys
    return keys.join_from(facts, EVENTS, same(facts, EVENTS))


def same(one: sa.FromClause, other: sa.FromClause) -> sa.ColumnElement[bool]:
    """Return the condition that two tables speak of the same record."""
    return sa.and_(one.c.report == other.c.report, one.c.id == other.c.id)


def _rows(keys: sa.FromClause) -> sa.Select[Any]:
    return (
        row_columns()
        .select_from(keys)
        .join(EVENTS, sa.and_(EVENTS.c.report == keys.c.k1, EVENTS.c.id == keys.c.k2))
        .join(facts, same(facts, EVENTS))
        .join(reports, reports.c.key == EVENTS.c.report)
    )


def row_columns() -> sa.Select[Any]:
    """Return a statement for the columns of an event's row: those of its export, key and title."""
    named = [
        HEAD[name].label(name) if name in HEAD else EVENTS.c[name] for name in columns("events")
    ]
    key = (reports.c.id + "/" + EVENTS.c.id).label("key")
    return sa.select(*named, key, reports.c.title.label("report_title"))


def every(
    connection: sa.Connection, wanted: Filter, sort: str | None = None
) -> Iterator[dict[str, Any]]:
    """Yield the row of every event that fits, in constant memory."""
    after: str | None = None
    while True:
        step = ListFilter(
            **wanted.model_dump(exclude={"sort", "limit", "cursor"}),
            sort=sort,
            limit=500,
            cursor=after,
        )
        found = events(connection, step, total=0)
        yield from found.items
        after = found.next
        if after is None:
            return


# --------------------------------------------------------------------- facets


def facets(connection: sa.Connection, wanted: Filter) -> dict[str, list[dict[str, Any]]]:
    """Return for each facet its values with the number of events that fit, the most frequent first."""
    chosen = selected(wanted, connection).subquery("chosen")
    found = {
        name: _counts(connection, _grouped(wanted, connection, facts.c[column]))
        for name, column in (
            ("type", "type"), ("mode", "mode"), ("status", "status"), ("country", "country"),
            ("publisher", "publisher"),
        )
    }  # fmt: skip
    found["place"] = _places(connection, wanted)
    beside = None if wanted == type(wanted)() else chosen
    found["actor"] = _actors(connection, beside)
    sectors = _beside(parties.c.sector, parties.c.first_sector, beside)
    contexts = _beside(event_contexts.c.context, sa.true(), beside)
    return found | {
        "sector": _counts(connection, sectors),
        "context": _counts(connection, contexts),
        "confidence": _bands(connection, wanted),
        "year": _years(connection, wanted),
    }


def _bands(connection: sa.Connection, wanted: Filter) -> list[dict[str, Any]]:
    """Count events by the least confidence that lets them through, the highest first."""
    sums = [sa.func.sum(sa.case((facts.c.confidence >= band, 1), else_=0)) for band in BANDS]
    row = quick(connection).execute(selected(wanted, connection).with_only_columns(*sums)).one()
    return [{"value": band, "count": n or 0} for band, n in zip(BANDS, row, strict=True)]


def _years(connection: sa.Connection, wanted: Filter) -> list[dict[str, Any]]:
    """Count events by the year in which they began, the latest first."""
    year = sa.func.substr(facts.c.start, 1, 4)
    rows = quick(connection).execute(
        selected(wanted, connection)
        .with_only_columns(year, sa.func.count())
        .where(facts.c.start != "")
        .group_by(year)
        .order_by(year.desc())
        .limit(FACETS)
    )
    return [{"value": value, "count": number} for value, number in rows]


def _grouped(
    wanted: Filter, connection: sa.Connection, *by: sa.ColumnElement[Any]
) -> sa.Select[Any]:
    """Return a statement that counts the events that fit by the value of a column."""
    number = sa.func.count().label("count")
    found = selected(wanted, connection).with_only_columns(*by, number)
    return found.where(by[0].is_not(None)).group_by(*by).order_by(number.desc(), *by).limit(FACETS)


def _beside(
    column: sa.ColumnElement[Any],
    once: sa.ColumnElement[bool],
    chosen: sa.Subquery | None,
    *more: sa.ColumnElement[Any],
) -> sa.Select[Any]:
    """Return a statement that counts events by a column of a table beside ``facts``.

    ``once`` keeps one row of each event and value.
    """
    table = column.table
    number = sa.func.count().label("count")
    found = sa.select(column, number, *more).where(column.is_not(None), once)
    if chosen is not None:
        found = found.join_from(chosen, table, same(chosen, table))
    return found.group_by(column).order_by(number.desc(), column).limit(FACETS)


def _counts(connection: sa.Connection, statement: sa.Select[Any]) -> list[dict[str, Any]]:
    rows = quick(connection).execute(statement)
    return [{"value": value, "count": number} for value, number in rows]


def _actors(connection: sa.Connection, chosen: sa.Subquery | None) -> list[dict[str, Any]]:
    """Count events by who takes part; a registry actor by its id, with its name."""
    name = sa.func.min(parties.c.name)
    found = quick(connection).execute(_beside(parties.c.who, parties.c.first, chosen, name))
    return [{"value": value, "count": n, "label": label} for value, n, label in found]


def _places(connection: sa.Connection, wanted: Filter) -> list[dict[str, Any]]:
    counted = quick(connection).execute(_grouped(wanted, connection, facts.c.geonameid)).all()
    names = place_names(connection, [id for id, _ in counted])
    return [
        {"value": id, "count": number, "label": names.get(id, {}).get("name")}
        for id, number in counted
    ]


def place_names(connection: sa.Connection, ids: Iterable[int]) -> dict[int, dict[str, Any]]:
    """Return name, country, coordinates and precision of places, by GeoNames id."""
    wanted = list(ids)
    beside = beside_of(connection)
    known = {} if beside is None else beside.places
    new = [id for id in wanted if id not in known]
    for start in range(0, len(new), 400):
        for row in plain(connection.execute(_first_rows(new[start : start + 400]))):
            known.setdefault(row["geonameid"], row)
    return {id: known[id] for id in wanted if id in known}


def _first_rows(ids: list[int]) -> sa.Select[Any]:
    """Return a statement for the rows of places in the first report with each."""
    places = layers["places"]
    first = (
        sa.select(places.c.geonameid, sa.func.min(places.c.report).label("report"))
        .where(places.c.geonameid.in_(ids))
        .group_by(places.c.geonameid)
        .subquery()
    )
    names = ("geonameid", "name", "country", "admin1", "lat", "lon", "precision")
    joined = sa.and_(places.c.geonameid == first.c.geonameid, places.c.report == first.c.report)
    return sa.select(*(places.c[n] for n in names)).join(first, joined).order_by(places.c.id)
