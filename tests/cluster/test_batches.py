"""The pure function from Arrow to Arrow, without any cluster."""

import json

import pyarrow as pa
import pytest

from dateline import CodedReport, Coder
from dateline.cluster import CODED, code_batches

ROWS = [
    {"id": "1", "text": "Police arrested 12 protesters in Lyon on Monday.", "date": "2021-07-27"},
    {"id": "2", "text": ""},
    {
        "id": "3",
        "text": "Le président a rencontré lundi à Paris le ministre pour parler de la paix.",
    },
    {"id": "4", "text": "Rebels attacked a village in Mali, killing at least 30 people."},
]


@pytest.fixture(scope="module")
def coded() -> list[dict[str, object]]:
    batches = [pa.RecordBatch.from_pylist(ROWS[at : at + 2]) for at in (0, 2)]
    found = list(code_batches(batches))
    assert all(batch.schema == CODED for batch in found)
    return [row for batch in found for row in batch.to_pylist()]


def test_a_row_a_report_in_their_order(coded: list[dict[str, object]]) -> None:
    assert [row["id"] for row in coded] == ["1", None, "3", "4"]
    assert [row["source"] for row in coded] == ["row#1", "row#2", "row#3", "row#4"]


def test_records_are_what_the_coder_gives(coded: list[dict[str, object]]) -> None:
    record = CodedReport.from_json(str(coded[3]["record"]))
    assert record.report.text == ROWS[3]["text"]
    alone = next(Coder().stream([record.report]))
    assert alone.events == record.events and record.events


def test_what_went_wrong_stands_beside(coded: list[dict[str, object]]) -> None:
    errors = [[json.loads(str(line)) for line in row["errors"]] for row in coded]  # type: ignore[attr-defined]
    assert [[error["stage"] for error in row] for row in errors] == [
        [],
        ["reading"],
        ["language"],
        [],
    ]
    assert coded[1]["record"] is None and coded[2]["record"] is not None


def test_columns_can_be_named_and_a_date_given() -> None:
    batch = pa.RecordBatch.from_pylist([{"Key": 7, "Body": "Rebels left Gao on Monday."}])
    found = next(
        code_batches([batch], columns={"text": "Body", "id": "Key"}, published="2021-07-27")
    )
    assert found.to_pylist()[0]["id"] == "7"
    assert found.to_pylist()[0]["published"] == "2021-07-27"


def test_half_a_surrogate_pair_costs_a_character() -> None:
    line = json.loads('{"text": "Rebels left \\ud800 Gao."}')
    from dateline.cluster.batches import coded_batches
    from dateline.reading import Options
    from dateline.reading.sources import table_report

    found = iter([table_report(line, "a#1", "jsonl", Options())])
    row = next(coded_batches(found, Coder())).to_pylist()[0]
    assert row["text"] == "Rebels left \ufffd Gao."


def test_no_batches_give_no_batches() -> None:
    assert list(code_batches([])) == []
