"""The second half of merging in the archive: components of reports and events to rows."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
import zstandard

from dateline.archive.merging_tables import (
    merged_events,
    merged_parties,
    merging_open,
    merging_pairs,
    merging_reports,
    reports_events,
    stories,
    stories_reports,
)
from dateline.exporting.tables import SIZE_ROLES
from dateline.merging.duplicates import THRESHOLD as COPY
from dateline.merging.events import (
    Constraint,
    Merger,
    clusters,
    links_of,
    sources_of,
    stories_of,
)
from dateline.merging.pairs import PairOfReports, Ref
from dateline.merging.scoring import Weights
from dateline.merging.stories import THRESHOLD
from dateline.merging.views import ReportView
from dateline.records import EventLink, MergedEvent, MergedParty, Reason, Story

MANY = 400
"""Values in one query."""
PLAIN = (
    "id", "type", "plover_type", "mode", "cameo", "negated", "story", "first", "last",
    "confidence",
)  # fmt: skip
"""Fields of a merged event that are columns as they are."""
JOINED = "; "
"""Between the values of a list in one column."""


def tell(connection: sa.Connection, limit: int) -> int | None:
    """Make the stories of some open reports anew, with all they hang together with."""
    turn = _turn(connection, "told", limit)
    if not turn:
        return None
    pairs = Neighbours(connection)
    ids = set(views_of(connection, _all_told(connection, turn, pairs)))
    views = views_of(connection, ids)
    inside = {k: p for id in ids for k, p in pairs[id].items() if ids.issuperset(k)}
    sources = sources_of(views, inside)
    before = _before(connection, ids)
    told = stories_of(views, inside, sources)
    old = {story for story, _ in before.values()}
    _delete(connection, stories.c.id, old | {story.id for story in told})
    _delete(connection, stories_reports.c.report, ids)
    _insert(connection, stories, [_story_row(story) for story in told])
    now = {
        id: (story.id, sources[id] if sources[id] != id else None)
        for story in told
        for id in story.reports
    }
    rows = [{"report": id, "story": one, "copy_of": of} for id, (one, of) in now.items()]
    _insert(connection, stories_reports, rows)
    moved = {id for id, where in now.items() if before.get(id) != where}
    there = set(_turn(connection, "grouped", None))
    _insert(
        connection,
        merging_open,
        [{"step": "grouped", "report": id} for id in sorted(moved - there)],
    )
    _close(connection, "told", {*turn, *ids})
    return len(ids)


def _all_told(connection: sa.Connection, start: Iterable[str], pairs: Neighbours) -> set[str]:
    """Return the reports that chains of likeness, or an old story, join to ``start``."""
    seen, todo = set(start), list(start)
    while todo:
        fresh = {
            other
            for id in todo
            for ids, found in pairs[id].items()
            if found.near >= THRESHOLD or found.share >= COPY
            for other in ids
        }
        fresh |= _with(connection, stories_reports.c.report, stories_reports.c.story, todo)
        todo = sorted(fresh - seen)
        seen |= fresh
    return seen


def _before(connection: sa.Connection, ids: Iterable[str]) -> dict[str, tuple[str, str | None]]:
    table = stories_reports.c
    return {
        row.report: (row.story, row.copy_of)
        for part in parts(ids)
        for row in connection.execute(sa.select(stories_reports).where(table.report.in_(part)))
    }


def join(
    connection: sa.Connection, limit: int, constraints: Sequence[Constraint], weights: Weights
) -> int | None:
    """Make the merged events of some open reports anew, with all they hang together with."""
    turn = _turn(connection, "grouped", limit)
    if not turn:
        return None
    pairs = Neighbours(connection)
    views = Views(connection)
    refs = _all_joined(connection, turn, pairs, views, constraints, weights.threshold)
    ids = {id for id, _ in refs}
    inside = {k: p for id in ids for k, p in pairs[id].items() if ids.issuperset(k)}
    links = {
        (a, b): score
        for found in inside.values()
        for a, b, score in links_of(found)
        if a in refs and b in refs
    }
    table = stories_reports.c
    told = {
        row.report: row
        for part in parts(ids)
        for row in connection.execute(sa.select(stories_reports).where(table.report.in_(part)))
    }
    sources = {id: row.copy_of or id for id, row in told.items()}
    story = {id: row.story for id, row in told.items()}
    merger = Merger(views.known, inside, links, sources, story, weights)
    old = _with(connection, reports_events.c.merged, reports_events.c.report, turn)
    old |= set(_merged_of(connection, refs).values())
    made = [merger.merged(group) for group in clusters(refs, links, constraints, weights)]
    _put(connection, made, old)
    _close(connection, "grouped", turn)
    return len(made)


def _all_joined(
    connection: sa.Connection,
    start: Iterable[str],
    pairs: Neighbours,
    views: Views,
    constraints: Sequence[Constraint],
    threshold: float,
) -> set[Ref]:
    """Return the events that chains of links, decisions or an old merging join to some reports'."""
    decided: dict[Ref, set[Ref]] = defaultdict(set)
    for one in constraints:
        decided[one.first].add(one.second)
        decided[one.second].add(one.first)
    todo = {ref for id in start for ref in views.refs(id)}
    old = _with(connection, reports_events.c.merged, reports_events.c.report, start)
    todo |= {ref for ref in _members(connection, old) if ref in views}
    seen = set(todo)
    while todo:
        fresh = {other for ref in todo for other in decided.get(ref, ())}
        for ref in todo:
            fresh |= pairs.linked(ref, threshold)
        fresh |= _members(connection, set(_merged_of(connection, todo).values()))
        todo = {ref for ref in fresh - seen if ref in views}
        seen |= todo
    return seen


