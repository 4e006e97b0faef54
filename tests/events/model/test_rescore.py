"""The model judges the events of a report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dateline.events.model import Candidate, Judgement, LexiconOnly, Reading, WithModel
from dateline.events.model.rescore import candidate_of, rescore
from dateline.records import Event, Participant, Span, Status

TEXT = "It rained. Rebels shelled the airport at dawn."


def span(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start=start, end=start + len(words), text=words)


PEOPLE = {
    "p1": Participant(id="p1", span=span("Rebels"), head=span("Rebels")),
    "p2": Participant(id="p2", span=span("the airport"), head=span("airport")),
    "p3": Participant(id="p3", span=span("It"), head=span("It")),
}


def event(kind: str, confidence: float, reading: str | None = "same") -> Event:
    return Event(
        id="e1",
        type=kind,
        mode="x",
        status=Status.OCCURRED,
        plover_type=kind if reading == "same" else reading,
        trigger=span("shelled"),
        sentence=span("Rebels shelled the airport at dawn."),
        actors=("p3", "p1"),
        recipients=("p2",),
        confidence=confidence,
    )


class Fixed(LexiconOnly):
    """Says always the same."""

    def __init__(self, judgement: Judgement, *, asks: bool = False) -> None:
        self.judgement, self.asks = judgement, asks

    def judge(self, cases: Sequence[tuple[Candidate, Reading]]) -> list[Judgement]:
        return [self.judgement for _ in cases]


def test_the_candidate_marks_what_stands_in_the_sentence() -> None:
    found = candidate_of(event("ASSAULT", 0.9), PEOPLE)
    assert found == Candidate("Rebels shelled the airport at dawn.", (0, 6), (15, 26), (7, 14))


def test_the_lexicon_alone_changes_nothing_but_the_confidence() -> None:
    (found,) = rescore((event("ASSAULT", 0.9),), PEOPLE, LexiconOnly())
    assert replace(found, confidence=0.9) == event("ASSAULT", 0.9)


def test_the_confidence_rises_with_what_lexicon_and_model_say() -> None:
    said = [Judgement("ASSAULT", sure, relevant) for sure, relevant in ((0.4, 0.3), (0.98, 0.97))]
    doubtful, sure = (
        rescore([event("ASSAULT", 0.7)], PEOPLE, Fixed(one, asks=True))[0].confidence
        for one in said
    )
    assert 0 < doubtful < sure < 1


def test_a_type_that_stands_keeps_its_mode_and_gains_confidence() -> None:
    (found,) = rescore([event("ASSAULT", 0.8)], PEOPLE, WithModel())
    assert (found.type, found.mode) == ("ASSAULT", "x")
    assert found.confidence > 0.8
    assert any(reason.rule == "event-model" for reason in found.why)


def test_a_new_type_brings_its_scores_and_says_why_the_mode_is_blank() -> None:
    (found,) = rescore([event("ACCUSE", 0.3)], PEOPLE, Fixed(Judgement("ASSAULT", 0.9)))
    assert (found.type, found.plover_type, found.mode, found.quad) == (
        "ASSAULT",
        "ASSAULT",
        None,
        4,
    )
    assert found.scale == -9.0 and found.cameo is not None
    assert [blank.field for blank in found.blanks] == ["mode"]


def test_a_planned_act_stays_what_it_is() -> None:
    (found,) = rescore([event("RETREAT", 0.5, "CONCEDE")], PEOPLE, Fixed(Judgement("AGREE", 0.6)))
    assert (found.type, found.plover_type) == ("RETREAT", "AGREE")


def test_general_news_is_left_out_and_what_plover_does_not_code_is_left_alone() -> None:
    dropped = Fixed(Judgement("ASSAULT", 0.1, dropped=True))
    assert rescore([event("ASSAULT", 0.4)], PEOPLE, dropped) == ()
    uncoded = event("ASSAULT", 0.4, None)
    (left,) = rescore([uncoded], PEOPLE, dropped)
    assert replace(left, confidence=0.4) == uncoded
