"""What many writers and readers need of PostgreSQL, and SQLite gives by itself.

On SQLite one writes at a time, and a reader sees the archive as it was when it began. On
PostgreSQL writers go side by side: of two, the one that took its number first may commit last, and
whoever follows by number would pass it over. And each statement of a reader sees what was
committed by then.
"""

from __future__ import annotations

import sqlalchemy as sa

LOCK = 0x6461_7465_6C69
"""Key of the advisory lock under which numbered rows are written."""


def in_order(connection: sa.Connection) -> None:
    """Let the numbers given from here on be seen in their order: who gives one waits until this commits.

    Call it right before a numbered row is written, near the end of a transaction that then waits for
    no lock of another.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(LOCK)))


def at_one_moment(engine: sa.Engine) -> sa.Engine:
    """Return an engine whose every transaction sees the archive as it was when it began."""
    if engine.dialect.name == "postgresql":
        return engine.execution_options(isolation_level="REPEATABLE READ")
    return engine