def _members(connection: sa.Connection, merged: Iterable[str]) -> set[Ref]:
    table = reports_events.c
    return {
        (row.report, row.event)
        for part in parts(merged)
        for row in connection.execute(
            sa.select(table.report, table.event).where(table.merged.in_(part))
        )
    }


def _merged_of(connection: sa.Connection, refs: Iterable[Ref]) -> dict[Ref, str]:
    wanted = set(refs)
    table = reports_events.c
    return {
        (row.report, row.event): row.merged
        for part in parts({id for id, _ in wanted})
        for row in connection.execute(sa.select(reports_events).where(table.report.in_(part)))
        if (row.report, row.event) in wanted
    }


# ----------------------------------------------------------------------- rows


def _put(connection: sa.Connection, made: Sequence[MergedEvent], old: Collection[str]) -> None:
    for column in (reports_events.c.merged, merged_parties.c.merged, merged_events.c.id):
        _delete(connection, column, {*old, *(one.id for one in made)})
    _insert(connection, merged_events, [_event_row(one) for one in made])
    _insert(connection, merged_parties, [row for one in made for row in _party_rows(one)])
    rows = [_link_row(one.id, link) for one in made for link in one.links]
    _insert(connection, reports_events, rows)


def _story_row(story: Story) -> dict[str, Any]:
    return {
        "id": story.id,
        "title": _text(story.title),
        "first": story.first,
        "last": story.last,
        "reports": len(story.reports),
        "sources": len(story.sources),
        "packed": story.to_json(),
    }


def _event_row(one: MergedEvent) -> dict[str, Any]:
    when, place = one.interval, one.place
    row: dict[str, Any] = {name: getattr(one, name) for name in PLAIN} | {
        "status": str(one.status),
        "interval_start": when.start if when else None,
        "interval_end": when.end if when else None,
        "interval_granularity": str(when.granularity) if when else None,
        "reports": len(one.reports),
        "sources": len(one.sources),
        "contested": JOINED.join(one.contested()) or None,
        "packed": one.to_json(),
    }
    for name in ("name", "country", "admin1", "precision"):
        row[f"place_{name}"] = _text(getattr(place, name)) if place else None
    for name in ("lat", "lon", "geonameid"):
        row[name] = getattr(place, name) if place else None
    for side, parties in (("actor", one.actors), ("recipient", one.recipients)):
        for name in ("name", "country", "sector", "wikidata"):
            row[f"{side}_{name}"] = _joined(getattr(party, name) for party in parties)
    numbers = {number.role: number for number in one.numbers}
    for role in SIZE_ROLES:
        for part in ("best", "low", "high"):
            row[f"{role}_{part}"] = getattr(numbers[role], part) if role in numbers else None
    return row


def _party_rows(one: MergedEvent) -> Iterator[dict[str, Any]]:
    sides: list[tuple[str, MergedParty]] = [("actor", party) for party in one.actors]
    sides += [("recipient", party) for party in one.recipients]
    for number, (side, party) in enumerate(sides):
        yield {
            "merged": one.id,
            "number": number,
            "side": side,
            "name": _text(party.name),
            "country": party.country,
            "sector": party.sector,
            "actor": party.actor,
        }


def _link_row(merged: str, link: EventLink) -> dict[str, Any]:
    return {
        "report": link.report,
        "event": link.event,
        "merged": merged,
        "score": link.score,
        "why": _text(JOINED.join(map(_reason, link.why))),
    }


