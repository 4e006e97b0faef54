"""``dateline export``: an archive or coded reports in the layouts that others read."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from dateline.cli.merging import Since, Until
from dateline.errors import OutputError

if TYPE_CHECKING:
    from dateline.exporting.layouts import Choice, Happening, Written
    from dateline.exporting.layouts.wanted import Wanted

EXAMPLES = {
    "export": "Examples: `dateline export news.dateline --layout polecat -o events.tsv` · "
    "`dateline export coded.jsonl --layout geojson --country MLI -o mali.geojson` · "
    "`dateline export news.dateline --layout parquet --layer statements -o statements.parquet` · "
    "`dateline export --list`",
}
TABLES = ("csv", "parquet", "jsonl")
"""Layouts of dateline's own: the table of a layer, or whole coded reports."""


def export(
    source: Annotated[
        str | None,
        typer.Argument(
            metavar="[SOURCE]",
            help="An archive (file or postgresql://…), or JSON lines that `dateline code` wrote.",
            show_default=False,
        ),
    ] = None,
    layout: Annotated[
        str, typer.Option("--layout", "-l", help="Name of a layout; see --list.")
    ] = "csv",
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="File to write; else standard output.")
    ] = None,
    layer: Annotated[
        str,
        typer.Option("--layer", help="Which records csv and parquet hold: events, statements, …"),
    ] = "events",
    type: Annotated[
        list[str] | None, typer.Option("--type", help="PLOVER type, as ASSAULT. Repeatable.")
    ] = None,
    country: Annotated[
        list[str] | None,
        typer.Option("--country", help="Country of place or party, as MLI. Repeatable."),
    ] = None,
    actor: Annotated[
        list[str] | None,
        typer.Option("--actor", help="Part of a name, or a registry id. Repeatable."),
    ] = None,
    since: Since = None,
    until: Until = None,
    min_confidence: Annotated[
        float, typer.Option("--min-confidence", min=0, max=1, help="Leave out what is less sure.")
    ] = 0.0,
    all_statuses: Annotated[
        bool,
        typer.Option(
            "--all-statuses",
            help="Also what is planned, threatened, denied or supposed, in layouts that cannot say so.",
        ),
    ] = False,
    remainder: Annotated[
        Path | None,
        typer.Option("--remainder", help="File for what has no row, with the reason (JSON lines)."),
    ] = None,
    show: Annotated[bool, typer.Option("--list", help="List the layouts.")] = False,
) -> None:
    """Write events in the layout of another data set, as a map, a network, a time line or a panel.

    What a layout cannot hold is left out, counted, and listed with --remainder.
    """
    if show:
        _list()
        return
    if source is None:
        raise typer.BadParameter("name an archive or a file of coded reports (or --list)")
    if layout in TABLES:
        _tables(source, layout, layer, output)
        return
    from dateline.exporting.layouts import LAYOUTS, Choice
    from dateline.exporting.layouts.wanted import Wanted

    if layout not in LAYOUTS:
        known = ", ".join((*TABLES, *LAYOUTS))
        raise typer.BadParameter(f"there is no layout {layout!r}; there are {known}")
    choice = Choice(all_statuses=all_statuses, min_confidence=min_confidence)
    wanted = Wanted(
        type=frozenset(name.upper() for name in type or ()),
        country=frozenset(code.upper() for code in country or ()),
        actor=frozenset(name.lower() for name in actor or ()),
        since=since,
        until=until,
    )
    _layout(source, layout, wanted, choice, output, remainder)


def _layout(
    source: str,
    layout: str,
    wanted: Wanted,
    choice: Choice,
    output: Path | None,
    remainder: Path | None,
) -> None:
    from dateline.exporting.layouts import LAYOUTS
    from dateline.exporting.layouts.wanted import happenings

    with (
        happenings(source, wanted) as (found, what),
        _out(output) as stream,
        _left(remainder) as left,
    ):
        written = LAYOUTS[layout].write(found, stream, choice, left)
    _say(written, what)


def _say(written: Written, what: str) -> None:
    typer.echo(f"dateline: wrote {written.rows:,} rows or items of {what}", err=True)
    if written.left:
        reasons = ", ".join(f"{n:,} {reason}" for reason, n in written.left.most_common())
        typer.echo(f"dateline: left out {written.left.total():,}: {reasons}", err=True)


def _tables(source: str, layout: str, layer: str, output: Path | None) -> None:
    from dateline.batch import JsonLines
    from dateline.exporting import LAYERS
    from dateline.exporting.layouts.wanted import coded_reports
    from dateline.exporting.writers import Csv, Parquet

    if layer not in LAYERS:
        raise typer.BadParameter(f"there is no layer {layer!r}; there are {', '.join(LAYERS)}")
    if layout == "parquet" and output is None:
        raise typer.BadParameter("Parquet is no text; name a file with --output")
    number = 0
    with coded_reports(source) as reports:
        if layout == "parquet":
            assert output is not None
            writer = Parquet(output, layer)
            for coded in reports:
                writer.write(coded)
                number += 1
            writer.close()
        else:
            with _out(output) as stream:
                text = Csv(stream, layer) if layout == "csv" else JsonLines(stream)  # type: ignore[arg-type]
                for coded in reports:
                    text.write(coded)
                    number += 1
                text.close()
    typer.echo(f"dateline: wrote {number:,} reports", err=True)


@contextmanager
def _out(path: Path | None) -> Iterator[IO[str]]:
    """Give a stream; a file is there under its name only once it is whole."""
    if path is None:
        sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # type: ignore[union-attr]
        yield sys.stdout
        return
    part = path.with_name(path.name + ".part")
    try:
        with part.open("w", encoding="utf-8", errors="replace", newline="\n") as stream:
            yield stream
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise OutputError(
            f"cannot write {path}: {error.strerror}; choose another with --output"
        ) from error


@contextmanager
def _left(path: Path | None) -> Iterator[Callable[[Happening, str], None] | None]:
    if path is None:
        yield None
        return
    with _out(path) as stream:

        def leave(one: Happening, reason: str) -> None:
            row = {"id": one.id, "reason": reason, "type": one.event.type, "text": one.sentence}
            stream.write(json.dumps(row, ensure_ascii=False) + "\n")

        yield leave


def _list() -> None:
    from dateline.exporting.layouts import LAYOUTS, Layout

    table = Table(box=None)
    for name in ("layout", "what it is", "file", "columns"):
        table.add_column(name)
    table.add_row("csv", "dateline's table of a layer", ".csv", "")
    table.add_row("parquet", "the same", ".parquet", "")
    table.add_row("jsonl", "coded reports, whole", ".jsonl", "")
    for layout in LAYOUTS.values():
        number = str(len(layout.columns)) if isinstance(layout, Layout) else ""
        table.add_row(layout.name, layout.title, layout.suffix, number)
    Console().print(table)
