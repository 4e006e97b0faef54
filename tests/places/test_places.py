import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline import Coder
from dateline.errors import InputError
from dateline.places import Entry, MemoryGazetteer, load, lookup, names_of, search
from dateline.places.distance import kilometres, moved
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


@pytest.mark.parametrize(
    ("text", "words", "precision", "resolution", "country"),
    [
        ("Shelling hit the port city of Odesa overnight.", "Odesa", "town", 4, "UKR"),
        ("Ships were attacked in the Strait of Hormuz.", "Strait of Hormuz", "region", None, None),
        ("Militants fled across the Sahara.", "Sahara", "region", None, None),
        ("Fighting went on in Donbas.", "Donbas", "region", None, "UKR"),
        ("They fought over Nagorno-Karabakh.", "Nagorno-Karabakh", "region", None, "AZE"),
        ("Rockets landed near Camp Bastion in Helmand.", "Camp Bastion", "site", 5, "AFG"),
        ("Refugees in Dadaab protested.", "Dadaab", "site", 5, "KEN"),
        ("A protest took place in Tahrir Square in Cairo.", "Tahrir Square", "site", 5, "EGY"),
        ("He teaches at Cornell University.", "Cornell University", "site", 5, "USA"),
        ("A plane landed at Heathrow on Monday.", "Heathrow", "site", 5, "GBR"),
        ("Los Angeles County deputies shot a man.", "Los Angeles County", "admin2", 3, "USA"),
        ("Twelve people died in Aleppo province.", "Aleppo", "admin1", 2, "SYR"),
        ("Gunmen kidnapped dozens of girls from a school in Chibok.", "Chibok", "town", 4, "NGA"),
        ("A fire broke out in Athens, Ga., on Monday.", "Ga.", "admin1", 2, "USA"),
        ("The USA agreed to the talks.", "USA", "country", 1, "USA"),
    ],
)
def test_precision_and_resolution(
    text: str, words: str, precision: str, resolution: int | None, country: str | None
) -> None:
    place = next(p for p in found(text) if p.span.text == words)
    assert (place.precision, place.resolution, place.country) == (precision, resolution, country)


def test_a_distance_is_an_area_with_its_radius() -> None:
    (place,) = found("Troops advanced 30 km north of Mosul on Tuesday.")
    assert place.span.text == "30 km north of Mosul" and place.precision == "offset"
    assert place.lat is not None and place.lat == pytest.approx(36.335 + 30 / 111.2, abs=0.03)
    assert any("radius 12 km" in reason.detail for reason in place.why)
    assert [b.field for b in place.blanks] == ["geonameid"]


def test_the_places_beside_a_name_decide() -> None:
    texts = {
        "USA": "Police in Georgia arrested two men in Atlanta.",
        "GEO": "Police in Georgia arrested two men in Tbilisi.",
    }
    for country, text in texts.items():
        assert next(p for p in found(text) if p.span.text == "Georgia").country == country


def test_a_known_town_is_meant_where_nothing_else_is_said() -> None:
    for text, country in (
        ("A bomb went off in Birmingham.", "GBR"),
        ("A bomb went off in Melbourne.", "AUS"),
        ("A bomb went off in Cairo.", "EGY"),
    ):
        (place,) = found(text)
        assert place.country == country


def test_a_site_lies_in_the_place_its_name_holds_or_in_the_town_named_with_it() -> None:
    (inside,) = found("He was taken to Chicago General Hospital.")
    assert inside.admin1 == "Illinois" and inside.geonameid is None and inside.precision == "town"
    court, town = found("The case is heard at Elm Street Court in Toledo, Ohio.")[:2]
    assert (court.lat, court.lon) == (town.lat, town.lon) and court.basis == "context"
    assert any(reason.rule == "places.site_in_town" for reason in court.why)


def test_a_name_of_many_places_is_left_open_with_the_reason() -> None:
    places = [p for p in found("A fire broke out in Union.") if p.lat is None]
    for place in places:
        assert place.blanks and place.geonameid is None and place.country is None


def test_peoples_are_associative_places() -> None:
    one, other = found("Palestinians clashed with Israeli police.")
    assert (one.country, other.country) == ("PSE", "ISR")
    assert one.associative and other.associative


def test_an_article_and_city_of_are_no_part_of_a_name() -> None:
    spans = [p.span.text for p in found("The City of Norwich and The Hague signed a pact.")]
    assert spans == ["Norwich", "The Hague"]


