"""Tables of reports: JSON lines, CSV and Parquet, a report a row."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO

from pydantic import TypeAdapter

from dateline.errors import InputError
from dateline.reading.dates import publication_date
from dateline.reading.identify import report_id, sha256
from dateline.records import DateBasis, Report

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "text": ("text", "event_text", "body", "content", "article", "story"),
    "id": ("id", "doc_id", "story_id", "article_id"),
    "published": ("published", "date", "pub_date", "publication_date", "dct"),
    "title": ("title", "headline"),
    "url": ("url", "link"),
    "publisher": ("publisher", "source", "outlet", "domain"),
    "language": ("language", "lang"),
}
"""Field of a report, and the column names it is looked for under, in order."""

Row = Mapping[str, Any]
Numbered = tuple[int, Row | InputError, bytes | None]
"""Number of a row, from 1, the row or why it could not be read, and its bytes as they came.

The bytes are those of the line or lines, without the line end; a row of a Parquet file has none.
"""


def report_of(
    row: Row, columns: Mapping[str, str], *, source: str, method: str, raw: bytes | None = None
) -> Report:
    """Return the report in a row.

    ``columns`` maps fields of a report to columns; fields not named there are
    looked for under the usual names (``COLUMNS``). ``raw`` is the row as it came, of which the
    report keeps the digest; where there is none, it keeps that of the text.

    Raises:
        InputError: no text column, no text in it, or a date that is none.
    """
    text = _value(row, "text", columns)
    if text is None:
        known = ", ".join(sorted(map(str, row))) or "none"
        raise InputError(
            f"no column with the report's text; the columns are: {known}; "
            f"name it with --column text=NAME"
        )
    if not str(text).strip():
        raise InputError("the text of this report is empty")
    if _is_report(row):
        return _kept(row, source)
    published = _value(row, "published", columns)
    url = _value(row, "url", columns)
    given = _value(row, "id", columns)
    return Report(
        id=str(given) if given not in (None, "") else report_id(str(text), url),
        text=str(text),
        title=_string(row, "title", columns),
        url=url or None,
        publisher=_string(row, "publisher", columns),
        published=publication_date(str(published)) if published not in (None, "") else None,
        published_basis=DateBasis.GIVEN if published not in (None, "") else DateBasis.UNKNOWN,
        language=_string(row, "language", columns),
        source=source,
        sha256=sha256(str(text).encode("utf-8", "surrogatepass") if raw is None else raw),
        method=method,
    )


def _is_report(row: Row) -> bool:
    """Tell a report as dateline writes it (`fetch`, `code`) from a row of another table."""
    return {"id", "text", "published_basis", "sha256", "method"} <= row.keys()


def _kept(row: Row, source: str) -> Report:
    """Return a report that dateline wrote, with where it came from, when and how.

    Raises:
        InputError: a field of it is not as dateline writes it.
    """
    try:
        report = _reports().validate_python({"source": source, **row})
    except ValueError as error:
        raise InputError(f"this report is not as dateline writes it: {error}") from error
    if report.published is not None:
        publication_date(report.published)
    return report


@cache
def _reports() -> TypeAdapter[Report]:
    return TypeAdapter(Report)


def _value(row: Row, field: str, columns: Mapping[str, str]) -> Any:
    if field in columns:
        if columns[field] not in row:
            known = ", ".join(sorted(map(str, row)))
            raise InputError(f"there is no column {columns[field]!r}; the columns are: {known}")
        return row[columns[field]]
    return next((row[name] for name in COLUMNS[field] if name in row), None)


def _string(row: Row, field: str, columns: Mapping[str, str]) -> str | None:
    value = _value(row, field, columns)
    return str(value) if value not in (None, "") else None


def json_lines(stream: BinaryIO) -> Iterator[Numbered]:
    """Yield the rows of JSON lines; a broken line costs that line."""
    for number, line in enumerate(stream, 1):
        if not line.strip():
            continue
        raw = line.rstrip(b"\r\n")
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            yield number, InputError(f"this line is no JSON: {error}"), raw
            continue
        if isinstance(row, dict):
            yield number, row.get("report", row) if _is_coded(row) else row, raw
        else:
            yield number, InputError("this line is no JSON object; write one object a line"), raw


def _is_coded(row: Row) -> bool:
    """Tell a coded report, as ``dateline code`` writes it, from a plain one: it can be coded anew."""
    return isinstance(row.get("report"), dict) and "versions" in row


def csv_rows(stream: BinaryIO) -> Iterator[Numbered]:
    """Yield the rows of a CSV or TSV file with a header."""
    csv.field_size_limit(1 << 27)
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", errors="surrogateescape", newline="")
    try:
        yield from _csv_rows(text)
    finally:
        text.detach()  # whoever opened the stream closes it


def _csv_rows(text: io.TextIOWrapper) -> Iterator[Numbered]:
    head = text.readline()
    if not head.strip():
        yield 1, InputError("the table is empty; its first line must name the columns"), None
        return
    delimiter = max(",\t;|", key=head.count)
    names = next(csv.reader([head], delimiter=delimiter))
    lines = _Lines(text)
    rows = csv.reader(lines, delimiter=delimiter)
    number = 0
    while True:
        number += 1
        try:
            cells = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield number, InputError(f"this row is no CSV: {error}"), lines.taken()
            continue
        raw = lines.taken()
        if cells:
            yield number, _csv_row(names, cells), raw


def _csv_row(names: Sequence[str], cells: Sequence[str]) -> Row | InputError:
    if len(cells) != len(names):
        return InputError(f"this row has {len(cells)} cells and the header {len(names)}")
    try:
        return {
            name: cell.encode("utf-8", "surrogateescape").decode("utf-8")
            for name, cell in zip(names, cells, strict=True)
        }
    except UnicodeDecodeError:
        return InputError("this row is not in UTF-8; convert the file to UTF-8")


class _Lines:
    """The lines of a table, of which those are remembered that a row took."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines, self._taken = iter(lines), list[str]()

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self._taken.append(line)
        return line

    def taken(self) -> bytes:
        """Return the bytes of the lines since the last call, without the last line end."""
        found = "".join(self._taken)
        self._taken.clear()
        return found.rstrip("\r\n").encode("utf-8", "surrogateescape")


def parquet_rows(path: Path) -> Iterator[Numbered]:
    """Yield the rows of a Parquet file, a batch at a time.

    Raises:
        InputError: it is no Parquet file.
    """
    from pyarrow.parquet import ParquetFile  # only who reads one pays for it

    try:
        table = ParquetFile(path)
    except (OSError, ValueError) as error:
        raise InputError(f"this is no Parquet file: {error}") from error
    number = 0
    for batch in table.iter_batches(batch_size=256):
        for row in batch.to_pylist():
            number += 1
            yield number, row, None
