from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline import actors
from dateline import times as expressions
from dateline.commitments import stage
from dateline.commitments.deadlines import _counted
from dateline.language import notes, parse
from dateline.records import Commitment, Granularity, Interval, Report, Span, TimeExpression
from dateline.statements import stage as statements

MONTHS = {"March": "2021-03", "April": "2021-04", "May": "2021-05", "June": "2021-06", "November": "2020-11"}  # fmt: skip
BOUNDS = {"by": "by", "before": "before", "until": "until"}


def times(text: str) -> tuple[TimeExpression, ...]:
    """Months as expressions, made by hand."""
    found = []
    for month, value in MONTHS.items():
        start = text.find(month)
        if start >= 0:
            year, number = value.split("-")
            end = f"{year}-{int(number) + 1:02d}-01"
            found.append(
                TimeExpression(
                    id=f"t{start}", type="DATE", value=value,
                    span=Span(start=start, end=start + len(month), text=month),
                    interval=Interval(start=f"{value}-01", end=end, granularity=Granularity.MONTH),
                    bound=BOUNDS.get(text[:start].split()[-1]),
                )
            )  # fmt: skip
    return tuple(found)


def coded(text: str) -> tuple[Commitment, ...]:
    doc = parse(Report(id="t", text=text, published="2021-01-05"))
    notes(doc).times = times(text)
    return notes(stage()(statements()(doc))).commitments


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The ministry will close the camp by March.", "2021-04-01"),
        ("The premier will name her team for the May tour in March.", "2021-04-01"),
        ("In April both sides agreed to exchange prisoners by June.", "2021-07-01"),
        ("The premier vowed in March to rebuild the port before May.", "2021-06-01"),
        ("The army plans to leave the base that it built in November.", None),
        ("The militia threatened to shut the pipeline.", None),
        ("The court set a deadline of March for the firm to hand over the files.", "2021-04-01"),
        ("The firm faces a March deadline to repay the loan.", "2021-04-01"),
        ("The deadline for the withdrawal was extended to June.", "2021-07-01"),
        ("The government moved the deadline for bids from March to April.", "2021-05-01"),
        ("The government postponed the vote from March to June.", "2021-07-01"),
        ("The vote was postponed from March to June.", "2021-07-01"),
        ("The March deadline for the vote was extended to June.", "2021-07-01"),
        ("The deadline of March was moved to April.", "2021-05-01"),
        ("The regulator told the firm to hand over its records by March.", "2021-04-01"),
        ("The truce will take effect in March.", "2021-04-01"),
        ("The ministry announced the withdrawal after a 20-year stay.", None),
        ("The ministry said in March that it would pay the nurses.", None),
    ],
)
def test_deadline(text: str, expected: str | None) -> None:
    found = coded(text)
    ends = [c.deadline.end if c.deadline else None for c in found]
    assert ends == [expected] or (not found and expected is None)
    assert all(c.dated == (c.deadline is not None) for c in found)
    assert all(c.dated or any(b.field == "deadline" for b in c.blanks) for c in found)


@cache
def read(text: str, published: str = "2021-02-03") -> tuple[Commitment, ...]:
    """What the stages find in a text, with the times found in it."""
    doc = parse(Report(id="t", text=text, published=published))
    for one in (expressions.stage(), actors.stage(), statements(), stage()):
        doc = one(doc)
    return notes(doc).commitments


@pytest.mark.parametrize(
    ("text", "words", "start", "end"),
    [
        ("The ministry will close the camp by Friday.", "Friday", None, "2021-02-06"),
        ("The firm was ordered to pay the fine no later than 1 June.", "1 June", None, "2021-06-02"),
        ("Norway will end its mission by the end of the year.", "the end of the year", None, "2022-01-01"),
        ("The army will stay in the valley until the end of May.", "the end of May", None, "2021-06-01"),
        ("The union agreed to end its strike within 90 days.", "90 days", "2021-02-03", "2021-05-05"),
        ("The army chief vowed to defeat the rebels in three months.", "three months", "2021-02-03", "2021-05-04"),
        ("Donors promised to send $20 million over the next six months.", "the next six months", "2021-02-03", "2021-08-04"),
        ("The airline will pay the debt during the next four years.", "the next four years", "2021-02-03", "2025-02-04"),
        ("The envoy will visit Chad from 3 May to 10 May.", "3 May", "2021-05-03", "2021-05-11"),
        ("The two navies will hold drills between March and June.", "March", "2021-03-01", "2021-07-01"),
        ("The company plans to open a plant in 2023 or 2024.", "2023 or 2024", "2023-01-01", "2025-01-01"),
        ("The guerrillas will free the hostages by midnight on Sunday.", "midnight on Sunday", None, "2021-02-08"),
        ("The governor pledged a new school for the town by autumn.", "autumn", None, "2021-12-01"),
        ("The group has until Friday to leave the building.", "Friday", None, "2021-02-06"),
        ("The court gave the firm 30 days to pay the fine.", "30 days", "2021-02-03", "2021-03-06"),
        ("The ministry set a deadline of 15 March for the handover of the base.", "15 March", "2021-03-15", "2021-03-16"),
        ("The firm must pay the fine no later than 1 June.", "1 June", None, "2021-06-02"),
        ("A pilot scheme will start in October.", "in October", "2021-10-01", "2021-11-01"),
    ],
)  # fmt: skip
def test_dated_deadlines(text: str, words: str, start: str | None, end: str) -> None:
    (found,) = read(text)
    assert found.deadline is not None
    assert found.deadline_text is not None
    assert found.deadline_text.text.startswith(words)
    assert (found.deadline.start, found.deadline.end) == (start, end)
    assert found.dated


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The premier vowed to hold talks before the election.", "before the election"),
        ("He will be sentenced after the trial.", "after the trial"),
        ("The minister will resign following the summit.", "following the summit"),
        ("The council will vote on the plan ahead of the summit in Geneva.", "ahead of the summit in Geneva"),
        ("The government will not lift the ban until the inspectors have left.", "until the inspectors have left"),
        ("The general promised to step down once a new parliament is elected.", "once a new parliament is elected"),
        ("The embassy will reopen as soon as the airport is safe.", "as soon as the airport is safe"),
        ("The rebels pledged to hand over their guns within 90 days of the signing.", "90 days of the signing"),
        ("The president intends to sign the law in the coming weeks.", "the coming weeks"),
    ],
)  # fmt: skip
def test_deadlines_without_a_date_keep_their_words_and_say_why(text: str, words: str) -> None:
    (found,) = read(text)
    assert found.deadline is None
    assert not found.dated
    assert found.deadline_text is not None
    assert found.deadline_text.text == words
    (blank,) = [b for b in found.blanks if b.field == "deadline"]
    assert blank.note


