"""Firms that the registry does not know, and whose heads a report names."""

import pytest

from tests.actors.test_stage import by_head, coded


@pytest.mark.parametrize(
    "text",
    [
        "Shares in Norvane fell on Friday. Norvane did not comment.",
        "Analysts praised Norvane executives, and Norvane did not comment.",
        "The chief executive of Norvane spoke. Norvane did not comment.",
        "The retailer Norvane opened. Norvane did not comment.",
        "Tessaro posted a loss on Friday. Tessaro did not comment.",
    ],
)
def test_a_firm_is_told_by_what_it_has_and_does(text: str) -> None:
    firms = [p for p in coded(text) if p.head.text in ("Norvane", "Tessaro")]
    assert firms and all(p.sectors == ("BUS",) for p in firms)
    assert any(r.rule == "firm.context" for p in firms for r in p.why)


def test_a_body_of_which_nothing_is_told_has_no_sector() -> None:
    assert by_head(coded("The head of Norvane met Anna Voss."), "Norvane").sectors == ()


def test_the_chairman_of_an_unknown_firm_is_no_official() -> None:
    text = "Shares in Norvane rose. The chairman of Norvane, Peter Alding, blamed high costs."
    assert by_head(coded(text), "Peter Alding").sectors == ("BUS",)


def test_a_chairman_of_nobody_is_of_a_firm_in_a_report_on_business() -> None:
    business = "Chairman Peter Alding said profits and sales rose, and shareholders would be paid."
    assert by_head(coded(business), "Peter Alding").sectors == ("BUS",)
    party = "Chairman Peter Alding said the party would vote."
    assert by_head(coded(party), "Peter Alding").sectors == ("GOV",)


def test_a_director_of_nobody_need_not_head_an_office() -> None:
    assert by_head(coded("Director Toby Hale made three films."), "Toby Hale").sectors == ()


def test_the_head_of_a_ministry_is_still_of_the_government() -> None:
    text = "The head of the Norvane Department, Peter Alding, met officials. Officials left."
    assert by_head(coded(text), "Peter Alding").sectors == ("GOV",)


def test_members_are_of_the_sector_of_what_they_belong_to() -> None:
    found = coded("Representatives of the government met members of the public.")
    assert by_head(found, "Representatives").sectors == ("GOV",)
