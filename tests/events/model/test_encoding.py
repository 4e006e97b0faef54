"""Marked sentences as ids: every span keeps its mark, and no input breaks it."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer

from dateline.events.model.encoding import MAX_TOKENS, Candidate, Encoder

PIECES = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "rebels", "attacked", "the", "village", "##s", ".")
S, S_END, T, T_END, E, E_END = range(len(PIECES), len(PIECES) + 6)


@cache
def encoder() -> Encoder:
    return Encoder(PIECES)


def ids(candidate: Candidate) -> list[int]:
    return [int(i) for i in encoder().encode(candidate).ids]


def test_marks_stand_around_their_words() -> None:
    found = ids(Candidate("Rebels attacked the villages.", (0, 6), (16, 28), (7, 15)))
    assert found == [2, S, 4, S_END, E, 5, E_END, T, 6, 7, 8, T_END, 9, 3]


def test_a_span_inside_another_is_marked_inside_it() -> None:
    found = ids(Candidate("rebels attacked", (0, 6), (0, 15), None))
    assert found == [2, T, S, 4, S_END, 5, T_END, 3]


def test_pools_point_at_marks_and_trigger_pieces() -> None:
    encoded = encoder().encode(Candidate("rebels attacked villages", (0, 6), None, (16, 24)))
    assert [int(i) for i in encoded.ids] == [2, S, 4, S_END, 5, E, 7, 8, E_END, 3]
    assert encoded.pools[0].tolist() == [0, 1, 0, 0, 0, 0, 0, 0, 0, 0]
    assert encoded.pools[1].sum() == 0
    assert encoded.pools[2].tolist() == [0, 0, 0, 0, 0, 0, 0.5, 0.5, 0, 0]


def test_a_span_outside_the_text_is_refused() -> None:
    with pytest.raises(ValueError, match=r"target \(3, 99\) is no span of a text of 5"):
        Candidate("hello", None, (3, 99))


def test_a_very_long_text_keeps_the_surroundings_of_its_marks() -> None:
    text = "the " * 200_000 + "rebels attacked"
    at = text.index("rebels")
    found = ids(Candidate(text, (at, at + 6), None, (at + 7, at + 15)))
    assert len(found) <= MAX_TOKENS
    assert {S, S_END, E, E_END} <= set(found)


@st.composite
def candidates(draw: st.DrawFn) -> Candidate:
    text = draw(st.text(alphabet=st.characters(), min_size=1, max_size=60)) * draw(
        st.sampled_from([1, 1, 40])
    )
    spans = []
    for _ in range(3):
        start = draw(st.integers(0, len(text) - 1))
        end = draw(st.integers(start + 1, len(text)))
        spans.append(draw(st.sampled_from([None, (start, end)])))
    return Candidate(text, *spans)


@settings(deadline=None)  # the first call loads the model
@given(candidates())
def test_no_text_breaks_it(candidate: Candidate) -> None:
    encoded = encoder().encode(candidate)
    assert encoded.ids.ndim == 1 and 2 <= len(encoded.ids) <= MAX_TOKENS
    assert encoded.pools.shape == (3, len(encoded.ids))
    assert np.isfinite(encoded.pools).all()
    assert all(0 <= i < len(PIECES) + 6 for i in encoded.ids)


@cache
def at_once() -> Tokenizer:
    pieces = {piece: i for i, piece in enumerate(PIECES)}
    found = Tokenizer(WordPiece(pieces, unk_token="[UNK]", max_input_chars_per_word=64))
    found.normalizer = BertNormalizer(lowercase=True)
    found.pre_tokenizer = BertPreTokenizer()
    return found


@given(
    st.text(
        alphabet=st.characters(exclude_categories=["Cs"]) | st.sampled_from(" ́rebls\x1c"),
        max_size=40,
    )
)
def test_pieces_are_those_of_the_text_at_once(text: str) -> None:
    assert ids(Candidate(text)) == [2, *at_once().encode(text, add_special_tokens=False).ids, 3]
