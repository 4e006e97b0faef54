"""A user's own actors, in TOML or in the registry's table format, laid over the registry."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from dateline.actors.model import Entry, Held
from dateline.actors.registry import actor_entry
from dateline.actors.tables import read_path
from dateline.errors import DataError

KEYS = frozenset(
    [
        "id",
        "name",
        "kind",
        "country",
        "sectors",
        "aliases",
        "offices",
        "start",
        "end",
        "wikidata",
        "members",
        "source",
        "gender",
    ]
)
OFFICE_KEYS = frozenset(["title", "country", "sector", "start", "end", "body"])


def read_overlay(path: Path) -> Iterator[Entry]:
    """Yield the entries of a user's file: ``.toml``, or else a table.

    Raises:
        DataError: the file breaks the schema; the message names file and line or entry.
    """
    if path.suffix == ".toml":
        yield from _read_toml(path)
        return
    table = read_path(path, ("id", "name"))
    for number, row in table.rows():
        yield actor_entry(row, f"{path}:{number}", table)


def _read_toml(path: Path) -> Iterator[Entry]:
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise DataError(f"{path}: cannot be read: {error}") from error
    actors = data.get("actor", [])
    if not isinstance(actors, list) or set(data) - {"actor"}:
        raise DataError(f"{path}: write each actor as a table [[actor]]; found {sorted(data)}")
    for number, item in enumerate(actors, 1):
        yield toml_entry(item, f"{path}: actor {number}")


def toml_entry(item: Mapping[str, Any], where: str) -> Entry:
    """Make an entry of an ``[[actor]]`` table.

    Raises:
        DataError: it breaks the schema.
    """
    unknown = set(item) - KEYS
    if unknown:
        raise DataError(f"{where}: unknown keys {sorted(unknown)}; known are {sorted(KEYS)}")
    row = {key: _cell(value, key) for key, value in item.items() if key != "offices"}
    row.setdefault("id", f"user:{row.get('name', '')}")
    row["offices"] = ";".join(_office(o, where) for o in item.get("offices", ()))
    row.setdefault("source", where)
    return actor_entry(row, where)


def _cell(value: Any, key: str) -> str:
    if isinstance(value, list):
        return ("|" if key == "aliases" else ",").join(str(part) for part in value)
    return str(value)


def _office(item: Any, where: str) -> str:
    if not isinstance(item, dict) or set(item) - OFFICE_KEYS or "title" not in item:
        raise DataError(
            f"{where}: an office has a title, and of {sorted(OFFICE_KEYS)} what is known"
        )
    title = str(item["title"]).replace(" ", "_")
    body = f"[{item['body']}]" if item.get("body") else ""
    country = f"@{item['country']}" if item.get("country") else ""
    return f"{title}{body}{country} {item.get('start', '')}/{item.get('end', '')}"


def to_toml(entries: Iterable[Entry]) -> str:
    """Return entries as TOML that ``read_overlay`` reads."""
    return "\n".join(_toml(entry) for entry in entries)


def _toml(entry: Entry) -> str:
    lines = ["[[actor]]", f"id = {_quote(entry.id)}", f"name = {_quote(entry.name)}"]
    lines.append(f"kind = {_quote(entry.kind.value)}")
    single = ("country", "start", "end", "wikidata", "gender", "source")
    lines += [f"{key} = {_quote(value)}" for key in single if (value := getattr(entry, key))]
    lists = {key: getattr(entry, key) for key in ("sectors", "aliases", "members")}
    lines += [f"{k} = [{', '.join(_quote(v) for v in vs)}]" for k, vs in lists.items() if vs]
    if entry.offices:
        lines.append(f"offices = [{', '.join(_toml_office(term) for term in entry.offices)}]")
    return "\n".join(lines) + "\n"


def _toml_office(term: Held) -> str:
    pairs = {
        "title": term.office, "body": term.body, "country": term.country,
        "start": term.start, "end": term.end,
    }  # fmt: skip
    return "{ " + ", ".join(f"{k} = {_quote(v)}" for k, v in pairs.items() if v) + " }"


def _quote(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in escaped) + '"'
