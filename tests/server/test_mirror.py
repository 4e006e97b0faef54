"""The mirror: every answer is the one that the archive itself gives, at every moment."""

import random
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from dateline.archive import Archive, Judgement
from dateline.archive.queries import Filter, events, views
from dateline.archive.quick import quick
from tests.server.conftest import coded, copies, open_desk

pytest.importorskip("duckdb_engine")
from dateline.archive.mirror import Mirror

FILTERS = (
    "", "q=Russia", "q=nothing+like+it", "type=ACCUSE", "country=EGY", "actor=RUS", "actor=Russia",
    "recipient=UKR", "actor_country=RUS", "sector=GOV", "since=2021-06&until=2021-08",
    "min_confidence=0.5", "negated=false", "main=true", "publisher=The+Wire", "report=r0",
    "reviewed=yes", "reviewed=no", "story=none", "context=military", "status=occurred",
)  # fmt: skip
ROUTES = (
    "/overview.json", "/events.json?{}", "/events.json?sort=actor_name&limit=2&{}",
    "/events.json?sort=-confidence&limit=1&{}", "/events/facets.json?{}", "/events/map.json?{}",
    "/events/counts.json?bucket=day&{}", "/events/timeline.json?{}", "/events/timeline.json?lane=place&{}",
    "/events/network.json?{}", "/events/network.json?over_time=true&{}", "/reports.json?{}",
    "/reports.json?sort=title&limit=2&{}", "/statements.json?{}", "/statements.json?quote=troops&{}",
    "/statements/facets.json?{}", "/statements/facets.json?quote=the&{}", "/commitments.json?{}",
    "/commitments.json?state=overdue&as_of=2030&{}", "/commitments/board.json?{}", "/events.csv?{}",
    "/statements.csv?{}", "/commitments.csv?{}", "/reports.csv?{}", "/actors.json", "/places.json",
    "/review/queue.json", "/review/queue.json?order=value", "/review/progress.json",
)  # fmt: skip


@pytest.fixture(scope="module")
def pair(shared: Archive) -> Iterator[tuple[TestClient, TestClient]]:
    """Return a client of a desk with a mirror, and one of a desk without."""
    with open_desk(shared) as mirrored:
        yield mirrored, open_desk(shared, mirror=False)


def told(client: TestClient, path: str) -> Any:
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.text)
    return answer.text if ".csv" in path else answer.json()


@pytest.mark.parametrize("route", ROUTES)
def test_every_route_answers_as_the_archive_does(
    pair: tuple[TestClient, TestClient], route: str
) -> None:
    mirrored, bare = pair
    for one in FILTERS if "{}" in route else [""]:
        path = route.format(one)
        assert told(mirrored, path) == told(bare, path), path


def test_dossiers_and_evidence_are_the_same(pair: tuple[TestClient, TestClient]) -> None:
    mirrored, bare = pair
    paths = [f"/actors/{quote(a['id'], safe='')}.json" for a in told(bare, "/actors.json")["items"]]
    paths += [f"/places/{p['geonameid']}.json" for p in told(bare, "/places.json")["items"]]
    for one in told(bare, "/commitments.json")["items"]:
        key = f"{quote(one['report_id'], safe='')}/{one['id']}"
        paths += [f"/commitments/{key}.json", f"/commitments/evidence.json?of={key}"]
    assert len(paths) > 10
    for path in paths:
        assert told(mirrored, path) == told(bare, path), path


def test_pages_of_a_mirror_continue_one_another(pair: tuple[TestClient, TestClient]) -> None:
    mirrored, bare = pair
    every = told(bare, "/events.json?limit=500&sort=type")["items"]
    found, cursor = [], ""
    while cursor is not None:
        page = told(mirrored, f"/events.json?limit=2&sort=type&cursor={cursor}")
        found += page["items"]
        cursor = page["next"]
    assert [one["key"] for one in found] == [one["key"] for one in every]


