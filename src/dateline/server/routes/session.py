"""Logging in and out, and who did what."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from dateline.archive import auditing
from dateline.archive.queries.filter import LARGEST
from dateline.server.answers import TheDesk, json_answer, listed, problems
from dateline.server.desk import VERSION, Desk
from dateline.server.guard import Buckets, client_of, same
from dateline.server.problems import ProblemError
from dateline.server.sessions import HEADER, Admin, Sessions, Who, cookie_name, current
from dateline.server.users import Passwords, Role

router = APIRouter(tags=["session"], responses=problems(400, 413, 422))


class Login(BaseModel):
    """Who wants in: a token, or a name and a password."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"user": "ana", "password": "correct horse battery"}]},
    )

    token: str | None = Field(None, max_length=200)
    user: str | None = Field(None, max_length=64)
    password: str | None = Field(None, max_length=1000)


class SessionModel(BaseModel):
    """Who is logged in."""

    user: str | None = Field(description="Name; `null`: nobody is logged in.")
    role: Role | None
    csrf: str | None = Field(description=f"What a write sends as `{HEADER}`.")
    needs_login: bool
    version: str = Field(description="Version of dateline.", examples=["0.1.0"])


class Locks:
    """What keeps guessing slow: buckets for addresses and names."""

    def __init__(self, rate: float, burst: int) -> None:
        self._buckets = Buckets(rate, burst)

    def take(self, *names: str) -> None:
        """Count an attempt.

        Raises:
            ProblemError: there were too many of this address or on this name.
        """
        wait = max(self._buckets.take(name) for name in names)
        if wait:
            raise ProblemError(
                429, "too many attempts; wait", headers={"Retry-After": str(int(wait) + 1)}
            )


def described(desk: Desk, who: Who | None) -> dict[str, Any]:
    """Return a session as it is sent."""
    return {
        "user": who.user if who else None,
        "role": str(who.role) if who else None,
        "csrf": who.csrf if who else None,
        "needs_login": desk.settings.needs_login,
        "version": VERSION,
    }


@router.get("/session.json", response_model=SessionModel)
def session(request: Request, desk: TheDesk) -> Response:
    """Say who is logged in, and give the token that writes must send."""
    return json_answer(described(desk, current(request)))


@router.post("/session", response_model=SessionModel, responses=problems(401, 409))
def log_in(request: Request, desk: TheDesk, login: Login) -> Response:
    """Log in with a token, or with a name and a password."""
    if not desk.settings.needs_login:
        raise ProblemError(409, "this desk asks for no login")
    address = client_of(request.scope)
    name = login.user or "token"
    request.app.state.locks.take(f"address {address}", f"name {name}")
    known = _known(desk, request.app.state.passwords, login)
    with desk.writing() as connection:
        auditing.note(connection, name, "login" if known else "login refused", "", address)
    if known is None:
        raise ProblemError(401, "name and password, or the token, are not right")
    sessions: Sessions = request.app.state.sessions
    if (before := request.cookies.get(cookie_name(request))) is not None:
        sessions.end(before)
    secret, who = sessions.start(*known)
    answer = json_answer(described(desk, who))
    answer.set_cookie(
        cookie_name(request),
        secret,
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
        path="/",
    )
    return answer


def _known(desk: Desk, passwords: Passwords, login: Login) -> tuple[str, Role] | None:
    token = desk.settings.token
    if login.token is not None and login.user is None:
        return ("token", Role.CODER) if token and same(login.token, token) else None
    if login.user is None or login.password is None:
        raise ProblemError(422, "give a token, or a user and a password")
    user = passwords.check(login.user, login.password)
    return (user.name, user.role) if user else None


@router.delete("/session", response_model=SessionModel, responses=problems(403))
def log_out(request: Request, desk: TheDesk) -> Response:
    """Log out."""
    who = current(request)
    if who is not None and who.csrf and not same(request.headers.get(HEADER, ""), who.csrf):
        raise ProblemError(403, f"send the header {HEADER} with `csrf` of /session.json")
    sessions: Sessions = request.app.state.sessions
    sessions.end(request.cookies.get(cookie_name(request), ""))
    if who is not None and desk.settings.needs_login:
        with desk.writing() as connection:
            auditing.note(connection, who.user, "logout", "", client_of(request.scope))
    answer = json_answer(described(desk, None if desk.settings.needs_login else who))
    answer.delete_cookie(
        cookie_name(request), path="/", httponly=True, samesite="strict",
        secure=request.url.scheme == "https",
    )  # fmt: skip
    return answer


@router.get("/audit.json", responses=problems(401, 403))
def audit(
    desk: TheDesk,
    _: Admin,
    limit: Annotated[int, Query(ge=1, le=500)] = 50,
    cursor: Annotated[int | None, Query(ge=1, le=LARGEST)] = None,
) -> Response:
    """List who logged in, judged and exported, the newest first; for admins."""
    with desk.reading() as connection:
        return json_answer(listed(auditing.lines(connection, limit=limit, before=cursor)))
