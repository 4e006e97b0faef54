"""The word lists of the grammar: read, checked, and faults told with their line."""

from importlib.resources import files

import pytest

from dateline.errors import SetupError
from dateline.times.cues import cues, read_cues

TEXT = files("dateline.times").joinpath("cues.yaml").read_text(encoding="utf-8")


def test_the_lists_of_the_package_are_whole() -> None:
    assert read_cues(TEXT) == cues()
    assert "will" in cues().future_modals


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("  near:", "  nearby:", r"cues.yaml: the list 'near' is missing"),
        ("  near:", "  near: 3\n  spare:", r"line \d+: the list 'spare' is not one"),
        ("words: [since]", "words: [since, since]", r"line \d+: the list 'back_before' names"),
        ("words: [since]", "words: [Since]", r"line \d+: the list 'back_before': 'Since' must be"),
        ("words: [since]", "words: [on]", r"line \d+: the list 'back_before': quote the word"),
        ("words: [since]", "words: []", r"line \d+: the list 'back_before' needs a sentence"),
        ("words: [since]", "word: [since]", r"line \d+: the list 'back_before' needs `about`"),
        ("words: [since]", "words: [since", r"cues.yaml is not valid YAML"),
        ("cues:", "lists:", r"cues.yaml: expected a mapping"),
    ],
)
def test_a_fault_is_told_with_its_list(old: str, new: str, message: str) -> None:
    with pytest.raises(SetupError, match=message):
        read_cues(TEXT.replace(old, new, 1))
