"""``dateline review``: judge events, see progress and agreement, carry judgements about."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from dateline.archive import Archive

app = typer.Typer(
    name="review",
    help="Judge what the coder found: accept, reject, correct, merge, split, comment.",
    no_args_is_help=True,
    rich_markup_mode="markdown",
)
Where = Annotated[str, typer.Argument(metavar="ARCHIVE", help="A file or postgresql://….")]
Key = Annotated[str, typer.Argument(metavar="KEY", help="A record: REPORT/RECORD.")]
Coder = Annotated[
    str, typer.Option("--coder", "-c", envvar="DATELINE_CODER", help="Your name as a coder.")
]
Note = Annotated[str | None, typer.Option("--note", "-n", help="Why.")]
Layer = Annotated[str, typer.Option("--layer", help="Layer of the record.")]
Json = Annotated[bool, typer.Option("--json", help="As JSON lines.")]


def _open(archive: str) -> Archive:
    from dateline.archive import Archive

    return Archive(archive)


def _judge(archive: str, key: str, coder: str, action: str, **more: Any) -> None:
    from dateline.archive import Judgement

    report, _, record = key.partition("/")
    layer = more.pop("layer", "events")
    with _open(archive) as opened:
        made = opened.judge(
            Judgement(coder=coder, action=action, layer=layer, report=report, record=record, **more)
        )
    typer.echo(f"dateline: judgement {made.number} by {coder}: {key}, {action}", err=True)


@app.command("next", epilog="Example: `dateline review next news.dateline --coder ada`")
def following(
    archive: Where,
    coder: Coder,
    order: Annotated[str, typer.Option("--order", help="uncertainty or value.")] = "uncertainty",
    limit: Annotated[int, typer.Option("--limit", "-l", min=1)] = 5,
    as_json: Json = False,
) -> None:
    """Show the next events that you have not judged, each with its sentence and why it is here."""
    from dateline.reviewing import queue

    with _open(archive) as opened:
        try:
            items = queue(opened, coder, order=order, limit=limit)
        except ValueError as error:
            raise typer.BadParameter(str(error)) from error
    console = Console()
    for item in items:
        if as_json:
            row = {"report": item.report, "event": item.event, "why": item.why, "row": item.row}
            typer.echo(json.dumps(row, ensure_ascii=False, default=str))
        else:
            console.print(_shown(item.report, item.event, item.why, item.row))
    if not items:
        typer.echo("dateline: nothing is left to judge", err=True)


def _shown(report: str, event: str, why: str, row: dict[str, Any]) -> Text:
    text = Text(f"{report}/{event}", style="bold")
    what = " ".join(str(x) for x in (row["type"], row["mode"], row["status"]) if x)
    text.append(f"  {what}  ({why})\n", style="dim")
    sentence, shift = str(row["sentence"]), int(row["sentence_start"])
    start, end = int(row["trigger_start"]) - shift, int(row["trigger_end"]) - shift
    text.append(sentence[:start])
    text.append(sentence[start:end], style="bold reverse")
    text.append(sentence[end:] + "\n")
    for name in ("actor_name", "recipient_name", "place_name", "interval_start"):
        if row.get(name):
            text.append(f"  {name.removesuffix('_name').removesuffix('_start')}: {row[name]}\n")
    return text


@app.command(epilog="Example: `dateline review accept news.dateline 3f2a9c1b/e12-20 --coder ada`")
def accept(
    archive: Where, key: Key, coder: Coder, note: Note = None, layer: Layer = "events"
) -> None:
    """Say that a record is right."""
    _judge(archive, key, coder, "accept", note=note, layer=layer)


@app.command(epilog="Example: `dateline review reject news.dateline 3f2a9c1b/e12-20 --coder ada`")
def reject(
    archive: Where, key: Key, coder: Coder, note: Note = None, layer: Layer = "events"
) -> None:
    """Say that there is no such thing."""
    _judge(archive, key, coder, "reject", note=note, layer=layer)


@app.command(
    epilog="Example: `dateline review correct news.dateline KEY type AID --coder ada` · a value "
    "that is JSON is read as such"
)
def correct(
    archive: Where,
    key: Key,
    field: Annotated[str, typer.Argument(help="Field that is wrong.")],
    value: Annotated[str, typer.Argument(help="What it should be.")],
    coder: Coder,
    note: Note = None,
    layer: Layer = "events",
) -> None:
    """Say what a field of a record should be."""
    try:
        read: Any = json.loads(value)
    except ValueError:
        read = value
    _judge(archive, key, coder, "correct", field=field, value=read, note=note, layer=layer)


@app.command(epilog="Example: `dateline review merge news.dateline KEY OTHER --coder ada`")
def merge(archive: Where, key: Key, other: Key, coder: Coder, note: Note = None) -> None:
    """Say that two events of different reports are one; the next `dateline merge` heeds it."""
    _judge(archive, key, coder, "merge", other=other, note=note)


@app.command(epilog="Example: `dateline review split news.dateline KEY OTHER --coder ada`")
def split(archive: Where, key: Key, other: Key, coder: Coder, note: Note = None) -> None:
    """Say that two events are not one; the next `dateline merge` heeds it."""
    _judge(archive, key, coder, "split", other=other, note=note)


@app.command(epilog="Example: `dateline review comment news.dateline KEY --note 'see the photo'`")
def comment(
    archive: Where,
    key: Key,
    coder: Coder,
    note: Annotated[str, typer.Option("--note", "-n", help="The comment.")],
    layer: Layer = "events",
) -> None:
    """Leave a comment on a record."""
    _judge(archive, key, coder, "comment", note=note, layer=layer)


@app.command(
    epilog="Example: `dateline review verdict news.dateline KEY broken --note 'no troops left'`"
)
def verdict(
    archive: Where,
    key: Key,
    outcome: Annotated[str, typer.Argument(help="kept, broken, modified or withdrawn.")],
    coder: Coder,
    note: Note = None,
) -> None:
    """Record what came of a commitment."""
    from dateline.archive.judging import VERDICTS

    if outcome not in VERDICTS:
        raise typer.BadParameter(f"{outcome!r} is none of {', '.join(VERDICTS)}")
    _judge(archive, key, coder, outcome, layer="commitments", note=note)


@app.command(epilog="Example: `dateline review undo news.dateline 17 --coder ada`")
def undo(archive: Where, number: int, coder: Coder, note: Note = None) -> None:
    """Take a judgement back; both stay on record."""
    with _open(archive) as opened:
        made = opened.undo(number, coder, note)
    typer.echo(f"dateline: judgement {number} is taken back by {made.number}", err=True)


@app.command(epilog="Example: `dateline review progress news.dateline`")
def progress(archive: Where) -> None:
    """Show how many events are judged, by whom, and how the machine did."""
    from dateline.reviewing import machine
    from dateline.reviewing import progress as reviewed

    with _open(archive) as opened:
        done, scores = reviewed(opened), machine(opened)
    typer.echo(f"{done.done:,} of {done.events:,} events judged")
    for coder, count in done.by_coder.items():
        typer.echo(f"  {coder}: {count:,}")
    if scores:
        table = Table("field", "right", "judged", "share", "95 %")
        for one in scores:
            share = (f"{one.share:.3f}", f"{one.low:.3f}–{one.high:.3f}")
            table.add_row(one.field, str(one.right), str(one.judged), *share)
        Console().print(table)


@app.command(epilog="Example: `dateline review agreement news.dateline`")
def agreement(archive: Where) -> None:
    """Show how far coders agree: Krippendorff's alpha, and Cohen's kappa of each two."""
    from dateline.reviewing import agreement as agreed

    with _open(archive) as opened:
        found = agreed(opened)
    table = Table("question", "events", "alpha", "kappa of each two")
    for one in found:
        kappas = ", ".join(f"{a}–{b} {_number(k)}" for (a, b), k in one.kappas.items())
        table.add_row(one.question, str(one.units), _number(one.alpha), kappas)
    Console().print(table)


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


@app.command("export", epilog="Example: `dateline review export news.dateline > judgements.jsonl`")
def export(archive: Where) -> None:
    """Write all judgements as JSON lines."""
    from dateline.reviewing import export_judgements

    with _open(archive) as opened:
        for line in export_judgements(opened):
            typer.echo(line)


@app.command("import", epilog="Example: `dateline review import news.dateline judgements.jsonl`")
def import_(archive: Where, file: Path) -> None:
    """Add judgements of another archive; those that are there already are left alone."""
    from dateline.reviewing import import_judgements

    with _open(archive) as opened, file.open(encoding="utf-8") as lines:
        done = import_judgements(opened, lines)
    typer.echo(
        f"dateline: {done['added']} added, {done['same']} there already, "
        f"{done['failed']} of records that are not in this archive",
        err=True,
    )
    if done["failed"]:
        raise typer.Exit(1)


@app.command(epilog="Example: `dateline review gold news.dateline > gold.jsonl`")
def gold(archive: Where) -> None:
    """Write the reports whose events are all judged, as `dateline evaluate` reads them."""
    from dateline.reviewing import gold_rows

    with _open(archive) as opened:
        for row in gold_rows(opened):
            typer.echo(json.dumps(row, ensure_ascii=False))
