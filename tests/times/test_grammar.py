from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from dateline.language import notes, parse
from dateline.records import DateBasis, Report
from dateline.times import attach, interval_of, parse_value, print_value
from dateline.times import parse as times_of
from dateline.times.anchors import Context
from dateline.times.feasts import easter, holiday_days, last_day
from dateline.times.recognise import recognise_text
from dateline.times.resolve import resolve
from dateline.times.stage import find, stage
from dateline.times.tables import tables
from dateline.times.values import Value

PUBLISHED = "2021-07-27"
EXAMPLES = [(rule.id, *example) for rule in tables().rules for example in rule.examples]
NUMBERS = [
    "0",
    "3",
    "31",
    "1999",
    "1000000",
    "99999999",
    "3,000",
    "12.5",
    "2 1/2",
    "½",
    "²",
    "٣",
    "9" * 18 + "½",
    "25.12.2020",
    "31.02.2020",
    "'98",
    "30th",
]
PIECES = [
    *sorted(tables().words),
    *NUMBERS * 5,
    *["12:30", "p.m.", ",", "-", "the", "'s", "May", "Monday", ". "] * 5,
]
PHRASES = st.lists(st.sampled_from(PIECES), max_size=12)
TEXTS = st.one_of(
    st.text(max_size=80),
    st.builds(lambda joint, words: joint.join(words), st.sampled_from(["", " ", "-"]), PHRASES),
    PHRASES.map(" ".join),
    st.builds(
        lambda words, times: " ".join(words * times),
        st.lists(st.sampled_from(PIECES), min_size=1, max_size=3),
        st.integers(2, 12),
    ),
)
NO_SHRINKING = tuple(phase for phase in Phase if phase is not Phase.shrink)
"""A failing text has at most some forty words and is shown as it was found: shrinking may take as
long as a test may."""
CONTEXTS = [
    Context(date(2021, 7, 27)),
    Context(None),
    Context(None, nominal=date(2021, 7, 1), known=2),
    Context(date(2021, 7, 27), last=Value(year="2020", quarter="3")),
    Context(date(2021, 7, 27), last=Value(year="2020", month="02", day="29")),
    Context(date(2021, 7, 27), quarter=Value(year="2020", quarter="3")),
    Context(None, narrative=True, last=Value(bc=True, year="0001")),
    Context(date(2021, 7, 27), narrative=True, last=Value(year="1914", season="WI")),
    Context(date(1, 1, 1)),
    Context(date(9999, 12, 31)),
]


def values(text: str, published: str | None = PUBLISHED) -> dict[str, str | None]:
    return {t.span.text: t.value for t in times_of(text, published=published)}


def read(text: str, published: date | None = date(2021, 7, 27)) -> list[str | None]:
    context = Context(published)
    return [resolve(m.meaning, "past", context).value for m in recognise_text(text)]


@pytest.mark.parametrize(("rule", "text", "value"), EXAMPLES)
def test_the_examples_of_the_rules_hold(rule: str, text: str, value: str) -> None:
    assert value in read(text), rule


@given(TEXTS)
@settings(max_examples=400, deadline=None, phases=NO_SHRINKING)
def test_no_text_makes_the_grammar_raise_and_intervals_do_not_run_backwards(text: str) -> None:
    for mention in recognise_text(text):
        assert text[mention.start : mention.end].strip()
        for context, direction in product(CONTEXTS, (None, "past", "future", "mostly past")):
            value = resolve(mention.meaning, direction, context).value
            if value is not None:
                assert print_value(parse_value(value)) == value
                interval = interval_of(value)
                if interval and interval.start and interval.end:
                    assert interval.start <= interval.end


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Monday autumn", ["2021-07-26", "2020-FA"]),
        ("every midday", ["XXXX-XX-XXTMI"]),
        ("every Tue", ["XXXX-WXX-2"]),
        ("99999999 BC", []),
        ("999999999999999999½ years", []),
        ("3,000 BC", ["BC3000"]),
    ],
)
def test_what_a_random_search_found(text: str, expected: list[str]) -> None:
    assert read(text) == expected