def test_every_point_is_on_land_or_sea_and_never_at_nought() -> None:
    for place in found("Georgia, the USA, Chad, Jordan, Mali, Niger and Guinea were named."):
        assert place.lat is not None and (place.lat, place.lon) != (0.0, 0.0)
        assert place.precision == "country"


def test_the_gazetteer_is_looked_up_by_hand() -> None:
    assert search("Paris, Texas")[0].admin1 == "Texas"
    assert {e.kind for e in search("Georgia", kind="admin1")} == {"admin1"}
    assert all(e.country == "UKR" for e in search("odes", country="ukr"))
    assert lookup.place(2988507).name == "Paris" and "paris" in names_of(lookup.place(2988507))
    with pytest.raises(InputError, match="give an id"):
        lookup.place("Springfield")
    with pytest.raises(InputError, match="known"):
        search("Paris", kind="hamlet")


@given(
    st.floats(-85, 85),
    st.floats(-179, 179),
    st.sampled_from([0, 45, 90, 135, 180, 225, 270, 315]),
    st.floats(1, 500),
)
def test_an_offset_is_as_far_as_said(lat: float, lon: float, bearing: int, far: float) -> None:
    there = moved(lat, lon, bearing, far)
    assert kilometres(lat, lon, *there) == pytest.approx(far, rel=0.001)


@pytest.mark.parametrize(
    ("text", "words", "name", "country"),
    [
        ("Troops entered Salahuddin province on Monday.", "Salahuddin", "Salah ad-Din", "IRQ"),
        ("Shelling hit Zaporozhye region on Monday.", "Zaporozhye", "Zaporizhzhia", "UKR"),
        ("Rebels held Deir al-Zour province.", "Deir al-Zour", "Deir ez-Zor", "SYR"),
        ("The army took Oruzgan province.", "Oruzgan", "Uruzgan", "AFG"),
    ],
)
def test_areas_are_known_by_other_spellings(text: str, words: str, name: str, country: str) -> None:
    place = next(p for p in found(text) if p.span.text.startswith(words))
    assert (place.name, place.country, place.precision) == (name, country, "admin1")


@pytest.mark.parametrize(
    ("town", "country", "area"),
    [("Cork", "IRL", "Munster"), ("Blantyre", "MWI", "Southern Region"), ("Akureyri", "ISL", None)],
)
def test_towns_lie_in_the_first_order_area(town: str, country: str, area: str | None) -> None:
    entry = next(e for e in search(town, country=country) if e.kind == "town")
    assert entry.admin1 is not None
    assert area in (None, entry.admin1)


@pytest.mark.parametrize("seat", ["Kremlin", "Pentagon", "White House"])
def test_a_seat_stands_for_who_sits_there(seat: str) -> None:
    place = next(p for p in found(f"The {seat} said on Monday it would respond."))
    assert (place.span.text, place.associative, place.precision) == (seat, True, "site")
    place = next(p for p in found(f"Talks at the {seat} ended on Monday."))
    assert (place.span.text, place.associative) == (seat, False)


def test_places_and_participants_give_a_country_one_code() -> None:
    coded = CODER.code("Kosovo police arrested three men in Pristina.")
    codes = {p.country for p in coded.places} | {p.country for p in coded.participants}
    assert codes == {"KOS"}


def test_a_country_is_asked_for_by_code_or_name() -> None:
    for country in ("LBN", "lb", "Lebanon"):
        assert [e.country for e in search("Tripoli", country=country)] == ["LBN"]
    with pytest.raises(InputError, match="no country is called 'Atlantis'"):
        search("Tripoli", country="Atlantis")
    with pytest.raises(InputError, match="is no name"):
        search(" ' ")


def test_what_is_not_found_is_told_with_what_is_like_it() -> None:
    assert "Baghdad, IRQ" in str(lookup.nowhere("Bagdhad"))
    elsewhere = str(lookup.nowhere("Tripoli", country="France"))
    assert "country France" in elsewhere and "Tripoli, LBY" in elsewhere
    with pytest.raises(InputError, match="begins those of"):
        lookup.place("Springfiel")


def test_as_many_are_found_as_asked() -> None:
    assert len(search("Springfield", limit=3)) == 3 < len(search("Springfield", limit=None))
    with pytest.raises(ValueError, match="limit"):
        search("Springfield", limit=0)
