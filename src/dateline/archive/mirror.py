"""A mirror of the archive's slim tables by column, in DuckDB: counting over them takes milliseconds.

The archive stays what counts. A mirror is made when a desk opens, in a folder that goes with it,
and follows the change feed: whoever reads brings it to the moment of their own reading first, which
costs a few milliseconds for each report that was added. While it is made, or where very much was
added at once, the archive answers itself, more slowly and the same.
"""

from __future__ import annotations

import logging
import os
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import sqlalchemy as sa
from duckdb_engine import ConnectionWrapper
from sqlalchemy.schema import CreateTable

from dateline.archive.judging_tables import judgements
from dateline.archive.meetings import made, meetings
from dateline.archive.moments import at_one_moment
from dateline.archive.quick import OPTION
from dateline.archive.tables import (
    changes,
    event_contexts,
    facts,
    layers,
    parties,
    reports,
    voices,
)

logger = logging.getLogger(__name__)
EVENTS = (
    "report",
    "id",
    "place_name",
    "actor_name",
    "recipient_name",
    "trigger",
    "dead_best",
    "injured_best",
)
MIRRORED: tuple[tuple[sa.Table, tuple[str, ...]], ...] = (
    (reports, ("key", "id", "title", "publisher", "published")),
    (facts, tuple(facts.c.keys())),
    (parties, tuple(parties.c.keys())),
    (event_contexts, tuple(event_contexts.c.keys())),
    (voices, ("report", "id", "layer", "who", "name", "country")),
    (layers["events"], EVENTS),
    (layers["statements"], ("report", "id", "kind", "stance", "interval_start", "confidence", "negated", "medium", "who")),
    (layers["commitments"], ("report", "id", "kind", "strength", "negated", "confidence", "deadline_end", "who")),
    (layers["places"], ("report", "geonameid")),
    (layers["actors"], ("report", "id", "name", "kind", "country", "sectors", "wikidata", "offices")),
)  # fmt: skip
"""What a mirror holds: tables, and their columns."""
SOUGHT = (parties.name, voices.name)
"""Tables that are asked who takes part: kept in that order, one is found without reading them whole."""
JUDGED = ("number", "coder", "action", "layer", "report", "record", "undoes")
SMALL = 2_000
"""Reports of an archive whose mirror is made before the first answer."""
MOST = 400
"""Changes that a reader waits for; more are caught up with in the background."""
LAG = 1.0
"""Seconds for which it may lag behind while another reader brings it up to date."""
ROWS = 20_000
"""Rows read at a time."""
MEMORY = "512MB"


