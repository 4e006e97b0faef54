"""What spaCy's parser and its entity recogniser share: how a state's words become the scores of its moves.

Moves and arithmetic are those of ``spacy.ml.parser_model``.
"""

from __future__ import annotations

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
