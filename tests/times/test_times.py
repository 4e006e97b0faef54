from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline import Coder
from dateline.language import notes
from dateline.language import parse as parse_report
from dateline.records import DateBasis, Report
from dateline.times import attach, parse, stage
from dateline.times.values import interval

DAY = "2021-07-27"  # a Tuesday


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Troops left on Monday.", "2021-07-26"),
        ("Ministers will meet on Monday.", "2021-08-02"),
        ("They met on Tuesday.", "2021-07-27"),
        ("They met last week.", "2021-W29"),
        ("They met on July 4.", "2021-07-04"),
        ("The talks are to begin in March.", "2022-03"),
        ("They signed it in April this year.", "2021-04"),
        ("He left three days ago.", "2021-07-24"),
        ("It began 18 years ago.", "2003"),
        ("Shares fell in the fourth quarter of 2019.", "2019-Q4"),
        ("The war of the 1990s ended.", "199"),
        ("It happened on September 11, 2001.", "2001-09-11"),
        ("He arrived on 11 September 2001.", "2001-09-11"),
        ("They met yesterday.", "2021-07-26"),
        ("They met on Tuesday night.", "2021-07-27TNI"),
        ("They met last summer.", "2020-SU"),
        ("The shops close on Christmas Day.", "2021-12-25"),
        ("A 20-year war ended.", "P20Y"),
        ("They must leave within 90 days.", "P90D"),
        ("They pray every Friday.", "XXXX-WXX-5"),
        ("It fell in 44 BC.", "BC0044"),
        ("They met in 2014.", "2014"),
    ],
)
def test_values(text: str, value: str) -> None:
    (time,) = parse(text, DAY)
    assert time.value == value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It rained from May to July 1954.", {"May": "1954-05", "July 1954": "1954-07"}),
        (
            "They fought on 3-4 March 1911.",
            {"3": "1911-03-03", "4 March 1911": "1911-03-04"},
        ),
        (
            "It lasted from November to March 2012.",
            {"November": "2011-11", "March 2012": "2012-03"},
        ),
        ("The season of 2006-07 was wet.", {"2006": "2006", "07": "2007"}),
        (
            "It began in the summer and autumn of 481 BC.",
            {"the summer": "BC0481-SU", "autumn of 481 BC": "BC0481-FA"},
        ),
        ("Guards fled on the night of 4 May 2020.", {"the night of 4 May 2020": "2020-05-04TNI"}),
        ("They came at 4 in the morning.", {"4 in the morning": "2021-07-27T04:00"}),
        ("It will take a week or so.", {"a week or so": "P1W"}),
        ("It ended after a decades-long dispute.", {"decades-long": "PXDE"}),
        ("Prices doubled in the second half of 2019.", {"the second half of 2019": "2019-H2"}),
        ("It was sold in nineteen ninety-four.", {"nineteen ninety-four": "1994"}),
        ("It opened in two thousand and five.", {"two thousand and five": "2005"}),
        ("The deadline was extended until Friday.", {"Friday": "2021-07-30"}),
        ("He may arrive as early as Thursday.", {"Thursday": "2021-07-29"}),
        ("The record was set on Friday.", {"Friday": "2021-07-23"}),
        ("They work over several years.", {"several years": "PXY"}),
        ("It was the talk of the news show This Week.", {}),
        ("She is in her 30s.", {}),
    ],
)
def test_forms_that_lean_on_their_neighbours(text: str, expected: dict[str, str]) -> None:
    assert {t.span.text: t.value for t in parse(text, DAY)} == expected


@pytest.mark.parametrize(
    ("text", "bound", "start", "end"),
    [
        ("They will leave by the end of 2021.", "by", None, "2022-01-01"),
        ("They will leave by the end of August.", "by", None, "2021-09-01"),
        ("They stay until Friday.", "until", None, "2021-07-31"),
        ("They have stayed since 2014.", "since", "2014-01-01", None),
        ("They left after May 1, 2020.", "after", "2020-05-02", None),
        ("They left before May 1, 2020.", "before", None, "2020-05-01"),
        ("It began more than 18 years ago.", None, None, "2004-01-01"),
        ("They met in the past two weeks.", None, "2021-07-13", "2021-07-27"),
        ("They must leave within 90 days.", "within", "2021-07-27", "2021-10-26"),
    ],
)
def test_bounds_stay_bounds(text: str, bound: str, start: str | None, end: str | None) -> None:
    (time,) = parse(text, DAY)
    assert time.bound == bound and time.interval is not None
    assert (time.interval.start, time.interval.end) == (start, end)


