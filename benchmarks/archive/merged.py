"""Merge a large archive that `make.py` made as its first block is merged, block by block.

    python benchmarks/archive/merged.py ARCHIVE BASE

``BASE``: how many reports the first block has. They are merged as always; each later block gets the same
stories and merged events, with its own ids, days of publication and years. So the tables are as full as
those of a large archive whose blocks have nothing in common, for the load of the desk; a true merge of
the whole also joins the copies across blocks, see `benchmarks/merging`.
"""

from __future__ import annotations

import argparse
import re
import sqlite3
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from make import moved

from dateline.archive import Archive
from dateline.archive.merging_rows import event_row, link_row, party_rows, story_row
from dateline.merging.events import story_id
from dateline.merging.fuse import merged_id
from dateline.records import MergedEvent, Story

YEARS = 4
BLOCKS = 6
"""Blocks after which the years begin anew, as in ``make.py``."""


def part(archive: Path, base: int, folder: Path) -> Path:
    """Return an archive of the first block alone, merged."""
    where = folder / "base.dateline"
    with Archive(where, create=True) as made:
        connection = sqlite3.connect(where)
        connection.execute("ATTACH ? AS whole", (f"file:{archive}",))
        names = ", ".join(row[1] for row in connection.execute("PRAGMA main.table_info(reports)"))
        connection.execute(
            f"INSERT INTO reports({names}) SELECT {names} FROM whole.reports WHERE key <= ?",
            (base,),
        )
        connection.commit()
        connection.close()
        print(made.merge(), flush=True)
    return where


class Block:
    """The names and days that a block's reports have in place of the first block's."""

    def __init__(self, connection: sqlite3.Connection, base: int, number: int) -> None:
        rows = connection.execute(
            "SELECT a.id, b.id, b.published FROM reports a JOIN reports b ON b.key = a.key + ? "
            "WHERE a.key <= ?",
            (number * base, base),
        ).fetchall()
        self.names: Mapping[str, str] = {old: new for old, new, _ in rows}
        self._days: Mapping[str, str | None] = {new: day for _, new, day in rows}
        self._years = YEARS * (number % BLOCKS)
        self._words = re.compile(r"[^\s\"/\\]+")

    def renamed(self, packed: str) -> str:
        """Return a record with the block's ids and years."""
        names = self.names
        text = self._words.sub(lambda m: names.get(m.group(), m.group()), packed)
        return moved(text, self._years) if self._years else text

    def days(self, reports: Sequence[str]) -> dict[str, str | None]:
        """Return the first and last day of publication of some reports."""
        known = [day for one in reports if (day := self._days.get(one))]
        return {"first": min(known, default=None), "last": max(known, default=None)}


def _insert(connection: sqlite3.Connection, table: str, rows: Iterator[dict[str, Any]]) -> None:
    found = list(rows)
    if found:
        names = ", ".join(f'"{name}"' for name in found[0])
        marks = ", ".join(f":{name}" for name in found[0])
        connection.executemany(f"INSERT INTO {table}({names}) VALUES ({marks})", found)


def copy(
    connection: sqlite3.Connection,
    block: Block,
    stories: Sequence[str],
    events: Sequence[str],
) -> None:
    """Write the stories and merged events of a block."""
    told = []
    for packed in stories:
        one = Story.from_json(block.renamed(packed))
        if set(one.reports) <= set(block.names.values()):
            told.append(replace(one, id=story_id(one.reports[0]), **block.days(one.reports)))
    story = {report: one.id for one in told for report in one.reports}
    made = []
    for packed in events:
        event = MergedEvent.from_json(block.renamed(packed))
        first = event.reports[0]
        if first in story:
            of = next(link for link in event.links if link.report == first)
            id = merged_id((first, of.event))
            made.append(replace(event, id=id, story=story[first], **block.days(event.reports)))
    copies = {id: group[0] for one in told for group in one.copies for id in group[1:]}
    _insert(connection, "stories", map(story_row, told))
    _insert(
        connection,
        "stories_reports",
        ({"report": r, "story": s, "copy_of": copies.get(r)} for r, s in story.items()),
    )
    _insert(connection, "merged_events", map(event_row, made))
    _insert(connection, "merged_parties", (row for one in made for row in party_rows(one)))
    _insert(
        connection,
        "reports_events",
        (link_row(one.id, link) for one in made for link in one.links),
    )
    connection.commit()


def main() -> None:
    """Merge the first block, then copy what it gave to all blocks."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("archive", type=Path)
    arguments.add_argument("base", type=int)
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        merged = sqlite3.connect(part(given.archive, given.base, Path(folder)))
        stories = [row[0] for row in merged.execute("SELECT packed FROM stories ORDER BY id")]
        events = [row[0] for row in merged.execute("SELECT packed FROM merged_events ORDER BY id")]
        merged.close()
    connection = sqlite3.connect(given.archive)
    connection.execute("PRAGMA synchronous=OFF")
    (last,) = connection.execute("SELECT max(key) FROM reports").fetchone()
    for number in range(-(-last // given.base)):
        copy(connection, Block(connection, given.base, number), stories, events)
        print(f"block {number}", flush=True)
    connection.close()


if __name__ == "__main__":
    main()
