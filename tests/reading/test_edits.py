"""Edits between two versions of a text."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.reading.edits import edits

TEXTS = st.lists(
    st.sampled_from(["rebels", "fled", "Mali", ",", ".", "\n", "30", " "]), max_size=30
).map(" ".join)


def words(text: str) -> list[str]:
    return re.findall(r"\w+|[^\w\s]", text)


def test_edits_stand_where_they_are_in_both() -> None:
    before = "Police arrested 12 men.\n\nOne fled."
    after = "Police arrested 14 men in Lyon.\n\nOne fled."
    first, second = edits(before, after)
    assert first.before and first.after and second.after
    assert (first.kind, first.before.text, first.after.text) == ("replaced", "12", "14")
    assert (second.kind, second.before, second.after.text) == ("added", None, "in Lyon")
    assert edits(after, after) == []
    assert edits("a\n b", "a  b") == []


@settings(deadline=None)
@given(TEXTS, TEXTS)
def test_with_its_edits_one_version_is_the_other(before: str, after: str) -> None:
    kept_before, kept_after = before, after
    for edit in reversed(edits(before, after)):
        for text, span in ((before, edit.before), (after, edit.after)):
            assert span is None or text[span.start : span.end] == span.text
        if edit.before:
            kept_before = kept_before[: edit.before.start] + " " + kept_before[edit.before.end :]
        if edit.after:
            kept_after = kept_after[: edit.after.start] + " " + kept_after[edit.after.end :]
    assert words(kept_before) == words(kept_after)
