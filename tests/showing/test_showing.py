import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console

from dateline import Coder
from dateline.records import Granularity, Interval, Quantity, Span
from dateline.showing import as_html
from dateline.showing.layers import by, number, pieces, when
from dateline.showing.terminal import highlighted, show

CODER = Coder()
TEXT = "Police arrested at least 12 protesters in Lyon on Monday.\n\n<script>alert(1)</script>"


@given(st.text(max_size=120))
@settings(max_examples=40, deadline=None)
def test_the_pieces_are_the_text(text: str) -> None:
    coded = CODER.code(text)
    assert "".join(piece.text for piece in pieces(coded)) == text
    assert as_html(coded)


def test_hostile_text_is_shown_inert() -> None:
    html = as_html(CODER.code(TEXT))
    assert "<script>" not in html and "&lt;script&gt;" in html
    assert "[bold]" in highlighted(CODER.code("He said [bold]no[/bold].")).plain


def test_the_terminal_shows_text_and_tables() -> None:
    console = Console(record=True, width=140, file=None, force_terminal=False, quiet=True)
    show(CODER.code(TEXT, published="2021-07-27"), console)


def interval(start: str | None, end: str | None, unit: Granularity) -> Interval:
    return Interval(start=start, end=end, granularity=unit)


def test_intervals_are_written_as_people_do() -> None:
    assert when(interval("2021-07-26", "2021-07-27", Granularity.DAY)) == "2021-07-26"
    assert when(interval("2021-07-01", "2021-08-01", Granularity.MONTH)) == "2021-07"
    assert when(interval("2021-01-01", "2022-01-01", Granularity.YEAR)) == "2021"
    assert when(interval(None, "2022-01-01", Granularity.OPEN)) == "… – 2021-12-31"


def test_quantities_show_their_bounds() -> None:
    span = Span(start=0, end=1, text="x")

    def made(low: float | None, value: float | None, high: float | None, how: str) -> str:
        return number(
            Quantity(
                id="q", span=span, value=value, low=low, high=high, kind="count", approximation=how
            )
        )

    assert made(30, 30, None, "at_least") == "≥ 30"
    assert made(2500, 2500, 2500, "exact") == "2,500"
    assert made(24, None, 96, "vague") == "24–96"


def _of(start: str | None, end: str | None, granularity: str) -> Interval:
    return Interval(start=start, end=end, granularity=Granularity(granularity))


@pytest.mark.parametrize(
    ("interval", "said", "due"),
    [
        (_of("2022-07-13", "2022-07-14", "day"), "2022-07-13", "2022-07-13"),
        (_of("2022-11-02", "2022-12-02", "day"), "2022-11-02 – 2022-12-01", "by 2022-12-01"),
        (_of("2022-07-11", "2022-07-18", "week"), "2022-07-11 – 2022-07-17", "by 2022-07-17"),
        (_of("2022-08-01", "2022-09-01", "month"), "2022-08", "by 2022-08-31"),
        (_of("2022-08-01", "2022-11-01", "month"), "2022-08 – 2022-10", "by 2022-10-31"),
        (_of("1990-01-01", "2000-01-01", "year"), "1990 – 1999", "by 1999-12-31"),
        (_of(None, "2021-09-11", "day"), "… – 2021-09-10", "by 2021-09-10"),
        (_of("2021-09-11", None, "day"), "2021-09-11 – …", "2021-09-11 – …"),
        (_of("2021-07-26T09:00", "2021-07-26T12:00", "hour"), "2021-07-26T09:00 – 2021-07-26T12:00", "2021-07-26"),
        (None, "", ""),
    ],
)  # fmt: skip
def test_a_time_is_written_with_its_first_and_last_day(
    interval: Interval | None, said: str, due: str
) -> None:
    assert (when(interval), by(interval)) == (said, due)
