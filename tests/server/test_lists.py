"""Lists: pages, filters, facets, and CSV that says the same as JSON."""

import csv
import io
from typing import Any
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from dateline.archive import Archive
from tests.server.conftest import coded, copies, open_desk


def walk(client: TestClient, path: str, **query: Any) -> list[dict[str, Any]]:
    """Return the items of all pages of a list."""
    found: list[dict[str, Any]] = []
    cursor = None
    while True:
        more: dict[str, Any] = {"cursor": cursor} if cursor else {}
        answer = client.get(path, params=query | more)
        assert answer.status_code == 200, answer.text
        page = answer.json()
        found += page["items"]
        cursor = page["next"]
        if cursor is None:
            assert page["total"] == len(found)
            return found


@pytest.mark.parametrize("sort", ["", "-published", "type", "-confidence", "dead_best", "mode"])
@pytest.mark.parametrize("limit", [1, 3, 500])
def test_pages_hold_every_event_once(client: TestClient, sort: str, limit: int) -> None:
    found = walk(client, "/events.json", sort=sort, limit=limit)
    assert sorted(item["key"] for item in found) == sorted(
        f"{one.report.id}/{event.id}" for one in coded() for event in one.events
    )


@pytest.mark.parametrize("sort", ["", "published", "-title", "publisher"])
def test_pages_hold_every_report_once(client: TestClient, sort: str) -> None:
    found = walk(client, "/reports.json", sort=sort, limit=2)
    assert sorted(item["id"] for item in found) == sorted(one.report.id for one in coded())


@pytest.mark.parametrize("sort", ["-interval_start", "type", "-published"])
def test_pages_hold_still_while_a_writer_adds(archive: Archive, sort: str) -> None:
    client = open_desk(archive)
    before = {f"{one.report.id}/{event.id}" for one in coded() for event in one.events}
    seen: list[str] = []
    cursor, new = "", copies(100)
    while cursor is not None:
        page = client.get(
            "/events.json", params={"limit": 2, "sort": sort, "cursor": cursor}
        ).json()
        seen += [item["key"] for item in page["items"]]
        cursor = page["next"]
        if (one := next(new, None)) and len(seen) < 60:
            archive.add(one)
    assert len(seen) == len(set(seen))
    assert before <= set(seen)


@pytest.mark.parametrize("path", ["/events", "/reports"])
def test_csv_says_what_json_says(client: TestClient, path: str) -> None:
    items = walk(client, f"{path}.json", limit=2)
    rows = list(csv.DictReader(io.StringIO(client.get(f"{path}.csv?limit=2").text)))
    assert len(rows) == len(items)
    for item, row in zip(items, rows, strict=True):
        for name, cell in row.items():
            value = item[name]
            expected = str(value).lower() if isinstance(value, bool) else str(value)
            assert cell == ("" if value is None else expected)


@pytest.mark.parametrize(
    "query",
    [
        "type=PROTEST", "actor=RUS", "actor=Russia", "country=DEU&country=KEN", "status=demanded",
        "actor_country=RUS", "recipient_country=USA", "negated=true", "main=true", "sector=GOV",
        "min_confidence=0.6", "publisher=The+Wire", "report=news/2021/07%23a+b", "q=Kharkiv",
        "since=2021-07-12&until=2021-07-13", "since=2021", "q=%22trade+agreement%22", "recipient=RUS",
    ],
)  # fmt: skip
def test_a_facet_counts_what_the_filter_finds(client: TestClient, query: str) -> None:
    found = client.get(f"/events.json?{query}").json()
    facets = client.get(f"/events/facets.json?{query}").json()
    assert sum(one["count"] for one in facets["type"]) == found["total"] == len(found["items"])
    for name in ("type", "status", "country", "actor", "sector", "context", "place"):
        for value in facets[name]:
            more = client.get(f"/events.json?{query}&{name}={quote(str(value['value']))}").json()
            if name not in query:
                assert more["total"] == value["count"], (name, value)


def test_filters_find_what_they_say(client: TestClient) -> None:
    types = {i["type"] for i in client.get("/events.json?type=PROTEST").json()["items"]}
    assert types == {"PROTEST"}
    for item in client.get("/events.json?country=DEU").json()["items"]:
        assert item["place_country"] == "DEU"
    assert client.get("/events.json?country=").json() == client.get("/events.json").json()
    assert client.get("/reports.json?type=PROTEST").json()["total"] >= 1
    assert client.get("/reports.json?q=Nairobi").json()["items"][0]["id"] == "r1"


def test_a_report_comes_with_its_records(client: TestClient) -> None:
    for one in coded():
        answer = client.get(f"/reports/{quote(one.report.id, safe='')}.json")
        assert answer.json()["coded"] == one.to_dict()


def test_search_marks_the_hits(client: TestClient) -> None:
    found = client.get("/search.json", params={"q": "ceasefire"}).json()
    assert [item["report"] for item in found["items"]] == ["Ünïcode"]
    assert "\ue000ceasefire\ue001" in found["items"][0]["snippet"]
    assert found["items"][0]["title"] is None
    assert found["items"][0]["lead"].startswith("Turkey threatened")
    assert client.get("/search.json", params={"q": '"'}).json()["total"] == 0


def test_the_overview_counts(client: TestClient) -> None:
    found = client.get("/overview.json").json()
    assert found["counts"]["reports"] == 6
    assert found["counts"]["events"] == sum(len(one.events) for one in coded())
    assert len(found["new"]) == 6
    assert {"geonameid", "name", "country", "lat", "lon", "count"} <= set(found["places"][0])


def test_an_etag_saves_the_body(client: TestClient) -> None:
    for path in ("/events.json", "/overview.json", "/reports/r0.json", "/events/facets.json"):
        first = client.get(path)
        again = client.get(path, headers={"If-None-Match": first.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert client.get(path, headers={"If-None-Match": '"other"'}).status_code == 200
