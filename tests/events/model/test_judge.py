"""Lexicon and model together: who wins when, and why."""

from __future__ import annotations

import pytest

from dateline.events.model import Candidate, LexiconOnly, Prediction, Reading, WithModel
from dateline.events.model.judge import pool

ATTACK = Candidate("Rebels shelled the airport at dawn.", (0, 6), (15, 26), (7, 14))
MATCH = Candidate("United beat Chelsea 2-0 at home.", (0, 6), (12, 19), (7, 11))


def said(**probs: float) -> Prediction:
    ordered = dict(sorted(probs.items(), key=lambda pair: -pair[1]))
    return Prediction(ordered, relevant=0.9, conflict=0.5, certainty=3.0, future=0.0)


def test_without_the_model_the_lexicon_is_taken_at_its_word() -> None:
    (judged,) = LexiconOnly().judge([(ATTACK, Reading("COERCE", 0.8))])
    assert (judged.type, judged.confidence, judged.dropped) == ("COERCE", 0.8, False)


def test_a_sure_lexicon_stands_against_a_doubtful_model() -> None:
    probs = pool(Reading("ACCUSE", 0.95), said(ACCUSE=0.2, REJECT=0.5, AID=0.3))
    assert max(probs, key=probs.__getitem__) == "ACCUSE"


def test_a_sure_model_overrules_a_doubtful_lexicon() -> None:
    probs = pool(Reading("ACCUSE", 0.4), said(ACCUSE=0.03, REJECT=0.96, AID=0.01))
    assert max(probs, key=probs.__getitem__) == "REJECT"


def test_agreement_makes_surer_and_the_sum_stays_one() -> None:
    probs = pool(Reading("ACCUSE", 0.7), said(ACCUSE=0.7, REJECT=0.2, AID=0.1))
    assert probs["ACCUSE"] > 0.7
    assert sum(probs.values()) == pytest.approx(1)


def test_both_witnesses_are_named() -> None:
    (judged,) = WithModel().judge([(ATTACK, Reading("ASSAULT", 0.8, rule="shell.v"))])
    assert judged.type == "ASSAULT" and judged.confidence > 0.8 and not judged.dropped
    assert [reason.rule for reason in judged.why] == ["shell.v", "event-model"]


def test_general_news_is_dropped_where_the_lexicon_is_unsure() -> None:
    (judged,) = WithModel().judge([(MATCH, Reading("ASSAULT", 0.5, rule="beat.v"))])
    assert judged.dropped


def test_no_cases_load_no_model() -> None:
    assert WithModel().judge([]) == []


def test_the_type_of_another_act_of_the_sentence_is_no_witness() -> None:
    doubt = said(ACCUSE=0.94, REQUEST=0.03, AID=0.03)
    alone = pool(Reading("REQUEST", 0.8), doubt)
    beside = pool(Reading("REQUEST", 0.8, others=frozenset({"ACCUSE"})), doubt)
    assert max(alone, key=alone.__getitem__) == "ACCUSE"
    assert max(beside, key=beside.__getitem__) == "REQUEST"
