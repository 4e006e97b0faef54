"""The command line: one module a command, no logic in them.

Exit codes: 0 all done; 1 some reports failed, or the output could not be
written; 2 the command was used in a way it does not understand; 130 interrupted; 143 told to end.
"""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from dateline.cli.lean import Group, one_thread, skip_spacy_commands
from dateline.cli.told import show_migrations
from dateline.errors import DatelineError
from dateline.parallel import collect_rarely

app = typer.Typer(
    name="dateline",
    cls=Group,
    help="News reports in; structured, source-linked event data out.",
    no_args_is_help=True,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(show: bool) -> None:
    if show:
        from dateline.cli import info

        typer.echo(info.version_line())
        raise typer.Exit


@app.callback()
def dateline(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Show the version."),
    ] = False,
) -> None:
    """News reports in; structured, source-linked event data out."""
    show_migrations()


def main() -> None:
    """Run the command line; an error that dateline raises on purpose ends in one clear line."""
    collect_rarely()
    one_thread()
    skip_spacy_commands()
    try:
        app()
    except DatelineError as error:
        typer.secho(f"dateline: {error}", err=True, fg="red")
        sys.exit(1)
