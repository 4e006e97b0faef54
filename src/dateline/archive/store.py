"""An archive: add coded reports, get them back, search, and follow what changed."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

import sqlalchemy as sa
import zstandard

from dateline.archive import judging, links, merged, merged_files, merging, migrate, search
from dateline.archive.judging import Judgement
from dateline.archive.merged import ALL_STORIES, EVERYTHING, MergedQuery, StoryQuery
from dateline.archive.merging import Merging, Progress
from dateline.archive.moments import in_order
from dateline.archive.tables import REPORT_COLUMNS, changes, layers, reports
from dateline.errors import InputError, SetupError
from dateline.exporting import rows
from dateline.merging.duplicates import THRESHOLD, Copy, copies
from dateline.merging.events import Constraint
from dateline.merging.scoring import Weights, default_weights
from dateline.records import CodedReport, MergedEvent, Report, Story

REMAKE = (
    "Make it anew from its own reports: `dateline backup OLD old.zst`, then `dateline init NEW` and "
    "`dateline restore old.zst NEW`"
)
"""How to mend an archive whose tables do not fit."""


class Added(StrEnum):
    """What adding a coded report did."""

    ADDED = "added"
    CHANGED = "changed"
    """It was there, coded otherwise."""
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Change:
    """A line of the change feed."""

    number: int
    kind: str
    """``added``, ``changed`` or ``withdrawn``."""
    report: str
    at: str
    """ISO 8601, UTC."""


class Archive:
    """An archive behind a URL: a file name for SQLite, ``postgresql://…`` for PostgreSQL.

    Each report is added in one transaction: after a crash it is there whole or
    not at all. Many may read while one writes; writers wait for each other.

    Raises:
        SetupError: there is no archive and ``create`` is not set; it was made
            by a newer dateline; the server or its driver cannot be reached.
    """

    def __init__(self, where: str | Path, *, create: bool = False) -> None:
        self.url = _url(where)
        if self.url.drivername == "sqlite" and not create and not Path(_file(self.url)).exists():
            raise SetupError(
                f"there is no archive at {where}; make one with `dateline init {where}`"
            )
        self.engine = _engine(self.url)
        self._writing = self.engine.execution_options(writing=True)
        try:
            newest = False
            while not newest:
                with self._writing.begin() as connection:
                    newest = self._open(connection, create)
        except SetupError:
            self.close()
            raise
        except sa.exc.OperationalError as error:
            self.close()
            raise SetupError(f"cannot open the archive {where}: {error.orig}") from error
        except sa.exc.DatabaseError as error:
            self.close()
            raise SetupError(f"{where} is no dateline archive: {error.orig}") from error

    def _open(self, connection: sa.Connection, create: bool) -> bool:
        """Bring an older archive one version up; return whether it is at the newest."""
        there, newest = migrate.version(connection), migrate.newest(connection)
        if there is None and not create:
            raise SetupError(
                f"{self.url} holds no archive; make one with `dateline init {self.url}`"
            )
        if there == newest:
            return True
        if there is not None and not migrate.knows(connection, there):
            raise SetupError(
                f"the archive {self.url} has schema {there}, which this dateline does not "
                f"know; install the newest one with `pip install --upgrade dateline`"
            )
        try:
            migrate.upgrade(connection)
        except Exception as error:
            reason = getattr(error, "orig", error)
            raise SetupError(
                f"the archive {self.url} has schema {there} and cannot be brought to {newest}: "
                f"{reason}. It is whole as it is: restore a backup of it into a new archive "
                "(`dateline restore FILE NEW`), or add the coded reports to one again "
                "(`dateline add NEW FILE`)"
            ) from error
        search.create(connection)
        return False

    def require_whole(self) -> None:
        """Look whether it has every table and column that this dateline needs.

        Raises:
            SetupError: it has not; says which are missing, and how to make it anew.
        """
        with self.engine.connect() as connection:
            lacking = migrate.lacking(connection)
        if lacking:
            shown = ", ".join(lacking[:5]) + (", …" if len(lacking) > 5 else "")
            raise SetupError(
                f"the archive {self.url} lacks {shown}: another version of dateline made it. {REMAKE}"
            )

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # ------------------------------------------------------------- writing

    def writing(self) -> AbstractContextManager[sa.Connection]:
        """Begin a transaction that writes."""
        return self._writing.begin()

    def add(self, coded: CodedReport) -> Added:
        """Add a coded report, or put it in the place of an older coding of the same report."""
        data = coded.to_json().encode("utf-8", "surrogatepass")
        digest = hashlib.sha256(data).hexdigest()
        with self._writing.begin() as connection:
            there = connection.execute(
                sa.select(reports.c.key, reports.c.digest).where(reports.c.id == coded.report.id)
            ).first()
            if there and there.digest == digest:
                return Added.SAME
            key = _put_report(connection, coded, data, digest, there.key if there else None)
            _put_layers(connection, coded, key)
            links.put(connection, coded, key)
            who = " ".join(dict.fromkeys(p.name for p in coded.participants if p.name))
            search.put(connection, key, coded.report.title, coded.report.text, who)
            done = Added.CHANGED if there else Added.ADDED
            _note(connection, done, coded.report.id)
        return done

    def add_all(self, coded: Iterable[CodedReport]) -> Counter[Added]:
        """Add many coded reports; return how many were added, changed, and there already."""
        return Counter(self.add(one) for one in coded)

    def withdraw(self, id: str) -> None:
        """Take a report and its records out; the change feed keeps that it was there.

        Raises:
            InputError: there is no such report.
        """
        with self._writing.begin() as connection:
            key = _key(connection, id)
            search.remove(connection, key)
            links.remove(connection, key)
            for table in layers.values():
                connection.execute(table.delete().where(table.c.report == key))
            connection.execute(reports.delete().where(reports.c.key == key))
            _note(connection, "withdrawn", id)

    # ------------------------------------------------------------- reading

    def get(self, id: str) -> CodedReport:
        """Return a coded report.

        Raises:
            InputError: there is no such report.
        """
        with self.engine.connect() as connection:
            packed = connection.scalar(sa.select(reports.c.coded).where(reports.c.id == id))
        if packed is None:
            raise InputError(f"there is no report {id!r} in {self.url}")
        return _unpacked(packed)

    def __iter__(self) -> Iterator[CodedReport]:
        """Yield every coded report, in the order they were first added."""
        query = sa.select(reports.c.coded).order_by(reports.c.key)
        with self.engine.connect() as connection:
            for (packed,) in connection.execution_options(yield_per=100).execute(query):
                yield _unpacked(packed)

    def __len__(self) -> int:
        """Return how many reports there are."""
        with self.engine.connect() as connection:
            return connection.scalar(sa.select(sa.func.count()).select_from(reports)) or 0

    def search(self, query: str, *, limit: int = 20, offset: int = 0) -> list[search.Hit]:
        """Return the reports with all words of ``query`` in text, title or names, best first."""
        with self.engine.connect() as connection:
            return search.find(connection, query, limit=limit, offset=offset)

    def duplicates(self, threshold: float = THRESHOLD) -> list[Copy]:
        """Return all pairs of reports with the same text, or nearly; no merging is needed first.

        ``threshold``: share of four-word sequences in common from which a text is a copy, 0 to 1. It
        takes about 600 bytes a report in memory; the cost grows with the number of reports.
        """
        query = sa.select(reports.c.id, reports.c.text).order_by(reports.c.id)
        with self.engine.connect() as connection:
            found = connection.execution_options(yield_per=1_000).execute(query)
            return copies(((row.id, row.text) for row in found), threshold)

    def changed_since(self, number: int = 0, *, limit: int = 1000) -> list[Change]:
        """Return the lines of the change feed after ``number``, oldest first."""
        query = sa.select(changes).where(changes.c.number > number).order_by(changes.c.number)
        with self.engine.connect() as connection:
            return [Change(*row) for row in connection.execute(query.limit(limit))]

    # -------------------------------------------------------------- merged

    def judge(self, judgement: Judgement) -> Judgement:
        """Record what somebody decided about a record; return it with its number and time.

        Raises:
            InputError: it names no action, report or record that there is, or lacks what the
                action needs.
        """
        with self._writing.begin() as connection:
            return judging.add(connection, judgement)

    def undo(self, number: int, coder: str, note: str | None = None) -> Judgement:
        """Take a judgement back; both stay on record.

        Raises:
            InputError: there is no such judgement, or it is taken back already.
        """
        with self._writing.begin() as connection:
            return judging.undo(connection, number, coder, note)

    def judgements(
        self,
        *,
        report: str | None = None,
        record: str | None = None,
        layer: str | None = None,
        coder: str | None = None,
        standing: bool = True,
    ) -> list[Judgement]:
        """Return judgements in their order; ``standing``: only those that nobody took back."""
        with self.engine.connect() as connection:
            return judging.find(
                connection,
                report=report,
                record=record,
                layer=layer,
                coder=coder,
                standing=standing,
            )

    def constraints(self) -> list[Constraint]:
        """Return what standing judgements say of pairs of events, for ``merge``."""
        with self.engine.connect() as connection:
            return list(judging.constraints(connection))

    def orphans(self) -> list[Judgement]:
        """Return the judgements whose record a newer coding no longer has."""
        with self.engine.connect() as connection:
            return judging.orphans(connection)

    def merge(
        self,
        constraints: Iterable[Constraint] | None = None,
        *,
        weights: Weights | None = None,
        progress: Progress | None = None,
    ) -> Merging:
        """Bring stories and merged events up to date with what was added since the last merge.

        Only what a new, changed or withdrawn report touches is done anew; the tables come out the
        same as if all reports had been added at once. It can be broken off and begun again.

        Args:
            constraints: what humans decided about pairs of events, all of it each time; of two on
                one pair the last holds, and to keep apart goes before to join. ``None``: what the
                archive's judgements say.
            weights: in place of dateline's own; another table starts merging anew.
            progress: called after each step of work with its name, the reports that are done and
                those that there are to do.
        """
        decided = self.constraints() if constraints is None else constraints
        return merging.run(self._writing, decided, weights or default_weights(), progress)

    def write_merged(self, folder: Path, format: str = "csv") -> list[Path]:
        """Write the tables ``events`` and ``reports_events`` as ``csv`` or ``parquet`` files.

        Raises:
            ValueError: there is no such format.
            OutputError: a file cannot be written.
        """
        with self.engine.connect() as connection:
            return merged_files.write(connection, folder, format)

    def merged(
        self,
        query: MergedQuery = EVERYTHING,
        *,
        sort: str = "interval_start",
        limit: int | None = None,
        offset: int = 0,
    ) -> list[MergedEvent]:
        """Return the merged events that ``query`` lets through, as of the last ``merge``.

        ``sort`` is a column of ``merged_events``, with ``-`` in front for falling order; events
        without a value come last, and of equals the smaller id first.

        Raises:
            InputError: there is no such column to sort by.
        """
        with self.engine.connect() as connection:
            return merged.find(connection, query, sort=sort, limit=limit, offset=offset)

    def merged_count(self, query: MergedQuery = EVERYTHING) -> int:
        """Return how many merged events ``query`` lets through."""
        with self.engine.connect() as connection:
            return merged.count(connection, query)

    def merged_event(self, id: str) -> MergedEvent:
        """Return a merged event.

        Raises:
            InputError: there is no merged event with this id.
        """
        with self.engine.connect() as connection:
            return merged.get(connection, id)

    def merged_of(self, report: str, event: str) -> str | None:
        """Return the id of the merged event that an event of a report is part of."""
        with self.engine.connect() as connection:
            return merged.of_event(connection, report, event)

    def stories(
        self, query: StoryQuery = ALL_STORIES, *, limit: int | None = None, offset: int = 0
    ) -> list[Story]:
        """Return the stories that ``query`` lets through, the newest first."""
        with self.engine.connect() as connection:
            return merged.find_stories(connection, query, limit=limit, offset=offset)

    def stories_count(self, query: StoryQuery = ALL_STORIES) -> int:
        """Return how many stories ``query`` lets through."""
        with self.engine.connect() as connection:
            return merged.count_stories(connection, query)

    def story(self, id: str) -> Story:
        """Return a story.

        Raises:
            InputError: there is no story with this id.
        """
        with self.engine.connect() as connection:
            return merged.get_story(connection, id)

    def story_of(self, report: str) -> str | None:
        """Return the id of the story a report is part of; ``None`` where it is not merged yet."""
        with self.engine.connect() as connection:
            return merged.story_of(connection, report)

    def counts(self) -> Mapping[str, int]:
        """Return how many reports there are, and how many records in each layer."""
        with self.engine.connect() as connection:
            tables = {"reports": reports, **layers}
            return {
                name: connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0
                for name, table in tables.items()
            }


def _url(where: str | Path) -> sa.URL:
    text = str(where)
    if "://" not in text:
        return sa.URL.create("sqlite", database=text)
    url = sa.make_url(text)
    return url.set(drivername="postgresql+psycopg") if url.drivername == "postgresql" else url


def _file(url: sa.URL) -> str:
    return url.database or ""


def _engine(url: sa.URL) -> sa.Engine:
    try:
        engine = sa.create_engine(url)
    except ModuleNotFoundError as error:
        raise SetupError(
            "PostgreSQL needs a driver; install it with `pip install dateline[postgres]`"
        ) from error
    except sa.exc.ArgumentError as error:
        raise SetupError(f"{url} is no address of an archive: {error}") from error
    if url.get_backend_name() == "sqlite":
        sa.event.listen(engine, "connect", _settle_sqlite)
        sa.event.listen(engine, "begin", _begin_sqlite)
    return engine


def _settle_sqlite(connection: Any, _: object) -> None:
    """Let many read while one writes, and let transactions be SQLAlchemy's to begin."""
    connection.isolation_level = None
    for pragma in (
        "journal_mode=WAL",
        "synchronous=NORMAL",
        "foreign_keys=ON",
        "busy_timeout=60000",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: sa.Connection) -> None:
    """Take the write lock at the start of writing, so that a writer waits and never fails half-way."""
    writing = connection.get_execution_options().get("writing")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def _put_report(
    connection: sa.Connection, coded: CodedReport, data: bytes, digest: str, key: int | None
) -> int:
    report = coded.report
    row = {
        name: getattr(report, name)
        for name in ("id", "title", "url", "publisher", "language", "source", "sha256", "method")
    } | {
        "text": report.text.replace("\0", "\ufffd"),
        "retrieved_at": report.retrieved_at,
        "published": report.published,
        "published_basis": str(report.published_basis),
        "dateline_version": coded.versions.dateline,
        "digest": digest,
        "coded": zstandard.ZstdCompressor(level=6).compress(data),
    }
    if key is not None:
        connection.execute(reports.update().where(reports.c.key == key).values(row))
        return key
    row["previous"] = _previous(connection, report)
    made = connection.execute(reports.insert().values(row)).inserted_primary_key
    assert made is not None
    return int(made[0])


