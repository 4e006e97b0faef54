"""Merging in the archive: only what a new, changed or withdrawn report touches is done anew.

What is known of two reports depends on the two alone, and what becomes of a
component of reports or events depends on its members alone. So merging after
each report and merging once give the same tables. Each step does its work in
short transactions and writes down what is left, so that it can be broken off
anywhere and writers do not wait long.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
import zstandard

from dateline.archive import merging_groups
from dateline.archive.merging_groups import Done
from dateline.archive.merging_reading import parts, values_of, views_of
from dateline.archive.merging_tables import (
    merged_events,
    merged_parties,
    merging_keys,
    merging_open,
    merging_pairs,
    merging_reports,
    merging_state,
    reports_events,
    stories,
    stories_reports,
)
from dateline.archive.tables import reports
from dateline.merging.events import Constraint
from dateline.merging.keys import CROWDED, keys
from dateline.merging.packed import view_of
from dateline.merging.pairs import PairOfReports, pair
from dateline.merging.scoring import Weights
from dateline.merging.twins import Aged, heads, twin
from dateline.merging.views import ReportView

METHOD = "3"
"""Version of what is remembered; another one makes merging start anew."""
READ = 100
"""Reports read in one transaction."""
PAIRED = 200
GROUPED = 400


Progress = Callable[[str, int, int], None]
"""Told what a merge does, how many reports are done and how many there are to do."""


@dataclass(frozen=True, slots=True)
class Merging:
    """What a merge did."""

    reports: int
    """Reports that were new, changed or withdrawn."""
    pairs: int
    """Pairs of reports that were compared."""
    stories: int
    """Stories there are now."""
    events: int
    """Merged events there are now."""


def run(
    engine: sa.Engine,
    constraints: Iterable[Constraint],
    weights: Weights,
    progress: Progress | None = None,
) -> Merging:
    """Bring stories and merged events up to date; ``engine`` begins transactions that write."""
    decided = sorted(_ordered(constraint) for constraint in constraints)
    apart = {ref[0] for one in decided for ref in (one.first, one.second)}
    with _step(engine) as connection:
        read = _prepare(connection, decided, apart, weights)
        left = _unread(connection)
    reading = Reading(apart)
    read += _all(engine, reading.step, progress, "reading", left)
    pairs = 0
    for step, name, work in (
        ("paired", "comparing", lambda connection: _pair(connection, weights)),
        ("told", "stories", lambda connection: merging_groups.tell(connection, GROUPED)),
        (
            "grouped",
            "events",
            lambda connection: merging_groups.join(connection, GROUPED, decided, weights),
        ),
    ):
        with _step(engine) as connection:
            left = _left(connection, step)
        done = _all(engine, work, progress, name, left)
        pairs += done if step == "paired" else 0
    with _step(engine) as connection:
        _sweep(connection)
        return Merging(read, pairs, _count(connection, stories), _count(connection, merged_events))


def _all(
    engine: sa.Engine,
    step: Callable[[sa.Connection], Done | None],
    progress: Progress | None,
    name: str,
    total: int,
) -> int:
    """Repeat a step, each time in a transaction, until nothing is left; return what it did."""
    worked, reports_done = 0, 0
    while True:
        with _step(engine) as connection:
            done = step(connection)
        if done is None:
            return worked
        worked += done.work
        reports_done += done.reports
        if progress:
            progress(name, min(reports_done, total), total)


def _unread(connection: sa.Connection) -> int:
    """Return how many reports are new or coded otherwise."""
    query = _new(sa.func.count()).select_from(reports)
    return connection.scalar(query) or 0


def _left(connection: sa.Connection, step: str) -> int:
    query = sa.select(sa.func.count()).where(merging_open.c.step == step)
    return connection.scalar(query) or 0


@contextmanager
def _step(engine: sa.Engine) -> Iterator[sa.Connection]:
    """Begin a transaction that keeps other merges out."""
    with engine.begin() as connection:
        if connection.dialect.name != "sqlite":
            connection.execute(sa.text("LOCK TABLE merging_open IN EXCLUSIVE MODE"))
        yield connection


def _ordered(constraint: Constraint) -> Constraint:
    first, second = sorted((constraint.first, constraint.second))
    return Constraint(first, second, constraint.together)


# -------------------------------------------------------------------- prepare


def _prepare(
    connection: sa.Connection,
    constraints: Sequence[Constraint],
    apart: Collection[str],
    weights: Weights,
) -> int:
    """Start anew under other weights; note what humans decided otherwise, and what is gone."""
    made_by = f"{METHOD} {weights.digest}"
    if _state(connection, "weights") != made_by:
        for table in (
            merging_keys, merging_pairs, merging_reports, merging_open, merging_state,
            stories, stories_reports, merged_parties, merged_events, reports_events,
        ):  # fmt: skip
            connection.execute(table.delete())
        _remember(connection, "weights", made_by)
    now = json.dumps([[*c.first, *c.second, c.together] for c in constraints])
    before = _state(connection, "constraints") or "[]"
    if now != before:
        changed = {tuple(c) for c in json.loads(now)} ^ {tuple(c) for c in json.loads(before)}
        named = {id for c in changed for id in (c[0], c[2])}
        _settle(connection, _twins(connection, named), {}, apart)
        _open(connection, "grouped", named)
        _remember(connection, "constraints", now)
    gone = connection.scalars(
        sa.select(merging_reports.c.report)
        .join(reports, reports.c.id == merging_reports.c.report, isouter=True)
        .where(reports.c.id.is_(None))
    ).all()
    twins = _twins(connection, gone)
    for id in gone:
        _forget(connection, id)
    _settle(connection, twins, {}, apart)
    return len(gone)


def _forget(connection: sa.Connection, id: str) -> None:
    """Take out what is remembered of a withdrawn report; its neighbours are to be done anew."""
    _release(connection, id)
    beside = stories_reports.alias()
    query = (
        sa.select(stories_reports.c.report)
        .join(beside, beside.c.story == stories_reports.c.story)
        .where(beside.c.report == id)
    )
    _open(connection, "told", set(connection.scalars(query)))
    before = _crowded(connection, _keys(connection, id))
    connection.execute(merging_keys.delete().where(merging_keys.c.report == id))
    _reopen(connection, before - _crowded(connection, before))
    merged = set(
        connection.scalars(sa.select(reports_events.c.merged).where(reports_events.c.report == id))
    )
    for part in parts(merged):
        query = sa.select(reports_events.c.report).where(reports_events.c.merged.in_(part))
        _open(connection, "grouped", set(connection.scalars(query)))
    for table in (merging_reports, merging_open, stories_reports, reports_events):
        connection.execute(table.delete().where(table.c.report == id))


def _release(connection: sa.Connection, id: str) -> None:
    """Take out the pairs of a report; it and its neighbours are to be grouped anew."""
    near = _unpair(connection, id)
    for step in ("told", "grouped"):
        _open(connection, step, near)


def _unpair(connection: sa.Connection, id: str) -> set[str]:
    """Take out the pairs of a report; return it with those it was paired with."""
    of = (merging_pairs.c.first == id) | (merging_pairs.c.second == id)
    rows = connection.execute(sa.select(merging_pairs.c.first, merging_pairs.c.second).where(of))
    near = {id, *(one for row in rows for one in row)}
    if len(near) > 1 or connection.scalar(sa.select(sa.exists().where(of))):
        connection.execute(merging_pairs.delete().where(of))
    return near


def _sweep(connection: sa.Connection) -> None:
    """Take out stories and merged events whose reports are all withdrawn."""
    for table, inside in (
        (stories, sa.exists().where(stories_reports.c.story == stories.c.id)),
        (merged_events, sa.exists().where(reports_events.c.merged == merged_events.c.id)),
    ):
        connection.execute(table.delete().where(~inside))


# ----------------------------------------------------------------------- read


def _new(*wanted: Any) -> sa.Select[Any]:
    """Return the query for reports that are new or coded otherwise."""
    known = merging_reports.c
    return (
        sa.select(*wanted)
        .join_from(reports, merging_reports, known.report == reports.c.id, isouter=True)
        .where(known.digest.is_(None) | (known.digest != reports.c.digest))
    )


@dataclass(slots=True)
class Reading:
    """Reads the reports that are new or coded otherwise, in order of their ids."""

    apart: Collection[str]
    last: str = ""
    """Id of the last report read: those before it need not be looked through again."""

    def step(self, connection: sa.Connection) -> Done | None:
        """Read some; at the end, once more from the first, for what was added meanwhile."""
        found = self._some(connection)
        if not found and self.last:
            self.last = ""
            found = self._some(connection)
        if not found:
            return None
        self.last = found[-1].id
        _read(connection, found, self.apart)
        return Done(len(found), len(found))

    def _some(self, connection: sa.Connection) -> Sequence[sa.Row[Any]]:
        query = _new(reports.c.id, reports.c.digest, reports.c.coded).order_by(reports.c.id)
        return connection.execute(query.where(reports.c.id > self.last).limit(READ)).all()


def _read(connection: sa.Connection, found: Sequence[sa.Row[Any]], apart: Collection[str]) -> None:
    """Make the views of some reports, and find their twins."""
    unpack, pack = zstandard.ZstdDecompressor(), zstandard.ZstdCompressor(level=3)
    views = {row.id: view_of(unpack.decompress(row.coded)) for row in found}
    twins = {id: twin(one) for id, one in views.items()}
    touched = _twins(connection, views) | set(twins.values())
    _delete(connection, merging_reports, merging_reports.c.report, views)
    connection.execute(
        merging_reports.insert(),
        [
            {
                "report": row.id,
                "digest": row.digest,
                "published": views[row.id].published,
                "twin": twins[row.id],
                "head": "",
                "packed": pack.compress(views[row.id].to_json()),
            }
            for row in found
        ],
    )
    _settle(connection, touched, views, apart)


def _twins(connection: sa.Connection, ids: Iterable[str]) -> set[str]:
    """Return what the twins of some reports are known by."""
    return values_of(connection, merging_reports.c.twin, merging_reports.c.report, ids)


def _settle(
    connection: sa.Connection,
    twins: Collection[str],
    fresh: Mapping[str, ReportView],
    apart: Collection[str],
) -> None:
    """Name the heads among some twins; only they have keys and are compared.

    ``fresh``: reports that are new or coded otherwise.
    """
    before: dict[str, str] = {}
    now: dict[str, str] = {}
    groups: dict[str, list[Aged]] = defaultdict(list)
    table = merging_reports.c
    for part in parts(twins):
        query = sa.select(table.report, table.published, table.twin, table.head)
        for row in connection.execute(query.where(table.twin.in_(part))):
            groups[row.twin].append((row.report, row.published))
            before[row.report] = row.head
    for group in groups.values():
        now |= heads(group, apart)
    was = {id for id, head in before.items() if head == id} | set(fresh)
    is_now = {id for id, head in now.items() if head == id}
    _rekey(connection, was - is_now | set(fresh), is_now - was | is_now & set(fresh), fresh)
    for id in sorted(was - is_now):
        _release(connection, id)
    moved = {id: head for id, head in now.items() if before[id] != head}
    if moved:
        connection.execute(
            merging_reports.update()
            .where(table.report == sa.bindparam("id"))
            .values(head=sa.bindparam("first")),
            [{"id": id, "first": head} for id, head in moved.items()],
        )
    for step in ("told", "grouped"):
        _open(connection, step, {one for id, head in moved.items() for one in (id, head)})


def _rekey(
    connection: sa.Connection,
    without: Collection[str],
    having: Collection[str],
    fresh: Mapping[str, ReportView],
) -> None:
    """Take the keys of some reports out, then give some theirs; those are to be paired."""
    views = dict(fresh) | views_of(connection, set(having) - set(fresh))
    new = {id: keys(views[id]) for id in having}
    touched = {key for one in new.values() for key in one}
    touched.update(key for id in without for key in _keys(connection, id))
    before = _crowded(connection, touched)
    _delete(connection, merging_keys, merging_keys.c.report, without)
    rows = [{"key": key, "report": id} for id, one in new.items() for key in one]
    if rows:
        connection.execute(merging_keys.insert(), rows)
    _open(connection, "paired", having)
    _reopen(connection, before ^ _crowded(connection, touched))


def _keys(connection: sa.Connection, id: str) -> set[str]:
    return set(connection.scalars(sa.select(merging_keys.c.key).where(merging_keys.c.report == id)))


def _crowded(connection: sa.Connection, among: Collection[str]) -> set[str]:
    """Return those keys that too many reports have."""
    found: set[str] = set()
    for part in parts(among):
        found.update(
            connection.scalars(
                sa.select(merging_keys.c.key)
                .where(merging_keys.c.key.in_(part))
                .group_by(merging_keys.c.key)
                .having(sa.func.count() > CROWDED)
            )
        )
    return found


def _reopen(connection: sa.Connection, among: Collection[str]) -> None:
    """Have the reports paired anew that a key finds no more, or finds again."""
    for part in parts(among):
        query = sa.select(merging_keys.c.report).where(merging_keys.c.key.in_(part))
        _open(connection, "paired", set(connection.scalars(query)))


# ----------------------------------------------------------------------- pair


def _pair(connection: sa.Connection, weights: Weights) -> Done | None:
    """Compare some reports with those they share a key with.

    A pair of two open reports is compared when the second of them has its turn.
    """
    query = sa.select(merging_open.c.report).where(merging_open.c.step == "paired")
    turn = list(connection.scalars(query.order_by(merging_open.c.report).limit(PAIRED)))
    if not turn:
        return None
    near_to = {id: _near(connection, id) for id in turn}
    is_open: set[str] = set()
    for part in parts({*turn, *(other for near in near_to.values() for other in near)}):
        is_open.update(connection.scalars(query.where(merging_open.c.report.in_(part))))
    views: dict[str, ReportView] = {}
    touched: set[str] = set()
    compared = 0
    for id in turn:
        touched |= _unpair(connection, id)
        is_open.discard(id)
        near = sorted({id, *(near_to[id] - is_open)})
        views |= views_of(connection, [other for other in near if other not in views])
        if id not in views:
            continue
        found = [pair(views[id], views[other], weights) for other in near if other in views]
        compared += len(found)
        worth = [one for one in found if one.worth]
        _keep(connection, worth)
        touched.update(other for one in worth for other in (one.first, one.second))
    for step in ("told", "grouped"):
        _open(connection, step, touched)
    _delete(connection, merging_open, merging_open.c.report, turn, merging_open.c.step == "paired")
    return Done(compared, len(turn))


def _near(connection: sa.Connection, id: str) -> set[str]:
    """Return the reports that share a key that is not crowded."""
    mine = _keys(connection, id)
    found: set[str] = set()
    for part in parts(mine - _crowded(connection, mine)):
        query = sa.select(merging_keys.c.report).where(merging_keys.c.key.in_(part))
        found.update(connection.scalars(query))
    return found - {id}


def _keep(connection: sa.Connection, found: Iterable[PairOfReports]) -> None:
    rows = [
        {
            "first": one.first,
            "second": one.second,
            "likeness": one.likeness,
            "near": one.near,
            "share": one.share,
            "links": json.dumps(one.links),
        }
        for one in found
    ]
    if rows:
        connection.execute(merging_pairs.insert(), rows)


# -------------------------------------------------------------------- helpers


def _delete(
    connection: sa.Connection,
    table: sa.Table,
    column: sa.Column[Any],
    among: Iterable[str],
    *conditions: sa.ColumnElement[bool],
) -> None:
    for part in parts(among):
        connection.execute(table.delete().where(column.in_(part), *conditions))


def _open(connection: sa.Connection, step: str, ids: Iterable[str]) -> None:
    """Write down reports that a step is to take."""
    wanted = sorted(ids)
    for part in parts(wanted):
        there = set(
            connection.scalars(
                sa.select(merging_open.c.report).where(
                    merging_open.c.step == step, merging_open.c.report.in_(part)
                )
            )
        )
        rows = [{"step": step, "report": id} for id in part if id not in there]
        if rows:
            connection.execute(merging_open.insert(), rows)


def _state(connection: sa.Connection, name: str) -> str | None:
    found: str | None = connection.scalar(
        sa.select(merging_state.c.value).where(merging_state.c.name == name)
    )
    return found


def _remember(connection: sa.Connection, name: str, value: str) -> None:
    connection.execute(merging_state.delete().where(merging_state.c.name == name))
    connection.execute(merging_state.insert().values(name=name, value=value))


def _count(connection: sa.Connection, table: sa.Table) -> int:
    return connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0
