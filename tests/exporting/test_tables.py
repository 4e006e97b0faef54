"""The tables of the layers."""

import pytest

from dateline import Coder, Report
from dateline.exporting import LAYERS, columns, records_of, rows, table

TEXT = "MOSCOW - Rebels attacked a village near Bamako in Mali on Monday, killing 30 people."


def test_the_gist_of_a_report_is_a_row() -> None:
    coder = Coder()
    coded = [
        coder.code(Report(id="a", text=TEXT, published="2023-03-21")),
        coder.code(Report(id="b", text="42")),
    ]
    (row,) = table(coded, "gists").to_pylist()
    gist = coded[0].gist
    assert gist is not None
    assert (row["report_id"], row["what"]) == ("a", gist.what.text)
    assert row["who"] == "Rebels" and row["event_type"] == "ASSAULT"
    assert row["place_country"] == "MLI" and row["interval_start"] == "2023-03-20"
    assert records_of(coded[0], "gists") == (gist,) and records_of(coded[1], "gists") == ()


@pytest.mark.parametrize("layer", LAYERS)
def test_a_row_has_the_columns_of_its_layer_for_every_record(layer: str) -> None:
    coded = Coder().code(TEXT, published="2023-03-21")
    found = list(rows(coded, layer))
    assert len(found) == len(records_of(coded, layer))
    assert all(list(row) == list(columns(layer)) for row in found)
