"""``dateline code``: reports in, coded reports out."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from dateline.cli import options
from dateline.errors import OutputError

if TYPE_CHECKING:
    from dateline.batch import Tally, Writer
    from dateline.records import CodedReport

EXAMPLES = {
    "code": "Examples: `dateline code report.txt --date 2021-07-27` · "
    "`dateline code news/ -o coded.jsonl` · "
    "`cat stories.jsonl | dateline code - -i jsonl --format csv > events.csv`",
}
EVENTS = "events"
"""The layer of a table if no other is asked for."""


class Format(StrEnum):
    """Forms of output."""

    TABLE = "table"
    JSONL = "jsonl"
    CSV = "csv"
    PARQUET = "parquet"


def code(
    sources: options.Sources,
    date: options.Published = None,
    url: options.Url = None,
    input: options.Input = None,
    format: Annotated[
        Format | None,
        typer.Option(
            "--format",
            "-f",
            help="table (to read), jsonl (everything), csv or parquet (one layer). "
            "By the name of --output; else table on a terminal and jsonl in a pipe.",
        ),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="File to write; standard output if none.")
    ] = None,
    layer: Annotated[
        str, typer.Option("--layer", help="Layer of a csv or parquet output.")
    ] = "events",
    errors: Annotated[
        Path | None,
        typer.Option(
            "--errors",
            help="File for what failed, with its reason. OUTPUT.errors.jsonl, or "
            "dateline-errors.jsonl here, made only when needed.",
        ),
    ] = None,
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on with a jsonl output that was interrupted.")
    ] = False,
    processes: Annotated[
        int, typer.Option("--processes", "-p", min=1, help="Processes to code in.")
    ] = 1,
    column: options.Column = None,
    encoding: options.Encoding = None,
    max_characters: options.MaxCharacters = 20_000_000,
    timeout: options.Timeout = None,
    model: options.Model = options.DEFAULT,
    event_model: options.EventModel = True,
    actors: options.Actors = None,
    color: Annotated[
        bool | None, typer.Option("--color/--no-color", help="Colours; by the terminal.")
    ] = None,
) -> None:
    """Code news reports: who did what to whom, where, when, with which status, and who said so."""
    from dateline.batch import ErrorFile, Tally, already_coded, code_batch
    from dateline.coder import Coder
    from dateline.reading import Options, count, read
    from dateline.reading.sources import FORMATS

    form = format or _format_of(output)
    _check_usage(form, output, layer, resume, input, FORMATS)
    reading = Options(
        format=input,
        published=_date(date),
        url=url,
        encoding=encoding,
        columns=options.columns_of(column),
        max_characters=max_characters,
    )
    failed = ErrorFile(errors or _errors_path(output), resume=resume)
    skip = frozenset(already_coded(output)) if resume and output else frozenset()
    stop = _Stop()
    coder = Coder(model, event_model=event_model, timeout=timeout, actors=actors)
    writer = _writer(form, output, layer, resume, color)
    last = Tally()
    try:
        batch = code_batch(
            read(sources, reading), coder, writer, failed, skip=skip, processes=processes
        )
        total = None if output is None else count(sources, reading)
        for tally in _with_progress(batch, total, quiet=output is None):
            last = tally
            stop.check()
    except KeyboardInterrupt:
        writer.close()
        _say_interrupted(last, form, output)
        raise typer.Exit(128 + stop.signal) from None
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(0) from None
    except OSError as error:
        raise OutputError(
            f"writing stopped after {last.coded} reports: {error.strerror or error}; "
            f"free some space or choose another --output, then go on with --resume"
        ) from error
    finally:
        failed.close()
        stop.end()
    writer.close()
    _say_done(last, failed.path, output)
    raise typer.Exit(1 if last.failed else 0)


def _format_of(output: Path | None) -> Format:
    if output is None:
        return Format.TABLE if sys.stdout.isatty() else Format.JSONL
    by_suffix = {".csv": Format.CSV, ".parquet": Format.PARQUET, ".pq": Format.PARQUET}
    return by_suffix.get(output.suffix.lower(), Format.JSONL)


def _check_usage(
    form: Format,
    output: Path | None,
    layer: str,
    resume: bool,
    input: str | None,
    formats: tuple[str, ...],
) -> None:
    if layer != EVENTS:
        from dateline.exporting import LAYERS

        if layer not in LAYERS:
            raise typer.BadParameter(f"one of {', '.join(LAYERS)}", param_hint="--layer")
    if input is not None and input not in formats:
        raise typer.BadParameter(f"one of {', '.join(formats)}", param_hint="--input")
    if form is Format.PARQUET and output is None:
        raise typer.BadParameter(
            "parquet needs a file: add -o events.parquet", param_hint="--format"
        )
    if resume and (output is None or form is not Format.JSONL):
        raise typer.BadParameter(
            "it goes on with a jsonl file: add -o FILE.jsonl", param_hint="--resume"
        )


def _date(given: str | None) -> str | None:
    from dateline.errors import InputError
    from dateline.reading.dates import publication_date

    try:
        return publication_date(given) if given else None
    except InputError as error:
        raise typer.BadParameter(str(error), param_hint="--date") from error


def _errors_path(output: Path | None) -> Path:
    if output is None:
        return Path("dateline-errors.jsonl")
    return output.with_name(output.name + ".errors.jsonl")


class _Stop:
    """Takes Ctrl-C or a request to end, and waits for the report at hand to be written whole.

    A second one does not wait.
    """

    def __init__(self) -> None:
        self._asked = False
        self.signal: int = signal.SIGINT
        """The signal that asked."""
        self._before = {
            number: signal.signal(number, self._ask) for number in (signal.SIGINT, signal.SIGTERM)
        }

    def _ask(self, number: int, *_: object) -> None:
        self.signal = number
        if self._asked:
            raise KeyboardInterrupt
        self._asked = True

    def check(self) -> None:
        """Stop here if that was asked for.

        Raises:
            KeyboardInterrupt: it was.
        """
        if self._asked:
            raise KeyboardInterrupt

    def end(self) -> None:
        """Let the signals do what they did before."""
        for number, handler in self._before.items():
            signal.signal(number, handler)


class _Shown:
    """Writes each report to the terminal for reading."""

    def __init__(self, console: Console) -> None:
        self.console = console

    def write(self, coded: CodedReport) -> None:
        from dateline.showing import show

        show(coded, self.console)

    def close(self) -> None:
        self.console.file.flush()


def _writer(
    form: Format, output: Path | None, layer: str, resume: bool, color: bool | None
) -> Writer:
    from dateline.batch import JsonLines, open_output

    if form is Format.PARQUET and output is not None:
        from dateline.exporting.writers import Parquet

        try:
            return Parquet(output, layer)
        except OSError as error:
            raise OutputError(f"cannot write {output}: {error}; choose another --output") from error
    stream = open_output(output, append=resume) if output else sys.stdout
    if form is Format.TABLE:
        width = 120 if not stream.isatty() else None
        return _Shown(
            Console(file=stream, force_terminal=color, no_color=color is False, width=width)
        )
    if form is Format.CSV:
        from dateline.exporting.writers import Csv

        return Csv(stream, layer)
    return JsonLines(stream)


def _with_progress(batch: Iterator[Tally], total: int | None, *, quiet: bool) -> Iterator[Tally]:
    """Show a bar with rate on a terminal, unless the output goes there too."""
    if quiet or not sys.stderr.isatty():
        yield from batch
        return
    bar = Progress(
        SpinnerColumn(),
        TextColumn("coding"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
    )
    with bar:
        task = bar.add_task("coding", total=total, rate="")
        for tally in batch:
            speed = bar.tasks[0].finished_speed or bar.tasks[0].speed or 0.0
            bar.update(
                task,
                completed=tally.coded + tally.failed + tally.skipped,
                rate=f"{speed:.1f} reports/s",
            )
            yield tally


def _say_interrupted(tally: Tally, form: Format, output: Path | None) -> None:
    where = f"after {tally.coded} reports; the last one written whole is {tally.last}"
    how = "; go on with --resume" if output and form is Format.JSONL else ""
    typer.secho(f"dateline: stopped {where}{how}", err=True, fg="yellow")


def _say_done(tally: Tally, errors: Path, output: Path | None) -> None:
    if tally.failed:
        one = "1 report" if tally.failed == 1 else f"{tally.failed} reports"
        typer.secho(f"dateline: {one} failed; see {errors}", err=True, fg="red")
    if output:
        skipped = f", {tally.skipped} were there already" if tally.skipped else ""
        typer.echo(f"dateline: {tally.coded} reports coded{skipped}: {output}", err=True)
