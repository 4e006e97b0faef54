"""What spaCy's parser and its entity recogniser share: how a state's words become the scores of its moves.

Moves and arithmetic are those of ``spacy.ml.parser_model``.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

PIECES = 2
"""Pieces of the maxout between the words of a state and its scores."""
NEVER = np.float32(-np.inf)
"""The score of a move that is not allowed."""


def scores_alike(pipe: Any, features: int) -> bool:
    """Return whether a parser or recogniser scores the states of ``features`` words as is done here."""
    model = pipe.model
    if len(model.layers) != 3 or pipe.cfg.get("beam_width") != 1 or model.attrs["unseen_classes"]:
        return False
    lower = model.layers[1]
    return bool(
        lower.name == "precomputable_affine"
        and lower.get_dim("nF") == features
        and lower.get_dim("nP") == PIECES
    )


class Parts:
    """What each word adds to a state in each of its places; ``scores_alike`` holds.

    ``pipe`` is the parser or recogniser. Each text is multiplied by itself, as in the encoder.
    """

    def __init__(self, pipe: Any) -> None:
        lower = pipe.model.layers[1]
        weights = lower.get_param("W")
        self._weights: Floats = np.ascontiguousarray(weights.reshape(-1, weights.shape[-1]).T)
        self.none: Floats = lower.get_param("pad").reshape(lower.get_dim("nF"), -1)
        """What stands in a place without a word: float32 (places, width)."""

    def __call__(self, vectors: Floats, lengths: Sequence[int]) -> Floats:
        """Return the parts of no word, and of every word from 1 on: float32 (1 + words, places, width).

        Args:
            vectors: float32 (words of all texts, width).
            lengths: the words of each text, of which none is empty.
        """
        found = np.empty((1 + len(vectors), self._weights.shape[1]), np.float32)
        found[0] = self.none.reshape(-1)
        for start, end in pairwise([0, *accumulate(lengths)]):
            np.matmul(vectors[start:end], self._weights, out=found[1 + start : 1 + end])
        return found.reshape(len(found), *self.none.shape)

    def lend(self, pipe: Any) -> None:
        """Let spaCy's own loop take the parts of a text from here, so that both ways give the same.

        It must be given one text at a time.
        """
        lower = pipe.model.layers[1]

        def parts(model: Any, vectors: Floats, is_train: bool) -> tuple[Floats, None]:
            found = self(vectors, [len(vectors)])
            return found.reshape(*found.shape[:2], -1, PIECES), None

        lower._func = parts


class Scores:
    """The last layers of a model; ``scores_alike`` holds."""

    def __init__(self, model: Any) -> None:
        _, lower, upper = model.layers
        self._gemm = model.ops.gemm
        self._bias = lower.get_param("b").reshape(-1)
        self._weights, self._scores_bias = upper.get_param("W"), upper.get_param("b")

    def __call__(self, summed: Floats) -> Floats:
        """Return the score of each class: float32 (states, classes).

        Args:
            summed: the parts of the words of each state, added up; it is changed.
        """
        summed += self._bias
        hidden = np.maximum(summed[:, ::2], summed[:, 1::2])
        scores: Floats = self._gemm(hidden, self._weights, trans2=True)
        scores += self._scores_bias
        return scores
