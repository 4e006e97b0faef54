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
