"""Learns the weights of ``dateline.events.proposals`` from proposals that were judged.

    python training/proposals/train.py [--write]

``rows.tsv`` has a line for each act that the event model alone proposed: of PLV and of the gold
standard report texts (by models that had not learnt from the sentence; right where type and both
sides, for the latter the type, are the set's), and of 160 articles of the BBC and 82 of the web
(``gen``), which one reader judged. It holds the features of each and no text; it was made by the
state of the coder that proposed them. Logistic regression; prints over five folds how many right
and wrong proposals are kept at the threshold of the table. ``--write`` writes the weights.
Needs scikit-learn.
"""

from __future__ import annotations

import argparse
import csv
import re
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_predict

from dateline.events.proposals import FEATURES, load_table

ROOT = Path(__file__).parents[2]
ROWS = Path(__file__).with_name("rows.tsv")
WEIGHTS = ROOT / "src" / "dateline" / "events" / "proposals.yaml"
FOLDS, SEED = 5, 0


def rows() -> list[dict[str, str]]:
    """Return the judged proposals."""
    with ROWS.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter="\t"))


def written(weights: dict[str, float]) -> str:
    """Return the table with other weights."""
    text = WEIGHTS.read_text(encoding="utf-8")
    for name, weight in weights.items():
        text, found = re.subn(rf"(?m)^(  {name}: ).*$", rf"\g<1>{weight:g}", text)
        if found != 1:
            raise SystemExit(f"{WEIGHTS} has {found} lines for {name!r}; it needs one")
    return text


def main() -> None:
    """Fit, print what folds keep, and write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    judged = rows()
    features = [name for name in FEATURES if name != "bias"]
    x = np.array([[float(row[name]) for name in features] for row in judged])
    y = np.array([int(row["right"]) for row in judged])
    model = LogisticRegression(C=1.0, max_iter=2000)
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=SEED)
    chances = cross_val_predict(model, x, y, cv=folds, method="predict_proba")[:, 1]
    for group, names in (("general news", ("gen",)), ("PLV and GSR", ("plv", "gsr"))):
        here = np.array([row["set"] in names for row in judged])
        kept = chances >= load_table().least
        print(
            f"{group}: of {(here & (y == 1)).sum()} right ones {(here & kept & (y == 1)).sum()} kept, "
            f"of {(here & (y == 0)).sum()} wrong ones {(here & kept & (y == 0)).sum()}"
        )
    model.fit(x, y)
    weights = {"bias": round(float(model.intercept_[0]), 2)}
    weights |= {n: round(float(w), 2) for n, w in zip(features, model.coef_[0], strict=True)}
    print(weights)
    if given.write:
        WEIGHTS.write_text(written(weights), encoding="utf-8")


if __name__ == "__main__":
    main()
