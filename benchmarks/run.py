"""The first table: every layer that has a gold set, coded end to end and scored in one way.

    python benchmarks/run.py [--reports N]

Each set is read into the gold format of ``dateline evaluate`` (nothing of it is kept), coded with
the whole pipeline, and scored by ``dateline.evaluating``. Sets without offsets have a benchmark of
their own, which is run and quoted. Writes ``benchmarks/RESULTS.md``. ``--reports`` takes that many
reports of each set, spread over it. Gold data comes from ``DATELINE_EVAL``.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from dateline import Coder, Report
from dateline.evaluating import Evaluation, Gold, evaluate
from dateline.reading.dates import publication_date
from dateline.records import DateBasis

HERE = Path(__file__).resolve().parent
EVAL = Path(os.environ.get("DATELINE_EVAL", HERE.parents[1] / "shared" / "eval"))
Row = dict[str, Any]


def span(start: int, end: int) -> Row:
    return {"start": start, "end": end}


def times(row: Row) -> dict[str, tuple[Row, ...]]:
    found = (
        {"span": span(t["start"], t["end"]), "type": t["type"], "value": t["value"]}
        for t in row["timexes"]
    )
    return {"times": tuple(found)}


def places(row: Row) -> dict[str, tuple[Row, ...]]:
    """Read toponyms that have coordinates; the id is scored where there is one."""
    return {"places": tuple(_place(t) for t in row["toponyms"] if t["lat"] is not None)}


def _place(toponym: Row) -> Row:
    made = {
        "span": span(toponym["start"], toponym["end"]),
        "lat": float(toponym["lat"]),
        "lon": float(toponym["lon"]),
    }
    known = toponym.get("geonameid")
    return made | {"geonameid": int(known)} if known else made


def statements(row: Row) -> dict[str, tuple[Row, ...]]:
    """Read attributions that have a content; a source or cue that is missing is not scored."""
    return {"statements": tuple(_statement(a) for a in row["attributions"] if a.get("content"))}


def _statement(attribution: Row) -> Row:
    spans = {
        role: sorted(s for part in attribution.get(role) or () for s in part["spans"])
        for role in ("content", "source", "cue")
    }
    made: Row = {"content": [span(*bounds) for bounds in spans["content"]]}
    for role in ("source", "cue"):
        made[role] = span(spans[role][0][0], spans[role][-1][1]) if spans[role] else None
    return made


SETS: dict[str, tuple[str, Callable[[Row], dict[str, tuple[Row, ...]]]]] = {
    "TimeBank": ("times/timex_timebank", times),
    "AQUAINT": ("times/timex_aquaint", times),
    "LGL dev": ("places/geo_lgl_dev", places),
    "GeoWebNews dev": ("places/geo_geowebnews_dev", places),
    "PolNeAR dev": ("statements/quote_polnear_dev", statements),
}
OWN = {
    "Quantities: NewsQuant": ["quantities/newsquant.py"],
    "Actors: PLOVER gold standard records": ["actors/run.py"],
    "Events, each sentence a report, by the lexicon alone (with the model: events/RESULTS.md)": [
        "events/run.py"
    ],
    "Contexts: PLOVER gold standard records": ["contexts/gsr.py"],
}
"""Benchmarks of their own, by what they measure."""


def golds(path: Path, read: Callable[[Row], dict[str, tuple[Row, ...]]], most: int) -> list[Gold]:
    rows = [json.loads(line) for line in path.open(encoding="utf-8")]
    step = max(1, -(-len(rows) // most)) if most else 1
    return [Gold(_report(row), read(row)) for row in rows[::step]]


def _report(row: Row) -> Report:
    day = row.get("dct") or row.get("date")
    return Report(
        id=str(row["doc_id"]),
        text=row["text"],
        published=publication_date(day) if day else None,
        published_basis=DateBasis.GIVEN if day else DateBasis.UNKNOWN,
    )


def table(name: str, made: Evaluation) -> Iterator[str]:
    for score in made.scores:
        counts = score.counts
        figures = [counts.precision, counts.recall, counts.f1, score.low, score.high]
        precision, recall, f1, low, high = (f"{100 * figure:.1f}" for figure in figures)
        yield (
            f"| {name} | {score.layer} | {score.measure} | {precision} | {recall} | {f1} "
            f"| {low}–{high} | {counts.right + counts.missed} | {score.reports} |"
        )


def end_to_end(most: int) -> Iterator[str]:
    """Yield the rows of the table, set by set."""
    coder = Coder()
    for name, (file, read) in SETS.items():
        path = EVAL / f"{file}.jsonl"
        if not path.exists():
            yield f"| {name} | no gold data: set DATELINE_EVAL | | | | | | | |"
            continue
        gold = golds(path, read, most)
        coded = coder.stream(one.report for one in gold)
        made = evaluate(zip(gold, coded, strict=True))
        if any(score.counts.right + score.counts.spurious for score in made.scores):
            yield from table(name, made)
        else:
            yield f"| {name} | its stage finds nothing yet | | | | | | | {len(gold)} |"


def own() -> Iterator[str]:
    """Yield what the layers' own benchmarks print."""
    for title, command in OWN.items():
        script = HERE / command[0]
        if not script.exists():
            continue
        made = subprocess.run(
            [sys.executable, str(script), *command[1:]], text=True, capture_output=True, check=False
        )
        said = made.stdout.strip() if made.returncode == 0 else made.stderr.strip()[-300:]
        yield f"## {title}\n\n    python benchmarks/{' '.join(command)}\n\n{said}\n"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--reports", type=int, default=0, help="reports of each set; 0 for all")
    most = options.parse_args().reports
    head = "| set | layer | measure | precision | recall | F1 | 95 % | gold | reports |"
    lines = ["# Results, layer by layer", "", f"    python benchmarks/run.py --reports {most}", ""]
    lines += [
        "Development figures, in per cent; intervals are the bootstrap over reports. `exact` and"
    ]
    lines += [
        "`overlap` compare spans; a field is right where the spans overlap and the field agrees;"
    ]
    lines += ["`lat` stands for coordinates within 161 km.", "", head, "|" + "---|" * 9]
    for row in end_to_end(most):
        print(row, flush=True)
        lines.append(row)
    text = "\n".join([*lines, "", *own()])
    (HERE / "RESULTS.md").write_text(text.rstrip() + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
