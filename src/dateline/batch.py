"""Many reports to one output: what could not be coded is kept apart with its reason."""

from __future__ import annotations

import json
import os
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Protocol, TextIO

from dateline.coder import Coder
from dateline.errors import InputError, OutputError
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


class ErrorFile:
    """JSON lines of what failed; made only once there is something to say.

    ``resume``: go on with the file of a run that was interrupted; what it holds
    already is not said twice.
    """

    def __init__(self, path: Path, *, resume: bool = False) -> None:
        self.path = path
        self._stream: IO[str] | None = None
        self._resume = resume
        self._said = Counter(_whole_lines(path)) if resume and path.exists() else Counter[str]()

    def add(self, source: str, stage: str, error: str) -> None:
        """Add one failure."""
        line = error_line(source, stage, error) + "\n"
        if self._said[line] > 0:
            self._said[line] -= 1
            return
        if self._stream is None:
            self._stream = open_output(self.path, append=self._resume)
        self._stream.write(line)
        self._stream.flush()

    def close(self) -> None:
        """Close the file, if there is one; all of it has been handed to the system before."""
        if self._stream is not None:
            with suppress(OSError):
                self._stream.close()


def _whole_lines(path: Path) -> Iterator[str]:
    """Yield the lines of a file, and take out a last one that was cut off."""
    keep = 0
    with path.open("rb") as stream:
        for line in stream:
            if line.endswith(b"\n"):
                keep += len(line)
                yield line.decode("utf-8", "replace")
    _cut(path, keep)


def _cut(path: Path, length: int) -> None:
    """Take the end of a file off, where there is one to take.

    Raises:
        OutputError: the file cannot be written.
    """
    try:
        if path.stat().st_size > length:
            os.truncate(path, length)
    except OSError as error:
        raise OutputError(
            f"cannot write {path}: {error.strerror}; choose another with --output"
        ) from error


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
    _cut(path, keep)
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

    What could not be read, is not English or lost a stage goes to ``errors``, in
    the order of the sources and before the report itself is written, so that a run
    that is cut off anywhere goes on to the same files; the last two are written as well.
    """
    tally = Tally()
    queue = Queue(found, skip)
    for coded in coder.stream(queue.readable(), processes=processes):
        queue.tell(tally, errors)
        if _note_failures(coded, errors):
            tally.failed += 1
        writer.write(coded)
        tally.coded += 1
        tally.characters += len(coded.report.text)
        tally.last = coded.report.id
        yield tally
    queue.tell(tally, errors)
    yield tally


class Queue:
    """Hands out the reports, and keeps what could not be read until its turn comes."""

    def __init__(
        self, found: Iterable[Report | Unread], skip: frozenset[str] = frozenset()
    ) -> None:
        self._found, self._skip = found, skip
        self._ahead: deque[list[Unread]] = deque([[]])
        """Unread sources before each report handed out and not yet coded, and after the last."""
        self._skipped = 0

    def readable(self) -> Iterator[Report]:
        """Yield the reports that are to be coded."""
        for one in self._found:
            if isinstance(one, Unread):
                self._ahead[-1].append(one)
            elif one.id in self._skip:
                self._skipped += 1
            else:
                self._ahead.append([])
                yield one

    def turn(self) -> list[Unread]:
        """Return what could not be read before the next report, or after the last."""
        return self._ahead.popleft()

    def tell(self, tally: Tally, errors: ErrorFile) -> None:
        """Note what could not be read before the next report that is written."""
        tally.skipped = self._skipped
        for one in self.turn():
            tally.failed += 1
            errors.add(one.source, "reading", one.error)


def _note_failures(coded: CodedReport, errors: ErrorFile) -> bool:
    found = failures(coded)
    for failure in found:
        errors.add(*failure)
    return bool(found)


def failures(coded: CodedReport) -> list[tuple[str, str, str]]:
    """Return source, stage and error of all that an errors file says of a coded report."""
    source = coded.report.source or coded.report.id
    found = [(source, failure.stage, failure.error) for failure in coded.failures]
    other = next((b for b in coded.blanks if b.reason == "other_language"), None)
    return [*found, (source, "language", other.note)] if other else found


def error_line(source: str, stage: str, error: str) -> str:
    """Return a line of an errors file, without its end."""
    line = json.dumps({"source": source, "stage": stage, "error": error}, ensure_ascii=False)
    return line.encode("utf-8", "backslashreplace").decode("utf-8")


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
