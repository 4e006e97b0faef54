"""Backups move between engines whole; damage is found and named."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from dateline import CodedReport
from dateline.archive import Archive, Judgement
from dateline.archive.tables import layers, reports
from dateline.archive.upkeep import backup, check, restore
from dateline.batch import read_coded
from dateline.errors import InputError
from tests.cli.test_code import dateline

CODED = Path(__file__).parents[1] / "data" / "export" / "coded.jsonl"


@pytest.fixture
def coded() -> list[CodedReport]:
    return list(read_coded(CODED))


@pytest.fixture
def archive(where: str, coded: list[CodedReport]) -> Iterator[Archive]:
    with Archive(where, create=True) as made:
        made.add_all(coded)
        made.merge()
        made.judge(Judgement("ana", "accept", "events", "r1", coded[0].events[0].id))
        yield made


def test_a_backup_moves_to_another_engine_whole(archive: Archive, tmp_path: Path) -> None:
    file = tmp_path / "news.backup.zst"
    counts = backup(archive, file)
    assert (counts["report"], counts["judgement"]) == (4, 1)
    with Archive(tmp_path / "copy.dateline", create=True) as copy:
        restore(file, copy)
        assert [c.to_json() for c in copy] == [c.to_json() for c in archive]
        assert copy.judgements() == archive.judgements()
        assert [m.to_json() for m in copy.merged()] == [m.to_json() for m in archive.merged()]
        assert check(copy).problems == []
        with pytest.raises(InputError, match="restore into a new archive"):
            restore(file, copy)


def test_numbers_go_on_after_a_restore(
    archive: Archive, tmp_path: Path, where: str, coded: list[CodedReport]
) -> None:
    file = tmp_path / "news.backup.zst"
    backup(archive, file)
    with Archive(tmp_path / "copy.dateline", create=True) as copy:
        restore(file, copy)
        made = copy.judge(Judgement("bo", "reject", "events", "r1", coded[0].events[0].id))
        assert made.number == 2


@pytest.mark.parametrize("harm", ["cut", "byte", "other"])
def test_a_damaged_backup_is_refused_before_anything_is_written(
    archive: Archive, tmp_path: Path, harm: str
) -> None:
    file = tmp_path / "news.backup.zst"
    backup(archive, file)
    data = bytearray(file.read_bytes())
    if harm == "cut":
        data = data[: len(data) // 2]
    elif harm == "byte":
        data[len(data) // 2] ^= 0xFF
    else:
        data = bytearray(b"no backup")
    file.write_bytes(data)
    with Archive(tmp_path / "copy.dateline", create=True) as copy:
        with pytest.raises(InputError, match=r"backup|cut off|damaged"):
            restore(file, copy)
        assert len(copy) == 0


def test_a_check_names_what_is_wrong(archive: Archive, coded: list[CodedReport]) -> None:
    assert check(archive).problems == []
    with archive.engine.execution_options(writing=True).begin() as connection:
        connection.execute(layers["events"].delete().where(layers["events"].c.id.like("e%")))
        connection.execute(sa.update(reports).where(reports.c.id == "r2").values(digest="0" * 64))
        connection.execute(sa.update(reports).where(reports.c.id == "r3").values(coded=b"no"))
    problems = "\n".join(check(archive).problems)
    assert "report 'r1': the tables hold 0 rows of events" in problems
    assert "report 'r2': its digest does not fit" in problems
    assert "report 'r3': it cannot be unpacked" in problems
    assert "dateline add" in problems


def test_a_record_that_a_newer_coding_lacks_is_told(
    archive: Archive, coded: list[CodedReport]
) -> None:
    archive.add(replace(coded[0], events=()))
    assert any("judgement 1 is on events" in one for one in check(archive).problems)


def test_the_commands(tmp_path: Path) -> None:
    archive, file = tmp_path / "news.dateline", tmp_path / "news.backup.zst"
    dateline("init", archive)
    dateline("add", archive, CODED)
    assert "4 reports" in dateline("backup", archive, file).stderr
    assert "4 reports" in dateline("restore", file, tmp_path / "copy.dateline").stderr
    sound = dateline("check", tmp_path / "copy.dateline")
    assert sound.returncode == 0 and "4 reports checked, 0 problems" in sound.stderr
