"""The encoder gives what spaCy's gives, and to the bit the same however the texts are put together."""

import os
import platform
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.ml import MaxoutWindowEncoder

from dateline.defaults import DEFAULT_MODEL
from dateline.language.swift import encoder as encoder_module
from dateline.language.swift.encoder import Encoder, encodes_windows
from dateline.language.swift.scoring import Parts

PIPELINE = spacy.load(DEFAULT_MODEL)
MODEL = PIPELINE.get_pipe("tok2vec").model.layers[1]  # type: ignore[attr-defined]
OURS = Encoder(MODEL)


def vectors(lengths: list[int], seed: int, width: int = 96) -> list[np.ndarray]:
    numbers = np.random.default_rng(seed)
    return [numbers.standard_normal((n, width), dtype=np.float32) for n in lengths]


@given(st.lists(st.integers(1, 900), max_size=6), st.integers(0, 2**32))
@settings(max_examples=40, deadline=None)
def test_every_text_is_encoded_as_by_spacy(lengths: list[int], seed: int) -> None:
    texts = vectors(lengths, seed)
    theirs = MODEL.predict(texts) if texts else []
    for one, other in zip(OURS.predict(texts), theirs, strict=True):
        np.testing.assert_allclose(one, other, atol=2e-5)


@pytest.mark.parametrize("name", ["parser", "ner"])
def test_words_add_to_a_state_what_spacy_adds(name: str) -> None:
    pipe = PIPELINE.get_pipe(name)
    lengths = [3, 1, 40]
    words = np.concatenate(vectors(lengths, 1, 64))
    ours = Parts(pipe)(words, lengths)
    theirs = pipe.model.layers[1].predict(words)  # type: ignore[attr-defined]
    np.testing.assert_allclose(ours.reshape(theirs.shape), theirs, atol=2e-5)


def test_a_text_does_not_depend_on_those_beside_it(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = vectors([3, 40, 7, 300, 1, 52, 1, 2], 1)
    together = OURS.predict(texts)
    assert all((OURS.predict([t])[0] == one).all() for t, one in zip(texts, together, strict=True))
    monkeypatch.setattr(encoder_module, "ROWS", 20)
    assert all((a == b).all() for a, b in zip(OURS.predict(texts), together, strict=True))
    for name in ("parser", "ner"):
        parts = Parts(PIPELINE.get_pipe(name))
        words = vectors([3, 40, 7, 300, 1, 52, 1, 2], 2, 64)
        summed = parts(np.concatenate(words), [len(one) for one in words])[1:]
        alone = [parts(one, [len(one)])[1:] for one in words]
        assert (summed == np.concatenate(alone)).all()


def of_this_kind() -> bool:
    told = Path("/proc/cpuinfo")
    return platform.machine() == "x86_64" and told.exists() and " avx2 " in told.read_text()


@pytest.mark.slow
@pytest.mark.skipif(not of_this_kind(), reason="asks for kernels of x86 processors with AVX2")
@pytest.mark.parametrize("kernels", ["Haswell", "Nehalem", "Prescott"])
def test_nor_does_it_with_the_kernels_of_another_processor(kernels: str) -> None:
    test = f"{__file__}::{test_a_text_does_not_depend_on_those_beside_it.__name__}"
    subprocess.run(
        [sys.executable, "-m", "pytest", test, "-p", "no:cacheprovider"],
        env=os.environ | {"OPENBLAS_CORETYPE": kernels},
        cwd=Path(__file__).parents[2],
        check=True,
    )


def test_an_encoder_of_another_make_is_not_taken_for_one() -> None:
    assert encodes_windows(MODEL)
    for changed in ({"window_size": 2, "maxout_pieces": 3}, {"window_size": 1, "maxout_pieces": 3}):
        other = MaxoutWindowEncoder(width=96, depth=4, **changed)
        assert encodes_windows(other) == (changed["window_size"] == 1)
    assert not encodes_windows(spacy.load(DEFAULT_MODEL).get_pipe("tagger").model)  # type: ignore[attr-defined]
