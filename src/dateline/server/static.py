"""The built web app: its files, and its first page for every path of its own."""

from __future__ import annotations

import hashlib
import mimetypes
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType

from starlette.responses import FileResponse, HTMLResponse, Response

from dateline.server.problems import ProblemError

FOLDER = Path(str(files("dateline.server"))) / "static"
NOTHING: Mapping[str, str] = MappingProxyType({})
FOREVER = "public, max-age=31536000, immutable"
"""For files whose name carries the digest of what is in them."""
NOT_BUILT = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>dateline</title></head>
<body><h1>dateline</h1><p>The web app is not built into this installation; <code>make web</code>
builds it. The data are here: <a href="/overview.json">overview</a>,
<a href="/events.json">events</a>, <a href="/reports.json">reports</a>,
<a href="/openapi.json">description of the interface</a>.</p></body></html>"""
ROOT = '<meta name="root"'
"""Where the first page says under which path it is shown."""
mimetypes.add_type("text/javascript", ".js")
mimetypes.add_type("font/woff2", ".woff2")
mimetypes.add_type("application/manifest+json", ".webmanifest")


ENCODINGS = (("br", ".br"), ("gzip", ".gz"))
"""Compressed files that the build writes beside the plain ones, the smallest first."""


def answer(
    path: str,
    *,
    wants_page: bool,
    asked: Mapping[str, str] = NOTHING,
    folder: Path = FOLDER,
    root: str = "",
) -> Response:
    """Return the file at a path, or the app's first page for a path of its own.

    Args:
        path: path of the address, without the first ``/``.
        wants_page: whether whoever asks takes HTML.
        asked: headers of the request: what it takes compressed, and what it has already.
        folder: where the built app is.
        root: path under which a proxy shows the desk.

    Raises:
        ProblemError: there is neither.
    """
    found = _file(path, folder)
    if found and not (root and found.name == "index.html"):
        cache = FOREVER if "assets" in found.relative_to(folder.resolve()).parts else "no-cache"
        return _sent(found, cache, asked)
    if not wants_page and "." in path.rsplit("/", 1)[-1]:
        raise ProblemError(404, f"there is nothing at /{path}")
    index = folder / "index.html"
    if index.is_file():
        return _sent_under(root, index, asked) if root else _sent(index, "no-cache", asked)
    return HTMLResponse(NOT_BUILT)


def _sent(file: Path, cache: str, asked: Mapping[str, str]) -> Response:
    """Return a file, compressed where the reader takes that; without its body where it is known."""
    headers = {"Cache-Control": cache, "Vary": "Accept-Encoding"}
    media = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    taken, chosen = _taken(asked.get("accept-encoding", "")), file
    for name, suffix in ENCODINGS:
        packed = file.with_name(file.name + suffix)
        if name in taken and packed.is_file():
            chosen, headers["Content-Encoding"] = packed, name
            break
    status = chosen.stat()
    headers["ETag"] = f'"{status.st_mtime_ns:x}-{status.st_size:x}{chosen.suffix}"'
    if headers["ETag"] in asked.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return FileResponse(chosen, headers=headers, media_type=media, stat_result=status)


def _sent_under(root: str, index: Path, asked: Mapping[str, str]) -> Response:
    """Return the first page with its files, and all it asks for later, under ``root``."""
    page = index.read_text(encoding="utf-8")
    page = page.replace('="/', f'="{root}/').replace(ROOT, f'{ROOT} content="{root}"')
    tag = f'"{hashlib.sha256(page.encode()).hexdigest()[:24]}"'
    headers = {"Cache-Control": "no-cache", "ETag": tag}
    if tag in asked.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return HTMLResponse(page, headers=headers)


def _taken(accepted: str) -> set[str]:
    """Return the encodings that a header names and does not refuse."""
    parts = [one.replace(" ", "").lower().partition(";") for one in accepted.split(",")]
    return {name for name, _, q in parts if q not in ("q=0", "q=0.0", "q=0.00", "q=0.000")}


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
