"""Namesakes told apart by the dateline and the peoples that a report names."""

import pytest

from dateline import Coder, Report

CODER = Coder()


@pytest.mark.parametrize(
    ("text", "words", "country"),
    [
        (
            "BOGOTA, March 10 (Example) - Three men were arrested in Medellin on Friday. The Colombian "
            "army found arms in Cali.",
            "Medellin",
            "COL",
        ),
        (
            "LA PAZ, Jan 12 (Example) - Two bombs went off in La Paz last night. Bolivian police are "
            "looking for the bombers.",
            "La Paz",
            "BOL",
        ),
    ],
)
def test_the_dateline_decides_between_namesakes(text: str, words: str, country: str) -> None:
    place = next(p for p in CODER.code(text).places if p.span.text == words)
    assert place.country == country


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("Warships of six nations sailed through the Gulf on Sunday.", "Gulf", "Persian Gulf"),
        ("A storm formed over the Atlantic on Sunday.", "Atlantic", "Atlantic Ocean"),
        ("The EU and Japan signed the pact in Tokyo.", "EU", "European Union"),
        ("Exports to Asia rose in May.", "Asia", "Asia"),
        ("Leaders of Mexico and Canada met in Ottawa.", "Mexico", "Mexico"),
    ],
)
def test_what_every_reader_knows_goes_before_a_namesake(text: str, words: str, name: str) -> None:
    place = next(p for p in CODER.code(text).places if p.span.text == words)
    assert place.name == name


def test_a_body_is_of_the_country_in_its_name_and_points_of_the_compass_are_no_area() -> None:
    from dateline.places.gazetteer import load
    from dateline.places.mentions import Mention
    from dateline.places.sites import inner

    bank = inner(Mention(0, 3, "Bank of Mexico", (), "label"), load(), set())
    assert bank is not None
    assert (bank.candidates[0].kind, bank.candidates[0].country) == ("country", "MEX")
    assert inner(Mention(0, 3, "South Hill Estate", (), "label"), load(), set()) is None


@pytest.mark.parametrize(
    "text", ["Police in Madras and Calcutta arrested ten men.", "A bomb went off in Bombay."]
)
def test_old_names_of_large_towns_are_known(text: str) -> None:
    assert {p.country for p in CODER.code(text).places} == {"IND"}


def test_a_paper_of_no_table_is_of_a_lesser_town_where_its_language_is_spoken() -> None:
    text = "The Paris council met on Monday. Paris police were there."
    report = Report(id="p", text=text, url="https://www.paris-beacon-example.com/news/1")
    assert "FRA" not in {p.country for p in CODER.code(report).places}