def test_it_follows_what_is_added_changed_withdrawn_and_judged(archive: Archive) -> None:
    with open_desk(archive) as mirrored:
        assert told(mirrored, "/events.json?reviewed=yes")["items"] == []
        event = coded()[0].events[0].id
        made = archive.judge(
            Judgement(coder="a", action="accept", layer="events", report="r0", record=event)
        )
        assert told(mirrored, "/events.json?reviewed=yes")["items"][0]["key"] == f"r0/{event}"
        assert made.number is not None
        archive.undo(made.number, "a")
        assert told(mirrored, "/events.json?reviewed=yes&limit=3")["items"] == []
        archive.add_all(copies(3))
        assert told(mirrored, "/reports.json?type=ACCUSE&limit=9")["total"] == 2
        archive.withdraw("r0")
        assert told(mirrored, "/events.json?report=r0")["items"] == []
        fewer = replace(coded()[1], events=coded()[1].events[:1])
        archive.add(fewer)
        assert len(told(mirrored, "/events.json?report=r1")["items"]) == 1


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=st.lists(st.integers(0, 29), min_size=1, max_size=8), seed=st.integers(0, 9))
def test_whatever_is_done_the_mirror_counts_as_the_archive(
    lite: Archive, steps: list[int], seed: int
) -> None:
    chance, some = random.Random(seed), list(copies(10))
    mirror = Mirror(lite.engine)
    try:
        mirror.start()
        for step in steps:
            one = some[step % 10]
            there = {r.report.id for r in lite}
            if step >= 20 and one.report.id in there:
                lite.withdraw(one.report.id)
            elif chance.random() < 0.5:
                lite.add(replace(one, events=one.events[:1]))
            else:
                lite.add(one)
            with lite.engine.connect() as connection:
                bare = views.network(connection, Filter()), events.facets(connection, Filter())
                with mirror.beside(connection):
                    assert quick(connection) is not connection
                    own = views.network(connection, Filter()), events.facets(connection, Filter())
                assert own == bare
    finally:
        mirror.close()


def test_while_it_is_filled_the_archive_answers(lite: Archive) -> None:
    mirror = Mirror(lite.engine)
    with lite.engine.connect() as connection, mirror.beside(connection):
        assert quick(connection) is connection
        mirror.start()
        assert mirror.wait(10)
    with lite.engine.connect() as connection, mirror.beside(connection):
        assert quick(connection) is not connection
    mirror.close()


def test_much_that_is_added_at_once_is_caught_up_with_in_the_background(
    lite: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dateline.archive.mirror.MOST", 4)
    mirror = Mirror(lite.engine)
    mirror.start()
    lite.add_all(copies(15))
    with lite.engine.connect() as connection, mirror.beside(connection):
        assert quick(connection) is connection
    assert mirror.wait(10)
    with lite.engine.connect() as connection, mirror.beside(connection):
        own = quick(connection)
        assert own is not connection
        assert own.scalar(sa.text("SELECT count(*) FROM reports")) == len(lite)
    mirror.close()


def both(archive: Archive, mirror: Mirror) -> tuple[Any, Any]:
    """Return what an archive counts, and what its mirror does."""
    with archive.engine.connect() as connection:
        bare = events.facets(connection, Filter()), views.network(connection, Filter())
        with mirror.beside(connection):
            assert quick(connection) is not connection
            return bare, (events.facets(connection, Filter()), views.network(connection, Filter()))


def test_one_who_commits_late_is_not_passed_over(archive: Archive) -> None:
    mirror = Mirror(archive.engine)
    mirror.start()
    late, other = copies(2)
    holding, go = threading.Event(), threading.Event()

    @sa.event.listens_for(archive.engine, "commit")
    def wait(_: sa.Connection) -> None:
        if threading.current_thread().name == "late":
            holding.set()
            assert go.wait(30)

    first = threading.Thread(target=archive.add, args=(late,), name="late")
    second = threading.Thread(target=archive.add, args=(other,))
    try:
        first.start()
        assert holding.wait(30)
        second.start()
        second.join(0.5)  # waits, or has overtaken
        bare, own = both(archive, mirror)
        assert own == bare
        go.set()
        first.join()
        second.join()
        bare, own = both(archive, mirror)
        assert own == bare
        assert {c.report for c in archive.changed_since()} >= {"copy0", "copy1"}
        with mirror.connect() as connection:
            assert connection.scalar(sa.text("SELECT count(*) FROM reports")) == len(archive)
    finally:
        go.set()
        mirror.close()


def test_what_is_added_while_it_is_filled_is_in_it_once(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    mirror, some, copy = Mirror(archive.engine), list(copies(9)), Mirror._copy

    def adding(own: Mirror, connection: sa.Connection, table: sa.Table, chosen: Any) -> None:
        copy(own, connection, table, chosen)
        if some:
            thread = threading.Thread(target=archive.add, args=(some.pop(),))
            thread.start()
            thread.join()

    monkeypatch.setattr(Mirror, "_copy", adding)
    mirror.start()
    monkeypatch.undo()
    bare, own = both(archive, mirror)
    assert own == bare
    mirror.close()


def test_it_leaves_nothing_behind(lite: Archive) -> None:
    mirror = Mirror(lite.engine)
    mirror.start()
    folder = mirror._folder.name
    mirror.close()
    assert not Path(folder).exists()
