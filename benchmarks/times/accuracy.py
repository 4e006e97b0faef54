"""Score the times of dateline on TimeBank, AQUAINT and WikiWars.

    python benchmarks/times/accuracy.py [--errors N]

Reads the gold files from ``DATELINE_EVAL`` (default ``../shared/eval``); a cache of
parsed texts can be named with ``DATELINE_CACHE``.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from scoring import Counts, Time, count, interval, pairs
from spacy.tokens import Doc, DocBin

from dateline.language import load, parse_all
from dateline.language.cleaning import clean
from dateline.language.notes import Notes
from dateline.records import Report
from dateline.times.stage import find

EVAL = Path(os.environ.get("DATELINE_EVAL", "../shared/eval")) / "times"
SETS = {
    "TimeBank": "timex_timebank",
    "AQUAINT": "timex_aquaint",
    "WikiWars train": "timex_wikiwars_train",
}


def rows(name: str) -> list[dict[str, Any]]:
    with (EVAL / f"{name}.jsonl").open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def docs(name: str, data: list[dict[str, Any]]) -> Iterator[Doc]:
    reports = [Report(id=r["doc_id"], text=r["text"], published=r["dct"]) for r in data]
    cache = (
        Path(os.environ.get("DATELINE_CACHE", "/nonexistent"))
        / f"{name.removeprefix('timex_')}.spacy"
    )
    if not cache.exists():
        yield from parse_all(reports)
        return
    for report, doc in zip(reports, DocBin().from_disk(cache).get_docs(load().vocab), strict=True):
        text = clean(report.text)
        doc._.dateline = Notes(report, text.offsets, text.segments, text.furniture)
        yield doc


def score(name: str, errors: list[str]) -> list[Counts]:
    out = []
    data = rows(name)
    for row, doc in zip(data, docs(name, data), strict=True):
        gold = [
            Time(t["start"], t["end"], t["type"], t["value"], t["text"]) for t in row["timexes"]
        ]
        found = [
            Time(t.span.start, t.span.end, t.type, t.value, t.span.text) for t in find(doc)["times"]
        ]
        if "wikiwars" in name:
            found = [Time(t.start, t.end, None, wiki(t.value), t.text) for t in found]
        out.append(count(gold, found))
        matched = pairs(gold, found)
        errors += report_errors(row, gold, found, matched)
    return out


def wiki(value: str | None) -> str | None:
    """Write a value as TIMEX2 does where the two differ."""
    return value


def report_errors(
    row: dict[str, Any], gold: list[Time], found: list[Time], matched: list[tuple[Time, Time]]
) -> list[str]:
    text = row["text"]
    hit_gold, hit_found = {g for g, _ in matched}, {s for _, s in matched}

    def around(t: Time) -> str:
        return (
            f"{text[max(0, t.start - 40) : t.start]}[{t.text}]{text[t.end : t.end + 25]}".replace(
                "\n", " "
            )
        )

    lines = [f"MISS {t.text} {t.type}:{t.value} | {around(t)}" for t in gold if t not in hit_gold]
    lines += [
        f"EXTRA {t.text} {t.type}:{t.value} | {around(t)}" for t in found if t not in hit_found
    ]
    for g, s in matched:
        if (g.start, g.end) != (s.start, s.end):
            lines.append(f"SPAN gold [{g.text}] ours [{s.text}] | {around(g)}")
        if (g.value or "") != (s.value or ""):
            lines.append(
                f"VALUE [{g.text}] gold {g.value} ours {s.value} dct {row['dct']} | {around(g)}"
            )
        if g.type is not None and g.type != s.type:
            lines.append(f"TYPE [{g.text}] gold {g.type} ours {s.type} {g.value} | {around(g)}")
    return lines


def line(label: str, counts: list[Counts]) -> str:
    total = Counts()
    for c in counts:
        total.add(c)
    cells = []
    for name in ("strict", "relaxed", "type", "value"):
        low, high = interval(counts, name)
        cells.append(f"{total.f1(name):.1f} ({low:.1f}–{high:.1f})")
    return f"| {label} | {total.gold} | {' | '.join(cells)} |"


def main() -> None:
    if not EVAL.exists():
        print(f"no gold data at {EVAL}: set DATELINE_EVAL")
        return
    errors: list[str] = []
    print(
        "| set | expressions | strict F1 | relaxed F1 | type F1 | value F1 |\n|---|---|---|---|---|---|"
    )
    together: list[Counts] = []
    for label, name in SETS.items():
        counts = score(name, errors)
        print(line(label, counts))
        if "wikiwars" not in name:
            together += counts
            if "aquaint" in name:
                print(line("TimeBank + AQUAINT", together))
    if "--errors" in sys.argv:
        Path(sys.argv[sys.argv.index("--errors") + 1]).write_text(
            "\n".join(errors), encoding="utf-8"
        )


if __name__ == "__main__":
    main()
