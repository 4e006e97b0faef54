"""The packaged model: what it says, and that it says it the same way every time."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given, settings

from dateline.events.model import Candidate, EventModel, card, load
from dateline.events.model.model import WEIGHTS
from dateline.events.ontology import load as ontology
from tests.events.model.test_encoding import candidates


def marked(text: str, source: str = "", target: str = "", trigger: str = "") -> Candidate:
    def at(words: str) -> tuple[int, int] | None:
        return (text.index(words), text.index(words) + len(words)) if words else None

    return Candidate(text, at(source), at(target), at(trigger))


ATTACK = marked("Rebels shelled the airport at dawn.", "Rebels", "the airport", "shelled")
DENIAL = marked("Peru denied that its police had shot at marchers.", trigger="shot")
SENTENCES = (
    ATTACK,
    marked("Fiji's president met the Tongan king in Suva.", "president", "king", "met"),
    marked("Chile accused Bolivia of moving the border posts.", "Chile", "Bolivia", "accused"),
    marked("Oslo urged both armies to stop shooting.", "Oslo", "both armies", "urged"),
    DENIAL,
    Candidate("Talks"),
)


def test_the_model_is_loaded_once() -> None:
    assert load() is load()


def test_it_answers_every_question_for_every_candidate() -> None:
    for prediction in load().predict(SENTENCES):
        assert set(prediction.type_probs) == set(ontology().types)
        assert sum(prediction.type_probs.values()) == pytest.approx(1, abs=0.01)
        assert list(prediction.type_probs.values()) == sorted(
            prediction.type_probs.values(), reverse=True
        )
        assert 0 <= prediction.conflict <= 1 and 0 <= prediction.relevant <= 1


def test_status_is_told_of_a_trigger_and_blank_without() -> None:
    attack, bare = load().predict([ATTACK, SENTENCES[-1]])
    assert attack.certainty is not None and -3 <= attack.certainty <= 3
    assert attack.future is not None and 0 <= attack.future <= 1
    assert bare.certainty is None and bare.future is None


@pytest.mark.parametrize(
    ("candidate", "kind"),
    list(zip(SENTENCES[:4], ("ASSAULT", "CONSULT", "ACCUSE", "REQUEST"), strict=True)),
)
def test_it_knows_plain_sentences(candidate: Candidate, kind: str) -> None:
    (prediction,) = load().predict([candidate])
    assert prediction.type == kind
    assert kind in prediction.explain()


def test_conflict_and_doubt_are_told() -> None:
    attack, meeting, denied = load().predict([SENTENCES[0], SENTENCES[1], DENIAL])
    assert attack.conflict > 0.8 > 0.2 > meeting.conflict
    assert attack.certainty is not None and denied.certainty is not None
    assert attack.certainty > denied.certainty


def test_no_candidate_is_computed_twice() -> None:
    model = load()
    model.forget()
    before = model.passes
    assert len(model.predict([ATTACK, DENIAL, ATTACK])) == 3
    model.predict([DENIAL])
    assert model.passes == before + 2


def test_a_prediction_is_the_same_in_every_batch() -> None:
    model = load()
    alone = [model.predict([candidate])[0] for candidate in SENTENCES]
    model.forget()
    assert model.predict(SENTENCES) == alone
    model.forget()
    assert model.predict(SENTENCES[::-1] * 2) == (alone[::-1]) * 2


def test_another_process_predicts_the_same() -> None:
    code = (
        "from dateline.events.model import Candidate, load;"
        "print(load().predict([Candidate('Rebels shelled the airport at dawn.', (0, 6), (15, 26), (7, 14))]))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == str(load().predict([ATTACK]))


def test_the_card_tells_where_the_weights_come_from() -> None:
    assert {"version", "command", "data", "scores", "base", "sha256"} <= set(card())


def test_no_candidates_give_no_predictions() -> None:
    assert load().predict([]) == []


@settings(max_examples=40, deadline=None)
@given(candidates())
def test_no_text_breaks_it(candidate: Candidate) -> None:
    (prediction,) = load().predict([candidate])
    assert 0 <= prediction.confidence <= 1


def test_the_weights_are_a_package() -> None:
    assert WEIGHTS == "dateline.events.model.weights"
    assert isinstance(load(), EventModel)


def test_the_words_behind_a_type_are_named() -> None:
    found = load().evidence(ATTACK)
    assert found, "no word speaks for the type"
    words = [ATTACK.text[start:end] for (start, end), _ in found]
    assert "shelled" in words
    assert [weight for _, weight in found] == sorted((w for _, w in found), reverse=True)
