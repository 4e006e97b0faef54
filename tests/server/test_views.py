"""Views of events, statements, commitments, actors and places: they agree with each other."""

from typing import Any
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from dateline.archive import Archive, Judgement
from dateline.archive.queries.voices import last_day as last_of
from dateline.archive.queries.voices import state_of
from dateline.commitments.following import last_day, state
from dateline.records import Granularity, Interval
from tests.server.conftest import coded, copies, open_desk
from tests.server.test_lists import walk

QUERIES = ("", "type=ASSAULT&type=ACCUSE", "actor=RUS", "q=Berlin", "since=2021-07&until=2021-08")


@pytest.mark.parametrize("query", QUERIES)
def test_the_views_count_alike(client: TestClient, query: str) -> None:
    total = client.get(f"/events.json?{query}").json()["total"]
    drawn = client.get(f"/events/map.json?{query}").json()
    assert sum(point["count"] for point in drawn["points"]) + drawn["unplaced"] == total
    for point in drawn["points"]:
        assert sum(point["types"].values()) == point["count"]
        assert -90 <= point["lat"] <= 90
    nodes = {n["id"]: n for n in client.get(f"/events/network.json?{query}").json()["nodes"]}
    facets = client.get(f"/events/facets.json?{query}").json()
    counted = {value["value"]: value["count"] for value in facets["actor"]}
    assert all(node["count"] == counted[id] for id, node in nodes.items())


@pytest.mark.parametrize("lane", ["actor", "type", "place"])
@pytest.mark.parametrize("bucket", ["day", "week", "month"])
def test_the_time_line_pads_no_date(client: TestClient, lane: str, bucket: str) -> None:
    found = client.get(f"/events/timeline.json?lane={lane}&bucket={bucket}").json()
    dated = [e for one in coded() for e in one.events if e.interval and e.interval.start]
    assert found["total"] == len(dated) == len(found["items"])
    assert {item["lane"] for item in found["items"]} == set(found["lanes"])
    fine = [e for e in dated if e.interval and e.interval.granularity != Granularity.YEAR]
    assert sum(one["count"] for one in found["buckets"]) <= len(fine)


def test_an_event_comes_with_what_it_refers_to(client: TestClient) -> None:
    for one in coded():
        for event in one.events:
            path = f"/events/{quote(one.report.id, safe='')}/{event.id}.json"
            found = client.get(path).json()
            assert found["sentence"]["text"] == event.sentence.text
            assert found["row"]["key"] == f"{one.report.id}/{event.id}"
            there = {p["id"] for p in found["participants"]}
            assert {*event.actors, *event.recipients} <= there
            assert [p["id"] for p in found["places"]] == [event.place] * bool(event.place)
    assert client.get("/events/r0/none.json").status_code == 404


def test_the_network_links_actors_to_recipients(client: TestClient) -> None:
    found = client.get("/events/network.json").json()
    ids = {node["id"] for node in found["nodes"]}
    assert {link[end] for link in found["links"] for end in ("source", "target")} <= ids
    assert any((k["source"], k["target"]) == ("UKR", "RUS") for k in found["links"])


@pytest.mark.parametrize(
    "path", ["/statements", "/commitments", "/actors", "/places", "/events", "/reports"]
)
def test_every_list_has_pages_and_csv(client: TestClient, path: str) -> None:
    items = walk(client, f"{path}.json", limit=2)
    assert len({repr(item) for item in items}) == len(items)
    text = client.get(f"{path}.csv").text
    assert items, path
    assert text.splitlines()[0].split(",")[0] in items[0]
    whole = client.get(f"{path}.json?limit=500").json()["items"]
    assert whole == items


def test_statements_by_speaker_and_stance(client: TestClient) -> None:
    for item in client.get("/statements.json?stance=deny").json()["items"]:
        assert item["stance"] == "deny"
    found = client.get("/statements.json?who=RUS").json()
    assert found["total"] >= 1
    assert {item["who"] for item in found["items"]} == {"Russia"}


@pytest.mark.parametrize("end", ["2021-09-01", "2021-09-01T00:00", "2021-09-01T12:00", "2021"])
@pytest.mark.parametrize(
    "day", ["2021-07-01", "2021-08-31", "2021-09-01", "2021-09-02", "2020-12-31"]
)
def test_states_are_those_of_the_library(end: str, day: str) -> None:
    made = next(c for one in coded() for c in one.commitments if c.deadline)
    deadline = Interval(start=None, end=end, granularity=Granularity.OPEN)
    import dataclasses

    commitment = dataclasses.replace(made, deadline=deadline)
    assert state_of(end, day) == state(commitment, day).replace(" ", "_")
    assert last_of(end) == str(last_day(commitment))


