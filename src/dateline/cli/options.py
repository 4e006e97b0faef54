"""Options that several commands share, so that they read the same everywhere."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dateline.defaults import DEFAULT_MODEL
from dateline.reading.limits import NICE, Limits

Sources = Annotated[
    list[str],
    typer.Argument(
        help="Files, folders or addresses; `-` is standard input. Text, HTML, JSON lines, CSV, Parquet, "
        "WARC, feeds, mailboxes, PDF or lists of addresses (.urls), also packed (.gz, .zst, .zip).",
        show_default=False,
    ),
]
Input = Annotated[
    str | None,
    typer.Option(
        "--input",
        "-i",
        help="text, html, jsonl, csv, parquet, warc, feed, urls, mail or pdf; by name or content "
        "where left out.",
    ),
]
Published = Annotated[
    str | None,
    typer.Option("--date", "-d", help="Publication date of reports that have none: 2021-07-27."),
]
Url = Annotated[str | None, typer.Option("--url", help="Address of a single report.")]
Encoding = Annotated[
    str | None, typer.Option("--encoding", help="Encoding of the text; found out where left out.")
]
Column = Annotated[
    list[str] | None,
    typer.Option(
        "--column",
        "-c",
        metavar="FIELD=NAME",
        help="Column of a table for a field: text=body. Fields: text, id, published, title, url, "
        "publisher, language.",
    ),
]
MaxCharacters = Annotated[
    int, typer.Option("--max-characters", min=1, help="A longer report is listed as an error.")
]
Timeout = Annotated[
    float | None,
    typer.Option(
        "--timeout",
        min=0.01,
        metavar="SECONDS",
        help="Time a report may take; one that takes longer is kept with what was found by then, "
        "and listed as an error.",
    ),
]
Model = Annotated[str, typer.Option("--model", help="spaCy pipeline, by its package or path.")]
Actors = Annotated[
    Path | None,
    typer.Option(
        "--actors", help="Your own actors (TOML or table), which go before the registry's."
    ),
]
EventModel = Annotated[
    bool,
    typer.Option(
        "--event-model/--lexicon-only",
        help="Ask the trained encoders too: for the type of an event and the cues of statements.",
    ),
]
DEFAULT = DEFAULT_MODEL
AllowPrivate = Annotated[
    bool,
    typer.Option(
        "--allow-private",
        help="Fetch also from machines that are not on the open internet: your own, or inside a firewall.",
    ),
]
IgnoreRobots = Annotated[
    bool,
    typer.Option("--ignore-robots", help="Do not ask robots.txt: for sites that let you fetch."),
]
Pause = Annotated[
    float, typer.Option("--pause", min=0, metavar="SECONDS", help="Between two requests to a host.")
]
Contact = Annotated[
    str | None,
    typer.Option("--contact", help="Your address or page, which the hosts you ask will see."),
]
PAUSE = NICE.pause


def web(
    allow_private: bool, ignore_robots: bool, pause: float, contact: str | None = None
) -> Limits:
    """Return how to fetch, from the options."""
    return Limits(
        allow_private=allow_private, robots=not ignore_robots, pause=pause, contact=contact
    )


def columns_of(given: list[str] | None) -> dict[str, str]:
    """Return ``field -> column`` from ``FIELD=NAME`` options.

    Raises:
        typer.BadParameter: an option has no ``=``, or names no field of a report.
    """
    from dateline.reading.tables import COLUMNS

    found = {}
    for option in given or []:
        field, sign, name = option.partition("=")
        if not sign or field not in COLUMNS or not name:
            raise typer.BadParameter(
                f"{option!r}: write FIELD=NAME, where FIELD is one of {', '.join(COLUMNS)}",
                param_hint="--column",
            )
        found[field] = name
    return found
