"""Merged events, stories, and two reports side by side."""

from __future__ import annotations

from typing import Annotated, Any

import sqlalchemy as sa
from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from dateline.archive import merged
from dateline.archive.merged import MergedQuery, StoryQuery
from dateline.archive.queries import reports
from dateline.archive.queries.filter import Country, Day, Text
from dateline.archive.tables import layers
from dateline.archive.tables import reports as reports_table
from dateline.errors import InputError
from dateline.records import MergedEvent
from dateline.server.answers import TheDesk, problems, read
from dateline.server.problems import ProblemError
from dateline.server.sessions import READERS

router = APIRouter(tags=["merged"], dependencies=READERS, responses=problems(400, 401, 404, 422))
Limit = Annotated[int, Query(ge=1, le=500, description="Items on a page.")]
Cursor = Annotated[str | None, Query(pattern=r"^[0-9]{1,9}$", description="`next` of before.")]
LEVELS = ("-interval_start", "interval_start", "-reports", "-confidence", "type")


def _page(items: list[Any], total: int, offset: int, limit: int) -> dict[str, Any]:
    after = offset + limit
    return {"items": items, "next": str(after) if after < total else None, "total": total}


@router.get("/merged.json")
def list_merged(
    request: Request,
    desk: TheDesk,
    type: Annotated[list[Text], Query(max_length=100)] = [],  # noqa: B006
    country: Annotated[list[Country], Query(max_length=100)] = [],  # noqa: B006
    actor: Annotated[list[Text], Query(max_length=100)] = [],  # noqa: B006
    since: Day | None = None,
    until: Day | None = None,
    contested: bool | None = None,
    min_sources: Annotated[int | None, Query(ge=1, le=10_000)] = None,
    story: Text | None = None,
    report: Text | None = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Response:
    """List merged events, as of the last `dateline merge`, the latest first."""
    wanted = MergedQuery(
        type=type, country=country, actor=actor, since=since, until=until, contested=contested,
        min_sources=min_sources, story=story, report=report,
    )  # fmt: skip
    offset = int(cursor or 0)

    def make(connection: sa.Connection) -> dict[str, Any]:
        total = merged.count(connection, wanted)
        found = merged.find(connection, wanted, sort="-interval_start", limit=limit, offset=offset)
        return _page([brief(one) for one in found], total, offset, limit)

    return read(request, desk, make)


def brief(one: MergedEvent) -> dict[str, Any]:
    """Return a merged event without its links, and with what is contested."""
    found = one.to_dict()
    found["contested"] = list(one.contested())
    del found["links"]
    return found


@router.get("/merged/{id}.json")
def one_merged(request: Request, desk: TheDesk, id: str) -> Response:
    """Return a merged event with the reports that tell it, their words, and why they are joined."""

    def make(connection: sa.Connection) -> dict[str, Any]:
        try:
            found = merged.get(connection, id)
        except InputError as error:
            raise ProblemError(404, f"there is no merged event {id!r}") from error
        answer = found.to_dict()
        answer["contested"] = list(found.contested())
        for link in answer["links"]:
            link |= _told(connection, link["report"], link["event"])
        return answer

    return read(request, desk, make)


def _told(connection: sa.Connection, report: str, event: str) -> dict[str, Any]:
    events = layers["events"]
    query = (
        sa.select(
            reports_table.c.title, reports_table.c.publisher, reports_table.c.published,
            events.c.sentence,
        )
        .join(events, events.c.report == reports_table.c.key)
        .where(reports_table.c.id == report, events.c.id == event)
    )  # fmt: skip
    row = connection.execute(query).mappings().first()
    return dict(row) if row is not None else {}


@router.get("/stories.json")
def list_stories(
    request: Request, desk: TheDesk, limit: Limit = 50, cursor: Cursor = None
) -> Response:
    """List stories, the reports of one happening, the newest first."""
    offset = int(cursor or 0)

    def make(connection: sa.Connection) -> dict[str, Any]:
        total = merged.count_stories(connection, StoryQuery())
        found = merged.find_stories(connection, StoryQuery(), limit=limit, offset=offset)
        return _page([one.to_dict() for one in found], total, offset, limit)

    return read(request, desk, make)


@router.get("/stories/{id}.json")
def one_story(request: Request, desk: TheDesk, id: str) -> Response:
    """Return a story with its reports and its merged events."""

    def make(connection: sa.Connection) -> dict[str, Any]:
        try:
            found = merged.get_story(connection, id)
        except InputError as error:
            raise ProblemError(404, f"there is no story {id!r}") from error
        heads = [reports.head(connection, one) for one in found.reports[:200]]
        events = merged.find(connection, MergedQuery(story=id), sort="-interval_start", limit=200)
        return found.to_dict() | {
            "heads": [head for head in heads if head is not None],
            "merged": [brief(one) for one in events],
        }

    return read(request, desk, make)


@router.get("/compare.json", tags=["reports"])
def compare(
    request: Request,
    desk: TheDesk,
    a: Annotated[Text, Query(description="Id of a report.")],
    b: Annotated[Text, Query(description="Id of another.")],
) -> Response:
    """Return where two reports tell of the same events, and in which fields they agree."""

    def make(connection: sa.Connection) -> dict[str, Any]:
        heads = {side: reports.head(connection, id) for side, id in (("a", a), ("b", b))}
        for side, id in (("a", a), ("b", b)):
            if heads[side] is None:
                raise ProblemError(404, f"there is no report {id!r}")
        found = merged.find(connection, MergedQuery(report=a), sort="interval_start", limit=500)
        shared = [one for one in found if b in one.reports]
        return heads | {"merged": [_compared(one, a, b) for one in shared]}

    return read(request, desk, make)


def _compared(one: MergedEvent, a: str, b: str) -> dict[str, Any]:
    fields = []
    for field in one.fields:
        said = {
            side: [value.value for value in field.values if report in value.reports]
            for side, report in (("a", a), ("b", b))
        }
        if said["a"] or said["b"]:
            both = bool(said["a"] and said["b"])
            agree = field.agree or bool(set(said["a"]) & set(said["b"])) if both else None
            fields.append({"field": field.field, **said, "agree": agree})
    events = {link.report: link.event for link in one.links}
    return {
        "id": one.id, "type": one.type, "mode": one.mode, "fields": fields,
        "events": {"a": events.get(a), "b": events.get(b)},
    }  # fmt: skip
