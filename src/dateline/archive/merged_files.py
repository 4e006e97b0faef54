"""The tables that merging publishes, as CSV or Parquet files.

``events`` has a merged event a row, ``reports_events`` says for every event of
every report which merged event it went into, how surely and why. Both are
ordered by id, so that the same archive gives the same files.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import sqlalchemy as sa
from pyarrow import csv, parquet

from dateline.archive.merging_tables import merged_events, reports_events
from dateline.errors import OutputError

FORMATS = ("csv", "parquet")
BATCH = 5_000
"""Rows held at once."""
PUBLISHED = {"events": merged_events, "reports_events": reports_events}
"""Name of a file, and its table."""
TYPES = {
    sa.Text: pa.string(), sa.Integer: pa.int64(), sa.Float: pa.float64(), sa.Boolean: pa.bool_(),
}  # fmt: skip


def schema(table: sa.Table) -> pa.Schema:
    """Return the columns of a file: those of its table without the packed record."""
    return pa.schema([(c.name, TYPES[type(c.type)]) for c in _columns(table)])


def write(connection: sa.Connection, folder: Path, format: str = "csv") -> list[Path]:
    """Write the files into a folder, each whole or not at all; return their paths.

    Raises:
        ValueError: there is no such format.
        OutputError: a file cannot be written.
    """
    if format not in FORMATS:
        raise ValueError(f"there is no format {format!r}; the formats are {', '.join(FORMATS)}")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return [
            _write(connection, table, folder / f"{name}.{format}")
            for name, table in PUBLISHED.items()
        ]
    except OSError as error:
        raise OutputError(f"cannot write to {folder}: {error}") from error


def _write(connection: sa.Connection, table: sa.Table, path: Path) -> Path:
    made = schema(table)
    whole = path.with_name(path.name + ".part")
    writer: Any = csv.CSVWriter if path.suffix == ".csv" else parquet.ParquetWriter
    try:
        with writer(str(whole), made) as out:
            for rows in _batches(connection, table):
                out.write_table(pa.Table.from_pylist(rows, schema=made))
        whole.replace(path)
    finally:
        whole.unlink(missing_ok=True)
    return path


def _batches(connection: sa.Connection, table: sa.Table) -> Iterator[list[dict[str, Any]]]:
    query = sa.select(*_columns(table)).order_by(*table.primary_key.columns)
    result = connection.execution_options(yield_per=BATCH).execute(query)
    for rows in result.partitions():
        yield [dict(row._mapping) for row in rows]


def _columns(table: sa.Table) -> Sequence[sa.Column[Any]]:
    return [column for column in table.columns if column.name != "packed"]
