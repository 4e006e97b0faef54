"""Namesakes told apart by the dateline and the peoples that a report names."""

import pytest

from dateline import Coder

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
