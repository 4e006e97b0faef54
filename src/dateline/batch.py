"""Many reports to one output: what could not be coded is kept apart with its reason."""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Protocol, TextIO

import pyarrow as pa
import pyarrow.parquet as pq

from dateline.coder import Coder
from dateline.errors import InputError, OutputError
from dateline.exporting import columns, rows
from dateline.reading import Unread
from dateline.records import CodedReport, Report


@dataclass(slots=True)
class Tally:
    """How a batch went."""

    coded: int = 0
    failed: int = 0
    """Reports that could not be read, were not coded, or lost a stage."""
    skipped: int = 0
    """Reports that the output already held."""
    characters: int = 0
    last: str | None = None
    """Id of the last report written whole."""


class Writer(Protocol):
    """Takes coded reports one by one; each is on disk, whole, before the next."""

    def write(self, coded: CodedReport) -> None:
        """Write one report."""

    def close(self) -> None:
        """Finish the output."""


class JsonLines:
    """Writes a coded report a line."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream

    def write(self, coded: CodedReport) -> None:
        """Write one report as one line."""
        self.stream.write(coded.to_json() + "\n")
        self.stream.flush()

    def close(self) -> None:
        """Hand what is buffered to the system."""
        self.stream.flush()


class Csv:
    """Writes the records of one layer as CSV (RFC 4180), with a header."""

    def __init__(self, stream: TextIO, layer: str) -> None:
        self.stream, self.layer = stream, layer
        self.writer = csv.DictWriter(stream, list(columns(layer)), lineterminator="\n")
        self.writer.writeheader()

    def write(self, coded: CodedReport) -> None:
        """Write one report's records."""
        for row in rows(coded, self.layer):
            self.writer.writerow({k: _cell(v) for k, v in row.items()})
        self.stream.flush()

    def close(self) -> None:
        """Hand what is buffered to the system."""
        self.stream.flush()


def _cell(value: object) -> object:
    """Write truth as R and pandas read it."""
    return str(value).upper() if isinstance(value, bool) else value


class Parquet:
    """Writes the records of one layer as Parquet, a row group for about a thousand rows."""

    GROUP = 1000

    def __init__(self, path: Path, layer: str) -> None:
        self.layer = layer
        self.schema = pa.schema(list(columns(layer).items()))
        self.writer = pq.ParquetWriter(path, self.schema, compression="zstd")
        self.pending: list[dict[str, object]] = []

    def write(self, coded: CodedReport) -> None:
        """Take one report's records."""
        self.pending.extend(rows(coded, self.layer))
        if len(self.pending) >= self.GROUP:
            self._flush()

    def _flush(self) -> None:
        if self.pending:
            self.writer.write_table(pa.Table.from_pylist(self.pending, schema=self.schema))
            self.pending = []

    def close(self) -> None:
        """Write what is left and the footer."""
        self._flush()
        self.writer.close()


class ErrorFile:
    """JSON lines of what failed; made only once there is something to say."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._stream: IO[str] | None = None

    def add(self, source: str, stage: str, error: str) -> None:
        """Add one failure."""
        if self._stream is None:
            self._stream = open_output(self.path)
        line = {"source": source, "stage": stage, "error": error}
        self._stream.write(json.dumps(line, ensure_ascii=False) + "\n")
        self._stream.flush()

    def close(self) -> None:
        """Close the file, if there is one."""
        if self._stream is not None:
            self._stream.close()


def open_output(path: Path, *, append: bool = False) -> TextIO:
    """Open a file to write text to.

    Raises:
        OutputError: the folder is missing, or the file cannot be written.
    """
    try:
        return path.open("a" if append else "w", encoding="utf-8", newline="\n")
    except OSError as error:
        raise OutputError(
            f"cannot write {path}: {error.strerror}; choose another with --output"
        ) from error


def already_coded(path: Path) -> set[str]:
    """Return the ids of the reports that a JSON-lines output holds whole.

    A last line that was cut off is taken out of the file, so that the next
    one starts on a line of its own.

    Raises:
        OutputError: a line that is not the last is no coded report.
    """
    if not path.exists():
        return set()
    found: set[str] = set()
    keep = 0
    with path.open("rb") as stream:
        for number, line in enumerate(stream, 1):
            if not line.endswith(b"\n"):
                break
            try:
                found.add(json.loads(line)["report"]["id"])
            except (ValueError, KeyError, TypeError) as error:
                raise OutputError(
                    f"line {number} of {path} is no coded report; "
                    f"--resume goes on only with a file that `dateline code` wrote"
                ) from error
            keep += len(line)
    os.truncate(path, keep)
    return found


def code_batch(
    found: Iterable[Report | Unread],
    coder: Coder,
    writer: Writer,
    errors: ErrorFile,
    *,
    skip: frozenset[str] = frozenset(),
    processes: int = 1,
    progress: Callable[[Tally], None] = lambda tally: None,
) -> Iterator[Tally]:
    """Code what was read and write it; yield the tally after each report.

    What could not be read, is not English or lost a stage goes to ``errors``;
    the last two are written as well.
    """
    tally = Tally()
    for coded in coder.stream(_readable(found, errors, tally, skip), processes=processes):
        writer.write(coded)
        tally.coded += 1
        tally.characters += len(coded.report.text)
        tally.last = coded.report.id
        if _note_failures(coded, errors):
            tally.failed += 1
        yield tally
    yield tally


def _readable(
    found: Iterable[Report | Unread], errors: ErrorFile, tally: Tally, skip: frozenset[str]
) -> Iterator[Report]:
    for one in found:
        if isinstance(one, Unread):
            tally.failed += 1
            errors.add(one.source, "reading", one.error)
        elif one.id in skip:
            tally.skipped += 1
        else:
            yield one


def _note_failures(coded: CodedReport, errors: ErrorFile) -> bool:
    source = coded.report.source or coded.report.id
    for failure in coded.failures:
        errors.add(source, failure.stage, failure.error)
    other = next((b for b in coded.blanks if b.reason == "other_language"), None)
    if other:
        errors.add(source, "language", other.note)
    return bool(coded.failures or other)


def is_coded_file(path: Path) -> bool:
    """Return whether a file is JSON lines that `dateline code` wrote."""
    if path.suffix != ".jsonl" or not path.is_file():
        return False
    with path.open("rb") as stream:
        return b'"versions":' in stream.readline()


def read_coded(path: Path) -> Iterator[CodedReport]:
    """Yield the coded reports of a JSON-lines file.

    Raises:
        InputError: a line is no coded report; the message names file and line.
    """
    with path.open("rb") as stream:
        for number, line in enumerate(stream, 1):
            if not line.strip():
                continue
            try:
                yield CodedReport.from_json(line)
            except ValueError as error:
                raise InputError(
                    f"{path}:{number}: this line is no coded report of this version; "
                    f"code the reports again with `dateline code`"
                ) from error
