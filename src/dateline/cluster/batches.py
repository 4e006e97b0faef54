"""Arrow record batches of reports to Arrow record batches of coded reports."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any

import pyarrow as pa

from dateline.batch import Queue, error_line, failures
from dateline.coder import Coder, Settings, cached_coder
from dateline.errors import InputError
from dateline.reading import Options, Unread
from dateline.reading.crawls import warc_pages
from dateline.reading.sources import page_report, table_report
from dateline.reading.tables import json_lines
from dateline.records import CodedReport, Report

CODED = pa.schema(
    [
        pa.field("source", pa.string()),
        pa.field("id", pa.string()),
        pa.field("published", pa.string()),
        pa.field("title", pa.string()),
        pa.field("text", pa.string()),
        pa.field("record", pa.string()),
        pa.field("errors", pa.list_(pa.string())),
    ]
)
"""A row a report. ``record`` is the coded report as ``dateline code`` writes it, byte for byte;
``errors`` are the lines that its errors file would hold. A source that could not be read has
``errors`` alone."""
SURROGATE = re.compile(r"[\ud800-\udfff]")
ROWS = 64
"""Rows of a batch that is handed on."""

Batches = Iterable[pa.RecordBatch]
Found = Iterator[Report | Unread]
Reader = Callable[[Batches], Found]


def code_batches(
    batches: Batches,
    settings: Settings | None = None,
    *,
    columns: Mapping[str, str] | None = None,
    published: str | None = None,
) -> Iterator[pa.RecordBatch]:
    """Code the reports in record batches; the rows come back in their order, as ``CODED``.

    A batch has a row a report, with the columns that ``dateline code`` reads
    from tables (``text``, ``id``, ``published``, ``title``, …), or those that
    ``columns`` names. A column ``_source`` says where the row comes from. The
    coder of ``settings`` is made once a process. Nothing is raised for a row:
    what went wrong stands in ``errors``.

    Args:
        batches: Arrow record batches, read lazily.
        settings: model and limits of the coder.
        columns: field of a report → column.
        published: publication date of reports that have none of their own.
    """
    read = partial(read_rows, options=Options(columns=columns or {}, published=published))
    yield from coded_batches(read(batches), cached_coder(settings or Settings()))


def read_rows(batches: Batches, options: Options, method: str = "parquet") -> Found:
    """Yield the reports of batches with a row a report."""
    number = 0
    for batch in batches:
        for row in batch.to_pylist():
            number += 1
            source = row.pop("_source", None) or f"row#{number}"
            yield table_report(row, source, method, options)


def read_lines(batches: Batches, options: Options) -> Found:
    """Yield the reports of batches with a line of JSON a row: ``_source`` and ``line`` (bytes)."""
    for batch in batches:
        for row in batch.to_pylist():
            for _, found, raw in json_lines(io.BytesIO(row["line"])):
                yield table_report(found, row["_source"], "jsonl", options, raw)


def read_crawls(batches: Batches, options: Options) -> Found:
    """Yield the pages of batches with a WARC file a row: ``_source`` and ``content`` (bytes)."""
    for batch in batches:
        for row in batch.to_pylist():
            name, number = row["_source"], 0
            try:
                for number, page in enumerate(warc_pages(io.BytesIO(row["content"])), 1):
                    yield page_report(page, f"{name}#{number}", options)
            except InputError as error:
                yield Unread(name, str(error))


def coded_batches(found: Found, coder: Coder) -> Iterator[pa.RecordBatch]:
    """Yield batches of what was read, coded, in order."""
    rows: list[dict[str, Any]] = []
    for row in _rows(found, coder):
        rows.append(row)
        if len(rows) >= ROWS:
            yield pa.RecordBatch.from_pylist(rows, schema=CODED)
            rows = []
    if rows:
        yield pa.RecordBatch.from_pylist(rows, schema=CODED)


def _rows(found: Found, coder: Coder) -> Iterator[dict[str, Any]]:
    queue = Queue(found)
    for coded in coder.stream(queue.readable()):
        yield from map(_unread, queue.turn())
        yield _row(coded)
    yield from map(_unread, queue.turn())


def _unread(one: Unread) -> dict[str, Any]:
    return {"source": one.source, "errors": [error_line(one.source, "reading", one.error)]}


def _row(coded: CodedReport) -> dict[str, Any]:
    report = coded.report
    return {
        "source": report.source,
        "id": _clean(report.id),
        "published": report.published,
        "title": _clean(report.title),
        "text": _clean(report.text),
        "record": coded.to_json(),
        "errors": [error_line(*one) for one in failures(coded)],
    }


def _clean(text: str | None) -> str | None:
    """Return a text as Arrow and JSON hold it: half a surrogate pair becomes U+FFFD."""
    if text is None or text.isascii():
        return text
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return SURROGATE.sub("\ufffd", text)
    return text


def code_table(table: pa.Table, settings: Settings | None = None) -> pa.Table:
    """Code the reports in a table: ``code_batches`` for engines that map tables (Ray, Dask)."""
    batches = table.to_batches(max_chunksize=ROWS)
    return pa.Table.from_batches(code_batches(batches, settings), schema=CODED)
