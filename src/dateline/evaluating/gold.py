"""Gold reports: the JSON of `dateline code`, corrected by hand, or written anew.

A line is one report: ``report`` with at least ``text``, and a list of records
for each layer that was annotated. A layer that is left out is not scored; one
that is there and empty says that there is nothing to find. A record needs the
span that is its address (``ADDRESS``); of its other fields only those that are
there are scored. Ids tie records together as they do in a coded report.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dateline.errors import DataError
from dateline.reading.dates import publication_date
from dateline.reading.identify import report_id
from dateline.records import DateBasis, Report

ADDRESS = {
    "times": "span",
    "quantities": "span",
    "participants": "head",
    "places": "span",
    "statements": "content",
    "events": "trigger",
    "commitments": "span",
}
"""Layer → the field whose words a record of it is found by."""

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Gold:
    """A gold report."""

    report: Report
    layers: Mapping[str, tuple[Row, ...]]
    """Annotated layers only."""


def read_gold(path: Path) -> Iterator[Gold]:
    """Yield the gold reports of a JSON-lines file.

    Raises:
        DataError: a line breaks the format; the message names file, line and cause.
    """
    with path.open(encoding="utf-8") as stream:
        for number, line in enumerate(stream, 1):
            if line.strip():
                try:
                    yield _gold(json.loads(line))
                except (ValueError, KeyError, TypeError) as error:
                    raise DataError(f"{path}:{number}: {_cause(error)}") from error


def _cause(error: Exception) -> str:
    return f"there is no {error}" if isinstance(error, KeyError) else str(error)


def _gold(line: Row) -> Gold:
    text = line["report"]["text"]
    report = Report(
        id=str(line["report"].get("id") or report_id(text)),
        text=text,
        title=line["report"].get("title"),
        url=line["report"].get("url"),
        publisher=line["report"].get("publisher"),
        published=_published(line["report"]),
        published_basis=DateBasis.GIVEN if _published(line["report"]) else DateBasis.UNKNOWN,
    )
    layers = {layer: tuple(line[layer]) for layer in ADDRESS if layer in line}
    for layer, records in layers.items():
        for record in records:
            for span in spans(record, layer):
                _check(span, text, layer)
    return Gold(report, layers)


def _published(report: Row) -> str | None:
    given = report.get("published")
    return publication_date(given) if given else None


def spans(record: Row, layer: str) -> tuple[Row, ...]:
    """Return the spans that are a record's address; of an event, all its mentions."""
    found = (record.get("mentions") if layer == "events" else None) or record[ADDRESS[layer]]
    return (found,) if isinstance(found, Mapping) else tuple(found)


def _check(span: Row, text: str, layer: str) -> None:
    start, end = span["start"], span["end"]
    if not 0 <= start < end <= len(text):
        raise ValueError(f"{layer}: the span {start}:{end} is not in the text")
    if "text" in span and text[start:end] != span["text"]:
        raise ValueError(
            f"{layer}: the words at {start}:{end} are {text[start:end]!r}, not {span['text']!r}"
        )
