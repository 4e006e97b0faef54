import random
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline import CodedReport, Coder, InputError, Report
from dateline.archive import Archive, MergedQuery, StoryQuery, merging_groups
from dateline.archive import merging as steps
from dateline.archive.merging_tables import (
    merged_events,
    merged_parties,
    merging_open,
    reports_events,
    stories,
    stories_reports,
)
from dateline.merging import Constraint, merge, view
from dateline.merging import events as in_memory
from tests.merging import news

PUBLIC = (stories, stories_reports, merged_events, merged_parties, reports_events)


@cache
def reports() -> dict[str, CodedReport]:
    return {one.report.id: one for one in news.coded()}


@pytest.fixture(scope="module")
def coded() -> dict[str, CodedReport]:
    return reports()


def content(archive: Archive) -> Mapping[str, list[tuple[Any, ...]]]:
    with archive.engine.connect() as connection:
        assert not connection.execute(sa.select(merging_open)).all(), "nothing is left to do"
        return {
            table.name: sorted(
                (tuple(row) for row in connection.execute(sa.select(table))), key=str
            )
            for table in PUBLIC
        }


def at_once(path: Path, coded: Mapping[str, CodedReport]) -> Mapping[str, list[tuple[Any, ...]]]:
    with Archive(path, create=True) as archive:
        archive.add_all(coded[id] for id in sorted(coded))
        archive.merge()
        return content(archive)


def test_the_archive_merges_as_memory_does(where: str, coded: dict[str, CodedReport]) -> None:
    with Archive(where, create=True) as archive:
        archive.add_all(coded.values())
        done = archive.merge()
        assert (done.reports, done.events) == (len(coded), archive.merged_count())
        expected = merge(view(one) for one in coded.values())
        assert tuple(archive.merged(sort="id")) == expected.events
        for sort in ("interval_start", "-interval_start", "place_country"):
            whole = archive.merged(sort=sort)
            pages = [archive.merged(sort=sort, limit=2, offset=n) for n in range(0, len(whole), 2)]
            assert [event for page in pages for event in page] == whole
        assert sorted(archive.stories(), key=lambda s: s.id) == list(expected.stories)
        again = archive.merge()
        assert (again.reports, again.pairs) == (0, 0)


def test_one_by_one_is_as_all_at_once(
    where: str, coded: dict[str, CodedReport], tmp_path: Path
) -> None:
    expected = at_once(tmp_path / "once.db", coded)
    with Archive(where, create=True) as archive:
        for id in ("t3", "a4", "u2", "a1", "t1", "a3", "u1", "t2", "a2"):
            archive.add(coded[id])
            archive.merge()
        assert content(archive) == expected


