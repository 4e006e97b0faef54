"""Statements and commitments by page: who said what, and who is bound to what by when."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Annotated, Any, Literal

import sqlalchemy as sa
from pydantic import Field

from dateline.archive import search
from dateline.archive.judging import VERDICTS
from dateline.archive.judging_tables import judgements
from dateline.archive.queries import conditions
from dateline.archive.queries.filter import Day, ListFilter, Optional, Several, Text, many
from dateline.archive.queries.paging import Order, Page, order, page, plain
from dateline.archive.quick import quick
from dateline.archive.tables import event_contexts, layers, reports, voices
from dateline.commitments.following import SOON
from dateline.exporting import columns

STATEMENTS, COMMITMENTS = layers["statements"], layers["commitments"]
State = Literal["open", "due_soon", "overdue", "closed", "no_deadline"]
FACETS = 50
"""Values of a facet, the most frequent first."""
CLOSING = ("kept", "broken", "modified", "withdrawn")
"""Judgements after which a commitment is closed."""
HEAD = {
    "report_id": reports.c.id,
    "published": reports.c.published,
    "published_basis": reports.c.published_basis,
    "publisher": reports.c.publisher,
    "url": reports.c.url,
    "dateline_version": reports.c.dateline_version,
}


class StatementFilter(ListFilter):
    """A filter of statements."""

    who: Annotated[list[Text], Several] = many("Name or registry id of the speaker.")
    stance: Annotated[list[Text], Several] = many("How it was said.", examples=[["promise"]])
    quote: Annotated[Text | None, Optional] = Field(
        None, description="Words as they stand in what was said, whatever their case."
    )


class CommitmentFilter(ListFilter):
    """A filter of commitments; `since` and `until` are about the report's publication."""

    state: Annotated[list[State], Several] = many("State on the day `as_of`.")
    as_of: Annotated[Day | None, Optional] = Field(
        None, description="Day of the state; the newest report's where left out."
    )
    due_before: Annotated[Day | None, Optional] = Field(
        None, description="The deadline's last day is before this one."
    )
    due_after: Annotated[Day | None, Optional] = Field(
        None, description="The deadline's last day is this one or later."
    )
    holder: Annotated[list[Text], Several] = many("Name, registry id or country of who is bound.")


def row_names(layer: str) -> list[str]:
    """Return the fields of an item of a layer's list."""
    more = ["state"] if layer == "commitments" else []
    return [*columns(layer), "key", "report_title", *more]


def ordering(layer: str, sort: str | None) -> Order:
    """Return the order of a list: statements latest report first, commitments next deadline first."""
    table = layers[layer]
    fields: dict[str, sa.ColumnElement[Any]] = {
        "published": reports.c.published,
        "publisher": reports.c.publisher,
        "added": reports.c.key,
        **{name: table.c[name] for name in ("who", "kind", "confidence", "negated")},
    }
    if layer == "statements":
        fields |= {name: table.c[name] for name in ("stance", "interval_start", "medium")}
        return order(sort, "-published", fields, table.c.report, table.c.id)
    fields |= {"strength": table.c.strength, "deadline_end": table.c.deadline_end}
    return order(sort, "-published", fields, table.c.report, table.c.id)


# ----------------------------------------------------------------- statements


def statements(
    connection: sa.Connection, wanted: StatementFilter, total: int | None = None
) -> Page:
    """Return a page of statements, a flat row each."""
    return _page(connection, "statements", _said(connection, wanted), wanted, total)


def _said(connection: sa.Connection, wanted: StatementFilter) -> list[sa.ColumnElement[bool]]:
    """Return the conditions of a filter on statements."""
    fitting = conditions.of_layer(wanted, STATEMENTS, STATEMENTS.c.interval_start, connection)
    if wanted.who:
        fitting.append(_spoken_by(STATEMENTS, wanted.who))
    if wanted.stance:
        fitting.append(STATEMENTS.c.stance.in_(wanted.stance))
    if wanted.quote:
        fitting.append(conditions.one_of(_quoted(wanted.quote, connection), connection))
    return fitting


