from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.errors import DataError
from dateline.events.contexts import contexts_of, load_cues, report_contexts, scored_contexts
from dateline.events.contexts.cues import split
from dateline.events.ontology import Example, load
from dateline.language import parse
from dateline.records import Report

EXAMPLES = [e for c in load().contexts.values() for e in c.examples]


def contexts(text: str) -> tuple[str, ...]:
    return contexts_of(parse(Report(id="t", text=text)))


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: f"{e.of}:{e.line}")
def test_every_context_finds_its_examples(example: Example) -> None:
    assert example.of in contexts(example.text)


def test_every_context_has_cues() -> None:
    found = {c for cues in load_cues().first.values() for cue in cues for c, _ in cue.contexts}
    assert found == set(load().contexts)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("The Salvation Army opened a soup kitchen.", "military"),
        ("Trade union leaders met on Monday.", "economic"),
        ("The striker missed a penalty in the second half.", "military"),
        ("The goalkeeper had a quiet afternoon.", "military"),
        ("It was a birthday party for the singer.", "political_institutions"),
    ],
)
def test_masks_and_everyday_words(text: str, wrong: str) -> None:
    assert wrong not in contexts(text)


def test_who_said_it_counts_less() -> None:
    said = contexts("The trawlers left the fishing ground, the foreign minister said.")
    assert said == ("natural_resource",)


def test_type_and_sectors_speak_too() -> None:
    doc = parse(Report(id="t", text="It happened on Monday."))
    assert contexts_of(doc) == ()
    assert contexts_of(doc, type="SANCTION", mode="convict") == ("legal",)
    assert contexts_of(doc, sectors=("MIL",)) == ("military",)


def test_reasons_point_to_their_words() -> None:
    text = "Ministers of the two  countries signed a free-trade deal\nin Oslo."
    scored = scored_contexts(parse(Report(id="t", text=text)))
    assert scored[0].context == "economic"
    for one in scored:
        assert one.weight == pytest.approx(sum(r.weight or 0 for r in one.why))
        for reason in one.why:
            assert reason.rule
            assert all(text[s.start : s.end] == s.text for s in reason.spans)


def test_only_the_sentence_of_the_event_counts() -> None:
    doc = parse(Report(id="t", text="The court freed him. Voters go to the polls on Sunday."))
    sentences = list(doc.sents)
    assert contexts_of(doc, sentences[0][1:2])[0] == "legal"
    assert contexts_of(doc, sentences[1][0:1])[0] == "election"


def test_contexts_of_a_report() -> None:
    text = """Cholera spreads in the north

Health officials reported forty new cases of cholera on Monday.
The outbreak began in a refugee camp, doctors said.
Hospitals are short of medicine, and the health ministry asked for vaccines.
"""
    found = report_contexts(parse(Report(id="t", text=text)))
    assert found[0] == "health"
    assert "election" not in found


def test_cues_are_split_as_the_tokenizer_splits() -> None:
    assert split("peace-keeping") == ("peace", "-", "keeping")
    assert split("women's rights") == ("women", "'s", "rights")


def test_a_broken_lexicon_is_a_data_error(tmp_path: Path) -> None:
    path = tmp_path / "cues.yaml"
    path.write_text("version: '1'\nthreshold: 1.0\nfallback: 0.6\ncontexts:\n  weather: []\n")
    with pytest.raises(DataError, match=r"cues\.yaml:5: no such context: 'weather'"):
        load_cues(path)


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=200))
def test_any_text_can_be_tagged(text: str) -> None:
    doc = parse(Report(id="t", text=text))
    known = load().contexts
    assert all(c in known for c in (*contexts_of(doc), *report_contexts(doc)))
