"""``dateline doctor``: whether this installation can work, and how to mend it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from dateline.cli import options

EXAMPLES = {"doctor": "Example: `dateline doctor --json`"}
STYLES = {"ok": "green", "note": "yellow", "failed": "bold red"}


def doctor(
    model: options.Model = options.DEFAULT,
    folder: Annotated[Path, typer.Option("--folder", help="Where output is to go.")] = Path(),
    as_json: Annotated[bool, typer.Option("--json", help="As JSON lines.")] = False,
) -> None:
    """Check Python, packages, model, data files, SQLite, memory, disk; say how to mend what fails."""
    from dataclasses import asdict

    from dateline.doctor import State, examine

    console, failed = Console(highlight=False), 0
    for check in examine(model, folder):
        failed += check.state is State.FAILED
        if as_json:
            typer.echo(json.dumps(asdict(check), ensure_ascii=False))
            continue
        line = Text(f"{check.state.value:7}", STYLES[check.state])
        console.print(line.append(f"{check.name}: {check.found}", "default"))
        if check.mend:
            console.print(Text(f"       → {check.mend}", "default"))
    raise typer.Exit(1 if failed else 0)
