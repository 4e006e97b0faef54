"""What a logistic regression on ECB+ makes of the features that merging compares events by.

    python training/merging/weights.py

Prints each feature with the weight in ``weights.yaml``, the weight learnt from
all annotated pairs of the set, and how often it is there in pairs that are one
and in pairs that are not; then how both tables rank the pairs (average
precision), the learnt one by 10-fold cross-validation over topics.

The weights in use are set by hand: they follow the learnt sign and size where
the set says much, and judgement where it cannot: its documents have no dates
of publication, few places, and two look-alike happenings in each topic.
"""

from __future__ import annotations

import os
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from dateline import CodedReport, Coder, Report
from dateline.merging import ReportView, view
from dateline.merging.compare import Feature
from dateline.merging.pairs import Ref, around, pair
from dateline.merging.scoring import compare, default_weights

ROOT = Path(__file__).resolve().parents[2]
EVAL = Path(os.environ.get("DATELINE_EVAL", ROOT / ".." / "shared" / "eval"))
sys.path.insert(0, str(ROOT / "benchmarks" / "merging"))

Row = tuple[dict[str, float], bool, str]
"""Features by id, whether the two are one, topic."""


def rows(
    gold: Mapping[Ref, str], views: Mapping[str, ReportView], topic: Mapping[str, str]
) -> Iterator[Row]:
    """Yield every pair of annotated events of one topic whose types can be one."""
    weights = default_weights()
    by_topic = defaultdict(list)
    for id in sorted({ref[0] for ref in gold}):
        by_topic[topic[id]].append(views[id])
    for name, known in by_topic.items():
        for n, first in enumerate(known):
            for second in known[n:]:
                near = around(first, second, pair(first, second, weights))
                for k, a in enumerate(first.events):
                    for b in first.events[k + 1 :] if first is second else second.events:
                        refs = (first.id, a.id), (second.id, b.id)
                        if refs[0] in gold and refs[1] in gold:
                            found = compare(a, b, near, weights)
                            if found:
                                one = gold[refs[0]] == gold[refs[1]]
                                yield {f.id: f.value for f in found}, one, name


def learn(data: list[Row]) -> tuple[dict[str, float], float, float, float]:
    """Return the learnt weights, the bias, and the average precision of both tables."""
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.metrics import average_precision_score
    from sklearn.model_selection import GroupKFold, cross_val_predict

    vectors = DictVectorizer()
    matrix = vectors.fit_transform([row[0] for row in data])
    gold = np.array([row[1] for row in data])
    model = LogisticRegression(C=1.0, max_iter=2000)
    folded = cross_val_predict(
        model, matrix, gold, groups=[row[2] for row in data], cv=GroupKFold(10),
        method="predict_proba",
    )[:, 1]  # fmt: skip
    model.fit(matrix, gold)
    weights = default_weights()
    ours = [weights.score([Feature(id, value) for id, value in row[0].items()]) for row in data]
    names: Any = vectors.feature_names_
    return (
        dict(zip(names, model.coef_[0], strict=True)),
        float(model.intercept_[0]),
        float(average_precision_score(gold, ours)),
        float(average_precision_score(gold, folded)),
    )


def main() -> None:
    """Print the table."""
    import coref

    path = EVAL / "merging" / "coref_ecbplus_train_dev.jsonl"
    if not path.exists():
        sys.exit(f"no gold data at {path}; set DATELINE_EVAL to its folder")
    docs = [*coref.load(path, "train"), *coref.load(path, "dev")]
    coded: list[CodedReport] = list(
        Coder().stream(Report(id=doc["doc_id"], text=doc["text"]) for doc in docs)
    )
    gold, _ = coref.aligned(docs, coded)
    views = {one.report.id: view(one) for one in coded}
    data = list(rows(gold, views, {doc["doc_id"]: doc["topic"] for doc in docs}))
    learnt, bias, ours, folded = learn(data)
    weights = default_weights()
    count = {one: Counter(id for f, same, _ in data if same == one for id in f) for one in (1, 0)}
    print(f"{len(data)} pairs, {sum(row[1] for row in data)} of them one")
    print(f"{'bias':24s} {weights.bias:6.2f} {bias:6.2f}")
    for id, weight in weights.features.items():
        told = f"{learnt[id]:6.2f}" if id in learnt else "     –"
        print(f"{id:24s} {weight.weight:6.2f} {told} {count[1][id]:6d} {count[0][id]:6d}")
    print(
        f"average precision: weights in use {ours:.3f}, learnt (10-fold over topics) {folded:.3f}"
    )


if __name__ == "__main__":
    main()
