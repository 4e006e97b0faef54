"""The packaged cue reader: what it says, and that it says it the same way every time."""

from __future__ import annotations

import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from dateline.errors import SetupError
from dateline.language import notes, parse
from dateline.records import Report, Statement
from dateline.statements import stage
from dateline.statements.model import card, load, reader
from dateline.statements.view import View

TEXT = (
    "The mayor noted that the bridge was shut. Doctors are in despair over the plan. "
    "The firm sold its plant in Leeds."
)


@cache
def view(text: str = TEXT) -> View:
    return View(parse(Report(id="t", text=text)))


def logits(text: str = TEXT) -> dict[str, float]:
    read = view(text)
    found: dict[str, float] = {}
    for first, last in read.sents:
        values = load().read(read, first, last, range(first, last))
        found |= {read.words[t]: value for t, value in values.items()}
    return found


def statements(text: str, *, encoder: bool) -> tuple[Statement, ...]:
    return notes(stage(encoder=encoder)(parse(Report(id="t", text=text)))).statements


def test_the_reader_is_made_once() -> None:
    assert load() is load()


def test_words_that_attribute_stand_out() -> None:
    found = logits()
    assert found["noted"] > 0 > max(found["bridge"], found["shut"], found["sold"], found["Leeds"])


def test_a_sentence_is_judged_alike_whatever_was_read_before() -> None:
    first = logits()
    logits("Talks have begun, a spokesman told reporters in a hall.")
    assert logits() == first


def test_another_process_says_the_same() -> None:
    script = f"from tests.statements.model.test_reader import logits; print(logits({TEXT!r}))"
    run = [sys.executable, "-c", script]
    root = Path(__file__).resolve().parents[3]
    said = subprocess.run(run, capture_output=True, text=True, check=True, cwd=root).stdout
    assert said.strip() == str(logits())


def test_it_is_asked_only_where_the_tables_are_unsure() -> None:
    before = load().passes
    statements("The port was rebuilt in 1999.", encoder=True)
    assert load().passes == before


def test_the_switch_leaves_it_out() -> None:
    before = load().passes
    found = statements(TEXT, encoder=False)
    assert load().passes == before
    assert all(reason.rule != "cue reader" for one in found for reason in one.why)
    assert "cue reader" not in stage(encoder=False).data
    assert stage().data["cue reader"] == card()["version"]


def test_damaged_weights_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = reader._bytes
    monkeypatch.setattr(reader, "_bytes", lambda name: whole(name) + b"\0" * name.endswith("onnx"))
    broken = reader.CueReader(card(), reader._parts)
    with pytest.raises(SetupError, match="damaged; reinstall"):
        broken.read(view(), *view().sents[0], [1])


def test_the_card_tells_what_it_was_trained_on() -> None:
    told = card()
    assert Path(__file__).resolve().parents[3].joinpath(told["data"]).exists()
    assert {"version", "base", "scores", "weighing", "sha256"} <= set(told)
