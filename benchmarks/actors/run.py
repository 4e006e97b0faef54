"""Country and sector of coded actors, given their words and the sentence.

    python benchmarks/actors/run.py

The PLOVER gold standard records: each actor of each record, found by its words
among the participants of its sentence. Nothing was learnt from them. Writes the
part of ``benchmarks/actors/RESULTS.md`` between its two marks; what stands before
and after them is written by hand and stays.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import holders

from dateline import CodedReport, Coder, Report
from dateline.actors.model import SECTORS
from dateline.evaluating import Counts, interval
from dateline.records import DateBasis, Participant

ROOT = Path(__file__).resolve().parents[2]
EVAL = Path(os.environ.get("DATELINE_EVAL", ROOT / ".." / "shared" / "eval"))
GOLD = EVAL / "events" / "event_plover_gsr.jsonl"
Row = dict[str, Any]
OLDER = {"UNO": "IGO", "EUR": "IGO", "CIV": "CVL"}
"""The records are of 2016, when the United Nations and the European Union were ``IGO``."""
SLIPS = {"JAP": "JPN", "ITL": "ITA", "VTN": "VNM"}
"""Codes in the records that are none of ISO 3166."""
UNDATED = "2000-01-01"
"""Stands in the records where the sentence has no date."""


INNER = re.compile(r" (?:in|at|of|near|from|for|to|throughout) ")
"""The head of a noun phrase stands before its prepositions: "rebels" of "rebels in Chad"."""


def found(coded: CodedReport, words: str) -> Participant | None:
    """Return the participant whose words overlap most with those of the gold actor's head.

    Of a compound ("US and British forces") it is the member.
    """
    start = coded.report.text.find(words)
    end = start + len(INNER.split(words)[0])

    def share(one: Participant) -> float:
        both = min(one.span.end, end) - max(one.span.start, start)
        return both / (max(one.span.end, end) - min(one.span.start, start))

    touching = [p for p in coded.participants if p.span.start < end and start < p.span.end]
    one = max(touching, key=share, default=None)
    members = [p for p in touching if one is not None and p.id in one.members]
    return max(members, key=share) if members else one


def sector_of(gold: str | None) -> str | None:
    """Return the sector of a gold code; ``REBalb`` and ``JRNCHR`` add a people or a faith to it."""
    sector = OLDER.get((gold or "")[:3], (gold or "")[:3])
    return sector if sector in SECTORS else None


def _same_country(ours: str | None, gold: str) -> bool:
    gold = SLIPS.get(gold, gold)
    return ours == gold or OLDER.get(ours or "") == gold


def _listed(actors: Any) -> list[Row]:
    """Return the actors of a side, which the records write as one or as a list."""
    if isinstance(actors, dict):
        return [actors]
    return [actor for actor in actors or [] if isinstance(actor, dict)]


def answers(rows: list[Row]) -> Iterator[tuple[str, list[tuple[bool, bool, bool]]]]:
    """Yield for each record the actors' (found, country right, sector right)."""
    reports = [
        Report(
            id=row["id"],
            text=row["text"],
            published=None if row["date"] == UNDATED else row["date"],
            published_basis=DateBasis.UNKNOWN if row["date"] == UNDATED else DateBasis.GIVEN,
        )
        for row in rows
    ]
    for row, coded in zip(rows, Coder().stream(reports), strict=True):
        out = []
        for actor in [*_listed(row.get("source")), *_listed(row.get("target"))]:
            words = actor.get("actorText") or ""
            if not words or words not in coded.report.text or not actor.get("code"):
                continue
            one = found(coded, words)
            sector = sector_of(actor.get("sector"))
            out.append(
                (
                    one is not None,
                    one is not None and _same_country(one.country, actor["code"]),
                    one is not None and (not sector or sector in one.sectors[:1]),
                )
            )
        yield row["id"], out


NOTES = (
    "A gold actor is compared with the participant whose words overlap most with its head (what stands before its",
    "first preposition). Sectors are read by their first three letters (`REBalb` is REB, the older CIV is CVL); `***`",
    "and bare religions (`MOS`) name no sector. `VTN`, `JAP` and `ITL` are taken for slips. Compared by where the",
    "words begin instead, and by whole codes, the version before this one had .892 and .803.",
)
NOISE = (
    "Made by `holders.py` with the generator `noise.py`, on office holders of the EveryPolitician lists (Wikidata), from",
    "which most of the registry's people come: it is the spelling that is noisy, not the fact. Each noisy name stands",
    "with its office and country in one sentence of a day of the term, and must find its person among all of the",
    "registry. Precision is over those that were given a person, recall over all; intervals are over people.",
)
RESULTS = Path(__file__).parent / "RESULTS.md"
BEGIN, END = "<!-- written by run.py from here -->", "<!-- to here -->"


def replaced(text: str, made: str) -> str:
    """Return a results file with the part between the marks made anew.

    Raises:
        ValueError: a mark is missing.
    """
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"{RESULTS} needs the lines {BEGIN!r} and {END!r}, in this order")
    return f"{before}{BEGIN}\n\n{made.strip()}\n\n{END}{after}"


def main() -> None:
    if not GOLD.exists():
        sys.exit(f"no gold data at {GOLD}; set DATELINE_EVAL to its folder")
    rows = [json.loads(line) for line in GOLD.open(encoding="utf-8")]
    records = [out for _, out in answers(rows) if out]
    lines = [
        "Made by `python benchmarks/actors/run.py`: PLOVER gold standard records, "
        f"{sum(map(len, records))} actors with a code in {len(records)} records.",
        "",
        "| measure | share right | 95 % |",
        "|---|---|---|",
    ]
    for at, name in enumerate(("a participant found", "country", "primary sector")):
        counts = [
            Counts(sum(a[at] for a in out), 0, sum(not a[at] for a in out)) for out in records
        ]
        low, high = interval(counts, lambda table: table[..., 0] / table.sum(axis=-1))
        lines.append(f"| {name} | {sum(counts, Counts()).recall:.3f} | {low:.3f}–{high:.3f} |")
    lines += ["", *NOTES, ""]
    if holders.SOURCE.exists():
        lines += ["## Noisy names", "", *NOISE, "", *holders.section(), ""]
    made = "\n".join(lines)
    RESULTS.write_text(replaced(RESULTS.read_text(encoding="utf-8"), made), encoding="utf-8")
    print(made)


if __name__ == "__main__":
    main()
