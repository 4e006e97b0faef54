from hypothesis import example, given
from hypothesis import strategies as st

from dateline.times.build import meaning_of
from dateline.times.scan import scan, words_of

PIECES = ["on", "Monday", "3", "May", "2021", ",", ".", "two", "years", "ago", "at", "10:30", "a.m.",
          "the", "right", "now", "9/11", "'98", "_", "²", "½", "p.m", "Q3", "New", "Year", "…"]  # fmt: skip
GAPS = st.sampled_from([" ", "  ", "\n", "\t ", "", "\u00a0"])
TEXTS = st.lists(st.tuples(st.sampled_from(PIECES), GAPS), max_size=12).map(
    lambda parts: "".join(piece + gap for piece, gap in parts)
)


@given(st.one_of(TEXTS, st.text(max_size=40)))
@example(" a\u2003pm 10:30pm  ")
def test_words_stand_where_they_say_and_nothing_is_left_out(text: str) -> None:
    words, classes = words_of(text)
    assert len(words) == len(classes)
    assert [w.start for w in words] == sorted(w.start for w in words)
    read = "".join(text[w.start : w.end] for w in words)
    assert "".join(read.split()) == "".join(text.split())
    assert all(w.text == text[w.start : w.end] for w in words if " " not in w.text)


@given(st.lists(TEXTS, max_size=3))
def test_what_was_read_before_changes_no_reading(texts: list[str]) -> None:
    first = [scan(text, meaning_of) for text in texts]
    assert [scan(text, meaning_of) for text in reversed(texts)] == first[::-1]
