"""From files to an archive: code what is not yet coded, and add it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from dateline.archive.store import Added, Archive
from dateline.batch import ErrorFile, is_coded_file, read_coded
from dateline.coder import Settings
from dateline.reading import Options, Unread, read
from dateline.records import CodedReport, Report


def add_sources(
    archive: Archive,
    sources: Iterable[str | Path],
    reading: Options,
    errors: ErrorFile,
    settings: Settings,
    processes: int = 1,
) -> tuple[Counter[Added], int]:
    """Add the reports of files, folders and addresses; return what became of them, and how many failed.

    A JSON-lines file that `dateline code` wrote is added as it is; anything
    else is coded first. What cannot be read goes to ``errors``.
    """
    done: Counter[Added] = Counter()
    failed: Counter[str] = Counter()
    coded: list[str | Path] = []
    plain: list[str | Path] = []
    for source in sources:
        (coded if is_coded_file(Path(source)) else plain).append(source)
    for path in coded:
        done += archive.add_all(read_coded(Path(path)))
    if plain:
        found = _readable(read(plain, reading), errors, failed)
        done += archive.add_all(
            _noted(settings.coder().stream(found, processes=processes), errors, failed)
        )
    return done, failed.total()


def _readable(
    found: Iterable[Report | Unread], errors: ErrorFile, failed: Counter[str]
) -> Iterator[Report]:
    for one in found:
        if isinstance(one, Unread):
            errors.add(one.source, "reading", one.error)
            failed["reading"] += 1
        else:
            yield one


def _noted(
    stream: Iterable[CodedReport], errors: ErrorFile, failed: Counter[str]
) -> Iterator[CodedReport]:
    for coded in stream:
        for failure in coded.failures:
            errors.add(coded.report.source or coded.report.id, failure.stage, failure.error)
            failed["stage"] += 1
        yield coded
