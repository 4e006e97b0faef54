"""A number is looked for at the words that may begin one: none begins elsewhere."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dateline.quantities.find import openings
from dateline.quantities.numbers import number_at
from dateline.quantities.tables import load

TABLES = sorted(
    {*load().numbers, *load().scales, *load().fractions, "a", "an", "and", "of", "half"}
)
WORDS = st.sampled_from([*TABLES, "$", "%", "-", ".", ",", "3.5bn", "$40", "٣", "½", ".5", "m"])


@given(st.lists(WORDS | st.text(min_size=1, max_size=5).map(str.lower), max_size=12))
def test_no_number_begins_at_another_word(words: list[str]) -> None:
    begins = set(openings(words))
    assert all(number_at(words, at) is None for at in range(len(words)) if at not in begins)
