"""What every request passes before it is answered: host, size, rate, and headers on the way out.

Plain ASGI, so that a stream stays a stream and a body is counted while it comes in.
"""

from __future__ import annotations

import contextlib
import ipaddress
import secrets
import socket
import threading
import time
from collections import OrderedDict
from collections.abc import MutableMapping
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dateline.server.problems import response
from dateline.server.settings import Settings

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
        "form-action 'self'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
CLIENTS = 10_000
"""Clients whose requests are counted; the one longest silent is forgotten."""
SAFE = ("GET", "HEAD", "OPTIONS")
LONGEST_URL = 16_000


class Buckets:
    """A bucket of tokens for each client, filled at ``rate`` a second up to ``burst``."""

    def __init__(self, rate: float, burst: int) -> None:
        self.rate, self.burst = rate, burst
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = threading.Lock()

    def take(self, client: str, now: float | None = None) -> float:
        """Take a token; return 0, or after how many seconds there will be one."""
        now = time.monotonic() if now is None else now
        with self._lock:
            left, then = self._buckets.pop(client, (float(self.burst), now))
            left = min(self.burst, left + (now - then) * self.rate)
            wait = 0.0 if left >= 1 else (1 - left) / self.rate
            self._buckets[client] = (left if wait else left - 1, now)
            while len(self._buckets) > CLIENTS:
                self._buckets.popitem(last=False)
        return wait


class TooLargeError(Exception):
    """The body of a request is above the limit."""


class Guard:
    """Lets through what may come in."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.settings = settings
        self.buckets = Buckets(settings.limits.rate, settings.limits.burst)
        self.hosts = {"localhost", *(h.lower() for h in settings.hosts), settings.host.lower()}
        if not settings.is_local:
            self.hosts |= {socket.gethostname().lower(), socket.getfqdn().lower()}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        scope.setdefault("state", {})
        headers = Headers(scope=scope)
        if self.settings.behind_proxy:
            _believe(scope, headers)
        _strip(scope, self.settings.root)
        send = _with_headers(send, secure=scope["scheme"] == "https")
        if refused := self._refused(scope, headers):
            status, detail, more = refused
            await response(status, detail, scope["path"], more)(scope, receive, send)
            return
        if scope["method"] == "HEAD":
            scope["method"], send = "GET", _without_body(send)
        await self._limited(scope, receive, send)

    def _refused(self, scope: Scope, headers: Headers) -> tuple[int, str, dict[str, str]] | None:
        if not self._is_known(headers.get("host", "")):
            detail = "this name is not one of the desk's; start it with --allow-host NAME"
            return 421, detail, {}
        if len(scope["path"]) + len(scope["query_string"]) > LONGEST_URL:
            return 414, f"an address has at most {LONGEST_URL} characters", {}
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > self.settings.limits.body:
            return 413, f"a request has at most {self.settings.limits.body} bytes", {}
        if scope["method"] not in SAFE and not self._is_own(headers):
            return 403, "a page of another site may not send this", {}
        if wait := self.buckets.take(client_of(scope)):
            return 429, "too many requests; wait a moment", {"Retry-After": str(int(wait) + 1)}
        return None

    def _is_own(self, headers: Headers) -> bool:
        """Return whether a write comes from a page of the desk, or from no page at all."""
        if headers.get("sec-fetch-site", "none") == "cross-site":
            return False
        origin = headers.get("origin")
        return origin is None or self._is_known(origin.partition("://")[2])

    def _is_known(self, host: str) -> bool:
        """Return whether a Host header names this desk, and not a name bound to its address."""
        name = host.rsplit(":", 1)[0] if not host.endswith("]") else host
        name = name.strip("[]").rstrip(".").lower()
        if name in self.hosts:
            return True
        try:
            address = ipaddress.ip_address(name)
        except ValueError:
            return False
        return address.is_loopback or not self.settings.is_local

    async def _limited(self, scope: Scope, receive: Receive, send: Send) -> None:
        most, seen, started = self.settings.limits.body, 0, False

        async def counted() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > most:
                raise TooLargeError
            return message

        async def noted(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self.app(scope, counted, noted)
        except TooLargeError:
            if not started:
                detail = f"a request has at most {most} bytes"
                await response(413, detail, scope["path"])(scope, receive, send)


def client_of(scope: MutableMapping[str, Any]) -> str:
    """Return the address that a request came from."""
    client = scope.get("client")
    return str(client[0]) if client else "?"


def _believe(scope: Scope, headers: Headers) -> None:
    """Take address and scheme from what the proxy says: the last of each is its own word."""
    if forwarded := headers.get("x-forwarded-for"):
        address = forwarded.rsplit(",", 1)[-1].strip()
        with contextlib.suppress(ValueError):
            scope["client"] = (str(ipaddress.ip_address(address)), 0)
    if headers.get("x-forwarded-proto", "").rsplit(",", 1)[-1].strip() == "https":
        scope["scheme"] = "https"


def _strip(scope: Scope, root: str) -> None:
    """Take the path under which a proxy shows the desk from the path asked for, if the proxy left it there."""
    path = scope["path"]
    if root and (path == root or path.startswith(root + "/")):
        scope["path"] = path[len(root) :] or "/"
        raw = scope.get("raw_path")
        if raw and raw.startswith(root.encode()):
            scope["raw_path"] = raw[len(root) :] or b"/"


def _with_headers(send: Send, *, secure: bool) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
            headers.setdefault("Cache-Control", "no-store")
            if secure:
                headers.setdefault("Strict-Transport-Security", "max-age=31536000")
        await send(message)

    return sending


def _without_body(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.body":
            message = {**message, "body": b""}
        await send(message)

    return sending


def same(one: str, other: str) -> bool:
    """Compare two secrets in equal time."""
    return secrets.compare_digest(one.encode("utf-8", "replace"), other.encode("utf-8", "replace"))
