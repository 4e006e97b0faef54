"""Score commitments against our own annotation of sentences of the BBC corpus and TimeBank.

    python benchmarks/commitments/score.py [--split dev|test] [--independent] [--errors]

Two samples: 150 sentences drawn at random among those with and without a word
that may mark a commitment, and 80 with a word for a time beside such a word.

A commitment is right where its cue touches an annotated one. A deadline is
right where its words touch the annotated ones and both or neither have a date;
precision and recall of deadlines count those of commitments that were missed
or wrong too. The words for the holder are right where they touch the annotated
ones; the participant, where it touches them, is the same entity, or is the
speaker of an annotated "we". Intervals: bootstrap over documents.
`--independent` scores against the reading of a reader who had the guide and the
sentences alone (`independent.tsv`).
"""

from __future__ import annotations

import argparse
import json
import os
import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from dateline.coder import Coder
from dateline.records import CodedReport, Commitment, Report, Span

ROOT = Path(__file__).resolve().parents[2]
LABELS = ROOT / "tests/commitments/data"
SAMPLES = ("sentences", "deadlines")


Bounds = tuple[int, int]


@dataclass(frozen=True)
class Mark:
    """An annotated commitment, in offsets."""

    cue: Bounds
    kind: str
    negated: bool
    deadline: Bounds | None
    by_event: bool
    """Whether only an event sets the deadline: "before the election"."""
    holder: Bounds | None


@dataclass(frozen=True)
class Gold:
    """An annotated sentence."""

    sample: str
    doc: str
    start: int
    end: int
    split: str
    marks: tuple[Mark, ...]


def read_labels() -> list[Gold]:
    """Return the annotated sentences of both samples."""
    rows = []
    for sample in SAMPLES:
        for columns in _rows(sample):
            _, doc, start, end, split = columns[:5]
            rows.append(Gold(sample, doc, int(start), int(end), split, _marks(columns[-1])))
    return rows


def read_independent() -> list[Gold]:
    """Return the same sentences with the marks of the independent reading."""
    marks = {(row[1], int(row[2])): _marks(row[-1]) for row in _rows("independent")}
    return [replace(gold, marks=marks[gold.doc, gold.start]) for gold in read_labels()]


