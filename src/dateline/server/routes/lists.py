"""Events, reports and search: lists, their CSV, facets and single records."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

import sqlalchemy as sa
from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from dateline.archive import judging, merged
from dateline.archive.queries import Filter, ListFilter, events, reports
from dateline.exporting import columns
from dateline.server.answers import CsvAnswer, TheDesk, csv_answer, kept, listed, problems, read
from dateline.server.desk import Desk
from dateline.server.problems import ProblemError
from dateline.server.routes.judging import of_record
from dateline.server.sessions import READERS
from dateline.server.streams import rows_of

router = APIRouter(dependencies=READERS, responses=problems(400, 401, 404, 422))
Listed = Annotated[ListFilter, Query()]
Wanted = Annotated[Filter, Query()]


def total(desk: Desk, connection: sa.Connection, what: str, wanted: Filter, count: Any) -> int:
    """Return how many fit, counted now or a moment ago."""
    bare = Filter(**wanted.model_dump(include=set(Filter.model_fields)))
    key = ("total", what, bare.model_dump_json())
    return int(desk.counted(key, connection, lambda own: count(own, bare)))


@router.get("/events.json", tags=["events"])
def list_events(request: Request, desk: TheDesk, wanted: Listed) -> Response:
    """List events, a flat row each, the latest first."""

    def make(connection: sa.Connection) -> dict[str, Any]:
        number = total(desk, connection, "events", wanted, events.count)
        page = listed(events.events(connection, wanted, number))
        last = judging.last_of(connection, {item["report_id"] for item in page["items"]})
        for item in page["items"]:
            own = last.get((item["report_id"], item["id"]))
            item["judgement"] = asdict(own) if own else None
        return page

    return read(request, desk, make)


@router.get("/events.csv", response_class=CsvAnswer, tags=["events"])
def events_csv(desk: TheDesk, wanted: Listed) -> Response:
    """Send every event that fits as CSV, whatever `limit` and `cursor` say."""
    names = [*columns("events"), "key", "report_title"]
    events.ordering(wanted.sort)
    return csv_answer("events", names, rows_of(desk, wanted, events.events))


@router.get("/events/facets.json", tags=["events"])
def event_facets(request: Request, desk: TheDesk, wanted: Wanted) -> Response:
    """Count the events that fit by type, mode, status, country, actor, sector, context, place and publisher."""
    return kept(request, desk, lambda connection: events.facets(connection, wanted))


@router.get("/reports.json", tags=["reports"])
def list_reports(request: Request, desk: TheDesk, wanted: Listed) -> Response:
    """List reports, the last added first."""

    def make(connection: sa.Connection) -> dict[str, Any]:
        number = total(desk, connection, "reports", wanted, reports.count)
        return listed(reports.list_reports(connection, wanted, number))

    return read(request, desk, make)


@router.get("/reports.csv", response_class=CsvAnswer, tags=["reports"])
def reports_csv(desk: TheDesk, wanted: Listed) -> Response:
    """Send every report that fits as CSV, whatever `limit` and `cursor` say."""
    reports.ordering(wanted.sort)
    names = [*reports.HEAD, *reports.COUNTED]
    return csv_answer("reports", names, rows_of(desk, wanted, reports.list_reports))


@router.get("/reports/{id:path}.json", tags=["reports"])
def one_report(request: Request, desk: TheDesk, id: str) -> Response:
    """Return a report with all its records."""

    def make(connection: sa.Connection) -> dict[str, Any]:
        head = reports.head(connection, id)
        coded = reports.coded(connection, id)
        if head is None or coded is None:
            raise ProblemError(404, f"there is no report {id!r}")
        return {
            "coded": coded,
            "story": merged.story_of(connection, id),
            "previous": head["previous"],
            "judgements": of_record(connection, id),
        }

    return read(request, desk, make)


@router.get("/search.json", tags=["reports"])
def search(
    request: Request,
    desk: TheDesk,
    q: Annotated[str, Query(max_length=400, pattern=r"^[^\x00-\x1f]*$", description="Words.")],
    limit: Annotated[int, Query(ge=1, le=500)] = 20,
    cursor: Annotated[str | None, Query(pattern=r"^[0-9]{0,5}$")] = None,
) -> Response:
    """Find reports with all words of `q`, best first; "…" is a phrase."""

    def make(connection: sa.Connection) -> dict[str, Any]:
        return listed(reports.found(connection, q, limit=limit, offset=int(cursor or 0)))

    return read(request, desk, make)