@pytest.mark.parametrize(
    "text",
    [
        "The senator will appear before a judge.",
        "The firm will report the loss in its 2020 results.",
        "The guerrillas threatened to kill the hostages unless the army withdraws by Sunday.",
    ],
)
def test_what_is_no_deadline(text: str) -> None:
    assert [c.deadline_text for c in read(text)] == [None]


def test_a_weekday_beside_an_act_to_come_is_the_next_one() -> None:
    (found,) = read("The envoy will speak at a conference called in Chad on Monday.")
    assert found.deadline is not None
    assert found.deadline.start == "2021-02-08"


def test_words_for_the_holder_are_kept_where_they_name_nobody() -> None:
    (found,) = read("The U.N. mission will leave the country at the end of its mandate.")
    assert found.holder_text is not None
    assert found.holder_text.text == "The U.N. mission"


@given(st.integers(0, 400), st.sampled_from("DWMY"), st.dates())
def test_a_counted_period_starts_with_the_report(number: int, unit: str, day: object) -> None:
    interval = _counted(f"P{number}{unit}", str(day))
    if interval is not None:
        assert interval.start == str(day)
        assert interval.end is not None
        assert interval.end >= interval.start


def in_may(text: str) -> tuple[Commitment, ...]:
    """Code a text with the times found in it, published on 1 May 2022."""
    doc = parse(Report(id="t", text=text, published="2022-05-01"))
    for one in (expressions.stage(), actors.stage(), statements(), stage()):
        doc = one(doc)
    return notes(doc).commitments


@pytest.mark.parametrize(
    ("text", "words", "start", "end"),
    [
        ("The election will be held on June 5. The governor promised to reopen the school before the election.", "before the election", None, "2022-06-05"),
        ("The June 5 election is near. The governor pledged to cut taxes before the election.", "before the election", None, "2022-06-05"),
        ("The two sides signed the ceasefire on April 10. The army agreed to leave the valley within 90 days of the ceasefire.", "90 days of the ceasefire", "2022-04-10", "2022-07-10"),
        ("The truce was signed on April 28, 2022. The army agreed to leave the valley within 30 days of the signing.", "30 days of the signing", "2022-04-28", "2022-05-29"),
        ("Talks resume on May 20. The premier vowed to free the prisoners by the time talks resume.", "by the time talks resume", None, "2022-05-20"),
        ("The summit opens on June 12 in Geneva. The minister will present the plan at the summit.", "at the summit", "2022-06-12", "2022-06-13"),
        ("The governor has pledged to have the bridge repaired by Christmas.", "Christmas", None, "2022-12-26"),
        ("The government postponed the withdrawal until May 20.", "May 20", None, "2022-05-21"),
        ("The rebels have given the army until Friday to leave the town.", "Friday", None, "2022-05-07"),
        ("The state will have to repay the loan by 2024.", "2024", None, "2025-01-01"),
    ],
)  # fmt: skip
def test_the_report_dates_the_event_that_sets_a_deadline(
    text: str, words: str, start: str | None, end: str
) -> None:
    last = in_may(text)[-1]
    assert last.deadline_text is not None
    assert last.deadline_text.text == words
    assert last.deadline is not None
    assert (last.deadline.start, last.deadline.end) == (start, end)


@pytest.mark.parametrize(
    "text",
    [
        "The council promised to publish the report before the vote.",
        "The first vote is on June 5 and the last vote is on June 9. The council promised to publish the report before the vote.",
    ],
)
def test_an_event_without_one_date_sets_none(text: str) -> None:
    last = in_may(text)[-1]
    assert last.deadline is None
    assert {b.field for b in last.blanks} >= {"deadline"}


@pytest.mark.parametrize(
    "text",
    [
        "The minister hopes to sign the treaty before the summer.",
        "Both sides have until the end of the month to reach an agreement.",
    ],
)
def test_an_agreement_still_to_be_made_is_not_made(text: str) -> None:
    assert len(in_may(text)) == 1
