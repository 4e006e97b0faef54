"""Names that are none of a place here, whatever the gazetteer holds."""

import pytest

from dateline import Coder
from dateline.records import Place

CODER = Coder()


def found(text: str) -> list[Place]:
    coded = CODER.code(text)
    assert not coded.failures
    return list(coded.places)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Tensions between Russia and the West rose on Sunday.", "West"),
        ("The West must arm the rebels, the minister said.", "West"),
        ("Rebels in the North attacked a village in Mali.", "North"),
        ("In the Midwest and the South, the party won most seats.", "South"),
        ("The rover landed on Mars on Monday.", "Mars"),
        ("Officials of Wells Fargo met in Chicago.", "Fargo"),
        ("The International Committee of the Red Cross sent help to Yemen.", "Red Cross"),
        ("The singer Maria Rivera lives in Madrid. Fans cheered as Rivera left.", "Rivera"),
    ],
)
def test_a_direction_a_body_a_person_or_a_planet_is_no_place(text: str, words: str) -> None:
    assert words not in [p.span.text for p in found(text)]


@pytest.mark.parametrize(
    ("text", "words", "country"),
    [
        ("Gunmen attacked a school in the Southwest, Cameroon said.", "Southwest", "CMR"),
        ("The team of West Columbia, South Carolina, won.", "West Columbia", "USA"),
        ("The bank opened an office in Fargo, North Dakota.", "Fargo", "USA"),
        ("The Bank of England kept its rate.", "England", "GBR"),
        ("England, Scotland and Wales voted, and so did Bristol and Doncaster.", "Wales", "GBR"),
        ("Maria Rivera lives in Rivera, Uruguay.", "Rivera", "URY"),
    ],
)
def test_what_is_a_place_stays_one(text: str, words: str, country: str) -> None:
    assert country in [p.country for p in found(text) if p.span.text == words]


def test_punctuation_is_no_part_of_the_name_of_a_people() -> None:
    words = [
        p.span.text for p in found("The U.S., which sent troops, and the US - France too - agreed.")
    ]
    assert "US" in words and not any(w.endswith((",", "-", " ")) for w in words)


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("Troops crossed the Neches River on Friday.", "Neches River", "Neches River"),
        ("Two bodies were found in the River Trent.", "River Trent", "River Trent"),
        ("Shells fell near the Kakhovka Reservoir.", "Kakhovka Reservoir", "Kakhovka Reservoir"),
    ],
)
def test_a_water_of_the_table_is_a_region_without_a_resolution(
    text: str, words: str, name: str
) -> None:
    place = next(p for p in found(text) if p.span.text == words)
    assert (place.name, place.precision, place.feature_class) == (name, "region", "H")
    assert place.resolution is None


def test_an_unknown_river_is_not_the_town_of_its_name_but_near_the_town_named_with_it() -> None:
    places = found("Police in Leeds searched the River Lancaster for a boat on Monday.")
    river = next(p for p in places if "Lancaster" in p.span.text)
    assert river.span.text == "River Lancaster" and river.geonameid is None
    assert river.feature_class == "H" and "Leeds" in river.hierarchy


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The US Department of Justice sued the firm.", "Justice"),
        ("Figures from Halifax, a mortgage lender, show that Halifax shares fell.", "Halifax"),
        ("Prices rose in London and the South East on Monday.", "South East"),
        ("The Jewish community protested in Leeds.", "Jewish"),
        ("Officials at METI in Tokyo said exports fell. METI declined to comment.", "METI"),
    ],
)
def test_bodies_firms_and_faiths_are_no_towns(text: str, words: str) -> None:
    assert words not in [p.span.text for p in found(text)]


def test_a_nation_of_a_state_is_not_the_town_of_its_name() -> None:
    text = "England, Scotland and Wales voted, and so did Bristol and Doncaster."
    assert next(p for p in found(text) if p.span.text == "Wales").precision == "admin1"
