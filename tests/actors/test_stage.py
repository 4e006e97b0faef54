from __future__ import annotations

import pytest

from dateline.actors import participant_at, stage
from dateline.language import load, notes, parse
from dateline.records import Participant, Report, spans_of


def coded(text: str, published: str | None = None) -> tuple[Participant, ...]:
    doc = parse(Report(id="t", text=text, published=published), load())
    stage()(doc)
    return notes(doc).participants


def by_head(participants: tuple[Participant, ...], head: str) -> Participant:
    return next(p for p in participants if p.head.text == head)


def test_a_misspelt_spokeswoman_is_found_by_office_and_date() -> None:
    found = coded("White House spokeswoman Jen Sakki said talks would go on.", "2021-09-01")
    assert by_head(found, "Jen Sakki").name == "Jen Psaki"
    assert by_head(found, "Jen Sakki").runner_up != by_head(found, "Jen Sakki").actor


def test_the_president_is_the_president_of_the_report() -> None:
    text = "US President Joe Biden met reporters in Washington. The president said he was glad."
    found = coded(text, "2021-09-01")
    biden = by_head(found, "Joe Biden")
    assert by_head(found, "president").actor == biden.actor
    assert by_head(found, "he").cluster == biden.id
    assert by_head(found, "he").basis == "coreference"


def test_an_office_is_held_by_someone_on_the_date() -> None:
    text = "The US secretary of state arrived in Paris."
    assert by_head(coded(text, "2011-05-01"), "secretary of state").name == "Hillary Clinton"
    assert by_head(coded(text, "2022-05-01"), "secretary of state").name == "Antony Blinken"


def test_generic_actors_have_sector_and_country() -> None:
    found = coded("Iraqi soldiers fired at protesters in Basra.")
    soldiers = by_head(found, "soldiers")
    assert (soldiers.country, soldiers.sectors) == ("IRQ", ("MIL",))
    assert by_head(found, "protesters").sectors == ("CVL",)


def test_fighters_act_for_their_group() -> None:
    found = coded("Suspected Boko Haram jihadists killed 14 soldiers. The militants then fled.")
    assert by_head(found, "jihadists").actor == by_head(found, "Boko Haram").actor
    assert by_head(found, "militants").actor == by_head(found, "Boko Haram").actor
    assert by_head(found, "militants").why[0].detail == "fighters of Boko Haram"


def test_fighters_of_a_report_with_two_groups_stay_unnamed() -> None:
    found = coded("Islamic State seized a town. Al-Shabaab killed two people. The militants fled.")
    assert by_head(found, "militants").actor is None


def test_gunmen_are_not_those_who_claim_the_attack() -> None:
    found = coded("Gunmen killed two people. Islamic State claimed the attack. The gunmen fled.")
    assert by_head(found, "gunmen").actor is None


def test_a_news_agency_is_no_side_of_a_war() -> None:
    found = coded(
        "KYIV, March 3 (Reuters) - Russian forces shelled a town overnight, as talks between the two sides "
        "ended without a truce. Russia said the Russian military would not stop.",
        "2022-03-03",
    )
    sides = next(p for p in found if p.span.text == "the two sides")
    assert [p.name for p in found if p.id in sides.members] == ["Ukraine", "Russian military"]


def test_compounds_have_members() -> None:
    found = coded("Hungarian and Romanian officials met on Monday.")
    officials = by_head(found, "officials")
    members = [p.country for p in found if p.id in officials.members]
    assert members == ["HUN", "ROU"]


def test_former_office_holders_are_elites() -> None:
    found = coded("Former President George W. Bush spoke in Texas.", "2021-09-01")
    bush = by_head(found, "George W. Bush")
    assert (bush.country, bush.sectors) == ("USA", ("ELI",))


@pytest.mark.parametrize(
    ("text", "word", "country"),
    [
        ("The Kremlin rejected the offer.", "Kremlin", "RUS"),
        ("Downing Street declined to comment.", "Street", "GBR"),
        ("Iraq's prime minister resigned.", "Iraq", "IRQ"),
    ],
)
def test_participant_at(text: str, word: str, country: str) -> None:
    doc = parse(Report(id="t", text=text), load())
    stage()(doc)
    token = next(t for t in doc if t.text == word)
    participant = participant_at(doc, token)
    assert participant is not None and participant.country == country
    verb = next(t for t in doc if t.pos_ == "VERB")
    assert participant_at(doc, verb) is None


def test_spans_are_text_of_the_report() -> None:
    text = "Mr. \u00c9lys\u00e9e  said:\n\u201cthe  US\u2019s troops\u201d \u2014 and Mullah Omar, the Taliban leader, fled."
    for span in spans_of(coded(text)):
        assert text[span.start : span.end] == span.text


