"""Judgements: what people decided about records, the queue of what to look at, and progress."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import Annotated, Any, Literal

import sqlalchemy as sa
from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from dateline.archive import Judgement, auditing, judging
from dateline.archive.queries.filter import Text
from dateline.errors import InputError
from dateline.reviewing import agreement, progress, queue
from dateline.server.answers import TheDesk, encoded, json_answer, problems, read, tagged
from dateline.server.guard import client_of
from dateline.server.problems import ProblemError
from dateline.server.sessions import READERS, Coding, Reader

router = APIRouter(
    tags=["review"], dependencies=READERS, responses=problems(400, 401, 403, 413, 422)
)
Action = Literal[
    "accept", "reject", "correct", "merge", "split", "comment", "kept", "broken", "modified",
    "withdrawn",
]  # fmt: skip
Layer = Literal[
    "events", "statements", "commitments", "participants", "places", "times", "quantities"
]


class Decision(BaseModel):
    """What somebody decides about a record."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"action": "accept", "layer": "events", "report": "r1", "record": "e7-15"}]
        },
    )

    action: Action
    layer: Layer = "events"
    report: Text = Field(min_length=1)
    record: Text = Field(min_length=1)
    field: Text | None = None
    value: Annotated[str, Field(max_length=1000)] | float | bool | None = None
    other: Text | None = Field(None, description="REPORT/EVENT, to merge with or to split from.")
    note: Annotated[str, Field(max_length=4000)] | None = None


class Undo(BaseModel):
    """Which judgement to take back."""

    model_config = ConfigDict(extra="forbid")

    number: int = Field(ge=1, le=2**53)


def of_record(
    connection: sa.Connection, report: str, record: str | None = None, layer: str = "events"
) -> list[dict[str, Any]]:
    """Return the standing judgements of a record, or of all records of a report."""
    of = layer if record is not None else None
    return [asdict(j) for j in judging.find(connection, report=report, record=record, layer=of)]


@router.get("/judgements.json")
def list_judgements(
    request: Request,
    desk: TheDesk,
    report: Annotated[Text | None, Query(description="Id of a report.")] = None,
    record: Annotated[Text | None, Query(description="Id of a record.")] = None,
    layer: Annotated[Layer | None, Query(description="Layer of the record.")] = None,
    coder: Annotated[Text | None, Query(description="Who judged.")] = None,
    standing: Annotated[bool, Query(description="Only those that nobody took back.")] = True,
) -> Response:
    """List judgements in the order in which they were made."""

    def make(connection: sa.Connection) -> dict[str, Any]:
        found = judging.find(
            connection, report=report, record=record, layer=layer, coder=coder, standing=standing
        )
        return {"items": [asdict(one) for one in found], "next": None, "total": len(found)}

    return read(request, desk, make)


@router.post("/judgements", status_code=201)
def judge(request: Request, desk: TheDesk, who: Coding, decision: Decision) -> Response:
    """Record what somebody decides; nothing is changed, and it can be taken back."""
    one = Judgement(coder=who.user, **decision.model_dump())
    what = f"{one.action} {one.layer} {one.report}/{one.record}"
    return _write(request, desk, who.user, what, lambda c: judging.add(c, one))


@router.post("/judgements/undo", status_code=201)
def undo(request: Request, desk: TheDesk, who: Coding, which: Undo) -> Response:
    """Take a judgement back, one's own or, for an admin, anybody's; both stay on record."""
    with desk.reading() as connection:
        own = [j for j in judging.find(connection) if j.number == which.number]
    if own and own[0].coder != who.user and who.role != "admin":
        raise ProblemError(
            403, f"judgement {which.number} is {own[0].coder}'s; ask them or an admin"
        )
    what = f"undo {which.number}"
    return _write(request, desk, who.user, what, lambda c: judging.undo(c, which.number, who.user))


def _write(
    request: Request,
    desk: TheDesk,
    user: str,
    what: str,
    make: Callable[[sa.Connection], Judgement],
) -> Response:
    try:
        with desk.writing() as connection:
            made = make(connection)
            auditing.note(connection, user, "judgement", what, client_of(request.scope))
    except InputError as error:
        raise ProblemError(422, str(error)) from error
    desk.kept.clear()
    return json_answer(asdict(made), 201)


@router.get("/review/queue.json")
def review_queue(
    request: Request,
    desk: TheDesk,
    who: Reader,
    order: Annotated[Literal["uncertainty", "value"], Query(description="What comes first.")] = (
        "uncertainty"
    ),
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> Response:
    """List the next events that this user has not judged, with why each is here."""
    with desk.reading() as connection:
        found = queue(desk.archive, who.user, order=order, limit=limit, connection=connection)
        done = progress(desk.archive, connection)
    items = [
        {**one.row, "report_id": one.report, "key": f"{one.report}/{one.event}", "here": one.why}
        for one in found
    ]
    left = done.events - done.by_coder.get(who.user, 0)
    return tagged(request, encoded({"items": items, "next": None, "total": left}))


@router.get("/review/progress.json")
def review_progress(request: Request, desk: TheDesk, who: Reader) -> Response:
    """Return how many events are judged, by whom, and how far coders agree."""
    with desk.reading() as connection:
        done = progress(desk.archive, connection)
    agreed = [
        {
            "question": one.question, "units": one.units, "alpha": one.alpha,
            "kappas": [{"coders": list(pair), "kappa": k} for pair, k in one.kappas.items()],
        }
        for one in agreement(desk.archive)
    ]  # fmt: skip
    mine = done.by_coder.get(who.user, 0)
    value = {
        "events": done.events, "done": done.done, "mine": mine, "left": done.events - mine,
        "coders": [{"coder": name, "count": n} for name, n in done.by_coder.items()],
        "agreement": agreed,
    }  # fmt: skip
    return tagged(request, encoded(value))
