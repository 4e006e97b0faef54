"""Who stands beside an act, and what only says where."""

import pytest

from dateline import CodedReport, Coder


@pytest.fixture(scope="module")
def coder() -> Coder:
    return Coder()


def code(coder: Coder, text: str) -> CodedReport:
    return coder.code(text, published="2024-05-07")


def names(coded: CodedReport, ids: tuple[str, ...]) -> set[str]:
    return {p.name for p in coded.participants if p.id in ids}


def test_the_town_before_an_attack_says_where_and_attacks_nobody(coder: Coder) -> None:
    coded = code(coder, "The Madrid bombing killed 191 people.")
    places = {p.id: p.name for p in coded.places}
    assert all(not event.actors for event in coded.events)
    assert "Madrid" in {places[event.place] for event in coded.events if event.place}


def test_the_country_before_an_attack_makes_it(coder: Coder) -> None:
    coded = code(coder, "A US attack on Syria killed ten people.")
    assert any("United States" in names(coded, event.actors) for event in coded.events)


def test_who_condemns_an_attack_has_not_made_it(coder: Coder) -> None:
    coded = code(coder, "Egypt condemned the bombing of a mosque in Gaza.")
    by_type = {event.type: event for event in coded.events}
    assert names(coded, by_type["ACCUSE"].actors) == {"Egypt"}
    assert not by_type["ASSAULT"].actors


def test_talks_of_two_persons_by_name_are_a_meeting(coder: Coder) -> None:
    coded = code(coder, "Mr Okello is to hold talks with Mr Haddad in Lyon.")
    (event,) = coded.events
    assert (event.type, event.status) == ("CONSULT", "planned")
    assert names(coded, event.actors) == {"Okello", "Haddad"}


def test_who_is_somewhere_for_talks_takes_part(coder: Coder) -> None:
    coded = code(coder, "The Chinese premier is in Delhi for talks with Indian leaders.")
    (event,) = coded.events
    assert event.type == "CONSULT" and len(event.actors) == 2


@pytest.mark.parametrize(
    "text",
    [
        "Asked about the vote, the president's spokesman said nothing was planned.",
        "The minister will not talk about the plan.",
        "This morning the minister called me a mongrel.",
        "The president called Mr Okello 'unfit'.",
    ],
)
def test_words_to_the_press_are_no_meeting(coder: Coder, text: str) -> None:
    assert "CONSULT" not in [event.type for event in code(coder, text).events]


def test_who_is_named_behind_by_has_done_it(coder: Coder) -> None:
    coded = code(coder, "Nigeria Says 21 Schoolgirls Abducted By Boko Haram Have Been Released")
    abducted = next(event for event in coded.events if event.mode == "abduct")
    assert names(coded, abducted.actors) == {"Boko Haram"}


def test_a_shooting_that_a_town_names_needs_no_doer(coder: Coder) -> None:
    (event,) = code(coder, "59 dead, 527 injured in Las Vegas shooting").events
    assert (event.type, event.mode) == ("ASSAULT", "firearms")


def test_to_meet_and_discuss_is_one_meeting(coder: Coder) -> None:
    (event,) = code(coder, "The Security Council will meet on Tuesday to discuss the test.").events
    assert event.type == "CONSULT"


def test_a_rocket_into_the_sea_hits_nobody(coder: Coder) -> None:
    lexical = Coder(event_model=False)
    (event,) = lexical.code("North Korea fired a ballistic missile into the sea on Tuesday.").events
    assert event.type == "MOBILIZE"
