"""Judgements, the queue, merged events, stories and exports over HTTP."""

import json

import pytest
from starlette.testclient import TestClient

from dateline.archive import Archive
from tests.server.conftest import open_desk


@pytest.fixture
def desk(archive: Archive) -> TestClient:
    """Return a client of a desk on a merged archive, which writes as the local user."""
    archive.merge()
    client = open_desk(archive)
    client.headers["X-CSRF-Token"] = client.get("/session.json").json()["csrf"]
    return client


def test_a_judgement_is_recorded_shown_and_taken_back(desk: TestClient) -> None:
    first, *rest = desk.get("/review/queue.json").json()["items"]
    assert first["here"].startswith("confidence") and len(rest) > 3
    body = {"action": "accept", "report": first["report_id"], "record": first["id"]}
    made = desk.post("/judgements", json=body)
    assert made.status_code == 201 and made.json()["coder"] == "local"
    progress = desk.get("/review/progress.json").json()
    assert (progress["done"], progress["mine"]) == (1, 1)
    queue = desk.get("/review/queue.json").json()["items"]
    assert first["key"] not in {one["key"] for one in queue}
    shown = desk.get("/events.json?reviewed=yes").json()
    assert [one["key"] for one in shown["items"]] == [first["key"]]
    assert shown["items"][0]["judgement"]["action"] == "accept"
    assert desk.get("/events.json?reviewed=no").json()["total"] == len(queue)
    undone = desk.post("/judgements/undo", json={"number": made.json()["number"]})
    assert undone.status_code == 201
    assert desk.get("/review/progress.json").json()["done"] == 0
    assert len(desk.get("/judgements.json?standing=false").json()["items"]) == 2


def test_a_wrong_judgement_says_what_is_wrong(desk: TestClient) -> None:
    no_record = {"action": "accept", "report": "r0", "record": "e0-1"}
    answer = desk.post("/judgements", json=no_record)
    assert answer.status_code == 422 and "there is no 'e0-1'" in answer.json()["detail"]
    assert desk.post("/judgements/undo", json={"number": 99}).status_code == 422
    token = desk.headers.pop("X-CSRF-Token")
    assert desk.post("/judgements", json=no_record).status_code == 403
    desk.headers["X-CSRF-Token"] = token


def test_a_verdict_closes_a_commitment(desk: TestClient) -> None:
    row = desk.get("/commitments.json").json()["items"][0]
    address = f"/commitments/{row['key']}.json"
    assert desk.get(address).json()["state"] != "closed"
    body = {
        "action": "kept", "layer": "commitments", "report": row["report_id"], "record": row["id"],
    }  # fmt: skip
    assert desk.post("/judgements", json=body).status_code == 201
    found = desk.get(address).json()
    assert found["state"] == "closed" and found["judgements"][0]["action"] == "kept"
    closed = desk.get("/commitments.json?state=closed").json()["items"]
    assert [(one["key"], one["state"]) for one in closed] == [(row["key"], "closed")]
    for state in ("open", "due_soon", "overdue", "no_deadline"):
        listed = desk.get(f"/commitments.json?state={state}").json()["items"]
        assert row["key"] not in {one["key"] for one in listed}


def test_merged_events_and_stories(desk: TestClient) -> None:
    page = desk.get("/merged.json?limit=2").json()
    assert len(page["items"]) == 2 and page["next"] and page["total"] > 2
    one = desk.get(f"/merged/{page['items'][0]['id']}.json").json()
    assert one["links"][0]["sentence"] and "publisher" in one["links"][0]
    stories = desk.get("/stories.json").json()
    story = desk.get(f"/stories/{stories['items'][0]['id']}.json").json()
    assert story["heads"][0]["id"] in story["reports"]
    event = desk.get("/events.json?limit=1").json()["items"][0]
    assert desk.get(f"/events/{event['key']}.json").json()["merged"]
    assert desk.get("/merged/none.json").status_code == 404
    assert desk.get("/stories/none.json").status_code == 404
    both = desk.get("/compare.json?a=r0&b=r1").json()
    assert both["a"]["id"] == "r0" and both["merged"] == []


def test_exports_hold_what_the_filter_lets_through(desk: TestClient) -> None:
    number = desk.get("/events.json?type=CONSULT").json()["total"]
    lines = desk.get("/export/jsonl?type=CONSULT").text.splitlines()
    assert len(lines) == number and json.loads(lines[0])["type"] == "CONSULT"
    table = desk.get("/export/polecat")
    assert "attachment" in table.headers["content-disposition"]
    rows = [line.split("\t") for line in table.text.splitlines()]
    assert rows[0][0] == "Event ID" and {len(row) for row in rows} == {40} and len(rows) > 5
    map_ = desk.get("/export/geojson?country=KEN").json()
    assert {f["properties"]["country"] for f in map_["features"]} <= {"KEN"}
    assert desk.get("/export/nothing").status_code == 404