def _reason(reason: Reason) -> str:
    weight = "" if reason.weight is None else f" {reason.weight:+g}"
    return f"{reason.rule}{weight}" + (f" ({reason.detail})" if reason.detail else "")


def _joined(values: Iterable[str | None]) -> str | None:
    return _text(JOINED.join(dict.fromkeys(value for value in values if value))) or None


def _text(value: str | None) -> str | None:
    """Return text that every database takes."""
    if value is None:
        return None
    return value.replace("\0", "\ufffd").encode("utf-8", "replace").decode("utf-8")


# -------------------------------------------------------------------- reading


class Views:
    """The views of reports, read when asked for."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection
        self.known: dict[str, ReportView] = {}
        self._refs: dict[str, list[Ref]] = {}

    def refs(self, id: str) -> list[Ref]:
        """Return the events of a report; none where it is not there any more."""
        if id not in self._refs:
            self.known |= views_of(self._connection, [id])
            found = self.known.get(id)
            self._refs[id] = [(id, event.id) for event in found.events] if found else []
        return self._refs[id]

    def __contains__(self, ref: Ref) -> bool:
        """Tell whether an event is still there."""
        return ref in self.refs(ref[0])


class Neighbours:
    """What is known of reports and those they were compared with, read when asked for."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection
        self._known: dict[str, dict[tuple[str, str], PairOfReports]] = {}
        self._links: dict[str, dict[Ref, list[tuple[Ref, float]]]] = {}

    def __getitem__(self, id: str) -> Mapping[tuple[str, str], PairOfReports]:
        """Return the pairs that a report is in."""
        if id not in self._known:
            table = merging_pairs.c
            rows = self._connection.execute(
                sa.select(merging_pairs).where((table.first == id) | (table.second == id))
            )
            self._known[id] = {
                (row.first, row.second): PairOfReports(
                    row.first, row.second, row.likeness, row.near, row.share,
                    tuple((a, b, score) for a, b, score in json.loads(row.links)),
                )
                for row in rows
            }  # fmt: skip
        return self._known[id]

    def linked(self, ref: Ref, threshold: float) -> set[Ref]:
        """Return the events that are sure enough to be one with ``ref``."""
        if ref[0] not in self._links:
            near: dict[Ref, list[tuple[Ref, float]]] = defaultdict(list)
            for found in self[ref[0]].values():
                for a, b, score in links_of(found):
                    near[a].append((b, score))
                    near[b].append((a, score))
            self._links[ref[0]] = near
        return {other for other, score in self._links[ref[0]].get(ref, ()) if score >= threshold}


def views_of(connection: sa.Connection, ids: Iterable[str]) -> dict[str, ReportView]:
    """Return the views of those reports that are there, by id."""
    unpack = zstandard.ZstdDecompressor()
    table = merging_reports.c
    return {
        row.report: ReportView.from_json(unpack.decompress(row.packed))
        for part in parts(ids)
        for row in connection.execute(
            sa.select(table.report, table.packed).where(table.report.in_(part))
        )
    }


def _turn(connection: sa.Connection, step: str, limit: int | None) -> list[str]:
    table = merging_open.c
    query = sa.select(table.report).where(table.step == step).order_by(table.report).limit(limit)
    return list(connection.scalars(query))


def _close(connection: sa.Connection, step: str, ids: Iterable[str]) -> None:
    for part in parts(ids):
        connection.execute(
            merging_open.delete().where(
                merging_open.c.step == step, merging_open.c.report.in_(part)
            )
        )


def _with(
    connection: sa.Connection, wanted: sa.Column[str], column: sa.Column[str], among: Iterable[str]
) -> set[str]:
    """Return the values of a column; for the column of reports, of all that share a group."""
    if column is reports_events.c.report:
        return {
            value
            for part in parts(among)
            for value in connection.scalars(sa.select(wanted).where(column.in_(part)))
        }
    inner = stories_reports.alias()
    return {
        value
        for part in parts(among)
        for value in connection.scalars(
            sa.select(wanted).join(inner, inner.c.story == column).where(inner.c.report.in_(part))
        )
    }


def _delete(connection: sa.Connection, column: sa.Column[Any], among: Iterable[str]) -> None:
    for part in parts(among):
        connection.execute(column.table.delete().where(column.in_(part)))


def _insert(connection: sa.Connection, table: sa.Table, rows: Sequence[dict[str, Any]]) -> None:
    if rows:
        connection.execute(table.insert(), rows)


def parts(values: Iterable[str]) -> Iterator[list[str]]:
    """Yield values in order, as many at once as one query takes."""
    known = sorted(set(values))
    for start in range(0, len(known), MANY):
        yield known[start : start + MANY]
