"""The commands on an archive: init, add, search, show, stats, changes, withdraw, backup, check."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from dateline.cli import options

Where = Annotated[
    str,
    typer.Argument(metavar="ARCHIVE", help="A file (SQLite) or postgresql://user@host/database."),
]
Json = Annotated[bool, typer.Option("--json", help="As JSON lines.")]
EXAMPLES = {
    "init": "Example: `dateline init news.dateline`",
    "add": "Examples: `dateline add news.dateline reports/` · "
    "`dateline add news.dateline coded.jsonl`",
    "search": "Example: `dateline search news.dateline 'withdrawal \"combat mission\"'`",
    "show": "Example: `dateline show news.dateline 3f2a9c1b5d7e8f90`",
    "stats": "Example: `dateline stats news.dateline`",
    "changes": "Example: `dateline changes news.dateline --since 1200 --json`",
    "backup": "Example: `dateline backup news.dateline news.backup.zst`",
    "restore": "Example: `dateline restore news.backup.zst postgresql://me@host/news`",
    "check": "Example: `dateline check news.dateline`",
    "withdraw": "Example: `dateline withdraw news.dateline 3f2a9c1b5d7e8f90`",
}


def init(archive: Where) -> None:
    """Make an archive, or bring one to the newest schema."""
    from dateline.archive import Archive

    with Archive(archive, create=True) as made:
        typer.echo(f"dateline: {archive} is ready; it holds {len(made)} reports", err=True)


def add(
    archive: Where,
    sources: options.Sources,
    date: options.Published = None,
    input: options.Input = None,
    column: options.Column = None,
    processes: Annotated[int, typer.Option("--processes", "-p", min=1)] = 1,
    timeout: options.Timeout = None,
    model: options.Model = options.DEFAULT,
    event_model: options.EventModel = True,
    actors: options.Actors = None,
) -> None:
    """Code reports and add them; reports already there, coded alike, are left as they are."""
    from dateline.archive import Archive
    from dateline.archive.batch import add_sources
    from dateline.batch import ErrorFile
    from dateline.coder import Settings
    from dateline.reading import Options

    errors = ErrorFile(Path("dateline-errors.jsonl"))
    reading = Options(format=input, published=date, columns=options.columns_of(column))
    with Archive(archive) as opened:
        own = str(actors) if actors is not None else None
        settings = Settings(model, event_model=event_model, timeout=timeout, actors=own)
        done, failed = add_sources(opened, sources, reading, errors, settings, processes)
    errors.close()
    typer.echo(f"dateline: {', '.join(f'{n} {what}' for what, n in done.items())}", err=True)
    if failed:
        typer.secho(f"dateline: {failed} reports failed; see {errors.path}", err=True, fg="red")
        raise typer.Exit(1)


def search(
    archive: Where,
    query: Annotated[str, typer.Argument(help='Words that must all be there; "…" is a phrase.')],
    limit: Annotated[int, typer.Option("--limit", min=1)] = 20,
    as_json: Json = False,
) -> None:
    """Search text, titles and names; accents and endings do not matter."""
    from dataclasses import asdict

    from dateline.archive import Archive
    from dateline.archive.search import MARKS

    console = Console()
    with Archive(archive) as opened:
        for hit in opened.search(query, limit=limit):
            if as_json:
                typer.echo(json.dumps(asdict(hit), ensure_ascii=False))
                continue
            console.print(Text(f"{hit.report}  {hit.published or ''}  {hit.title or ''}", "bold"))
            line = Text()
            for part in hit.snippet.replace(MARKS[0], "\0*").replace(MARKS[1], "\0").split("\0"):
                line.append(part.removeprefix("*"), "reverse" if part.startswith("*") else "")
            console.print(line)


def show(
    archive: Where,
    report: Annotated[str, typer.Argument(help="Id of a report.")],
    as_json: Json = False,
) -> None:
    """Show a coded report."""
    from dateline.archive import Archive
    from dateline.showing import show as show_report

    with Archive(archive) as opened:
        coded = opened.get(report)
    if as_json:
        typer.echo(coded.to_json())
    else:
        show_report(coded, Console())


def stats(archive: Where, as_json: Json = False) -> None:
    """Count reports and records."""
    from dateline.archive import Archive

    with Archive(archive) as opened:
        counts = opened.counts()
    if as_json:
        typer.echo(json.dumps(dict(counts)))
        return
    table = Table(box=None, show_header=False)
    for name, number in counts.items():
        table.add_row(name, f"{number:,}")
    Console().print(table)


def changes(
    archive: Where,
    since: Annotated[int, typer.Option("--since", help="Number of the last change seen.")] = 0,
    as_json: Json = False,
) -> None:
    """List what was added, changed and withdrawn since a change, oldest first."""
    from dataclasses import asdict

    from dateline.archive import Archive

    with Archive(archive) as opened:
        while found := opened.changed_since(since):
            for change in found:
                line = (
                    json.dumps(asdict(change))
                    if as_json
                    else " ".join((str(change.number), change.at, change.kind, change.report))
                )
                typer.echo(line)
            since = found[-1].number


def withdraw(
    archive: Where, report: Annotated[str, typer.Argument(help="Id of a report.")]
) -> None:
    """Take a report and its records out; the change feed keeps that it was there."""
    from dateline.archive import Archive

    with Archive(archive) as opened:
        opened.withdraw(report)


def backup(
    archive: Where,
    output: Annotated[Path, typer.Argument(metavar="FILE", help="The backup: news.backup.zst.")],
) -> None:
    """Write an archive with its judgements to one file, and read it back to see that it is whole."""
    from dateline.archive import Archive
    from dateline.archive.upkeep import backup as write

    with Archive(archive) as opened:
        counts = write(opened, output)
    typer.echo(
        f"dateline: {counts['report']:,} reports and {counts['judgement']:,} judgements are in "
        f"{output}, checked",
        err=True,
    )


def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A backup.")], archive: Where
) -> None:
    """Put a backup into a new archive, of SQLite or PostgreSQL."""
    from dateline.archive import Archive
    from dateline.archive.upkeep import restore as put

    with Archive(archive, create=True) as opened:
        counts = put(file, opened)
    typer.echo(
        f"dateline: {archive} holds {counts['report']:,} reports and "
        f"{counts['judgement']:,} judgements",
        err=True,
    )


def check(archive: Where, as_json: Json = False) -> None:
    """Look whether an archive is sound; exit code 1 where it is not."""
    from dateline.archive import Archive
    from dateline.archive.upkeep import check as look

    with Archive(archive) as opened:
        found = look(opened)
    for problem in found.problems:
        typer.echo(json.dumps({"problem": problem}) if as_json else problem)
    typer.echo(
        f"dateline: {found.reports:,} reports checked, {len(found.problems)} problems", err=True
    )
    if found.problems:
        raise typer.Exit(1)


COMMANDS = (init, add, search, show, stats, changes, withdraw, backup, restore, check)
