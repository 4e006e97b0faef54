from typing import Any, cast

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.defaults import DEFAULT_MODEL
from dateline.errors import SetupError
from dateline.language import identify, load, notes, parse, span_of, tokens_at
from dateline.records import Report, Span


def test_a_headline_does_not_lean_on_the_line_below() -> None:
    doc = parse(Report(id="r", text="Talks end in Rome by May\n\nPresident Joe Biden spoke."))
    assert "Joe Biden" in {ent.text for ent in doc.ents if ent.label_ == "PERSON"}
    assert next(sentence.text for sentence in doc.sents) == "Talks end in Rome by May"


def test_spans_are_words_of_the_report_and_lead_back_to_tokens() -> None:
    text = "Post a Comment\n\nTroops  left\tthe town of Bar."
    doc = parse(Report(id="r", text=text))
    for token in doc:
        span = span_of(token)
        assert text[span.start : span.end] == span.text
        back = tokens_at(doc, span)
        assert back is not None and token in list(back)
    assert notes(doc).furniture == (Span(start=0, end=14, text="Post a Comment"),)
    assert tokens_at(doc, notes(doc).furniture[0]) is None


@given(st.text(max_size=200))
@settings(max_examples=60, deadline=None)
def test_no_text_makes_it_raise(text: str) -> None:
    doc = parse(Report(id="r", text=text))
    for sentence in doc.sents:
        span = span_of(sentence)
        assert text[span.start : span.end] == span.text


def test_a_model_that_is_missing_says_how_to_get_it() -> None:
    with pytest.raises(SetupError, match="pip install no_such_model"):
        load("no_such_model")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The troops left the town and the market was open again on Monday.", "en"),
        (
            "Le président a rencontré lundi à Paris le ministre irakien pour discuter de la paix.",
            "fr",
        ),
        ("Die Regierung hat am Montag angekündigt, dass die Truppen bis August abziehen.", "de"),
        ("El presidente anunció ayer que las tropas saldrían del país antes de agosto.", "es"),
        ("1234", None),
    ],
)
def test_the_language_is_told(text: str, language: str | None) -> None:
    assert identify(text) == language


def test_the_packaged_pipeline_is_the_one_that_spacy_loads() -> None:
    ours, theirs = load(), spacy.load(DEFAULT_MODEL)
    assert ours.config == theirs.config
    text = "He can't have said (on 3.4.2012) that the U.S. left Iraq's bases: see https://example.org/a-b."
    assert [token.text for token in ours(text)] == [token.text for token in theirs(text)]
    rules = [cast(Any, nlp.tokenizer).to_bytes(exclude=["vocab"]) for nlp in (ours, theirs)]
    assert rules[0] == rules[1]
