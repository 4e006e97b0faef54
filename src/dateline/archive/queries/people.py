"""Actors of an archive, and all that is known of one."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from dateline.archive.queries import events, reports, voices
from dateline.archive.queries.overview import activity_of
from dateline.archive.queries.paging import plain
from dateline.archive.quick import quick
from dateline.archive.tables import facts, layers, parties
from dateline.archive.tables import reports as report_table
from dateline.archive.tables import voices as voice_table
from dateline.exporting.flatten import SEPARATOR

ACTORS = layers["actors"]
FIELDS = ("id", "name", "kind", "country", "sectors", "wikidata")
COUNTED = ("events", "statements", "commitments")
SHOWN, NAMES, COUNTERPARTS, READ = 20, 30, 30, 10
"""Records, names and counterparts on the page of an actor; reports read for its offices."""


def everyone(connection: sa.Connection) -> list[dict[str, Any]]:
    """Return every actor of the registry that the archive names, with the number of its records."""
    named = [sa.func.max(ACTORS.c[name]).label(name) for name in FIELDS[1:]]
    chosen = sa.select(ACTORS.c.id, *named).group_by(ACTORS.c.id)
    found = plain(quick(connection).execute(chosen))
    numbers = _event_counts(connection) | _voice_counts(connection)
    return [row | {what: numbers.get((what, row["id"]), 0) for what in COUNTED} for row in found]


def _event_counts(connection: sa.Connection) -> dict[tuple[str, str], int]:
    rows = quick(connection).execute(
        sa.select(parties.c.who, sa.func.count()).where(parties.c.first).group_by(parties.c.who)
    )
    return {("events", who): number for who, number in rows}


def _voice_counts(connection: sa.Connection) -> dict[tuple[str, str], int]:
    by = (voice_table.c.who, voice_table.c.layer)
    rows = quick(connection).execute(sa.select(*by, sa.func.count()).group_by(*by))
    return {(layer, who): number for who, layer, number in rows}


def dossier(connection: sa.Connection, id: str, as_of: str) -> dict[str, Any] | None:
    """Return what the archive holds of an actor, by registry id or by a name; ``None``: nothing."""
    actor = _actor(connection, id)
    if actor is None:
        return None
    nation = id if actor["kind"] == "country" else None
    bound = voices.latest_of(connection, "commitments", id, SHOWN, country=nation)
    return {
        "actor": actor,
        "offices": _offices(connection, id),
        "names": _names(connection, id),
        "events": events.latest(connection, _takes_part(id), SHOWN),
        "statements": voices.latest_of(connection, "statements", id, SHOWN),
        "commitments": voices.with_state(connection, bound, as_of),
        "counterparts": counterparts(connection, id),
        "activity": activity_of(connection, _takes_part(id)),
    }


def _takes_part(id: str) -> sa.ColumnElement[bool]:
    chosen = sa.select(parties.c.report, parties.c.id).where(parties.c.who == id)
    return sa.tuple_(facts.c.report, facts.c.id).in_(chosen)


def _actor(connection: sa.Connection, id: str) -> dict[str, Any] | None:
    newest = sa.select(*(ACTORS.c[name] for name in FIELDS)).where(ACTORS.c.id == id)
    newest = newest.order_by(ACTORS.c.report.desc()).limit(1)
    row = quick(connection).execute(newest).mappings().first()
    if row is not None:
        found = dict(row)
        found["sectors"] = (row["sectors"] or "").split(SEPARATOR) if row["sectors"] else []
    elif name := _unregistered(connection, id):
        found = dict.fromkeys(FIELDS) | {"id": id, "name": name, "sectors": []}
    else:
        return None
    return found | {"counts": _own_counts(connection, id)}


def _unregistered(connection: sa.Connection, id: str) -> str | None:
    """Return the name of one that no registry holds, where an event or a statement names it."""
    for table in (parties, voice_table):
        found: str | None = quick(connection).scalar(
            sa.select(table.c.name).where(table.c.who == id).limit(1)
        )
        if found:
            return found
    return None


def _own_counts(connection: sa.Connection, id: str) -> dict[str, int]:
    took = sa.select(sa.func.count()).where(parties.c.who == id, parties.c.first)
    spoke = (
        sa.select(voice_table.c.layer, sa.func.count())
        .where(voice_table.c.who == id)
        .group_by(voice_table.c.layer)
    )
    slim = quick(connection)
    numbers: dict[str, int] = {row[0]: row[1] for row in slim.execute(spoke)}
    return {
        "events": slim.scalar(took) or 0,
        **{layer: numbers.get(layer, 0) for layer in COUNTED[1:]},
    }


def _names(connection: sa.Connection, id: str) -> list[dict[str, Any]]:
    """Return the words that the newest reports call an actor by, but for "it" and "she"."""
    participants = layers["participants"]
    words = (
        sa.select(participants.c.head.label("name"))
        .where(participants.c.actor == id, participants.c.basis != "coreference")
        .order_by(participants.c.report.desc())
        .limit(5000)
        .subquery()
    )
    number = sa.func.count().label("count")
    rows = connection.execute(
        sa.select(words.c.name, number)
        .group_by(words.c.name)
        .order_by(number.desc(), words.c.name)
        .limit(NAMES)
    )
    return [{"name": name, "count": n} for name, n in rows]


def _offices(connection: sa.Connection, id: str) -> list[dict[str, Any]]:
    """Return the offices that reports with an actor know of: of those that name the same, the newest."""
    last = sa.func.max(ACTORS.c.report).label("key")
    told = (
        sa.select(last)
        .where(ACTORS.c.id == id, ACTORS.c.offices.is_not(None))
        .group_by(ACTORS.c.offices)
        .order_by(last.desc())
        .limit(READ)
        .subquery()
    )
    newest = sa.select(report_table.c.id).join_from(
        told, report_table, told.c.key == report_table.c.key
    )
    newest = newest.order_by(told.c.key.desc())
    found: dict[str, dict[str, Any]] = {}
    for report in quick(connection).scalars(newest).all():
        for actor in (reports.coded(connection, report) or {}).get("actors", ()):
            if actor["id"] == id:
                for office in actor["offices"]:
                    found.setdefault(str(sorted(office.items(), key=str)), office)
    return sorted(found.values(), key=lambda o: (o["start"] or "", o["title"]), reverse=True)


def counterparts(connection: sa.Connection, id: str) -> list[dict[str, Any]]:
    """Return with whom an actor has most events, and how many in which direction."""
    own, other = parties.alias("own"), parties.alias("other")
    acts = sa.func.sum(sa.case((other.c.side == "recipient", 1), else_=0))
    number = sa.func.count().label("count")
    rows = plain(
        quick(connection).execute(
            sa.select(
                other.c.who.label("id"),
                sa.func.min(other.c.name).label("name"),
                number,
                acts.label("as_recipient"),
            )
            .join_from(own, other, sa.and_(own.c.report == other.c.report, own.c.id == other.c.id))
            .where(own.c.who == id, own.c.first, other.c.first, other.c.who != id)
            .group_by(other.c.who)
            .order_by(number.desc(), other.c.who)
            .limit(COUNTERPARTS)
        )
    )
    return [row | {"as_actor": row["count"] - row["as_recipient"]} for row in rows]
