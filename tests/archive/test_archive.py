import multiprocessing
import os
import signal
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from dateline import CodedReport, Coder, InputError, Report, SetupError
from dateline.archive import Added, Archive, migrate
from dateline.archive.queries import voices
from dateline.archive.search import MARKS
from dateline.archive.tables import metadata
from dateline.archive.upkeep import check

TEXTS = {
    "1": "Police arrested 12 protesters in Lyon on Thursday.",
    "2": "Rebels attacked a village in Mali, killing at least 30 people.",
    "3": "The president of Côte d'Ivoire met the rebels' leader Émile Kouadio in Abidjan.",
}


@pytest.fixture(scope="module")
def coded() -> dict[str, CodedReport]:
    reports = [
        Report(id=id, text=text, url=f"https://e.example/{id}") for id, text in TEXTS.items()
    ]
    return {one.report.id: one for one in Coder().stream(reports)}


@pytest.fixture
def archive(where: str, coded: dict[str, CodedReport]) -> Iterator[Archive]:
    with Archive(where, create=True) as archive:
        archive.add_all(coded.values())
        yield archive


def test_what_goes_in_comes_out(archive: Archive, coded: dict[str, CodedReport]) -> None:
    assert len(archive) == 3
    assert archive.get("2") == coded["2"]
    assert [one.report.id for one in archive] == ["1", "2", "3"]
    counts = archive.counts()
    for layer in ("events", "participants", "places", "times", "quantities"):
        assert counts[layer] == sum(len(getattr(one, layer)) for one in coded.values()), layer


def test_adding_again_changes_nothing(archive: Archive, coded: dict[str, CodedReport]) -> None:
    before = archive.counts(), archive.changed_since()
    assert archive.add_all(coded.values()) == {Added.SAME: 3}
    assert (archive.counts(), archive.changed_since()) == before


def test_a_new_coding_takes_the_place_of_the_old(archive: Archive) -> None:
    again = Coder().code(Report(id="1", text="Police arrested 13 protesters in Lyon."))
    assert archive.add(again) is Added.CHANGED
    assert archive.get("1") == again and len(archive) == 3
    assert [hit.report for hit in archive.search("Thursday")] == []


def test_the_change_feed_tells_what_was_added_changed_and_withdrawn(archive: Archive) -> None:
    feed = archive.changed_since()
    assert [(change.kind, change.report) for change in feed] == [
        ("added", "1"),
        ("added", "2"),
        ("added", "3"),
    ]
    archive.withdraw("2")
    (last,) = archive.changed_since(feed[-1].number)
    assert (last.kind, last.report) == ("withdrawn", "2")
    assert len(archive) == 2 and not archive.search("village")
    with pytest.raises(InputError, match="no report '2'"):
        archive.get("2")


@pytest.mark.parametrize("query", ["Cote d'Ivoire", "émile", '"rebels\' leader"', "rebel met"])
def test_search_needs_no_accents_and_shows_its_hits(archive: Archive, query: str) -> None:
    (hit,) = archive.search(query)
    assert hit.report == "3"
    assert MARKS[0] in hit.snippet and MARKS[1] in hit.snippet


@pytest.mark.parametrize(
    "query", ["", '"', "AND", "a* OR (", "nothing of the kind", "'; DROP TABLE"]
)
def test_no_query_breaks_the_search(archive: Archive, query: str) -> None:
    assert isinstance(archive.search(query), list)
    assert len(archive) == 3


def test_an_edited_report_points_to_its_earlier_version(archive: Archive) -> None:
    text = "Police arrested 14 protesters in Lyon."
    archive.add(Coder().code(Report(id="1b", text=text, url="https://e.example/1")))
    with archive.engine.connect() as connection:
        found = connection.execute(sa.text("SELECT previous FROM reports WHERE id = '1b'"))
        assert found.scalar() == "1"


# SQLite's reflection passes over an index of an expression; what it does is tested by its plan.
@pytest.mark.filterwarnings("ignore:Skipped unsupported reflection")
@pytest.mark.filterwarnings(
    "ignore:autogenerate skipping metadata-specified expression-based index"
)
def test_migrations_and_tables_agree(archive: Archive) -> None:
    with archive.engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={"include_name": lambda name, kind, _: not str(name).startswith("search")},
        )
        found = [
            change
            for change in compare_metadata(context, metadata)
            if "search" not in str(change) and "ix_reports_day" not in str(change)
        ]
    assert found == [], 'run `python -m tools.schema "What is new"`'


