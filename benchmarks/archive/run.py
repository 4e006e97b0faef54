"""How fast an archive of 100,000 reports is searched, and how large it is; writes ``RESULTS.md`` beside it.

    python benchmarks/archive/run.py ARCHIVE

``ARCHIVE``: an SQLite archive, see ``make.py``. Every search is timed warm, in CPU seconds, beside the same
words asked of SQLite's own index without ranking, joining or highlights, and beside a scan of the texts.
"""

from __future__ import annotations

import sqlite3
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from dateline.archive import Archive

QUERIES = (
    "Blair", "government", "said", "the", '"prime minister"', "election protest", "Iraq troops attack",
    "tsunami aid", "Sao Paulo", "bank profit oil", "nothingofthekind",
)  # fmt: skip
REPEATS = 7
SCANNED = 10_000
COUNT = "SELECT count(*) FROM search WHERE search MATCH ?"


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Return the median and the longest of some runs, in milliseconds of CPU, after one run unmeasured."""
    work()
    taken = []
    for _ in range(REPEATS):
        start = time.process_time()
        work()
        taken.append(1000 * (time.process_time() - start))
    return statistics.median(taken), max(taken)


def searches(archive: Archive, path: Path) -> list[str]:
    lines = [
        "| query | reports with it | dateline, 20 hits: ms | longest ms | index alone: ms | ratio |",
        "|---|---|---|---|---|---|",
    ]
    with sqlite3.connect(path) as bare:
        for query in QUERIES:
            words = [w.strip('"') for w in ([query] if '"' in query else query.split())]
            match = " AND ".join(f'"{word}"' for word in words)
            (number,) = bare.execute(COUNT, (match,)).fetchone()
            ours, longest = timed(lambda query=query: archive.search(query))  # type: ignore[misc]
            theirs, _ = timed(lambda match=match: bare.execute(COUNT, (match,)).fetchone())  # type: ignore[misc]
            lines.append(
                f"| `{query}` | {number:,} | {ours:.1f} | {longest:.1f} | {theirs:.1f} | "
                f"{ours / max(theirs, 0.05):.1f} |"
            )
    return lines


def scan(path: Path, reports: int) -> str:
    with sqlite3.connect(path) as bare:
        query = f"SELECT count(*) FROM reports WHERE key <= {SCANNED} AND text LIKE '%Blair%'"
        taken, _ = timed(lambda: bare.execute(query).fetchone())
    return f"A scan of all texts for one word would take about {taken * reports / SCANNED:,.0f} ms."


def sizes(path: Path, reports: int) -> list[str]:
    with sqlite3.connect(path) as bare:
        (words,) = bare.execute("SELECT sum(length(text)) FROM reports").fetchone()
        (coded,) = bare.execute("SELECT sum(length(coded)) FROM reports").fetchone()
    total = path.stat().st_size
    return [
        "| a report, on average | KB |",
        "|---|---|",
        f"| the archive's file, all in all | {total / reports / 1000:.1f} |",
        f"| of which the text | {words / reports / 1000:.1f} |",
        f"| of which the coded record, packed | {coded / reports / 1000:.1f} |",
        f"| of which tables, indexes and search | {(total - words - coded) / reports / 1000:.1f} |",
    ]


def main() -> None:
    path = Path(sys.argv[1])
    with Archive(path) as archive:
        reports = len(archive)
        lines = [
            "# The archive: figures",
            "",
            f"Made by `python benchmarks/archive/run.py` on an archive of {reports:,} reports, made by `make.py` of "
            "news of 2,300 characters each. CPU milliseconds, warm, on one core shared with other work.",
            "",
            *searches(archive, path),
            "",
            scan(path, reports),
            "",
            *sizes(path, reports),
            "",
        ]
    (Path(__file__).parent / "RESULTS.md").write_text("\n".join(lines), encoding="utf-8")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
