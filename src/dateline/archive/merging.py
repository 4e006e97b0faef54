"""Merging in the archive: only what a new, changed or withdrawn report touches is done anew.

What is known of two reports depends on the two alone, and what becomes of a
component of reports or events depends on its members alone. So merging after
each report and merging once give the same tables. Each step does its work in
short transactions and writes down what is left, so that it can be broken off
anywhere and writers do not wait long.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
import zstandard

from dateline.archive import merging_groups
from dateline.archive.merging_groups import parts
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
from dateline.merging.pairs import PairOfReports, pair
from dateline.merging.scoring import Weights
from dateline.merging.views import ReportView, view
from dateline.records import CodedReport

METHOD = "2"
"""Version of what is remembered; another one makes merging start anew."""
READ = 100
"""Reports read in one transaction."""
PAIRED = 200
GROUPED = 400


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


def run(engine: sa.Engine, constraints: Iterable[Constraint], weights: Weights) -> Merging:
    """Bring stories and merged events up to date; ``engine`` begins transactions that write."""
    decided = sorted(_ordered(constraint) for constraint in constraints)
    with _step(engine) as connection:
        read = _prepare(connection, decided, weights)
    read += _all(engine, _read)
    pairs = _all(engine, lambda connection: _pair(connection, weights))
    _all(engine, lambda connection: merging_groups.tell(connection, GROUPED))
    _all(engine, lambda connection: merging_groups.join(connection, GROUPED, decided, weights))
    with _step(engine) as connection:
        _sweep(connection)
        return Merging(read, pairs, _count(connection, stories), _count(connection, merged_events))


def _all(engine: sa.Engine, step: Callable[[sa.Connection], int | None]) -> int:
    """Repeat a step, each time in a transaction, until nothing is left; return what it did."""
    total = 0
    while True:
        with _step(engine) as connection:
            done = step(connection)
        if done is None:
            return total
        total += done


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


def _prepare(connection: sa.Connection, constraints: Sequence[Constraint], weights: Weights) -> int:
    """Start anew under other weights; note what humans decided otherwise, and what is gone."""
    made_by = hashlib.sha256(f"{METHOD} {weights!r}".encode()).hexdigest()
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
        _open(connection, "grouped", {id for c in changed for id in (c[0], c[2])})
        _remember(connection, "constraints", now)
    gone = connection.scalars(
        sa.select(merging_reports.c.report)
        .join(reports, reports.c.id == merging_reports.c.report, isouter=True)
        .where(reports.c.id.is_(None))
    ).all()
    for id in gone:
        _forget(connection, id)
    return len(gone)


def _forget(connection: sa.Connection, id: str) -> None:
    """Take out what is remembered of a withdrawn report; its neighbours are to be done anew."""
    _release(connection, id)
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
    of = (merging_pairs.c.first == id) | (merging_pairs.c.second == id)
    rows = connection.execute(sa.select(merging_pairs.c.first, merging_pairs.c.second).where(of))
    near = {id, *(one for row in rows for one in row)}
    connection.execute(merging_pairs.delete().where(of))
    for step in ("told", "grouped"):
        _open(connection, step, near)


def _sweep(connection: sa.Connection) -> None:
    """Take out stories and merged events whose reports are all withdrawn."""
    for table, inside in (
        (stories, sa.exists().where(stories_reports.c.story == stories.c.id)),
        (merged_events, sa.exists().where(reports_events.c.merged == merged_events.c.id)),
    ):
        connection.execute(table.delete().where(~inside))


# ----------------------------------------------------------------------- read


def _read(connection: sa.Connection) -> int | None:
    """Make views and keys of some reports that are new or coded otherwise."""
    known = merging_reports.c
    found = connection.execute(
        sa.select(reports.c.id, reports.c.digest, reports.c.coded)
        .join(merging_reports, known.report == reports.c.id, isouter=True)
        .where(known.digest.is_(None) | (known.digest != reports.c.digest))
        .order_by(reports.c.id)
        .limit(READ)
    ).all()
    if not found:
        return None
    unpack, pack = zstandard.ZstdDecompressor(), zstandard.ZstdCompressor(level=3)
    views = {row.id: view(CodedReport.from_json(unpack.decompress(row.coded))) for row in found}
    new = {id: keys(one) for id, one in views.items()}
    touched = {key for one in new.values() for key in one}
    touched.update(key for id in views for key in _keys(connection, id))
    before = _crowded(connection, touched)
    for table in (merging_reports, merging_keys):
        _delete(connection, table, table.c.report, views)
    connection.execute(
        merging_reports.insert(),
        [
            {
                "report": row.id,
                "digest": row.digest,
                "packed": pack.compress(views[row.id].to_json()),
            }
            for row in found
        ],
    )
    rows = [{"key": key, "report": id} for id, one in new.items() for key in one]
    if rows:
        connection.execute(merging_keys.insert(), rows)
    _open(connection, "paired", views)
    _reopen(connection, before ^ _crowded(connection, touched))
    return len(found)


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


def _pair(connection: sa.Connection, weights: Weights) -> int | None:
    """Compare some reports with those they share a key with.

    A pair of two open reports is compared when the second of them has its turn.
    """
    is_open = set(
        connection.scalars(sa.select(merging_open.c.report).where(merging_open.c.step == "paired"))
    )
    turn = sorted(is_open)[:PAIRED]
    if not turn:
        return None
    views: dict[str, ReportView] = {}
    compared = 0
    for id in turn:
        _release(connection, id)
        is_open.discard(id)
        near = _near(connection, id) - is_open
        missing = [other for other in sorted({id, *near}) if other not in views]
        views |= merging_groups.views_of(connection, missing)
        if id not in views:
            continue
        found = [pair(views[id], views[other], weights) for other in sorted({id, *near})]
        compared += len(found)
        _keep(connection, [one for one in found if one.worth])
        others = {other for one in found if one.worth for other in (one.first, one.second)}
        for step in ("told", "grouped"):
            _open(connection, step, others | {id})
    _delete(connection, merging_open, merging_open.c.report, turn, merging_open.c.step == "paired")
    return compared


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
