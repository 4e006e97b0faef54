"""Texts coded while someone waits."""

import json
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from dateline.archive import Archive
from dateline.records import CodedReport
from dateline.server import coding
from dateline.server.settings import Limits
from tests.server.conftest import open_desk

TEXT = "Police arrested 12 protesters in Cairo on Monday, 26 July 2021."


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """Return a client of a desk whose process for coding ends with the module."""
    path: Path = tmp_path_factory.mktemp("code") / "a.dateline"
    limits = Limits(rate=1e4, burst=10_000, code_rate=1e3, code_burst=1000)
    with Archive(path, create=True) as archive, open_desk(archive, limits=limits) as client:
        yield client


def test_a_text_is_coded(desk: TestClient) -> None:
    answer = desk.post("/code", json={"text": TEXT, "published": "2021-07-27", "title": "T"})
    assert answer.status_code == 200, answer.text
    coded = CodedReport.from_json(json.dumps(answer.json()["coded"]))
    assert (coded.report.text, coded.report.title) == (TEXT, "T")
    assert coded.report.published == "2021-07-27"
    assert "ARREST" in {event.type for event in coded.events} or coded.events


def test_a_page_is_coded(desk: TestClient) -> None:
    html = f"<html><head><title>Arrests</title></head><body><article><p>{TEXT}</p></article></body></html>"
    answer = desk.post("/code", json={"html": html})
    assert answer.status_code == 200, answer.text
    assert "Cairo" in answer.json()["coded"]["report"]["text"]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 422), ({"text": "a", "html": "b"}, 422), ({"text": ""}, 422), ({"text": "a", "x": 1}, 422),
        ({"html": "<p></p>"}, 400), ({"text": TEXT, "published": "yesterday"}, 400),
        ({"text": "a" * 400_001}, 422), ([], 422), ({"text": 1}, 422),
    ],
)  # fmt: skip
def test_what_is_no_report_is_refused(desk: TestClient, body: Any, status: int) -> None:
    answer = desk.post("/code", json=body)
    assert (answer.status_code, answer.json()["status"]) == (status, status), answer.text


def test_half_a_character_is_refused(desk: TestClient) -> None:
    headers = {"Content-Type": "application/json"}
    answer = desk.post("/code", content=b'{"text": "a \\ud800 b"}', headers=headers)
    assert answer.status_code == 422
    assert desk.post("/code", content=b'{"text":', headers=headers).status_code == 422


def test_coding_is_metered(lite: Archive) -> None:
    with open_desk(lite, limits=Limits(code_rate=0.001, code_burst=0)) as client:
        answer = client.post("/code", json={"text": TEXT})
        assert answer.status_code == 429
        assert "retry-after" in answer.headers


def _slow(pipe: Any) -> None:
    pipe.send("ready")
    while True:
        job = pipe.recv()
        if job["text"] == "die":
            os._exit(1)
        time.sleep(float(job["text"]))
        pipe.send(("coded", b"{}"))


def test_a_process_that_hangs_or_dies_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(coding, "_work", _slow)
    made = coding.CodingDesk(seconds=2)
    try:
        assert made.code({"text": "0"}) == b"{}"
        with pytest.raises(coding.TooLongError):
            made.code({"text": "60"})
        with pytest.raises(RuntimeError):
            made.code({"text": "die"})
        assert made.code({"text": "0"}) == b"{}"
    finally:
        made.close()


def test_who_finds_others_waiting_is_told() -> None:
    made = coding.CodingDesk(seconds=1, queue=0)
    with made._places, pytest.raises(coding.BusyError):
        made.code({"text": "x"})
