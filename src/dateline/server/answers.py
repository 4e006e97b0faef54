"""Answers: JSON and CSV with an ETag, or 304 where the reader has it already."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Annotated, Any

import sqlalchemy as sa
from fastapi import Depends, Request
from pydantic_core import to_json
from starlette.responses import Response, StreamingResponse

from dateline.archive.queries import Page
from dateline.server.desk import Desk
from dateline.server.problems import MEDIA, ProblemModel

ROWS = 200
"""Rows of CSV sent at a time."""
OF_ALL = (414, 421, 429)
"""Statuses with which any request may be refused before it is looked at."""
CACHE = {"Cache-Control": "private, no-cache"}


def desk_of(request: Request) -> Desk:
    """Return the desk of a request."""
    found: Desk = request.app.state.desk
    return found


TheDesk = Annotated[Desk, Depends(desk_of)]


def encoded(value: Any) -> bytes:
    """Return a value as JSON."""
    return to_json(value, inf_nan_mode="null")


def json_answer(
    value: Any, status: int = 200, headers: Mapping[str, str] | None = None
) -> Response:
    """Return a value as JSON that nobody keeps."""
    kept = {"Cache-Control": "no-store"} | dict(headers or {})
    return Response(encoded(value), status, kept, "application/json")


def tagged(request: Request, body: bytes, media: str = "application/json") -> Response:
    """Return a body with its ETag; without the body where the reader has it."""
    tag = f'"{hashlib.sha256(body).hexdigest()[:24]}"'
    headers = CACHE | {"ETag": tag}
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(body, 200, headers, media)


def read(request: Request, desk: Desk, make: Callable[[sa.Connection], Any]) -> Response:
    """Return as JSON what ``make`` reads from the archive."""
    with desk.reading() as connection:
        value = make(connection)
    return tagged(request, encoded(value))


def kept(request: Request, desk: Desk, make: Callable[[sa.Connection], Any]) -> Response:
    """Return as JSON what ``make`` counts in the archive, or counted a moment ago."""
    key = (request.url.path, request.url.query)
    with desk.reading() as connection:
        body = desk.counted(key, connection, lambda own: encoded(make(own)))
    return tagged(request, body)


def listed(page: Page) -> dict[str, Any]:
    """Return a page as it is sent."""
    return {"items": page.items, "next": page.next, "total": page.total}


class CsvAnswer(StreamingResponse):
    """Rows as CSV, sent while they are read."""

    media_type = "text/csv"


def csv_answer(name: str, columns: Iterable[str], rows: Iterable[Mapping[str, Any]]) -> Response:
    """Return rows as CSV, sent while they are read."""
    return CsvAnswer(
        _lines(list(columns), rows),
        media_type="text/csv; charset=utf-8",
        headers=CACHE | {"Content-Disposition": f'attachment; filename="{name}.csv"'},
    )


def _lines(columns: list[str], rows: Iterable[Mapping[str, Any]]) -> Iterator[bytes]:
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(columns)
    for n, row in enumerate(rows, 1):
        writer.writerow([_cell(row.get(column)) for column in columns])
        if n % ROWS == 0:
            yield buffer.getvalue().encode("utf-8", "replace")
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue().encode("utf-8", "replace")


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple):
        return "; ".join(map(str, value))
    return value


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Return how an endpoint's errors look, for its description."""
    body = {"content": {MEDIA: {}}, "model": ProblemModel}
    return {status: dict(body) for status in (*statuses, *OF_ALL)}
