"""The word vectors that other encoders share with the event model."""

from __future__ import annotations

import numpy as np
import pytest

from dateline.errors import SetupError
from dateline.events.model.model import blobs
from dateline.events.model.words import tensor, vectors, vocabulary


def test_there_is_a_vector_for_every_word_piece() -> None:
    whole, scale = vectors()
    assert len(whole) == len(scale) == len(vocabulary())
    assert scale.min() > 0


def test_words_of_like_meaning_lie_near_one_another() -> None:
    whole, scale = vectors()
    place = {piece: i for i, piece in enumerate(vocabulary())}

    def near(first: str, second: str) -> float:
        a, b = (whole[place[w]].astype(float) * scale[place[w]] for w in (first, second))
        return float(a @ b / np.sqrt((a @ a) * (b @ b)))

    assert near("minister", "ministers") > near("minister", "river")


def test_a_tensor_that_is_not_there_is_named() -> None:
    with pytest.raises(SetupError, match="no tensor 'none'"):
        tensor(memoryview(blobs()["event_model.onnx"]), "none")
