"""Learns the weights of ``dateline.events.linker`` from gold sources and targets.

    python training/linker/collect.py FILE
    python training/linker/train.py FILE [--write] [--folds FOLDER]

Logistic regression for either side over the features that at least ``LEAST`` participants have.
Prints what five folds by normalised sentence give: the area under the curve, and how many of the
sides of a hit are right with the entry's roles alone and with the linker. ``--write`` writes the
table of weights, ``--folds`` one table a fold, learnt without it. Needs scikit-learn.
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

from dateline.events.linker import ADDED, SIDES, STRONG, WEAK

LEAST = 4
STRENGTH = 0.15
"""Inverse of the ridge penalty."""
BESIDE = 0.5
"""How much a hit counts that the set does not mean."""
FOLDS = 5
TABLE = Path(__file__).parents[2] / "src" / "dateline" / "events" / "linker.tsv"
HEAD = (
    "# version 1; which participant of a sentence acts and which is acted upon; made by"
    " training/linker/train.py from marked sources and targets (training/event_model/DATA.md); the"
    " weights are dateline's own, Apache-2.0\n# side and feature, weight in hundredths\n"
)
Row = dict[str, Any]


def fitted(rows: Sequence[Row]) -> dict[str, float]:
    """Return the weights of both sides, as rounded as they ship."""
    people = [person for row in rows for person in row["people"]]
    counts = [1.0 if row["meant"] else BESIDE for row in rows for _ in row["people"]]
    names = DictVectorizer()
    table = names.fit_transform([dict.fromkeys(p["features"], 1.0) for p in people])
    kept = np.asarray((table > 0).sum(axis=0)).ravel() >= LEAST
    labels = names.get_feature_names_out()[kept]
    weights = {}
    for n, side in enumerate(SIDES):
        gold = np.array([person["gold"][n] for person in people])
        model = LogisticRegression(C=STRENGTH, max_iter=500).fit(table[:, kept], gold, counts)
        weights[f"{side} bias"] = round(float(model.intercept_[0]), 2)
        pairs = zip(labels, model.coef_[0], strict=True)
        weights |= {f"{side} {name}": round(float(w), 2) for name, w in pairs if abs(w) >= 0.02}
    return weights


def chance(weights: dict[str, float], person: Row, side: str) -> float:
    """Return the probability of a side."""
    total = weights[f"{side} bias"]
    total += sum(weights.get(f"{side} {name}", 0.0) for name in person["features"])
    return float(1 / (1 + np.exp(-total)))


def chosen(weights: dict[str, float], row: Row, n: int) -> list[Row]:
    """Return who stands on a side after the linker, by the rule of the package."""
    people, side = row["people"], SIDES[n]
    own = [p for p in people if p["own"][n]]
    others = [p for p in people if not p["own"][0] and not p["own"][1]]
    best = max(others, key=lambda p: chance(weights, p, side), default=None)
    if best is None:
        return own
    sure = chance(weights, best, side)
    if not own:
        return [best] if sure >= ADDED[side] else []
    weak = max(chance(weights, p, side) for p in own)
    return [best] if weak <= WEAK and sure >= STRONG else own


def report(rows: Sequence[Row], learnt: Sequence[dict[str, float]]) -> None:
    """Print the figures of the folds."""
    for n, side in enumerate(SIDES):
        said = [
            (p["gold"][n], chance(learnt[r["fold"]], p, side)) for r in rows for p in r["people"]
        ]
        area = roc_auc_score([g for g, _ in said], [s for _, s in said])
        print(f"{side}: area under the curve {area:.3f}")
        for name in sorted({row["set"] for row in rows}):
            part = [row for row in rows if row["set"] == name]
            before = [[p for p in row["people"] if p["own"][n]] for row in part]
            after = [chosen(learnt[row["fold"]], row, n) for row in part]
            print(
                f"  {name:6s} {len(part):5d}  roles {score(before, n, part)}  linked {score(after, n, part)}"
            )


def score(found: Sequence[Sequence[Row]], n: int, rows: Sequence[Row]) -> str:
    """Return precision, recall and F1 of a side, one of each a hit."""
    right = sum(any(p["gold"][n] for p in side) for side in found)
    given = sum(bool(side) for side in found)
    f1 = 2 * right / max(given + len(rows), 1)
    return f"P {right / max(given, 1):.3f} R {right / len(rows):.3f} F1 {f1:.3f}"


def written(weights: dict[str, float]) -> str:
    """Return the table of weights."""
    return HEAD + "".join(f"{name}\t{round(100 * w)}\n" for name, w in sorted(weights.items()))


def main() -> None:
    """Learn, print and write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("rows", type=Path)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--folds", type=Path, help="folder for the tables of the folds")
    options = parser.parse_args()
    rows = [json.loads(line) for line in options.rows.read_text(encoding="utf-8").splitlines()]
    learnt = [fitted([r for r in rows if r["fold"] != k]) for k in range(FOLDS)]
    report([r for r in rows if r["meant"]], learnt)
    beside = [r for r in rows if not r["meant"]]
    filled = [sum(bool(chosen(learnt[r["fold"]], r, n)) for r in beside) for n in (0, 1)]
    print(f"beside: {len(beside)} other hits, actor and recipient put to {filled}")
    if options.folds:
        for k, weights in enumerate(learnt):
            (options.folds / f"fold{k}" / "linker.tsv").write_text(
                written(weights), encoding="utf-8"
            )
    if options.write:
        weights = fitted(rows)
        TABLE.write_text(written(weights), encoding="utf-8")
        print(f"{len(weights)} features written")


if __name__ == "__main__":
    main()
