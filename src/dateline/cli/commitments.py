"""``dateline commitments``: who is bound to what by when, from coded reports."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from dateline.archive import Judgement
    from dateline.commitments.following import Evidence, Held, Revision

EXAMPLES = {
    "commitments": "Examples: `dateline commitments coded.jsonl --due-before 2021-12-31` · "
    "`dateline commitments coded.jsonl --actor USA --state overdue --as-of 2022-01-10` · "
    "`dateline commitments news.dateline --state closed` · "
    "`dateline commitments coded.jsonl --actor USA --evidence --revisions` · "
    "`dateline commitments coded.jsonl --format ics > deadlines.ics`",
}


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
    CLOSED = "closed"
    """A person recorded what became of it."""


def commitments(
    sources: Annotated[
        list[str],
        typer.Argument(
            metavar="SOURCES...",
            help="An archive (file or postgresql://…), or JSON lines that `dateline code` wrote.",
            show_default=False,
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
            "--evidence",
            help="With events of later reports that may bear on each, strongest first.",
        ),
    ] = False,
    revisions: Annotated[
        bool,
        typer.Option(
            "--revisions", help="With earlier and later versions of each, and what changed."
        ),
    ] = False,
    format: Annotated[
        Format,
        typer.Option("--format", "-f", help="table, jsonl, or ics (a calendar of deadlines)."),
    ] = Format.TABLE,
) -> None:
    """List who is bound to what by when. A state compares dates; it is no verdict.

    In an archive a commitment that somebody judged kept, broken, modified or withdrawn is closed.
    """
    from dateline.commitments import following
    from dateline.commitments.calendar import icalendar
    from dateline.exporting.layouts.wanted import is_archive

    if len(sources) > 1 and any(is_archive(source) for source in sources):
        raise typer.BadParameter("name one archive, or files of coded reports")
    archived = is_archive(sources[0])
    seen: list[str] = []
    every = list(_held(sources, actor, seen))
    verdicts = _verdicts(sources[0]) if archived else {}
    day = as_of or (seen[0][:10] if seen else None) or None
    wanted = state.value if state and state is not State.CLOSED else None
    try:
        if day is None and wanted is not None:
            raise ValueError("no report has a date; say with --as-of on which day")
        held = following.select(every, due_before=due_before)
        found = following.select(held, wanted=wanted, as_of=day)
        if state is not None:
            closed = state is State.CLOSED
            found = [one for one in found if (one.key in verdicts) == closed]
        rows = [_row(one, day, verdicts.get(one.key)) for one in found]
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error
    if format is Format.ICS:
        typer.echo(icalendar(found), nl=False)
        return
    if revisions:
        _add_revisions(following.revisions(every), found, rows)
    if evidence:
        for one, row in zip(found, rows, strict=True):
            row["evidence"] = _evidence(sources, one, archived)
    if format is Format.JSONL:
        for row in rows:
            typer.echo(json.dumps(row, ensure_ascii=False))
    else:
        Console().print(_table(rows))


def _held(sources: list[str], actor: str | None, seen: list[str]) -> Iterator[Held]:
    """Yield the commitments asked for, a report at a time: the others are not kept in memory.

    The day of the latest report is left in ``seen``, whatever it holds.
    """
    from dateline.commitments import following
    from dateline.exporting.layouts.wanted import coded_reports

    for source in sources:
        with coded_reports(source) as reports:
            for coded in reports:
                published = coded.report.published or coded.dating.date or ""
                seen[:] = [max([published, *seen])]
                try:
                    yield from following.select(following.commitments_in([coded]), actor=actor)
                except ValueError as error:
                    raise typer.BadParameter(str(error)) from error


def _add_revisions(
    revisions: Iterable[Revision], found: list[Held], rows: list[dict[str, object]]
) -> None:
    """Say of each row which earlier version it revises, which later one revises it, and in what."""
    later: dict[str, list[object]] = {}
    earlier: dict[str, object] = {}
    for one in revisions:
        changes = {field: {"was": was, "is": now} for field, was, now in one.changes}
        earlier[one.after.key] = _version(one.before) | {"changes": changes}
        later.setdefault(one.before.key, []).append(_version(one.after) | {"changes": changes})
    for held, row in zip(found, rows, strict=True):
        row["revises"] = earlier.get(held.key)
        row["revised_by"] = later.get(held.key, [])


def _version(held: Held) -> dict[str, object]:
    return {
        "report": held.coded.report.id,
        "id": held.commitment.id,
        "published": held.published or None,
    }


def _verdicts(archive: str) -> dict[str, Judgement]:
    """Return the last standing verdict on each commitment, by its key."""
    from dateline.archive import Archive
    from dateline.archive.judging import VERDICTS

    with Archive(archive) as opened:
        found = opened.judgements(layer="commitments")
    return {f"{one.report}#{one.record}": one for one in found if one.action in VERDICTS}


def _evidence(sources: list[str], held: Held, archived: bool) -> list[dict[str, object]]:
    """Return events of later reports that may bear on a commitment, the strongest first."""
    from dateline.archive import Archive
    from dateline.archive.queries import bearing
    from dateline.commitments import following
    from dateline.exporting.layouts.wanted import coded_reports

    if archived:
        with Archive(sources[0]) as opened, opened.engine.connect() as connection:
            found = bearing.ranked(connection, held.coded.report.id, held.commitment.id)
        return [one | {"why": _reasons(one["why"])} for one in found]
    made: list[dict[str, object]] = []
    for source in sources:
        with coded_reports(source) as reports:
            made += (_row_of(one) for one in following.evidence(held, reports))
    return made


def _row(held: Held, day: str | None, verdict: Judgement | None = None) -> dict[str, object]:
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
        "deadline": commitment.deadline_text.text if commitment.deadline_text else None,
        "condition": commitment.condition.text if commitment.condition else None,
        "state": "closed" if verdict else following.state(commitment, day) if day else None,
        "verdict": verdict.action if verdict else None,
        "judged_by": verdict.coder if verdict else None,
        "note": verdict.note if verdict else None,
        "start": commitment.span.start,
        "end": commitment.span.end,
    }


def _row_of(found: Evidence) -> dict[str, object]:
    from dataclasses import asdict

    row = asdict(found)
    return row | {"why": _reasons(row["why"])}


def _reasons(why: Iterable[dict[str, Any]]) -> list[str]:
    return [f"{reason['rule']}: {reason['detail']}" for reason in why]


def _table(rows: list[dict[str, Any]]) -> Table:
    table = Table(box=None)
    for name in ("due", "state", "who", "what", "kind", "report"):
        table.add_column(name)
    for row in rows:
        who = ", ".join(row["holders"])
        what = f"not: {row['what']}" if row["negated"] else row["what"]
        cells = (row["due"] or row["deadline"], row["verdict"] or row["state"], who, what)
        table.add_row(*(Text(str(cell or "–")) for cell in (*cells, row["kind"], row["report"])))
        for line, report in _lines(row):
            table.add_row("", "", "", Text(line, style="dim"), "", Text(report))
    return table


def _lines(row: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield what stands below a commitment, and the report that says it."""
    if row["verdict"]:
        yield f"{row['verdict']}, says {row['judged_by']}{': ' + row['note'] if row['note'] else ''}", ""  # fmt: skip
    if row.get("revises"):
        yield f"revises {_changes(row['revises'])}", row["revises"]["report"]
    for one in row.get("revised_by", ()):
        yield f"revised: {_changes(one)}", one["report"]
    for one in row.get("evidence", ()):
        yield f"{one['direction']} ({one['score']}): {one['sentence']} [{'; '.join(one['why'])}]", one["report"]  # fmt: skip


def _changes(version: dict[str, Any]) -> str:
    changes = version["changes"].items()
    told = ", ".join(f"{f} {c['was'] or 'none'} → {c['is'] or 'none'}" for f, c in changes)
    return told or "in the same terms"
