"""The archive on SQLite and on PostgreSQL side by side: adding, searching and size, as ratios.

    python benchmarks/archive/engines.py CODED postgresql://me@host/empty [--reports 10000]

``CODED``: a file that `dateline code` wrote; its reports are added again under other ids until there are
as many as asked. Both engines are given the same reports in turn, some hundred at a time, so that what
else the machine does falls on both.
"""

from __future__ import annotations

import argparse
import itertools
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import sqlalchemy as sa

from dateline import CodedReport
from dateline.archive import Archive, MergedQuery
from dateline.batch import read_coded

TURN = 250
"""Reports added to one engine before the other has its turn."""
QUERIES = (
    "government",
    "said",
    '"prime minister"',
    "tsunami aid",
    "bank profit oil",
    "nothingofthekind",
)
ROUNDS = 5


def reports(coded: Path, most: int) -> Iterator[CodedReport]:
    """Yield so many reports, with ids of their own."""
    again = itertools.chain.from_iterable(read_coded(coded) for _ in itertools.count())
    for number, one in enumerate(itertools.islice(again, most)):
        yield replace(one, report=replace(one.report, id=f"{number:06x}"))


def batches(found: Iterator[CodedReport]) -> Iterator[list[CodedReport]]:
    """Yield reports, some at a time."""
    while part := list(itertools.islice(found, TURN)):
        yield part


def seconds(work: Callable[[], object]) -> float:
    """Return the seconds that some work takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def size(archive: Archive) -> int:
    """Return the bytes of an archive."""
    with archive.engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            query = "SELECT pg_database_size(current_database())"
            return int(connection.scalar(sa.text(query)) or 0)
        pages = connection.scalar(sa.text("PRAGMA page_count")) or 0
        return int(pages) * int(connection.scalar(sa.text("PRAGMA page_size")) or 0)


def row(what: str, first: float, second: float, unit: str) -> None:
    """Print a row of the table."""
    print(
        f"| {what} | {first:,.1f} {unit} | {second:,.1f} {unit} | {second / first:.2f} |",
        flush=True,
    )


def added(both: tuple[Archive, Archive], coded: Path, most: int) -> None:
    """Add the reports to both in turn; print what each took."""
    took = [0.0, 0.0]
    done = 0
    for part in batches(reports(coded, most)):
        for number, archive in enumerate(both):
            took[number] += seconds(lambda archive=archive, part=part: archive.add_all(part))  # type: ignore[misc]
        done += len(part)
        if done % 1000 == 0 or done == most:
            row(f"adding, {done:,} reports", took[0] / done * 1000, took[1] / done * 1000, "ms")


def searched(both: tuple[Archive, Archive]) -> None:
    """Search both in turn; print the median of each."""
    for query in QUERIES:
        times: tuple[list[float], list[float]] = ([], [])
        for _ in range(ROUNDS):
            for number, archive in enumerate(both):
                found = seconds(lambda archive=archive, query=query: archive.search(query))  # type: ignore[misc]
                times[number].append(found * 1000)
        row(f"search `{query}`", statistics.median(times[0]), statistics.median(times[1]), "ms")


def main() -> None:
    """Measure both and print the table."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("coded", type=Path)
    arguments.add_argument("postgresql")
    arguments.add_argument("--reports", type=int, default=10_000)
    given = arguments.parse_args()
    with (
        tempfile.TemporaryDirectory() as folder,
        Archive(Path(folder) / "news.dateline", create=True) as sqlite,
        Archive(given.postgresql, create=True) as postgresql,
    ):
        both = (sqlite, postgresql)
        print("| | SQLite | PostgreSQL | ratio |\n|---|---|---|---|", flush=True)
        added(both, given.coded, given.reports)
        searched(both)
        one = f"{given.reports // 2:06x}"
        row("get one", *(seconds(lambda a=a: a.get(one)) * 1000 for a in both), "ms")  # type: ignore[misc]
        row("size a report", *(size(a) / given.reports / 1000 for a in both), "KB")
        merges = [seconds(archive.merge) for archive in both]
        row(f"merging {given.reports:,}", merges[0], merges[1], "s")
        row(
            "merged events listed",
            *(seconds(lambda a=a: a.merged(MergedQuery(), limit=100)) * 1000 for a in both),
            "ms",
        )  # type: ignore[misc]


if __name__ == "__main__":
    main()
