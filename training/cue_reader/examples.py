"""PolNeAR's documents as windows of ids with labels, and the linear model's scores of their candidates.

The linear model's scores of a training document come from a model that has not seen it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import train as linear
from numpy.typing import NDArray
from polnear import GoldDoc, root
from score import folds_of

from dateline.statements.decode import Models, cue_candidates
from dateline.statements.features import cue_features
from dateline.statements.linear import Linear
from dateline.statements.model.encoding import Encoder, Labels, Window

REFUSED = -4.0
"""Sentences without a candidate of at least this logit are not learnt from."""


@dataclass
class Row:
    """A document with its candidates and their scores by the linear model."""

    doc: GoldDoc
    candidates: list[int]
    scores: list[float]
    heads: set[int]
    parts: set[int]


@dataclass
class Example:
    """A window with the labels of its tokens."""

    window: Window
    row: int
    labels: NDArray[np.float32]
    """Of each token: head of a cue, part of a source, part of a content."""
    counts: NDArray[np.float32]
    """1 for candidates that are the head of a cue or no part of one."""


def rows_of(docs: Sequence[GoldDoc], k: int) -> list[Row]:
    """Return the documents with scores of their candidates by linear models of the other folds."""
    strong, words = linear.count_words(docs)
    empty = Linear({})
    base = Models(empty, empty, empty, strong, words)
    part = folds_of(docs, k)
    rows: list[Row | None] = [None] * len(docs)
    for fold in range(k):
        seen = [doc for doc, p in zip(docs, part, strict=True) if p != fold]
        model = linear.fit(linear.cue_examples(seen, base), linear.C["cue"])
        for n, doc in enumerate(docs):
            if part[n] == fold:
                rows[n] = scored(doc, base, model)
    return [row for row in rows if row is not None]


def scored(doc: GoldDoc, models: Models, cue: Linear) -> Row:
    """Return a document with the scores of its candidates."""
    candidates = cue_candidates(doc.view, models)
    scores = [cue.score(cue_features(doc.view, i, models.strong)) for i in candidates]
    found = [root(doc.view, one["cue"]) for one in doc.attributions if one["cue"]]
    parts = {t for one in doc.attributions for t in one["cue"]}
    return Row(doc, candidates, scores, {i for i in found if i is not None}, parts)


def labels_of(docs: Sequence[GoldDoc]) -> Labels:
    """Return the ids of the labels of the parse that the documents have."""
    deps, tags = ({x for doc in docs for x in getattr(doc.view, c)} for c in ("dep", "tag"))
    return Labels(*({x: n for n, x in enumerate(sorted(found), 1)} for found in (deps, tags)))


def examples_of(rows: Sequence[Row], encoder: Encoder) -> Iterator[Example]:
    """Yield the sentences that hold a candidate which the linear model does not rule out."""
    for n, row in enumerate(rows):
        view = row.doc.view
        score = dict(zip(row.candidates, row.scores, strict=True))
        source, content = (
            {t for one in row.doc.attributions for t in one[role]} for role in ("source", "content")
        )
        for first, last in view.sents:
            if max((score[t] for t in range(first, last) if t in score), default=-99.0) < REFUSED:
                continue
            for window in encoder.windows(view, first, last):
                labels = [[t in row.heads, t in source, t in content] for t in window.tokens]
                counts = [
                    t in score and (t in row.heads or t not in row.parts) for t in window.tokens
                ]
                yield Example(window, n, np.array(labels, np.float32), np.array(counts, np.float32))
