"""What the event model is asked about, by a guess of what it would say."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline import Coder, Report
from dateline.errors import DataError
from dateline.events import asking
from dateline.events.asking import PROMISING, USES, Asking
from dateline.language import notes, parse
from dateline.records import Participant
from dateline.stages import run

TEXT = (
    "Iran's foreign minister scolded the ambassador of Norway in Oslo on Monday. Maria Lopez "
    "bought a house."
)


@pytest.fixture(scope="module")
def coder() -> Coder:
    return Coder()


@pytest.fixture(scope="module")
def chances(coder: Coder) -> dict[str, float]:
    doc = parse(Report(id="x", text=TEXT), coder.nlp)
    run(coder.stages, doc)
    verbs = {t.text: t for t in doc if t.pos_ == "VERB"}
    people = notes(doc).participants

    def named(word: str) -> Participant:
        return next(p for p in people if word in p.span.text)

    pairs = {"scolded": ("minister", "Norway"), "bought": ("Lopez", "Lopez")}
    return {
        verb: Asking(verbs[verb], "find").chance(named(a), named(b))
        for verb, (a, b) in pairs.items()
    }


def test_two_of_politics_are_likelier_asked_about_than_daily_life(
    chances: dict[str, float],
) -> None:
    assert chances["scolded"] >= PROMISING
    assert chances["scolded"] > 2 * chances["bought"]


@given(use=st.sampled_from(USES), type=st.sampled_from(("", "ACCUSE", "no such type")))
def test_a_chance_is_one_whatever_is_asked(coder: Coder, use: str, type: str) -> None:
    doc = parse(Report(id="x", text="Police left."), coder.nlp)
    assert 0 < Asking(doc[1], use, type).chance(None, None) < 1


def test_a_coder_names_the_weights_that_it_asks_by(coder: Coder) -> None:
    assert dict(coder.versions.data)["asking"] == asking.version()
    assert dict(Coder(event_model=False).versions.data)["asking"] == "none"


def test_a_weight_that_is_no_number_is_an_error_with_its_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "asking.tsv").write_text("# version 1; x\nbias\tmuch\n")
    monkeypatch.setattr(asking, "files", lambda _: tmp_path)
    asking.load_weights.cache_clear()
    try:
        with pytest.raises(DataError, match=r"asking\.tsv:2"):
            asking.load_weights()
    finally:
        asking.load_weights.cache_clear()
