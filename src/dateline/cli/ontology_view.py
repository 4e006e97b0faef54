"""What ``dateline ontology`` shows: tables of the ontology, one type whole, or either as JSON."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from dateline.errors import InputError
from dateline.events.ontology import QUADS, EventType, Ontology, load, load_cameo
from dateline.events.ontology import pages as rows

COLOURS = {1: "green", 2: "bold green", 3: "yellow", 4: "red"}


def show(what: str, file: Path | None, *, as_json: bool) -> None:
    """Print a list of the ontology, or the type named ``what``.

    Raises:
        DataError: ``file``, an ontology of the user's own, breaks its schema.
        InputError: nothing is named ``what``.
    """
    known = load(file)
    console = Console()
    if what.upper() in known.types:
        kind = known.types[what.upper()]
        if as_json:
            _print_json(_plain(kind))
        else:
            _show_type(console, kind)
        return
    found = _rows(known, what)
    if as_json:
        _print_json(found)
    else:
        console.print(_table(what, found))


def _print_json(data: Any) -> None:
    typer.echo(json.dumps(data, ensure_ascii=False, indent=2))


def _rows(known: Ontology, what: str) -> list[rows.Row]:
    lists = {
        "types": rows.type_rows,
        "modes": rows.mode_rows,
        "contexts": rows.context_rows,
        "sectors": rows.sector_rows,
    }
    if what in lists:
        return lists[what](known)
    if what == "cameo":
        return rows.cameo_rows()
    if what in load_cameo().codes:
        return rows.cameo_rows(what)
    raise InputError(
        f"no type, list or CAMEO code {what!r}; the lists are {', '.join(lists)} and cameo, "
        f"the types {', '.join(known.types)}"
    )


def _plain(kind: EventType) -> dict[str, Any]:
    plain = asdict(kind)
    plain.pop("file")
    for example in plain["examples"]:
        example.pop("file")
        example.pop("line")
    return plain


def _table(title: str, found: list[rows.Row]) -> Table:
    table = Table(title=title, title_justify="left", show_lines=False, expand=False)
    names = [n for n in found[0] if any(row[n] for row in found)] if found else []
    for name in names:
        narrow = name not in ("definition", "example", "modes", "excludes", "name")
        table.add_column(name, no_wrap=narrow, style="bold" if name == names[0] else None)
    for row in found:
        table.add_row(*(_cell(name, row[name]) for name in names))
    return table


def _cell(name: str, value: str) -> Text:
    if name == "quad" and value[:1].isdigit():
        return Text(value, style=COLOURS[int(value[0])])
    if name in ("score", "goldstein") and value:
        return Text(value, style="red" if value.startswith("-") else "green")
    return Text(value, style="italic" if name == "example" else "")


def _show_type(console: Console, kind: EventType) -> None:
    colour = COLOURS[kind.quad]
    console.print(Text(kind.id, style=f"{colour} bold"), Text(kind.definition), sep="  ")
    console.print(
        Text(f"quad {kind.quad}, {QUADS[kind.quad]}; score {kind.score:+.1f}", style=colour)
    )
    for name, role in kind.roles.items():
        console.print(Text(f"{name} ({role.need}): {role.meaning}"))
    if kind.modes:
        console.print(_table("modes", _modes(kind)))
    for ambiguity in kind.ambiguities:
        console.print(Text(f"not when {ambiguity.when}: {ambiguity.but}", style="yellow"))
    for example in kind.examples:
        found = "/".join(filter(None, (example.type, example.mode))) or "nothing"
        style = "green" if example.positive else "red"
        console.print(Text(f"{'+' if example.positive else '-'} {example.text}  → {found}", style))


def _modes(kind: EventType) -> list[rows.Row]:
    return [
        {"mode": m.id, "score": f"{m.score:+.1f}", "definition": m.definition}
        for m in kind.modes.values()
    ]
