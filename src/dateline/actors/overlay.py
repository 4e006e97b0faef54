"""A user's own actors, in TOML or in the registry's table format, laid over the registry."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dateline.actors.entries import actor_entry
from dateline.actors.model import NON_STATE, Entry, Held, Member
from dateline.actors.registry import Registry
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


@dataclass(frozen=True, slots=True)
class Overlay:
    """A user's actors, and the ids of those that the registry is to do without."""

    entries: tuple[Entry, ...]
    withdrawn: tuple[str, ...] = ()


def read_overlay(path: Path) -> Overlay:
    """Read a user's file: ``.toml``, or else a table.

    Raises:
        DataError: the file breaks the schema; the message names file and line or entry.
    """
    found = list(_read_toml(path) if path.suffix == ".toml" else _read_rows(path))
    return Overlay(
        tuple(one for one in found if isinstance(one, Entry)),
        tuple(one for one in found if isinstance(one, str)),
    )


def _read_rows(path: Path) -> Iterator[Entry | str]:
    table = read_path(path, ("id", "name"))
    for number, row in table.rows():
        if row.get("withdrawn"):
            yield row["id"]
        else:
            yield actor_entry(row, f"{path}:{number}", table)


def _read_toml(path: Path) -> Iterator[Entry | str]:
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise DataError(f"{path}: cannot be read: {error}") from error
    actors = data.get("actor", [])
    if not isinstance(actors, list) or set(data) - {"actor"}:
        raise DataError(f"{path}: write each actor as a table [[actor]]; found {sorted(data)}")
    for number, item in enumerate(actors, 1):
        where = f"{path}: actor {number}"
        if item.get("withdrawn"):
            if not item.get("id"):
                raise DataError(f"{where}: what is withdrawn is named by its id")
            yield str(item["id"])
        else:
            yield toml_entry({k: v for k, v in item.items() if k != "withdrawn"}, where)


def check_countries(entries: Iterable[Entry], registry: Registry, where: str) -> None:
    """Check that the countries of entries and of their offices are ones the registry has.

    Raises:
        DataError: one is not; the message names the code meant where a name was written.
    """
    for entry in entries:
        for code in (entry.country, *(term.country for term in entry.offices)):
            if not code or code in registry.codes or code in NON_STATE:
                continue
            meant = [ref.id for ref in registry.named(code) if ref.id in registry.codes]
            hint = f"; write {meant[0]}" if meant else ""
            raise DataError(
                f"{where}: {entry.id!r}: {code!r} is no code of a country, as NGA, and none of "
                f"{', '.join(sorted(NON_STATE))}{hint}"
            )


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
    sector = f"={item['sector']}" if item.get("sector") else ""
    return f"{title}{body}{country}{sector} {item.get('start', '')}/{item.get('end', '')}"


def to_toml(entries: Iterable[Entry]) -> str:
    """Return entries as TOML that ``read_overlay`` reads."""
    return "\n".join(_toml(entry) for entry in entries)


def _toml(entry: Entry) -> str:
    lines = ["[[actor]]", f"id = {_quote(entry.id)}", f"name = {_quote(entry.name)}"]
    lines.append(f"kind = {_quote(entry.kind.value)}")
    single = ("country", "start", "end", "wikidata", "gender", "source")
    lines += [f"{key} = {_quote(value)}" for key in single if (value := getattr(entry, key))]
    lists: dict[str, tuple[str, ...]] = {"sectors": entry.sectors, "aliases": entry.aliases}
    lists["members"] = tuple(_member(one) for one in entry.members)
    lines += [f"{k} = [{', '.join(_quote(v) for v in vs)}]" for k, vs in lists.items() if vs]
    if entry.offices:
        lines.append(f"offices = [{', '.join(_toml_office(term) for term in entry.offices)}]")
    return "\n".join(lines) + "\n"


def _member(one: Member) -> str:
    return f"{one.id} {one.start}/{one.end}" if one.start or one.end else one.id


def remove_entry(text: str, id: str) -> str:
    """Return a TOML file without the entry of ``id``; the rest stays letter by letter.

    Raises:
        DataError: there is no such entry.
    """
    ids = []
    starts = [m.start() for m in re.finditer(r"(?m)^\[\[actor\]\]", text)]
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        item = tomllib.loads(text[start:end])["actor"][0]
        ids.append(str(item.get("id", f"user:{item.get('name', '')}")))
        if ids[-1] == id:
            return text[:start] + text[end:]
    known = ", ".join(ids[:8]) + (" …" if len(ids) > 8 else "")
    raise DataError(f"there is no actor {id!r} in the file; it has {known or 'none'}")


def _toml_office(term: Held) -> str:
    pairs = {
        "title": term.office, "body": term.body, "country": term.country, "sector": term.sector,
        "start": term.start, "end": term.end,
    }  # fmt: skip
    return "{ " + ", ".join(f"{k} = {_quote(v)}" for k, v in pairs.items() if v) + " }"


def _quote(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in escaped) + '"'
