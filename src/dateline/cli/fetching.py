"""``dateline fetch``: reports from the web, as JSON lines."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from pathlib import Path
from typing import Annotated

import typer

from dateline.cli import options

EXAMPLES = {
    "fetch": "Examples: `dateline fetch https://example.org/news/1.html` · "
    "`dateline fetch https://example.org/rss.xml -o reports.jsonl` · "
    "`dateline fetch 20230321.export.CSV.zip --contact me@example.org -o reports.jsonl`",
}


def fetch(
    sources: Annotated[
        list[str],
        typer.Argument(
            help="Addresses of pages or feeds, and files with an address a line or tables of GDELT "
            "(events, mentions, knowledge graph), also packed.",
            show_default=False,
        ),
    ],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="File to write; standard output if none.")
    ] = None,
    errors: Annotated[
        Path | None,
        typer.Option("--errors", help="File for what could not be fetched, with its reason."),
    ] = None,
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on with an output that was interrupted.")
    ] = False,
    date: options.Published = None,
    pause: options.Pause = options.PAUSE,
    contact: options.Contact = None,
    ignore_robots: options.IgnoreRobots = False,
    allow_private: options.AllowPrivate = False,
) -> None:
    """Fetch reports from the web, politely: robots.txt, a pause between requests, limits of size and time.

    The output is a report a line, with its address, when and how it was fetched and the digest of its
    bytes; `dateline code` and `dateline add` read it.
    """
    from dateline.batch import ErrorFile, open_output
    from dateline.reading.gathering import fetched_already, gather, report_line
    from dateline.reading.unread import Unread

    if resume and output is None:
        raise typer.BadParameter("it goes on with a file: add -o FILE.jsonl", param_hint="--resume")
    beside = Path("dateline-errors.jsonl") if output is None else Path(f"{output}.errors.jsonl")
    failed = ErrorFile(errors or beside, resume=resume)
    limits = options.web(allow_private, ignore_robots, pause, contact)
    known = fetched_already(output) if output and resume else frozenset()
    done = missed = 0
    with ExitStack() as stack:
        stack.callback(failed.close)
        stream = stack.enter_context(open_output(output, append=resume)) if output else sys.stdout
        for found in gather(sources, limits, published=date, known=known):
            if isinstance(found, Unread):
                missed += 1
                failed.add(found.source, "fetching", found.error)
                typer.secho(f"dateline: {found.source}: {found.error}", err=True, fg="yellow")
                continue
            done += 1
            stream.write(report_line(found) + "\n")
            stream.flush()
    there = f", {len(known)} were there already" if known else ""
    typer.echo(f"dateline: {done} reports fetched{there}", err=True)
    if missed:
        typer.secho(
            f"dateline: {missed} could not be fetched; see {failed.path}", err=True, fg="red"
        )
        raise typer.Exit(1)
