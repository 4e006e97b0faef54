"""A coded report as a piece of HTML, for notebooks. It holds no script and loads nothing."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from dateline.records import CodedReport
from dateline.showing.layers import pieces
from dateline.showing.rows import Table, tables

STYLE = """
.dateline{font:14px/1.6 system-ui,sans-serif;max-width:70em}
.dateline .text{white-space:pre-wrap;border:1px solid #8884;border-radius:6px;padding:.8em 1em}
.dateline mark{color:inherit;background:none;border-bottom:2px solid;padding:0 1px}
.dateline mark.event{background:#d9480f33;border-color:#d9480f;font-weight:600}
.dateline mark.quantity{border-color:#9c36b5}.dateline mark.time{border-color:#2f9e44}
.dateline mark.actor{border-color:#1971c2}.dateline mark.place{border-color:#0c8599}
.dateline mark.cue{border-color:#e8a700}.dateline mark.furniture{opacity:.45;border-style:dotted}
.dateline table{border-collapse:collapse;margin:.6em 0}
.dateline caption{text-align:left;font-weight:600;padding:.2em 0}
.dateline th,.dateline td{text-align:left;vertical-align:top;padding:.2em .7em;border-bottom:1px solid #8884}
"""


def as_html(coded: CodedReport) -> str:
    """Return text with highlights and the tables of what was found, safe to embed."""
    text = "".join(
        f'<mark class="{" ".join(piece.layers)}" title="{escape("; ".join(piece.labels))}">'
        f"{escape(piece.text)}</mark>"
        if piece.layers
        else escape(piece.text)
        for piece in pieces(coded)
    )
    found = "".join(_table(table) for table in tables(coded))
    return (
        f'<style>{STYLE}</style><div class="dateline"><div class="text">{text}</div>{found}</div>'
    )


def _table(table: Table) -> str:
    head = "".join(f"<th>{escape(name)}</th>" for name in table.columns)
    body = "".join(f"<tr>{_cells(row)}</tr>" for row in table.rows)
    return f"<table><caption>{escape(table.title)}</caption><tr>{head}</tr>{body}</table>"


def _cells(row: Sequence[str]) -> str:
    return "".join(f"<td>{escape(cell)}</td>" for cell in row)
