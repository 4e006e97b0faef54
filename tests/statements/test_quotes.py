from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.statements.quotes import find_quotes


def outer(text: str) -> list[str]:
    return [text[q.start : q.end] for q in find_quotes(text, [(0, len(text))]) if q.level == 0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“We go,” he said.", ["“We go,”"]),
        ('"We go," he said. "Now."', ['"We go,"', '"Now."']),
        ("''We go,'' he said.", ["''We go,''"]),
        ("‘It’s the people’s choice,’ she said.", ["‘It’s the people’s choice,’"]),
        ("'Not now', the mayor's aide said.", ["'Not now'"]),
        ("«Non», he said.", ["«Non»"]),
        ("She said: “He told me ‘no’ twice.”", ["“He told me ‘no’ twice.”"]),
        ("He said: “It never ends.", ["“It never ends."]),
        ("It's the dogs' dinner.", []),
        ("The 1990s' end", []),
    ],
)
def test_pairs_marks(text: str, expected: list[str]) -> None:
    assert outer(text) == expected


def test_counts_levels() -> None:
    text = "“He told me ‘no’ twice.”"
    assert [q.level for q in find_quotes(text, [(0, len(text))])] == [0, 1]


def test_follows_a_quotation_over_paragraphs() -> None:
    text = "“One.\n“Two.”\nThree."
    quotes = find_quotes(text, [(0, 5), (6, 12), (13, 19)])
    assert [(q.closed, q.continued) for q in quotes] == [(False, False), (True, True)]


@given(st.text(alphabet="a '\"“”‘’«».,\n`", max_size=60))
def test_quotes_never_overlap_badly(text: str) -> None:
    quotes = find_quotes(text, [(0, len(text))])
    outermost = [q for q in quotes if q.level == 0]
    assert all(a.end <= b.start for a, b in pairwise(outermost))
    assert all(0 <= q.start < q.end <= len(text) for q in quotes)
