"""Paragraphs put together give what spaCy's own way gives."""

from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from dateline.language import load
from dateline.language.joining import ATTRIBUTES, joined
from dateline.language.pipeline import backbone

PARTS = (
    "Police in Lyon arrested 12 people.",
    "Troops left",
    " ",
    "...",
    "",
    'He said: "We go" ',
    "U.S. — “no”",
)


@given(st.lists(st.sampled_from(PARTS), min_size=1, max_size=6))
@settings(max_examples=30, deadline=None)
def test_joined_parts_are_what_spacy_makes_of_them(texts: list[str]) -> None:
    parts = list(backbone(load()).pipe(texts, batch_size=8))
    mine, theirs = joined(parts), Doc.from_docs(parts, ensure_whitespace=True)
    assert theirs is not None
    assert mine.text == theirs.text
    assert (mine.to_array(ATTRIBUTES) == theirs.to_array(ATTRIBUTES)).all()
    assert [s.text for s in mine.sents] == [s.text for s in theirs.sents]
    assert [(e.text, e.label_) for e in mine.ents] == [(e.text, e.label_) for e in theirs.ents]
    assert [[c.i for c in t.children] for t in mine] == [[c.i for c in t.children] for t in theirs]
