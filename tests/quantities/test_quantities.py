from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline import Coder, times
from dateline.language import parse
from dateline.quantities import quantity_at, stage
from dateline.quantities.numbers import number_at
from dateline.quantities.tables import load
from dateline.records import Quantity, Report


@cache
def coder() -> Coder:
    return Coder(stages=[times.stage(), stage()])


def found(text: str) -> list[Quantity]:
    return list(coder().code(text, published="2021-07-27").quantities)


def one(text: str) -> Quantity:
    (quantity,) = found(text)
    return quantity


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2,500", 2500),
        ("twenty - five", 25),
        ("two hundred and fifty", 250),
        ("three hundred thousand", 300_000),
        ("half a million", 500_000),
        ("one and a half million", 1_500_000),
        ("a dozen", 12),
        ("$3.5bn", 3.5e9),
        ("1.2 million", 1.2e6),
        ("two thirds", 0.6667),
        ("12,34,567", 1_234_567),
    ],
)
def test_numbers_in_figures_and_words(text: str, value: float) -> None:
    words = text.split()
    number = number_at(words, 0)
    assert number is not None and (number.value, number.end) == (value, len(words))


@given(st.integers(0, 10**15))
def test_a_figure_is_its_value(value: int) -> None:
    number = number_at([f"{value:,}"], 0)
    assert number is not None and number.value == value


@pytest.mark.parametrize("row", load().vague, ids=lambda row: " ".join(row.words))
def test_vague_words_are_ranges_with_a_ground(row) -> None:  # type: ignore[no-untyped-def]
    quantity = one(row.takes)
    assert (quantity.low, quantity.high) == (row.low, row.high)
    assert quantity.rule.startswith("vague.") and row.why


@pytest.mark.parametrize(
    ("text", "how", "low", "high"),
    [
        ("At least 30 people died.", "at_least", 30, None),
        ("More than 30 people died.", "more_than", 30, None),
        ("Up to 60 tanks were lost.", "at_most", None, 60),
        ("Nearly 400 people fled.", "less_than", 360, 400),
        ("About 2,500 troops stayed.", "about", 2500, 2500),
        ("Between 20 and 30 men came.", "range", 20, 30),
        ("Two or three men came.", "range", 2, 3),
        ("Police held 12-15 men.", "range", 12, 15),
        ("Thirty or more men came.", "at_least", 30, None),
        ("Tens of thousands of people fled.", "vague", 20_000, 99_999),
        ("Several hundred men came.", "vague", 300, 999),
    ],
)
def test_bounds_stay_bounds(text: str, how: str, low: float | None, high: float | None) -> None:
    quantity = one(text)
    assert (quantity.approximation, quantity.low, quantity.high) == (how, low, high)


@pytest.mark.parametrize(
    ("text", "kind", "unit", "value"),
    [
        ("It cost $3.5 billion.", "money", "USD", 3.5e9),
        ("It cost 20 million euros.", "money", "EUR", 2e7),
        ("It cost five million Egyptian pounds.", "money", "EGP", 5e6),
        ("Turnout was 40 per cent.", "percent", "percent", 40),
        ("Turnout was 40%.", "percent", "percent", 40),
        ("It fell 10 km from Kabul.", "measure", "kilometre", 10),
        ("A 20-year war ended.", "duration", "year", 20),
        ("Police freed 12 hostages.", "count", "person", 12),
        ("They burnt 200 homes.", "count", "home", 200),
        ("The blast left 40 dead.", "count", "person", 40),
        ("The death toll rose to 45.", "count", "person", 45),
        ("The raid killed five and wounded 12 others.", "count", "person", 12),
        ("Crude sold at US $58.24 per barrel.", "money", "USD per barrel", 58.24),
        ("Output grew 5 percent a year.", "percent", "percent per year", 5),
        ("It sold for 3m euros.", "money", "EUR", 3e6),
        ("Shares cost 19 cents.", "money", "cent", 19),
        ("The 15-year-old boy hid.", "measure", "year of age", 15),
        ("Ali Hassan, 44, said nothing.", "measure", "year of age", 44),
        ("It hit 140 km/h.", "measure", "kilometre per hour", 140),
        ("One in four voters stayed home.", "ratio", None, 0.25),
        ("One of the soldiers died.", "count", "person", 1),
        ("It was a 12 page letter.", "count", "page", 12),
    ],
)
def test_units(text: str, kind: str, unit: str | None, value: float) -> None:
    quantity = found(text)[-1]
    assert (quantity.kind, quantity.unit, quantity.value) == (kind, unit, value)


