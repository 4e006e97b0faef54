"""The report that started dateline. Its text is not ours, so it is read from the gold data's folder."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from dateline import CodedReport, Coder
from dateline.records import Event, Interval, Participant, Quantity, Status

ROOT = Path(__file__).parent.parent
EVAL = Path(os.environ.get("DATELINE_EVAL", ROOT / ".." / "shared" / "eval"))
SEED = EVAL.parent / "seed" / "us-iraq-combat-mission.txt"

pytestmark = pytest.mark.skipif(
    not SEED.exists(), reason=f"the seed report is not ours to ship, and is not at {SEED}"
)


@pytest.fixture(scope="module")
def text() -> str:
    return SEED.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def coded(text: str) -> CodedReport:
    return Coder().code(text, published="2021-07-27")


@pytest.fixture(scope="module")
def undated(text: str) -> CodedReport:
    return Coder().code(text)


def people(coded: CodedReport, ids: tuple[str, ...]) -> list[Participant]:
    by_id = {participant.id: participant for participant in coded.participants}
    return [by_id[part] for id in ids for part in (by_id[id].members or (id,))]


def countries(coded: CodedReport, event: Event) -> set[str | None]:
    return {p.country for p in people(coded, (*event.actors, *event.recipients))}


def events(coded: CodedReport, *types: str, words: str = "") -> Iterator[Event]:
    for event in coded.events:
        around = coded.report.text[event.sentence.start : event.sentence.end]
        if event.type in types and words in around:
            yield event


def day(interval: Interval | None) -> tuple[str | None, str | None]:
    return (interval.start, interval.end) if interval else (None, None)


def test_the_agreement_was_signed_on_the_monday_before(coded: CodedReport) -> None:
    found = [e for e in events(coded, "AGREE", "SUPPORT") if countries(coded, e) >= {"USA", "IRQ"}]
    signed = next(e for e in found if day(e.interval)[0] == "2021-07-26")
    assert signed.reciprocal and signed.status is Status.OCCURRED
    assert (signed.type, signed.plover_type) == ("AGREE", "SUPPORT")  # PLOVER: to sign is SUPPORT


def test_the_combat_mission_is_to_end_with_the_year(coded: CodedReport) -> None:
    found = [e for e in events(coded, "RETREAT") if e.status is Status.PLANNED]
    mission = next(
        e for e in found if ((e.interval and e.interval.end) or "").startswith("2022-01-01")
    )
    assert mission.mode == "withdraw"
    assert "USA" in countries(coded, mission)
    bound = [c for c in coded.commitments if c.deadline and c.deadline.end == "2022-01-01"]
    assert any("USA" in {p.country for p in people(coded, c.holders)} for c in bound)


def test_all_troops_are_to_leave_afghanistan_by_the_end_of_august(coded: CodedReport) -> None:
    leave = next(
        e for e in events(coded, "RETREAT", words="by the end of August")
        if e.status is Status.PLANNED
    )  # fmt: skip
    assert leave.mode == "withdraw" and day(leave.interval)[1] == "2021-09-01"
    assert "USA" in countries(coded, leave)
    assert any(c.deadline and c.deadline.end == "2021-09-01" for c in coded.commitments)


def test_the_two_met_in_the_white_house(coded: CodedReport) -> None:
    met = next(events(coded, "CONSULT", words="Oval Office"))
    assert met.mode == "visit" and met.status is Status.OCCURRED
    assert countries(coded, met) >= {"USA", "IRQ"}
    assert day(met.interval) == ("2021-07-26", "2021-07-27")
    place = next(p for p in coded.places if p.id == met.place)
    assert place.country == "USA" and place.lat is not None and abs(place.lat - 38.9) < 0.1


def test_the_suicide_attack_in_baghdad(coded: CodedReport) -> None:
    attack = next(events(coded, "ASSAULT", words="suicide attack"))
    assert attack.mode == "suicide-attack" and attack.status is Status.OCCURRED
    assert any("Islamic State" in p.name for p in people(coded, attack.actors))
    place = next(p for p in coded.places if p.id == attack.place)
    assert place.name == "Baghdad" and place.country == "IRQ"
    dead = next(s for s in attack.sizes if s.role == "dead")
    quantity = next(q for q in coded.quantities if q.id == dead.quantity)
    assert (quantity.low, quantity.high) == (30, None)


def test_the_two_countries_had_agreed_in_april(coded: CodedReport) -> None:
    agreed = next(e for e in events(coded, "AGREE") if (day(e.interval)[0] or "")[:7] == "2021-04")
    assert countries(coded, agreed) >= {"USA", "IRQ"}
    assert agreed.status is Status.OCCURRED


def test_the_operation_against_isis_began_in_2014(coded: CodedReport) -> None:
    found = [e for e in coded.events if (day(e.interval)[0] or "")[:4] == "2014"]
    assert {e.type for e in found} & {"MOBILIZE", "ASSAULT"}


def test_bush_and_the_war_are_history(coded: CodedReport) -> None:
    found = [e for e in events(coded, "MOBILIZE", "ASSAULT", "AGREE") if "Bush" in e.sentence.text]
    assert found
    assert all(e.historical for e in found)


def test_the_numbers(coded: CodedReport) -> None:
    def bounds(quantity: Quantity) -> tuple[str, float | None, float | None]:
        return quantity.approximation, quantity.low, quantity.high

    troops = [q for q in coded.quantities if q.value == 2500]
    assert [q.approximation for q in troops] == ["exact", "about"]
    assert all(q.counted and "troops" in q.counted.text for q in troops)
    assert ("at_least", 30, None) in [bounds(q) for q in coded.quantities]
    spans = {t.span.text: t for t in coded.times}
    assert next(t for s, t in spans.items() if "18 years" in s).mod == "MORE_THAN"
    assert next(t for s, t in spans.items() if "20-year" in s).value == "P20Y"
    assert next(t for s, t in spans.items() if "two years" in s).mod == "LESS_THAN"


@pytest.mark.parametrize(
    ("words", "name", "country", "written"),
    [
        ("our role in Iraq now", "Joe Biden", "USA", "Biden"),
        ("was changing", "Jen Psaki", "USA", "Jane Sackie"),
        ("both sides would agree", "Fuad Hussein", "IRQ", "Fawad Hussein"),
    ],
)
def test_who_said_it(coded: CodedReport, words: str, name: str, country: str, written: str) -> None:
    said = next(s for s in coded.statements if any(words in span.text for span in s.content))
    assert said.speaker is not None and said.source is not None
    speaker = people(coded, (said.speaker,))[0]
    assert speaker.name == name and speaker.country == country
    assert written in said.source.text
    actor = next(a for a in coded.actors if a.id == speaker.actor)
    assert actor.offices and actor.wikidata


def test_the_interview_was_last_week(coded: CodedReport) -> None:
    said = next(s for s in coded.statements if any("both sides" in c.text for c in s.content))
    assert said.medium == "interview" and said.stance == "hope"
    assert day(said.interval) == ("2021-07-19", "2021-07-26")


def test_biden_spoke_to_reporters(coded: CodedReport) -> None:
    said = next(s for s in coded.statements if any("our role" in c.text for c in s.content))
    assert said.addressee_span is not None and "reporters" in said.addressee_span.text


def test_the_prime_minister_is_known_by_any_name(coded: CodedReport) -> None:
    for words in ("Mustafa al-Kazmi", "Kazmi"):
        mentions = [p for p in coded.participants if p.head.text == words]
        assert mentions
        for mention in mentions:
            assert "Kadhimi" in mention.name and mention.country == "IRQ"
            assert mention.sectors[0] == "GOV"


def test_the_president_is_biden(coded: CodedReport) -> None:
    the_president = next(p for p in coded.participants if p.span.text == "The president")
    assert the_president.name == "Joe Biden"


def test_without_a_date_the_report_dates_itself(undated: CodedReport) -> None:
    interval = undated.dating.interval
    assert interval is not None and interval.start is not None and interval.end is not None
    assert "2021-05-01" <= interval.start < interval.end <= "2021-09-01"
    assert undated.dating.basis == "inferred" and undated.dating.reasons


def test_furniture_holds_no_event(coded: CodedReport) -> None:
    first = min(span.start for span in coded.furniture)
    assert {span.text for span in coded.furniture} == {"Post a Comment", "0 Comments"}
    assert all(event.trigger.end <= first for event in coded.events)


def test_what_is_to_be_is_not_done(coded: CodedReport) -> None:
    for event in coded.events:
        if "will now be limited" in event.sentence.text:
            assert event.status is not Status.OCCURRED
        if "declared victory" in event.sentence.text:
            assert event.trigger.text not in {"victory", "declared victory"} or event.historical
