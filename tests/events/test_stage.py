"""Events of whole reports: participants, status, numbers, and that nothing breaks."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline import CodedReport, Coder
from dateline.records import Event, Status, spans_of

WORDS = [
    "France",
    "withdrew",
    "its",
    "troops",
    "from",
    "Mali",
    "on",
    "Monday",
    ".",
    "rebels",
    "killed",
    "at",
    "least",
    "30",
    "people",
    "in",
    ",",
    '"The',
    "minister",
    "denied",
    "that",
    "Iran",
    "would",
    "attack",
    "held",
    "talks",
    "with",
    "and",
    "12",
    "agreed",
    "to",
    "(",
    "’",
    "\u200b",
]


@pytest.fixture(scope="module")
def coder() -> Coder:
    return Coder()


def first(coded: CodedReport, kind: str) -> Event:
    return next(e for e in coded.events if e.type == kind)


@pytest.mark.parametrize(
    ("text", "kind", "mode"),
    [
        ("France withdrew its troops from Mali.", "RETREAT", "withdraw"),
        ("Mexico withdrew its ambassador from Ecuador.", "SANCTION", "withdraw"),
        ("Serbia withdrew its demand for new talks.", "CONCEDE", None),
    ],
)
def test_arguments_decide_the_type(coder: Coder, text: str, kind: str, mode: str | None) -> None:
    assert first(coder.code(text, published="2024-05-06"), kind).mode == mode


@pytest.mark.parametrize(
    ("text", "kind", "status"),
    [
        ("France announced the withdrawal of its troops from Mali.", "RETREAT", Status.PLANNED),
        ("France will withdraw its troops from Mali.", "RETREAT", Status.PLANNED),
        ("Iran said it would release the hostages.", "RETREAT", Status.PLANNED),
        ("The UN urged France to withdraw its troops.", "RETREAT", Status.DEMANDED),
        ("Russia threatened to attack Ukraine.", "ASSAULT", Status.THREATENED),
        ("Russia denied that its forces attacked Ukraine.", "ASSAULT", Status.DENIED),
        ("France withdrew its troops from Mali.", "RETREAT", Status.OCCURRED),
    ],
)
def test_status(coder: Coder, text: str, kind: str, status: Status) -> None:
    assert first(coder.code(text, published="2024-05-06"), kind).status is status


def test_a_meeting_puts_all_in_actors(coder: Coder) -> None:
    event = first(coder.code("The French president met the German chancellor."), "CONSULT")
    assert event.reciprocal and len(event.actors) == 2 and not event.recipients


def test_the_dead_are_counted(coder: Coder) -> None:
    coded = coder.code("Rebels attacked a Malian convoy, killing at least 30 people.")
    roles = [size.role for event in coded.events for size in event.sizes]
    assert "dead" in roles


def test_blanks_have_reasons(coder: Coder) -> None:
    event = first(coder.code("Gunmen kidnapped a journalist."), "ASSAULT")
    assert event.place is None and "place" in {blank.field for blank in event.blanks}


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join))
def test_no_text_breaks_it(coder: Coder, text: str) -> None:
    coded = coder.code(text, published="2024-05-06")
    assert not [f for f in coded.failures if f.stage == "events"]
    for event in coded.events:
        for span in spans_of(event):
            assert coded.report.text[span.start : span.end] == span.text


def test_history_and_plans_do_not_take_the_day_of_publication_for_their_date() -> None:
    text = (
        "Troops were deployed by former President George W. Bush. The United States will "
        "withdraw its troops from Iraq."
    )
    coded = Coder().code(text, published="2021-07-27")
    deployed, withdraw = coded.events
    assert deployed.historical and deployed.interval is None
    assert withdraw.status == "planned" and withdraw.interval is None
    assert {blank.field for blank in withdraw.blanks} >= {"interval"}


def test_an_act_and_its_effect_are_one_event() -> None:
    text = "Islamic State carried out a suicide attack on a market in Baghdad, killing 30 people."
    (event,) = Coder().code(text, published="2021-07-27").events
    assert (event.type, event.mode, len(event.mentions)) == ("ASSAULT", "suicide-attack", 2)
    assert [size.role for size in event.sizes] == ["dead"]


def test_later_mentions_join_the_first() -> None:
    text = (
        "France to withdraw troops from Mali by August\n\nFrance will withdraw its troops from "
        "Mali by August, the minister said."
    )
    found = [e for e in Coder().code(text, published="2022-02-17").events if e.type == "RETREAT"]
    assert len(found) == 1 and len(found[0].mentions) == 2


def test_two_attacks_stay_two() -> None:
    text = "Rebels attacked Gao on Monday, killing 3 people. Rebels attacked Kidal on Tuesday."
    found = [e for e in Coder().code(text, published="2022-02-17").events if e.type == "ASSAULT"]
    assert len(found) == 2


def test_a_clause_behind_a_colon_is_not_negated_with_the_one_before_it() -> None:
    text = "The rebels have not gone: last week a gunman killed three soldiers in Gao."
    (event,) = Coder().code(text, published="2022-02-17").events
    assert (event.status, event.negated) == ("occurred", False)


def test_the_wounded_are_not_counted_among_the_dead() -> None:
    text = (
        "Gunmen opened fire in a hall near Moscow on Friday, killing at least 40 people and "
        "wounding more than 100."
    )
    coded = Coder().code(text, published="2024-03-22")
    low = {q.id: q.low for q in coded.quantities}
    sizes = {(s.role, low[s.quantity]) for e in coded.events for s in e.sizes}
    assert sizes == {("dead", 40.0), ("injured", 100.0)}


def test_a_toll_told_after_an_attack_is_its_own() -> None:
    coded = Coder().code(
        "A car bomb went off at the port of Aden on Monday. Two guards were killed.",
        published="2021-07-28",
    )
    attacks = [event for event in coded.events if event.type == "ASSAULT"]
    deadly = [event for event in attacks if event.sizes]
    assert [size.role for event in deadly for size in event.sizes] == ["dead"]
    assert deadly[0].mode == "explosives"
    assert deadly[0].mentions[-1].text == "killed"


def test_two_verbs_of_one_subject_share_its_number() -> None:
    coded = Coder().code(
        "Twelve farmers were abducted and killed by rebels in Mali.", published="2021-07-28"
    )
    roles = {size.role for event in coded.events for size in event.sizes}
    assert {"abducted", "dead"} <= roles
