"""The shared lists of a report's words say what its tokens say."""

import pytest
from spacy.tokens import Doc

from dateline import Report
from dateline.language import columns, load, parse

TEXT = "PARIS - Ministers met  in Lyon on Monday. “We will leave Mali,” Emmanuel Macron's aide said.\n\nThey left."


@pytest.fixture(scope="module")
def doc() -> Doc:
    return parse(Report(id="r", text=TEXT), load())


def test_every_list_agrees_with_the_tokens(doc: Doc) -> None:
    read = columns(doc)
    assert read.n == len(doc)
    assert read.text == [t.text for t in doc] and read.lower == [t.lower_ for t in doc]
    assert read.lemma == [t.lemma_ for t in doc] and read.base == [t.lemma_.lower() for t in doc]
    assert read.pos == [t.pos_ for t in doc] and read.tag == [t.tag_ for t in doc]
    assert read.dep == [t.dep_ for t in doc] and read.ent == [t.ent_type_ for t in doc]
    assert read.head == [t.head.i for t in doc]
    starts = [s.start for s in doc.sents]
    assert [i for i in range(1, read.n) if read.starting[i] == 1] == [i for i in starts if i]


def test_the_lists_are_made_once(doc: Doc) -> None:
    assert columns(doc) is columns(doc)


def test_an_empty_report_has_empty_lists() -> None:
    read = columns(Doc(load().vocab, words=[]))
    assert read.n == 0 and read.text == [] and read.head == []
