"""What people decide about records: written once, never changed, taken back by another row.

A judgement points at a record by report and id and keeps the offsets of its words. When a report
is coded again by a newer version, ids may change: a judgement whose id is gone is carried by the
one record of its layer with the same offsets, and is an orphan where there is none.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from dateline.archive.judging_tables import judgements
from dateline.archive.moments import in_order
from dateline.archive.tables import layers, reports
from dateline.errors import InputError
from dateline.merging.events import Constraint

DECISIONS = ("accept", "reject", "correct", "merge", "split", "comment")
VERDICTS = ("kept", "broken", "modified", "withdrawn")
ACTIONS = (*DECISIONS, *VERDICTS)
WORDS = {
    "events": "trigger", "statements": "content", "commitments": "span", "participants": "head",
    "places": "span", "times": "span", "quantities": "span",
}  # fmt: skip
"""Layer → the field whose words a record is found by."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """One decision of one person about one record."""

    coder: str
    action: str
    """``accept``, ``reject``, ``correct``, ``merge``, ``split`` or ``comment``; of a commitment
    also ``kept``, ``broken``, ``modified`` or ``withdrawn``."""
    layer: str
    report: str
    record: str
    field: str | None = None
    """Field that ``correct`` mends."""
    value: Any = None
    """What it should be."""
    other: str | None = None
    """``REPORT/RECORD`` of the other event of ``merge`` or ``split``."""
    note: str | None = None
    number: int | None = None
    at: str | None = None
    """ISO 8601, UTC."""
    start: int | None = None
    end: int | None = None
    undoes: int | None = None


def add(connection: sa.Connection, judgement: Judgement) -> Judgement:
    """Write a judgement; return it with its number and time.

    Raises:
        InputError: it names no action, report or record that there is, or lacks what the
            action needs; the message says which.
    """
    _checked(judgement)
    place = _place(connection, judgement.layer, judgement.report, judgement.record)
    if judgement.other is not None:
        report, _, record = judgement.other.partition("/")
        _place(connection, judgement.layer, report, record)
    made = replace(judgement, at=judgement.at or _now(), start=place[0], end=place[1])
    return _written(connection, made)


def undo(connection: sa.Connection, number: int, coder: str, note: str | None = None) -> Judgement:
    """Take a judgement back by another row; return that row.

    Raises:
        InputError: there is no such judgement, or it is taken back already.
    """
    row = connection.execute(sa.select(judgements).where(judgements.c.number == number)).first()
    if row is None or row.undoes is not None:
        raise InputError(f"there is no judgement {number} to take back")
    taken = connection.scalar(sa.select(judgements.c.number).where(judgements.c.undoes == number))
    if taken is not None:
        raise InputError(f"judgement {number} was taken back already, by {taken}")
    undone = replace(_of(row), number=None, at=_now(), coder=coder, note=note, undoes=number)
    return _written(connection, undone)


def find(
    connection: sa.Connection,
    *,
    report: str | None = None,
    record: str | None = None,
    layer: str | None = None,
    coder: str | None = None,
    standing: bool = True,
) -> list[Judgement]:
    """Return judgements in the order in which they were made; ``standing``: none taken back."""
    query = sa.select(judgements).order_by(judgements.c.number)
    wanted = {"report": report, "record": record, "layer": layer, "coder": coder}
    for name, value in wanted.items():
        if value is not None:
            query = query.where(judgements.c[name] == value)
    if standing:
        gone = judgements.alias()
        query = query.where(
            judgements.c.undoes.is_(None),
            ~sa.exists().where(gone.c.undoes == judgements.c.number),
        )
    return [_of(row) for row in connection.execute(query)]


def last_of(
    connection: sa.Connection, report_ids: Iterable[str], layer: str = "events"
) -> dict[tuple[str, str], Judgement]:
    """Return the last standing judgement of each judged record of some reports, by report and record."""
    gone = judgements.alias()
    rows = connection.execute(
        sa.select(judgements)
        .where(
            judgements.c.report.in_(list(report_ids)),
            judgements.c.layer == layer,
            judgements.c.undoes.is_(None),
            ~sa.exists().where(gone.c.undoes == judgements.c.number),
        )
        .order_by(judgements.c.number)
    )
    return {(row.report, row.record): _of(row) for row in rows}


def constraints(connection: sa.Connection) -> Iterator[Constraint]:
    """Yield what standing judgements say of pairs of events; the last word on a pair counts."""
    last: dict[frozenset[tuple[str, str]], Constraint] = {}
    for one in find(connection, layer="events"):
        if one.action in ("merge", "split") and one.other:
            report, _, record = one.other.partition("/")
            pair = ((one.report, one.record), (report, record))
            last[frozenset(pair)] = Constraint(*pair, together=one.action == "merge")
    yield from last.values()


def orphans(connection: sa.Connection) -> list[Judgement]:
    """Return the standing judgements whose record is gone, and cannot be told by its words."""
    found = []
    for one in find(connection):
        key = connection.scalar(sa.select(reports.c.key).where(reports.c.id == one.report))
        if key is None or carried_by(connection, one, key) is None:
            found.append(one)
    return found


def carried_by(connection: sa.Connection, judgement: Judgement, key: int) -> str | None:
    """Return the id of the record that carries a judgement now: its own, or that of its words."""
    table = layers[judgement.layer]
    own = connection.scalar(
        sa.select(table.c.id).where(table.c.report == key, table.c.id == judgement.record)
    )
    if own is not None or judgement.start is None:
        return own
    words = WORDS[judgement.layer]
    same = connection.scalars(
        sa.select(table.c.id).where(
            table.c.report == key,
            table.c[f"{words}_start"] == judgement.start,
            table.c[f"{words}_end"] == judgement.end,
        )
    ).all()
    return same[0] if len(same) == 1 else None


def _checked(judgement: Judgement) -> None:
    action, layer = judgement.action, judgement.layer
    if action not in ACTIONS:
        raise InputError(f"there is no action {action!r}; the actions are {', '.join(ACTIONS)}")
    if layer not in WORDS:
        raise InputError(f"there is no layer {layer!r} to judge; the layers are {', '.join(WORDS)}")
    if not judgement.coder.strip():
        raise InputError("a judgement needs the name of who makes it")
    if action in VERDICTS and layer != "commitments":
        raise InputError(f"{action} is said of commitments, not of {layer}")
    if action == "correct" and not judgement.field:
        raise InputError("correct needs the field that is wrong and what it should be")
    if action in ("merge", "split") and (layer != "events" or "/" not in (judgement.other or "")):
        raise InputError(f"{action} needs two events: the other one as REPORT/EVENT")
    if action == "comment" and not judgement.note:
        raise InputError("comment needs a note")


def _place(
    connection: sa.Connection, layer: str, report: str, record: str
) -> tuple[int | None, int | None]:
    table, words = layers[layer], WORDS[layer]
    query = sa.select(table.c[f"{words}_start"], table.c[f"{words}_end"])
    query = query.join(reports, reports.c.key == table.c.report)
    row = connection.execute(query.where(reports.c.id == report, table.c.id == record)).first()
    if row is None:
        raise InputError(f"there is no {record!r} among the {layer} of report {report!r}")
    return row[0], row[1]


def _written(connection: sa.Connection, one: Judgement) -> Judgement:
    row = {name: getattr(one, name) for name in Judgement.__dataclass_fields__ if name != "number"}
    row["value"] = None if one.value is None else json.dumps(one.value, ensure_ascii=False)
    in_order(connection)
    made = connection.execute(judgements.insert().values(row)).inserted_primary_key
    assert made is not None
    return replace(one, number=int(made[0]))


def _of(row: Any) -> Judgement:
    fields = {name: getattr(row, name) for name in Judgement.__dataclass_fields__}
    fields["value"] = None if row.value is None else json.loads(row.value)
    return Judgement(**fields)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
