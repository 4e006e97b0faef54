"""Score statements against PolNeAR, and time the stage beside bare spaCy.

    python benchmarks/statements/score.py [--cache DIR] [--folds 5 | --held-out | --speed] [--lexicon-only]

Without more: the package on the development set; --lexicon-only leaves the cue
reader out. With --folds: the training set, each fold scored by linear models
trained on the others, without the reader. With --held-out: the fifth of the
training set that the packaged reader has not seen, by linear models that have
not seen it either, with the reader and without.

A span of a role is found where it shares a token with a span of the same role
of the other side (overlap), or where both cover the same tokens, punctuation
aside (exact). A triple counts where cue, source and content of one attribution
all agree with those of one gold attribution; a source missing on both sides
agrees. Intervals: bootstrap over documents, 1,000 draws, 95 %.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from polnear import ROLES, GoldDoc, eval_dir, gold_file, read
from train import train

from dateline.language import load, notes, parse_all
from dateline.records import Report
from dateline.statements import stage
from dateline.statements.decode import Found, Models, attributions
from dateline.statements.model import CueReader
from dateline.statements.model import load as load_reader
from dateline.statements.patterns import with_patterns
from dateline.statements.view import View
from dateline.statements.weights import models

Counts = dict[str, tuple[int, int, int, int]]
"""By measure: right and all of ours, found and all of gold."""


def sets_of(found: Found) -> dict[str, set[int]]:
    source = set(range(*found.source)) if found.source else set()
    content = {t for a, b in found.content for t in range(a, b)}
    return {"cue": set(range(*found.cue_range)), "source": source, "content": content}


def words(view: View, tokens: set[int]) -> frozenset[int]:
    return frozenset(t for t in tokens if view.pos[t] != "PUNCT") or frozenset(tokens)


def count(doc: GoldDoc, ours: Sequence[dict[str, set[int]]]) -> Counts:
    """Return the counts of one document."""
    view, out = doc.view, Counts()
    for role in ROLES:
        gold = [one[role] for one in doc.attributions if one[role]]
        made = [one[role] for one in ours if one[role]]
        all_gold, all_made = set().union(*gold), set().union(*made)
        right = sum(bool(one & all_gold) for one in made)
        out[role] = (right, len(made), sum(bool(one & all_made) for one in gold), len(gold))
        same = Counter(words(view, one) for one in gold) & Counter(words(view, one) for one in made)
        out[f"{role}, exact"] = (same.total(), len(made), same.total(), len(gold))
    out |= _triples(doc, ours)
    return out


def _triples(doc: GoldDoc, ours: Sequence[dict[str, set[int]]]) -> Counts:
    used: set[int] = set()
    exact = 0
    for one in ours:
        for n, gold in enumerate(doc.attributions):
            if n not in used and _agree(one, gold):
                used.add(n)
                exact += all(words(doc.view, one[r]) == words(doc.view, gold[r]) for r in ROLES)
                break
    sizes = len(ours), len(doc.attributions)
    return {
        "triple": (len(used), sizes[0], len(used), sizes[1]),
        "triple, exact": (exact, sizes[0], exact, sizes[1]),
    }


def _agree(one: dict[str, set[int]], gold: dict[str, set[int]]) -> bool:
    source = bool(one["source"] & gold["source"]) or not (one["source"] or gold["source"])
    return source and bool(one["cue"] & gold["cue"]) and bool(one["content"] & gold["content"])


def prf(rows: Sequence[tuple[int, int, int, int]]) -> tuple[float, float, float]:
    right, made, found, gold = (sum(column) for column in zip(*rows, strict=True))
    p, r = right / max(made, 1), found / max(gold, 1)
    return p, r, 2 * p * r / (p + r) if p + r else 0.0


def table(counts: Sequence[Counts]) -> str:
    rng = random.Random(0)
    draws = [[rng.randrange(len(counts)) for _ in counts] for _ in range(1000)]
    lines = ["| | precision | recall | F1 | 95 % interval of F1 |", "|---|---|---|---|---|"]
    for name in counts[0]:
        rows = [one[name] for one in counts]
        p, r, f = prf(rows)
        sample = sorted(prf([rows[i] for i in draw])[2] for draw in draws)
        lines.append(
            f"| {name} | {p:.3f} | {r:.3f} | {f:.3f} | {sample[25]:.3f} to {sample[974]:.3f} |"
        )
    return "\n".join(lines)


def score(docs: Sequence[GoldDoc], using: Models, reader: CueReader | None = None) -> list[Counts]:
    found = (with_patterns(doc.view, attributions(doc.view, using, reader)) for doc in docs)
    return [count(doc, [sets_of(f) for f in one]) for doc, one in zip(docs, found, strict=True)]


def folds_of(docs: Sequence[GoldDoc], k: int) -> list[int]:
    """Return the fold of each document; copies stand in one."""
    texts = [" ".join(doc.view.doc.text.lower().split())[:200] for doc in docs]
    order = {text: n for n, text in enumerate(sorted(set(texts)))}
    return [order[text] % k for text in texts]


def folds(docs: Sequence[GoldDoc], k: int) -> list[Counts]:
    """Return the counts of each document by models that have not seen it, nor a copy of it."""
    part = folds_of(docs, k)
    out = []
    for fold in range(k):
        using = train([doc for doc, p in zip(docs, part, strict=True) if p != fold])
        out += score([doc for doc, p in zip(docs, part, strict=True) if p == fold], using)
    return out


def held_out(docs: Sequence[GoldDoc], k: int = 5) -> str:
    """Return the tables of the fold that the packaged reader has not seen, by tables without it too."""
    part = folds_of(docs, k)
    using = train([doc for doc, p in zip(docs, part, strict=True) if p])
    fold = [doc for doc, p in zip(docs, part, strict=True) if not p]
    plain, read_too = (table(score(fold, using, reader)) for reader in (None, load_reader()))
    return f"tables alone\n\n{plain}\n\nwith the reader\n\n{read_too}"


def speed(*, encoder: bool) -> str:
    """Return the CPU time of the stage on the development texts as a share of their parse, best of three."""
    rows = [json.loads(line) for line in gold_file("dev").open(encoding="utf-8")]
    reports = [Report(id=row["doc_id"], text=row["text"]) for row in rows]
    load()
    found = stage(encoder=encoder)
    found.find(next(parse_all(reports[:1])))
    parses, stages = [], []
    for _ in range(3):
        start = time.process_time()
        docs = list(parse_all(reports))
        middle = time.process_time()
        for doc in docs:
            notes(doc).statements = found.find(doc)["statements"]
        parses.append(middle - start)
        stages.append(time.process_time() - middle)
    return f"The stage takes {min(stages) / min(parses):.1%} of the time of the parse."


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--folds", type=int)
    parser.add_argument("--speed", action="store_true")
    parser.add_argument("--held-out", action="store_true")
    parser.add_argument("--lexicon-only", action="store_true", help="without the cue reader")
    options = parser.parse_args()
    if not gold_file("dev").exists():
        print(f"skipped: no gold data in {eval_dir()}; set DATELINE_EVAL")
    elif options.speed:
        print(speed(encoder=not options.lexicon_only))
    elif options.folds:
        print(table(folds(read("train", options.cache), options.folds)))
    elif options.held_out:
        print(held_out(read("train", options.cache)))
    else:
        reader = None if options.lexicon_only else load_reader()
        print(table(score(read("dev", options.cache), models(), reader)))


if __name__ == "__main__":
    main()
