"""The commands on what reports have in common: merge, timeline, stories, duplicates."""

from __future__ import annotations

import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
)

from dateline.cli.archive import Json, Where

EXAMPLES = {
    "merge": "Examples: `dateline merge news.dateline` · "
    "`dateline merge news.dateline --output merged --format parquet`",
    "timeline": "Example: `dateline timeline news.dateline --country MLI --since 2023 --json`",
    "duplicates": "Example: `dateline duplicates news.dateline --json`",
    "stories": "Example: `dateline stories news.dateline --min-sources 2`",
}
Since = Annotated[
    str | None, typer.Option("--since", help="First day, month or year: 2023, 2023-05, 2023-05-02.")
]
Until = Annotated[
    str | None, typer.Option("--until", help="First day, month or year that is too late.")
]
Limit = Annotated[int | None, typer.Option("--limit", min=1, help="At most so many.")]
MinSources = Annotated[
    int | None,
    typer.Option(
        "--min-sources", min=1, help="Told by so many independent reports; copies count once."
    ),
]


class Format(StrEnum):
    """How tables are written."""

    CSV = "csv"
    PARQUET = "parquet"


def merge(
    archive: Where,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="Folder for the tables `events` and `reports_events`."),
    ] = None,
    format: Annotated[Format, typer.Option("--format", "-f", help="csv or parquet.")] = Format.CSV,
) -> None:
    """Find copies and stories, and make one event of what several reports tell.

    Only what was added, changed or withdrawn since the last time is done anew. Broken off, it goes on
    where it stood.
    """
    from dateline.archive import Archive

    with Archive(archive) as opened, _bar() as bar:
        steps: dict[str, TaskID] = {}

        def progress(name: str, done: int, total: int) -> None:
            if name not in steps:
                steps[name] = bar.add_task(name)
            bar.update(steps[name], completed=done, total=total)

        done = opened.merge(progress=progress)
        bar.stop()
        typer.echo(
            f"dateline: {done.reports} reports new or changed, {done.pairs} pairs compared; "
            f"{done.stories} stories, {done.events} merged events",
            err=True,
        )
        for path in opened.write_merged(output, format) if output else ():
            typer.echo(f"dateline: wrote {path}", err=True)


def _bar() -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
        disable=not sys.stderr.isatty(),
    )


def timeline(
    archive: Where,
    actor: Annotated[
        list[str] | None,
        typer.Option("--actor", help="Name or registry id of an actor or recipient. Repeatable."),
    ] = None,
    country: Annotated[
        list[str] | None,
        typer.Option("--country", help="Country of the place, as MLI. Repeatable."),
    ] = None,
    type: Annotated[
        list[str] | None, typer.Option("--type", help="PLOVER type, as ASSAULT. Repeatable.")
    ] = None,
    since: Since = None,
    until: Until = None,
    min_sources: MinSources = None,
    contested: Annotated[
        bool, typer.Option("--contested", help="Only where reports contradict each other.")
    ] = False,
    limit: Limit = None,
    as_json: Json = False,
) -> None:
    """List merged events in order of time, with what reports agree and disagree on."""
    from dateline.archive import Archive, MergedQuery
    from dateline.showing.merged import details, heading

    query = MergedQuery(
        actor=actor or (), country=country or (), type=type or (), since=since, until=until,
        min_sources=min_sources, contested=True if contested else None,
    )  # fmt: skip
    console = Console(soft_wrap=True)
    with Archive(archive) as opened:
        for event in opened.merged(query, limit=limit):
            if as_json:
                typer.echo(event.to_json())
                continue
            console.print(heading(event))
            for line in details(event):
                console.print(line)


def stories(
    archive: Where,
    since: Since = None,
    until: Until = None,
    min_sources: MinSources = None,
    limit: Limit = None,
    as_json: Json = False,
) -> None:
    """List stories, the newest first: the reports of one happening, and which are copies."""
    from dateline.archive import Archive, StoryQuery
    from dateline.showing.merged import story_line

    query = StoryQuery(since=since, until=until, min_sources=min_sources)
    console = Console(soft_wrap=True)
    with Archive(archive) as opened:
        for story in opened.stories(query, limit=limit):
            if as_json:
                typer.echo(story.to_json())
            else:
                console.print(story_line(story))


def duplicates(
    archive: Where,
    threshold: Annotated[
        float,
        typer.Option(
            "--threshold", min=0.1, max=1.0, help="Share of four-word sequences in common, 0 to 1."
        ),
    ] = 0.42,
    as_json: Json = False,
) -> None:
    """List reports with the same text, or nearly: which is a copy of which, and how much they share.

    A line a copy: the first by id of those that hang together, the copy, and the share of four-word
    sequences that the copy has in common with the one it is most like.
    """
    from dateline.archive import Archive
    from dateline.merging.duplicates import groups

    with Archive(archive) as opened:
        pairs = opened.duplicates(threshold)
    closest: dict[str, float] = {}
    for pair in pairs:
        for id in (pair.first, pair.second):
            closest[id] = max(closest.get(id, 0.0), pair.share)
    found = {id: first for id, first in groups(pairs).items() if id != first}
    for id, first in sorted(found.items(), key=lambda one: (one[1], one[0])):
        if as_json:
            typer.echo(json.dumps({"first": first, "copy": id, "share": closest[id]}))
        else:
            typer.echo(f"{first}  {id}  {closest[id]:.2f}")
    typer.echo(f"dateline: {len(found)} copies of {len(set(found.values()))} reports", err=True)


COMMANDS = (merge, timeline, stories, duplicates)
