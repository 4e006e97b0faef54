"""Make a large archive in SQLite from some coded reports, without coding each report of it.

    python benchmarks/archive/make.py CODED ARCHIVE [--reports 100000]

``CODED``: a file that `dateline code` wrote, of a few thousand reports. They are added as always; then
their rows are copied in blocks, with ids, addresses, publishers and days of publication of their own,
and the years of their records moved by a multiple of four. So every table, the search index and every
packed record are as if each report had been coded and added, at a hundredth of the time; texts repeat.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import re
import sqlite3
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import sqlalchemy as sa
import zstandard

from dateline.archive import Archive
from dateline.archive.links import TABLES
from dateline.archive.tables import layers
from dateline.batch import read_coded

SEED = 7
BASE = 2004
"""Year that the undated reports are given, before it is moved."""
PAPERS = 40
DAY = re.compile(r'"(\d{4})(-[\d]{2}(?:-\d{2}(?:T[\d:.]+)?(?:Z|[+-]\d\d:\d\d)?)?)"')
ISO = re.compile(r"\d{4}-\d{2}\b")
Row = tuple[object, ...]


def moved(text: str, years: int) -> str:
    """Return JSON with every date in it moved by years."""
    return DAY.sub(lambda m: f'"{int(m.group(1)) + years:04d}{m.group(2)}"', text)


def later(value: object, years: int) -> object:
    """Return a cell moved by years, if it is a date; what SQL calls for each text."""
    if isinstance(value, str) and ISO.match(value) and years:
        return f"{int(value[:4]) + years:04d}{value[4:]}"
    return value


def reported(row: Row, key: int, years: int, rng: random.Random) -> Row:
    """Return the row of a report made from another: what it is, and its record, fit each other."""
    id = f"{key:06x}"
    paper = rng.randrange(PAPERS) + 1
    day = (date(BASE + years, 1, 1) + timedelta(rng.randrange(365))).isoformat()
    coded = json.loads(moved(zstandard.decompress(bytes(row[-1])).decode(), years))  # type: ignore[arg-type]
    report = coded["report"] | {
        "id": id,
        "url": f"https://paper{paper}.example/{day}/{id}",
        "publisher": f"Paper {paper}",
        "published": day,
        "published_basis": "given",
    }
    data = json.dumps(
        coded | {"report": report}, ensure_ascii=False, separators=(",", ":")
    ).encode()
    packed = zstandard.ZstdCompressor(level=6).compress(data)
    digest = hashlib.sha256(data).hexdigest()
    return (key, id, report["url"], report["publisher"], day, "given", digest, packed)


COPY = """
INSERT INTO reports(key, id, title, text, url, publisher, published, published_basis, language, source,
                    sha256, retrieved_at, method, previous, dateline_version, digest, coded)
SELECT ?, ?, title, text, ?, ?, ?, ?, language, source, sha256, retrieved_at, method, NULL,
       dateline_version, ?, ?
FROM reports WHERE key = ?
"""


def copy_block(connection: sqlite3.Connection, most: int, offset: int, years: int) -> int:
    """Copy the first reports, up to ``most``, to keys from ``offset`` on; return how many."""
    rng = random.Random(SEED + offset)
    rows = connection.execute("SELECT key, coded FROM reports WHERE key <= ?", (most,)).fetchall()
    for row in rows:
        new = reported(row, row[0] + offset, years, rng)
        connection.execute(COPY, (*new, row[0]))
        note = ("added", new[1], "2026-01-01T00:00:00+00:00")
        connection.execute("INSERT INTO changes(kind, report, at) VALUES (?, ?, ?)", note)
    for table in (*layers.values(), *TABLES):
        connection.execute(_copy_of(table, offset, years), (offset, most))
    connection.execute(
        "INSERT INTO search(rowid, title, text, who) "
        "SELECT rowid + ?, title, text, who FROM search WHERE rowid <= ?",
        (offset, most),
    )
    connection.execute(
        "UPDATE facts SET (published, publisher) = (SELECT r.published, r.publisher FROM reports r "
        "WHERE r.key = facts.report) WHERE report > ?",
        (offset,),
    )
    connection.commit()
    return len(rows)


def _copy_of(table: sa.Table, offset: int, years: int) -> str:
    """Return what copies the rows of a table, dates moved."""
    names = [column.name for column in table.columns if column.name != "report"]
    dated = {c.name for c in table.columns if c.name in ("start", "end") or DATED.search(c.name)}
    cells = [f'later("{n}", {years})' if n in dated else f'"{n}"' for n in names]
    into = ", ".join(f'"{name}"' for name in names)
    return (
        f'INSERT INTO "{table.name}"(report, {into}) '
        f'SELECT report + ?, {", ".join(cells)} FROM "{table.name}" WHERE report <= ?'
    )


DATED = re.compile(r"(?:^|_)(?:start|end|earliest|latest|value|deadline|day|month)(?:_|$)")


def _timed(what: str, work: Callable[[], object]) -> None:
    start = time.process_time()
    done = work()
    print(f"{what}: {done}, {time.process_time() - start:.0f} CPU seconds", flush=True)


def main() -> None:
    """Make the archive, and say how long it took."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("coded", type=Path)
    arguments.add_argument("archive", type=Path)
    arguments.add_argument("--reports", type=int, default=100_000)
    given = arguments.parse_args()
    with Archive(given.archive, create=True) as archive:
        _timed("added", lambda: dict(archive.add_all(read_coded(given.coded))))
        base = len(archive)
    connection = sqlite3.connect(given.archive)
    connection.create_function("later", 2, later, deterministic=True)
    connection.execute("PRAGMA synchronous=OFF")
    connection.execute("PRAGMA cache_size=-200000")
    for block in range(1, -(-given.reports // base)):
        most = min(base, given.reports - block * base)
        years = 4 * (block % 6)
        _timed(
            f"block {block}",
            lambda most=most, block=block, years=years: copy_block(  # type: ignore[misc]
                connection, most, block * base, years
            ),
        )
    connection.close()


if __name__ == "__main__":
    main()
