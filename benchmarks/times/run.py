"""Times on TimeBank, AQUAINT and WikiWars, matched as TempEval-3 does.

    python benchmarks/times/run.py [--errors 40]

Spans strictly and relaxed (words in common), type and value F1 over relaxed
matches (UzZaman et al. 2013). Writes ``benchmarks/times/RESULTS.md``. Nothing of
the resolver was learnt, so there are no folds.
"""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dateline.evaluating import Counts, interval
from dateline.language import load, parse_all
from dateline.records import DateBasis, Report, TimeExpression
from dateline.times.stage import find

ROOT = Path(__file__).resolve().parents[2]
EVAL = Path(os.environ.get("DATELINE_EVAL", ROOT / ".." / "shared" / "eval"))
SETS = {
    "TimeBank": "times/timex_timebank.jsonl",
    "AQUAINT": "times/timex_aquaint.jsonl",
    "WikiWars": "times/timex_wikiwars_train.jsonl",
}
Row = dict[str, Any]


def documents(name: str) -> Iterator[tuple[Row, tuple[TimeExpression, ...]]]:
    rows = [json.loads(line) for line in (EVAL / SETS[name]).open(encoding="utf-8")]
    reports = (
        Report(
            id=row["doc_id"],
            text=row["text"],
            published=row["dct"],
            published_basis=DateBasis.GIVEN,
        )
        for row in rows
    )
    for row, doc in zip(rows, parse_all(reports, load()), strict=True):
        yield row, find(doc)["times"]


def matched(golds: list[Row], founds: list[TimeExpression]) -> Iterator[tuple[Row, TimeExpression]]:
    free = list(founds)
    for gold in golds:
        for found in free:
            if found.span.start < gold["end"] and gold["start"] < found.span.end:
                free.remove(found)
                yield gold, found
                break


def measure(name: str, errors: list[str]) -> dict[str, list[Counts]]:
    tallies: dict[str, list[Counts]] = {"strict": [], "relaxed": [], "type": [], "value": []}
    for row, times in documents(name):
        golds, founds = row["timexes"], list(times)
        pairs = list(matched(golds, founds))
        right = {
            "strict": sum((g["start"], g["end"]) == (f.span.start, f.span.end) for g, f in pairs),
            "relaxed": len(pairs),
            "type": sum(g.get("type") == f.type for g, f in pairs),
            "value": sum(g.get("value") == f.value for g, f in pairs),
        }
        for key, number in right.items():
            tallies[key].append(Counts(number, len(founds) - number, len(golds) - number))
        errors += _errors(name, row, pairs, golds, founds)
    return tallies


def _errors(name: str, row: Row, pairs: Any, golds: list[Row], founds: Any) -> Iterator[str]:
    text = row["text"]
    met_golds = [id(g) for g, _ in pairs]
    met_founds = [id(f) for _, f in pairs]
    for g in golds:
        if id(g) not in met_golds:
            around = " ".join(text[max(0, g["start"] - 30) : g["end"] + 20].split())
            yield f"{name} missed {g['text']!r} {g.get('value')} | {around}"
    for f in founds:
        if id(f) not in met_founds:
            around = " ".join(text[max(0, f.span.start - 30) : f.span.end + 20].split())
            yield f"{name} spurious {f.span.text!r} {f.rule} | {around}"
    for g, f in pairs:
        around = " ".join(text[max(0, g["start"] - 60) : g["end"] + 30].split())
        if g.get("value") != f.value:
            yield f"{name} value {g['text']!r} {g.get('value')} ← {f.value} {f.rule} {row['dct']} | {around}"
        elif (g["start"], g["end"]) != (f.span.start, f.span.end):
            yield f"{name} span {g['text']!r} ← {f.span.text!r} {f.rule} | {around}"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--errors", type=Path, help="file for every error, a line each")
    chosen = options.parse_args()
    lines = ["# Times: figures", "", "Made by `python benchmarks/times/run.py`.", ""]
    lines += ["| set | measure | precision | recall | F1 | 95 % |", "|---|---|---|---|---|---|"]
    errors: list[str] = []
    for name in SETS:
        if not (EVAL / SETS[name]).exists():
            print(f"no gold data at {EVAL / SETS[name]}: {name} is left out")
            continue
        for key, counts in measure(name, errors).items():
            total = sum(counts, Counts())
            low, high = interval(counts)
            figures = f"{total.precision:.3f} | {total.recall:.3f} | {total.f1:.3f}"
            lines.append(f"| {name} | {key} | {figures} | {low:.3f}–{high:.3f} |")
    text = "\n".join([*lines, ""])
    (Path(__file__).parent / "RESULTS.md").write_text(text, encoding="utf-8")
    print(text)
    if chosen.errors:
        chosen.errors.write_text("\n".join(errors), encoding="utf-8")


if __name__ == "__main__":
    main()
