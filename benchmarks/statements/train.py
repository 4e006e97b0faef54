"""Train the models of the statements stage on PolNeAR's training set and write their tables.

    python benchmarks/statements/train.py [--cache DIR] [--out DIR]

Data statement: 919 articles of seven US news publishers, November 2015 to
November 2016, on the campaigns of the US general election; 22,501 attributions
annotated by PolNeAR's authors. The tables hold weights of features (words,
dependency labels, entity types), none of its sentences. PolNeAR's repository
names no licence for the corpus, only MIT for its Python package; the articles
belong to their publishers.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from polnear import GoldDoc, read, root
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from dateline.statements.decode import Models, cue_candidates
from dateline.statements.elements import element_features, elements
from dateline.statements.features import (
    cue_features,
    no_source_features,
    source_candidates,
    source_features,
)
from dateline.statements.lexicon import lexicon
from dateline.statements.linear import Linear

VERSION = "2"
C = {"cue": 0.1, "source": 0.3, "content": 0.1}
MIN_COUNT = 4
MIN_WEIGHT = 0.06
PARTS = ("rest", "up", "colon")
"""Kinds of elements that must lie in the content by four fifths, not only by half."""
LOOSE = ("rest", "colon", "quote")
"""Kinds of elements without a root of their own."""


@dataclass
class Examples:
    """Rows of features with their labels."""

    rows: list[list[str]] = field(default_factory=list)
    labels: list[int] = field(default_factory=list)

    def add(self, features: list[str], label: bool) -> None:
        self.rows.append(features)
        self.labels.append(int(label))


def count_words(docs: Sequence[GoldDoc]) -> tuple[frozenset[str], frozenset[str]]:
    """Return the words that are mostly cues, and those other than verbs that may be one.

    The latter with those of the cue lexicon, which may be rare in the training set.
    """
    cues: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    for doc in docs:
        view = doc.view
        inside = {t for one in doc.attributions for t in one["content"]}
        name = view.word
        seen.update(name[i] for i in range(view.n) if i not in inside)
        heads = (root(view, one["cue"]) for one in doc.attributions if one["cue"])
        cues.update(name[i] for i in heads if i is not None)
    strong = {w for w, n in cues.items() if n >= 10 and n >= 0.4 * seen[w]}
    words = {
        w for w, n in cues.items() if n >= 3 and n >= 0.02 * seen[w] and not w.endswith("/VERB")
    }
    known = {w for w in lexicon().words if not w.endswith("/VERB") and "_" not in w}
    return frozenset(strong), frozenset(words | known)


def cue_examples(docs: Sequence[GoldDoc], models: Models) -> Examples:
    """Every candidate that is the head of a cue, or no part of one."""
    out = Examples()
    for doc in docs:
        heads = {root(doc.view, one["cue"]) for one in doc.attributions if one["cue"]}
        parts = {t for one in doc.attributions for t in one["cue"]}
        for i in cue_candidates(doc.view, models):
            if i in heads or i not in parts:
                out.add(cue_features(doc.view, i, models.strong), i in heads)
    return out


def source_examples(docs: Sequence[GoldDoc]) -> Examples:
    out = Examples()
    for doc in docs:
        view = doc.view
        for one in doc.attributions:
            cue = root(view, one["cue"]) if one["cue"] else None
            if cue is None:
                continue
            head = root(view, one["source"]) if one["source"] else None
            ups = view.path(cue, 6)
            for rank, i in enumerate(source_candidates(view, cue)):
                if i not in one["cue"] and (i == head or i not in one["source"]):
                    out.add(source_features(view, cue, i, ups, rank), i == head)
            out.add(no_source_features(view, cue), not one["source"])
    return out


def content_examples(docs: Sequence[GoldDoc]) -> Examples:
    out = Examples()
    for doc in docs:
        view = doc.view
        for one in doc.attributions:
            cue = root(view, one["cue"]) if one["cue"] else None
            if cue is None:
                continue
            other = one["cue"] | one["source"]
            source = (min(one["source"]), max(one["source"]) + 1) if one["source"] else None
            found = elements(view, cue, source)
            kinds = frozenset(element.kind for element in found)
            for element in found:
                words = [
                    t
                    for t in range(element.first, element.last)
                    if view.pos[t] != "PUNCT" and t not in other
                ]
                if words:
                    share = sum(t in one["content"] for t in words) / len(words)
                    enough = 0.8 if element.kind.startswith(PARTS) else 0.5
                    rooted = element.root in one["content"] or element.kind.startswith(LOOSE)
                    features = element_features(view, cue, element, source, kinds)
                    out.add(features, rooted and share >= enough)
    return out


def fit(examples: Examples, c: float) -> Linear:
    """Fit a logistic regression and keep the weights that matter, in hundredths."""
    counts = Counter(f for row in examples.rows for f in set(row))
    names = sorted(f for f, n in counts.items() if n >= MIN_COUNT)
    place = {f: i for i, f in enumerate(names)}
    columns: list[int] = []
    ends = [0]
    for row in examples.rows:
        columns.extend(sorted({place[f] for f in row if f in place}))
        ends.append(len(columns))
    matrix = csr_matrix(
        (np.ones(len(columns), dtype=np.float32), columns, ends), (len(examples.rows), len(names))
    )
    model = LogisticRegression(C=c, solver="liblinear", fit_intercept=False, random_state=0)
    model.fit(matrix, examples.labels)
    return Linear(
        {
            name: round(float(weight) * 100) / 100
            for name, weight in zip(names, model.coef_[0], strict=True)
            if abs(weight) >= MIN_WEIGHT
        }
    )


def train(docs: Sequence[GoldDoc]) -> Models:
    """Return models trained on documents."""
    strong, words = count_words(docs)
    empty = Linear({})
    models = Models(empty, empty, empty, strong, words)
    return Models(
        fit(cue_examples(docs, models), C["cue"]),
        fit(source_examples(docs), C["source"]),
        fit(content_examples(docs), C["content"]),
        strong,
        words,
    )


def write(models: Models, out: Path) -> None:
    """Write the tables."""
    out.mkdir(parents=True, exist_ok=True)
    head = (
        f"# version {VERSION}; made by benchmarks/statements/train.py from the training set of PolNeAR"
        " (Newell, Margolin and Ruths 2018); weights are ours, Apache-2.0\n"
    )
    for name in ("cue", "source", "content"):
        weights = getattr(models, name).weights
        rows = (
            f"{feature}\t{round(weight * 100)}\n" for feature, weight in sorted(weights.items())
        )
        _save(out / f"{name}.tsv", head + "# feature, weight in hundredths of a logit\n", rows)
    uses = {w: ["candidate"] * (w in models.words) + ["strong"] * (w in models.strong) for w in models.words | models.strong}  # fmt: skip
    rows = (f"{word}\t{','.join(use)}\n" for word, use in sorted(uses.items()))
    _save(out / "words.tsv", head + "# word, what it is used for\n", rows)


def _save(path: Path, head: str, rows: Iterable[str]) -> None:
    path.write_text(head + "".join(rows), encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cache", type=Path)
    here = Path(__file__).resolve().parents[2]
    parser.add_argument("--out", type=Path, default=here / "src/dateline/statements/weights")
    options = parser.parse_args()
    docs = read("train", options.cache)
    write(train(docs), options.out)
    print(f"trained on {len(docs)} documents; tables in {options.out}")


if __name__ == "__main__":
    main()