def test_what_is_counted_and_what_is_part_of_it() -> None:
    people, children = found("At least 30 people, including 12 children, were killed.")
    assert people.counted is not None and people.counted.text == "people"
    assert children.counted is not None and children.counted.text == "children"
    assert children.part_of == people.id


@pytest.mark.parametrize(
    "text",
    [
        "Troops left on May 18, 2021.",
        "He was aboard Flight 370.",
        "It broke Article 5 of the treaty.",
        "They won 3-1 in the final.",
        "They met at 10:30.",
        "In 2014 the war began.",
        "Between 2014 and 2018 the war went on.",
        "The 1988 film was banned.",
        "Call 555-1234 now.",
        "It flew the 787 Dreamliner.",
        "The S&P 500 rose.",
        "They met at 11 a.m. in Paris.",
        "Their side slid into the bottom three.",
    ],
)
def test_what_counts_nothing_is_no_quantity(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "unit", "counted"),
    [
        ("Gunmen killed 5 soldiers and wounded 12.", "person", "soldiers"),
        ("Builders sold 435 homes by lot and 187 by tender.", "home", "homes"),
        ("Two sons, aged 12 and 15, fled.", "year of age", None),
    ],
)
def test_a_number_takes_its_noun_from_the_one_before(
    text: str, unit: str, counted: str | None
) -> None:
    last = found(text)[-1]
    assert last.unit == unit
    assert (last.counted.text if last.counted else None) == counted


@pytest.mark.parametrize(
    "text",
    [
        "It held 30 people, including 12 children and three women.",
        "It held 14 policemen, five of them officers.",
    ],
)
def test_every_part_names_its_whole(text: str) -> None:
    whole, *parts = found(text)
    assert parts and {part.part_of for part in parts} == {whole.id}


def test_two_sums_are_no_range() -> None:
    assert [q.value for q in found("Debt grew by $43 billion to $419 billion.")] == [43e9, 419e9]


def test_a_quantity_is_found_by_its_tokens() -> None:
    doc = stage()(parse(Report(id="r", text="Police freed 12 hostages.")))
    assert quantity_at(doc, doc[2]) is quantity_at(doc, doc[3]) is not None
    assert quantity_at(doc, doc[0]) is None


@given(
    st.lists(
        st.sampled_from(
            [
                "at",
                "least",
                "more",
                "than",
                "$",
                "3.5bn",
                "12",
                "-",
                "30",
                "of",
                "dozens",
                "several",
                "hundred",
                "a",
                "few",
                "half",
                "million",
                "%",
                "two",
                "and",
                "or",
                "to",
                "between",
                "people",
                "killed",
                ".",
                ",",
                "one",
                "2021",
                "may",
                "no",
                ".",
                "5",
                "km",
            ]
        ),
        max_size=25,
    )
)
@settings(max_examples=80, deadline=None)
def test_no_text_breaks_it_and_bounds_are_in_order(words: list[str]) -> None:
    text = " ".join(words)
    coded = coder().code(text)
    assert not coded.failures
    for quantity in coded.quantities:
        assert text[quantity.span.start : quantity.span.end] == quantity.span.text
        numbers = [n for n in (quantity.low, quantity.value, quantity.high) if n is not None]
        assert numbers == sorted(numbers)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Gunmen killed the mayor and a guard on Monday.", 2),
        ("Gunmen killed Ali Hassan and Omar Khalil on Monday.", 2),
        ("The judge's murder shocked the town.", 1),
        ("The police arrested Ali Hassan.", 1),
    ],
)
def test_persons_that_and_joins_are_counted_together(text: str, value: float) -> None:
    counts = [q for q in found(text) if q.rule == "single"]
    assert [q.value for q in counts] == [value]


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("The bank charged 7.5 million Danish crowns.", "DKK"),
        ("The farm sold for 2 million Kenyan shillings.", "KES"),
        ("He paid 20 Mexican pesos.", "MXN"),
    ],
)
def test_money_of_a_nation_that_shares_its_name(text: str, unit: str) -> None:
    assert (one(text).kind, one(text).unit) == ("money", unit)


def test_a_crown_without_a_nation_is_no_money() -> None:
    assert one("The museum showed two crowns.").kind == "count"
