"""``dateline commitments``: who is bound to what by when, from coded reports."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

if TYPE_CHECKING:
    from dateline.commitments.following import Held

EXAMPLE = (
    "Examples: `dateline commitments coded.jsonl --due-before 2021-12-31` · "
    "`dateline commitments coded.jsonl --actor USA --state overdue --as-of 2022-01-10` · "
    "`dateline commitments coded.jsonl --format ics > deadlines.ics`"
)


class Format(StrEnum):
    """Forms of output."""

    TABLE = "table"
    JSONL = "jsonl"
    ICS = "ics"


class State(StrEnum):
    """States of a commitment on a day."""

    OPEN = "open"
    DUE_SOON = "due soon"
    OVERDUE = "overdue"
    NO_DEADLINE = "no deadline"


def commitments(
    files: Annotated[
        list[Path],
        typer.Argument(
            help="Coded reports: JSON lines that `dateline code` wrote.", show_default=False
        ),
    ],
    due_before: Annotated[
        str | None, typer.Option("--due-before", help="Only deadlines up to this day: 2021-12-31.")
    ] = None,
    actor: Annotated[
        str | None,
        typer.Option("--actor", help="Only holders with this id, country code or part of a name."),
    ] = None,
    state: Annotated[
        State | None, typer.Option("--state", help="Only those in this state on --as-of.")
    ] = None,
    as_of: Annotated[
        str | None,
        typer.Option("--as-of", help="Day of the state; the latest report's day if left out."),
    ] = None,
    evidence: Annotated[
        bool,
        typer.Option(
            "--evidence", help="With events of later reports that may bear on each (jsonl)."
        ),
    ] = False,
    format: Annotated[
        Format,
        typer.Option("--format", "-f", help="table, jsonl, or ics (a calendar of deadlines)."),
    ] = Format.TABLE,
) -> None:
    """List who is bound to what by when. A state compares dates; it is no verdict."""
    from dateline.batch import read_coded
    from dateline.commitments import following
    from dateline.commitments.calendar import icalendar

    coded = [one for path in files for one in read_coded(path)]
    held = following.commitments_in(coded)
    day = as_of or max((one.published for one in held), default="")[:10] or None
    wanted = state.value if state else None
    try:
        if day is None and wanted is not None:
            raise ValueError("no report has a date; say with --as-of on which day")
        found = following.select(held, due_before=due_before, actor=actor, wanted=wanted, as_of=day)
        rows = [_row(one, day) for one in found]
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error
    if format is Format.ICS:
        typer.echo(icalendar(found), nl=False)
    elif format is Format.JSONL:
        for one, row in zip(found, rows, strict=True):
            if evidence:
                row["evidence"] = [_evidence(e) for e in following.evidence(one, coded)]
            typer.echo(json.dumps(row, ensure_ascii=False))
    else:
        Console().print(_table(rows))


def _row(held: Held, day: str | None) -> dict[str, object]:
    from dateline.commitments import following

    commitment = held.commitment
    last = following.last_day(commitment)
    what = commitment.what or commitment.span
    return {
        "report": held.coded.report.id,
        "published": held.published or None,
        "id": commitment.id,
        "kind": commitment.kind,
        "strength": commitment.strength,
        "negated": commitment.negated,
        "holders": following.holder_names(held),
        "what": " ".join(what.text.split()),
        "due": last.isoformat() if last else None,
        "condition": commitment.condition.text if commitment.condition else None,
        "state": following.state(commitment, day) if day else None,
        "start": commitment.span.start,
        "end": commitment.span.end,
    }


def _evidence(found: object) -> dict[str, object]:
    from dataclasses import asdict

    from dateline.commitments.following import Evidence

    assert isinstance(found, Evidence)
    row = asdict(found)
    row["why"] = [f"{reason.rule}: {reason.detail}" for reason in found.why]
    return row


def _table(rows: list[dict[str, object]]) -> Table:
    table = Table(box=None)
    for name in ("due", "state", "who", "what", "kind", "report"):
        table.add_column(name)
    for row in rows:
        holders = row["holders"]
        who = ", ".join(holders) if isinstance(holders, list) else ""
        what = f"not: {row['what']}" if row["negated"] else str(row["what"])
        table.add_row(
            str(row["due"] or "–"), str(row["state"] or "–"), who or "–", what, str(row["kind"]), str(row["report"])
        )  # fmt: skip
    return table
