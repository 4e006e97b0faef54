"""Reports with the same words and events: one stands for all, whichever came first."""

import random
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline import CodedReport
from dateline.archive import Archive
from dateline.archive import merging as steps
from dateline.archive.merging_tables import merging_keys, merging_reports
from dateline.merging import Constraint, merge, view
from dateline.merging.packed import view_of
from dateline.merging.twins import heads, twin
from tests.archive.test_merging import content, reports


def with_twins() -> dict[str, CodedReport]:
    """Return the reports of the tests, and what five papers printed again of two of them."""
    found = dict(reports())
    for id, of, day in (
        ("b1", "a2", "2023-03-20"), ("b2", "a2", "2023-03-23"), ("b3", "a2", None),
        ("c1", "t1", "2023-03-22"), ("c2", "t1", "2023-03-20"),
    ):  # fmt: skip
        one = found[of]
        report = replace(one.report, id=id, published=day, title=f"{id}: {one.report.title}")
        found[id] = replace(one, report=report)
    return found


def decided(coded: dict[str, CodedReport]) -> list[Constraint]:
    """Return a decision that one printing tells of another event."""
    (one, *_), (other, *_) = coded["b2"].events, coded["a2"].events
    return [Constraint(("b2", one.id), ("a2", other.id), False)]


def test_the_first_of_twins_stands_for_all_but_for_those_a_human_judged() -> None:
    coded = {id: view(one) for id, one in with_twins().items()}
    assert twin(coded["b1"]) == twin(coded["a2"]) != twin(coded["a4"])
    members = [(id, coded[id].published) for id in ("a2", "b1", "b2", "b3")]
    assert set(heads(members, ()).values()) == {"b1"}
    assert heads(members, {"b1"}) == {"a2": "a2", "b1": "b1", "b2": "a2", "b3": "a2"}


def test_a_view_is_the_same_from_the_packed_record() -> None:
    for one in with_twins().values():
        assert view_of(one.to_json().encode()) == view(one)


@given(seed=st.integers(0, 10**6))
@settings(max_examples=8, deadline=None)
def test_no_order_no_withdrawal_and_no_decision_taken_back_shows(
    tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    coded, rng = with_twins(), random.Random(seed)
    folder = tmp_path_factory.mktemp("twins")
    last = decided(coded) if rng.random() < 0.5 else []
    with (
        pytest.MonkeyPatch.context() as small,
        Archive(folder / "parts.db", create=True) as archive,
    ):
        small.setattr(steps, "GROUPED", rng.choice((1, 3, 400)))
        for id in rng.sample(sorted(coded), len(coded)):
            archive.add(coded[id])
            if rng.random() < 0.4:
                archive.merge(decided(coded) if rng.random() < 0.5 else [])
            if rng.random() < 0.3:
                archive.withdraw(id)
                if rng.random() < 0.5:
                    archive.merge([])
                archive.add(coded[id])
            if rng.random() < 0.3:
                other = coded[rng.choice(sorted(coded))]
                archive.add(replace(other, report=replace(other.report, id=id)))
                archive.merge([])
                archive.add(coded[id])
        archive.merge(last)
        parts = content(archive)
        expected = merge((view(one) for one in coded.values()), last)
        assert tuple(archive.merged(sort="id")) == expected.events
        assert sorted(archive.stories(), key=lambda s: s.id) == list(expected.stories)
    with Archive(folder / "once.db", create=True) as archive:
        archive.add_all(coded[id] for id in sorted(coded))
        archive.merge(last)
        assert content(archive) == parts


def test_twins_cost_no_comparison(tmp_path: Path) -> None:
    coded = with_twins()
    one = coded["a2"]
    many = [replace(one, report=replace(one.report, id=f"m{n:02}")) for n in range(40)]
    with Archive(tmp_path / "news.db", create=True) as archive:
        archive.add_all(coded.values())
        before = archive.merge()
        archive.add_all(many)
        done = archive.merge()
        assert (done.reports, done.pairs, done.events) == (40, 0, before.events)
        merged = archive.merged_event(archive.merged_of("m00", one.events[0].id) or "")
        told = {link.report for link in merged.links}
        assert {"m00", "m39", "a2", "b1"} <= told
        assert "m00" not in merged.sources
        assert all(link.why for link in merged.links)
        with archive.engine.connect() as connection:
            keyed = set(connection.scalars(sa.select(merging_keys.c.report)))
            first = set(connection.scalars(sa.select(merging_reports.c.head)))
        assert keyed == first


def test_what_is_done_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(steps, "READ", 5)
    told: list[tuple[str, int, int]] = []
    with Archive(tmp_path / "news.db", create=True) as archive:
        archive.add_all(reports().values())
        archive.merge(progress=lambda *step: told.append(step))
    assert [one for one in told if one[0] == "reading"] == [("reading", 5, 9), ("reading", 9, 9)]
    assert list(dict.fromkeys(one[0] for one in told)) == [
        "reading", "comparing", "stories", "events",
    ]  # fmt: skip
    assert all(done <= total for _, done, total in told)
