"""The built web app: its files, and its first page for every path of its own."""

from __future__ import annotations

import mimetypes
from importlib.resources import files
from pathlib import Path

from starlette.responses import FileResponse, HTMLResponse, Response

from dateline.server.problems import ProblemError

FOLDER = Path(str(files("dateline.server"))) / "static"
FOREVER = "public, max-age=31536000, immutable"
"""For files whose name carries the digest of what is in them."""
NOT_BUILT = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>dateline</title></head>
<body><h1>dateline</h1><p>The web app is not built into this installation; <code>make web</code>
builds it. The data are here: <a href="/overview.json">overview</a>,
<a href="/events.json">events</a>, <a href="/reports.json">reports</a>,
<a href="/openapi.json">description of the interface</a>.</p></body></html>"""
mimetypes.add_type("text/javascript", ".js")
mimetypes.add_type("font/woff2", ".woff2")
mimetypes.add_type("application/manifest+json", ".webmanifest")


def answer(path: str, *, wants_page: bool, folder: Path = FOLDER) -> Response:
    """Return the file at a path, or the app's first page for a path of its own.

    Raises:
        ProblemError: there is neither.
    """
    if found := _file(path, folder):
        cache = FOREVER if "assets" in found.relative_to(folder.resolve()).parts else "no-cache"
        return FileResponse(found, headers={"Cache-Control": cache})
    if not wants_page and "." in path.rsplit("/", 1)[-1]:
        raise ProblemError(404, f"there is nothing at /{path}")
    index = folder / "index.html"
    if index.is_file():
        return FileResponse(index, headers={"Cache-Control": "no-cache"})
    return HTMLResponse(NOT_BUILT)


def _file(path: str, folder: Path) -> Path | None:
    """Return the file of the app at a path, never one outside its folder."""
    if not path or "\0" in path or "\\" in path:
        return None
    try:
        root = folder.resolve()
        found = (root / path).resolve()
        return found if found.is_relative_to(root) and found.is_file() else None
    except (OSError, ValueError):
        return None
