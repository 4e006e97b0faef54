"""Coded reports to a file of one layer, report by report."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TextIO

import pyarrow as pa
import pyarrow.parquet as pq

from dateline.exporting.tables import columns, rows
from dateline.records import CodedReport


class Csv:
    """Writes the records of one layer as CSV (RFC 4180), with a header."""

    def __init__(self, stream: TextIO, layer: str) -> None:
        self.stream, self.layer = stream, layer
        self.writer = csv.DictWriter(stream, list(columns(layer)), lineterminator="\n")
        self.writer.writeheader()

    def write(self, coded: CodedReport) -> None:
        """Write one report's records."""
        for row in rows(coded, self.layer):
            self.writer.writerow({k: _cell(v) for k, v in row.items()})
        self.stream.flush()

    def close(self) -> None:
        """Hand what is buffered to the system."""
        self.stream.flush()


def _cell(value: object) -> object:
    """Write truth as R and pandas read it."""
    return str(value).upper() if isinstance(value, bool) else value


class Parquet:
    """Writes the records of one layer as Parquet, a row group for about a thousand rows."""

    GROUP = 1000

    def __init__(self, path: Path, layer: str) -> None:
        self.layer = layer
        self.schema = pa.schema(list(columns(layer).items()))
        self.writer = pq.ParquetWriter(path, self.schema, compression="zstd")
        self.pending: list[dict[str, object]] = []

    def write(self, coded: CodedReport) -> None:
        """Take one report's records."""
        self.pending.extend(rows(coded, self.layer))
        if len(self.pending) >= self.GROUP:
            self._flush()

    def _flush(self) -> None:
        if self.pending:
            self.writer.write_table(pa.Table.from_pylist(self.pending, schema=self.schema))
            self.pending = []

    def close(self) -> None:
        """Write what is left and the footer."""
        self._flush()
        self.writer.close()