def _quoted(quote: str, connection: sa.Connection) -> sa.Select[Any]:
    """Return a statement for the keys of statements with some words in what was said."""
    found = sa.select(STATEMENTS.c.report, STATEMENTS.c.id)
    found = found.where(STATEMENTS.c.content.icontains(quote, autoescape=True))
    words = re.sub(r"\W+", " ", quote).strip()
    if words:
        matching = search.matching(words, connection.dialect.name)
        found = found.where(STATEMENTS.c.report.in_(matching))
    return found


def statement_facets(
    connection: sa.Connection, wanted: StatementFilter
) -> dict[str, list[dict[str, Any]]]:
    """Count the statements that fit by stance, speaker and topic, the most frequent first.

    A topic is a PLOVER context of an event in the same report.
    """
    fitting = _said(connection, wanted)
    every = sa.select(STATEMENTS.c.report, STATEMENTS.c.id, STATEMENTS.c.stance)
    if fitting:
        every = every.join(reports, reports.c.key == STATEMENTS.c.report).where(*fitting)
    chosen = every.subquery("chosen")
    number = sa.func.count().label("count")
    stances = sa.select(chosen.c.stance.label("value"), number).group_by(chosen.c.stance)
    same = sa.and_(voices.c.report == chosen.c.report, voices.c.id == chosen.c.id)
    speakers = (
        sa.select(voices.c.who.label("value"), number, sa.func.min(voices.c.name).label("label"))
        .join_from(chosen, voices, same)
        .where(voices.c.layer == "statements")
        .group_by(voices.c.who)
    )
    if not fitting:
        speakers = (
            sa.select(
                voices.c.who.label("value"), number, sa.func.min(voices.c.name).label("label")
            )
            .where(voices.c.layer == "statements")
            .group_by(voices.c.who)
        )
    in_report = (
        sa.select(chosen.c.report, sa.func.count().label("n")).group_by(chosen.c.report).subquery()
    )
    told = sa.select(event_contexts.c.report, event_contexts.c.context).distinct().subquery()
    of_topic = sa.func.sum(in_report.c.n).label("count")
    topics = (
        sa.select(told.c.context.label("value"), of_topic)
        .join_from(in_report, told, told.c.report == in_report.c.report)
        .group_by(told.c.context)
    )
    return {
        "stance": _most(connection, stances, number),
        "who": _most(connection, speakers, number),
        "context": _most(connection, topics, of_topic),
    }


def _most(
    connection: sa.Connection, counted: sa.Select[Any], number: sa.ColumnElement[Any]
) -> list[dict[str, Any]]:
    ordered = counted.order_by(number.desc(), sa.literal_column("value")).limit(FACETS)
    rows = plain(quick(connection).execute(ordered))
    return [row | {"count": int(row["count"])} for row in rows]


def _spoken_by(table: sa.Table, names: list[str]) -> sa.ColumnElement[bool]:
    matching = sa.or_(voices.c.who.in_(names), voices.c.name.in_(names))
    if table is COMMITMENTS:
        matching = sa.or_(matching, voices.c.country.in_(names))
    chosen = sa.select(voices.c.report, voices.c.id).where(matching, voices.c.layer == table.name)
    return sa.tuple_(table.c.report, table.c.id).in_(chosen)


def count_statements(connection: sa.Connection, wanted: StatementFilter) -> int:
    """Return how many statements fit."""
    return _number(connection, STATEMENTS, _said(connection, wanted))


def _number(
    connection: sa.Connection, table: sa.Table, fitting: list[sa.ColumnElement[bool]]
) -> int:
    number = sa.select(sa.func.count()).select_from(table)
    if fitting:
        number = number.join(reports, reports.c.key == table.c.report).where(*fitting)
    return quick(connection).scalar(number) or 0


def _page(
    connection: sa.Connection,
    layer: str,
    fitting: list[sa.ColumnElement[bool]],
    wanted: ListFilter,
    total: int | None,
) -> Page:
    table = layers[layer]
    keys = (
        sa.select(table.c.report)
        .select_from(table)
        .join(reports, reports.c.key == table.c.report)
        .where(*fitting)
    )
    return page(
        connection,
        keys,
        ordering(layer, wanted.sort),
        wanted.cursor,
        wanted.limit,
        lambda: _number(connection, table, fitting) if total is None else total,
        lambda chosen: _rows(layer, chosen),
    )


