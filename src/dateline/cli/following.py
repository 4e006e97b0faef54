"""The commands that keep an archive up to date: sync, watch, diff."""

from __future__ import annotations

import json
import signal
import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from dateline.cli import options
from dateline.cli.archive import Json, Where

EXAMPLES = {
    "sync": "Examples: `dateline sync news.dateline reports/` · "
    "`dateline sync news.dateline addresses.urls --contact me@example.org`",
    "watch": "Examples: `dateline watch news.dateline feeds.toml` · "
    "`dateline watch news.dateline feeds.toml --once`",
    "diff": "Example: `dateline diff news.dateline 3f2a9c1b5d7e8f90`",
}
STOPS = (signal.SIGINT, signal.SIGTERM)


def sync(
    archive: Where,
    sources: options.Sources,
    withdraw_missing: Annotated[
        bool,
        typer.Option("--withdraw-missing", help="Take the reports out whose file or page is gone."),
    ] = False,
    date: options.Published = None,
    input: options.Input = None,
    column: options.Column = None,
    processes: Annotated[int, typer.Option("--processes", "-p", min=1)] = 1,
    timeout: options.Timeout = None,
    model: options.Model = options.DEFAULT,
    event_model: options.EventModel = True,
    actors: options.Actors = None,
    pause: options.Pause = options.PAUSE,
    contact: options.Contact = None,
    ignore_robots: options.IgnoreRobots = False,
    allow_private: options.AllowPrivate = False,
) -> None:
    """Bring an archive up to date with folders, files, addresses and lists of addresses (.urls).

    What is unchanged is not read again. A changed text is a new version, which names the one before.
    What is gone is listed, and stays in the archive.
    """
    from dateline.archive import Archive
    from dateline.archive.syncing import Sync
    from dateline.batch import ErrorFile
    from dateline.coder import Settings
    from dateline.reading import Options

    errors = ErrorFile(Path("dateline-errors.jsonl"))
    own = str(actors) if actors is not None else None
    settings = Settings(model, event_model=event_model, timeout=timeout, actors=own)
    reading = Options(
        format=input,
        published=date,
        columns=options.columns_of(column),
        web=options.web(allow_private, ignore_robots, pause, contact),
    )
    with Archive(archive, create=True) as opened:
        done = Sync(
            opened, settings, reading, processes, say=errors.add, withdraw=withdraw_missing
        ).run(sources)
    errors.close()
    for address in done.missing:
        typer.echo(f"missing {address}")
    told = ", ".join(f"{number} {what}" for what, number in sorted(done.counts.items()))
    typer.echo(f"dateline: {told or 'nothing to do'}", err=True)
    if done.counts["failed"]:
        typer.secho(f"dateline: see {errors.path}", err=True, fg="red")
        raise typer.Exit(1)


def watch(
    archive: Where,
    feeds: Annotated[Path, typer.Argument(metavar="FEEDS", help="Your feeds (TOML).")],
    once: Annotated[
        bool, typer.Option("--once", help="Look at what is due, and end: for cron.")
    ] = False,
    model: options.Model = options.DEFAULT,
    event_model: options.EventModel = True,
    timeout: options.Timeout = None,
    actors: options.Actors = None,
) -> None:
    """Follow feeds: fetch what they announce, code it, add it, and look again for edits.

    Runs until it is told to end (Ctrl-C, SIGTERM). All it knows is in the archive, so that it goes on
    where it was, however it ended.
    """
    from dateline.archive import Archive
    from dateline.archive.watching import Watcher, follow, load
    from dateline.coder import Settings

    watched = load(feeds)
    own = str(actors) if actors is not None else None
    settings = Settings(model, event_model=event_model, timeout=timeout, actors=own)
    ending = threading.Event()
    before = {number: signal.signal(number, lambda *_: ending.set()) for number in STOPS}
    try:
        with Archive(archive, create=True) as opened:
            watcher = Watcher(opened, watched, settings.coder, say=_say, stop=ending.is_set)
            for done in follow(watcher, lambda seconds: once or ending.wait(seconds)):
                if done:
                    _say(", ".join(f"{number} {what}" for what, number in sorted(done.items())))
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _say(line: str) -> None:
    typer.echo(f"{datetime.now().astimezone():%Y-%m-%d %H:%M:%S} {line}", err=True)


def diff(
    archive: Where,
    report: Annotated[str, typer.Argument(help="Id of a report.")],
    earlier: Annotated[
        str | None, typer.Argument(help="Id of another version; the one before if none.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Show what was edited since an earlier version of a report, word by word."""
    from dataclasses import asdict

    from dateline.archive import Archive
    from dateline.archive.versions import differences, versions

    with Archive(archive) as opened:
        found, edits = differences(opened, report, earlier)
        text = opened.get(report).report.text
        chain = {one.id: one for one in versions(opened, report)}
    if as_json:
        for edit in edits:
            typer.echo(json.dumps({"kind": edit.kind, **asdict(edit)}, ensure_ascii=False))
        return
    console = Console(soft_wrap=True)
    when = chain[found].retrieved_at or chain[found].published or "" if found in chain else ""
    console.print(Text(f"{len(edits)} edits since {found} {when}".rstrip(), "bold"))
    shown, at = Text(), 0
    for edit in edits:
        place = edit.after or edit.before
        assert place is not None
        start = edit.after.start if edit.after else at
        shown.append(text[at:start])
        if edit.before:
            shown.append(f"[-{edit.before.text}-]", "red strike")
        if edit.after:
            shown.append(f"{{+{edit.after.text}+}}", "green")
            at = edit.after.end
    shown.append(text[at:])
    console.print(shown)


COMMANDS: dict[str, Callable[..., None]] = {"sync": sync, "watch": watch, "diff": diff}
