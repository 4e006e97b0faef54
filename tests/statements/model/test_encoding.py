"""Parsed sentences as windows of ids: every token is judged once, and no input breaks it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer

from dateline.statements.model.encoding import CONTEXT, MAX_PIECES, Encoder, Labels

PIECES = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "the", "mayor", "said", "##s", "yes", "“", "”")


@dataclass
class Columns:
    """Columns of a parsed report."""

    words: list[str]
    dep: list[str] = field(default_factory=list)
    tag: list[str] = field(default_factory=list)
    pos: list[str] = field(default_factory=list)
    quoted: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        n = len(self.words)
        self.dep = self.dep or ["nsubj"] * n
        self.tag = self.tag or ["NN"] * n
        self.pos = self.pos or ["SPACE" if not w.strip() else "NOUN" for w in self.words]
        self.quoted = self.quoted or [-1] * n


@cache
def encoder() -> Encoder:
    return Encoder(PIECES, Labels({"nsubj": 1, "ROOT": 2}, {"NN": 1, "VBD": 2}))


def test_pieces_carry_the_labels_of_their_token() -> None:
    read = Columns(["The", "mayors", "said"], dep=["det", "nsubj", "ROOT"], tag=["DT", "NN", "VBD"])
    (window,) = encoder().windows(read, 0, 3)
    assert window.pieces.tolist() == [2, 4, 5, 7, 6, 3]
    assert window.deps.tolist() == [0, 0, 1, 1, 2, 0]
    assert window.tags.tolist() == [0, 0, 1, 1, 2, 0]
    assert window.tokens == (0, 1, 2)
    assert window.places.tolist() == [1, 2, 4]


def test_quoted_words_are_marked() -> None:
    read = Columns(["“", "yes", "”", "said"], quoted=[0, 0, 0, -1])
    (window,) = encoder().windows(read, 0, 4)
    assert window.quoted.tolist() == [0, 1, 1, 1, 0, 0]


def test_only_the_wanted_tokens_of_the_sentence_are_judged() -> None:
    read = Columns(["yes", "the", "mayor", "said"])
    (window,) = encoder().windows(read, 1, 4, [3])
    assert window.pieces.tolist() == [2, 4, 5, 6, 3]
    assert window.tokens == (3,)
    assert window.places.tolist() == [3]


def test_a_long_sentence_is_read_in_windows_with_words_on_both_sides() -> None:
    read = Columns(["yes"] * 400)
    found = list(encoder().windows(read, 0, 400))
    assert len(found) > 1
    assert all(len(window.pieces) <= MAX_PIECES for window in found)
    for window in found[:-1]:
        assert window.places.max() < len(window.pieces) - 1 - CONTEXT


WORDS = st.lists(st.text(max_size=12) | st.sampled_from(["the", "mayors", "said", " ", "\n"]), max_size=300)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(WORDS)
def test_every_token_but_white_space_is_judged_once(words: list[str]) -> None:
    read = Columns(words)
    found = list(encoder().windows(read, 0, len(words)))
    judged = [t for window in found for t in window.tokens]
    assert judged == [t for t in range(len(words)) if read.pos[t] != "SPACE"]
    for window in found:
        size = len(window.pieces)
        assert size <= MAX_PIECES
        assert {len(window.deps), len(window.tags), len(window.quoted)} == {size}
        assert all(0 < place < size - 1 for place in window.places)


@given(st.sampled_from(["the", "The", "MAYOR", "mayors", "said", "pad", "CLS", "##s", "yes2", "ſaid", "Mayör", "“"]) | st.text("themayorsid[PAD]# é", min_size=1, max_size=9))  # fmt: skip
def test_a_word_of_the_vocabulary_has_the_pieces_that_the_library_gives(word: str) -> None:
    library = Tokenizer(WordPiece({piece: i for i, piece in enumerate(PIECES)}, unk_token="[UNK]"))
    library.normalizer, library.pre_tokenizer = BertNormalizer(lowercase=True), BertPreTokenizer()
    (window,) = encoder().windows(Columns([word], pos=["NOUN"]), 0, 1)
    found = library.encode(word, add_special_tokens=False).ids
    assert window.pieces.tolist() == [2, *(found or [1]), 3]