def test_a_range_is_one_interval() -> None:
    first, _ = parse("They stayed from March 2020 to May 2020.", DAY)
    assert first.interval is not None
    assert (first.interval.start, first.interval.end) == ("2020-03-01", "2020-06-01")


@pytest.mark.parametrize(
    "text",
    [
        "He may march.",
        "2014 people came.",
        "A second man left.",
        "It cost $1999.",
        "The 28-year-old won.",
    ],
)
def test_what_is_no_time(text: str) -> None:
    assert parse(text, DAY) == ()


def test_years_are_counted_before_christ_too() -> None:
    text = (
        "The fleet sailed in 490 BC. The following year it sank. They rebuilt it two years later."
    )
    assert [t.value for t in parse(text, DAY)] == ["BC0490", "BC0489", "BC0487"]


def test_without_a_date_a_relative_expression_is_blank_and_an_explicit_one_is_not() -> None:
    monday, full = parse("They met on Monday, and on May 3, 2020.")
    assert monday.value is None and monday.blanks[0].reason == "no_anchor"
    assert full.value == "2020-05-03"


@pytest.mark.parametrize(
    ("text", "basis", "start"),
    [
        ("Troops left\n\nPublished: 22 July 2022\n\nThey left.", "metadata", "2022-07-22"),
        ("PARIS, July 26, 2021 (Example) - Troops left on Monday.", "dateline", "2021-07-26"),
        ("Troops left.", "unknown", None),
    ],
)
def test_the_report_is_dated(text: str, basis: str, start: str | None) -> None:
    dating = Coder(stages=[stage()]).code(text).dating
    assert dating.basis == basis
    assert (dating.interval.start if dating.interval else None) == start
    assert dating.reasons or dating.blanks


def test_a_report_without_a_date_dates_itself() -> None:
    text = (
        "They signed an accord to leave by the end of 2021. The last will go by the end of this "
        "year. In April this year they had agreed on it. All are to be home by the end of August."
    )
    dating = Coder(stages=[stage()]).code(text).dating
    assert dating.interval is not None and dating.basis is DateBasis.INFERRED
    assert (dating.interval.start, dating.interval.end) == ("2021-05-01", "2021-09-01")
    assert {reason.rule for reason in dating.reasons} >= {"dating.this_year"}
    for reason in dating.reasons:
        assert all(text[s.start : s.end] == s.text for s in reason.spans)


@pytest.mark.parametrize(
    ("text", "start", "end", "rule"),
    [
        (
            "President Barack Obama met Prime Minister David Cameron.",
            "2010-05-11",
            "2016-07-14",
            "dating.office",
        ),
        ("Former President George W. Bush spoke.", "2009-01-21", None, "dating.office_left"),
        ("Islamic State Khorasan claimed the attack.", "2015-01-01", None, "dating.group"),
        # a title told of the past limits nothing from above
        (
            "President Barack Obama signed it in 2011, and it lapsed in 2019.",
            "2019-01-01",
            None,
            "dating.past_year",
        ),
    ],
)
def test_offices_and_groups_date_a_report(
    text: str, start: str, end: str | None, rule: str
) -> None:
    dating = Coder(stages=[stage()]).code(text).dating
    assert dating.interval is not None and dating.basis is DateBasis.INFERRED
    assert (dating.interval.start, dating.interval.end) == (start, end)
    assert rule in {reason.rule for reason in dating.reasons}
    assert all(text[s.start : s.end] == s.text for r in dating.reasons for s in r.spans)


def test_a_word_is_dated_by_syntax_then_sentence_then_paragraph() -> None:
    text = "On Monday rebels attacked a town, which the army left in 2014. They burnt houses."
    doc = parse_report(Report(id="r", text=text, published=DAY, published_basis=DateBasis.GIVEN))
    stage()(doc)
    words = {token.text: token for token in doc}
    found = {w: (t.span.text if (t := attach(doc, words[w])[0]) else None) for w in words}
    assert (found["attacked"], found["left"]) == ("Monday", "2014")
    assert found["burnt"] == "Monday"  # the date of a relative clause is its own
    other = stage()(parse_report(Report(id="r", text="Rebels left.", published=DAY)))
    assert attach(other, other[1]) == (None, DateBasis.PUBLISHED)
    assert notes(other).times == ()


DATES = st.dates(date(1990, 1, 1), date(2040, 1, 1))


@given(DATES, st.integers(-50, 50))
@settings(max_examples=40, deadline=None)
def test_whole_weeks_shift_weekdays_by_as_much(day: date, weeks: int) -> None:
    text = "Rebels attacked the town on Friday."
    later = day + timedelta(weeks=weeks)
    values = [parse(text, d.isoformat())[0].value or "" for d in (day, later)]
    first, second = map(date.fromisoformat, values)
    assert second - first == timedelta(weeks=weeks)


