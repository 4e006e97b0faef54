"""Where events happened, and what that rests on."""

import pytest

from dateline import CodedReport, Coder
from dateline.records import Event, Place


@pytest.fixture(scope="module")
def coder() -> Coder:
    return Coder()


def first(coded: CodedReport, kind: str) -> Event:
    return next(e for e in coded.events if e.type == kind)


def placed(coded: CodedReport, event: Event) -> Place:
    return next(p for p in coded.places if p.id == event.place)


def test_victims_from_abroad_do_not_move_an_attack(coder: Coder) -> None:
    coded = coder.code(
        "LA PAZ, May 26 (Example) - Gunmen shot dead two U.S. missionaries on Friday. Bolivian police "
        "are looking for the killers."
    )
    event = first(coded, "ASSAULT")
    assert (placed(coded, event).country, event.place_basis) == ("BOL", "report")


def test_an_embassy_stands_where_it_is_and_not_in_the_country_it_speaks_for(coder: Coder) -> None:
    coded = coder.code(
        "LIMA (PERU), May 3 (Example) - Guerrillas bombed the embassies of China and Italy on Tuesday "
        "night, police said."
    )
    event = first(coded, "ASSAULT")
    assert placed(coded, event).country == "PER"


def test_foreign_attackers_leave_the_country_of_the_report_open(coder: Coder) -> None:
    coded = coder.code(
        "Kenya said on Monday that Ethiopian soldiers killed three Sudanese herders."
    )
    event = first(coded, "ASSAULT")
    assert event.place_basis != "report"


def test_the_words_of_a_later_mention_say_where_better_than_the_report(coder: Coder) -> None:
    coded = coder.code(
        "BOGOTA, May 7 (Example) - Colombian rebels kidnapped Ana Pardo on Monday.\n\n"
        "The rebels kidnapped Ana Pardo in Pasto on Monday, the army said.",
        published="2024-05-07",
    )
    event = first(coded, "ASSAULT")
    assert len(event.mentions) == 2
    assert placed(coded, event).name == "Pasto" and event.place_basis in ("argument", "sentence")


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("Gunmen attacked a base in Borno state in Nigeria's northeast.", "Borno"),
        ("Rebels killed 12 people in North Kivu province on Friday.", "North Kivu"),
        ("A bomb exploded in a Beirut suburb on Friday.", "Beirut"),
    ],
)
def test_an_area_named_before_its_kind_is_where_it_happened(
    coder: Coder, text: str, where: str
) -> None:
    coded = coder.code(text)
    assert placed(coded, first(coded, "ASSAULT")).span.text == where


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Ukraine's foreign minister accused Moscow of lying.", "ACCUSE"),
        ("The European Union will provide Kyiv with weapons.", "AID"),
        ("Turkey asked Damascus to hold talks.", "REQUEST"),
    ],
)
def test_a_capital_that_names_a_party_is_no_location(coder: Coder, text: str, kind: str) -> None:
    coded = coder.code(text)
    assert first(coded, kind).place is None


def test_what_another_act_goes_to_is_no_place_of_this_one(coder: Coder) -> None:
    found = coder.code("Russia expels 10 Bulgarian diplomats, threatens to halt gas to Finland")
    assert [(e.type, e.place) for e in found.events] == [("SANCTION", None), ("THREATEN", None)]
    finland = next(p.id for p in found.places if p.name == "Finland")
    assert found.gist is not None and found.gist.place != finland
