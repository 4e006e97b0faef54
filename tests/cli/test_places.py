import json

from tests.cli.test_code import dateline


def test_a_place_is_found_by_name_holder_and_kind() -> None:
    rows = dateline("places", "search", "Tripoli", "--json").stdout.splitlines()
    assert {json.loads(row)["country"] for row in rows} >= {"LBY", "LBN"}
    paris = json.loads(dateline("places", "search", "Paris, Texas", "--json").stdout)
    assert (paris["admin1"], paris["kind"], paris["resolution"]) == ("Texas", "town", 4)
    areas = dateline("places", "search", "Georgia", "--kind", "country", "--json").stdout
    assert json.loads(areas)["country"] == "GEO"
    assert "Odesa" in dateline("places", "search", "odes", "--country", "UKR").stdout


def test_a_place_is_shown_by_id_or_name() -> None:
    shown = json.loads(dateline("places", "show", "2988507", "--json").stdout)
    assert shown["name"] == "Paris" and "paris" in shown["names"] and shown["source"]
    strait = dateline("places", "show", "Strait of Hormuz").stdout
    assert "STRT" in strait and "own table" in strait


def test_what_is_not_there_or_not_one_is_said() -> None:
    several = dateline("places", "show", "Springfield")
    assert several.returncode == 1 and "give an id" in several.stderr
    nowhere = dateline("places", "show", "Nowhere At All")
    assert nowhere.returncode == 1 and "places search" in nowhere.stderr
    kind = dateline("places", "search", "Paris", "--kind", "village")
    assert kind.returncode == 1 and "admin1" in kind.stderr
