"""The encoder gives what spaCy's gives, bit for bit, however the texts are put together."""

import numpy as np
import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.ml import MaxoutWindowEncoder

from dateline.defaults import DEFAULT_MODEL
from dateline.language.swift import encoder as encoder_module
from dateline.language.swift.encoder import Encoder, encodes_windows

MODEL = spacy.load(DEFAULT_MODEL).get_pipe("tok2vec").model.layers[1]  # type: ignore[attr-defined]
OURS = Encoder(MODEL)


def vectors(lengths: list[int], seed: int) -> list[np.ndarray]:
    numbers = np.random.default_rng(seed)
    return [numbers.standard_normal((n, 96), dtype=np.float32) for n in lengths]


@given(st.lists(st.integers(1, 900), max_size=6), st.integers(0, 2**32))
@settings(max_examples=40, deadline=None)
def test_every_text_is_encoded_as_by_spacy_to_the_bit(lengths: list[int], seed: int) -> None:
    texts = vectors(lengths, seed)
    ours = OURS.predict(texts)
    theirs = MODEL.predict(texts) if texts else []
    assert [one.tobytes() for one in ours] == [one.tobytes() for one in theirs]


def test_a_text_does_not_depend_on_those_beside_it(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = vectors([3, 40, 7, 300], 1)
    together = OURS.predict(texts)
    assert all((OURS.predict([t])[0] == one).all() for t, one in zip(texts, together, strict=True))
    monkeypatch.setattr(encoder_module, "ROWS", 20)
    assert all((a == b).all() for a, b in zip(OURS.predict(texts), together, strict=True))


def test_an_encoder_of_another_make_is_not_taken_for_one() -> None:
    assert encodes_windows(MODEL)
    for changed in ({"window_size": 2, "maxout_pieces": 3}, {"window_size": 1, "maxout_pieces": 3}):
        other = MaxoutWindowEncoder(width=96, depth=4, **changed)
        assert encodes_windows(other) == (changed["window_size"] == 1)
    assert not encodes_windows(spacy.load(DEFAULT_MODEL).get_pipe("tagger").model)  # type: ignore[attr-defined]