@pytest.mark.parametrize("day", ["2021-07-01", "2021-09-15", "2022-06-01"])
def test_every_commitment_is_in_one_state(client: TestClient, day: str) -> None:
    seen: list[str] = []
    for wanted in ("open", "due_soon", "overdue", "closed", "no_deadline"):
        query = {"state": wanted, "as_of": day}
        for item in walk(client, "/commitments.json", **query):
            assert item["state"] == wanted
            seen.append(item["key"])
    assert sorted(seen) == sorted(item["key"] for item in walk(client, "/commitments.json"))


def test_evidence_is_counted_as_it_is_listed(archive: Archive) -> None:
    archive.add_all(copies(25))
    client = open_desk(archive)
    some = 0
    for item in walk(client, "/commitments.json"):
        path = f"/commitments/{quote(item['report_id'], safe='')}/{item['id']}.json"
        found: dict[str, Any] = client.get(path).json()
        counted = client.get("/commitments/evidence.json", params={"of": item["key"]}).json()
        assert counted["items"] == [{"key": item["key"], "evidence": len(found["evidence"])}]
        some += len(found["evidence"])
    assert some


@pytest.mark.parametrize("bucket", ["day", "week", "month"])
def test_counts_add_up_to_the_events_of_a_filter(client: TestClient, bucket: str) -> None:
    for query in ("", "&type=COERCE", "&country=KEN"):
        found = client.get(f"/events/counts.json?bucket={bucket}{query}").json()
        total = client.get(f"/events.json?limit=1{query}").json()["total"]
        assert sum(one["count"] for one in found["buckets"]) + found["undated"] == total
        rows = client.get(f"/events/counts.csv?bucket={bucket}{query}").text.splitlines()
        assert len(rows) == len(found["buckets"]) + 1


def test_the_months_of_a_link_are_within_its_count(archive: Archive) -> None:
    archive.add_all(copies(20))
    client = open_desk(archive)
    plain = client.get("/events/network.json").json()["links"]
    found = client.get("/events/network.json?over_time=true").json()["links"]
    assert [{k: v for k, v in one.items() if k != "months"} for one in found] == plain
    assert all(0 <= sum(one["months"].values()) <= one["count"] for one in found)
    assert any(one["months"] for one in found)


def test_statements_are_counted_by_topic_speaker_and_stance(client: TestClient) -> None:
    facets = client.get("/statements/facets.json").json()
    for name in ("context", "who", "stance"):
        assert facets[name]
        for one in facets[name]:
            found = client.get("/statements.json", params={name: one["value"], "limit": 1})
            assert found.json()["total"] == one["count"], one


def test_quotes_are_searched_in_what_was_said(client: TestClient) -> None:
    every = client.get("/statements.json?limit=500").json()["items"]
    for words in ("withdraw its troops", "TARGETING homes", "100 %", "nothing of this"):
        found = client.get("/statements.json", params={"quote": words}).json()["items"]
        wanted = [one["key"] for one in every if words.lower() in (one["content"] or "").lower()]
        assert sorted(one["key"] for one in found) == sorted(wanted), words
    assert client.get("/statements.json", params={"quote": "targeting"}).json()["items"]


def test_the_board_counts_what_each_state_lists(archive: Archive) -> None:
    client = open_desk(archive)
    first = client.get("/commitments.json?limit=1").json()["items"][0]
    archive.judge(
        Judgement(
            coder="ana", action="kept", layer="commitments",
            report=first["report_id"], record=first["id"],
        )
    )  # fmt: skip
    for day in ("2021-06-01", "2021-09-29", "2022-01-01"):
        board = client.get(f"/commitments/board.json?as_of={day}").json()
        for which, count in board["states"].items():
            listed = client.get(f"/commitments.json?as_of={day}&state={which}&limit=1").json()
            assert listed["total"] == count, (day, which)
        dated = sum(n for one in board["deadlines"] for k, n in one.items() if k != "month")
        assert dated <= board["total"] == sum(board["states"].values())


def test_a_dossier_counts_what_the_lists_hold(client: TestClient) -> None:
    for actor in client.get("/actors.json").json()["items"]:
        found = client.get(f"/actors/{actor['id']}.json").json()
        total = client.get("/events.json", params={"actor": actor["id"]}).json()["total"]
        assert found["actor"]["counts"]["events"] == actor["events"] == total
        said = client.get("/statements.json", params={"who": actor["id"]}).json()["total"]
        assert actor["statements"] == said
    assert client.get("/actors/nobody.json").status_code == 404


def test_a_place_knows_its_events(client: TestClient) -> None:
    for place in client.get("/places.json").json()["items"]:
        found = client.get(f"/places/{place['geonameid']}.json").json()
        assert found["place"]["count"] == place["events"] == sum(t["count"] for t in found["types"])
    assert client.get("/places/1.json").status_code == 404
    assert client.get(f"/places/{10**30}.json").status_code == 404


def test_two_reports_are_compared(client: TestClient) -> None:
    found = client.get("/compare.json?a=r0&b=r1").json()
    assert (found["a"]["id"], found["b"]["id"]) == ("r0", "r1")
    assert client.get("/compare.json?a=r0&b=none").status_code == 404
