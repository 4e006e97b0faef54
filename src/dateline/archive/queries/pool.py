"""Pages of a list that is held whole: actors and places, of which there are thousands at most."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable
from typing import Any

from dateline.archive.queries.paging import Page
from dateline.errors import InputError

Item = dict[str, Any]


def pooled(
    items: Iterable[Item],
    fields: tuple[str, ...],
    *,
    sort: str,
    key: str,
    limit: int | None,
    cursor: str | None = None,
) -> Page:
    """Return a page of items, sorted by a field and then by ``key``.

    ``limit`` ``None``: all of them.

    Raises:
        InputError: there is no such field to sort by, or the cursor is none.
    """
    name = sort.removeprefix("-")
    if name not in fields:
        raise InputError(f"cannot sort by {name!r}; the fields are {', '.join(sorted(fields))}")

    def place(item: Item) -> tuple[Any, ...]:
        value = item[name]
        return (value is not None, "" if value is None else value, item[key])

    ordered = sorted(items, key=place, reverse=sort.startswith("-"))
    start = 0
    if cursor:
        after = _read(cursor, sort)
        start = next((n + 1 for n, item in enumerate(ordered) if item[key] == after), len(ordered))
    end = len(ordered) if limit is None else start + limit
    more = _cursor(sort, ordered[end - 1][key]) if end < len(ordered) else None
    return Page(ordered[start:end], more, len(ordered))


def _cursor(sort: str, last: Any) -> str:
    packed = json.dumps([sort, last], separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(packed).decode().rstrip("=")


def _read(cursor: str, sort: str) -> Any:
    try:
        name, last = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        if name != sort:
            raise ValueError
    except (ValueError, TypeError) as error:
        raise InputError("this is no cursor of this list in this order") from error
    return last
