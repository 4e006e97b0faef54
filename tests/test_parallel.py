"""How work is dealt out to processes: every item once, in order, no process left waiting."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

from dateline.parallel import Sizes

SIZES = st.builds(lambda first, more: (first, first + more), st.integers(1, 9), st.integers(0, 40))


@given(st.integers(0, 900), SIZES, st.integers(1, 12))
def test_every_item_is_dealt_once_and_in_order(
    number: int, sizes: tuple[int, int], shares: int
) -> None:
    dealt = list(Sizes[int](*sizes).deal(range(number), shares))
    assert [n for batch in dealt for n in batch] == list(range(number))
    assert all(1 <= len(batch) <= sizes[1] for batch in dealt)


@given(st.integers(1, 900), SIZES, st.integers(2, 12))
def test_no_share_is_more_than_its_part_of_what_is_left(
    number: int, sizes: tuple[int, int], shares: int
) -> None:
    first, most = sizes
    left = number
    for batch in Sizes[int](first, most).deal(range(number), shares):
        assert len(batch) <= max(first, -(-left // shares))
        left -= len(batch)


def test_shares_grow_from_the_first_to_the_most() -> None:
    dealt = Sizes[int](8, 64).deal(itertools.count(), 4)
    assert [len(batch) for batch in itertools.islice(dealt, 14)] == [
        *[8] * 4, *[16] * 4, *[32] * 4, *[64] * 2,
    ]  # fmt: skip


@given(st.lists(st.integers(0, 300), max_size=200), st.integers(1, 6))
def test_heavy_items_are_neither_dealt_nor_read_ahead_in_numbers(
    weights: list[int], shares: int
) -> None:
    read = 0

    def items() -> Iterator[int]:
        nonlocal read
        for weight in weights:
            read += 1
            yield weight

    done: list[int] = []
    for batch in Sizes[int](8, 64, weigh=lambda n: n, heaviest=100).deal(items(), shares):
        assert sum(batch[:-1]) < 100
        assert sum(weights[len(done) : read - 1]) < shares * 100
        done += batch
    assert done == weights
