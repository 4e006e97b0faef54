"""Acts that only the model finds are weighed by the verb and by who the two are."""

from __future__ import annotations

import pytest

from dateline import Coder
from dateline.events.model import Prediction
from dateline.events.proposals import chance_of, worth_asking
from dateline.records import ActorKind, Participant, Span


def named(name: str, country: str | None, *sectors: str, kind: ActorKind) -> Participant:
    span = Span(start=0, end=len(name), text=name)
    return Participant(
        id="a0", span=span, head=span, kind=kind, country=country, sectors=sectors, name=name
    )


def said(kind: str) -> Prediction:
    return Prediction({kind: 0.8, "AID": 0.2}, 0.8, 0.5, None, None)


CHAD = named("Chad", "TCD", kind=ActorKind.COUNTRY)
MALI = named("Mali", "MLI", kind=ActorKind.COUNTRY)
SINGER = named("Ann Lee", None, kind=ActorKind.PERSON)
SHOP = named("the shop", None, "BUS", kind=ActorKind.GENERIC)


@pytest.fixture(scope="module")
def coder() -> Coder:
    return Coder()


def test_states_abroad_are_likelier_than_persons() -> None:
    assert chance_of("seize", said("COERCE"), CHAD, MALI) > 2 * chance_of(
        "seize", said("COERCE"), SINGER, SHOP
    )


def test_a_meeting_by_a_verb_that_is_none_is_unlikely() -> None:
    met = chance_of("meet", said("CONSULT"), CHAD, MALI)
    assert met > 2 * chance_of("surprise", said("CONSULT"), CHAD, MALI)


@pytest.mark.parametrize(
    "text",
    [
        "The British singer Ann Lee remembered how a French colleague of hers had laughed.",
        "Passengers from New Zealand got to see the Australian actor twice.",
    ],
)
def test_people_in_daily_life_are_left_alone(coder: Coder, text: str) -> None:
    assert not coder.code(text).events


def test_who_is_spoken_of_is_not_met(coder: Coder) -> None:
    coded = coder.code(
        "The president spoke of the prime minister's courage.", published="2024-05-06"
    )
    assert "CONSULT" not in [event.type for event in coded.events]


def test_a_verb_of_no_entry_is_asked_about_between_states_alone() -> None:
    assert worth_asking("surprise", CHAD, MALI)
    assert not worth_asking("surprise", CHAD, SHOP)
    assert not worth_asking("surprise", CHAD, None)
    assert worth_asking("seize", CHAD, SHOP)
