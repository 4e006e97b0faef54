"""The archive's schema, by migrations: a new archive and an old one end up the same.

Each version is one transaction, so that what is broken off goes on where it stood. What is done is
told to the logger ``dateline.archive.migrate``; the command line shows it.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from importlib.resources import files

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from dateline.archive.merging_tables import metadata

logger = logging.getLogger(__name__)


def _config(connection: sa.Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(files("dateline.archive") / "migrations"))
    config.attributes["connection"] = connection
    return config


def upgrade(connection: sa.Connection) -> None:
    """Bring the schema one version up; that of no archive to the newest."""
    there = version(connection)
    if there is None:
        command.upgrade(_config(connection), "head")
        return
    script = ScriptDirectory.from_config(_config(connection))
    left = [one for one in script.walk_revisions("base", "head") if one.down_revision == there]
    start = time.monotonic()
    for one in left:
        logger.info("schema %s of the archive: %s", one.revision, one.doc)
        command.upgrade(_config(connection), one.revision)
        logger.info("schema %s is done, %.0f s", one.revision, time.monotonic() - start)


def told(batches: Iterator[int], total: int, every: float = 5.0) -> int:
    """Go through batches of a long step, each the number of its rows; tell how far it is."""
    done, last = 0, time.monotonic()
    for number in batches:
        done += number
        if time.monotonic() - last >= every:
            last = time.monotonic()
            logger.info("%s of %s reports", f"{done:,}", f"{total:,}")
    return done


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
