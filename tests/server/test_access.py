"""Who may come in, and what they may do."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from fastapi.routing import APIRoute
from starlette.testclient import TestClient
from typer.testing import CliRunner

from dateline.archive import Archive
from dateline.cli import app as cli
from dateline.errors import DataError, InputError, SetupError
from dateline.server import Settings
from dateline.server.settings import Limits
from dateline.server.users import Passwords, Role, User, put_user, read_users
from tests.server.conftest import open_desk

TOKEN = "a token of some length"
OPEN_TO_ALL = {"/health.json", "/session.json", "/session", "/{path}"}
WORD = "correct horse battery"


@pytest.fixture(scope="session")
def users(tmp_path_factory: pytest.TempPathFactory) -> dict[str, User]:
    """Return a user of each role."""
    path = tmp_path_factory.mktemp("users") / "users.toml"
    for role in Role:
        put_user(path, f"{role}-1", role, WORD)
    return read_users(path)


def logged_in(client: TestClient, user: str) -> dict[str, Any]:
    """Log in and return the session."""
    answer = client.post("/session", json={"user": user, "password": WORD})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def routes(client: TestClient) -> list[tuple[str, str]]:
    """Return method and path of every route, with something in place of its parameters."""
    schema = client.get("/openapi.json").json()
    return [
        (method.upper(), re.sub(r"\{[^}]+\}", "1", path))
        for path, methods in schema["paths"].items()
        for method in methods
    ]


def test_without_login_nothing_is_told(lite: Archive) -> None:
    client = open_desk(lite, token=TOKEN)
    for method, path in routes(client):
        if path not in OPEN_TO_ALL:
            answer = client.request(method, path, json={"text": "x"} if method == "POST" else None)
            assert answer.status_code == 401, (method, path, answer.text)
            assert "r0" not in answer.text
    assert client.get("/session.json").json()["user"] is None
    assert client.get("/").status_code == 200


def test_every_route_is_in_the_description(lite: Archive) -> None:
    client = open_desk(lite)
    paths = set(client.get("/openapi.json").json()["paths"])
    app: Any = client.app
    described = {
        re.sub(r":path\}", "}", route.path) for route in app.routes if isinstance(route, APIRoute)
    }
    assert described - paths <= {"/{path}"}


def test_a_token_lets_in(lite: Archive) -> None:
    client = open_desk(lite, token=TOKEN)
    assert client.get("/events.json", headers={"Authorization": "Bearer wrong"}).status_code == 401
    bearer = {"Authorization": f"Bearer {TOKEN}"}
    assert client.get("/events.json", headers=bearer).status_code == 200
    assert client.post("/session", json={"token": "wrong"}).status_code == 401
    answer = client.post("/session", json={"token": TOKEN})
    assert answer.json()["role"] == "coder"
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "samesite=strict" in cookie.lower()
    assert TOKEN not in cookie
    assert client.get("/events.json").status_code == 200


def test_over_tls_the_cookie_is_bound_to_the_host(lite: Archive) -> None:
    client = open_desk(lite, "https://127.0.0.1", token=TOKEN)
    answer = client.post("/session", json={"token": TOKEN})
    assert answer.headers["set-cookie"].startswith("__Host-dateline=")
    assert "Secure" in answer.headers["set-cookie"]
    assert "strict-transport-security" in answer.headers


def test_users_log_in_and_out(lite: Archive, users: dict[str, User]) -> None:
    client = open_desk(lite, users=users)
    wrong = client.post("/session", json={"user": "coder-1", "password": "wrong"})
    nobody = client.post("/session", json={"user": "nobody", "password": WORD})
    assert wrong.status_code == nobody.status_code == 401
    assert wrong.json()["detail"] == nobody.json()["detail"]
    session = logged_in(client, "coder-1")
    assert (session["user"], session["role"]) == ("coder-1", "coder")
    assert client.get("/events.json").status_code == 200
    assert client.delete("/session").status_code == 403
    left = client.delete("/session", headers={"X-CSRF-Token": session["csrf"]})
    assert left.json()["user"] is None
    assert client.get("/events.json").status_code == 401


def test_a_stolen_cookie_ends_with_the_session(lite: Archive, users: dict[str, User]) -> None:
    client = open_desk(lite, users=users)
    session = logged_in(client, "reader-1")
    stolen = dict(client.cookies)
    client.delete("/session", headers={"X-CSRF-Token": session["csrf"]})
    client.cookies.clear()
    client.cookies.update(stolen)
    assert client.get("/events.json").status_code == 401


def test_a_silent_session_ends(lite: Archive, users: dict[str, User]) -> None:
    client = open_desk(lite, users=users, limits=Limits(session_hours=0, rate=1e4, burst=1000))
    logged_in(client, "reader-1")
    assert client.get("/events.json").status_code == 401


def test_only_admins_see_who_did_what(archive: Archive, users: dict[str, User]) -> None:
    client = open_desk(archive, users=users)
    assert client.post("/session", json={"user": "x\n", "password": "no"}).status_code == 401
    for role, status in (("reader", 403), ("coder", 403), ("admin", 200)):
        logged_in(client, f"{role}-1")
        answer = client.get("/audit.json")
        assert answer.status_code == status
    lines = answer.json()["items"]
    assert [line["action"] for line in lines] == ["login"] * 3 + ["login refused"]
    assert lines[0]["user"] == "admin-1"
    assert lines[-1]["user"] == "x\ufffd"
    page = client.get("/audit.json?limit=3").json()
    assert client.get(f"/audit.json?cursor={page['next']}").json()["items"] == lines[3:]


def test_guessing_is_slow(lite: Archive, users: dict[str, User]) -> None:
    client = open_desk(lite, users=users)
    statuses = [
        client.post("/session", json={"user": "admin-1", "password": str(n)}).status_code
        for n in range(7)
    ]
    assert statuses == [401] * 5 + [429] * 2


def test_a_page_of_another_site_may_not_write(lite: Archive) -> None:
    client = open_desk(lite, token=TOKEN)
    for headers in (
        {"Origin": "https://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"},
        {"Origin": "http://127.0.0.1.evil.example"},
    ):  # fmt: skip
        assert client.post("/session", json={"token": TOKEN}, headers=headers).status_code == 403
    own = {"Origin": "http://127.0.0.1", "Sec-Fetch-Site": "same-origin"}
    assert client.post("/session", json={"token": TOKEN}, headers=own).status_code == 200


def test_a_form_cannot_log_in(lite: Archive) -> None:
    client = open_desk(lite, token=TOKEN)
    body = '{"token": "' + TOKEN + '"}'
    answer = client.post("/session", content=body, headers={"Content-Type": "text/plain"})
    assert answer.status_code == 422


def test_forwarded_addresses_are_believed_of_a_proxy_alone(lite: Archive) -> None:
    limits = Limits(rate=0.001, burst=1)
    for behind, second in ((False, 429), (True, 200)):
        client = open_desk(lite, limits=limits, behind_proxy=behind)
        for n, status in ((1, 200), (2, second)):
            headers = {"X-Forwarded-For": f"6.6.6.6, 10.0.0.{n}"}
            assert client.get("/health.json", headers=headers).status_code == status


def test_a_proxy_tells_the_scheme(lite: Archive) -> None:
    client = open_desk(lite, token=TOKEN, behind_proxy=True)
    headers = {"X-Forwarded-Proto": "https"}
    answer = client.post("/session", json={"token": TOKEN}, headers=headers)
    assert answer.headers["set-cookie"].startswith("__Host-")


def test_under_a_path_the_desk_answers_whether_the_proxy_takes_it_off_or_not(
    lite: Archive,
) -> None:
    client = open_desk(lite, root="/news/desk", behind_proxy=True)
    for path in ("/events.json", "/news/desk/events.json"):
        assert client.get(path).status_code == 200
    page = client.get("/news/desk/reports/r0", headers={"Accept": "text/html"})
    assert page.status_code == client.get("/news/desk").status_code == 200
    assert client.get("/news/desks/events.json").status_code == 404
    assert client.get("/news/desk/openapi.json").json()["servers"] == [{"url": "/news/desk"}]
    for wrong in ("desk", "/desk/", "/", "/a b", '/"><script>'):
        with pytest.raises(SetupError, match="no path"):
            Settings("a.dateline", root=wrong)


def test_the_file_of_users_is_checked(tmp_path: Path) -> None:
    path = tmp_path / "users.toml"
    for text in (
        "x = 1", "[users.a]\nrole='king'\npassword='$argon2id$'", "[users.a]\nrole='reader'",
        "[users.a]\nrole='reader'\npassword='plain'", "[users]\n", "not toml",
        "[users.'../a']\nrole='reader'\npassword='$argon2id$'",
    ):  # fmt: skip
        path.write_text(text)
        with pytest.raises(DataError, match=re.escape(str(path))):
            read_users(path)
    with pytest.raises(DataError):
        read_users(tmp_path / "none")
    for name, word in (("a b", WORD), ("a", "short")):
        with pytest.raises(InputError):
            put_user(tmp_path / "new.toml", name, Role.READER, word)


def test_a_user_is_written_with_a_digest_alone(tmp_path: Path) -> None:
    path = tmp_path / "users.toml"
    for role in ("reader", "admin"):
        done = CliRunner().invoke(
            cli, ["serve-user", str(path), "ana.b@c", "--role", role], input=f"{WORD}\n{WORD}\n"
        )
        assert done.exit_code == 0, done.output
    assert WORD not in path.read_text()
    assert path.stat().st_mode & 0o077 == 0
    assert tomllib.loads(path.read_text())["users"]["ana.b@c"]["role"] == "admin"
    passwords = Passwords(read_users(path))
    assert passwords.check("ana.b@c", WORD)
    assert passwords.check("ana.b@c", WORD + "x") is None
    assert Passwords({}).check("a", "b") is None


@pytest.mark.parametrize(
    "wrong", [{"host": "0.0.0.0"}, {"token": "short"}, {"certificate": Path("x")}, {"host": "desk"}]
)
def test_settings_that_will_not_do(wrong: dict[str, Any]) -> None:
    with pytest.raises(SetupError):
        Settings(archive="x", **wrong)


def test_wide_open_knows_addresses_and_its_names(lite: Archive) -> None:
    client = open_desk(lite, token=TOKEN, host="0.0.0.0", hosts=("desk.example.org",))
    for host, status in (
        ("desk.example.org", 200), ("10.1.2.3:8017", 200), ("evil.example", 421),
    ):  # fmt: skip
        assert client.get("/health.json", headers={"Host": host}).status_code == status
