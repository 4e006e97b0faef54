"""Long lists, read a page at a time while they are sent."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeVar

import sqlalchemy as sa

from dateline.archive.queries import ListFilter, Page
from dateline.server.desk import Desk

AT_ONCE = 500
"""Rows read at a time; between them the archive is free for others."""


F = TypeVar("F", bound=ListFilter)


def rows_of(
    desk: Desk, wanted: F, page: Callable[[sa.Connection, F, int], Page]
) -> Iterator[dict[str, Any]]:
    """Yield the items of all pages of a list."""
    after: str | None = None
    while True:
        step = wanted.model_copy(update={"limit": AT_ONCE, "cursor": after})
        with desk.reading() as connection:
            found = page(connection, step, 0)
        yield from found.items
        after = found.next
        if after is None:
            return
