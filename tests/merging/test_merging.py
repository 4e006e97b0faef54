import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.merging import Duplicates, copies, groups, item, stories
from dateline.merging.cluster import average_linkage, components
from dateline.merging.terms import likeness, terms

WIRE = (
    "Rebels attacked a village in the north of the country on Monday, killing at least thirty "
    "people and driving hundreds from their homes, the governor of the region said in a statement. "
    "The army said it had sent soldiers to the area and would hunt down those who were behind it."
)
OTHER = (
    "Ministers of both countries met in the capital on Tuesday to sign an accord on trade, after "
    "two years of talks that had broken down more than once over tariffs on steel and on grain."
)


def edited(text: str, share: float, seed: int = 1) -> str:
    rng = random.Random(seed)
    return " ".join("changed" if rng.random() < share else word for word in text.split())


def test_copies_are_found_whatever_was_edited_a_little() -> None:
    texts = [("a", WIRE * 3), ("b", edited(WIRE * 3, 0.08)), ("c", OTHER), ("d", WIRE * 3)]
    found = {(copy.first, copy.second): copy.share for copy in copies(texts)}
    assert set(found) == {("a", "b"), ("a", "d"), ("b", "d")}
    assert found["a", "d"] == 1.0
    assert groups(copies(texts)) == {"a": "a", "b": "a", "d": "a"}


def test_short_texts_are_copies_only_of_the_very_same_words() -> None:
    found = copies([("a", "Troops left."), ("b", "troops, left"), ("c", "Troops stayed.")])
    assert [(copy.first, copy.second) for copy in found] == [("a", "b")]


@given(st.permutations(range(6)))
@settings(max_examples=25, deadline=None)
def test_the_order_in_which_reports_come_changes_nothing(order: list[int]) -> None:
    texts = [(str(n), edited(text * 2, 0.05, n)) for n, text in enumerate([WIRE, OTHER] * 3)]
    expected = copies(texts)
    assert copies([texts[n] for n in order]) == expected
    made = [item(id, text) for id, text in texts]
    assert stories([made[n] for n in order]) == stories(made)


def test_one_by_one_is_as_all_at_once() -> None:
    texts = [(str(n), edited(WIRE * 2, 0.05, n)) for n in range(5)]
    index = Duplicates()
    one_by_one = [copy for id, text in texts for copy in index.add(id, text)]
    assert sorted(one_by_one, key=lambda c: (c.first, c.second)) == copies(texts)


def test_reports_of_one_happening_are_a_story() -> None:
    first = item("1", WIRE, title="Thirty killed in village attack", published="2023-03-20")
    again = item(
        "2",
        "Thirty people were killed when rebels attacked a village in the north, the governor said. "
        "Hundreds fled from their homes after the attack on Monday.",
        published="2023-03-21",
    )
    other = item("3", OTHER, published="2023-03-21")
    assert stories([first, again, other]) == [["1", "2"], ["3"]]


def test_terms_are_of_length_one_and_alike_to_themselves() -> None:
    found = terms(WIRE, "Village attacked")
    assert likeness(found, found) == pytest.approx(1)
    assert likeness(found, terms(OTHER)) < 0.1
    assert terms("") == {}


def test_average_linkage_does_not_chain() -> None:
    likeness = {("a", "b"): 0.9, ("b", "c"): 0.5, ("c", "d"): 0.9}
    assert components("abcd", likeness) == [["a", "b", "c", "d"]]
    assert average_linkage("abcde", likeness, 0.3) == [["a", "b"], ["c", "d"], ["e"]]
    assert average_linkage("abcd", likeness, 0.1) == [["a", "b", "c", "d"]]


@settings(deadline=None)
@given(st.lists(st.integers(0, 60), min_size=1, max_size=40), st.randoms(use_true_random=False))
def test_copies_at_once_are_those_found_one_by_one(starts: list[int], rng: random.Random) -> None:
    words = [f"word{n}" for n in range(100)]
    texts = []
    for number, start in enumerate(starts):
        some = words[start : start + 40]
        if rng.random() < 0.5:
            some[rng.randrange(len(some))] = "other"
        texts.append((f"{number:02}", " ".join(some[: rng.choice((10, 40))])))
    index = Duplicates()
    one_by_one = [copy for id, text in texts for copy in index.add(id, text)]
    assert copies(texts) == sorted(one_by_one, key=lambda copy: (copy.first, copy.second))