@given(seed=st.integers(0, 10**6))
@settings(max_examples=6, deadline=None)
def test_no_order_and_no_break_changes_the_tables(
    tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    coded, rng = reports(), random.Random(seed)
    folder = tmp_path_factory.mktemp("merging")
    expected = at_once(folder / "once.db", coded)
    order = rng.sample(sorted(coded), len(coded))
    with Archive(folder / "parts.db", create=True) as archive:
        for id in order:
            archive.add(coded[id])
            if rng.random() < 0.4:
                archive.merge()
            if rng.random() < 0.2:
                archive.withdraw(id)
                if rng.random() < 0.5:
                    archive.merge()
                archive.add(coded[id])
        archive.merge()
        assert content(archive) == expected


def test_a_crowded_key_changes_nothing_by_the_order(
    coded: dict[str, CodedReport], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (steps, in_memory):
        monkeypatch.setattr(module, "CROWDED", 3)
    expected = at_once(tmp_path / "once.db", coded)
    with Archive(tmp_path / "parts.db", create=True) as archive:
        for id in sorted(coded, reverse=True):
            archive.add(coded[id])
            archive.merge()
        assert content(archive) == expected
        known = merge(view(one) for one in coded.values())
        assert tuple(archive.merged(sort="id")) == known.events


def test_a_merge_that_was_broken_off_goes_on(
    where: str, coded: dict[str, CodedReport], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = at_once(tmp_path / "once.db", coded)
    monkeypatch.setattr(steps, "PAIRED", 2)
    monkeypatch.setattr(steps, "READ", 2)
    monkeypatch.setattr(steps, "GROUPED", 2)
    with Archive(where, create=True) as archive:
        archive.add_all(coded.values())
        for name in ("tell", "join"):
            with monkeypatch.context() as broken:
                broken.setattr(merging_groups, name, _fail)
                with pytest.raises(KeyboardInterrupt):
                    archive.merge()
        archive.merge()
        assert content(archive) == expected


def _fail(*_: object) -> None:
    raise KeyboardInterrupt


def test_what_is_withdrawn_or_coded_anew_leaves_no_trace(
    where: str, coded: dict[str, CodedReport], tmp_path: Path
) -> None:
    kept = {id: one for id, one in coded.items() if id not in ("a2", "t1", "u2")}
    again = Coder().code(Report(id="u1", text="Police arrested 12 protesters in Lyon."))
    expected = at_once(tmp_path / "once.db", kept | {"u1": again})
    with Archive(where, create=True) as archive:
        archive.add_all(coded.values())
        archive.merge()
        for id in ("a2", "t1", "u2"):
            archive.withdraw(id)
        archive.add(again)
        archive.merge()
        assert content(archive) == expected


def test_decisions_hold_and_can_be_taken_back(
    where: str, coded: dict[str, CodedReport], tmp_path: Path
) -> None:
    with Archive(where, create=True) as archive:
        archive.add_all(coded.values())
        archive.merge()
        before = content(archive)
        (attack,) = archive.merged(MergedQuery(type=["ASSAULT"], min_sources=2))
        first, second = ((link.report, link.event) for link in attack.links[:2])
        archive.merge([Constraint(first, second, together=False)])
        assert archive.merged_of(*first) != archive.merged_of(*second)
        (troops,) = archive.merged(MergedQuery(report="u2"))
        other = (troops.links[0].report, troops.links[0].event)
        archive.merge([Constraint(other, first, together=True)])
        assert archive.merged_of(*first) == archive.merged_of(*other)
        archive.merge()
        assert content(archive) == before


def test_queries(where: str, coded: dict[str, CodedReport]) -> None:
    with Archive(where, create=True) as archive:
        archive.add_all(coded.values())
        assert archive.merged() == [] and archive.stories() == []
        archive.merge()
        (attack,) = archive.merged(MergedQuery(country=["MLI"], type=["ASSAULT"]))
        assert archive.merged_event(attack.id) == attack
        assert attack in archive.merged(MergedQuery(contested=True))
        assert attack in archive.merged(MergedQuery(since="2023-03-20", until="2023-03-21"))
        assert attack not in archive.merged(MergedQuery(since="2023-03-21"))
        assert attack in archive.merged(MergedQuery(actor=["REBELS"]))
        assert archive.merged_count(MergedQuery(actor_country=["FRA"])) > 0
        assert archive.merged_count(MergedQuery(story=attack.story)) >= 2
        assert archive.merged_count(MergedQuery(status=["threatened"], sector=["GOV"])) == 0
        starts = [e.interval.start for e in archive.merged(sort="-interval_start") if e.interval]
        assert starts == sorted(starts, key=str, reverse=True)
        pages = [archive.merged(limit=2, offset=n) for n in range(0, archive.merged_count(), 2)]
        assert [e for page in pages for e in page] == archive.merged()
        story = archive.story(archive.story_of("a4") or "")
        assert story.copies and story in archive.stories(StoryQuery(min_sources=2, report="a1"))
        assert archive.stories_count(StoryQuery(since="2023-04")) == 1
        for call in (archive.merged_event, archive.story):
            with pytest.raises(InputError, match="dateline merge"):
                call("none")
        with pytest.raises(InputError, match="sorted"):
            archive.merged(sort="packed")


def test_adding_reports_twice_adds_nothing(where: str, coded: dict[str, CodedReport]) -> None:
    with Archive(where, create=True) as archive:
        archive.add_all(coded.values())
        archive.merge()
        before = content(archive)
        archive.add_all(coded.values())
        archive.merge()
        assert content(archive) == before
