"""An archive of another schema: what is missing is named, and how to mend it."""

import sqlite3
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from dateline.archive import Archive, migrate
from dateline.errors import SetupError
from dateline.server import Settings, create_app


def changed(tmp_path: Path, *statements: str) -> Path:
    where = tmp_path / "old.dateline"
    Archive(where, create=True).close()
    with sqlite3.connect(where) as connection:
        for statement in statements:
            connection.execute(statement)
    return where


def test_a_new_archive_lacks_nothing(tmp_path: Path) -> None:
    with Archive(tmp_path / "new.dateline", create=True) as archive:
        archive.require_whole()


def test_what_is_missing_is_named(tmp_path: Path) -> None:
    where = changed(
        tmp_path, "ALTER TABLE statements DROP COLUMN medium", "DROP TABLE event_contexts"
    )
    with pytest.raises(SetupError, match=r"lacks event_contexts, statements\.medium") as error:
        create_app(Settings(str(where)))
    assert "dateline backup OLD" in str(error.value)
    assert "dateline restore" in str(error.value)


def test_a_newer_schema_asks_for_a_newer_dateline(tmp_path: Path) -> None:
    where = changed(tmp_path, "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(SetupError, match="install the newest"):
        Archive(where)


def older(where: Path) -> Path:
    """Return an archive as the first version of its schema had it."""
    engine = sa.create_engine(f"sqlite:///{where}")
    with engine.begin() as connection:
        command.upgrade(migrate._config(connection), "0001")
    engine.dispose()
    return where


def test_an_older_schema_is_brought_up(tmp_path: Path) -> None:
    with Archive(older(tmp_path / "old.dateline")) as archive:
        archive.require_whole()


def test_an_older_schema_is_brought_up_a_version_at_a_time_and_told(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    where, real = older(tmp_path / "old.dateline"), command.upgrade

    def broken(config: Config, revision: str) -> None:
        if revision == "0004":
            raise KeyboardInterrupt
        real(config, revision)

    monkeypatch.setattr(command, "upgrade", broken)
    with pytest.raises(KeyboardInterrupt):
        Archive(where)
    monkeypatch.undo()
    caplog.clear()
    with caplog.at_level("INFO", "dateline.archive.migrate"), Archive(where) as archive:
        archive.require_whole()
    lines = [one.getMessage() for one in caplog.records]
    assert lines[0].startswith("schema 0004 of the archive: Gists"), "0002 and 0003 were kept"
    assert any("schema 0005 is done" in line for line in lines)


def test_an_index_made_by_hand_is_no_hindrance(tmp_path: Path) -> None:
    where = older(tmp_path / "old.dateline")
    with sqlite3.connect(where) as connection:
        connection.execute("CREATE INDEX ix_reports_day ON reports (coalesce(published, ''), key)")
    with Archive(where) as archive:
        archive.require_whole()


def test_a_schema_that_cannot_be_brought_up_says_why(tmp_path: Path) -> None:
    where = older(tmp_path / "old.dateline")
    with sqlite3.connect(where) as connection:
        connection.execute("DROP TABLE reports")
    with pytest.raises(SetupError, match="has schema 0001 and cannot be brought to") as error:
        Archive(where)
    assert "no such table" in str(error.value)
    assert "dateline restore" in str(error.value)
