"""Errors are problems, and hostile input is only an error."""

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from dateline.archive import Archive
from dateline.errors import SetupError
from dateline.server import Settings
from dateline.server.guard import Buckets
from dateline.server.settings import Limits
from tests.server.conftest import open_desk

FIELDS = {"type", "title", "status", "detail", "instance"}


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/nothing.json", 404), ("/reports/x.json", 404), ("/events.json?limit=0", 422),
        ("/events.json?sort=nothing", 400), ("/events.json?cursor=e30", 400),
        ("/events.json?since=2021-13", 422), ("/events.json?nothing=1", 422),
        ("/events.json?q=%00", 422), ("/events.json?place=99999999999999999999", 422),
        ("/events.json?min_confidence=nan", 422), ("/events.csv?sort=x", 400),
        ("/search.json", 422), ("/events.json?actor=" + "a" * 401, 422),
        ("/" + "a" * 17_000, 414), ("/..%2f..%2fetc/passwd.txt", 404),
    ],
)  # fmt: skip
def test_errors_are_problems(lite: Archive, path: str, status: int) -> None:
    answer = open_desk(lite).get(path)
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert set(answer.json()) >= FIELDS
    assert answer.json()["status"] == status


def test_other_methods_are_not_allowed(lite: Archive) -> None:
    client = open_desk(lite)
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        answer = client.request(method, "/events.json")
        assert answer.status_code == 405
        assert set(answer.json()) == FIELDS
    assert client.head("/events.json").content == b""


def test_a_large_body_is_refused(lite: Archive) -> None:
    client = open_desk(lite, limits=Limits(body=1000))
    assert client.post("/code", content=b"x" * 1001).status_code == 413


def test_too_many_requests_are_told_to_wait(lite: Archive) -> None:
    client = open_desk(lite, limits=Limits(rate=0.1, burst=2))
    answers = [client.get("/health.json") for _ in range(3)]
    assert [a.status_code for a in answers] == [200, 200, 429]
    assert int(answers[2].headers["retry-after"]) > 0


def test_a_bucket_fills_again() -> None:
    bucket = Buckets(rate=2, burst=2)
    assert [bucket.take("a", now=0) for _ in range(3)] == [0, 0, 0.5]
    assert bucket.take("b", now=0) == 0
    assert bucket.take("a", now=0.5) == 0


def test_a_failure_is_a_problem_without_its_inside(
    lite: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dateline.server.desk.Desk.version", lambda *_: 1 / 0)
    answer = open_desk(lite).get("/overview.json")
    assert answer.status_code == 500
    assert "division" not in answer.text


@settings(max_examples=60, deadline=None)
@given(
    name=st.sampled_from(["q", "type", "actor", "since", "cursor", "sort", "report", "place"]),
    value=st.text(max_size=30),
)
def test_no_query_fails(client: TestClient, name: str, value: str) -> None:
    quoted = value.encode("utf-8", "surrogatepass").decode("latin-1")
    answer = client.get("/events.json", params={name: quoted})
    assert answer.status_code in (200, 400, 422)


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "", "10.0.0.1"])
def test_another_host_is_refused(lite: Archive, host: str) -> None:
    assert open_desk(lite).get("/health.json", headers={"Host": host}).status_code == 421


@pytest.mark.parametrize("host", ["localhost:8017", "127.0.0.1", "[::1]:80", "LOCALHOST."])
def test_this_machine_is_known(lite: Archive, host: str) -> None:
    assert open_desk(lite).get("/health.json", headers={"Host": host}).status_code == 200


def test_every_answer_has_the_headers(lite: Archive) -> None:
    client = open_desk(lite)
    for path in ("/", "/events.json", "/nothing.json"):
        headers = client.get(path).headers
        assert "default-src 'self'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"


def test_listening_wider_demands_a_login() -> None:
    with pytest.raises(SetupError, match="--users"):
        Settings(archive="x", host="0.0.0.0")


def test_a_table_that_goes_missing_is_said_plainly(lite: Archive) -> None:
    client = open_desk(lite)
    with lite.writing() as connection:
        connection.execute(sa.text("DROP TABLE event_contexts"))
    answer = client.get("/events/facets.json")
    assert answer.status_code == 500
    assert "no such table: event_contexts" in answer.json()["detail"]
    assert "start it again" in answer.json()["detail"]
