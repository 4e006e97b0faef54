"""Judgements as JSON lines: out of one archive and into another, once each."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, replace
from typing import Any

from dateline.archive import Archive, Judgement
from dateline.errors import InputError

SAME = (
    "at", "coder", "action", "layer", "report", "record", "field", "value", "other", "note",
)  # fmt: skip
"""Fields by which a judgement is the same one in two archives."""


def export_judgements(archive: Archive) -> Iterator[str]:
    """Yield every judgement, and every one taken back, as a line of JSON in their order."""
    for one in archive.judgements(standing=False):
        yield json.dumps(asdict(one), ensure_ascii=False)


def import_judgements(archive: Archive, lines: Iterable[str]) -> Counter[str]:
    """Add judgements from JSON lines; those that are there already are left alone.

    Returns:
        How many were ``added``, the ``same`` as ones there, and ``failed``, since their record
        is not in this archive.

    Raises:
        InputError: a line is no judgement; names the line.
    """
    there = {_key(asdict(one)): one.number for one in archive.judgements(standing=False)}
    numbers: dict[Any, int | None] = {}
    done: Counter[str] = Counter()
    for place, line in enumerate(lines, 1):
        if not line.strip():
            continue
        row = _row(line, place)
        theirs, key = row.pop("number", None), _key(row)
        if key in there:
            numbers[theirs] = there[key]
            done["same"] += 1
            continue
        try:
            made = _added(archive, row, numbers)
        except InputError:
            done["failed"] += 1
            continue
        numbers[theirs] = there[key] = made.number
        done["added"] += 1
    return done


def _added(archive: Archive, row: dict[str, Any], numbers: dict[Any, int | None]) -> Judgement:
    undone = row.get("undoes")
    if undone is None:
        return archive.judge(Judgement(**row))
    number = numbers.get(undone)
    if number is None:
        raise InputError(f"judgement {undone} is not there to take back")
    return replace(archive.undo(number, row["coder"], row.get("note")))


def _key(row: dict[str, Any]) -> str:
    named = {name: row.get(name) for name in SAME}
    if row.get("undoes") is not None:
        named["at"], named["undo"] = None, True
    return json.dumps(named, sort_keys=True, ensure_ascii=False)


def _row(line: str, place: int) -> dict[str, Any]:
    try:
        row = json.loads(line)
        Judgement(**{**row, "number": None})
    except (ValueError, TypeError) as error:
        raise InputError(f"line {place} is no judgement: {error}") from error
    return dict(row)
