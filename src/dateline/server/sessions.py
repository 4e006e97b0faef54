"""Who is asking: sessions, roles, and the token that a write must show."""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Annotated, Any

from fastapi import Depends, Request

from dateline.server.guard import same
from dateline.server.problems import ProblemError
from dateline.server.settings import Settings
from dateline.server.users import Role

MOST = 2000
"""Sessions at a time; the one longest silent ends first."""
LONGEST = 7 * 24 * 3600.0
"""Seconds after which a session ends in any case."""
HEADER = "X-CSRF-Token"


@dataclass(slots=True)
class Who:
    """One who asks."""

    user: str
    role: Role
    csrf: str = field(repr=False)
    """What a write from a browser must show; empty for a program with a bearer token."""
    started: float = 0.0
    seen: float = 0.0


class Sessions:
    """The sessions of a desk. They live in memory: a restart ends them all."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._sessions: dict[str, Who] = {}
        self._lock = threading.Lock()
        self._local = Who("local", Role.ADMIN, secrets.token_urlsafe(32))

    def start(self, user: str, role: Role) -> tuple[str, Who]:
        """Start a session; return its secret and who is in it."""
        now = time.monotonic()
        secret = secrets.token_urlsafe(32)
        who = Who(user, role, secrets.token_urlsafe(32), now, now)
        with self._lock:
            self._forget(now)
            self._sessions[secret] = who
        return secret, who

    def end(self, secret: str) -> None:
        """End a session."""
        with self._lock:
            self._sessions.pop(secret, None)

    def who(self, request: Request) -> Who | None:
        """Return who asks; ``None``: nobody that is known."""
        if not self._settings.needs_login:
            return self._local
        if (secret := request.cookies.get(cookie_name(request))) is not None:
            return self._of(secret)
        return self._bearer(request.headers.get("authorization", ""))

    def _of(self, secret: str) -> Who | None:
        now = time.monotonic()
        with self._lock:
            who = self._sessions.get(secret)
            if who is None or self._is_over(who, now):
                self._sessions.pop(secret, None)
                return None
            who.seen = now
            return who

    def _is_over(self, who: Who, now: float) -> bool:
        idle = self._settings.limits.session_hours * 3600
        return now - who.seen > idle or now - who.started > LONGEST

    def _forget(self, now: float) -> None:
        for secret in [s for s, who in self._sessions.items() if self._is_over(who, now)]:
            del self._sessions[secret]
        while len(self._sessions) >= MOST:
            del self._sessions[min(self._sessions, key=lambda s: self._sessions[s].seen)]

    def _bearer(self, header: str) -> Who | None:
        kind, _, token = header.partition(" ")
        ours = self._settings.token
        if ours and kind.lower() == "bearer" and same(token.strip(), ours):
            return Who("token", Role.CODER, "")
        return None


def cookie_name(request: Request) -> str:
    """Return the cookie's name: over TLS one that no other host or path can set."""
    return "__Host-dateline" if request.url.scheme == "https" else "dateline"


def current(request: Request) -> Who | None:
    """Return who asks, if that is known."""
    sessions: Sessions = request.app.state.sessions
    return sessions.who(request)


def needs(role: Role, *, write: bool = False) -> Callable[[Request], Awaitable[Who]]:
    """Return a dependency that lets in who has at least ``role``; for a write with its token.

    The dependency raises ``ProblemError``: 401 for one who is not known, 403 for one
    who may not or whose write lacks the token.
    """

    async def let_in(request: Request) -> Who:
        who = current(request)
        if who is None:
            raise ProblemError(401, "log in first", headers={"WWW-Authenticate": "Bearer"})
        if not who.role.covers(role):
            raise ProblemError(403, f"this needs the role {role}; yours is {who.role}")
        if write and who.csrf and not same(request.headers.get(HEADER, ""), who.csrf):
            raise ProblemError(403, f"send the header {HEADER} with `csrf` of /session.json")
        return who

    return let_in


Reader = Annotated[Who, Depends(needs(Role.READER))]
Coding = Annotated[Who, Depends(needs(Role.CODER, write=True))]
Admin = Annotated[Who, Depends(needs(Role.ADMIN))]
READERS: list[Any] = [Depends(needs(Role.READER))]
"""Dependencies of a router that readers may use."""
