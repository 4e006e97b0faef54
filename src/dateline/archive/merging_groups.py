"""The second half of merging in the archive: components of reports and events to rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from dateline.archive.merging_reading import (
    Behind,
    Neighbours,
    Views,
    head_of,
    heads_of,
    parts,
    values_of,
)
from dateline.archive.merging_rows import event_row, link_row, party_rows, story_row
from dateline.archive.merging_tables import (
    merged_events,
    merged_parties,
    merging_open,
    reports_events,
    stories,
    stories_reports,
)
from dateline.merging.duplicates import THRESHOLD as COPY
from dateline.merging.events import Constraint, Merger, clusters, links_of, sources_of, stories_of
from dateline.merging.pairs import Ref
from dateline.merging.scoring import Weights
from dateline.merging.stories import THRESHOLD
from dateline.merging.twins import Head
from dateline.merging.views import ReportView
from dateline.records import MergedEvent


@dataclass(frozen=True, slots=True)
class Done:
    """What one step did."""

    work: int
    """Pairs compared, reports told of, events made."""
    reports: int
    """Reports that were left to do and are done."""


def tell(connection: sa.Connection, limit: int) -> Done | None:
    """Make the stories of some open reports anew, with all they hang together with."""
    turn = _turn(connection, "told", limit)
    if not turn:
        return None
    pairs, behind = Neighbours(connection, events=False), Behind(connection, head_of)
    views = heads_of(connection, _all_told(connection, turn, pairs, behind))
    inside = {k: p for id in views for k, p in pairs[id].items() if k[0] in views and k[1] in views}
    sources = sources_of(views, inside)
    twins = behind.twins(views)
    ids = {*views, *(twin.id for after in twins.of.values() for twin in after)}
    before = _before(connection, ids)
    told = stories_of(views, inside, sources, twins)
    old = {story for story, _ in before.values()}
    _delete(connection, stories.c.id, old | {story.id for story in told})
    _delete(connection, stories_reports.c.report, ids)
    _insert(connection, stories, [story_row(story) for story in told])
    source = {id: sources[behind.head(id)] for id in ids}
    now = {
        id: (story.id, source[id] if source[id] != id else None)
        for story in told
        for id in story.reports
    }
    rows = [{"report": id, "story": one, "copy_of": of} for id, (one, of) in now.items()]
    _insert(connection, stories_reports, rows)
    moved = {behind.head(id) for id, where in now.items() if before.get(id) != where}
    _reopen(connection, "grouped", moved)
    return Done(len(ids), _close(connection, "told", {*turn, *ids}))


def _reopen(connection: sa.Connection, step: str, ids: Iterable[str]) -> None:
    table = merging_open.c
    for part in parts(ids):
        query = sa.select(table.report).where(table.step == step, table.report.in_(part))
        there = set(connection.scalars(query))
        rows = [{"step": step, "report": id} for id in part if id not in there]
        _insert(connection, merging_open, rows)


def _all_told(
    connection: sa.Connection, start: Iterable[str], pairs: Neighbours, behind: Behind[Head]
) -> set[str]:
    """Return the heads that chains of likeness, or an old story, join to ``start``."""
    seen: set[str] = set()
    fresh = set(start)
    while fresh:
        todo = behind.heads(fresh | _in_story(connection, fresh)) - seen
        seen |= todo
        joined = {
            other
            for id in sorted(todo)
            for ids, found in pairs[id].items()
            if found.near >= THRESHOLD or found.share >= COPY
            for other in ids
        }
        around = _in_story(connection, behind.known(todo))
        fresh = {one for one in joined | around if behind.head(one) not in seen}
    return seen


def _in_story(connection: sa.Connection, ids: Iterable[str]) -> set[str]:
    """Return the reports that an old story holds together with some."""
    beside = stories_reports.alias()
    return {
        value
        for part in parts(ids)
        for value in connection.scalars(
            sa.select(stories_reports.c.report)
            .join(beside, beside.c.story == stories_reports.c.story)
            .where(beside.c.report.in_(part))
            .distinct()
        )
    }


def _before(connection: sa.Connection, ids: Iterable[str]) -> dict[str, tuple[str, str | None]]:
    table = stories_reports.c
    return {
        row.report: (row.story, row.copy_of)
        for part in parts(ids)
        for row in connection.execute(sa.select(stories_reports).where(table.report.in_(part)))
    }


def join(
    connection: sa.Connection, limit: int, constraints: Sequence[Constraint], weights: Weights
) -> Done | None:
    """Make the merged events of some open reports anew, with all they hang together with."""
    turn = _turn(connection, "grouped", limit)
    if not turn:
        return None
    pairs, views = Neighbours(connection), Views(connection)
    behind = Behind[ReportView](connection, lambda view: view)
    start = behind.heads(turn)
    hanging = Hanging(connection, pairs, views, behind)
    refs = hanging.together(start, set(turn), constraints, weights.threshold)
    ids = {id for id, _ in refs}
    inside = {k: p for id in ids for k, p in pairs[id].items() if k[0] in ids and k[1] in ids}
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
    twins = behind.twins({id: views.known[id] for id in ids})
    merger = Merger(views.known, inside, links, sources, story, weights, twins)
    old = hanging.old(turn, refs)
    made = [merger.merged(group) for group in clusters(refs, links, constraints, weights)]
    done = hanging.done(refs, old)
    _put(connection, made, old)
    return Done(len(made), _close(connection, "grouped", {*turn, *done}))


@dataclass(frozen=True, slots=True)
class Hanging:
    """Finds what events hang together with."""

    connection: sa.Connection
    pairs: Neighbours
    views: Views
    behind: Behind[ReportView]

    def together(
        self,
        start: Iterable[str],
        turn: Collection[str],
        constraints: Sequence[Constraint],
        threshold: float,
    ) -> set[Ref]:
        """Return the events that links, decisions or an old merging join to some heads'."""
        decided: dict[Ref, set[Ref]] = defaultdict(set)
        for one in constraints:
            decided[one.first].add(one.second)
            decided[one.second].add(one.first)
        todo = {ref for id in start for ref in self.views.refs(id)}
        before = _merged_in(self.connection, {*turn, *start})
        todo |= self._of_heads(_members(self.connection, before))
        seen = set(todo)
        while todo:
            fresh = {other for ref in todo for other in decided.get(ref, ())}
            for ref in todo:
                fresh |= self.pairs.linked(ref, threshold)
            fresh = {ref for ref in fresh if ref in self.views}
            fresh |= self._of_heads(_members(self.connection, self._merged(todo)))
            todo = fresh - seen
            seen |= todo
        return seen

    def old(self, turn: Iterable[str], refs: Collection[Ref]) -> set[str]:
        """Return the merged events that are to be made anew."""
        return _merged_in(self.connection, turn) | self._merged(refs)

    def done(self, refs: Collection[Ref], old: Collection[str]) -> set[str]:
        """Return the reports, with their twins, of which nothing is left to be made anew."""
        here = set(refs)
        whole = {id for id, _ in here if here.issuperset(self.views.refs(id))}
        found = self.behind.known(whole)
        table = reports_events.c
        for part in parts(found):
            query = sa.select(table.report, table.merged).where(table.report.in_(part))
            rows = self.connection.execute(query)
            found -= {row.report for row in rows if row.merged not in old}
        return found

    def _merged(self, refs: Collection[Ref]) -> set[str]:
        """Return the merged events of heads' events and of the same events of their twins."""
        wanted = set(refs)
        for id in {ref[0] for ref in refs}:
            places = [n for n, ref in enumerate(self.views.refs(id)) if ref in wanted]
            for twin in self.behind.after(id):
                wanted.update((twin.id, twin.events[n].id) for n in places)
        return set(_merged_of(self.connection, wanted).values())

    def _of_heads(self, refs: Iterable[Ref]) -> set[Ref]:
        """Return the events of heads that some events stand behind."""
        found = set()
        for id, event in refs:
            head = self.behind.head(id)
            if head == id:
                found.add((id, event))
                continue
            mine, theirs = self._refs(id), self.views.refs(head)
            if (id, event) in mine and len(mine) == len(theirs):
                found.add(theirs[mine.index((id, event))])
        return {ref for ref in found if ref in self.views}

    def _refs(self, id: str) -> list[Ref]:
        """Return the events of a report that stands behind another."""
        after = self.behind.after(self.behind.head(id))
        found = next((twin for twin in after if twin.id == id), None)
        return [(id, event.id) for event in found.events] if found else self.views.refs(id)


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


