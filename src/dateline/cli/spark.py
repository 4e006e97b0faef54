"""``dateline spark``: many reports on a cluster."""

from __future__ import annotations

from typing import Annotated

import typer

from dateline.cli import options
from dateline.errors import SetupError

EXAMPLES = {
    "spark": "Examples: `dateline spark news/*.parquet -o coded` · "
    "`dateline spark s3a://bucket/cc-news/ -o s3a://bucket/coded --master spark://head:7077`",
}


def spark(
    sources: Annotated[
        list[str],
        typer.Argument(
            help="Files or folders that every machine sees: .parquet, .jsonl, .warc, also packed.",
            show_default=False,
        ),
    ],
    output: Annotated[str, typer.Option("--output", "-o", help="Folder to write Parquet to.")],
    master: Annotated[
        str | None,
        typer.Option(
            "--master",
            help="Address of the cluster; that of spark-submit, or this machine where left out.",
        ),
    ] = None,
    date: options.Published = None,
    input: options.Input = None,
    column: options.Column = None,
    model: options.Model = options.DEFAULT,
    event_model: Annotated[
        bool,
        typer.Option(
            "--event-model/--lexicon-only",
            help="Ask the trained encoders too: for the type of an event and the cues of statements.",
        ),
    ] = True,
    timeout: options.Timeout = None,
    actors: options.Actors = None,
    files: Annotated[
        int, typer.Option("--files", min=1, help="Files a chunk; what is done is kept by chunks.")
    ] = 64,
    partitions: Annotated[
        int | None, typer.Option("--partitions", min=1, help="Tasks a chunk; 3 a core if left out.")
    ] = None,
    merge: Annotated[
        bool, typer.Option("--merge/--no-merge", help="Find copies and stories as well.")
    ] = True,
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on with an output that was interrupted.")
    ] = False,
) -> None:
    """Code reports on a Spark cluster: Parquet, JSON lines or WARC in, Parquet out."""
    from dateline.actors.overlay import read_overlay
    from dateline.cli.code import _date
    from dateline.coder import Settings
    from dateline.reading import Options

    try:
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise SetupError(
            "Spark is not installed; install it with `pip install 'dateline[spark]'`, and Java 17"
        ) from error
    from dateline.cluster.job import Job, run
    from dateline.cluster.merge import write_merged

    own = str(actors.resolve()) if actors else None
    if actors:
        read_overlay(actors)
    job = Job(
        sources=tuple(sources),
        output=output,
        settings=Settings(model, event_model=event_model, timeout=timeout, actors=own),
        options=Options(format=input, published=_date(date), columns=options.columns_of(column)),
        files=files,
        partitions=partitions,
    )
    builder = SparkSession.builder.appName("dateline")
    session = (builder.master(master) if master else builder).getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    try:
        outcome = run(session, job, resume=resume)
        merged = write_merged(session, output) if merge else None
    finally:
        session.stop()
    skipped = f", {outcome.skipped} were there already" if outcome.skipped else ""
    typer.echo(
        f"dateline: {outcome.reports} reports coded in {outcome.chunks} chunks{skipped}: {output}",
        err=True,
    )
    if merged:
        typer.echo(f"dateline: {merged[0]} pairs of copies, {merged[1]} stories", err=True)
    if outcome.errors:
        typer.secho(
            f"dateline: {outcome.errors} reports failed; see {output}/errors", err=True, fg="red"
        )
        raise typer.Exit(1)
