import json
from pathlib import Path

import pytest

from dateline import Coder, InputError, OutputError, Report
from dateline.batch import (
    ErrorFile,
    JsonLines,
    already_coded,
    code_batch,
    open_output,
    read_coded,
)
from dateline.exporting import columns, frame, table
from dateline.exporting.writers import Csv, Parquet
from dateline.reading import Unread

REPORTS = [
    Report(
        id="1", text="Police arrested 12 protesters in Lyon on Thursday.", published="2023-03-23"
    ),
    Unread("b.txt", "the file is empty"),
    Report(id="2", text="Rebels attacked a village in Mali, killing at least 30 people."),
    Report(
        id="3", text="Le ministre a rencontré lundi à Paris le président pour parler de la paix."
    ),
]


@pytest.fixture(scope="module")
def coder() -> Coder:
    return Coder()


def run(coder: Coder, output: Path, **options: object) -> list[dict[str, str]]:
    errors = ErrorFile(output.with_suffix(".errors"))
    stream = open_output(output, append=bool(options))
    writer = JsonLines(stream)
    for _ in code_batch(REPORTS, coder, writer, errors, **options):  # type: ignore[arg-type]
        pass
    errors.close()
    stream.close()
    return [json.loads(line) for line in errors.path.read_text().splitlines()]


def test_what_fails_is_listed_and_the_rest_goes_on(coder: Coder, tmp_path: Path) -> None:
    failed = run(coder, tmp_path / "out.jsonl")
    assert [(f["source"], f["stage"]) for f in failed] == [("b.txt", "reading"), ("3", "language")]
    assert [coded.report.id for coded in read_coded(tmp_path / "out.jsonl")] == ["1", "2", "3"]


def test_a_run_that_was_cut_off_goes_on_to_the_same_bytes(coder: Coder, tmp_path: Path) -> None:
    whole, cut = tmp_path / "whole.jsonl", tmp_path / "cut.jsonl"
    run(coder, whole)
    data = whole.read_bytes()
    cut.write_bytes(data[: data.index(b"\n") + 40])
    assert already_coded(cut) == {"1"}
    run(coder, cut, skip=frozenset({"1"}))
    assert cut.read_bytes() == data


def test_resuming_a_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.jsonl"
    path.write_text('{"a": 1}\n')
    with pytest.raises(OutputError, match="line 1"):
        already_coded(path)
    assert path.read_text() == '{"a": 1}\n'


def test_a_line_that_is_no_coded_report_is_named(tmp_path: Path) -> None:
    path = tmp_path / "other.jsonl"
    path.write_text('\n{"a": 1}\n')
    with pytest.raises(InputError, match=r"other\.jsonl:2"):
        list(read_coded(path))


def test_an_output_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="choose another with --output"):
        open_output(tmp_path / "no" / "such" / "folder.jsonl")


def test_all_tables_hold_the_same_rows(coder: Coder, tmp_path: Path) -> None:
    import pyarrow.csv
    import pyarrow.parquet

    reports = [one for one in REPORTS if isinstance(one, Report)]
    coded = list(coder.stream(reports))
    for layer in ("events", "participants", "quantities"):
        flat = table(coded, layer)
        assert flat.column_names == list(columns(layer))
        parquet = Parquet(tmp_path / f"{layer}.parquet", layer)
        stream = open_output(tmp_path / f"{layer}.csv")
        csv = Csv(stream, layer)
        for one in coded:
            parquet.write(one)
            csv.write(one)
        parquet.close()
        stream.close()
        assert pyarrow.parquet.read_table(tmp_path / f"{layer}.parquet").equals(flat)
        assert pyarrow.csv.read_csv(tmp_path / f"{layer}.csv").num_rows == flat.num_rows


def test_a_data_frame_of_either_kind(coder: Coder) -> None:
    coded = coder.code("Police arrested 12 protesters in Lyon.")
    for backend in ("pandas", "polars"):
        assert next(iter(frame(coded, "quantities", backend=backend).columns)) == "report_id"


def test_an_unknown_layer_names_those_there_are(coder: Coder) -> None:
    with pytest.raises(ValueError, match="the layers are events, statements"):
        table(coder.code("x"), "evnts")
