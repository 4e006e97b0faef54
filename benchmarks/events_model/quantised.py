"""What 8-bit weights change, and what a sentence costs.

    python benchmarks/events_model/quantised.py RUN FOLD…

Writes the weights of folds (`foldN.pt`) as ONNX, predicts their test sentences with them, and
compares with the float predictions of the same folds; then times the packaged model on one thread
beside the bare parse of the same sentences.
"""

from __future__ import annotations

import json
import sys
import time
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "training" / "event_model"))

import numpy as np
import spacy
import torch
from export import graph
from net import BASE
from scores import report, rows
from train import save, views

import data
from dateline.defaults import DEFAULT_MODEL
from dateline.events.model import EventModel, load
from dateline.events.model.model import HEADS

CARD = {
    "types": list(data.TYPES),
    "version": "",
    "temperatures": {"type": 1, "relevant": 1, "conflict": 1},
}


def model_of(state: Path) -> EventModel:
    weights = {k: v.numpy() for k, v in torch.load(state).items()}
    words = (BASE / "vocab.txt").read_text(encoding="utf-8").splitlines()
    return EventModel(CARD, graph(weights).SerializeToString(deterministic=True), words)


def predict(model: EventModel, tests: list[data.Example]) -> dict[str, np.ndarray]:
    outs = []
    for example in tests:
        encoded = model._encoder.encode(example.candidate)
        feed = {"ids": encoded.ids[None], "pools": encoded.pools[None]}
        outs.append(model._session.run(HEADS, feed))
    names = ("type", "conflict", "relevant", "status")
    out = {n: np.concatenate([o[i] for o in outs]) for i, n in enumerate(names)}
    return {n: v[:, 0] if n in ("conflict", "relevant") else v for n, v in out.items()}


def compare(run: Path, folds: list[int]) -> None:
    whole, small = run / "whole", run / "int8"
    whole.mkdir(exist_ok=True)
    small.mkdir(exist_ok=True)
    triggers = json.loads((run.parent / "triggers.json").read_text())
    for fold in folds:
        every = with_triggers([*data.plv(), *data.aw(), *data.gsr()], triggers)
        tests = views([e for e in every if e.fold == fold])
        save(small / f"fold{fold}.jsonl", tests, predict(model_of(run / f"fold{fold}.pt"), tests))
        (whole / f"fold{fold}.jsonl").write_text((run / f"fold{fold}.jsonl").read_text())
    known = {(str(r["key"]), r["set"]): r for r in rows(whole)}
    new = rows(small)
    both = [r for r in new if (str(r["key"]), r["set"]) in known]
    old = [known[(str(r["key"]), r["set"])] for r in both]
    alike = np.mean(
        [np.argmax(a["type"]) == np.argmax(b["type"]) for a, b in zip(old, both, strict=True)]
    )
    print(f"same type in float and 8 bits: {alike:.3f} of {len(both)}")
    before = report(old)
    for label, value in report(new).items():
        print(f"{label:26s} float {before.get(label, ''):24s} 8 bits {value}")


def with_triggers(examples, known):
    import train

    return train.with_triggers(examples, known)


def timing() -> None:
    candidates = [replace(e.candidate, trigger=None) for e in data.plv()][:400]
    nlp, model = spacy.load(DEFAULT_MODEL), load()
    model.predict(candidates[:20])
    began = time.process_time()
    model.predict(candidates)
    ours = time.process_time() - began
    began = time.process_time()
    list(nlp.pipe(c.text for c in candidates))
    parse = time.process_time() - began
    n = len(set(candidates))
    print(
        f"model: {n / ours:.0f} sentences/s on one thread; bare parse of the same: {n / parse:.0f}"
    )
    print(f"one candidate a sentence costs {ours / parse:.2f} of the parse")


if __name__ == "__main__":
    if len(sys.argv) > 2:
        compare(Path(sys.argv[1]), [int(f) for f in sys.argv[2:]])
    timing()
