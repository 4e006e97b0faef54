"""The event lexicon: its schema, and its examples run through the whole pipeline."""

from pathlib import Path

import pytest

from dateline import Coder
from dateline.errors import DataError
from dateline.events.lexicon.loader import load_lexicon, read_classes, read_entries

HEAD = 'version: "1"\nsource: x\nlicence: y\n'


@pytest.fixture(scope="module")
def coder() -> Coder:
    return Coder(event_model=False)


def fits(coder: Coder, text: str, entry: str) -> bool:
    coded = coder.code(text, published="2024-05-06")
    assert not coded.failures
    return any(r.rule == entry for e in coded.events for r in e.why)


@pytest.mark.slow
@pytest.mark.parametrize("entry", load_lexicon().entries, ids=lambda e: e.id)
def test_positive_examples_give_their_type(coder: Coder, entry) -> None:  # type: ignore[no-untyped-def]
    coded = coder.code(entry.positive, published="2024-05-06")
    assert any(entry.type in (e.type, e.plover_type) for e in coded.events)


@pytest.mark.slow
@pytest.mark.parametrize(
    "entry", [e for e in load_lexicon().entries if e.negative], ids=lambda e: e.id
)
def test_negative_examples_do_not(coder: Coder, entry) -> None:  # type: ignore[no-untyped-def]
    assert not fits(coder, entry.negative, entry.id)


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("type: NOPE\nentries: []\n", "no such type"),
        ("type: AID\nentries:\n  - {id: a, positive: x}\n", "verbs or nouns"),
        ("type: AID\nentries:\n  - {id: a, verbs: b, positive: x, frame: {object: XX}}\n", "class"),
        ("type: AID\nentries:\n  - {id: a, verbs: b, positive: x, mode: visit}\n", "mode"),
        ("type: AID\nentries:\n  - {id: a, verbs: b, positive: x, bad: y}\n", "unknown key"),
    ],
)
def test_a_broken_file_names_its_line(tmp_path: Path, body: str, message: str) -> None:
    path = tmp_path / "AID.yaml"
    path.write_text(HEAD + body, encoding="utf-8")
    with pytest.raises(DataError, match=rf"AID.yaml:\d+: .*{message}"):
        read_entries(path, {})


def test_classes_need_a_version(tmp_path: Path) -> None:
    path = tmp_path / "classes.yaml"
    path.write_text("classes: {A: b}\n", encoding="utf-8")
    with pytest.raises(DataError):
        read_classes(path)
