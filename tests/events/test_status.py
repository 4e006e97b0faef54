"""Whether acts happened: the status of a word, and how sure it is."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.tokens import Token

from dateline.errors import DataError
from dateline.events import factuality
from dateline.events.factuality import weighed
from dateline.events.status import Found, read_cues, status_of
from dateline.language import load
from dateline.records import Status


def act(text: str, word: str) -> Token:
    """Return the word of a sentence that names the act."""
    return next(token for token in load()(text) if token.text == word)


def found(text: str, word: str) -> Found:
    """Return the status by the rules."""
    token = act(text, word)
    return status_of(token.doc, token)


STATUSES = [
    ("The army attacked the town on Monday.", "attacked", Status.OCCURRED),
    ("The two governments will hold talks in Oslo.", "talks", Status.PLANNED),
    ("The minister will condemn the attack in parliament.", "attack", Status.OCCURRED),
    ("The committee will respond to the strike.", "strike", Status.OCCURRED),
    ("The meeting will take place in Nairobi.", "meeting", Status.PLANNED),
    ("The union called for a strike.", "strike", Status.DEMANDED),
    ("A planned visit caused anger.", "visit", Status.PLANNED),
    ("Shops fear the threatened boycott.", "boycott", Status.THREATENED),
    ("If the rebels attack, the troops will leave.", "attack", Status.HYPOTHETICAL),
    ("He will travel to Lima and meet the president.", "meet", Status.PLANNED),
    ("Shares fell, to close at 900 pence.", "close", Status.OCCURRED),
    ("She became the first woman to lead the army.", "lead", Status.OCCURRED),
    ("The police want to know who killed the man.", "killed", Status.OCCURRED),
    ("The plan, announced in May, would cut jobs.", "announced", Status.OCCURRED),
]


@pytest.mark.parametrize(("text", "word", "status"), STATUSES)
def test_the_words_around_an_act_give_its_status(text: str, word: str, status: Status) -> None:
    assert found(text, word).status is status


NEGATED = [
    ("The army did not attack the town.", "attack", True),
    ("The minister did not condemn the attack.", "attack", False),
    ("The two sides had no talks.", "talks", True),
    ("They failed to sign the treaty.", "sign", True),
    ("Its failure to sign the treaty caused anger.", "sign", True),
    ("They voted instead of fighting.", "fighting", True),
    ("The ministry did not say that the troops left.", "left", False),
    ("I do not think that the troops left.", "left", True),
    ("He did not leave because the rebels attacked.", "attacked", False),
    ("They do not plan to attack the town.", "attack", True),
    ("The police prevented an attack.", "attack", True),
    ("The company reported a decline in sales.", "sales", False),
]


@pytest.mark.parametrize(("text", "word", "negated"), NEGATED)
def test_a_negation_reaches_what_it_negates_and_no_more(
    text: str, word: str, negated: bool
) -> None:
    assert found(text, word).negated is negated


def test_a_score_orders_acts_by_how_sure_they_are() -> None:
    texts = [
        ("The army attacked the town on Monday.", "attacked"),
        ("The army will attack the town.", "attack"),
        ("The army may attack the town.", "attack"),
        ("The army did not attack the town.", "attack"),
    ]
    scores = [weighed(token, status_of(token.doc, token))[1] for token in (act(*t) for t in texts)]
    assert scores == sorted(scores, reverse=True)
    assert scores[0] > 2 and scores[-1] < 0


def test_a_score_names_the_features_that_weigh_most() -> None:
    token = act("The army did not attack the town.", "attack")
    why = weighed(token, status_of(token.doc, token))[0].why
    weights = [reason for reason in why if reason.field == "factuality"]
    assert weights
    assert all(reason.weight for reason in weights)


def test_a_status_that_does_not_exist_is_an_error_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "status.yaml"
    path.write_text('version: "1"\nsource: x\nlicence: x\nmatrix:\n  perhaps: hope\n')
    with pytest.raises(DataError, match=r"status\.yaml:5"):
        read_cues(path)


def test_a_weight_that_is_no_number_is_an_error_with_its_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "factuality.tsv").write_text("# version 1; x\nbias\tmuch\n")
    monkeypatch.setattr(factuality, "files", lambda _: tmp_path)
    factuality.load_weights.cache_clear()
    try:
        with pytest.raises(DataError, match=r"factuality\.tsv:2"):
            factuality.load_weights()
    finally:
        factuality.load_weights.cache_clear()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.sampled_from(
            [
                "the",
                "army",
                "will",
                "not",
                "attack",
                "if",
                "talks",
                "fail",
                "to",
                "begin",
                ".",
                "no",
                "one",
                "may",
                "deny",
            ]
        ),
        min_size=1,
        max_size=14,
    )
)
def test_every_word_of_any_sentence_has_a_status_and_a_score(words: list[str]) -> None:
    for token in load()(" ".join(words)):
        status, score = weighed(token, status_of(token.doc, token))
        assert status.status in Status
        assert -3 <= score <= 3
