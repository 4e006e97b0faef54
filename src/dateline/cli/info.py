"""``dateline info``: versions, model, data sources and their licences."""

from __future__ import annotations

import json
import platform
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from dateline.cli import options

EXAMPLES = {"info": "Example: `dateline info --json`"}


def version_line() -> str:
    """Return name and version."""
    from importlib.metadata import version

    return f"dateline {version('dateline')}"


def info(
    model: options.Model = options.DEFAULT,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
) -> None:
    """Show versions, the language model, and the data sources with their licences."""
    from dateline.about import about

    found = about(model)
    if as_json:
        typer.echo(json.dumps(found, indent=2, ensure_ascii=False))
        return
    console = Console()
    console.print(version_line(), f"on Python {platform.python_version()}")
    for title in ("versions", "data"):
        table = Table(title=title, title_justify="left", box=None)
        for name in found[title][0]:
            table.add_column(name, overflow="fold")
        for row in found[title]:
            table.add_row(*row.values())
        console.print(table)