@pytest.mark.parametrize(
    ("text", "words", "country"),
    [
        ("President Bush has threatened Russia.", "President Bush", "USA"),
        ("President Museveni banned the march.", "President Museveni", "UGA"),
        ("The Reagan administration said that China must pay.", "administration", "USA"),
        ("Norway's Supreme Court decided.", "Supreme Court", "NOR"),
        ("Talks with Afganistan failed.", "Afganistan", "AFG"),
        ("Greek jets circled the island.", "Greek", "GRC"),
        ("Two Greek air raids killed 20 people.", "20 people", None),
        ("Ethnic Albanians have sworn to fight.", "Albanians", None),
    ],
)
def test_country_of_an_actor(text: str, words: str, country: str | None) -> None:
    found = next(p for p in coded(text) if words in p.span.text)
    assert found.country == country


def test_a_surname_that_two_held_the_office_under_is_ambiguous_without_a_date() -> None:
    text = "President Bush has threatened Russia."
    assert coded(text)[0].actor is None
    assert any(blank.reason == "ambiguous" for blank in coded(text)[0].blanks)
    assert coded(text, "2005-03-01")[0].actor == "Q207"


@pytest.mark.parametrize(
    "text",
    [
        "Sweden's Minister for Enterprise, Maud Ollophsson, spoke to reporters.",
        "Maud Ollophsson, Sweden's Minister for Enterprise, spoke to reporters.",
        "M. Olofsson, Sweden's Minister for Enterprise, spoke to reporters.",
        "Yesterday, Sweden's Minister for Enterprise, Maud Olofsson, spoke to reporters.",
    ],
)
def test_an_office_and_its_commas_frame_a_name(text: str) -> None:
    found = [p for p in coded(text, "2010-10-06") if p.name == "Maud Olofsson"]
    assert len(found) == 1
    assert (found[0].country, found[0].sectors[0]) == ("SWE", "GOV")


def test_an_ambassador_is_told_from_the_country_of_the_post() -> None:
    found = coded("France's ambassador to Tunisia Daniel Conttenay spoke.", "2000-07-01")
    assert any(p.name == "Daniel Contenay" and p.country == "FRA" for p in found)


@pytest.mark.parametrize(
    ("text", "words", "country", "sector"),
    [
        ("Residents of Lagos fled.", "Residents", "NGA", "CVL"),
        ("The government of Sindh province ordered patrols.", "government", "PAK", "GOV"),
        ("Inhabitants of the Iraqi city of Basra struck.", "Inhabitants", "IRQ", "CVL"),
        ("A rebel group based in Chad claimed the attack.", "rebel group", "TCD", "REB"),
        ("Ethnic Turks in north Bulgaria are demanding a vote.", "Turks", "BGR", "CVL"),
        ("The Hungarians of western Romania held a rally.", "Hungarians", "ROU", "CVL"),
        ("An anti-Syria journalist was killed in Lebanon.", "journalist", "LBN", "JRN"),
        ("Tunisian police dispersed striking students.", "students", "TUN", "EDU"),
        ("Jewish settlers set fire to a shop.", "settlers", "ISR", "CVL"),
        ("British aircraft bombed a depot.", "aircraft", "GBR", "MIL"),
        ("U.S. soldiers left the town.", "soldiers", "USA", "MIL"),
    ],
)
def test_where_an_actor_is_tells_its_country(
    text: str, words: str, country: str, sector: str
) -> None:
    found = next(p for p in coded(text) if words in p.head.text)
    assert (found.country, found.sectors[:1]) == (country, (sector,))


def test_apposition_gives_a_person_country_and_sector() -> None:
    found = coded("Salim Odeh, Jordan's leading human rights activist, began a hunger strike.")
    salim = by_head(found, "Salim Odeh")
    assert (salim.country, salim.sectors) == ("JOR", ("CVL",))
    assert by_head(found, "human rights activist").cluster == salim.id


def test_a_noun_before_a_name_is_read() -> None:
    found = coded("Zambia extradited suspected British militant Haroon Aswad to Britain.")
    aswad = by_head(found, "Haroon Aswad")
    assert (aswad.country, aswad.sectors) == ("GBR", ("REB",))


def test_a_nationality_inside_a_phrase_is_no_actor_beside_it() -> None:
    found = coded("U.S. officials met Iraqi officials.")
    assert [p.span.text for p in found] == ["U.S. officials", "Iraqi officials"]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Johnson spoke to reporters.", "2020-11-14"),
        ("Omar Sharif won a prize.", "2004-06-01"),
        ("Hunter Biden appeared in court.", "2023-07-26"),
        ("Jane Sackie, a nurse, said so.", "2021-07-26"),
    ],
)
def test_a_like_name_is_nobody_of_the_registry(text: str, day: str) -> None:
    people = [p for p in coded(text, day) if p.kind == "person"]
    assert all(p.actor is None for p in people)


def test_a_seat_is_a_government_only_where_it_acts() -> None:
    assert by_head(coded("Washington said that talks would go on."), "Washington").sectors == (
        "GOV",
    )
    assert by_head(coded("He was born in Washington."), "Washington").sectors == ()


