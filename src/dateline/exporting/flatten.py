"""One record to one flat row, by the types of its fields."""

from __future__ import annotations

import types
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from enum import StrEnum
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

import pyarrow as pa

from dateline.records import EventSize, Interval, Span

SEPARATOR = "; "
"""Between the values of a list in one cell."""
SKIPPED = frozenset({"why"})
"""Fields that a flat row leaves to the JSON."""
SCALARS = {str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_()}


@cache
def schema(record: type) -> Mapping[str, pa.DataType]:
    """Return the columns of a flat row of ``record``, in order, with their Arrow types."""
    hints = get_type_hints(record)
    return {
        name: kind
        for part in fields(record)
        if part.name not in SKIPPED
        for name, kind in _columns(part.name, hints[part.name])
    }


def _columns(name: str, hint: Any) -> Iterator[tuple[str, pa.DataType]]:
    kind = _bare(hint)
    if kind is Span:
        yield name, pa.string()
        yield f"{name}_start", pa.int64()
        yield f"{name}_end", pa.int64()
    elif kind is Interval:
        yield f"{name}_start", pa.string()
        yield f"{name}_end", pa.string()
        yield f"{name}_granularity", pa.string()
    elif kind in SCALARS:
        yield name, SCALARS[kind]
    else:
        yield name, pa.string()


def _bare(hint: Any) -> Any:
    """Return a hint without ``None``."""
    if get_origin(hint) in (Union, types.UnionType):
        hint = next(part for part in get_args(hint) if part is not type(None))
    return hint


def flat(record: Any) -> dict[str, Any]:
    """Return the flat row of a record: spans as words and offsets, lists joined."""
    made: type = type(record)
    hints = get_type_hints_of(made)
    row: dict[str, Any] = {}
    for part in fields(record):
        if part.name not in SKIPPED:
            row.update(_cells(part.name, _bare(hints[part.name]), getattr(record, part.name)))
    return row


@cache
def get_type_hints_of(record: type) -> Mapping[str, Any]:
    """Return the resolved type hints of a record class, once."""
    return get_type_hints(record)


def _cells(name: str, kind: Any, value: Any) -> dict[str, Any]:
    if kind is Span:
        return {
            name: value.text if value else None,
            f"{name}_start": value.start if value else None,
            f"{name}_end": value.end if value else None,
        }
    if kind is Interval:
        return {
            f"{name}_start": value.start if value else None,
            f"{name}_end": value.end if value else None,
            f"{name}_granularity": str(value.granularity) if value else None,
        }
    if isinstance(value, tuple):
        return {name: SEPARATOR.join(map(_word, value)) or None}
    return {name: str(value) if isinstance(value, StrEnum) else value}


def _word(value: Any) -> str:
    if isinstance(value, Span):
        return value.text
    if isinstance(value, EventSize):
        return f"{value.role}={value.quantity}"
    if is_dataclass(value):
        named = {part.name: getattr(value, part.name) for part in fields(value)}
        return " ".join(str(v) for v in (named.get("field"), named.get("reason")) if v) or str(
            named.get("title", "")
        )
    return str(value)
