"""The command line: one module a command, no logic in them.

Exit codes: 0 all done; 1 some reports failed, or the output could not be
written; 2 the command was used in a way it does not understand; 130 interrupted; 143 told to end.
"""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from dateline.cli import (
    actors,
    archive,
    code,
    commitments,
    doctor,
    evaluate,
    explain,
    export,
    fetching,
    following,
    info,
    merging,
    ontology,
    options,
    places,
    review,
    schema,
    serve,
    spark,
)
from dateline.cli.lean import skip_spacy_commands
from dateline.errors import DatelineError
from dateline.parallel import collect_rarely

app = typer.Typer(
    name="dateline",
    help="News reports in; structured, source-linked event data out.",
    no_args_is_help=True,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("code", epilog=code.EXAMPLE)(code.code)
app.command("explain", epilog=explain.EXAMPLE)(explain.explain)
app.command("fetch", epilog=fetching.EXAMPLE)(fetching.fetch)
app.command("commitments", epilog=commitments.EXAMPLE)(commitments.commitments)
app.command("export", epilog=export.EXAMPLE)(export.export)
app.command("ontology", epilog=ontology.EXAMPLE)(ontology.ontology)
app.command("evaluate", epilog=evaluate.EXAMPLE)(evaluate.evaluate)
app.command("schema", epilog=schema.EXAMPLE)(schema.schema)
app.command("serve", epilog=serve.EXAMPLE)(serve.serve)
app.command("serve-user", epilog=serve.USER_EXAMPLE)(serve.serve_user)
app.command("spark", epilog=spark.EXAMPLE)(spark.spark)
app.command("doctor", epilog=doctor.EXAMPLE)(doctor.doctor)
app.command("info", epilog=info.EXAMPLE)(info.info)
for _command in archive.COMMANDS:
    app.command(_command.__name__, epilog=archive.EXAMPLES[_command.__name__])(_command)

for _name, _follow in following.COMMANDS.items():
    app.command(_name, epilog=following.EXAMPLES[_name])(_follow)
for _command in merging.COMMANDS:
    app.command(_command.__name__, epilog=merging.EXAMPLES[_command.__name__])(_command)


app.add_typer(review.app)
app.add_typer(actors.app)
app.add_typer(places.app)


def _version(show: bool) -> None:
    if show:
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
    options.show_migrations()


def main() -> None:
    """Run the command line; an error that dateline raises on purpose ends in one clear line."""
    collect_rarely()
    skip_spacy_commands()
    try:
        app()
    except DatelineError as error:
        typer.secho(f"dateline: {error}", err=True, fg="red")
        sys.exit(1)
