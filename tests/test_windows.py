"""Reports too long to be coded at once."""

from itertools import pairwise

from dateline import Coder, Report
from dateline.records import CodedReport, spans_of
from dateline.windows import WINDOW, windows

DAY = "PARIS, July 26 (Example) - Police arrested {} protesters in Lyon on Monday.\n\n"
REST = (
    "The foreign minister of Italy said rebels attacked the town of Gao, killing {} soldiers.\n\n"
)


def text(paragraphs: int) -> str:
    return DAY.format(12) + "".join(REST.format(n + 2) for n in range(paragraphs))


def test_windows_cover_the_text_and_end_between_paragraphs() -> None:
    whole = text(40)
    found = list(windows(whole, 500))
    assert found[0][0] == 0 and found[-1][1] == len(whole)
    assert all(first[1] == second[0] for first, second in pairwise(found))
    assert all(whole[:end].endswith("\n\n") for _, end in found)
    assert all(0 < end - start <= 500 for start, end in found)


def test_one_line_is_cut_between_sentences_words_or_anywhere() -> None:
    sentences = "Rebels left. " * 100
    assert all(sentences[:end].endswith(". ") for _, end in windows(sentences, 200))
    words = "rebels " * 100
    assert all(words[:end].endswith(" ") for _, end in windows(words, 200))
    assert [end for _, end in windows("a" * 25, 10)] == [10, 20, 25]


def check(coded: CodedReport, whole: str) -> None:
    assert not coded.failures
    for span in spans_of(coded):
        assert whole[span.start : span.end] == span.text
    for layer in ("times", "quantities", "participants", "places", "statements", "events"):
        ids = [record.id for record in getattr(coded, layer)]
        assert len(ids) == len(set(ids)), layer
    people = {p.id for p in coded.participants}
    for event in coded.events:
        assert people >= {*event.actors, *event.recipients}
        assert event.time in {None, *(t.id for t in coded.times)}


def test_a_long_report_is_coded_in_windows() -> None:
    whole = text(40)
    coder = Coder(window=1000)
    coded = coder.code(whole)
    check(coded, whole)
    assert coded.report.text == whole
    assert coded.report.published is None
    assert len({s.start for s in coded.sentences}) == len(coded.sentences) >= 41
    assert sum(event.main for event in coded.events) == 1
    assert max(event.trigger.start for event in coded.events) > 0.9 * len(whole)
    assert coder.code(whole) == coded
    assert CodedReport.from_json(coded.to_json()) == coded


def test_later_windows_count_from_the_date_of_the_first() -> None:
    whole = "PARIS, July 26, 2021 (Example) - Police arrested 12 protesters.\n\n"
    whole += "Rebels left the town of Gao.\n\n" * 30 + "Troops left Gao on Monday.\n\n"
    coded = Coder(window=400).code(whole)
    assert coded.times[-1].value == "2021-07-26"


def test_a_window_that_holds_the_report_changes_nothing() -> None:
    whole = text(5)
    assert Coder(window=len(whole)).code(whole) == Coder().code(whole)


def test_long_reports_stand_in_their_place_beside_others() -> None:
    reports = [Report(id=str(n), text=text(20 if n % 3 == 0 else 1)) for n in range(7)]
    coder = Coder(window=800)
    coded = list(coder.stream(reports))
    assert [one.report for one in coded if one.report.id] == [
        one.report for one in (coder.code(report) for report in reports)
    ]
    for report, one in zip(reports, coded, strict=True):
        check(one, report.text)


def test_the_default_window_holds_any_ordinary_report() -> None:
    assert WINDOW >= 200_000
