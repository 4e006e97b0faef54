"""The first page, and whether the desk is well."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from dateline.archive.queries import overview as queries
from dateline.server.answers import TheDesk, json_answer, kept, problems
from dateline.server.desk import VERSION
from dateline.server.sessions import READERS

router = APIRouter(responses=problems())


@router.get("/overview.json", tags=["overview"], dependencies=READERS)
def overview(request: Request, desk: TheDesk) -> Response:
    """Return what the first page shows."""
    return kept(request, desk, queries.overview)


@router.get("/health.json", tags=["overview"])
def health(desk: TheDesk) -> Response:
    """Say whether the archive answers, and whether it is mirrored by now; anyone may ask."""
    with desk.reading() as connection:
        number = desk.version(connection)
    mirrored = desk.mirror is not None and desk.mirror.wait(0)
    return json_answer({"status": "ok", "version": VERSION, "change": number, "mirrored": mirrored})
