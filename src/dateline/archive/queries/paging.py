"""Pages that hold still: each continues after the last row seen, not after a number of rows.

A row that a writer adds meanwhile shows up on a later page or not at all, and
moves no other row onto a second page.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from dateline.archive.quick import quick
from dateline.errors import InputError

Column = sa.ColumnElement[Any]
LOWEST = -1e300
"""Stands for a number that is not there, which sorts first."""


@dataclass(frozen=True, slots=True)
class Page:
    """Some items of a list."""

    items: list[dict[str, Any]]
    next: str | None
    """What to give as ``cursor`` for the page after; ``None``: this is the last."""
    total: int
    """Items on all pages together."""


@dataclass(frozen=True, slots=True)
class Order:
    """A way to sort: the columns, none of them ever null, that together name one row."""

    name: str
    descending: bool
    columns: tuple[Column, ...] = field(repr=False)

    def by(self) -> list[Column]:
        """Return what to order by."""
        return [column.desc() if self.descending else column.asc() for column in self.columns]

    def after(self, cursor: str) -> Column:
        """Return the condition for the rows after a cursor.

        Raises:
            InputError: it is no cursor of this list in this order.
        """
        values = _read(cursor, self)
        ours = sa.tuple_(*self.columns)
        theirs = sa.tuple_(
            *(
                sa.bindparam(None, value, type_=column.type)
                for value, column in zip(values, self.columns, strict=True)
            )
        )
        return ours < theirs if self.descending else ours > theirs

    def cursor(self, row: Sequence[Any]) -> str:
        """Return the cursor of a row, given the values of ``columns`` in it."""
        packed = json.dumps([self._key(), *row], separators=(",", ":"))
        return base64.urlsafe_b64encode(packed.encode()).decode().rstrip("=")

    def _key(self) -> str:
        return f"-{self.name}" if self.descending else self.name


def order(wanted: str | None, default: str, fields: Mapping[str, Column], *key: Column) -> Order:
    """Return the order that ``wanted`` names, of the fields there are.

    Raises:
        InputError: there is no such field.
    """
    chosen = wanted or default
    name = chosen.removeprefix("-")
    if name not in fields:
        raise InputError(f"cannot sort by {name!r}; the fields are {', '.join(sorted(fields))}")
    return Order(name, chosen.startswith("-"), (_filled(fields[name]), *key))


def _filled(column: Column) -> Column:
    if getattr(column, "nullable", True) is False:
        return column
    text = isinstance(column.type, sa.String)
    if not text:
        return sa.func.coalesce(column, sa.literal(LOWEST))
    # Written out, so that it is the expression of ``ix_reports_day``.
    return sa.func.coalesce(column, sa.literal_column("''"), type_=sa.Text())


def _read(cursor: str, order: Order) -> list[Any]:
    values: list[Any]
    try:
        packed = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        key, *values = json.loads(packed)
        if key != order._key() or len(values) != len(order.columns):
            raise ValueError
        for value, column in zip(values, order.columns, strict=True):
            _check(value, column)
    except (ValueError, TypeError) as error:
        raise InputError("this is no cursor of this list in this order") from error
    return values


def _check(value: Any, column: Column) -> None:
    """Raise ``ValueError`` where a value is none of a column's."""
    if isinstance(column.type, sa.String):
        good = isinstance(value, str) and "\0" not in value
    elif isinstance(value, int | float):
        good = abs(value) <= (2**31 if isinstance(column.type, sa.Integer) else 1e300)
    else:
        good = False
    if not good:
        raise ValueError(f"{value!r} stands in no such column")


def page(
    connection: sa.Connection,
    keys: sa.Select[Any],
    order: Order,
    cursor: str | None,
    limit: int,
    total: Callable[[], int],
    items: Callable[[sa.FromClause], sa.Select[Any]],
) -> Page:
    """Return a page of a list.

    Args:
        connection: to the archive.
        keys: selects nothing yet from the rows that fit.
        order: how to sort them.
        cursor: ``next`` of the page before.
        limit: how many items.
        total: counts all that fit.
        items: gives the statement for the items of the keys of a page, which are a
            table with the columns ``k0``, ``k1``, … in the order of ``order.columns``.
    """
    named = [column.label(f"k{n}") for n, column in enumerate(order.columns)]
    chosen = keys.with_only_columns(*named).order_by(*order.by()).limit(limit + 1)
    if cursor:
        chosen = chosen.where(order.after(cursor))
    keyed = [tuple(row) for row in quick(connection).execute(chosen)]
    last = order.cursor(keyed[limit - 1]) if len(keyed) > limit else None
    found = _items(connection, named, keyed[:limit], items) if keyed else []
    return Page(found, last, total())


def keys_table(columns: Sequence[Column], keyed: Sequence[Sequence[Any]]) -> sa.CTE:
    """Return keys as a table to join with, numbered in their order by a column ``NUMBER``.

    A join looks each of them up; a list of pairs after ``IN`` makes SQLite read the other table whole.
    """
    named = [sa.column(NUMBER, sa.Integer), *(sa.column(c.name, c.type) for c in columns)]
    cells = [
        sa.bindparam(f"{n}_{k}", cell, type_=column.type)
        for n, key in enumerate(keyed)
        for k, (cell, column) in enumerate(zip((n, *key), named, strict=True))
    ]
    # As text, which is compiled once for each length of a page: ``sa.values`` is compiled anew each time.
    rows = (", ".join(f":{n}_{k}" for k in range(len(named))) for n in range(len(keyed)))
    fields = ", ".join(f"column{k} AS {column.name}" for k, column in enumerate(named, 1))
    listed = sa.text(f"SELECT {fields} FROM (VALUES ({'), ('.join(rows)})) AS listed")
    return listed.bindparams(*cells).columns(*named).cte("page")


NUMBER = "number_on_page"
"""Name of the column that keeps the order of a page; no item has a field of that name."""


def _items(
    connection: sa.Connection,
    named: Sequence[Column],
    keyed: Sequence[tuple[Any, ...]],
    items: Callable[[sa.FromClause], sa.Select[Any]],
) -> list[dict[str, Any]]:
    """Return the items of keys, in their order."""
    keys = keys_table(named, keyed)
    chosen = items(keys).add_columns(keys.c[NUMBER]).order_by(keys.c[NUMBER])
    found = plain(connection.execute(chosen))
    for item in found:
        del item[NUMBER]
    return found


def plain(found: sa.Result[Any]) -> list[dict[str, Any]]:
    """Return rows as dictionaries whose keys are plain words.

    The names that a result has itself are a class of their own, ten times slower to write as JSON.
    """
    names = list(map(str, found.keys()))
    return [dict(zip(names, row, strict=True)) for row in found]
