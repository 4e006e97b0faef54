"""The events of a filter on a map, on a time line and as a network."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from typing import Any, Literal

import sqlalchemy as sa

from dateline.archive.meetings import made, meetings
from dateline.archive.queries.events import EVENTS, place_names, same, selected
from dateline.archive.queries.filter import Filter
from dateline.archive.queries.paging import plain
from dateline.archive.quick import quick
from dateline.archive.tables import facts, parties, reports

POINTS, ITEMS, LANES, LINKS = 5000, 5000, 30, 500
"""The most that one view shows."""
FINE = ("second", "minute", "hour", "daypart", "day")
FITTING = {
    "day": FINE,
    "week": (*FINE, "weekend", "week"),
    "month": (*FINE, "weekend", "month"),
}
"""Granularities that fit into a bucket; what is known less well is in none."""
Lane = Literal["actor", "type", "place"]
Bucket = Literal["day", "week", "month"]


# ------------------------------------------------------------------------ map


def points(connection: sa.Connection, wanted: Filter) -> dict[str, Any]:
    """Return each place with its events that fit, by type; and how many have no place."""
    chosen = selected(wanted, connection)
    rows = quick(connection).execute(
        chosen.with_only_columns(facts.c.geonameid, facts.c.type, sa.func.count()).group_by(
            facts.c.geonameid, facts.c.type
        )
    )
    types: dict[int, dict[str, int]] = defaultdict(dict)
    unplaced = 0
    for id, type, number in rows:
        if id is None:
            unplaced += number
        else:
            types[id][type] = number
    most = sorted(types, key=lambda id: (-sum(types[id].values()), id))[:POINTS]
    named = place_names(connection, most)
    found = [
        named[id] | {"count": sum(types[id].values()), "types": dict(sorted(types[id].items()))}
        for id in most
        if id in named and named[id]["lat"] is not None
    ]
    unplaced += sum(sum(types[id].values()) for id in types) - sum(p["count"] for p in found)
    return {"points": found, "unplaced": unplaced}


# ------------------------------------------------------------------ time line


def timeline(
    connection: sa.Connection, wanted: Filter, lane: Lane, bucket: Bucket
) -> dict[str, Any]:
    """Return the events with a date in lanes, the latest ones where there are too many, and counts.

    A bucket counts only what is dated as finely as itself.
    """
    dated = selected(wanted, connection).where(facts.c.start != "")
    total = quick(connection).scalar(dated.with_only_columns(sa.func.count()).select_from(facts))
    items = _items(connection, dated, lane)
    lanes: dict[str, int] = defaultdict(int)
    for item in items:
        lanes[item["lane"]] += 1
    shown = sorted(lanes, key=lambda name: (-lanes[name], name))[:LANES]
    kept = [item for item in items if item["lane"] in shown]
    buckets = _buckets(connection, dated, bucket)
    return {"lanes": shown, "items": kept, "buckets": buckets, "total": total or 0}


def _items(connection: sa.Connection, dated: sa.Select[Any], lane: Lane) -> list[dict[str, Any]]:
    newest = (
        dated.with_only_columns(facts.c.start, facts.c.report, facts.c.id)
        .order_by(facts.c.start.desc(), facts.c.report.desc(), facts.c.id.desc())
        .limit(ITEMS)
        .subquery("newest")
    )
    rows = quick(connection).execute(
        sa.select(
            (reports.c.id + "/" + EVENTS.c.id).label("key"),
            facts.c.start,
            facts.c.end,
            *(facts.c[name] for name in ("granularity", "type", "status", "negated", "quad")),
            *(EVENTS.c[name] for name in ("actor_name", "recipient_name", "place_name", "trigger")),
        )
        .select_from(newest)
        .join(facts, same(newest, facts))
        .join(EVENTS, same(newest, EVENTS))
        .join(reports, reports.c.key == newest.c.report)
        .order_by(newest.c.start, newest.c.report, newest.c.id)
    )
    return [_item(lane, *row) for row in rows]


def _item(
    lane: Lane, key: str, start: str, end: str, granularity: str | None, type: str, status: str,
    negated: bool, quad: str | None, actor: str | None, recipient: str | None, place: str | None,
    trigger: str,
) -> dict[str, Any]:  # fmt: skip
    if lane == "actor":
        name = actor.partition("; ")[0] if actor else "–"
    else:
        name = type if lane == "type" else place or "–"
    return {
        "key": key,
        "lane": name,
        "start": start,
        "end": end or None,
        "granularity": granularity,
        "type": type,
        "status": status,
        "negated": negated,
        "quad": quad,
        "label": " · ".join(filter(None, (actor, trigger, recipient))),
    }


def counts(connection: sa.Connection, wanted: Filter, bucket: Bucket) -> dict[str, Any]:
    """Return how many events began in each bucket, and how many are dated less finely or not at all."""
    chosen = selected(wanted, connection)
    number = chosen.with_only_columns(sa.func.count()).select_from(facts)
    total = quick(connection).scalar(number) or 0
    buckets = _buckets(connection, chosen.where(facts.c.start != ""), bucket)
    dated = sum(one["count"] for one in buckets)
    return {"buckets": buckets, "total": total, "undated": total - dated}


def _buckets(
    connection: sa.Connection, dated: sa.Select[Any], bucket: Bucket
) -> list[dict[str, Any]]:
    cut = sa.func.substr(facts.c.start, 1, 7 if bucket == "month" else 10)
    rows = quick(connection).execute(
        dated.where(facts.c.granularity.in_(FITTING[bucket]))
        .with_only_columns(cut, sa.func.count())
        .group_by(cut)
    )
    counted: dict[str, int] = defaultdict(int)
    for start, number in rows:
        counted[_monday(start) if bucket == "week" else start] += number
    return [{"start": start, "count": counted[start]} for start in sorted(counted)]


def _monday(day: str) -> str:
    try:
        when = date.fromisoformat(day)
    except ValueError:
        return day
    return (when - timedelta(days=when.weekday())).isoformat()


# -------------------------------------------------------------------- network


def network(connection: sa.Connection, wanted: Filter, over_time: bool = False) -> dict[str, Any]:
    """Return who acts upon whom, by quad class; those who meet are linked both by one link.

    ``over_time``: each link has ``months`` as well, the number of its events in each.
    """
    links = _links(connection, wanted)
    ids = {link[end] for link in links for end in ("source", "target")}
    if over_time:
        _count_months(connection, wanted, links)
    return {"nodes": _nodes(connection, wanted, ids), "links": links}


def _count_months(connection: sa.Connection, wanted: Filter, links: list[dict[str, Any]]) -> None:
    """Give each link the number of its events in each month; events without a month count in none."""
    by_pair = {(one["source"], one["target"], one["quad_class"]): one for one in links}
    for link in links:
        link["months"] = {}
    pairs, found = _pairs(wanted, connection)
    month = sa.func.substr(facts.c.start, 1, 7)
    rows = quick(connection).execute(
        found.with_only_columns(
            pairs.c.source, pairs.c.target, facts.c.quad, month, sa.func.count()
        )
        .where(pairs.c.source.in_({link["source"] for link in links}), facts.c.start != "")
        .where(facts.c.granularity.in_(FITTING["month"]))
        .group_by(pairs.c.source, pairs.c.target, facts.c.quad, month)
        .order_by(month)
    )
    for source, target, quad, when, number in rows:
        counted = by_pair.get((source, target, quad))
        if counted is not None:
            counted["months"][when] = number


def _pairs(wanted: Filter, connection: sa.Connection) -> tuple[sa.FromClause, sa.Select[Any]]:
    """Return the pairs of those who act and are acted upon, or meet, and a statement over them."""
    pairs: sa.FromClause = meetings().subquery("pairs")
    if quick(connection) is not connection:
        pairs = made.alias("pairs")
    found = selected(wanted, connection).join_from(facts, pairs, same(facts, pairs))
    return pairs, found


def _links(connection: sa.Connection, wanted: Filter) -> list[dict[str, Any]]:
    pairs, found = _pairs(wanted, connection)
    number = sa.func.count().label("count")
    counted = (
        found.with_only_columns(
            pairs.c.source,
            pairs.c.target,
            facts.c.quad.label("quad_class"),
            number,
            sa.func.min(sa.func.nullif(facts.c.start, "")).label("first"),
            sa.func.max(sa.func.nullif(facts.c.start, "")).label("last"),
        )
        .group_by(pairs.c.source, pairs.c.target, facts.c.quad)
        .order_by(number.desc(), pairs.c.source, pairs.c.target, facts.c.quad)
        .limit(LINKS)
    )
    return plain(quick(connection).execute(counted))


def _nodes(connection: sa.Connection, wanted: Filter, ids: set[str]) -> list[dict[str, Any]]:
    """Return those who are linked, with the number of all their events that fit."""
    chosen = selected(wanted, connection)
    base = sa.select(parties.c.report)
    if chosen.whereclause is not None:
        base = chosen.join_from(facts, parties, same(parties, facts))
    names = [sa.func.min(parties.c[n]).label(n) for n in ("name", "country", "sector")]
    counted = base.with_only_columns(
        parties.c.who.label("id"), *names, sa.func.count().label("count")
    )
    found: list[dict[str, Any]] = []
    for part in (sorted(ids)[n : n + 400] for n in range(0, len(ids), 400)):
        rows = counted.where(parties.c.who.in_(part), parties.c.first).group_by(parties.c.who)
        found += plain(quick(connection).execute(rows))
    return sorted(found, key=lambda node: (-node["count"], node["id"]))
