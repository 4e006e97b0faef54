"""Dask hands tables to the pure function, as the docs show."""

import warnings
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from dateline.cluster import CODED, code_table

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    dd = pytest.importorskip("dask.dataframe", reason="needs dask: run `make test-spark`")


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_dask_gives_the_same_rows(tmp_path: Path) -> None:
    rows = [{"id": str(n), "text": f"Police arrested {n} men in Lyon."} for n in range(12)]
    for at in (0, 6):
        pq.write_table(pa.Table.from_pylist(rows[at : at + 6]), tmp_path / f"{at}.parquet")
    frame = dd.read_parquet(tmp_path)
    coded = frame.map_partitions(
        lambda part: code_table(pa.Table.from_pandas(part)).to_pandas(),
        meta=CODED.empty_table().to_pandas(),
    )
    found = coded.compute(scheduler="threads").sort_values("id")["record"].tolist()
    alone = code_table(pq.read_table(tmp_path)).sort_by("id")["record"].to_pylist()
    head = [record.replace('"source":"row#', "") for record in alone]
    assert len(found) == 12
    assert [r.split('"text":')[1].split(",")[0] for r in found] == [
        r.split('"text":')[1].split(",")[0] for r in head
    ]
