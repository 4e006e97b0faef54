"""The desk's web application."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI, Request
from starlette.responses import Response

from dateline.archive import Archive
from dateline.errors import SetupError
from dateline.server import problems, static
from dateline.server.coding import CodingDesk
from dateline.server.desk import VERSION, Desk
from dateline.server.guard import Buckets, Guard
from dateline.server.routes import (
    exports,
    judging,
    lists,
    merging,
    overview,
    paste,
    session,
    views,
    voices,
    who,
)
from dateline.server.sessions import Sessions
from dateline.server.settings import Settings
from dateline.server.users import Passwords

DESCRIPTION = """News reports in; structured, source-linked event data out.

Every page of the web app has its data at the same path with `.json`, and lists with `.csv`.
All lists and views share one filter; names differ in meaning by *and*, values of one name by
*or*. A list answers with `items`, `next` (the `cursor` of the page after) and `total`.
Errors are `application/problem+json` (RFC 9457).
"""


def create_app(settings: Settings, archive: Archive | None = None) -> FastAPI:
    """Return the application of an archive.

    Args:
        settings: where it listens and who may come in.
        archive: an archive that is open already; the caller closes it.

    Raises:
        SetupError: there is no archive, or it cannot be opened.
    """
    opened = archive or _opened(settings)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        app.state.desk.open()
        yield
        app.state.coding.close()
        app.state.desk.close()
        if archive is None:
            opened.close()

    app = FastAPI(
        title="dateline",
        version=VERSION,
        description=DESCRIPTION,
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
        redirect_slashes=False,
        servers=[{"url": settings.root}] if settings.root else None,
    )
    app.state.desk = Desk(settings, opened)
    _set_up(app, settings)
    problems.install(app)
    for module in (
        overview,
        lists,
        views,
        voices,
        who,
        merging,
        judging,
        exports,
        paste,
        session,
    ):
        app.include_router(module.router)
    app.add_api_route("/{path:path}", _page, methods=["GET"], include_in_schema=False)
    app.add_middleware(Guard, settings=settings)
    return app


def _opened(settings: Settings) -> Archive:
    archive = Archive(settings.archive)
    try:
        archive.require_whole()
    except SetupError:
        archive.close()
        raise
    return archive


def _set_up(app: FastAPI, settings: Settings) -> None:
    limits = settings.limits
    app.state.sessions = Sessions(settings)
    app.state.passwords = Passwords(settings.users)
    app.state.locks = session.Locks(limits.login_rate, limits.login_burst)
    app.state.code_buckets = Buckets(limits.code_rate, limits.code_burst)
    app.state.coding = CodingDesk(limits.code_seconds)


def _page(request: Request, path: str) -> Response:
    """Return a file of the web app, or its first page."""
    wants = "text/html" in request.headers.get("accept", "")
    root = request.app.state.desk.settings.root
    return static.answer(path, wants_page=wants, asked=request.headers, root=root)
