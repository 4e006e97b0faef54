"""Run a desk until it is stopped."""

from __future__ import annotations

import uvicorn

from dateline.server.app import create_app
from dateline.server.settings import Settings


def run(settings: Settings) -> None:
    """Serve until interrupted.

    Raises:
        SetupError: there is no archive, or it cannot be opened.
    """
    app = create_app(settings)
    uvicorn.run(
        app,
        host=settings.host,
        port=settings.port,
        proxy_headers=False,
        server_header=False,
        timeout_keep_alive=30,
        limit_concurrency=500,
    )