def latest_of(
    connection: sa.Connection, layer: str, who: str, limit: int, country: str | None = None
) -> list[dict[str, Any]]:
    """Return the rows of the statements or commitments of one, those of the latest reports first.

    Args:
        connection: to the archive.
        layer: ``statements`` or ``commitments``.
        who: registry id, or the name of one that no registry holds.
        limit: how many rows.
        country: those of everybody of this country as well.
    """
    theirs = voices.c.who == who
    if country is not None:
        theirs = sa.or_(theirs, voices.c.country == country)
    keys = (
        sa.select(voices.c.report)
        .distinct()
        .join(reports, reports.c.key == voices.c.report)
        .where(theirs, voices.c.layer == layer)
    )
    by = Order("published", True, (ordering(layer, None).columns[0], voices.c.report, voices.c.id))
    return page(connection, keys, by, None, limit, lambda: 0, lambda keys: _rows(layer, keys)).items


def _rows(layer: str, keys: sa.FromClause) -> sa.Select[Any]:
    table = layers[layer]
    return (
        row_columns(layer)
        .select_from(keys)
        .join(table, sa.and_(table.c.report == keys.c.k1, table.c.id == keys.c.k2))
        .join(reports, reports.c.key == table.c.report)
    )


def row_columns(layer: str) -> sa.Select[Any]:
    """Return a statement for the columns of a record's row, with its key and the report's title."""
    table = layers[layer]
    named = [HEAD[name].label(name) if name in HEAD else table.c[name] for name in columns(layer)]
    key = (reports.c.id + "/" + table.c.id).label("key")
    return sa.select(*named, key, reports.c.title.label("report_title"))


# ---------------------------------------------------------------- commitments


def commitments(
    connection: sa.Connection, wanted: CommitmentFilter, as_of: str, total: int | None = None
) -> Page:
    """Return a page of commitments, a flat row each with its ``state`` on the day ``as_of``."""
    found = _page(connection, "commitments", _in_states(connection, wanted, as_of), wanted, total)
    with_state(connection, found.items, as_of)
    return found


def count_commitments(connection: sa.Connection, wanted: CommitmentFilter, as_of: str) -> int:
    """Return how many commitments fit."""
    return _number(connection, COMMITMENTS, _in_states(connection, wanted, as_of))


def _in_states(
    connection: sa.Connection, wanted: CommitmentFilter, as_of: str
) -> list[sa.ColumnElement[bool]]:
    """Return the conditions of a filter on commitments."""
    fitting = _bound(connection, wanted)
    if wanted.state:
        fitting.append(sa.or_(*(in_state(state, as_of) for state in wanted.state)))
    return fitting


def _bound(connection: sa.Connection, wanted: CommitmentFilter) -> list[sa.ColumnElement[bool]]:
    """Return the conditions of a filter on commitments, but for their state."""
    fitting = conditions.of_layer(wanted, COMMITMENTS, reports.c.published, connection)
    fitting += _due(wanted)
    if wanted.holder:
        fitting.append(_spoken_by(COMMITMENTS, wanted.holder))
    return fitting


def board(connection: sa.Connection, wanted: CommitmentFilter, as_of: str) -> dict[str, Any]:
    """Return how many commitments are in each state, and their deadlines by month and state.

    The state in the filter plays no part: it chooses among what is counted here.
    """
    fitting = _bound(connection, wanted)
    slim = quick(connection)
    rows = slim.execute(
        sa.select(reports.c.id, COMMITMENTS.c.id, COMMITMENTS.c.deadline_end)
        .join_from(COMMITMENTS, reports, reports.c.key == COMMITMENTS.c.report)
        .where(COMMITMENTS.c.deadline_end.is_not(None), *fitting)
    ).all()
    every = sa.select(sa.func.count()).select_from(COMMITMENTS)
    every = every.join(reports, reports.c.key == COMMITMENTS.c.report).where(*fitting)
    total = slim.scalar(every) or 0
    closed = set(connection.scalars(_judged_keys()))
    states: dict[str, int] = dict.fromkeys(("open", "due_soon", "overdue", "no_deadline"), 0)
    months: dict[str, dict[str, int]] = {}
    shut = 0
    for report, id, end in rows:
        state = "closed" if f"{report}/{id}" in closed else state_of(end, as_of)
        shut += state == "closed"
        states[state] = states.get(state, 0) + 1
        month = months.setdefault(last_day(end)[:7], {})
        month[state] = month.get(state, 0) + 1
    open_ended = slim.scalar(every.where(COMMITMENTS.c.deadline_end.is_(None), judged())) or 0
    dated = sum(states.values())
    states["closed"] = shut + open_ended
    states["no_deadline"] = total - dated - open_ended
    deadlines = [{"month": month} | months[month] for month in sorted(months)]
    return {"states": states, "deadlines": deadlines, "total": total, "as_of": as_of}


