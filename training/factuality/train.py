"""Learns the weights of ``dateline.events.factuality`` from UW's ratings of FactBank.

    DATELINE_EVAL=… python training/factuality/train.py [--write]

Ridge regression over the features of the module that at least ``LEAST`` acts of the training part
have. Prints r and the mean absolute error over five folds of the training part, split by normalised
sentence, and on the development part; ``--write`` writes the table of weights. Needs scikit-learn.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import Ridge
from sklearn.model_selection import GroupKFold

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "benchmarks" / "events"))

from status import rated  # noqa: E402

from dateline.events.factuality import BOUND, features  # noqa: E402
from dateline.events.status import status_of  # noqa: E402

LEAST = 4
ALPHA = 12.0
TABLE = ROOT / "src" / "dateline" / "events" / "factuality.tsv"
HEAD = (
    "# version 1; how sure it is that an act happened, -3 to 3; made by training/factuality/train.py"
    " from UW's ratings of FactBank (Lee et al. 2015), training part; the weights are dateline's own,"
    " Apache-2.0\n# feature, weight in hundredths\n"
)


def data(part: str) -> tuple[list[dict[str, float]], np.ndarray, list[str]]:
    """Return features, ratings and the normalised sentence of each act."""
    rows, ratings, groups = [], [], []
    for doc, acts in rated(part):
        for token, rating in acts:
            rows.append(dict.fromkeys(sorted(features(token, status_of(doc, token))), 1.0))
            ratings.append(rating)
            groups.append(" ".join(doc.text.lower().split()))
    return rows, np.array(ratings), groups


def fitted(rows: list[dict[str, float]], ratings: np.ndarray) -> dict[str, float]:
    """Return the weights, as rounded as they ship."""
    names = DictVectorizer()
    table = names.fit_transform(rows)
    kept = np.asarray((table > 0).sum(axis=0)).ravel() >= LEAST
    model = Ridge(alpha=ALPHA, solver="lsqr", tol=1e-6).fit(table[:, kept], ratings)
    weights = {
        name: round(100 * float(w)) / 100
        for name, w in zip(names.get_feature_names_out()[kept], model.coef_, strict=True)
    }
    found = {name: w for name, w in weights.items() if abs(w) >= 0.02}
    found["bias"] = round(100 * float(model.intercept_)) / 100
    return found


def scored(weights: dict[str, float], rows: list[dict[str, float]]) -> np.ndarray:
    """Return the scores of acts."""
    bias = weights["bias"]
    sums = [bias + sum(weights.get(name, 0.0) for name in row) for row in rows]
    return np.clip(np.array(sums), -BOUND, BOUND)


def line(name: str, gold: np.ndarray, found: np.ndarray) -> str:
    """Return r and the mean absolute error."""
    r = np.corrcoef(gold, found)[0, 1]
    return f"{name}: r {r:.3f}, mean error {np.abs(gold - found).mean():.3f}, {len(gold)} acts"


def main() -> None:
    """Learn, print and write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    rows, ratings, groups = data("train")
    folded = np.zeros(len(ratings))
    for train, test in GroupKFold(5).split(rows, groups=groups):
        weights = fitted([rows[i] for i in train], ratings[train])
        folded[test] = scored(weights, [rows[i] for i in test])
    print(line("five folds of train", ratings, folded))
    weights = fitted(rows, ratings)
    dev, gold, _ = data("dev")
    print(line("dev", gold, scored(weights, dev)), f"{len(weights)} features")
    if options.write:
        body = "".join(f"{name}\t{round(100 * w)}\n" for name, w in sorted(weights.items()))
        TABLE.write_text(HEAD + body, encoding="utf-8")


if __name__ == "__main__":
    main()
