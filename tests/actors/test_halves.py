"""Divided countries: "the North" and "the South"."""

from tests.actors.test_stage import coded


def country(text: str, head: str) -> list[str | None]:
    return [p.country for p in coded(text) if p.head.text == head]


def test_the_north_is_north_korea_where_the_report_names_it() -> None:
    text = "North Korea said the North would fire a missile. The South protested."
    assert country(text, "North") == ["PRK"] and country(text, "South") == ["KOR"]


def test_the_south_is_south_sudan_in_a_report_on_it() -> None:
    assert country("South Sudan said the South would sell its oil.", "South") == ["SSD"]


def test_the_north_of_a_report_on_other_countries_is_nobody() -> None:
    assert country("Rebels in the North attacked a village in Mali.", "North") == []
    text = "North Korea sent ships through the North Sea to the north of Japan."
    assert country(text, "North") == []


def test_the_army_of_the_north_is_of_north_korea() -> None:
    found = coded("Pyongyang said on Monday that the North's army would strike.")
    army = next(p for p in found if p.head.text == "army")
    assert (army.country, army.sectors) == ("PRK", ("MIL",))
