from collections.abc import Mapping
from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline import CodedReport, Coder, DataError, Report
from dateline.merging import Constraint, ReportView, merge, view
from dateline.merging.cluster import average_linkage
from dateline.merging.fuse import fuse
from dateline.merging.keys import keys
from dateline.merging.pairs import around, link, pair
from dateline.merging.scoring import default_weights, load
from dateline.merging.views import stem
from dateline.merging.votes import Member
from dateline.merging.when import day, days
from dateline.records import EventLink, Granularity, Interval, MergedEvent, MergedPlace, Story


@pytest.fixture(scope="module")
def views(coded: dict[str, CodedReport]) -> dict[str, ReportView]:
    return {id: view(one) for id, one in coded.items()}


def attack(views: dict[str, ReportView]) -> MergedEvent:
    events = merge(views.values()).events
    return max((e for e in events if e.type == "ASSAULT"), key=lambda e: len(e.reports))


def test_what_several_reports_tell_is_one_event(views: dict[str, ReportView]) -> None:
    found = attack(views)
    assert found.reports == ("a1", "a2", "a3", "a4")
    assert found.sources == ("a1", "a2"), "copies count once"
    assert found.interval == Interval(
        start="2023-03-20", end="2023-03-21", granularity=Granularity.DAY
    )
    assert found.place is not None and found.place.country == "MLI"
    assert (found.first, found.last) == ("2023-03-21", "2023-03-22")


def test_a_number_says_who_gives_which(views: dict[str, ReportView]) -> None:
    found = attack(views)
    (dead,) = [number for number in found.numbers if number.role == "dead"]
    assert (dead.best, dead.low, dead.high) == (30, 30, 35)
    by_value = {(said.value, said.high): said.reports for said in dead.said}
    assert by_value[30, 30] == ("a1", "a3") and ("a4",) in by_value.values()
    fields = {field.field: field for field in found.fields}
    assert not fields["dead"].agree and fields["place"].agree and fields["type"].agree
    assert found.contested() == ("dead",)


def told(views: dict[str, ReportView], *changes: Mapping[str, object]) -> MergedEvent:
    """Return the attack as reports a1, a2, … tell it, each with some fields changed."""
    members = []
    for id, changed in zip(("a1", "a2", "a4"), changes, strict=False):
        event = next(e for e in views[id].events if e.type == "ASSAULT")
        made = replace(event, **changed)  # type: ignore[arg-type]
        members.append(Member(replace(views[id], events=(made,)), made, id))
    links = [EventLink(report=one.ref[0], event=one.ref[1], score=1.0) for one in members]
    return fuse(members, links)


LYON = MergedPlace(name="Lyon", country="FRA", precision="town", lat=45.76, lon=4.84, geonameid=1)
GAO = MergedPlace(name="Gao", country="MLI", precision="town", lat=16.27, lon=-0.04, geonameid=2)


def test_only_a_place_that_a_report_says_contradicts(views: dict[str, ReportView]) -> None:
    said = {"place": GAO, "place_basis": "argument"}
    around = {"place": LYON, "place_basis": "paragraph"}
    assert "place" not in told(views, said, around).contested()
    assert "place" in told(views, said, around | {"place_basis": "sentence"}).contested()
    assert told(views, around, said).place == GAO, "said goes before taken from around"
    assert told(views, around, around).place == LYON


def test_only_a_time_that_a_text_gives_contradicts(views: dict[str, ReportView]) -> None:
    march = Interval(start="2023-03-20", end="2023-03-21", granularity=Granularity.DAY)
    april = Interval(start="2023-04-02", end="2023-04-03", granularity=Granularity.DAY)
    text = {"interval": march, "time_basis": "text"}
    published = {"interval": april, "time_basis": "published"}
    assert "interval" not in told(views, text, published).contested()
    assert "interval" in told(views, text, published | {"time_basis": "text"}).contested()


@pytest.mark.parametrize(
    ("states", "contested"),
    [
        (("planned", "demanded"), False),
        (("planned", "occurred"), False),
        (("occurred", "ongoing"), False),
        (("occurred", "denied"), True),
        (("planned", "denied"), True),
    ],
)
def test_what_is_yet_ahead_does_not_contradict(
    views: dict[str, ReportView], states: tuple[str, ...], contested: bool
) -> None:
    event = told(views, *({"status": state} for state in states))
    assert ("status" in event.contested()) is contested


def test_every_link_says_why(views: dict[str, ReportView]) -> None:
    for event in merge(views.values()).events:
        assert event.links
        for one in event.links:
            assert 0 <= one.score <= 1
            assert len(event.links) == 1 or one.why[0].rule == "with"
            assert all(reason.weight is not None for reason in one.why)


def test_the_same_words_on_another_day_are_another_event(views: dict[str, ReportView]) -> None:
    meetings = [e for e in merge(views.values()).events if "Vienna" in str(e.place)]
    met = {e.reports for e in meetings if e.type == "CONSULT" and e.status == "occurred"}
    assert ("t1", "t2") in met and ("t3",) in met


def test_every_event_is_in_just_one_merged_event(views: dict[str, ReportView]) -> None:
    merged = merge(views.values())
    links = [(link.report, link.event) for event in merged.events for link in event.links]
    assert sorted(links) == sorted((v.id, e.id) for v in views.values() for e in v.events)
    told = [id for story in merged.stories for id in story.reports]
    assert sorted(told) == sorted(views)


