from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from spacy.tokens import Doc

from dateline import Coder, Report
from dateline.coder import default_stages
from dateline.records import BlankReason
from dateline.stages import Stage, check_order


def nothing(doc: Doc) -> Mapping[str, Any]:
    return {"times": ()}


def broken(doc: Doc) -> Mapping[str, Any]:
    raise RuntimeError("out of order")


def stage(name: str, reads: tuple[str, ...], writes: tuple[str, ...]) -> Stage:
    return Stage(name, reads=reads, writes=writes, find=nothing, data={})


def test_a_stage_before_its_source_is_refused() -> None:
    with pytest.raises(ValueError, match="put the stage that writes it before"):
        check_order([stage("events", ("times",), ("events",)), stage("times", (), ("times",))])


def test_two_stages_may_not_write_the_same() -> None:
    with pytest.raises(ValueError, match="both write"):
        check_order([stage("a", (), ("times",)), stage("b", (), ("times",))])


def test_an_unknown_field_is_refused() -> None:
    with pytest.raises(ValueError, match="names 'tmes'"):
        check_order([stage("a", (), ("tmes",))])


def test_the_registered_stages() -> None:
    assert [(s.name, s.writes) for s in default_stages()] == [
        ("times", ("times", "dating")),
        ("quantities", ("quantities",)),
        ("actors", ("actors", "participants")),
        ("places", ("places",)),
        ("statements", ("statements",)),
        ("events", ("events", "contexts", "gist")),
        ("commitments", ("commitments",)),
    ]


def test_a_stage_that_fails_costs_its_records_and_no_others() -> None:
    stages = [
        Stage("times", reads=(), writes=("times",), find=broken, data={}),
        *default_stages()[1:2],
    ]
    coded = Coder(stages=stages).code("Twelve people were killed on Monday in the town of Bar.")
    assert [(f.stage, f.error) for f in coded.failures] == [("times", "RuntimeError: out of order")]
    assert [(b.field, b.reason) for b in coded.blanks] == [("times", BlankReason.STAGE_FAILED)]


def test_a_stage_that_fails_on_one_of_many_reports_costs_that_one() -> None:
    times, quantities = default_stages()[:2]

    def sometimes(doc: Doc) -> Mapping[str, Any]:
        if "Bar" in doc.text:
            raise RuntimeError("out of order")
        return times.find(doc)

    coder = Coder(stages=[replace(times, find=sometimes), quantities])
    texts = [
        f"Twelve people were killed on Monday in the town of {town}."
        for town in ("Foo", "Bar", "Qux")
    ]
    coded = list(coder.stream(Report(id=str(n), text=text) for n, text in enumerate(texts)))
    assert [[f.error for f in one.failures] for one in coded] == [
        [], ["RuntimeError: out of order"], [],
    ]  # fmt: skip
    assert [len(one.times) for one in coded] == [1, 0, 1]
    assert [len(one.quantities) for one in coded] == [1, 1, 1]
