"""Views of events: map, time line, network; and one event with all that belongs to it."""

from __future__ import annotations

from typing import Annotated

import sqlalchemy as sa
from fastapi import APIRouter, Query, Request
from pydantic import Field
from starlette.responses import Response

from dateline.archive import merged
from dateline.archive.queries import Filter, records, views
from dateline.server.answers import CsvAnswer, TheDesk, csv_answer, kept, problems, read
from dateline.server.problems import ProblemError
from dateline.server.routes.judging import of_record
from dateline.server.sessions import READERS

router = APIRouter(tags=["events"], dependencies=READERS, responses=problems(400, 401, 404, 422))


class TimelineFilter(Filter):
    """A filter, and how to draw the time line."""

    lane: views.Lane = Field("actor", description="What a lane is.")
    bucket: views.Bucket = Field("month", description="What is counted together.")


class CountFilter(Filter):
    """A filter, and what is counted together."""

    bucket: views.Bucket = Field("month", description="What is counted together.")


class NetworkFilter(Filter):
    """A filter, and whether each link is counted month by month."""

    over_time: bool = Field(False, description="Count each link month by month as well.")


@router.get("/events/map.json")
def event_map(request: Request, desk: TheDesk, wanted: Annotated[Filter, Query()]) -> Response:
    """Return each place with its events that fit, by type; and how many have none."""
    return kept(request, desk, lambda connection: views.points(connection, wanted))


@router.get("/events/timeline.json")
def timeline(
    request: Request, desk: TheDesk, wanted: Annotated[TimelineFilter, Query()]
) -> Response:
    """Return the events with a date in lanes, and how many there are in each bucket."""
    return kept(
        request,
        desk,
        lambda connection: views.timeline(connection, wanted, wanted.lane, wanted.bucket),
    )


@router.get("/events/counts.json")
def counts(request: Request, desk: TheDesk, wanted: Annotated[CountFilter, Query()]) -> Response:
    """Count the events that fit by the day, week or month in which they began."""
    return kept(request, desk, lambda connection: views.counts(connection, wanted, wanted.bucket))


@router.get("/events/counts.csv", response_class=CsvAnswer)
def counts_csv(desk: TheDesk, wanted: Annotated[CountFilter, Query()]) -> Response:
    """Send the counts by day, week or month as CSV."""
    with desk.reading() as connection:
        found = views.counts(connection, wanted, wanted.bucket)
    return csv_answer("counts", ["start", "count"], found["buckets"])


@router.get("/events/network.json")
def network(request: Request, desk: TheDesk, wanted: Annotated[NetworkFilter, Query()]) -> Response:
    """Return who acts upon whom, by quad class."""
    return kept(
        request, desk, lambda connection: views.network(connection, wanted, wanted.over_time)
    )


@router.get("/events/{report:path}/{event}.json")
def one_event(request: Request, desk: TheDesk, report: str, event: str) -> Response:
    """Return an event with its participants, times, places, numbers, sentence and reasons."""

    def make(connection: sa.Connection) -> object:
        found = records.event(connection, report, event)
        if found is None:
            raise ProblemError(404, f"there is no event {event!r} in a report {report!r}")
        return found | {
            "merged": merged.of_event(connection, report, event),
            "judgements": of_record(connection, report, event),
        }

    return read(request, desk, make)
