"""Who acts and who is acted upon, and who is only named beside them."""

import pytest

from dateline import Coder
from dateline.records import Event


@pytest.fixture(scope="module")
def coder() -> Coder:
    return Coder()


def sides(coder: Coder, text: str) -> list[tuple[Event, list[str], list[str]]]:
    coded = coder.code(text, published="2024-05-07")
    words = {p.id: p.span.text for p in coded.participants}
    return [
        (e, [words[i] for i in e.actors], [words[i] for i in e.recipients]) for e in coded.events
    ]


def test_a_country_in_the_name_of_who_acts_is_not_acted_upon(coder: Coder) -> None:
    ((event, actors, recipients),) = sides(coder, "China's top diplomat mediated the talks.")
    assert event.type == "CONSULT"
    assert actors == ["China's top diplomat"] and recipients == []


def test_a_role_in_a_country_is_not_the_country_acting(coder: Coder) -> None:
    found = sides(coder, "Our role in Iraq will be to train and to help deal with ISIS.")
    assert all("Iraq" not in actors for _, actors, _ in found)


def test_a_spot_is_no_victim(coder: Coder) -> None:
    found = sides(
        coder, "Gunmen opened fire in a hall on the edge of Moscow, killing at least 40 people."
    )
    assert [(e.type, recipients) for e, _, recipients in found] == [("ASSAULT", ["40 people"])]


@pytest.mark.parametrize("verb", ["close", "end", "wind down"])
def test_to_end_a_mission_is_to_retreat(coder: Coder, verb: str) -> None:
    ((event, _, _),) = sides(
        coder, f"Denmark will {verb} its combat mission in Iraq before the new year."
    )
    assert (event.type, event.mode, event.status) == ("RETREAT", "withdraw", "planned")


def test_suspects_who_flee_are_not_driven_out(coder: Coder) -> None:
    assert sides(coder, "The suspects tried to flee to Ukraine.") == []


def test_the_victims_of_one_act_are_not_those_of_another(coder: Coder) -> None:
    found = sides(
        coder, "Protesters stormed the embassy in Tehran over the execution of a cleric by Oman."
    )
    dead = {e.trigger.text: [s.role for s in e.sizes] for e, _, _ in found}
    assert dead == {"stormed": [], "execution": ["dead"]}


def test_who_denies_does_not_reject_the_own_country(coder: Coder) -> None:
    ((event, actors, recipients),) = sides(
        coder, "White House spokesman John Kirby denied that the US was leaving the region."
    )
    assert event.type == "REJECT" and len(actors) == 1 and recipients == []


def test_who_is_in_talks_takes_part_in_them(coder: Coder) -> None:
    ((event, actors, _),) = sides(
        coder, "The IMF, which is in talks with Colombo, said it had hope."
    )
    assert (event.type, sorted(actors)) == ("CONSULT", ["Colombo", "IMF"])


def test_who_acts_by_another_verb_is_not_acted_upon(coder: Coder) -> None:
    text = "The deal, brokered by the African Union and announced by former Nigerian president Olusegun Obasanjo, holds."
    assert [recipients for _, _, recipients in sides(coder, text)] == [[]]


def test_a_town_in_which_they_surrender_is_not_surrendered_to(coder: Coder) -> None:
    text = "Nearly 1,000 fighters have surrendered at the Azovstal steelworks in Mariupol since Monday."
    assert [recipients for _, _, recipients in sides(coder, text)] == [[]]


@pytest.mark.parametrize(
    ("text", "actor", "status"),
    [
        (
            "Mali's junta gives French troops 72 hours to withdraw from the base.",
            "French troops",
            "demanded",
        ),
        ("The court gave the rebels a week to surrender their weapons.", "the rebels", "demanded"),
        ("The law gives police the power to arrest protesters.", "police", "planned"),
    ],
)
def test_who_is_given_time_or_power_is_who_acts(
    coder: Coder, text: str, actor: str, status: str
) -> None:
    coded = coder.code(text)
    names = {p.id: p.span.text for p in coded.participants}
    acts = [e for e in coded.events if e.type in ("RETREAT", "COERCE")]
    assert [([names[a] for a in e.actors], e.status) for e in acts] == [([actor], status)]
