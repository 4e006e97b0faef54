import json
import subprocess
import sys
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline import CodedReport, Coder, Report
from dateline.coder import CHARACTERS, batches
from dateline.records import BlankReason, spans_of

TEXT = """Ministers sign border accord

PARIS, July 26 (Example) - The foreign ministers of France and Italy signed
an agreement on Monday. "We will withdraw 2,500 soldiers by the end of August," said Mr Rossi.

Post a Comment
"""


@pytest.fixture(scope="module")
def coder() -> Coder:
    return Coder()


def test_every_span_is_text_of_the_report(coder: Coder) -> None:
    coded = coder.code(TEXT, published="2021-07-27")
    assert not coded.failures
    for span in spans_of(coded):
        assert TEXT[span.start : span.end] == span.text


def test_every_id_that_is_referred_to_is_there(coder: Coder) -> None:
    coded = coder.code(TEXT, published="2021-07-27")
    people = {p.id for p in coded.participants}
    for event in coded.events:
        assert people >= {*event.actors, *event.recipients}
        assert event.place in {None, *(p.id for p in coded.places)}
        assert event.time in {None, *(t.id for t in coded.times)}
        assert event.claim in {None, *(s.id for s in coded.statements)}
        assert {q.id for q in coded.quantities} >= {size.quantity for size in event.sizes}
    for statement in coded.statements:
        assert statement.speaker in {None, *people}
    for commitment in coded.commitments:
        assert people >= {*commitment.holders, *commitment.beneficiaries}
        assert commitment.event in {None, *(e.id for e in coded.events)}
    assert {a.id for a in coded.actors} >= {p.actor for p in coded.participants if p.actor}


def test_ids_of_a_layer_are_unique(coder: Coder) -> None:
    coded = coder.code(TEXT, published="2021-07-27")
    for layer in ("times", "quantities", "participants", "places", "statements", "events"):
        ids = [record.id for record in getattr(coded, layer)]
        assert len(ids) == len(set(ids)), layer


def test_json_goes_there_and_back(coder: Coder) -> None:
    coded = coder.code(TEXT, published="2021-07-27")
    assert CodedReport.from_json(coded.to_json()) == coded
    assert json.loads(coded.to_json()) == coded.to_dict()


def test_the_schema_describes_every_field() -> None:
    schema = CodedReport.schema()
    event = schema["$defs"]["Event"]["properties"]
    assert event["scale"]["description"].startswith("Conflict–cooperation score")


def test_the_same_report_gives_the_same_bytes(coder: Coder) -> None:
    first = coder.code(TEXT, published="2021-07-27").to_json()
    assert Coder().code(TEXT, published="2021-07-27").to_json() == first


def test_what_stands_beside_a_report_does_not_change_it(coder: Coder) -> None:
    alone = coder.code(TEXT).to_json()
    others = [Report(id=str(n), text=f"Police arrested {n} men in Rome. {TEXT}") for n in range(20)]
    beside = Report(id=coder.code(TEXT).report.id, text=TEXT)
    coded = list(coder.stream([*others, beside]))
    assert coded[-1].to_json() == alone


@pytest.mark.slow
def test_processes_do_not_change_the_output(coder: Coder) -> None:
    reports = [Report(id=str(n), text=f"Police arrested {n} men in Rome.") for n in range(40)]
    one = [coded.to_json() for coded in coder.stream(reports)]
    assert [coded.to_json() for coded in coder.stream(reports, processes=2)] == one


def test_a_stream_is_lazy(coder: Coder) -> None:
    endless = (Report(id=str(n), text="Rebels left the town.") for n in count())
    stream = coder.stream(endless)
    assert [next(stream).report.id for _ in range(3)] == ["0", "1", "2"]


@given(st.lists(st.integers(0, 2 * CHARACTERS), max_size=60), st.integers(1, 9), st.integers(9, 40))
def test_batches_hold_every_report_in_order_and_end_where_reports_are_long(
    lengths: list[int], first: int, most: int
) -> None:
    line = "x" * (2 * CHARACTERS)
    reports = [Report(id=str(n), text=line[:length]) for n, length in enumerate(lengths)]
    found = list(batches(iter(reports), first, most))
    assert [report for batch in found for report in batch] == reports
    assert all(len(batch) <= min(first * 2**n, most) for n, batch in enumerate(found))
    assert all(sum(len(one.text) for one in batch[:-1]) < CHARACTERS for batch in found)


def test_a_report_in_another_language_is_flagged_and_not_coded(coder: Coder) -> None:
    text = "Le président a rencontré lundi à Paris le ministre irakien pour discuter de la paix."
    coded = coder.code(text)
    assert coded.report.language == "fr"
    assert not coded.events
    assert {b.reason for b in coded.blanks} == {BlankReason.OTHER_LANGUAGE}


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n ",
        "🙂🙃",
        "مرحبا بالعالم",
        "a" * 5000,
        "((((\"'“”",
        "\x00\x01",
        "\ud800",
        "THE ARMY LEFT.",
    ],
)
def test_odd_texts_are_coded_without_an_exception(coder: Coder, text: str) -> None:
    coded = coder.code(text)
    assert coded.report.text == text
    assert not coded.failures


def test_a_wrong_number_of_processes_is_refused(coder: Coder) -> None:
    with pytest.raises(ValueError, match="1 or more"):
        list(coder.stream([], processes=0))


def test_the_trained_model_is_asked_where_it_is_wanted() -> None:
    coder = Coder(event_model=True)
    coded = coder.code("Rebels attacked a village in Mali on Monday.", published="2021-07-27")
    assert not coded.failures
    assert dict(coder.versions.data)["event model"] != "none"
    assert [event.type for event in coded.events] == ["ASSAULT"]
    assert any("model" in f"{reason.rule} {reason.detail}" for reason in coded.events[0].why)


def test_a_program_from_standard_input_is_told_to_be_a_file() -> None:
    program = (
        "from dateline import Coder, Report\n"
        "list(Coder(event_model=False).stream([Report(id='r', text='No.')], processes=2))\n"
    )
    done = subprocess.run(
        [sys.executable, "-"], input=program, capture_output=True, text=True, timeout=200
    )
    assert done.returncode == 1
    assert "write it to a file" in done.stderr.splitlines()[-1]