def test_who_led_the_united_nations_is_not_of_his_former_country() -> None:
    text = "UN Secretary-General Antonio Guterres spoke in New York."
    assert coded(text, "2022-05-01")[0].country == "UNO"
    chief = by_head(coded("Antonio Guterres spoke.", "2022-05-01"), "Antonio Guterres")
    assert chief.country == "UNO"


def test_a_name_behind_the_spokesman_of_a_force_has_its_office() -> None:
    found = coded("In Kenya a spokesman for the army, Colonel Dan Ode, said troops had left.")
    colonel = by_head(found, "Dan Ode")
    assert (colonel.country, colonel.sectors, colonel.title) == ("KEN", ("MIL",), "Colonel")
    assert by_head(found, "spokesman").cluster == colonel.id


def test_a_spokesman_of_a_force_is_of_its_sector() -> None:
    found = coded("A spokesman for the police said two men were held.")
    assert by_head(found, "spokesman").sectors == ("COP",)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Opposition to the merger grew in France.", "Opposition"),
        ("The new figures surprised France.", "figures"),
        ("A South American oil company was founded.", "American"),
    ],
)
def test_what_is_nobody_is_no_participant(text: str, words: str) -> None:
    assert words not in [p.head.text for p in coded(text)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The opposition in Kenya protested.", "opposition"),
        ("Senior opposition figures were held in Kenya.", "opposition figures"),
    ],
)
def test_the_opposition_and_its_figures_are_participants(text: str, words: str) -> None:
    assert by_head(coded(text), words).sectors == ("OPP",)


def test_a_side_of_the_world_before_a_name_is_not_the_west() -> None:
    found = coded("West Columbia elected a mayor. The West must act, Russia said.")
    west = [p for p in found if p.actor == "people:the-west"]
    assert [p.span.start > 30 for p in west] == [True]


def test_the_planes_of_airlines_serve_no_army() -> None:
    found = coded("A jet of an airline landed after the pilot warned passengers in the cabin.")
    assert "jet" not in [p.head.text for p in found]
    assert by_head(found, "pilot").sectors == ("CVL",)
    assert by_head(coded("A fighter jet bombed the town."), "fighter jet").sectors == ("MIL",)


def test_brothers_are_of_no_order_and_sides_of_a_matter_are_nobody() -> None:
    found = coded(
        "Two brothers were killed. That side of the business failed. Both sides of the war signed."
    )
    assert by_head(found, "brothers").sectors != ("REL",)
    assert "side" not in [p.head.text for p in found]


def test_the_spokesman_of_a_leader_is_of_the_leaders_country() -> None:
    text = (
        "Tony Blair arrived in Ankara. Mr Blair's official spokesman said talks with Turkey on "
        "Turkish trade would go on in Turkey."
    )
    spokesman = next(p for p in coded(text, "2004-12-01") if p.head.text == "spokesman")
    assert spokesman.country == "GBR"


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("Meanwhile Ukrainian troops left the town.", "Ukrainian troops"),
        ("At least 50 civilians were killed in an air strike.", "50 civilians"),
        ("Nearly 1,000 fighters have surrendered.", "1,000 fighters"),
        ("Two newly elected Iraqi lawmakers met reporters.", "Two newly elected Iraqi lawmakers"),
    ],
)
def test_words_of_the_verb_or_the_number_are_no_part_of_an_actor(text: str, phrase: str) -> None:
    assert coded(text)[0].span.text == phrase


def test_the_government_is_the_one_that_was_named() -> None:
    found = coded(
        "The Ethiopian government signed a truce in Pretoria. South Africa hosted the talks.\n\n"
        "Dozens died in an air strike, a doctor said; the government denied it."
    )
    assert [p.country for p in found if p.head.text == "government"] == ["ETH", "ETH"]


def test_a_spokesman_is_of_the_sector_of_the_noun_before() -> None:
    found = coded("Airline spokesman Joshua Freed and police spokesman Ari Holm spoke.")
    assert by_head(found, "Joshua Freed").sectors == ("BUS",)
    assert by_head(found, "Ari Holm").sectors == ("COP",)


def test_banks_of_rivers_fees_and_homes_are_nobody() -> None:
    found = coded(
        "He bought a detached house on the banks of the Thames. Brokers earn commissions. The House passed the bill."
    )
    heads = [p.head.text for p in found]
    assert "house" not in heads and "banks" not in heads and "commissions" not in heads
    assert by_head(found, "House").sectors == ("LEG",)


def test_a_short_surname_alone_is_not_taken_for_one_spelt_otherwise() -> None:
    assert by_head(coded("The envoy, Ayr, spoke in the US.", "2012-01-05"), "Ayr").actor is None


def test_a_profession_with_a_capital_is_no_newspaper() -> None:
    found = coded("Tim Crawford, Group Economist at a bank, spoke to The Economist.")
    papers = [p.span.start for p in found if p.actor == "org:the-economist"]
    assert len(papers) == 1 and papers[0] > 40
