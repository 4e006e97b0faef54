"""The country that a report is about."""

from dateline import Coder
from dateline.language import notes, parse
from dateline.places.nation import nation
from dateline.records import Place, Report

CODER = Coder()


def places(text: str) -> list[Place]:
    return list(CODER.code(text).places)


def about(text: str) -> str | None:
    doc = parse(Report(id="r", text=text))
    for stage in CODER.stages:
        stage(doc)
        if notes(doc).places:
            break
    found = nation(doc, notes(doc).places)
    return found.country if found else None


def test_a_dateline_outweighs_the_peoples_named_behind_it() -> None:
    assert about("LIMA, May 3 (Example) - American and Peruvian officials met.") == "PER"


def test_a_party_known_by_name_votes_for_its_country() -> None:
    assert about("FARC rebels freed a man. The FARC said so. Ecuador was glad.") == "COL"


def test_a_report_on_many_countries_is_about_none() -> None:
    assert about("France, Spain, Chile and Japan signed.") is None


def test_an_unknown_village_is_in_the_country_that_the_report_is_surely_about() -> None:
    text = (
        "BOGOTA, May 3 (Example) - Rebels attacked a post near Quebradablanquita in Colombia on Monday, "
        "killing two in Quebradablanquita, the Colombian army said in Bogota."
    )
    unknown = [p for p in places(text) if p.name == "Quebradablanquita"]
    assert unknown and all(p.country == "COL" and p.lat is None for p in unknown)
    assert any(r.rule == "places.country_of_report" for r in unknown[0].why)


def test_an_unknown_village_has_no_country_where_two_are_named_alike() -> None:
    text = "Rebels crossed from Chad into Sudan near Quebradablanquita, Chad and Sudan said."
    assert all(p.country is None for p in places(text) if p.name == "Quebradablanquita")