def test_the_latest_statements_are_found_by_an_index(tmp_path: Path) -> None:
    plans: list[str] = []
    with Archive(tmp_path / "a.dateline", create=True) as archive:

        def note(_: object, cursor: Any, statement: str, values: Any, *__: object) -> None:
            cursor.execute(f"EXPLAIN QUERY PLAN {statement}", values)
            plans.append(str(cursor.fetchall()))

        sa.event.listen(archive.engine, "before_cursor_execute", note)
        with archive.engine.connect() as connection:
            voices.statements(connection, voices.StatementFilter(), 0)
    assert any("USING INDEX ix_reports_day" in plan for plan in plans)


def test_an_archive_that_is_not_there_says_how_to_make_it(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match="dateline init"):
        Archive(tmp_path / "none.dateline")


def test_a_file_of_another_kind_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.dateline"
    path.write_bytes(b"no database " * 400)
    with pytest.raises(SetupError, match="no dateline archive"):
        Archive(path)
    assert path.read_bytes() == b"no database " * 400


def _write(where: str, start: int) -> None:
    """Add reports as fast as can be, so that a kill falls into writing and not into coding."""
    text = "Police arrested 12 protesters in Lyon on Thursday. " * 5
    coded = Coder().code(Report(id="0", text=text))
    with Archive(where) as archive:
        for n in range(start, start + 150):
            archive.add(replace(coded, report=replace(coded.report, id=str(n))))


@pytest.mark.slow
def test_a_writer_that_is_killed_leaves_whole_reports(where: str) -> None:
    Archive(where, create=True).close()
    context = multiprocessing.get_context("spawn")
    for wait in (0.01, 0.05, 0.1, 0.3):
        with Archive(where) as archive:
            before = len(archive)
            writer = context.Process(target=_write, args=(where, before))
            writer.start()
            while len(archive) == before:
                assert writer.exitcode is None
                time.sleep(0.02)
            time.sleep(wait)
            assert writer.pid is not None
            os.kill(writer.pid, signal.SIGKILL)
            writer.join()
            for one in archive:
                layers = archive.counts()
                assert one.report.text.startswith("Police")
            assert layers["quantities"] == sum(len(one.quantities) for one in archive)
            assert len(archive.changed_since()) == len(archive)
            assert check(archive).problems == []


def _read(where: str, stop: Any) -> None:
    """Read all the while, and find whole reports only, and never fewer than before."""
    before = 0
    with Archive(where) as archive:
        while not stop.is_set():
            hits = archive.search("protesters")
            assert all(archive.get(hit.report).report.text.startswith("Police") for hit in hits)
            now = len(archive)
            assert now >= before
            before = now
            time.sleep(0.02)


@pytest.mark.slow
def test_two_writers_and_many_readers(where: str) -> None:
    Archive(where, create=True).close()
    context = multiprocessing.get_context("spawn")
    stop = context.Event()
    writers = [context.Process(target=_write, args=(where, start)) for start in (0, 1000)]
    readers = [context.Process(target=_read, args=(where, stop)) for _ in range(3)]
    for process in (*writers, *readers):
        process.start()
    for writer in writers:
        writer.join()
    stop.set()
    for reader in readers:
        reader.join()
    assert [process.exitcode for process in (*writers, *readers)] == [0] * 5
    with Archive(where) as archive:
        assert len(archive) == 300
        assert check(archive).problems == []


@pytest.mark.filterwarnings("ignore:Skipped unsupported reflection")  # going down, not up
def test_an_archive_of_an_older_schema_is_brought_up_to_date(
    where: str, coded: dict[str, CodedReport]
) -> None:
    with Archive(where, create=True) as archive:
        archive.add_all(coded.values())
        before = archive.counts()
        with archive.writing() as connection:
            command.downgrade(migrate._config(connection), "0001")
            assert migrate.version(connection) == "0001"
    with Archive(where) as archive:
        assert archive.counts() == before and before["gists"] == 3
        assert check(archive).problems == []
        assert [hit.report for hit in archive.search("village")] == ["2"]


def test_an_archive_of_a_newer_schema_says_what_to_do(where: str) -> None:
    with Archive(where, create=True) as archive, archive.writing() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(SetupError, match=r"schema 9999.*pip install --upgrade dateline"):
        Archive(where)
