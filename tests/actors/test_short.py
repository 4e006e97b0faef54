"""Abbreviations that a report explains."""

import pytest

from tests.actors.test_stage import coded


@pytest.mark.parametrize(
    ("text", "short", "sectors"),
    [
        ("The Norfolk Fair Trade Authority (NFTA) met. The NFTA said fees fell.", "NFTA", ("GOV",)),
        ("The Food Safety Authority (FSA) met. The FSA said brokers must wait.", "FSA", ("GOV",)),
    ],
)
def test_an_abbreviation_is_what_the_report_explains(
    text: str, short: str, sectors: tuple[str, ...]
) -> None:
    found = coded(text)
    named = [p for p in found if p.head.text == short]
    assert len(named) == 2 and all(p.sectors == sectors and p.actor is None for p in named)
    full = next(p for p in found if "Authority" in p.head.text)
    assert {p.cluster for p in named} == {full.cluster}
    assert any(r.rule == "short.explained" for p in named for r in p.why)


def test_a_group_of_the_registry_keeps_its_abbreviation() -> None:
    found = coded("The Free Syrian Army (FSA) took a village. The FSA said it held the road.")
    assert {p.actor for p in found if p.head.text == "FSA"} == {"group:free-syrian-army"}


def test_brackets_that_explain_nothing_change_nothing() -> None:
    found = coded("The army (FSA) took a village, and the FSA said it held the road.")
    assert {p.actor for p in found if p.head.text == "FSA"} <= {"group:free-syrian-army"}