def _previous(connection: sa.Connection, report: Report) -> str | None:
    """Return the id of the newest other report with the same URL, or of the same file: an earlier version.

    A file that holds one report has no ``#`` in its ``source``.
    """
    source = report.source or ""
    if report.url:
        same = reports.c.url == report.url
    elif report.method in ALONE and source and "#" not in source and not source.startswith("<"):
        same = reports.c.url.is_(None) & (reports.c.source == source)
    else:
        return None
    query = sa.select(reports.c.id).where(same, reports.c.id != report.id)
    found: str | None = connection.scalar(query.order_by(reports.c.key.desc()).limit(1))
    return found


ALONE = frozenset({"text", "html", "pdf"})
"""Ways of reading that give one report a file."""


def _put_layers(connection: sa.Connection, coded: CodedReport, key: int) -> None:
    for name, table in layers.items():
        connection.execute(table.delete().where(table.c.report == key))
        found = [
            {column: value for column, value in row.items() if column not in REPORT_COLUMNS}
            | {"report": key, "id": row["id"]}
            for row in rows(coded, name)
        ]
        if found:
            connection.execute(table.insert(), found)


def _note(connection: sa.Connection, kind: str, id: str) -> None:
    now = datetime.now(UTC).isoformat(timespec="seconds")
    in_order(connection)
    connection.execute(changes.insert().values(kind=str(kind), report=id, at=now))


def _key(connection: sa.Connection, id: str) -> int:
    key = connection.scalar(sa.select(reports.c.key).where(reports.c.id == id))
    if key is None:
        raise InputError(f"there is no report {id!r} in this archive")
    return int(key)


def _unpacked(packed: bytes) -> CodedReport:
    return CodedReport.from_json(zstandard.ZstdDecompressor().decompress(packed))
