"""The lists of words that tell what an actor is."""

import pytest

from dateline.actors import words
from dateline.actors.tables import read_table
from dateline.errors import DataError

HEAD = "# version: 1\n# licence: CC0\n# source: a test\nlist\twhat\twords\n"


def test_lists_are_words_in_small_letters() -> None:
    assert "bomb" in words.word_list("coalition fights")
    with pytest.raises(KeyError):
        words.word_list("no such list")


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ("one\t\ta|b\n", r"t.tsv:5: a list has a name"),
        ("one\twhat\t\n", r"t.tsv:5: a list has a name"),
        ("one\twhat\ta|B\n", r"t.tsv:5: 'B' must be written in small letters"),
        ("one\twhat\ta\none\twhat\tb\n", r"t.tsv:6: the list 'one' stands here twice"),
    ],
)
def test_a_bad_row_names_its_line(rows: str, message: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words, "read_data", lambda *_: read_table(HEAD + rows, "t.tsv"))
    words._lists.cache_clear()
    try:
        with pytest.raises(DataError, match=message):
            words.word_list("one")
    finally:
        words._lists.cache_clear()
