"""The view of a report is what spaCy's tokens tell one by one."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.language import notes, parse
from dateline.records import Report
from dateline.statements.view import View

PIECES = st.sampled_from(
    ["The mayor said the bridge was safe.", "“We waited”, she added: nobody came.", "It's late", "\n\n", "\n", " ", "  ", "?", "“", "’s"]
)  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(st.lists(PIECES, max_size=8))
def test_columns_of_the_view_are_those_of_the_tokens(pieces: list[str]) -> None:
    doc = parse(Report(id="t", text="".join(pieces)))
    view = View(doc)
    assert view.words == [token.text for token in doc]
    assert view.starts == [token.idx for token in doc]
    assert view.ends == [token.idx + len(token) for token in doc]
    assert [list(kids) for kids in view.kids] == [[k.i for k in t.children] for t in doc]
    assert view.left == [token.left_edge.i for token in doc]
    assert view.right == [token.right_edge.i for token in doc]
    assert view.sents == [(sentence.start, sentence.end) for sentence in doc.sents]
    segments = notes(doc).segments
    for token in doc:
        first, last = view.sents[view.sent[token.i]]
        assert first <= token.i < last
        first, last = view.paras[view.para[token.i]]
        assert first <= token.i < last
        before = [n for n, segment in enumerate(segments) if segment.start <= token.idx]
        assert view.para[token.i] == max(before, default=0)