class Mirror:
    """A mirror of one archive.

    Args:
        source: engine of the archive.
        memory: the most that DuckDB holds in memory, as it writes sizes; the rest is on disk.
    """

    def __init__(self, source: sa.Engine, memory: str = MEMORY) -> None:
        self._source = at_one_moment(source)
        self._folder = tempfile.TemporaryDirectory(prefix="dateline-", ignore_cleanup_errors=True)
        path = Path(self._folder.name) / "slim.duckdb"
        config: dict[str, str | bool | int | float | list[str]] = {
            "memory_limit": memory,
            "threads": min(4, os.cpu_count() or 1),
        }
        self._db = duckdb.connect(path, config=config)
        self._engine = sa.create_engine(
            "duckdb://",
            creator=lambda: ConnectionWrapper(self._db.cursor()),
            poolclass=sa.QueuePool,
            pool_size=40,
            max_overflow=-1,
        )
        self._tables = {table.name: _table(table, names) for table, names in MIRRORED}
        self._tables |= {"judgements": _table(judgements, JUDGED), made.name: made}
        for table in self._tables.values():
            self._db.execute(str(CreateTable(table).compile(self._engine)))
        self._lock = threading.Lock()
        self._at, self._judged, self._since = 0, 0, 0.0
        self._ready, self._closed = threading.Event(), threading.Event()
        self._behind: threading.Thread | None = None
        self.places: dict[int, dict[str, Any]] = {}

    def start(self) -> None:
        """Begin to fill it: at once where the archive is small, else in the background."""
        with self._source.connect() as connection:
            number = connection.scalar(sa.select(sa.func.count()).select_from(reports)) or 0
        if number <= SMALL:
            self._fill()
        else:
            self._in_background(self._fill)

    def wait(self, seconds: float | None = None) -> bool:
        """Wait until it is filled; return whether it is."""
        return self._ready.wait(seconds)

    def close(self) -> None:
        """Stop, and take everything away."""
        self._closed.set()
        self._ready.clear()
        if self._behind is not None:
            self._behind.join()
        with self._lock:
            self._engine.dispose()
            self._db.close()
        self._folder.cleanup()

    @contextmanager
    def beside(self, connection: sa.Connection) -> Iterator[None]:
        """Let ``dateline.archive.quick`` find it beside a connection to the archive."""
        reading = _Reading(self)
        connection.execution_options(**{OPTION: reading})
        try:
            yield
        finally:
            reading.close()
            connection.execution_options(**{OPTION: None})

    def catch_up(self, connection: sa.Connection) -> bool:
        """Bring it to what a connection to the archive sees; return whether it is there."""
        if not self._ready.is_set():
            return False
        number, judged = _newest(connection)
        if number <= self._at and judged <= self._judged:
            self._since = time.monotonic()
            return True
        if number - self._at > MOST:
            self._ready.clear()
            self._in_background(self._follow)
            return False
        late = judged > self._judged or time.monotonic() - self._since > LAG
        if not self._lock.acquire(blocking=late):
            return True  # another is at it; what was true a moment ago will do
        try:
            if number > self._at or judged > self._judged:
                self._apply(connection, number, judged)
            self._since = time.monotonic()
        finally:
            self._lock.release()
        return True

    def connect(self) -> sa.Connection:
        """Return a connection for reading."""
        return self._engine.connect()

    # ------------------------------------------------------------- filling

    def _in_background(self, work: Any) -> None:
        def run() -> None:
            try:
                work()
            except Exception:  # the archive goes on to answer itself
                if not self._closed.is_set():
                    logger.warning("the mirror of the archive is not kept up", exc_info=True)

        self._behind = threading.Thread(target=run, name="mirror", daemon=True)
        self._behind.start()

    def _fill(self) -> None:
        """Copy all that the archive has at one moment."""
        with self._source.connect() as connection, self._lock:
            number, judged = _newest(connection)
            for table, names in MIRRORED:
                self._copy(connection, table, sa.select(*(table.c[name] for name in names)))
            self._add_judgements(connection, judged)
            for name in SOUGHT:
                self._db.execute(
                    f'CREATE OR REPLACE TABLE "{name}" AS SELECT * FROM "{name}" ORDER BY who'
                )
            self._db.execute(f"INSERT INTO meetings {self._sql(meetings())}")
            self._db.execute("CHECKPOINT")
            self._at, self._judged = number, judged
        self._ready.set()

    def _follow(self) -> None:
        """Catch up with much that was added, some at a time."""
        while not self._closed.is_set():
            with self._source.connect() as connection, self._lock:
                number, judged = _newest(connection)
                self._apply(connection, min(number, self._at + MOST), judged)
                if number == self._at:
                    break
        self._ready.set()

    def _copy(self, connection: sa.Connection, table: sa.Table, chosen: sa.Select[Any]) -> None:
        result = connection.execute(chosen.execution_options(yield_per=ROWS))
        for part in result.partitions():
            if self._closed.is_set():
                raise RuntimeError("closed while it was filled")
            self._insert(self._tables[table.name], part)

    def _insert(self, table: sa.Table, rows: Sequence[Sequence[Any]]) -> None:
        columns = zip(*rows, strict=True)
        arrays = [pa.array(c, _arrow(t)) for c, t in zip(columns, table.c, strict=True)]
        self._db.register("incoming", pa.table(arrays, names=table.c.keys()))
        self._db.execute(f'INSERT INTO "{table.name}" SELECT * FROM incoming')
        self._db.unregister("incoming")

    def _apply(self, connection: sa.Connection, number: int, judged: int) -> None:
        """Take over what changed, in one transaction."""
        self._db.execute("BEGIN")
        try:
            self._replace(connection, number)
            self._add_judgements(connection, judged)
            self._db.execute("COMMIT")
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._at, self._judged = max(self._at, number), max(self._judged, judged)

    def _replace(self, connection: sa.Connection, number: int) -> None:
        ids = sa.select(changes.c.report).where(changes.c.number > self._at)
        changed = list(connection.scalars(ids.where(changes.c.number <= number).distinct()))
        if not changed:
            return
        there = self._db.execute(
            "SELECT key FROM reports WHERE id IN (SELECT unnest(?))", [changed]
        ).fetchall()
        for name in self._tables if there else ():
            if name != "judgements":
                key = "key" if name == "reports" else "report"
                keys = [row[0] for row in there]
                self._db.execute(f'DELETE FROM "{name}" WHERE {key} IN (SELECT unnest(?))', [keys])
        keys = list(connection.scalars(sa.select(reports.c.key).where(reports.c.id.in_(changed))))
        for table, names in MIRRORED:
            of = table.c.key if table is reports else table.c.report
            self._copy(
                connection, table, sa.select(*(table.c[n] for n in names)).where(of.in_(keys))
            )
        self._copy(connection, made, meetings(keys))

    def _add_judgements(self, connection: sa.Connection, judged: int) -> None:
        newer = sa.select(*(judgements.c[name] for name in JUDGED))
        newer = newer.where(judgements.c.number > self._judged, judgements.c.number <= judged)
        self._copy(connection, judgements, newer)

    def _sql(self, statement: sa.Select[Any]) -> str:
        return str(statement.compile(self._engine, compile_kwargs={"literal_binds": True}))


class _Reading:
    """The mirror during one reading of the archive: brought up to it when first asked for."""

    def __init__(self, mirror: Mirror) -> None:
        self._mirror = mirror
        self._tried = False
        self._own: sa.Connection | None = None

    @property
    def places(self) -> dict[int, dict[str, Any]]:
        return self._mirror.places

    def connection(self, archive: sa.Connection) -> sa.Connection:
        if not self._tried:
            self._tried = True
            if self._mirror.catch_up(archive):
                self._own = self._mirror.connect()
        return self._own if self._own is not None else archive

    def close(self) -> None:
        if self._own is not None:
            self._own.close()


def _newest(connection: sa.Connection) -> tuple[int, int]:
    """Return the numbers of the last change and of the last judgement."""
    last = [sa.select(sa.func.max(t.c.number)).scalar_subquery() for t in (changes, judgements)]
    number, judged = connection.execute(sa.select(*last)).one()
    return number or 0, judged or 0


def _table(table: sa.Table, names: tuple[str, ...]) -> sa.Table:
    """Return some columns of a table, without keys and indexes."""
    columns = [sa.Column(name, _plain(table.c[name].type)) for name in names]
    return sa.Table(table.name, sa.MetaData(), *columns)


def _plain(kind: sa.types.TypeEngine[Any]) -> sa.types.TypeEngine[Any]:
    return sa.Double() if isinstance(kind, sa.Float) else kind


def _arrow(column: sa.Column[Any]) -> pa.DataType:
    if isinstance(column.type, sa.Boolean):
        return pa.bool_()
    if isinstance(column.type, sa.Integer):
        return pa.int64()
    return pa.float64() if isinstance(column.type, sa.Float) else pa.string()
