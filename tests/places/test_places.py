import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline import Coder
from dateline.places import Entry, MemoryGazetteer, load
from dateline.records import Place

CODER = Coder()


def found(text: str) -> list[Place]:
    coded = CODER.code(text)
    assert not coded.failures
    return list(coded.places)


@pytest.mark.parametrize(
    ("text", "words", "name", "country"),
    [
        ("Troops entered Kharkov on Monday.", "Kharkov", "Kharkiv", "UKR"),
        ("The talks were held in Paris, Texas.", "Paris", "Paris", "USA"),
        ("The talks were held in Paris.", "Paris", "Paris", "FRA"),
        ("Rebels attacked Tripoli in northern Lebanon.", "Tripoli", "Tripoli", "LBN"),
        (
            "A bomb went off in the Iraqi capital, killing two.",
            "the Iraqi capital",
            "Baghdad",
            "IRQ",
        ),
        ("They met at the White House.", "White House", "White House", "USA"),
        ("Ships crossed the Black Sea.", "Black Sea", "Black Sea", None),
        ("LYON, March 24 (Example) - Police arrested ten men.", "LYON", "Lyon", "FRA"),
    ],
)
def test_places_are_resolved(text: str, words: str, name: str, country: str | None) -> None:
    place = next(p for p in found(text) if p.span.text == words)
    assert (place.name, place.country) == (name, country)
    assert place.lat is not None and place.why


@pytest.mark.parametrize(
    "text",
    [
        "Students of George Washington University protested.",
        "Reading is fun, and so is a nice march in may.",
        "Joe Biden spoke.",
    ],
)
def test_what_is_no_place(text: str) -> None:
    assert found(text) == []


def test_precision_and_what_holds_a_place_travel_with_it() -> None:
    town, country = found("Police arrested ten men in Lyon, France.")
    assert (town.precision, town.resolution, country.precision, country.resolution) == (
        "town",
        4,
        "country",
        1,
    )
    assert town.hierarchy == ("Lyon", "Rhône", "Auvergne-Rhône-Alpes", "FRA")
    assert town.geonameid == 2996944 and town.feature_class == "P"


def test_a_place_that_stands_for_its_government_is_told() -> None:
    subject, where = found("France said its soldiers were in Mali.")
    assert (subject.associative, where.associative) == (True, False)


def test_one_sense_a_report() -> None:
    text = "A fire broke out in Paris, Texas. People in Paris fled."
    assert {p.country for p in found(text) if p.name == "Paris"} == {"USA"}


def test_a_gazetteer_of_your_own() -> None:
    entry = Entry(name="Bar", kind="town", country="MNE", lat=42.1, lon=19.1, population=17_000)
    gazetteer = MemoryGazetteer(iter([("Bar", entry), ("Antivari", entry)]))
    assert list(gazetteer.candidates("antivári")) == [entry]
    assert list(gazetteer.candidates("Foo")) == []


def test_the_gazetteer_holds_capitals() -> None:
    capitals = load().capitals()
    assert capitals["IRQ"].name == "Baghdad" and capitals["FRA"].geonameid == 2988507
    assert len(capitals) > 180


@given(
    st.lists(
        st.sampled_from(
            [
                "Paris",
                ",",
                "Texas",
                "in",
                "the",
                "Iraqi",
                "capital",
                "of",
                "New",
                "York",
                "U.S.",
                "White",
                "House",
                "Baghdad's",
                "West",
                "Bank",
                "and",
                "St.",
                "Petersburg",
                "near",
                "Mt.",
                "al-",
                "30",
                "km",
                "north",
                "PARIS",
                "paris",
                "Ōsaka",
                "—",
                ".",
                "(",
            ]
        ),
        max_size=14,
    )
)
@settings(max_examples=60, deadline=None)
def test_no_text_makes_it_raise(words: list[str]) -> None:
    text = " ".join(words)
    for place in found(text):
        assert text[place.span.start : place.span.end] == place.span.text
        assert place.lat is None or -90 <= place.lat <= 90
