"""Every error as RFC 9457 says: ``application/problem+json``."""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

import sqlalchemy as sa
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field
from pydantic_core import to_json
from starlette.exceptions import HTTPException
from starlette.responses import Response

from dateline.errors import DatelineError, InputError

log = logging.getLogger("dateline.server")
MEDIA = "application/problem+json"
MISFIT = re.compile(r"no such (?:table|column)|has no column|(?:relation|column) .* does not exist")
RESTART = "stop the desk and start it again: it says what is missing, and how to mend it"
SHOWN = 20
"""Errors of a request that are listed."""


class ProblemError(Exception):
    """Something that a request cannot have."""

    def __init__(
        self, status: int, detail: str, *, headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.headers = dict(headers or {})


class ProblemModel(BaseModel):
    """An error, RFC 9457."""

    type: str = Field("about:blank", description="Always `about:blank`: the status says it.")
    title: str = Field(description="The status in words.", examples=["Not Found"])
    status: int = Field(description="The HTTP status.", examples=[404])
    detail: str = Field(
        description="What is wrong, and what mends it.", examples=["there is no report 'x1'"]
    )
    instance: str = Field(description="The path asked for.", examples=["/reports/x1.json"])
    errors: list[dict[str, str]] | None = Field(
        None, description="For 422: each field that is wrong, and why."
    )


def response(
    status: int,
    detail: str,
    instance: str,
    headers: Mapping[str, str] | None = None,
    **more: Any,
) -> Response:
    """Return the answer for a problem."""
    body = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "instance": instance,
    } | more
    return Response(to_json(body), status, headers, MEDIA)


def _of_problem(request: Request, error: Exception) -> Response:
    assert isinstance(error, ProblemError)
    return response(error.status, error.detail, request.url.path, error.headers)


def _of_http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    detail = error.detail
    if error.status_code == 404 and detail == "Not Found":
        detail = f"there is nothing at {request.url.path}"
    return response(error.status_code, str(detail), request.url.path, error.headers)


def _of_validation(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    errors = [
        {
            "where": ".".join(str(part) for part in one["loc"]),
            "why": str(one["msg"]).removeprefix("Value error, "),
        }
        for one in error.errors()[:SHOWN]
    ]
    detail = "; ".join(f"{one['where']}: {one['why']}" for one in errors)[:2000]
    return response(422, detail, request.url.path, errors=errors)


def _of_input(request: Request, error: Exception) -> Response:
    return response(400, str(error), request.url.path)


def _of_archive(request: Request, error: Exception) -> Response:
    log.error("%s %s: %s", request.method, request.url.path, error)
    if MISFIT.search(str(getattr(error, "orig", error))):
        detail = f"the archive's tables are not this dateline's ({error.orig}); {RESTART}"  # type: ignore[attr-defined]
        return response(500, detail, request.url.path)
    detail = "the archive cannot be reached at the moment; try again"
    return response(503, detail, request.url.path, {"Retry-After": "5"})


def _of_statement(request: Request, error: Exception) -> Response:
    """Answer what PostgreSQL says of a table or column that is not there."""
    misfit = MISFIT.search(str(getattr(error, "orig", error)))
    return _of_archive(request, error) if misfit else _of_any(request, error)


def _of_any(request: Request, error: Exception) -> Response:
    log.error("%s %s", request.method, request.url.path, exc_info=error)
    detail = "the server failed on this; its log says how"
    return response(500, detail, request.url.path)


def install(app: FastAPI) -> None:
    """Make an app answer with problems."""
    app.add_exception_handler(ProblemError, _of_problem)
    app.add_exception_handler(HTTPException, _of_http)
    app.add_exception_handler(RequestValidationError, _of_validation)
    app.add_exception_handler(InputError, _of_input)
    app.add_exception_handler(sa.exc.OperationalError, _of_archive)
    app.add_exception_handler(sa.exc.TimeoutError, _of_archive)
    app.add_exception_handler(sa.exc.ProgrammingError, _of_statement)
    app.add_exception_handler(DatelineError, _of_any)
    app.add_exception_handler(Exception, _of_any)
