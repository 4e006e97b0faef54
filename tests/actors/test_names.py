from hypothesis import example, given
from hypothesis import strategies as st
from metaphone import doublemetaphone

from dateline.actors.loading import load_registry
from dateline.actors.names import BEGINS, HOPELESS, all_words, comparable, compare, words

PARTS = ["jon", "john", "johnny", "william", "bill", "b", "j", "xi", "kim", "al", "of", "lee", "li",
         "gaddafi", "qadhafi", "abu", "bakr", "abubakr", "smith", "smyth", "jinping"]  # fmt: skip
NAMES = st.lists(
    st.one_of(st.sampled_from(PARTS), st.text("abdhjmx", min_size=1, max_size=5)),
    min_size=1,
    max_size=4,
).map(tuple)


@given(NAMES, st.lists(st.lists(NAMES, min_size=1, max_size=3), max_size=5))
@example(("kim", "jong", "lee"), [[("lee", "kim"), ("jong",)]])
@example(("abu", "bakr"), [[("abubakr", "of", "lee")]])
def test_nobody_whose_name_compares_well_is_left_out(
    query: tuple[str, ...], people: list[list[tuple[str, ...]]]
) -> None:
    worth = comparable(query, [all_words(tuple(map(" ".join, names))) for names in people])
    for names, kept in zip(people, worth, strict=True):
        found = [compare(query, known) for known in names]
        fits = any(one.score > 0 and one.surname >= HOPELESS for one in found)
        assert kept or not (fits or query in names)


def test_of_many_names_few_are_worth_comparing() -> None:
    people = [("Muammar Gaddafi",), ("Moammar Qadhafi", "The Colonel"), ("Hosni Mubarak",)]
    worth = comparable(words("Moammar Kadafi"), [all_words(names) for names in people])
    assert worth == [True, True, False]


LETTERS = st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=9)


@given(LETTERS)
@example("pshonka")
@example("caesar")
@example("zhao")
def test_a_word_begins_to_sound_as_its_first_letter_may(word: str) -> None:
    heard = {code[0] for code in doublemetaphone(word) if code}
    assert heard <= set(BEGINS.get(word[0], heard))


def test_the_names_of_the_registry_begin_to_sound_as_their_first_letters_may() -> None:
    for word in {word for name in load_registry().people for word in name.split()}:
        heard = {code[0] for code in doublemetaphone(word) if code}
        assert heard <= set(BEGINS.get(word[0], heard)), word
