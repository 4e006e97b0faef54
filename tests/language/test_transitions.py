"""The steps of many texts at once lead where spaCy's parser goes."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from dateline.defaults import DEFAULT_MODEL
from dateline.language.swift import transitions
from dateline.language.swift.scoring import Parts
from dateline.language.swift.transitions import Arcs, moves_alike

EXAMPLES = Path(__file__).parents[2] / "examples"
NLP, STOCK = spacy.load(DEFAULT_MODEL), spacy.load(DEFAULT_MODEL)
PARSER: Any = NLP.get_pipe("parser")
ARCS = Arcs(PARSER)
SENTENCES = (
    "What the minister said he would do, nobody who was there believed that he could.",
    "Police arrested 12 men. They were charged, a court heard, with theft",
    "Of the 40 hostages it was hoped that half, among them a child, would be let go soon.",
    "he she it they of of of by by the the",
    "Yes.",
)


def read(texts: list[str], nlp: Language = NLP) -> list[Doc]:
    tok2vec: Any = nlp.get_pipe("tok2vec")
    docs = [nlp.make_doc(text) for text in texts]
    tok2vec.set_annotations(docs, tok2vec.predict(docs))
    return docs


def tree(doc: Doc) -> list[tuple[object, ...]]:
    return [
        (t.head.i, t.dep_, t.is_sent_start, t.n_lefts, t.n_rights, t.left_edge.i, t.right_edge.i)
        for t in doc
    ]


def same(texts: list[str]) -> None:
    ours, theirs = read(texts), read(texts, STOCK)
    ARCS.annotate(ours)
    parser: Any = STOCK.get_pipe("parser")
    parser.set_annotations(theirs, parser.predict(theirs))
    assert [tree(doc) for doc in ours] == [tree(doc) for doc in theirs]


def test_it_knows_the_default_parser_and_no_other() -> None:
    assert moves_alike(PARSER)
    assert not moves_alike(NLP.get_pipe("ner"))


def test_sentences_and_reports_get_the_heads_that_spacy_gives() -> None:
    same(list(SENTENCES))
    reports = [path.read_text(encoding="utf-8") for path in sorted(EXAMPLES.glob("*.txt"))]
    same([line for report in reports for line in report.splitlines() if line.strip()])


def test_a_text_that_begins_when_another_ends_is_read_as_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(transitions, "TOGETHER", 2)
    same([*SENTENCES, *reversed(SENTENCES)])


@given(
    st.lists(
        st.lists(st.sampled_from(" ".join(SENTENCES).split()), min_size=1, max_size=25).map(
            " ".join
        )
        | st.text(min_size=1, max_size=60),
        min_size=1,
        max_size=6,
    )
)
@settings(max_examples=60, deadline=None)
def test_any_text_gets_the_heads_that_spacy_gives(texts: list[str]) -> None:
    same(texts)


@pytest.mark.parametrize("pays", [0, 1000])
def test_both_ways_lead_where_spacy_goes(pays: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transitions, "PAYS", pays)
    same(list(SENTENCES))


def test_both_ways_count_with_the_same_numbers() -> None:
    words = np.random.default_rng(1).standard_normal((37, 64), dtype=np.float32)
    theirs = PARSER.model.layers[1].predict(words)
    assert theirs.tobytes() == Parts(PARSER)(words, [37]).tobytes()
