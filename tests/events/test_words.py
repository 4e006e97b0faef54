"""The small sets of words are read with a schema."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import pytest

from dateline.errors import DataError
from dateline.events.proposals import read_table
from dateline.events.words import load_words, read_words


def edited(folder: Path, name: str, old: str, new: str) -> Path:
    text = files("dateline.events").joinpath(name).read_text(encoding="utf-8")
    assert old in text
    path = folder / name
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


def test_every_role_of_a_number_has_words() -> None:
    known = load_words()
    assert {role for roles in known.sizes_of.values() for role in roles} == {*known.sizes, "money"}
    assert "him" in known.sets.persons


@pytest.mark.parametrize(
    ("read", "name", "old", "new", "told"),
    [
        (read_words, "words.yaml", "dying: die", "dieing: die", "'dying' is missing"),
        (read_words, "words.yaml", "dying: die", "dying: die die", "'die' stands twice"),
        (read_words, "words.yaml", "AID: money", "HELP: money", "no such type: 'HELP'"),
        (read_words, "words.yaml", "AID: money", "AID: mony", "no such role: 'mony'"),
        (read_words, "words.yaml", "sizes:", "more: x\nsizes:", "unknown key 'more'"),
        (read_table, "proposals.yaml", "least: 0.2", "least: 2", "a probability"),
        (read_table, "proposals.yaml", "odds: 0.77", "odds: x", "'odds' must be a number"),
        (read_table, "proposals.yaml", "odds: 0.77", "odd: 1", "'odds' is missing"),
    ],
)
def test_a_fault_is_told_with_its_line(
    tmp_path: Path, read: Callable[[Path], object], name: str, old: str, new: str, told: str
) -> None:
    path = edited(tmp_path, name, old, new)
    with pytest.raises(DataError, match=rf"{name}:\d+: .*{told}"):
        read(path)
