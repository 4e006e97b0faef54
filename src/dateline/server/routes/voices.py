"""Statements and commitments."""

from __future__ import annotations

from typing import Annotated, Any

import sqlalchemy as sa
from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from dateline.archive.judging import VERDICTS
from dateline.archive.queries import bearing, overview, records, voices
from dateline.archive.queries.filter import Text
from dateline.server.answers import CsvAnswer, TheDesk, csv_answer, kept, listed, problems, read
from dateline.server.desk import Desk
from dateline.server.problems import ProblemError
from dateline.server.routes.judging import of_record
from dateline.server.sessions import READERS
from dateline.server.streams import rows_of

router = APIRouter(dependencies=READERS, responses=problems(400, 401, 404, 422))
Statements = Annotated[voices.StatementFilter, Query()]
Commitments = Annotated[voices.CommitmentFilter, Query()]
UNCHANGED = 600.0
"""Seconds for which the number of events that bear on a commitment may lag behind a writer."""


def _total(desk: Desk, connection: sa.Connection, what: str, wanted: Any, count: Any) -> int:
    bare = wanted.model_copy(update={"sort": None, "limit": 1, "cursor": None})
    key = ("total", what, bare.model_dump_json())
    return int(desk.counted(key, connection, lambda own: count(own, bare)))


@router.get("/statements.json", tags=["statements"])
def list_statements(request: Request, desk: TheDesk, wanted: Statements) -> Response:
    """List statements, those of the latest reports first."""

    def make(connection: sa.Connection) -> dict[str, Any]:
        number = _total(desk, connection, "statements", wanted, voices.count_statements)
        return listed(voices.statements(connection, wanted, number))

    return read(request, desk, make)


@router.get("/statements/facets.json", tags=["statements"])
def statement_facets(request: Request, desk: TheDesk, wanted: Statements) -> Response:
    """Count the statements that fit by stance, speaker and topic; a topic is one of its report."""
    return kept(request, desk, lambda connection: voices.statement_facets(connection, wanted))


@router.get("/statements.csv", response_class=CsvAnswer, tags=["statements"])
def statements_csv(desk: TheDesk, wanted: Statements) -> Response:
    """Send every statement that fits as CSV, whatever `limit` and `cursor` say."""
    voices.ordering("statements", wanted.sort)
    rows = rows_of(desk, wanted, voices.statements)
    return csv_answer("statements", voices.row_names("statements"), rows)


@router.get("/commitments.json", tags=["commitments"])
def list_commitments(request: Request, desk: TheDesk, wanted: Commitments) -> Response:
    """List commitments with their state on a day; a state compares dates, and is no verdict."""

    def make(connection: sa.Connection) -> dict[str, Any]:
        day = as_of(desk, connection, wanted)

        def count(own: sa.Connection, bare: voices.CommitmentFilter) -> int:
            return voices.count_commitments(own, bare, day)

        number = _total(desk, connection, f"commitments {day}", wanted, count)
        found = voices.commitments(connection, wanted, day, number)
        return listed(found) | {"as_of": day}

    return read(request, desk, make)


def as_of(desk: Desk, connection: sa.Connection, wanted: voices.CommitmentFilter) -> str:
    """Return the day of the state asked for: the newest report's where none is said."""
    if wanted.as_of:
        return (wanted.as_of + "-01-01")[:10] if len(wanted.as_of) < 10 else wanted.as_of
    day: str = desk.counted("today", connection, overview.newest_day)
    return day


def _bearing(desk: Desk, connection: sa.Connection, report: str, id: str) -> int:
    key = ("bearing", report, id)
    count = desk.counted(key, connection, lambda own: bearing.count(own, report, id), UNCHANGED)
    return int(count)


@router.get("/commitments/board.json", tags=["commitments"])
def commitment_board(request: Request, desk: TheDesk, wanted: Commitments) -> Response:
    """Count the commitments that fit by state, and their deadlines by month."""

    def make(connection: sa.Connection) -> dict[str, Any]:
        return voices.board(connection, wanted, as_of(desk, connection, wanted))

    return kept(request, desk, make)


@router.get("/commitments/evidence.json", tags=["commitments"])
def commitment_evidence(
    request: Request,
    desk: TheDesk,
    of: Annotated[list[Text], Query(max_length=10, description="REPORT/COMMITMENT.")],
) -> Response:
    """Count the events of later reports that may bear on some commitments."""

    def make(connection: sa.Connection) -> dict[str, Any]:
        keys = [(key, *key.rpartition("/")[::2]) for key in dict.fromkeys(of)]
        found = [
            {"key": key, "evidence": _bearing(desk, connection, report, id)}
            for key, report, id in keys
        ]
        return {"items": found}

    return read(request, desk, make)


@router.get("/commitments.csv", response_class=CsvAnswer, tags=["commitments"])
def commitments_csv(desk: TheDesk, wanted: Commitments) -> Response:
    """Send every commitment that fits as CSV, whatever `limit` and `cursor` say."""
    voices.ordering("commitments", wanted.sort)
    with desk.reading() as connection:
        day = as_of(desk, connection, wanted)
    rows = rows_of(desk, wanted, lambda c, step, n: voices.commitments(c, step, day, n))
    return csv_answer("commitments", voices.row_names("commitments"), rows)


@router.get("/commitments/{report:path}/{id}.json", tags=["commitments"])
def one_commitment(
    request: Request, desk: TheDesk, report: str, id: str, wanted: Commitments
) -> Response:
    """Return a commitment with what later reports say that may bear on it, the strongest first."""

    def make(connection: sa.Connection) -> dict[str, Any]:
        found = records.commitment(connection, report, id)
        if found is None:
            raise ProblemError(404, f"there is no commitment {id!r} in a report {report!r}")
        day = as_of(desk, connection, wanted)
        deadline = found["commitment"]["deadline"]
        judged = of_record(connection, report, id, "commitments")
        closed = any(one["action"] in VERDICTS for one in judged)
        state = voices.state_of(deadline["end"] if deadline else None, day)
        return found | {
            "state": "closed" if closed else state,
            "as_of": day,
            "evidence": bearing.ranked(connection, report, id),
            "judgements": judged,
        }

    return read(request, desk, make)
