"""The cheap designs on the same folds: TF-IDF, packaged MiniLM vectors, nearest definition.

    python benchmarks/events_model/baselines.py runs

It writes `runs/tfidf`, `runs/vectors` and `runs/definitions`, which `scores.py` reads.
"""

from __future__ import annotations

import json
import sys
import time
from functools import cache
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[2] / "training" / "event_model"))

import torch
from net import BASE, Net
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

import data
from data import TYPES, Example
from dateline.events.model.encoding import Candidate, Encoder
from dateline.events.ontology import load as ontology

AT = {name: i for i, name in enumerate(TYPES)}


@cache
def packaged() -> tuple[Encoder, Net]:
    """Return the packaged MiniLM, read once."""
    words = (BASE / "vocab.txt").read_text(encoding="utf-8").splitlines()
    return Encoder(words), Net(6, len(TYPES)).eval()


def vectors(texts: list[str]) -> np.ndarray:
    """Return the mean of the packaged MiniLM's last layer, of unit length."""
    (encoder, net), out = packaged(), []
    with torch.no_grad():
        for text in texts:
            ids = torch.from_numpy(encoder.encode(Candidate(text)).ids)[None]
            x = net.norm(net.embed(ids))
            for layer in net.layers:
                x = layer(x, torch.zeros(1, 1, 1, ids.shape[1]), 0.0)
            out.append(torch.nn.functional.normalize(x.mean(1))[0].numpy())
    return np.array(out)


def logits(model: LogisticRegression, x, names: list[int]) -> np.ndarray:
    out = np.full((x.shape[0], len(TYPES)), -20.0)
    out[:, names] = model.predict_log_proba(x)
    return out


def fitted(x, y: list[int], c: float) -> LogisticRegression:
    return LogisticRegression(C=c, max_iter=2000, class_weight="balanced").fit(x, y)


def learnt(examples: list[Example], features, c: float, out: Path) -> None:
    """Fit and predict fold by fold: types on PLV and GSR, conflict on AW."""
    out.mkdir(parents=True, exist_ok=True)
    for fold in range(5):
        old = [i for i, e in enumerate(examples) if e.fold != fold]
        new = [i for i, e in enumerate(examples) if e.fold == fold]
        x, z = features(old, new)
        typed = [n for n, i in enumerate(old) if examples[i].set in ("plv", "gsr")]
        split = [n for n, i in enumerate(old) if examples[i].conflict is not None]
        kind = fitted(x[typed], [AT[examples[old[n]].types[0]] for n in typed], c)
        side = fitted(x[split], [int(examples[old[n]].conflict or 0) for n in split], c)
        types, conflict = logits(kind, z, kind.classes_), side.decision_function(z)
        save(out / f"fold{fold}.jsonl", [examples[i] for i in new], types, conflict)


def save(path: Path, tests: list[Example], types: np.ndarray, conflict: np.ndarray) -> None:
    with path.open("w") as lines:
        for e, t, c in zip(tests, types, conflict, strict=True):
            row = {
                "key": [e.candidate.text], "set": e.set + "-bare", "fold": e.fold, "types": e.types,
                "gold": [e.conflict, None, None, None], "type": t.tolist(), "conflict": float(c),
                "relevant": 0.0, "status": [0.0, 0.0],
            }  # fmt: skip
            lines.write(json.dumps(row) + "\n")


def main(out: Path) -> None:
    torch.set_num_threads(1)
    examples = [*data.plv(), *data.aw(), *data.gsr()]
    texts = [e.candidate.text for e in examples]

    def words(old: list[int], new: list[int]):
        cut = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, min_df=2)
        return cut.fit_transform([texts[i] for i in old]), cut.transform([texts[i] for i in new])

    began = time.process_time()
    learnt(examples, words, 10.0, out / "tfidf")
    print(f"TF-IDF: {time.process_time() - began:.1f} s of CPU")
    began = time.process_time()
    known = vectors(texts)
    print(
        f"vectors: {len(texts) / (time.process_time() - began):.0f} sentences/s of CPU (float, 6 layers)"
    )
    learnt(examples, lambda old, new: (known[old], known[new]), 10.0, out / "vectors")
    types = ontology().types
    near = 20 * known @ vectors([types[t].definition for t in TYPES]).T
    (out / "definitions").mkdir(exist_ok=True)
    signs = np.array([1.0 if types[t].quad > 2 else 0.0 for t in TYPES]).astype(bool)
    side = near[:, signs].max(1) - near[:, ~signs].max(1)
    save(out / "definitions" / "fold0.jsonl", examples, near, side)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
