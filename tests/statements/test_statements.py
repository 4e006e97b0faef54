from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from dateline.errors import DataError
from dateline.language import notes, parse
from dateline.records import Report, Statement, spans_of
from dateline.statements import stage, statement_at
from dateline.statements.lexicon import CueGroup, lexicon, read_lexicon


@cache
def coded(text: str) -> Doc:
    return stage()(parse(Report(id="t", text=text)))


def statements(text: str) -> tuple[Statement, ...]:
    return notes(coded(text)).statements


def parts(text: str) -> list[tuple[str, str, list[str]]]:
    """Source, cue and content of each statement."""
    return [
        (
            s.source.text if s.source else "",
            s.cue.text if s.cue else "",
            [c.text for c in s.content],
        )
        for s in statements(text)
    ]


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        ("“The bridge is shut,” the governor said.", "the governor", "said", "“The bridge is shut,”"),
        ("The governor said that the bridge was shut.", "The governor", "said", "that the bridge was shut"),
        ("According to the ministry, the bridge was shut.", "the ministry", "According to", "the bridge was shut"),
        ("The bridge was shut, a senior official told reporters.", "a senior official", "told", "The bridge was shut"),
        ("Merkel: Europe must do more for refugees", "Merkel", ":", "Europe must do more for refugees"),
        ("The envoy hopes that the talks will go on.", "The envoy", "hopes", "that the talks will go on"),
    ],
)  # fmt: skip
def test_finds_statements(text: str, source: str, cue: str, content: str) -> None:
    found = parts(text)
    assert len(found) == 1
    assert found[0][0] == source
    assert found[0][1].startswith(cue)
    assert found[0][2] == [content]


def test_joins_an_interrupted_quotation() -> None:
    (found,) = parts("“The bridge is shut,” the governor said. “It will stay shut until May.”")
    assert found[2] == ["“The bridge is shut,”", "“It will stay shut until May.”"]


def groups(text: str) -> set[str]:
    return {reason.rule for s in statements(text) for reason in s.why if reason.field == "stance"}


@pytest.mark.parametrize("group", lexicon().groups, ids=lambda g: str(g.id))
def test_examples_of_the_lexicon(group: CueGroup) -> None:
    assert f"cues:{group.id}" in groups(group.positive)
    assert f"cues:{group.id}" not in groups(group.negative)
    assert group.stance in {s.stance for s in statements(group.positive)}


def test_addressee_and_occasion() -> None:
    (found,) = statements("In an interview, the minister told lawmakers that the mine would close.")
    assert found.addressee_span is not None
    assert found.addressee_span.text == "lawmakers"
    assert found.medium == "interview"


def test_statement_at_gives_the_innermost() -> None:
    doc = coded("The mayor said that the judge had told her that the trial was over.")
    trial = next(token for token in doc if token.text == "trial")
    inner = statement_at(doc, trial)
    assert inner is not None
    assert inner.parent is not None
    assert statement_at(doc, doc[0]) is None


def test_a_bad_lexicon_names_the_group() -> None:
    with pytest.raises(DataError, match=r"cues\.yaml, group 1 \(x\)"):
        read_lexicon("groups:\n  - id: x\n")


@settings(max_examples=60, deadline=None)
@given(
    st.text(
        alphabet=st.sampled_from(
            "He said: “we will go,” to the\n\n‘'\".,;:—(Mr X’s)\U0001f600\u200b "
        ),
        max_size=120,
    )
)
def test_spans_are_the_text(text: str) -> None:
    doc = stage()(parse(Report(id="h", text=text)))
    for span in spans_of(notes(doc).statements):
        assert text[span.start : span.end] == span.text


def test_same_input_same_output() -> None:
    text = "The mayor said the road was closed. It will open soon, she added."
    first = notes(stage()(parse(Report(id="a", text=text)))).statements
    assert first == notes(stage()(parse(Report(id="a", text=text)))).statements