@given(DATES, DATES)
@settings(max_examples=40, deadline=None)
def test_an_explicit_date_does_not_depend_on_the_publication(day: date, published: date) -> None:
    text = f"It happened on {day:%B} {day.day}, {day.year}."
    (time,) = parse(text, published.isoformat())
    assert time.value == day.isoformat()


@given(DATES)
def test_the_interval_of_a_printed_date_is_that_day(day: date) -> None:
    for value in (day.isoformat(), day.isoformat()[:7], day.isoformat()[:4], day.isoformat()[:3]):
        found = interval(value)
        assert found is not None and found.start is not None and found.end is not None
        assert found.start <= day.isoformat() < found.end


@given(
    st.lists(
        st.sampled_from(
            [
                "the",
                "end",
                "of",
                "by",
                "last",
                "next",
                "Monday",
                "May",
                "31",
                "30",
                "February",
                "2021",
                "9999",
                "0000",
                "century",
                "BC",
                "25",
                ":",
                "61",
                "years",
                "ago",
                "several",
                "few",
                "from",
                "to",
                "and",
                "-",
                ",",
                "every",
                "other",
                "quarter",
                "1st",
                "Easter",
                "Ramadan",
                "night",
            ]
        ),
        max_size=14,
    ),
    st.one_of(st.none(), DATES),
)
@settings(max_examples=150, deadline=None)
def test_no_text_makes_it_raise_and_intervals_do_not_end_before_they_start(
    words: list[str], published: date | None
) -> None:
    text = " ".join(words)
    for time in parse(text, published.isoformat() if published else None):
        assert text[time.span.start : time.span.end] == time.span.text
        if time.interval and time.interval.start and time.interval.end:
            assert time.interval.start <= time.interval.end or time.interval.start.startswith("-")


def test_bounds_from_offices_are_no_date_of_publication() -> None:
    coded = Coder().code("Russian President Boris Yeltsin met Chancellor Helmut Kohl. Troops left.")
    assert coded.dating.interval is not None and coded.dating.date is None
    assert all(event.interval is None for event in coded.events)
    assert Coder().code("Troops left.", published="2021-05").dating.date == "2021-05"


def test_four_figures_after_at_are_a_time_of_day_where_a_day_or_hours_follow() -> None:
    text = "Shots fell at 1830 on Thursday. Troops left at 2130 GMT. It was built in 1830 at Bar."
    values = [t.value for t in Coder().code(text, published="2021-07-27").times]
    assert str(values[0]).endswith("T18:30") and str(values[2]).endswith("T21:30")
    assert values[3] == "1830"


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        # the day fell on a Friday only once while both held office
        (
            "President Barack Obama met Prime Minister David Cameron on Friday, May 14.",
            "2010-05-11",
            "2011-05-15",
        ),
        # it fell on a Friday twice: the year stays open
        (
            "President Barack Obama met Prime Minister David Cameron on Friday, May 13.",
            "2010-05-11",
            "2016-07-14",
        ),
        # the year of a plan lies ahead whatever the tense
        ("The firm cut its 2024 sales forecast after it lost a court case in 2019.", "2019", None),
        ("Troops will withdraw by 2014.", None, "2015-01-01"),
    ],
)
def test_weekdays_and_years_date_a_report(text: str, start: str | None, end: str | None) -> None:
    dating = Coder(stages=[stage()]).code(text).dating
    assert dating.interval is not None and dating.basis is DateBasis.INFERRED
    assert str(dating.interval.start).startswith(str(start))
    assert dating.interval.end == end


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The king will visit Paris and meet ministers on Friday.", "2021-07-30"),
        ("They will begin pulling out troops on Friday.", "2021-07-30"),
        ("They began pulling out troops on Friday.", "2021-07-23"),
        ("The man will be arrested and charged on Friday.", "2021-07-30"),
        ("The man was arrested and charged on Friday.", "2021-07-23"),
    ],
)
def test_a_verb_without_a_time_of_its_own_has_that_of_the_verb_above(text: str, value: str) -> None:
    assert [time.value for time in parse(text, DAY)] == [value]


def test_news_with_a_list_of_past_years_counts_from_its_day() -> None:
    past = " ".join(f"March {n + 2}, 200{n}: The mayor opened a bridge." for n in range(9))
    text = f"The mayor lost the vote on Saturday.\n\n{past}"
    coded = Coder(event_model=False).code(text, published="2016-11-14")
    assert coded.times[0].value == "2016-11-12"
