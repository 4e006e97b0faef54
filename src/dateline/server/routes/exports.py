"""Exports: what a filter lets through in the layouts of other tools, made while it is sent."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse

from dateline.archive import auditing
from dateline.archive.queries import ListFilter, events
from dateline.archive.queries.filter import Filter
from dateline.exporting.layouts import LAYOUTS, Choice, Happening, Layout, Written, of_reports
from dateline.server.answers import CACHE, TheDesk, encoded, problems
from dateline.server.desk import Desk
from dateline.server.guard import client_of
from dateline.server.problems import ProblemError
from dateline.server.sessions import READERS, Reader
from dateline.server.streams import rows_of

router = APIRouter(tags=["export"], dependencies=READERS, responses=problems(400, 401, 404, 422))
CHUNK = 64_000
"""Characters sent at a time."""


@router.get("/export/{layout}", response_class=PlainTextResponse)
def export(
    request: Request,
    desk: TheDesk,
    who: Reader,
    layout: str,
    wanted: Annotated[Filter, Query()],
) -> Response:
    """Send the events that fit in a layout of `dateline export --list`, or as `jsonl`."""
    if layout != "jsonl" and layout not in LAYOUTS:
        known = ", ".join(("jsonl", *LAYOUTS))
        raise ProblemError(404, f"there is no layout {layout!r}; there are {known}")
    with desk.writing() as connection:
        auditing.note(connection, who.user, "export", layout, client_of(request.scope))
    suffix = ".jsonl" if layout == "jsonl" else LAYOUTS[layout].suffix
    return StreamingResponse(
        _rows(desk, wanted) if layout == "jsonl" else _written(desk, wanted, layout),
        media_type="text/plain; charset=utf-8",
        headers=CACHE | {"Content-Disposition": f'attachment; filename="dateline{suffix}"'},
    )


def _keys(desk: Desk, wanted: Filter) -> Iterator[dict[str, Any]]:
    return rows_of(desk, ListFilter(**wanted.model_dump()), events.events)


def _rows(desk: Desk, wanted: Filter) -> Iterator[bytes]:
    for row in _keys(desk, wanted):
        yield encoded(row) + b"\n"


def _happenings(desk: Desk, wanted: Filter) -> Iterator[Happening]:
    """Yield the events that fit, report by report as the list has them."""
    last: str | None = None
    told: dict[str, Happening] = {}
    for row in _keys(desk, wanted):
        if row["report_id"] != last:
            last = str(row["report_id"])
            told = {one.event.id: one for one in of_reports([desk.archive.get(last)])}
        if row["id"] in told:
            yield told[row["id"]]


def _written(desk: Desk, wanted: Filter, name: str) -> Iterator[bytes]:
    layout, found = LAYOUTS[name], _happenings(desk, wanted)
    sink = io.StringIO()
    if not isinstance(layout, Layout):
        layout.write(found, sink)
        yield sink.getvalue().encode("utf-8", "replace")
        return
    if layout.header:
        sink.write(layout.line(layout.names()))
    for row in layout.rows(found, Choice(), Written()):
        sink.write(layout.line(row))
        if sink.tell() > CHUNK:
            yield _taken(sink)
    yield _taken(sink)


def _taken(sink: io.StringIO) -> bytes:
    """Return what was written, and empty the sink."""
    text = sink.getvalue()
    sink.seek(0)
    sink.truncate()
    return text.encode("utf-8", "replace")
