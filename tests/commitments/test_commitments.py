from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.commitments import stage
from dateline.commitments.lexicon import Entry, lexicon, read_lexicon
from dateline.errors import DataError
from dateline.language import notes, parse
from dateline.records import Commitment, Report, spans_of
from dateline.statements import stage as statements


@cache
def commitments(text: str) -> tuple[Commitment, ...]:
    doc = parse(Report(id="t", text=text))
    return notes(stage()(statements()(doc))).commitments


def rules(text: str) -> set[str]:
    return {c.why[0].rule for c in commitments(text)}


@pytest.mark.parametrize("entry", lexicon().entries, ids=lambda e: str(e.id))
def test_examples_of_the_lexicon(entry: Entry) -> None:
    assert f"cue:{entry.id}" in rules(entry.positive)
    assert not commitments(entry.negative)
    assert entry.kind in {c.kind for c in commitments(entry.positive)}


@pytest.mark.parametrize(
    ("text", "kind", "what"),
    [
        ("The ministry will close the camp in March.", "plan", "close the camp in March"),
        ("Troops are to leave the island on Friday.", "plan", "to leave the island on Friday"),
        ("Kenya and Somalia signed an agreement reopening the border.", "agreement", "reopening the border"),
        ("He said the bank's plan to cut jobs would go ahead.", "plan", "to cut jobs"),
        ("The envoys are due to meet in Geneva next week.", "plan", "to meet in Geneva next week"),
        ("The envoy, due to leave on Friday, met reporters.", "plan", "to leave on Friday"),
        ("Ministers were among those due to meet in Oslo on Monday.", "plan", "to meet in Oslo on Monday"),
        ("Due to open in 2026, the bridge has been painted.", "plan", "to open in 2026"),
        ("A report due to be published on Monday blames the bank.", "plan", "to be published on Monday"),
        ("“We will not pay ransom,” the minister said.", "plan", "not pay ransom"),
    ],
)  # fmt: skip
def test_finds_commitments(text: str, kind: str, what: str) -> None:
    (found,) = commitments(text)
    assert found.kind == kind
    assert found.what is not None
    assert found.what.text == what


def test_a_refusal_is_negated() -> None:
    assert [c.negated for c in commitments("“We will not pay ransom,” the minister said.")] == [
        True
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Prices will rise next year.",
        "Who will pay for the bridge?",
        "The cut will cost hundreds of jobs.",
        "Anyone who moves here will have to pass a test.",
        "The company will probably sell the mine.",
        "The militia denied that it planned to shut the pipeline.",
        "The mayor would promise to build a school.",
        "Nobody agreed on anything.",
        "The coach may lose his job.",
        "Firms must keep their books in order.",
        "The party hopes to win three seats.",
        "Four times more telephones will be sold this year.",
        "The minister is expected to announce an end to the scheme.",
        "They pressed him to agree to the surgery.",
        "The driver was fined for refusing to stop.",
        "The guard was called in order to keep the peace.",
        "The premier has no plans to rebuild the port.",
        "Critics agree on one thing.",
        "The party leader accepted his decision.",
        "It is thought that the club will sell its captain.",
        "You will not be bothered by the noise.",
        "It was to have been used in the war.",
        "It was a hard year to be involved in.",
        "Two brothers set out to change the town.",
        "The governor is too ready to switch sides.",
        "The tribunal decided that she had been dismissed unfairly.",
        "The ministry has not agreed a settlement with the builders.",
        "The envoy said he may have misjudged the crowd.",
        "These are troops whose mission is to train the army.",
        "The firm missed a Friday deadline to pay.",
        "The fear is that they will rob the bank.",
        "Analysts are optimistic that the club will sell its captain.",
        "The storm threatens to flood the town.",
        "The act obliges firms to report their sales.",
        "The envoy is hopeful the rebels would sign a deal.",
        "The ministry has had four years to prepare the plan.",
        "Anyone willing to tell the truth is welcome.",
        "The director said he would not have written the play.",
        "The firm is confident it will keep its lead.",
        "The governor had been due to open the bridge.",
        "Talks due to begin on Monday were put off.",
        "The trains were late due to heavy snow on Monday.",
        "Prices, due to rise in May, worry the firm.",
        "“The council would argue for a tunnel,” said the mayor.",
        "“I'll admit that the road is long,” the mayor said.",
        "Drivers have a right to be heard.",
        "The old port was repaired, allowing more ships to be unloaded.",
        "The club will make money from the stadium.",
        "The talks aim to avert a strike.",
        "Everyone is required to follow the rules.",
        "The minister said it was a good deal for local government.",
        "The party will have to fight for every vote.",
        "Families will be heartened by the verdict.",
        "Reports that the firm will sell the mine are false.",
        "Rumours persist that he will leave the club.",
        "“I think it will help them,” said the coach.",
        "I do not think I will live in Oslo again.",
        "Norway is set to top the table on Sunday.",
        "It will mark the end of an era.",
        "Voters wait to see if the party has plans to raise taxes.",
        "It will take a decade until the port is rebuilt.",
        "The concert will take precedence over the match.",
        "It is not a decision to be made lightly.",
        "It is widely accepted that the bridge is old.",
        "Most of the praise will go to the captain, who won his first title in ten years.",
        "The mine was reopened, guaranteeing the firm a good year.",
    ],
)
def test_leaves_predictions_and_denials_alone(text: str) -> None:
    assert commitments(text) == ()


@pytest.mark.parametrize(
    ("text", "strength"),
    [
        ("The premier vowed to rebuild the port.", "vowed"),
        ("The premier will rebuild the port.", "will"),
        ("The premier plans to rebuild the port.", "plans"),
        ("The premier intends to rebuild the port.", "intends"),
        ("The premier hopes to visit the port.", "hopes"),
        ("The premier said he may visit the port.", "may"),
        ("“We may sell the port,” the premier said.", "may"),
        ("The premier agreed to rebuild the port.", "agreed"),
        ("The firm is obliged to rebuild the port.", "obliged"),
        ("The firm must rebuild the port by June.", "obliged"),
        ("The firm has until June to rebuild the port.", "obliged"),
        ("The regulator told the firm to rebuild the port by June.", "obliged"),
        ("The firm was told to rebuild the port by June.", "obliged"),
        ("The new law will oblige the firm to rebuild the port.", "obliged"),
        ("The council voted to rebuild the port.", "will"),
    ],
)
def test_strength(text: str, strength: str) -> None:
    assert [c.strength for c in commitments(text)] == [strength]


def test_a_condition_is_marked() -> None:
    (found,) = commitments("Iran will stop enrichment if the sanctions are lifted.")
    assert found.condition is not None
    assert found.condition.text == "if the sanctions are lifted"


def test_a_bad_lexicon_names_the_entry() -> None:
    with pytest.raises(DataError, match=r"cues\.yaml: add"):
        read_lexicon("version: '1'\n")


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["The", "army", "will", "not", "agreed", "to", "plan", "pledged", "a", "deal", "of", "“", "”", "ending", "if", "is", "due", "leave", "by", "May", ".", ",", ";", "We", "\n\n", "5"]
        ),
        max_size=25,
    )
)  # fmt: skip
def test_spans_are_the_text(words: list[str]) -> None:
    text = " ".join(words)
    doc = parse(Report(id="h", text=text))
    for span in spans_of(notes(stage()(statements()(doc))).commitments):
        assert text[span.start : span.end] == span.text