def _rows(name: str) -> list[list[str]]:
    lines = (LABELS / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")]


def _marks(text: str) -> tuple[Mark, ...]:
    return tuple(_mark(part) for part in text.split())


def _mark(text: str) -> Mark:
    cue, kind, negated, deadline, holder = text.split(":")
    bounds = _bounds(deadline.removeprefix("e"))
    return Mark(_some(cue), kind, negated == "1", bounds, deadline.startswith("e"), _bounds(holder))


def _some(text: str) -> Bounds:
    start, _, end = text.partition("-")
    return int(start), int(end)


def _bounds(text: str) -> Bounds | None:
    return _some(text) if text else None


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
    held_gold: int = 0
    held_right: int = 0
    resolved: int = 0


def touches(span: Span | None, bounds: Bounds | None) -> bool:
    """Return whether a span shares a character with annotated bounds, or both are missing."""
    if span is None or bounds is None:
        return span is None and bounds is None
    return span.start < bounds[1] and bounds[0] < span.end


def compare(gold: Gold, coded: CodedReport, tally: Tally, errors: bool) -> None:
    """Add the counts of one sentence to those of its document."""
    left = [c for c in coded.commitments if gold.start <= cue_of(c).start < gold.end]
    tally.found += len(left)
    tally.gold += len(gold.marks)
    text = coded.report.text
    sentence = " ".join(text[gold.start : gold.end].split())
    for mark in gold.marks:
        match = next((c for c in left if touches(cue_of(c), mark.cue)), None)
        tally.dated_gold += mark.deadline is not None
        if match is None:
            if errors:
                print("MISSED", text[slice(*mark.cue)], "|", sentence)
            continue
        left.remove(match)
        tally.right += 1
        tally.kinds += match.kind == mark.kind
        tally.negated += match.negated == mark.negated
        _compare_deadline(mark, match, tally, sentence if errors else None)
        _compare_holder(mark, match, coded, tally, sentence if errors else None)
    tally.dated_found += sum(c.deadline_text is not None for c in left)
    if errors:
        for c in left:
            print("WRONG", c.why[0].rule, cue_of(c).text, c.deadline_text and c.deadline_text.text, "|", sentence)  # fmt: skip


def _compare_deadline(mark: Mark, match: Commitment, tally: Tally, sentence: str | None) -> None:
    words = match.deadline_text
    good = touches(words, mark.deadline) and (
        words is None or mark.by_event == (match.time is None)
    )
    tally.dated_found += words is not None
    tally.deadlines += good
    tally.dated_right += good and mark.deadline is not None
    if sentence and not good:
        print("DEADLINE", words and words.text, match.time, mark.deadline, "|", sentence)


def _compare_holder(
    mark: Mark, match: Commitment, coded: CodedReport, tally: Tally, sentence: str | None
) -> None:
    if mark.holder is None:
        return
    by_id = {p.id: p for p in coded.participants}
    spans = [by_id[h].span for h in match.holders if h in by_id]
    named = any(touches(span, mark.holder) for span in spans) or _same_holder(mark, match, coded)
    good = touches(match.holder_text, mark.holder)
    tally.held_gold += 1
    tally.held_right += good
    tally.resolved += named or _speaks(mark, match, coded)
    if sentence and not good:
        print("HOLDER", [s.text for s in spans], coded.report.text[slice(*mark.holder)], "|", sentence)  # fmt: skip


def _speaks(mark: Mark, match: Commitment, coded: CodedReport) -> bool:
    """Return whether the annotated words are "we" or "I", and the holder is whoever says so."""
    assert mark.holder is not None
    if coded.report.text[slice(*mark.holder)].casefold() not in ("we", "i"):
        return False
    own = next((s for s in coded.statements if s.id == match.statement), None)
    return own is not None and own.speaker is not None and own.speaker in match.holders


def _same_holder(mark: Mark, match: Commitment, coded: CodedReport) -> bool:
    """Return whether the annotated words name the entity that was found by other words."""
    by_id = {p.id: p for p in coded.participants}
    named = [p for p in coded.participants if touches(p.head, mark.holder)]
    return any(
        by_id[h].id in (p.id, p.cluster)
        or (p.cluster is not None and p.cluster == by_id[h].cluster)
        or (p.actor is not None and p.actor == by_id[h].actor)
        for p in named
        for h in match.holders
        if h in by_id
    )


def f1(p: float, r: float) -> float:
    return 2 * p * r / (p + r) if p + r else 0.0


MEASURES: dict[str, Callable[[dict[str, int]], float]] = {
    "precision": lambda n: n["right"] / max(n["found"], 1),
    "recall": lambda n: n["right"] / max(n["gold"], 1),
    "F1": lambda n: f1(n["right"] / max(n["found"], 1), n["right"] / max(n["gold"], 1)),
    "kind right, of those found": lambda n: n["kinds"] / max(n["right"], 1),
    "negation right, of those found": lambda n: n["negated"] / max(n["right"], 1),
    "words for the holder right, of those found with one": lambda n: (
        n["held_right"] / max(n["held_gold"], 1)
    ),
    "holder tied to the right participant": lambda n: n["resolved"] / max(n["held_gold"], 1),
    "deadline right or rightly none, of those found": lambda n: n["deadlines"] / max(n["right"], 1),
    "deadlines: precision": lambda n: n["dated_right"] / max(n["dated_found"], 1),
    "deadlines: recall": lambda n: n["dated_right"] / max(n["dated_gold"], 1),
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
    parser.add_argument("--independent", action="store_true")
    parser.add_argument("--errors", action="store_true")
    options = parser.parse_args()
    if not (eval_dir() / "text").exists():
        print(f"skipped: no gold data in {eval_dir()}; set DATELINE_EVAL")
        return
    read = read_independent if options.independent else read_labels
    labels = [g for g in read() if options.split in (None, g.split)]
    by_doc = defaultdict(list)
    for gold in labels:
        by_doc[gold.doc].append(gold)
    tallies: dict[tuple[str, str], dict[str, Tally]] = defaultdict(dict)
    for coded in Coder().stream(read_reports(set(by_doc))):
        for gold in by_doc[coded.report.id]:
            tally = tallies[gold.sample, gold.split].setdefault(gold.doc, Tally())
            compare(gold, coded, tally, options.errors)
    for (sample, split), found in sorted(tallies.items(), reverse=True):
        print(f"\n{sample}, {split} ({len(found)} documents)\n\n{table(list(found.values()))}")


if __name__ == "__main__":
    main()
