"""A coded report in the terminal: the text with its highlights, then the tables."""

from __future__ import annotations

from rich import box
from rich.console import Console
from rich.panel import Panel
from rich.table import Table as RichTable
from rich.text import Text

from dateline.records import CodedReport
from dateline.showing.layers import LAYERS, pieces
from dateline.showing.rows import Table, tables

STYLES = {
    "event": "bold white on dark_red",
    "quantity": "magenta",
    "time": "green",
    "actor": "bold blue",
    "place": "cyan",
    "cue": "yellow",
    "furniture": "dim strike",
}


def show(coded: CodedReport, console: Console) -> None:
    """Print a coded report to ``console``."""
    report = coded.report
    title = report.title or report.source or report.id
    console.rule(Text(title, style="bold"))
    console.print(Panel(highlighted(coded), box=box.SIMPLE, subtitle=_legend()))
    for table in tables(coded):
        console.print(_rich(table))
    console.print()


def highlighted(coded: CodedReport) -> Text:
    """Return the report's text with a style on each highlight."""
    text = Text()
    for piece in pieces(coded):
        text.append(piece.text, STYLES[piece.layers[0]] if piece.layers else "")
    return text


def _legend() -> Text:
    return Text("  ").join(Text(layer, STYLES[layer]) for layer in LAYERS)


def _rich(table: Table) -> RichTable:
    made = RichTable(
        title=table.title, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD
    )
    for name in table.columns:
        made.add_column(name, overflow="fold")
    for row in table.rows:
        made.add_row(*(Text(cell) for cell in row))
    return made
