"""Score how often a statement's speaker is resolved to the right name, on the BBC corpus.

    python benchmarks/statements/speakers.py [--errors]

A speaker is right where the participant it is resolved to, or another mention of
the same entity in the report, bears the name of the annotation.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter
from pathlib import Path

from polnear import eval_dir

from dateline.coder import Coder
from dateline.records import CodedReport, Report, Statement

LABELS = Path(__file__).resolve().parents[2] / "tests/statements/data/bbc_speakers.tsv"


def read_labels() -> list[tuple[str, int, int, list[str]]]:
    """Return document, start and end of the cue, and names of each statement."""
    rows = []
    for line in LABELS.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            doc, start, end, names = line.split("\t")
            rows.append((doc, int(start), int(end), [n for n in names.split("|") if n]))
    return rows


def at(coded: CodedReport, start: int, end: int) -> Statement | None:
    """Return the statement whose cue touches a span."""
    for statement in coded.statements:
        if statement.cue and statement.cue.start < end and start < statement.cue.end:
            return statement
    return None


def names_of(coded: CodedReport, speaker: str | None) -> set[str]:
    """Return all names and mentions of a participant's entity, and of its members."""
    by_id = {p.id: p for p in coded.participants}
    if speaker is None or speaker not in by_id:
        return set()
    found = by_id[speaker]
    group = [found, *(by_id[m] for m in found.members if m in by_id)]
    same = [
        p
        for p in coded.participants
        for g in group
        if p.id == g.id
        or (g.actor is not None and p.actor == g.actor)
        or (g.cluster is not None and p.cluster == g.cluster)
        or p.id == g.cluster
    ]
    return {text for p in same for text in (p.name, p.head.text, p.span.text)}


def judge(coded: CodedReport, start: int, end: int, names: list[str]) -> str:
    """Return ``right``, or what went wrong."""
    statement = at(coded, start, end)
    if statement is None:
        return "no statement"
    if statement.speaker is None:
        return "blank" if names else "right"
    found = names_of(coded, statement.speaker)
    if not names:
        return "right"
    return "right" if any(any(n in f for f in found) for n in names) else "wrong"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--errors", action="store_true")
    options = parser.parse_args()
    corpus = eval_dir() / "text" / "corpus_bbc2225.jsonl"
    if not corpus.exists():
        print(f"skipped: {corpus} is not there; set DATELINE_EVAL")
        return
    rows = [json.loads(line) for line in corpus.open(encoding="utf-8")]
    texts = {row["doc_id"]: row["text"] for row in rows}
    labels = read_labels()
    reports = (Report(id=doc, text=texts[doc], published="2005-02-01") for doc, *_ in labels)
    verdicts = []
    unknown: Counter[str] = Counter()
    total = 0
    for (doc, start, end, names), coded in zip(labels, Coder().stream(reports), strict=True):
        verdict = judge(coded, start, end, names)
        verdicts.append((verdict, bool(names)))
        for statement in coded.statements:
            total += 1
            if statement.speaker is None:
                blank = next(b for b in statement.blanks if b.field == "speaker")
                unknown[blank.note.split("'")[0].strip() or blank.reason.value] += 1
        if options.errors and verdict != "right":
            found = at(coded, start, end)
            print(verdict, doc, texts[doc][max(0, start - 60) : end + 20].replace("\n", " "), "|", names, "|", found and found.source and found.source.text, "|", found and sorted(names_of(coded, found.speaker))[:5])  # fmt: skip
    report([v for v, named in verdicts if named], unknown, total)


def report(verdicts: list[str], unknown: Counter[str], total: int) -> None:
    counts = Counter(verdicts)
    rng = random.Random(0)
    draws = sorted(
        sum(rng.choice(verdicts) == "right" for _ in verdicts) / len(verdicts) for _ in range(2000)
    )
    share = counts["right"] / len(verdicts)
    print(f"speaker right: {share:.3f} [{draws[50]:.3f}, {draws[1949]:.3f}] of {len(verdicts)} with a name in the text; {dict(counts)}")  # fmt: skip
    print(f"speaker unknown: {sum(unknown.values()) / max(total, 1):.3f} of {total} statements; {dict(unknown)}")  # fmt: skip


if __name__ == "__main__":
    main()
