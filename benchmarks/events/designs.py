"""End to end with each design of the trained part, on the same sentences of PLV and in one run.

    python benchmarks/events/designs.py --folds runs/onnx [--only-folds 0 1]

The designs stand in the place of the event model: the lexicon's candidates and the verbs without an
entry are shown to each, and each has learnt from the other folds alone. What a design costs is its
CPU time as a share of that of the bare parse of the same sentences. Needs scikit-learn and torch.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from abc import ABC, abstractmethod
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

import run

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "training" / "event_model"), str(ROOT / "benchmarks" / "events_model")]

import baselines  # noqa: E402
import spacy  # noqa: E402

import data  # noqa: E402
from dateline import Coder, events  # noqa: E402
from dateline.coder import default_stages  # noqa: E402
from dateline.defaults import DEFAULT_MODEL  # noqa: E402
from dateline.events.model import Candidate, LexiconOnly, Prediction, WithModel  # noqa: E402
from dateline.events.ontology import load as ontology  # noqa: E402

UNKNOWN = 0.6
"""Probability of a political event where a design does not tell it."""
SHARP = 20.0
"""Factor of cosines before they become probabilities."""


class Spent:
    """Seconds of CPU that the designs took."""

    seconds = 0.0


class Design(ABC):
    """Stands in the place of the event model and counts what it costs."""

    def predict(self, batch: Sequence[Candidate]) -> list[Prediction]:
        """Return a prediction a candidate."""
        began = time.process_time()
        texts = list(dict.fromkeys(one.text for one in batch))
        told = dict(zip(texts, self.probs(texts), strict=True))
        found = [_prediction(told[one.text]) for one in batch]
        Spent.seconds += time.process_time() - began
        return found

    @abstractmethod
    def probs(self, texts: list[str]) -> np.ndarray:
        """Return the probability of each type, a row a text."""


def _prediction(row: np.ndarray) -> Prediction:
    pairs = sorted(zip(data.TYPES, row.tolist(), strict=True), key=lambda one: (-one[1], one[0]))
    return Prediction(dict(pairs), UNKNOWN, 0.5, None, None)


class Words(Design):
    """TF-IDF of words and pairs with logistic regression, learnt without a fold."""

    def __init__(self, fold: int) -> None:
        known = [e for e in [*data.plv(), *data.gsr()] if e.fold != fold]
        self._cut = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, min_df=2)
        table = self._cut.fit_transform([e.candidate.text for e in known])
        types = [data.TYPES.index(e.types[0]) for e in known]
        self._model = baselines.fitted(table, types, 10.0)

    def probs(self, texts: list[str]) -> np.ndarray:
        """Return the probabilities of the regression."""
        model: LogisticRegression = self._model
        out = np.full((len(texts), len(data.TYPES)), 1e-4)
        out[:, model.classes_] = model.predict_proba(self._cut.transform(texts))
        return out


class Definitions(Design):
    """The nearest definition of the ontology by the packaged MiniLM."""

    @cached_property
    def _near(self) -> np.ndarray:
        types = ontology().types
        return baselines.vectors([types[t].definition for t in data.TYPES])

    def probs(self, texts: list[str]) -> np.ndarray:
        """Return the softmax of the cosines."""
        raised = np.exp(SHARP * baselines.vectors(texts) @ self._near.T)
        return raised / raised.sum(axis=1, keepdims=True)


class Timed:
    """The event model of a fold, with what it costs."""

    def __init__(self, model: Any) -> None:
        self._model = model

    def predict(self, batch: Sequence[Candidate]) -> list[Prediction]:
        """Return the predictions of the model."""
        began = time.process_time()
        found: list[Prediction] = self._model.predict(batch)
        Spent.seconds += time.process_time() - began
        return found


def judges(folder: Path) -> dict[str, list[Any]]:
    """Return the judges of each design, one a fold."""
    run.FOLDS.__init__(folder)  # type: ignore[misc]
    models = [Timed(judge._loaded()) for judge in run.FOLDS._judges]
    near = Definitions()
    return {
        "lexicon alone": [LexiconOnly()] * run.SHARES,
        "TF-IDF": [WithModel(Words(k)) for k in range(run.SHARES)],  # type: ignore[arg-type]
        "event model": [WithModel(model) for model in models],  # type: ignore[arg-type]
        "nearest definition": [WithModel(near)] * run.SHARES,  # type: ignore[arg-type]
    }


def main() -> None:
    """Print the figures of each design."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--folds", type=Path, required=True)
    parser.add_argument("--only-folds", type=int, nargs="*", default=list(range(run.SHARES)))
    parser.add_argument("--every", type=int, default=1, help="take each n-th of the sentences")
    options = parser.parse_args()
    lines = (run.EVAL / "events/event_zsp_plv_train.jsonl").read_text(encoding="utf-8")
    gold = [json.loads(line) for line in lines.splitlines()]
    gold = [row for row in gold if run.FOLDS.number(row["text"]) in options.only_folds]
    gold = gold[:: options.every]
    known = judges(options.folds)
    stages = [events.stage(run.FOLDS) if s.name == "events" else s for s in default_stages()]
    coder = Coder(stages=stages)
    nlp = spacy.load(DEFAULT_MODEL)
    list(nlp.pipe(row["text"] for row in gold[:20]))
    began = time.process_time()
    list(nlp.pipe(row["text"] for row in gold))
    parse = time.process_time() - began
    run.rows = lambda *_: gold
    run.rescoring.calibrated = run.EVIDENCE.calibrated  # type: ignore[assignment]
    for name, each in known.items():
        run.FOLDS._judges, run.FOLDS._now, Spent.seconds = each, each[0], 0.0
        print(f"{name}, {len(gold)} sentences", flush=True)
        run.plv(coder, None, errors=False)
        print(f"cost: {Spent.seconds / parse:.2f} of the parse", flush=True)


if __name__ == "__main__":
    main()
