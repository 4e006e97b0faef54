"""The first page: what is new, who did what to whom, what is due."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from dateline.archive import merged
from dateline.archive.merging_tables import merged_events, stories
from dateline.archive.queries import events as event_queries
from dateline.archive.queries import reports as report_queries
from dateline.archive.queries.filter import ListFilter
from dateline.archive.queries.paging import plain
from dateline.archive.quick import quick
from dateline.archive.tables import facts, layers, parties, reports

NEW, BARS, DYADS, PLACES, DUE = 10, 60, 15, 50, 10
"""How many of each are shown."""


def overview(connection: sa.Connection) -> dict[str, Any]:
    """Return what the first page shows."""
    return {
        "new": report_queries.list_reports(connection, ListFilter(limit=NEW), 0).items,
        "activity": activity(connection),
        "dyads": dyads(connection),
        "places": places(connection),
        "deadlines": deadlines(connection),
        "contradictions": contradictions(connection),
        "counts": counts(connection),
    }


def contradictions(connection: sa.Connection) -> list[dict[str, Any]]:
    """Return the latest merged events on which reports contradict each other."""
    found = merged.find(
        connection,
        merged.MergedQuery(contested=True, min_sources=2),
        sort="-interval_start",
        limit=DUE,
    )
    return [one.to_dict() | {"contested": list(one.contested())} for one in found]


def counts(connection: sa.Connection) -> dict[str, int]:
    """Return how many there are of what the archive holds."""
    slim = quick(connection)

    def of(table: sa.FromClause, where: sa.Connection = slim) -> int:
        return where.scalar(sa.select(sa.func.count()).select_from(table)) or 0

    def distinct(column: sa.ColumnElement[Any]) -> int:
        return slim.scalar(sa.select(sa.func.count(column.distinct()))) or 0

    return {
        "reports": of(reports),
        "events": of(facts),
        "merged": of(merged_events, connection),
        "stories": of(stories, connection),
        "statements": of(layers["statements"]),
        "commitments": of(layers["commitments"]),
        "actors": distinct(layers["actors"].c.id),
        "places": distinct(layers["places"].c.geonameid),
    }


def activity(connection: sa.Connection) -> list[dict[str, Any]]:
    """Count all events of the newest days or weeks."""
    return activity_of(connection, sa.true())


def activity_of(connection: sa.Connection, which: sa.ColumnElement[bool]) -> list[dict[str, Any]]:
    """Count the events of the newest days, or weeks where there are many days, by their start."""
    day = sa.func.substr(facts.c.start, 1, 10)
    rows = (
        quick(connection)
        .execute(
            sa.select(day, sa.func.count())
            .where(which, facts.c.granularity == "day", facts.c.status.in_(("occurred", "ongoing")))
            .group_by(day)
            .order_by(day.desc())
            .limit(BARS * 7)
        )
        .all()
    )
    by_day = {when: number for when, number in rows if _day(when)}
    return by_week(by_day)[-BARS:] if len(by_day) > BARS else bars(by_day)


def bars(by_day: dict[str, int]) -> list[dict[str, Any]]:
    """Return bars in the order of time."""
    return [{"start": when, "count": by_day[when]} for when in sorted(by_day)]


def by_week(by_day: dict[str, int]) -> list[dict[str, Any]]:
    """Add up days to weeks, each named by its Monday."""
    weeks: dict[str, int] = {}
    for when, number in by_day.items():
        day = _day(when)
        assert day is not None
        monday = (day - timedelta(days=day.weekday())).isoformat()
        weeks[monday] = weeks.get(monday, 0) + number
    return bars(weeks)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def dyads(connection: sa.Connection) -> list[dict[str, Any]]:
    """Return who acts upon whom most often, among actors of the registry."""
    one, other = parties.alias("one"), parties.alias("other")
    number = sa.func.count().label("count")
    pairs = (
        sa.select(
            one.c.who, sa.func.min(one.c.name), other.c.who, sa.func.min(other.c.name), number
        )
        .join_from(one, other, sa.and_(one.c.report == other.c.report, one.c.id == other.c.id))
        .where(one.c.side == "actor", other.c.side == "recipient", one.c.actor.is_not(None))
        .where(other.c.actor.is_not(None), one.c.who != other.c.who)
        .group_by(one.c.who, other.c.who)
        .order_by(number.desc(), one.c.who, other.c.who)
        .limit(DYADS)
    )
    return [
        {"actor": name, "actor_id": id, "recipient": theirs, "recipient_id": their_id, "count": n}
        for id, name, their_id, theirs, n in quick(connection).execute(pairs)
    ]


def places(connection: sa.Connection, limit: int = PLACES) -> list[dict[str, Any]]:
    """Return where most events were, with coordinates."""
    number = sa.func.count().label("count")
    counted = (
        quick(connection)
        .execute(
            sa.select(facts.c.geonameid, number)
            .where(facts.c.geonameid.is_not(None))
            .group_by(facts.c.geonameid)
            .order_by(number.desc(), facts.c.geonameid)
            .limit(limit)
        )
        .all()
    )
    named = event_queries.place_names(connection, [id for id, _ in counted])
    return [named[id] | {"count": number} for id, number in counted if id in named]


def newest_day(connection: sa.Connection) -> str:
    """Return the day of the newest report: the archive's own today."""
    newest = quick(connection).scalar(sa.select(sa.func.max(facts.c.published))) or ""
    return newest[:10] if _day(newest[:10]) else date.today().isoformat()


def deadlines(connection: sa.Connection) -> list[dict[str, Any]]:
    """Return the commitments whose deadline comes next after the newest report."""
    table = layers["commitments"]
    names = ("id", "kind", "strength", "who", "what", "span", "negated", "deadline_end")
    found = (
        sa.select(
            reports.c.id.label("report"),
            reports.c.title.label("report_title"),
            *(table.c[name] for name in names),
        )
        .join_from(table, reports, table.c.report == reports.c.key)
        .where(table.c.deadline_end > newest_day(connection))
        .order_by(table.c.deadline_end, table.c.report, table.c.id)
        .limit(DUE)
    )
    return plain(connection.execute(found))