def _put(connection: sa.Connection, made: Sequence[MergedEvent], old: Collection[str]) -> None:
    for column in (reports_events.c.merged, merged_parties.c.merged, merged_events.c.id):
        _delete(connection, column, {*old, *(one.id for one in made)})
    _insert(connection, merged_events, [event_row(one) for one in made])
    _insert(connection, merged_parties, [row for one in made for row in party_rows(one)])
    rows = [link_row(one.id, link) for one in made for link in one.links]
    _insert(connection, reports_events, rows)


def _turn(connection: sa.Connection, step: str, limit: int | None) -> list[str]:
    table = merging_open.c
    query = sa.select(table.report).where(table.step == step).order_by(table.report).limit(limit)
    return list(connection.scalars(query))


def _close(connection: sa.Connection, step: str, ids: Iterable[str]) -> int:
    """Strike reports off what is left to do; return how many were on it."""
    table, done = merging_open.c, 0
    for part in parts(ids):
        here = merging_open.delete().where(table.step == step, table.report.in_(part))
        done += connection.execute(here).rowcount
    return done


def _merged_in(connection: sa.Connection, ids: Iterable[str]) -> set[str]:
    """Return the merged events that some reports tell."""
    return values_of(connection, reports_events.c.merged, reports_events.c.report, ids)


def _delete(connection: sa.Connection, column: sa.Column[Any], among: Iterable[str]) -> None:
    for part in parts(among):
        connection.execute(column.table.delete().where(column.in_(part)))


def _insert(connection: sa.Connection, table: sa.Table, rows: Sequence[dict[str, Any]]) -> None:
    if rows:
        connection.execute(table.insert(), rows)
