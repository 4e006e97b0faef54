"""The date in an address: year first, one day, never the host."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.coder import Coder
from dateline.records import DateBasis, Report
from dateline.times.addresses import address_date


@pytest.mark.parametrize(
    ("url", "start", "end"),
    [
        ("https://news.example/2021/07/26/bridge-opens", "2021-07-26", "2021-07-27"),
        ("https://news.example/world/2021/jul/26/bridge-opens", "2021-07-26", "2021-07-27"),
        ("https://news.example/world/2021/july/6/bridge", "2021-07-06", "2021-07-07"),
        ("https://news.example/bridge-opens-2021-07-26/", "2021-07-26", "2021-07-27"),
        ("https://news.example/a/20210726/bridge", "2021-07-26", "2021-07-27"),
        ("https://news.example/world/2021-07/26/bridge.htm", "2021-07-26", "2021-07-27"),
        ("https://news.example/news/2021/0726/bridge.html", "2021-07-26", "2021-07-27"),
        (
            "https://news.example/local/la-bridge26-2021jul26,0,508.story",
            "2021-07-26",
            "2021-07-27",
        ),
        ("https://news.example/a/202107/26/WS1.html", "2021-07-26", "2021-07-27"),
        ("https://news.example/a/202107261060451579-bridge/", "2021-07-26", "2021-07-27"),
        ("https://news.example/story?day=2021-07-26", "2021-07-26", "2021-07-27"),
        ("https://news.example/2021/07/bridge-opens", "2021-07-01", "2021-08-01"),
    ],
)
def test_reads_the_day_or_the_month(url: str, start: str, end: str) -> None:
    found = address_date(url)
    assert found is not None
    assert (found.start, found.end) == (start, end)


@pytest.mark.parametrize(
    "url",
    [
        "https://news.example/bridge-opens",
        "https://news.example/07/08/2021/bridge",
        "https://news.example/2021/13/45/bridge",
        "https://2021-07-26.example/bridge",
        "https://news.example/2021/07/26/diary-2020-01-02/",
        "https://news.example/id/202107263344",
        "https://[news.example/2021/07/26/",
        "",
    ],
)
def test_reads_nothing_that_may_be_something_else(url: str) -> None:
    assert address_date(url) is None


@given(st.dates(date(1980, 1, 1), date(2099, 12, 31)), st.sampled_from(["/", "-", "_"]))
def test_every_day_comes_back(day: date, mark: str) -> None:
    found = address_date(f"https://news.example/{day:%Y}{mark}{day:%m}{mark}{day:%d}/port")
    assert found is not None
    assert found.start == day.isoformat()


@given(st.text())
def test_never_raises(url: str) -> None:
    address_date(url)


def test_a_report_is_dated_by_its_address_where_nothing_else_does() -> None:
    text = "The premier met the envoy on Monday. The talks will resume on Friday."
    coded = Coder(event_model=False).code(
        Report(id="r", text=text, url="https://news.example/2021/07/26/talks")
    )
    assert coded.dating.interval is not None
    assert coded.dating.interval.start == "2021-07-26"
    assert coded.dating.basis is DateBasis.METADATA
    assert [t.value for t in coded.times] == ["2021-07-26", "2021-07-30"]
