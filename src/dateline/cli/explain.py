"""``dateline explain``: why an event was coded so."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from dateline.cli import options

EXAMPLES = {
    "explain": "Examples: `dateline explain report.txt --date 2021-07-27` · "
    "`dateline explain coded.jsonl --event e112-118`",
}


def explain(
    source: Annotated[
        Path, typer.Argument(help="A report, or the output of `dateline code` (.jsonl).")
    ],
    event: Annotated[
        str | None,
        typer.Option(
            "--event", "-e", help="Id of the record, or a word of its trigger; all if none."
        ),
    ] = None,
    date: options.Published = None,
    model: options.Model = options.DEFAULT,
    actors: options.Actors = None,
) -> None:
    """Say why each event was coded so: its trigger, lexicon entry, arguments and their words."""
    from dateline.explaining import coded_reports, explanation, records_named

    console = Console()
    found = False
    for coded in coded_reports(source, published=date, model=model, actors=actors):
        for record in records_named(coded, event):
            found = True
            console.print(explanation(record, coded))
    if not found:
        what = f"no record {event!r}" if event else "no event"
        typer.secho(f"dateline: {what} in {source}", err=True, fg="red")
        raise typer.Exit(1)
