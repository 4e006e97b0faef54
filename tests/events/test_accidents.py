"""Harm that nobody does is no attack."""

import pytest

from dateline import Coder


@pytest.fixture(scope="module")
def coder() -> Coder:
    return Coder(event_model=False)


@pytest.mark.parametrize(
    "text",
    [
        "An earthquake killed 40 people in Nepal.",
        "Forty people were killed in a plane crash in Nepal.",
        "A fire killed ten workers at a factory in Dhaka.",
        "At least seven people were killed when a bus plunged into a ravine near Lima.",
        "Several people died and dozens were injured after a tram derailed in Leeds.",
        "Seven people were killed and fifty taken to hospital after a tram, believed to have been "
        "going too fast, crashed in south London.",
        "A tram overturned in Leeds on Monday. The tram crashed at a bend. Nine people were injured.",
        "Two soldiers were killed when their helicopter crashed in Mali.",
    ],
)
def test_nobody_attacks_in_an_accident(coder: Coder, text: str) -> None:
    coded = coder.code(text, published="2021-07-28")
    assert "ASSAULT" not in [event.type for event in coded.events]


@pytest.mark.parametrize(
    "text",
    [
        "Israeli fire killed two farmers in Gaza.",
        "Gunmen killed three soldiers after a crash near Gao.",
        "Ten people were killed when a truck bomb hit a bus in Kabul.",
        "Forty people were killed when rebels shot down a plane that crashed near Goma.",
        "Police killed three protesters in Lagos after a stampede.",
    ],
)
def test_arms_and_people_leave_it_an_attack(coder: Coder, text: str) -> None:
    coded = coder.code(text, published="2021-07-28")
    assert "ASSAULT" in [event.type for event in coded.events]
