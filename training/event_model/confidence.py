"""Fit the calibrated confidence of events on fold predictions; report its calibration.

    python benchmarks/events/run.py --evidence runs/lexicon.jsonl
    python benchmarks/events/run.py --folds runs/onnx --evidence runs/model.jsonl
    python training/event_model/confidence.py runs/lexicon.jsonl runs/model.jsonl [--write] [--svg FILE]

The events are those of PLV that touch both marked sides, or are the only one of the sentence and
touch one, and those of the gold standard records that are the only one of the sentence. The error is
honest: each fold is told by the weights of the other four. Needs scikit-learn.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "benchmarks" / "events_model"))

from calibrate import error, svg, table  # noqa: E402

TABLE = ROOT / "src/dateline/events/model/weights/confidence.tsv"
HEAD = (
    "# version 1; how often events with such evidence are right; made by"
    " training/event_model/confidence.py from fold predictions on PLV and the PLOVER gold standard"
    " records; the weights are dateline's own, Apache-2.0\n# evidence, weight in hundredths\n"
)
STRENGTH = 0.3
"""Inverse of the ridge penalty."""
ORIGINS = ("lexicon", "both", "model")
Row = dict[str, Any]


def fitted(rows: Sequence[Row]) -> dict[str, float]:
    """Return the weight of each piece of evidence."""
    names = DictVectorizer()
    values = names.fit_transform([row["found"] for row in rows])
    right = np.array([row["right"] for row in rows])
    model = LogisticRegression(C=STRENGTH, fit_intercept=False, max_iter=2000).fit(values, right)
    pairs = zip(names.get_feature_names_out(), model.coef_[0], strict=True)
    return {name: round(float(weight), 2) for name, weight in pairs}


def told(weights: dict[str, float], row: Row) -> float:
    """Return the confidence of a row."""
    total = sum(weights.get(name, 0.0) * value for name, value in row["found"].items())
    return 1 / (1 + math.exp(-total))


def raw(row: Row) -> float:
    """Return the confidence as it was before: that of lexicon and model together."""
    odds = next(value for name, value in row["found"].items() if name.endswith(" sure"))
    return 1 / (1 + math.exp(-odds))


def crossed(rows: Sequence[Row]) -> np.ndarray:
    """Return the confidence of each row by the weights of the other folds."""
    said = np.zeros(len(rows))
    for fold in range(5):
        weights = fitted([row for row in rows if row["fold"] != fold])
        for n, row in enumerate(rows):
            if row["fold"] == fold:
                said[n] = told(weights, row)
    return said


def bounds(said: np.ndarray, right: np.ndarray) -> str:
    """Return the expected calibration error with its bootstrap 95 % interval over events."""
    rng = np.random.default_rng(0)
    drawn = [
        error(said[at], right[at])
        for at in (rng.integers(0, len(said), len(said)) for _ in range(500))
    ]
    low, high = np.percentile(drawn, [2.5, 97.5])
    return f"{error(said, right):.3f} [{low:.3f}, {high:.3f}]"


def report(rows: Sequence[Row], said: np.ndarray) -> list[tuple[int, float, float]]:
    """Print errors and reliability; return the bins of the last table."""
    before, right = np.array([raw(row) for row in rows]), np.array([r["right"] for r in rows])
    origin = np.array([next(o for o in ORIGINS if o in row["found"]) for row in rows])
    bins: list[tuple[int, float, float]] = []
    for name, at in (
        *((o, origin == o) for o in ORIGINS),
        ("with the model", origin != "lexicon"),
    ):
        if not at.any():
            continue
        brier = [float(((x[at] - right[at]) ** 2).mean()) for x in (before, said)]
        print(f"{name}: {at.sum()} events, {right[at].mean():.3f} right; expected calibration error"
              f" {bounds(before[at], right[at])} before, {bounds(said[at], right[at])} after;"
              f" Brier {brier[0]:.3f}, {brier[1]:.3f}")  # fmt: skip
        bins = table(said[at], right[at])
        for n, mean, seen in bins:
            print(f"  {n:5d} said {mean:.2f}, right {seen:.2f}")
    return bins


def main() -> None:
    """Fit, print and write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--svg", type=Path)
    options = parser.parse_args()
    rows = [json.loads(line) for path in options.files for line in path.read_text().splitlines()]
    bins = report(rows, crossed(rows))
    if options.svg:
        options.svg.write_text(svg(bins), encoding="utf-8")
    if options.write:
        body = "".join(f"{name}\t{round(100 * w)}\n" for name, w in sorted(fitted(rows).items()))
        TABLE.write_text(HEAD + body, encoding="utf-8")


if __name__ == "__main__":
    main()
