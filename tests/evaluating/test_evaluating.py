import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline import CodedReport, Coder, DataError
from dateline.evaluating import Counts, Floors, Gold, evaluate, interval, read_gold
from dateline.evaluating.fields import distance
from dateline.evaluating.floors import digest
from dateline.records import Granularity, Interval, Quantity, Span, TimeExpression

FOLDER = Path(__file__).parent.parent / "data" / "gold"
TEXT = "Troops left on Monday. At least 30 men stayed until May."


def coded() -> CodedReport:
    monday = Span(start=15, end=21, text="Monday")
    thirty = Span(start=23, end=34, text="At least 30")
    day = Interval(start="2021-07-26", end="2021-07-27", granularity=Granularity.DAY)
    time = TimeExpression(id="t1", span=monday, type="DATE", value="2021-07-26", interval=day)
    number = Quantity(id="q1", span=thirty, value=30, low=30, high=None, kind="count")
    return replace(Coder(stages=[]).code(TEXT), times=(time,), quantities=(number,))


def gold(**layers: list[dict[str, object]]) -> Gold:
    return Gold(coded().report, {name: tuple(rows) for name, rows in layers.items()})


def span(words: str) -> dict[str, object]:
    start = TEXT.index(words)
    return {"start": start, "end": start + len(words)}


def scores(made: Gold) -> dict[str, Counts]:
    return {score.name: score.counts for score in evaluate([(made, coded())]).scores}


def test_a_corrected_output_is_gold() -> None:
    one = Coder().code(TEXT, published="2021-07-27")
    line = json.loads(one.to_json())
    again = Gold(one.report, {layer: tuple(line[layer]) for layer in ("times", "participants")})
    for score in evaluate([(again, one)]).scores:
        assert score.counts.spurious == score.counts.missed == 0, score.name


def test_spans_and_fields_are_told_apart() -> None:
    found = scores(gold(times=[{"span": span("on Monday"), "value": "2021-07-19"}]))
    assert found["times/exact"] == Counts(0, 1, 1)
    assert found["times/overlap"] == Counts(1, 0, 0)
    assert found["times/value"] == Counts(0, 1, 1)
    assert "times/type" not in found and "quantities/overlap" not in found


def test_every_mistake_is_listed_with_its_words() -> None:
    made = gold(
        times=[{"span": span("Monday"), "value": "2021-07-19"}, {"span": span("until May")}],
        quantities=[],
    )
    mistakes = evaluate([(made, coded())]).mistakes
    assert [(m.layer, m.kind, m.field) for m in mistakes] == [
        ("times", "missed", ""),
        ("times", "wrong", "value"),
        ("quantities", "spurious", ""),
    ]
    assert "⟦until May⟧" in mistakes[0].context
    assert (mistakes[1].gold, mistakes[1].found) == ("2021-07-19", "2021-07-26")


def test_an_open_bound_is_not_a_number() -> None:
    row = {"span": span("At least 30"), "value": 30, "low": 30}
    assert scores(gold(quantities=[row | {"high": None}]))["quantities/high"].right == 1
    assert scores(gold(quantities=[row | {"high": 30}]))["quantities/high"].right == 0


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("{}", "there is no 'report'"),
        ('{"report": {"text": "Troops left."}, "times": [{}]}', "there is no 'span'"),
        (
            '{"report": {"text": "Troops left."}, "times": [{"span": {"start": 0, "end": 99}}]}',
            "times: the span 0:99 is not in the text",
        ),
        (
            '{"report": {"text": "Hi"}, "times": [{"span": {"start": 0, "end": 2, "text": "Ho"}}]}',
            "the words at 0:2 are 'Hi', not 'Ho'",
        ),
        ("no", "Expecting value"),
    ],
)
def test_a_broken_gold_line_is_named(tmp_path: Path, line: str, words: str) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text("\n" + line)
    with pytest.raises(DataError, match=r"gold\.jsonl:2") as error:
        list(read_gold(path))
    assert words in str(error.value)


def test_floors_rise_freely_and_sink_with_a_reason(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text("{}")
    floors = Floors(digest(path), {"times/value": 0.8})
    assert floors.problems(path, {"times/value": 0.8, "new": 0.1}) == []
    assert floors.moved(path, {"times/value": 0.9}, None).floors == {"times/value": 0.9}
    assert "fell to 0.700" in floors.problems(path, {"times/value": 0.7})[0]
    assert "not scored any more" in floors.problems(path, {})[0]
    with pytest.raises(DataError, match="--reason"):
        floors.moved(path, {"times/value": 0.7}, None)
    lower = floors.moved(path, {"times/value": 0.7}, "a rule was wrong")
    assert (lower.floors["times/value"], lower.lowered) == (0.7, ("a rule was wrong",))
    lower.write(tmp_path / "floors.json")
    assert Floors.read(tmp_path / "floors.json") == lower
    path.write_text("[]")
    assert "is not the gold" in floors.problems(path, {"times/value": 0.9})[0]


def test_our_gold_is_current() -> None:
    from tools.build_gold import gold as built

    assert (FOLDER / "gold.jsonl").read_text(encoding="utf-8") == built()


def test_the_floors_hold() -> None:
    path = FOLDER / "gold.jsonl"
    golds = list(read_gold(path))
    coder = Coder()
    made = evaluate(zip(golds, coder.stream(g.report for g in golds), strict=True))
    assert Floors.read(FOLDER / "floors.json").problems(path, made.f1()) == []


def test_distances_are_on_the_sphere() -> None:
    assert distance(0, 0, 0, 180) == pytest.approx(20015.1, abs=0.1)
    assert distance(38.9, -77.03, 33.34, 44.4) == pytest.approx(9990, rel=0.01)


@given(st.lists(st.tuples(*[st.integers(0, 50)] * 3), min_size=1, max_size=30))
def test_the_interval_holds_the_score(rows: list[tuple[int, int, int]]) -> None:
    documents = [Counts(*row) for row in rows]
    low, high = interval(documents)
    assert 0 <= low <= high <= 1
    assert interval(documents) == (low, high)
    if len(set(rows)) == 1:
        assert low == high == pytest.approx(sum(documents, Counts()).f1)
