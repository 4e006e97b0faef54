"""Sport is full of attacks and battles that are no acts of politics."""

import pytest

from dateline import Coder

MATCH = (
    "Northport beat Southport\n\nThe striker scored a late goal to win the match on Sunday. "
    "Southport attacked Northport from the start of the season's last match, and their coach "
    "criticised the referee. Their players clashed again after half-time. Northport won the "
    "cup and the league last year."
)


@pytest.fixture(scope="module")
def coder() -> Coder:
    return Coder()


def test_a_report_on_a_match_has_no_events(coder: Coder) -> None:
    assert coder.code(MATCH, published="2021-07-28").events == ()


def test_police_at_a_match_still_act(coder: Coder) -> None:
    coded = coder.code(f"{MATCH} Police arrested 12 supporters.", published="2021-07-28")
    assert [event.type for event in coded.events] == ["COERCE"]


def test_a_report_on_politics_with_one_match_keeps_its_events(coder: Coder) -> None:
    coded = coder.code(
        "Rebels attacked the town of Gao on Monday. The army arrested 12 fighters. "
        "The president met Algerian officials. Protesters marched in Bamako. "
        "A football match was put off. France condemned the attack.",
        published="2021-07-28",
    )
    assert {"ASSAULT", "COERCE"} <= {event.type for event in coded.events}


def test_to_refuse_a_comment_rejects_nothing(coder: Coder) -> None:
    coded = coder.code("The ministry refused to comment on the report.", published="2021-07-28")
    assert "REJECT" not in {event.type for event in coded.events}
