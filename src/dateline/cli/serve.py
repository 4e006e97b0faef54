"""``dateline serve``: an archive in the browser and over HTTP."""

from __future__ import annotations

from typing import Annotated

import typer

EXAMPLE = "Example: `dateline serve news.dateline --open`"


def serve(
    archive: Annotated[
        str,
        typer.Argument(
            metavar="ARCHIVE", help="A file (SQLite) or postgresql://user@host/database."
        ),
    ],
    host: Annotated[str, typer.Option("--host", help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=0, max=65535)] = 8017,
) -> None:
    """Serve an archive to the browser and to programs, on this machine alone if not told otherwise."""
    from dateline.server.run import run
    from dateline.server.settings import Settings

    run(Settings(archive=archive, host=host, port=port))
