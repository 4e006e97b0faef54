"""A filter as conditions on the archive's tables."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from dateline.archive import search
from dateline.archive.judging_tables import judgements
from dateline.archive.merging_tables import stories_reports
from dateline.archive.queries.filter import Filter
from dateline.archive.quick import quick
from dateline.archive.tables import event_contexts, facts, layers, parties, reports

Condition = sa.ColumnElement[bool]


def of_events(wanted: Filter, connection: sa.Connection) -> list[Condition]:
    """Return the conditions on ``facts`` that a filter puts on events, for ``quick(connection)``."""
    return [
        *_of_report(wanted, facts.c.report, connection),
        *_of_kind(wanted),
        *_of_parties(wanted),
        *_of_time(wanted, facts.c.start),
        *_of_record(wanted, facts),
        *_of_review(wanted),
        *_of_story(wanted, connection),
    ]


def _of_review(wanted: Filter) -> Iterator[Condition]:
    """Yield whether somebody judged an event, and nobody took it back."""
    if wanted.reviewed == "any":
        return
    gone = judgements.alias()
    judged = (
        sa.select(judgements.c.number)
        .join(reports, reports.c.id == judgements.c.report)
        .where(
            reports.c.key == facts.c.report,
            judgements.c.record == facts.c.id,
            judgements.c.layer == "events",
            judgements.c.undoes.is_(None),
            ~sa.exists().where(gone.c.undoes == judgements.c.number),
        )
        .correlate(facts)
        .exists()
    )
    yield judged if wanted.reviewed == "yes" else ~judged


def _of_story(wanted: Filter, connection: sa.Connection) -> Iterator[Condition]:
    if wanted.story:
        inside = sa.select(reports.c.key).join(
            stories_reports, stories_reports.c.report == reports.c.id
        )
        inside = inside.where(stories_reports.c.story == wanted.story)
        yield facts.c.report.in_(_asked_first(inside, connection))


def _asked_first(keys: sa.Select[Any], connection: sa.Connection) -> sa.Select[Any]:
    """Return a statement for keys of reports that only the archive can find."""
    if quick(connection) is connection:
        return keys
    found = sa.bindparam(None, list(connection.scalars(keys)), type_=sa.ARRAY(sa.Integer))
    return sa.select(sa.func.unnest(found))


def one_of(chosen: sa.Select[Any], connection: sa.Connection) -> Condition:
    """Return the condition that a statement, by report and id, is one of those that are ``chosen``.

    ``chosen`` is asked of the archive, whatever else of a mirror.
    """
    statements = layers["statements"]
    keys = sa.tuple_(statements.c.report, statements.c.id)
    if quick(connection) is connection:
        return keys.in_(chosen)
    rows = connection.execute(chosen).all()
    if not rows:
        return sa.false()
    found = [
        sa.func.unnest(sa.bindparam(None, list(column), type_=sa.ARRAY(kind)))
        for column, kind in zip(zip(*rows, strict=True), (sa.Integer, sa.Text), strict=True)
    ]
    return keys.in_(sa.select(*found))


def of_reports(wanted: Filter, connection: sa.Connection) -> list[Condition]:
    """Return the conditions on ``reports``: publication within the stretch, and an event that fits."""
    found = [
        *_of_report(wanted, reports.c.key, connection, reports.c.publisher),
        *_of_time(wanted, reports.c.published),
    ]
    if wanted.about_events() or wanted.negated is not None or wanted.min_confidence is not None:
        found.append(_with_event(wanted, reports.c.key))
    return found


def of_layer(
    wanted: Filter, table: sa.Table, when: sa.ColumnElement[Any], connection: sa.Connection
) -> list[Condition]:
    """Return the conditions on the table of another layer, which is joined with ``reports``."""
    found = [
        *_of_report(wanted, table.c.report, connection, reports.c.publisher),
        *_of_time(wanted, when),
        *_of_record(wanted, table),
    ]
    if wanted.about_events():
        found.append(_with_event(wanted.model_copy(update={"negated": None}), table.c.report))
    return found


def _with_event(wanted: Filter, report: sa.ColumnElement[Any]) -> Condition:
    inner = [*_of_kind(wanted), *_of_parties(wanted)]
    if wanted.negated is not None:
        inner.append(facts.c.negated == wanted.negated)
    if wanted.min_confidence is not None:
        inner.append(facts.c.confidence >= wanted.min_confidence)
    return report.in_(sa.select(facts.c.report).where(*inner))


def _of_report(
    wanted: Filter,
    report: sa.ColumnElement[Any],
    connection: sa.Connection,
    publisher: sa.ColumnElement[Any] = facts.c.publisher,
) -> Iterator[Condition]:
    if wanted.q:
        matching = search.matching(wanted.q, connection.dialect.name)
        yield report.in_(_asked_first(matching, connection))
    if wanted.report:
        yield report.in_(sa.select(reports.c.key).where(reports.c.id == wanted.report))
    if wanted.publisher:
        yield publisher.in_(wanted.publisher)


def _of_kind(wanted: Filter) -> Iterator[Condition]:
    for column, values in (
        (facts.c.type, wanted.type),
        (facts.c.mode, wanted.mode),
        (facts.c.status, [str(status) for status in wanted.status]),
        (facts.c.country, wanted.country),
        (facts.c.geonameid, wanted.place),
    ):
        if values:
            yield column.in_(values)
    if wanted.context:
        yield _event_in(event_contexts, event_contexts.c.context.in_(wanted.context))
    if wanted.main is not None:
        yield facts.c.main == wanted.main


def _of_parties(wanted: Filter) -> Iterator[Condition]:
    if wanted.actor:
        yield _event_in(parties, named(wanted.actor))
    if wanted.recipient:
        yield _event_in(parties, named(wanted.recipient), parties.c.side == "recipient")
    for side, countries in (
        ("actor", wanted.actor_country),
        ("recipient", wanted.recipient_country),
    ):
        if countries:
            yield _event_in(parties, parties.c.country.in_(countries), parties.c.side == side)
    if wanted.sector:
        yield _event_in(parties, parties.c.sector.in_(wanted.sector))


def named(names: list[str]) -> Condition:
    """Return the condition on ``parties`` for a name or a registry id."""
    return sa.or_(parties.c.who.in_(names), parties.c.name.in_(names))


def _event_in(table: sa.Table, *conditions: Condition) -> Condition:
    chosen = sa.select(table.c.report, table.c.id).where(*conditions)
    return sa.tuple_(facts.c.report, facts.c.id).in_(chosen)


def _of_time(wanted: Filter, when: sa.ColumnElement[Any]) -> Iterator[Condition]:
    if wanted.since:
        yield when >= wanted.since
    if wanted.until:
        yield when < wanted.until
        yield when != ""


def _of_record(wanted: Filter, table: sa.Table) -> Iterator[Condition]:
    if wanted.min_confidence is not None:
        yield table.c.confidence >= wanted.min_confidence
    if wanted.negated is not None:
        yield table.c.negated == wanted.negated
