"""The swift parts give what spaCy gives, to the last attribute."""

from functools import cache
from pathlib import Path

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from dateline.defaults import DEFAULT_MODEL
from dateline.language import load
from dateline.language.swift import Backbone
from dateline.language.swift import backbone as backbone_module
from dateline.language.swift import words as words_module

EXAMPLES = Path(__file__).parents[2] / "examples"
SENTENCES = (
    "There's nothing y'all can do, but the ministers who are in Rome won't be told twice.",
    "Mr. O'Neill-Khan, 44, said on Sept. 3 that he'd gone to St. Petersburg via New York.",
    "POLICE ARRESTED 12 MEN\n\nin the   town of   Bar",
    "The U.N. Security Council, the African Union and Boko Haram's leader met 2,500 people.",
    "It was they that had been being held, and there were lots of it.",
    "\n\n \t x",
    "He is n't sure. 5 p.m. :-) http://a.b/c?d=e #tag @user 50% $3bn €4m",
)


@cache
def stock() -> Language:
    return spacy.load(DEFAULT_MODEL)


@cache
def swift() -> Backbone:
    return Backbone(load())


def annotated(doc: Doc) -> list[tuple[object, ...]]:
    return [
        (t.text, t.tag_, t.pos_, str(t.morph), t.lemma_, t.dep_, t.head.i, t.is_sent_start,
         t.ent_iob_, t.ent_type_)
        for t in doc
    ]  # fmt: skip


def same(texts: list[str], batch_size: int = 3) -> None:
    ours = list(swift().pipe(texts, batch_size=batch_size))
    theirs = list(stock().pipe(texts))
    assert [annotated(doc) for doc in ours] == [annotated(doc) for doc in theirs]
    assert [str(list(doc.ents)) for doc in ours] == [str(list(doc.ents)) for doc in theirs]


def test_it_knows_the_default_pipeline() -> None:
    assert swift().swift


def test_sentences_and_reports_come_out_as_from_spacy() -> None:
    same(list(SENTENCES))
    same([path.read_text(encoding="utf-8") for path in sorted(EXAMPLES.glob("*.txt"))])


def test_a_hundred_texts_at_once_come_out_as_from_spacy() -> None:
    same(list(SENTENCES) * 15, batch_size=100)


@given(st.lists(st.sampled_from(SENTENCES) | st.text(max_size=80), max_size=5))
@settings(max_examples=60, deadline=None)
def test_any_text_comes_out_as_from_spacy(texts: list[str]) -> None:
    same(texts)


def test_what_is_parsed_together_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backbone_module, "WORDS", 40)
    same(list(SENTENCES) * 6, batch_size=100)
    docs = [stock().make_doc(text) for text in SENTENCES]
    sizes = [[len(doc) for doc in group] for group in backbone_module.groups(docs)]
    assert [n for some in sizes for n in some] == [len(doc) for doc in docs]
    assert all(sum(some) <= 40 or len(some) == 1 for some in sizes)


def test_words_forgotten_are_found_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words_module, "MOST", 5)
    same(list(SENTENCES) * 2)


def test_a_pipeline_of_other_parts_is_left_to_spacy() -> None:
    other = spacy.load(DEFAULT_MODEL, exclude=["lemmatizer"])
    backbone = Backbone(other)
    assert not backbone.swift
    doc = next(backbone.pipe(["Police arrested Ali Khan in Rome."], batch_size=1))
    assert [ent.text for ent in doc.ents] == ["Ali Khan", "Rome"]
