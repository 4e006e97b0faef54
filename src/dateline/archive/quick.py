"""The quickest way to the slim tables: a mirror of them by column, where one is kept."""

from __future__ import annotations

from typing import Any, Protocol

import sqlalchemy as sa

OPTION = "dateline_mirror"
"""Execution option of a connection to an archive, under which its mirror stands."""


class Beside(Protocol):
    """What stands beside a connection to an archive."""

    places: dict[int, dict[str, Any]]
    """Places by GeoNames id, that were looked up before."""

    def connection(self, archive: sa.Connection) -> sa.Connection:
        """Return a connection to a mirror that is as new as ``archive``, or ``archive`` itself."""


def quick(connection: sa.Connection) -> sa.Connection:
    """Return where to ask about the slim tables: the mirror, or the archive where there is none.

    The mirror has the columns that ``dateline.archive.mirror`` names, and no others. Read a result to
    its end before asking it anything else: it keeps one result at a time.
    """
    beside = beside_of(connection)
    return connection if beside is None else beside.connection(connection)


def beside_of(connection: sa.Connection) -> Beside | None:
    """Return what stands beside a connection, if anything does."""
    found: Beside | None = connection.get_execution_options().get(OPTION)
    return found