@given(TEXTS)
@settings(max_examples=25, deadline=None, phases=NO_SHRINKING)
def test_every_span_is_text_of_the_report(text: str) -> None:
    for time in times_of(text, published=PUBLISHED):
        assert text[time.span.start : time.span.end] == time.span.text
        for stretch in (time.interval, time.utc):
            if stretch and stretch.start and stretch.end:
                assert stretch.start <= stretch.end


@given(st.integers(-400, 400), st.sampled_from(["Monday", "last Friday", "next Sunday"]))
def test_shifting_the_publication_by_weeks_shifts_weekdays(weeks: int, text: str) -> None:
    first = read(text)[0]
    moved = read(text, date(2021, 7, 27) + timedelta(weeks=weeks))[0]
    assert date.fromisoformat(str(moved)) - date.fromisoformat(str(first)) == timedelta(weeks=weeks)


@given(st.dates(date(1600, 1, 1), date(2050, 1, 1)), st.dates(date(1900, 1, 1), date(2040, 1, 1)))
def test_an_explicit_date_does_not_depend_on_the_publication(day: date, published: date) -> None:
    assert read(f"on {day:%B} {day.day}, {day.year}", published) == [day.isoformat()]


def test_bounds_stay_bounds() -> None:
    found = {
        t.span.text: t
        for t in times_of(
            "It ends by the end of 2021. It began more than 18 years ago.", published=PUBLISHED
        )
    }
    deadline, began = found["the end of 2021"], found["more than 18 years ago"]
    assert deadline.bound == "by" and deadline.interval and deadline.interval.end == "2022-01-01"
    assert deadline.interval.start is None
    assert began.interval and began.interval.start is None


def test_tense_gives_the_direction_of_a_weekday() -> None:
    assert values("The ministers met on Friday.")["Friday"] == "2021-07-23"
    assert values("The ministers will meet on Friday.")["Friday"] == "2021-07-30"


def test_without_a_date_nothing_relative_is_made_up() -> None:
    (time,) = times_of("They met on Friday.")
    assert time.interval is None and time.blanks


def test_a_report_without_a_date_is_dated_by_its_words() -> None:
    text = (
        "The mission ends by the end of 2021. We will finish by the end of this year.\n\n"
        "The two sides agreed in April this year to talk. Troops leave by the end of August."
    )
    dating = find(parse(Report(id="r", text=text)))["dating"]
    assert dating.basis is DateBasis.INFERRED and dating.reasons
    assert (dating.interval.start, dating.interval.end) == ("2021-05-01", "2021-09-01")


def test_a_dateline_dates_the_report() -> None:
    text = "PARIS, July 26, 2021 (Example) - Ministers signed an accord on Monday."
    dating = find(parse(Report(id="r", text=text)))["dating"]
    assert dating.basis is DateBasis.DATELINE and dating.interval.start == "2021-07-26"


def test_attach_goes_from_syntax_to_publication() -> None:
    doc = parse(
        Report(
            id="r",
            text="Rebels attacked the town on Friday.\n\nOfficials deny it.",
            published=PUBLISHED,
        )
    )
    stage()(doc)
    attacked = next(t for t in doc if t.text == "attacked")
    deny = next(t for t in doc if t.text == "deny")
    found, basis = attach(doc, attacked)
    assert found is notes(doc).times[0] and basis is DateBasis.TEXT
    assert attach(doc, deny) == (None, DateBasis.PUBLISHED)


@given(st.sampled_from(sorted(tables().holidays)), st.integers(1950, 2050))
def test_a_holiday_comes_in_its_year_and_not_often(name: str, year: int) -> None:
    days = holiday_days(tables().holidays[name], year)
    assert len(days) <= 2 and all(day.year == year for day in days)
    for day in days:
        last = last_day(tables().holidays[name], day)
        assert last is None or day < last <= day + timedelta(30)


def test_easter() -> None:
    assert [easter(y) for y in (2000, 2019, 2024)] == [
        date(2000, 4, 23),
        date(2019, 4, 21),
        date(2024, 3, 31),
    ]
