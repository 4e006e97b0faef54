"""Several mentions of one event, and events that are not one."""

import pytest

from dateline import Coder
from dateline.records import Event


@pytest.fixture(scope="module")
def coder() -> Coder:
    return Coder()


def assaults(coder: Coder, text: str) -> list[Event]:
    return [e for e in coder.code(text, published="2024-05-07").events if e.type == "ASSAULT"]


def test_a_noun_with_the_points_back_to_what_was_told(coder: Coder) -> None:
    text = (
        "Gunmen attacked a police station in Gao on Monday.\n\n"
        "Residents said the attack lasted two hours."
    )
    assert len(assaults(coder, text)) == 1


def test_a_noun_does_not_point_back_to_another_place(coder: Coder) -> None:
    text = (
        "Gunmen attacked a police station in Gao on Monday.\n\n"
        "The attack by gunmen on a police station in Timbuktu last week killed six officers."
    )
    assert len(assaults(coder, text)) == 2


def test_nobody_is_killed_twice(coder: Coder) -> None:
    text = (
        "Rebels killed the lawyer Ana Pardo on Monday, her family said.\n\n"
        "Thousands marched through Bogota against the murder of Ana Pardo by rebels."
    )
    assert len(assaults(coder, text)) == 1


def test_the_means_of_an_attack_is_no_second_one(coder: Coder) -> None:
    assert len(assaults(coder, "Guerrillas attacked the palace with mortar fire on Monday.")) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Two bombs exploded in Lima on Monday.\n\nThe two bombs exploded minutes apart.",
        "Rebels killed five farmers near Lima on Monday.\n\n"
        "Police said the farmers were killed at night.",
        "A bomb exploded in Lima on Monday.\n\nTwo guards were killed.",
        "Twelve guerrillas and one soldier were killed while 15 soldiers were wounded in Lima.",
    ],
)
def test_what_is_told_again_is_one_event(coder: Coder, text: str) -> None:
    assert len(assaults(coder, text)) == 1


def test_other_victims_are_another_event(coder: Coder) -> None:
    text = (
        "Rebels killed five farmers near Lima on Monday.\n\n"
        "On Sunday gunmen killed two judges in Bogota."
    )
    assert len(assaults(coder, text)) == 2


def test_who_is_named_by_the_act_did_what_follows(coder: Coder) -> None:
    text = "A suicide bomber killed at least 30 people at a market in Baghdad on Monday."
    (event,) = assaults(coder, text)
    assert event.mode == "suicide-attack"
    assert [size.role for size in event.sizes] == ["dead"]


def test_nobody_is_on_both_sides(coder: Coder) -> None:
    text = "The number of people killed in the attack on a theatre in Lyon has risen to 133."
    for event in assaults(coder, text):
        assert not set(event.actors) & set(event.recipients)


def consults(coder: Coder, text: str) -> list[Event]:
    return [e for e in coder.code(text, published="2024-05-07").events if e.type == "CONSULT"]


def test_talks_of_the_same_two_are_their_meeting(coder: Coder) -> None:
    text = (
        "President Macron met President Modi in Paris on Monday.\n\n"
        "The meeting between Macron and Modi lasted an hour, officials said."
    )
    (met,) = consults(coder, text)
    assert len(met.mentions) == 2


def test_talks_elsewhere_are_others(coder: Coder) -> None:
    text = (
        "President Macron met President Modi in Paris on Monday.\n\n"
        "Macron and Modi held talks in Mumbai in March."
    )
    assert len(consults(coder, text)) == 2


def test_two_persons_of_one_country_meet_twice(coder: Coder) -> None:
    text = (
        "French President Emmanuel Macron met Mayor Anne Hidalgo in Paris on Monday. "
        "French Foreign Minister Jean-Yves Le Drian met Senator Gerard Larcher in Paris on Monday."
    )
    found = coder.code(text, published="2021-05-04").events
    assert [event.type for event in found] == ["CONSULT", "CONSULT"]


def test_a_mode_told_later_does_not_take_the_words_of_the_first(coder: Coder) -> None:
    text = (
        "Rebels attacked an army post in Gao on Monday. The rebels attacked the post in Gao on "
        "Monday with car bombs, the army said."
    )
    (event,) = assaults(coder, text)
    assert event.mode == "explosives"
    assert event.trigger.start < 20
