"""The entity recogniser's decisions, a batch at a time.

spaCy's recogniser reads tokens from left to right and chooses a move for each: begin,
continue, close an entity, an entity of one token, or none (BILUO). Outside an entity
the choice does not depend on earlier ones, so that it is made for all tokens of a
batch at once; only inside entities, from the tokens that begin one, is it followed
token by token, for all of them together. Moves, constraints and arithmetic are those
of spaCy 3 (``spacy.pipeline._parser_internals.ner``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.attrs import IS_SPACE, SENT_START
from spacy.tokens import Doc, Span

from dateline.language.swift.scoring import NEVER, Floats, Parts, Scores, scores_alike

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

FEATURES = 3
"""Words of a state that the model reads."""


def decides_alike(pipe: Any) -> bool:
    """Return whether a recogniser is built as the one whose decisions stand here."""
    return scores_alike(pipe, FEATURES)


class Moves:
    """The classes of the recogniser, by what they do."""

    def __init__(self, names: Sequence[str]) -> None:
        kinds = np.array([name[:1] for name in names])
        self.labels = [name[2:] for name in names]
        self.begin: Bools = (kinds == "B") & np.array([label != "" for label in self.labels])
        self.unit: Bools = (kinds == "U") & np.array([label != "" for label in self.labels])
        self.out: Bools = kinds == "O"
        places = {name: n for n, name in enumerate(names)}
        self.inside: Ints = np.array(
            [places.get(f"I-{label}", -1) for label in self.labels], dtype=np.int64
        )
        self.last: Ints = np.array(
            [places.get(f"L-{label}", -1) for label in self.labels], dtype=np.int64
        )


class Entities:
    """Finds the entities of documents as spaCy's recogniser would.

    ``pipe`` is the recogniser; ``decides_alike(pipe)`` holds.
    """

    def __init__(self, pipe: Any) -> None:
        self._parts = Parts(pipe)
        self._scores = Scores(pipe.model)
        self._moves = Moves([pipe.moves.get_class_name(n) for n in range(pipe.moves.n_moves)])

    def find(self, docs: Sequence[Doc], vectors: Floats) -> Iterator[tuple[Doc, list[Span]]]:
        """Yield each ``Doc`` with its entities; ``vectors``: float32 (tokens of all, width)."""
        tokens = np.concatenate(
            [doc.to_array([IS_SPACE, SENT_START]).reshape(-1, 2) for doc in docs]
        ).astype(np.int64)
        lengths = [len(doc) for doc in docs]
        ends = np.cumsum(lengths, dtype=np.int64)
        stops = self._stops(tokens[:, 1], ends)
        parts = self._parts(vectors, lengths)[1:]
        choice = self._outside(parts, tokens[:, 0] == 1, stops)
        starts = np.flatnonzero(self._moves.begin[choice])
        closed = dict(
            zip(starts.tolist(), self._closed(parts, choice, starts, stops).tolist(), strict=True)
        )
        start = 0
        moves = choice.tolist()
        for doc, end in zip(docs, ends.tolist(), strict=True):
            yield doc, list(self._spans(doc, moves, closed, start, end))
            start = end

    @staticmethod
    def _stops(sentence_starts: Ints, ends: Ints) -> Bools:
        """Return the tokens that an entity cannot go on from: ends of texts and of sentences."""
        stops = np.zeros(len(sentence_starts), dtype=np.bool_)
        stops[:-1] = sentence_starts[1:] == 1
        stops[ends[ends > 0] - 1] = True
        return stops

    def _outside(self, parts: Floats, space: Bools, stops: Bools) -> Ints:
        """Return the class that each token gets where no entity is open."""
        scores = self._scores(parts[:, 0] + self._parts.none[1] + self._parts.none[2])
        moves = self._moves
        scores[:, ~(moves.begin | moves.unit | moves.out)] = NEVER
        scores[np.ix_(space | stops, moves.begin)] = NEVER
        scores[np.ix_(space, moves.unit)] = NEVER
        best: Ints = scores.argmax(axis=1)
        return best

    def _closed(self, parts: Floats, choice: Ints, starts: Ints, stops: Bools) -> Ints:
        """Return the last token of the entity that each of ``starts`` begins."""
        last = starts.copy()
        open_ = np.arange(len(starts))
        inside, closing = self._moves.inside[choice[starts]], self._moves.last[choice[starts]]
        while len(open_):
            now = last[open_] + 1
            last[open_] = now
            scores = self._scores(parts[now, 0] + parts[starts[open_], 1] + parts[now - 1, 2])
            each = np.arange(len(open_))
            go, end = scores[each, inside[open_]], scores[each, closing[open_]]
            first = inside[open_] < closing[open_]
            on = np.where(first, go >= end, go > end) & ~stops[now]
            open_ = open_[on]
        return last

    def _spans(
        self, doc: Doc, moves: list[int], closed: dict[int, int], start: int, end: int
    ) -> Iterator[Span]:
        at = start
        while at < end:
            move = moves[at]
            if self._moves.out[move]:
                at += 1
                continue
            last = closed.get(at, at)
            yield Span(doc, at - start, last - start + 1, label=self._moves.labels[move])
            at = last + 1
