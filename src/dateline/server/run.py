"""Run a desk until it is stopped."""

from __future__ import annotations

import socket
import sys
import threading
import webbrowser

import uvicorn

from dateline.errors import SetupError
from dateline.server.app import create_app
from dateline.server.settings import Settings


def run(settings: Settings, *, browse: bool = False) -> None:
    """Serve until interrupted.

    Args:
        settings: what to serve, and where.
        browse: open it in the browser of this machine.

    Raises:
        SetupError: there is no archive; or the address cannot be listened on.
    """
    app = create_app(settings)
    listening = _listening(settings)
    address = _address(settings, listening.getsockname()[1])
    print(f"dateline: {settings.archive} is at {address}", file=sys.stderr, flush=True)
    if settings.is_bare:
        print(
            "dateline: passwords cross the network in the open; set a proxy with TLS in front "
            "(--behind-proxy) or give --certificate and --key",
            file=sys.stderr,
        )
    if browse:
        threading.Timer(0.5, webbrowser.open, (address,)).start()
    config = uvicorn.Config(
        app,
        log_level="warning",
        proxy_headers=False,
        server_header=False,
        timeout_keep_alive=30,
        timeout_graceful_shutdown=5,
        limit_concurrency=500,
        ssl_certfile=settings.certificate,
        ssl_keyfile=settings.key,
    )
    uvicorn.Server(config).run(sockets=[listening])


def _listening(settings: Settings) -> socket.socket:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    made = socket.socket(family, socket.SOCK_STREAM)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        made.bind((settings.host, settings.port))
    except OSError as error:
        made.close()
        raise SetupError(
            f"cannot listen on {settings.host} port {settings.port}: {error}; "
            "choose another with --port"
        ) from error
    return made


def _address(settings: Settings, port: int) -> str:
    host = "127.0.0.1" if settings.host in ("0.0.0.0", "::") else settings.host
    host = f"[{host}]" if ":" in host else host
    return f"{'https' if settings.certificate else 'http'}://{host}:{port}/"
