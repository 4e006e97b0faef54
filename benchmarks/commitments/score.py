"""Score commitments against our own annotation of 150 sentences of the BBC corpus and TimeBank.

    python benchmarks/commitments/score.py [--split dev|test] [--errors]

A commitment is right where its cue touches an annotated one. A deadline is
right where its words touch the annotated ones, or where both are missing; it
is scored over the commitments found. Intervals: bootstrap over documents.
"""

from __future__ import annotations

import argparse
import json
import os
import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from dateline.coder import Coder
from dateline.records import CodedReport, Commitment, Report, Span

ROOT = Path(__file__).resolve().parents[2]
LABELS = ROOT / "tests/commitments/data/sentences.tsv"


@dataclass
class Gold:
    """An annotated sentence."""

    corpus: str
    doc: str
    start: int
    end: int
    split: str
    commitments: list[tuple[int, int, str, bool, tuple[int, int] | None]] = field(
        default_factory=list
    )


def read_labels() -> list[Gold]:
    rows = []
    for line in LABELS.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        corpus, doc, start, end, split, _, _, marks = line.split("\t")
        gold = Gold(corpus, doc, int(start), int(end), split)
        for mark in marks.split():
            cue, kind, negated, deadline = mark.split(":")
            bounds = deadline.split("-") if deadline else None
            gold.commitments.append(
                (
                    int(cue.split("-")[0]),
                    int(cue.split("-")[1]),
                    kind,
                    negated == "1",
                    (int(bounds[0]), int(bounds[1])) if bounds else None,
                )
            )
        rows.append(gold)
    return rows


def eval_dir() -> Path:
    return Path(os.environ.get("DATELINE_EVAL", ROOT.parent / "shared" / "eval"))


def read_reports(wanted: set[str]) -> Iterable[Report]:
    """Yield the reports of the annotated sentences."""
    files = (("text", "corpus_bbc2225", "2005-02-01"), ("times", "timex_timebank", None))
    for folder, name, published in files:
        for line in (eval_dir() / folder / f"{name}.jsonl").open(encoding="utf-8"):
            row = json.loads(line)
            if row["doc_id"] in wanted:
                yield Report(
                    id=row["doc_id"], text=row["text"], published=published or row["dct"][:10]
                )


def cue_of(commitment: Commitment) -> Span:
    return commitment.why[0].spans[0]


@dataclass
class Tally:
    """Counts of one document."""

    right: int = 0
    found: int = 0
    gold: int = 0
    kinds: int = 0
    negated: int = 0
    deadlines: int = 0
    dated_found: int = 0
    dated_gold: int = 0
    dated_right: int = 0


def compare(gold: Gold, coded: CodedReport, tally: Tally, errors: bool) -> None:
    inside = [c for c in coded.commitments if gold.start <= cue_of(c).start < gold.end]
    times = {t.id: t for t in coded.times}
    tally.found += len(inside)
    tally.gold += len(gold.commitments)
    left = list(inside)
    text = coded.report.text
    for start, end, kind, negated, deadline in gold.commitments:
        match = next((c for c in left if cue_of(c).start < end and start < cue_of(c).end), None)
        tally.dated_gold += deadline is not None
        if match is None:
            if errors:
                print("MISSED", text[start:end], "|", " ".join(text[gold.start : gold.end].split()))
            continue
        left.remove(match)
        tally.right += 1
        tally.kinds += match.kind == kind
        tally.negated += match.negated == negated
        time = times[match.time].span if match.time else None
        tally.dated_found += time is not None
        good = (
            time is None
            if deadline is None
            else time is not None and time.start < deadline[1] and deadline[0] < time.end
        )
        tally.deadlines += good
        tally.dated_right += good and deadline is not None
        if errors and not good:
            print(
                "DEADLINE", time and time.text, "|", " ".join(text[gold.start : gold.end].split())
            )
    if errors:
        for c in left:
            print("WRONG", c.why[0].rule, cue_of(c).text, "|", " ".join(text[gold.start : gold.end].split()))  # fmt: skip


def f1(p: float, r: float) -> float:
    return 2 * p * r / (p + r) if p + r else 0.0


MEASURES: dict[str, Callable[[dict[str, int]], float]] = {
    "precision": lambda n: n["right"] / max(n["found"], 1),
    "recall": lambda n: n["right"] / max(n["gold"], 1),
    "F1": lambda n: f1(n["right"] / max(n["found"], 1), n["right"] / max(n["gold"], 1)),
    "kind right, of those found": lambda n: n["kinds"] / max(n["right"], 1),
    "negation right, of those found": lambda n: n["negated"] / max(n["right"], 1),
    "deadline right, of those found": lambda n: n["deadlines"] / max(n["right"], 1),
}


def table(tallies: Sequence[Tally]) -> str:
    """Return the measures with their intervals as a Markdown table."""
    names = list(Tally.__dataclass_fields__)

    def total(sample: Sequence[Tally]) -> dict[str, int]:
        return {name: sum(getattr(t, name) for t in sample) for name in names}

    rng = random.Random(0)
    samples = [total([rng.choice(tallies) for _ in tallies]) for _ in range(1000)]
    counts = total(tallies)
    lines = ["| measure | value | 95 % interval |", "|---|---|---|"]
    for name, measure in MEASURES.items():
        draws = sorted(measure(sample) for sample in samples)
        lines.append(f"| {name} | {measure(counts):.2f} | {draws[25]:.2f} to {draws[974]:.2f} |")
    lines.append(f"\n{counts['gold']} annotated, {counts['found']} found, {counts['right']} right; {counts['dated_gold']} annotated with a deadline, {counts['dated_right']} of them right.")  # fmt: skip
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--split", choices=("dev", "test"))
    parser.add_argument("--errors", action="store_true")
    options = parser.parse_args()
    if not (eval_dir() / "text").exists():
        print(f"skipped: no gold data in {eval_dir()}; set DATELINE_EVAL")
        return
    labels = [g for g in read_labels() if options.split in (None, g.split)]
    by_doc = defaultdict(list)
    for gold in labels:
        by_doc[gold.doc].append(gold)
    tallies: dict[str, dict[str, Tally]] = {"dev": {}, "test": {}}
    for coded in Coder().stream(read_reports(set(by_doc))):
        for gold in by_doc[coded.report.id]:
            tally = tallies[gold.split].setdefault(gold.doc, Tally())
            compare(gold, coded, tally, options.errors)
    for split, found in tallies.items():
        if found:
            print(f"\n{split} ({len(found)} documents)\n\n{table(list(found.values()))}")


if __name__ == "__main__":
    main()
