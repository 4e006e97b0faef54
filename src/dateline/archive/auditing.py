"""Who did what at the desk, line by line."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from dateline.archive.queries.paging import Page
from dateline.archive.tables import audit

LONGEST = 500
"""Characters of a detail."""


def note(
    connection: sa.Connection, user: str, action: str, detail: str = "", address: str = ""
) -> None:
    """Write a line; the connection is one for writing."""
    row = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "user": _plain(user),
        "action": action,
        "detail": _plain(detail),
        "address": address,
    }
    connection.execute(audit.insert().values(row))


def _plain(text: str) -> str:
    return "".join(c if c.isprintable() else "\ufffd" for c in text)[:LONGEST]


def lines(connection: sa.Connection, *, limit: int = 50, before: int | None = None) -> Page:
    """Return the newest lines, those before a number where one is given."""
    query = sa.select(audit).order_by(audit.c.number.desc()).limit(limit + 1)
    if before is not None:
        query = query.where(audit.c.number < before)
    found: list[dict[str, Any]] = [dict(row) for row in connection.execute(query).mappings()]
    total = connection.scalar(sa.select(sa.func.count()).select_from(audit)) or 0
    more = str(found[limit - 1]["number"]) if len(found) > limit else None
    return Page(found[:limit], more, total)
