"""Parses that grammar rules out are mended, and others left alone."""

import pytest
from spacy.tokens import Doc

from dateline.language import parse
from dateline.records import Report


def parsed(text: str) -> Doc:
    return parse(Report(id="r", text=text))


def subject_of(doc: Doc, verb: str) -> list[str]:
    token = next(t for t in doc if t.text == verb)
    return [c.text for c in token.children if c.dep_ in ("nsubj", "nsubjpass")]


def test_a_past_tense_goes_with_the_verb_before_the_infinitive() -> None:
    doc = parsed(
        "President Rossi vowed in a televised address to punish those behind the raid and "
        "declared Sunday a day of mourning."
    )
    declared = next(t for t in doc if t.text == "declared")
    assert declared.head.text == "vowed"
    punish = next(t for t in doc if t.text == "punish")
    assert "declared" not in [t.text for t in punish.subtree]


def test_the_noun_before_a_finite_verb_is_its_subject() -> None:
    doc = parsed(
        "The minister welcomed any effort to end the war in Yemen, where Oman supports the northern "
        "movement and a coalition led by Egypt has carried out air strikes since 2015."
    )
    assert subject_of(doc, "carried") == ["coalition"]
    assert subject_of(doc, "supports") == ["Oman"]


@pytest.mark.parametrize(
    "text",
    [
        "The rebels hope to be seen and heard.",
        "He wanted to go and buy bread.",
        "France and Italy signed the accord.",
        "Police arrested two men and a woman and took them to Lyon.",
    ],
)
def test_sound_parses_stay(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    mended = [(t.head.i, t.dep_) for t in parsed(text)]
    monkeypatch.setattr("dateline.language.pipeline.mend", lambda doc: None)
    assert [(t.head.i, t.dep_) for t in parsed(text)] == mended
