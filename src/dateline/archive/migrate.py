"""The archive's schema, by migrations: a new archive and an old one end up the same."""

from __future__ import annotations

from importlib.resources import files

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory


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


def newest(connection: sa.Connection) -> str | None:
    """Return the newest version that this dateline knows."""
    return ScriptDirectory.from_config(_config(connection)).get_current_head()