def _judged_keys() -> sa.Select[Any]:
    gone = judgements.alias()
    return sa.select(judgements.c.report + "/" + judgements.c.record).where(
        judgements.c.layer == "commitments",
        judgements.c.action.in_(VERDICTS),
        judgements.c.undoes.is_(None),
        ~sa.exists().where(gone.c.undoes == judgements.c.number),
    )


def with_state(
    connection: sa.Connection, rows: list[dict[str, Any]], as_of: str
) -> list[dict[str, Any]]:
    """Set ``state`` in rows of commitments, and return them."""
    closed = set(connection.scalars(_judged_keys())) if rows else set()
    for row in rows:
        is_closed = row["key"] in closed
        row["state"] = "closed" if is_closed else state_of(row["deadline_end"], as_of)
    return rows


def state_of(end: str | None, as_of: str) -> State:
    """Return the state of a commitment by the end of its deadline; it compares dates only."""
    if end is None:
        return "no_deadline"
    last = last_day(end)
    if as_of > last:
        return "overdue"
    return "due_soon" if _later(as_of, SOON) >= last else "open"


def last_day(end: str) -> str:
    """Return the last day of a half-open deadline that ends at ``end``."""
    day = (end[:10] + "-01-01")[:10] if len(end) < 10 else end[:10]
    if "T" in end and not end.endswith(("T00:00", "T00:00:00")):
        return day
    return _later(day, -1)


def _later(day: str, days: int) -> str:
    try:
        return (date.fromisoformat(day) + timedelta(days=days)).isoformat()
    except (ValueError, OverflowError):
        return day


def judged() -> sa.ColumnElement[bool]:
    """Return the condition that somebody recorded what became of a commitment."""
    gone = judgements.alias()
    return (
        sa.exists()
        .where(
            judgements.c.report == reports.c.id,
            judgements.c.record == COMMITMENTS.c.id,
            judgements.c.layer == "commitments",
            judgements.c.action.in_(VERDICTS),
            judgements.c.undoes.is_(None),
            ~sa.exists().where(gone.c.undoes == judgements.c.number),
        )
        .correlate(reports, COMMITMENTS)
    )


def in_state(state: State, as_of: str) -> sa.ColumnElement[bool]:
    """Return the condition for the commitments in a state on a day; judged ones are closed."""
    return judged() if state == "closed" else sa.and_(_on_day(state, as_of), ~judged())


def _on_day(state: State, as_of: str) -> sa.ColumnElement[bool]:
    dated = COMMITMENTS.c.deadline_end.is_not(None)
    overdue = _last_before(as_of)
    soon = _last_before(_later(as_of, SOON + 1))
    if state == "no_deadline":
        return ~dated
    if state == "overdue":
        return sa.and_(dated, overdue)
    if state == "due_soon":
        return sa.and_(dated, ~overdue, soon)
    return sa.and_(dated, ~soon)


def _last_before(day: str) -> sa.ColumnElement[bool]:
    """Return the condition that the last day of the deadline lies before ``day``."""
    end = COMMITMENTS.c.deadline_end
    cut = sa.func.substr(end, 1, 10)
    timed = sa.and_(end.contains("T"), ~end.endswith("T00:00"), ~end.endswith("T00:00:00"))
    return sa.or_(sa.and_(timed, cut < day), sa.and_(~timed, cut <= day))


def _due(wanted: CommitmentFilter) -> list[sa.ColumnElement[bool]]:
    dated = COMMITMENTS.c.deadline_end.is_not(None)
    found = []
    if wanted.due_before:
        found.append(sa.and_(dated, _last_before(wanted.due_before)))
    if wanted.due_after:
        found.append(sa.and_(dated, ~_last_before(wanted.due_after)))
    return found