def test_records_survive_json(views: dict[str, ReportView]) -> None:
    merged = merge(views.values())
    assert all(MergedEvent.from_json(e.to_json()) == e for e in merged.events)
    assert all(Story.from_json(s.to_json()) == s for s in merged.stories)
    assert all(ReportView.from_json(v.to_json()) == v for v in views.values())
    for record in (Story, MergedEvent):
        properties = record.schema()["properties"]
        assert all(properties["reports"].get("description") for _ in "x")


@given(st.randoms(use_true_random=False))
@settings(max_examples=10, deadline=None)
def test_the_order_changes_nothing(views: dict[str, ReportView], random: object) -> None:
    order = sorted(views)
    random.shuffle(order)  # type: ignore[attr-defined]
    assert merge(views[id] for id in order) == merge(views.values())


def test_a_copy_adds_no_event_and_no_source(views: dict[str, ReportView]) -> None:
    before = merge(views.values())
    twins = [replace(one, id=f"{id}-again") for id, one in views.items()]
    after = merge([*views.values(), *twins])
    assert len(after.events) == len(before.events)
    assert len(after.stories) == len(before.stories)
    assert [len(e.sources) for e in sorted(after.events, key=lambda e: e.id)] == [
        len(e.sources) for e in before.events
    ]


def test_humans_have_the_last_word(views: dict[str, ReportView]) -> None:
    found = attack(views)
    one, other = (link for link in found.links if link.report in ("a1", "a2"))
    first, second = (one.report, one.event), (other.report, other.event)
    apart = merge(views.values(), [Constraint(first, second, together=False)])
    of = {(x.report, x.event): e.id for e in apart.events for x in e.links}
    assert of[first] != of[second]
    sport = next((v.id, v.events[0].id) for v in views.values() if v.id == "u2")
    joined = merge(views.values(), [Constraint(first, sport, together=True)])
    made = next(e for e in joined.events if {"a1", "u2"} <= set(e.reports))
    assert any(reason.rule == "judgement" for link in made.links for reason in link.why)


def test_constraints_hold_in_clustering() -> None:
    near = {("a", "b"): 0.9, ("b", "c"): 0.9, ("a", "c"): 0.9}
    assert average_linkage("abc", near, 0.5, apart=[("a", "b")]) in (
        [["a", "c"], ["b"]],
        [["a"], ["b", "c"]],
    )
    assert average_linkage("abcd", near, 0.5, together=[("a", "d")]) == [["a", "d"], ["b", "c"]]
    both = average_linkage("ab", {}, 0.5, together=[("a", "b")], apart=[("b", "a")])
    assert both == [["a"], ["b"]]
    for order in permutations("abc"):
        assert average_linkage(order, near, 0.5) == [["a", "b", "c"]]


@given(
    st.dictionaries(
        st.tuples(st.sampled_from("abcdef"), st.sampled_from("ghijkl")), st.floats(0, 1)
    ),
    st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from("ghijkl")), max_size=3),
    st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from("ghijkl")), max_size=3),
)
@settings(max_examples=60, deadline=None)
def test_clusters_part_all_items_and_keep_apart_what_must_be(
    likeness: dict[tuple[str, str], float],
    together: list[tuple[str, str]],
    apart: list[tuple[str, str]],
) -> None:
    found = average_linkage("abcdefghijkl", likeness, 0.4, together=together, apart=apart)
    assert sorted(id for cluster in found for id in cluster) == list("abcdefghijkl")
    of = {id: n for n, cluster in enumerate(found) for id in cluster}
    assert all(of[a] != of[b] for a, b in apart)


def test_keys_find_reports_by_terms_and_by_who_did_what_when(views: dict[str, ReportView]) -> None:
    shared = set(keys(views["t1"])) & set(keys(views["t2"]))
    assert any(key.startswith("e|CONSULT|") for key in shared)
    assert not set(keys(views["a1"])) & set(keys(views["u1"]))


def test_words_and_days() -> None:
    assert stem("attacked") == stem("attacks") == stem("Attack") == "attack"
    assert stem("sing") == "sing"
    assert day("2021-07") == day("2021-07-01") and day("once") is None
    year = Interval(start="2021", end="2022", granularity=Granularity.YEAR)
    assert days(year) == (day("2021-01-01"), day("2022-01-01"))


def test_weights_are_checked_when_read(tmp_path) -> None:  # type: ignore[no-untyped-def]
    assert default_weights().features["type.same"].weight > 0
    path = tmp_path / "weights.yaml"
    path.write_text("bias: 1\n", encoding="utf-8")
    with pytest.raises(DataError, match="threshold"):
        load(path)


@pytest.fixture(scope="module")
def coder() -> Coder:
    return Coder()


@pytest.mark.parametrize("id", sorted(default_weights().features))
def test_the_examples_of_every_feature_hold(id: str, coder: Coder) -> None:
    weight = default_weights().features[id]
    assert id in ids_between(coder, weight.positive)
    assert id not in ids_between(coder, weight.negative)


def ids_between(coder: Coder, texts: tuple[str, ...]) -> set[str]:
    """Return the features of all events of two reports, or of one report."""
    weights = default_weights()
    found: set[str] = set()
    views = [view(coder.code(_report(number, text))) for number, text in enumerate(texts)]
    first, second = views[0], views[-1]
    known = pair(first, second, weights)
    for n, a in enumerate(first.events):
        for b in first.events[n + 1 :] if first is second else second.events:
            near = around(first, second, known)
            found.update(f.id for f in link(a, b, known, near, weights)[1])
    return found


def _report(number: int, text: str) -> Report:
    date, sign, words = text.partition(" | ")
    return Report(id=str(number), text=words if sign else text, published=date if sign else None)
