"""What merging remembers of reports, read when asked for."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Generic

import sqlalchemy as sa
import zstandard

from dateline.archive.merging_tables import merging_pairs, merging_reports
from dateline.merging.events import age, links_of
from dateline.merging.pairs import PairOfReports, Ref
from dateline.merging.twins import H, Head, Twins
from dateline.merging.views import ReportView

MANY = 400
"""Values in one query."""


def parts(values: Iterable[str]) -> Iterator[list[str]]:
    """Yield values in order, as many at once as one query takes."""
    known = sorted(set(values))
    for start in range(0, len(known), MANY):
        yield known[start : start + MANY]


def values_of(
    connection: sa.Connection, wanted: sa.Column[str], column: sa.Column[str], among: Iterable[str]
) -> set[str]:
    """Return the values of ``wanted`` in the rows whose ``column`` is among some values."""
    return {
        value
        for part in parts(among)
        for value in connection.scalars(sa.select(wanted).where(column.in_(part)))
    }


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


class Behind(Generic[H]):
    """Which report stands for which of its twins, read when asked for.

    ``kept``: what is kept of the view of a report.
    """

    def __init__(self, connection: sa.Connection, kept: Callable[[ReportView], H]) -> None:
        self._connection = connection
        self._kept = kept
        self._heads: dict[str, str] = {}
        self._after: dict[str, list[H]] = {}

    def heads(self, ids: Iterable[str]) -> set[str]:
        """Return the heads of some reports; what is not there any more has none."""
        wanted = set(ids)
        table = merging_reports.c
        for part in parts(wanted - self._heads.keys()):
            query = sa.select(table.report, table.head).where(table.report.in_(part))
            self._heads.update((row.report, row.head) for row in self._connection.execute(query))
        return {self._heads[id] for id in wanted if id in self._heads}

    def head(self, id: str) -> str:
        """Return the head of a report; itself where it is not there any more."""
        if id not in self._heads:
            self.heads([id])
        return self._heads.get(id, id)

    def after(self, head: str) -> list[H]:
        """Return those that a head stands for, in order of publication, without itself."""
        self._fetch([head])
        return self._after[head]

    def known(self, ids: Iterable[str]) -> set[str]:
        """Return some heads with those they stand for."""
        wanted = sorted(ids)
        self._fetch(wanted)
        return {*wanted, *(twin.id for id in wanted for twin in self._after[id])}

    def twins(self, ids: Iterable[str]) -> Twins[H]:
        """Return what some heads stand for."""
        wanted = sorted(ids)
        self._fetch(wanted)
        return Twins({id: self._after[id] for id in wanted})

    def _fetch(self, ids: Iterable[str]) -> None:
        missing = [id for id in ids if id not in self._after]
        self._after.update((id, []) for id in missing)
        table, unpack = merging_reports.c, zstandard.ZstdDecompressor()
        for part in parts(missing):
            query = sa.select(table.report, table.head, table.packed)
            behind = query.where(table.head.in_(part), table.head != table.report)
            for row in self._connection.execute(behind):
                self._heads[row.report] = row.head
                one = ReportView.from_json(unpack.decompress(row.packed))
                self._after[row.head].append(self._kept(one))
        for id in missing:
            self._after[id].sort(key=age)


class Neighbours:
    """What is known of reports and those they were compared with, read when asked for.

    ``events``: with the links of their events.
    """

    def __init__(self, connection: sa.Connection, *, events: bool = True) -> None:
        self._connection = connection
        self._events = events
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
                    tuple((a, b, score) for a, b, score in json.loads(row.links))
                    if self._events
                    else (),
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


def head_of(view: ReportView) -> Head:
    """Return what stories need of a report."""
    return Head(view.id, view.title, view.published)


def views_of(connection: sa.Connection, ids: Iterable[str]) -> dict[str, ReportView]:
    """Return the views of those reports that are there, by id."""
    return _kept_of(connection, ids, lambda view: view)


def heads_of(connection: sa.Connection, ids: Iterable[str]) -> dict[str, Head]:
    """Return what stories need of those reports that are there, by id."""
    return _kept_of(connection, ids, head_of)


def _kept_of(
    connection: sa.Connection, ids: Iterable[str], kept: Callable[[ReportView], H]
) -> dict[str, H]:
    unpack = zstandard.ZstdDecompressor()
    table = merging_reports.c
    return {
        row.report: kept(ReportView.from_json(unpack.decompress(row.packed)))
        for part in parts(ids)
        for row in connection.execute(
            sa.select(table.report, table.packed).where(table.report.in_(part))
        )
    }
