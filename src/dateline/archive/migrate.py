"""The archive's schema, by migrations: a new archive and an old one end up the same."""

from __future__ import annotations

from importlib.resources import files

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from dateline.archive.merging_tables import metadata


def _config(connection: sa.Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(files("dateline.archive") / "migrations"))
    config.attributes["connection"] = connection
    return config


def upgrade(connection: sa.Connection) -> None:
    """Bring the schema to the newest version."""
    command.upgrade(_config(connection), "head")


def version(connection: sa.Connection) -> str | None:
    """Return the schema's version; ``None`` where there is no archive."""
    return MigrationContext.configure(connection).get_current_revision()


def knows(connection: sa.Connection, revision: str) -> bool:
    """Return whether this dateline knows a version of the schema."""
    script = ScriptDirectory.from_config(_config(connection))
    return revision in {one.revision for one in script.walk_revisions()}


def lacking(connection: sa.Connection) -> list[str]:
    """Return the tables and columns that this dateline needs and an archive has not."""
    inspector = sa.inspect(connection)
    there = set(inspector.get_table_names())
    found = [name for name in metadata.tables if name not in there]
    for name, table in metadata.tables.items():
        if name in there:
            columns = {one["name"] for one in inspector.get_columns(name)}
            found += [
                f"{name}.{column}"
                for column in map(str, table.columns.keys())
                if column not in columns
            ]
    return found


def newest(connection: sa.Connection) -> str | None:
    """Return the newest version that this dateline knows."""
    return ScriptDirectory.from_config(_config(connection)).get_current_head()
