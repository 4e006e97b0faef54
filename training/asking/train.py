"""Learns the weights of ``dateline.events.asking`` from what the event model said.

    python training/asking/collect.py FILE
    python training/asking/train.py FILE [--write]

Logistic regression over the features that at least ``LEAST`` questions have. Prints, over five
folds by report, the area under the curve and how many questions and yeses are left at some
thresholds. ``--write`` writes the table of weights. Needs scikit-learn.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from dateline.events.asking import PROMISING, SETTLED, USES

LEAST = 4
STRENGTH = 0.3
"""Inverse of the ridge penalty."""
FOLDS = 5
TABLE = Path(__file__).parents[2] / "src" / "dateline" / "events" / "asking.tsv"
HEAD = (
    "# version 1; whether the event model would find an event; made by training/asking/train.py from"
    " the model's own answers; the weights are dateline's own, Apache-2.0\n"
    "# feature, weight in hundredths\n"
)
Row = dict[str, Any]


def fitted(rows: Sequence[Row]) -> dict[str, float]:
    """Return the weights, as rounded as they ship."""
    names = DictVectorizer()
    table = names.fit_transform([dict.fromkeys(row["features"], 1.0) for row in rows])
    kept = np.asarray((table > 0).sum(axis=0)).ravel() >= LEAST
    labels = names.get_feature_names_out()[kept]
    model = LogisticRegression(C=STRENGTH, max_iter=1000)
    model.fit(table[:, kept], np.array([row["yes"] for row in rows]))
    weights = {"bias": round(float(model.intercept_[0]), 2)}
    pairs = zip(labels, model.coef_[0], strict=True)
    return weights | {name: round(float(w), 2) for name, w in pairs if abs(w) >= 0.03}


def chance(weights: dict[str, float], row: Row) -> float:
    """Return the probability of a yes."""
    total = weights["bias"] + sum(weights.get(name, 0.0) for name in row["features"])
    return float(1 / (1 + np.exp(-total)))


def main() -> None:
    """Learn, print and write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("rows", type=Path)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    rows = [json.loads(line) for line in options.rows.read_text(encoding="utf-8").splitlines()]
    learnt = [fitted([r for r in rows if r["report"] % FOLDS != k]) for k in range(FOLDS)]
    chances = np.array([chance(learnt[row["report"] % FOLDS], row) for row in rows])
    yes = np.array([row["yes"] for row in rows])
    for use in USES:
        of = np.array([row["use"] == use for row in rows])
        area = roc_auc_score(yes[of], chances[of])
        print(
            f"{use}: {of.sum()} questions, {yes[of].mean():.1%} yes, area under the curve {area:.3f}"
        )
        for least in (0.03, 0.05, PROMISING, 0.1, 0.15, SETTLED):
            over = of & (chances >= least)
            kept = (over & yes).sum() / yes[of].sum()
            print(f"  from {least:.2f}: {over.sum() / of.sum():.1%} asked, {kept:.1%} of the yeses")
    if options.write:
        lines = "".join(f"{name}\t{round(100 * w)}\n" for name, w in sorted(fitted(rows).items()))
        TABLE.write_text(HEAD + lines, encoding="utf-8")


if __name__ == "__main__":
    main()
