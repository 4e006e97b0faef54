"""Every form that reports put times in, in sentences of our own: what is found, resolved and bounded."""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline.records import DateBasis
from dateline.times import parse

DAY = "2021-07-27"  # a Tuesday
LINES = Path(__file__).with_name("forms.tsv").read_text(encoding="utf-8").splitlines()
FORMS = [line.split("\t") for line in LINES if not line.startswith("#")]


@pytest.mark.parametrize("row", FORMS, ids=lambda row: f"{row[0]} [{row[1]}]")
def test_forms(row: list[str]) -> None:
    text, words, *expected = row
    (found,) = [time for time in parse(text, DAY) if time.span.text == words]
    stretch = found.interval
    bounds = "-" if stretch is None else f"{stretch.start or ''}/{stretch.end or ''}"
    anchor = "text" if (found.anchor or "").startswith("t") else found.anchor
    given = [found.type, found.value, found.mod, found.bound, anchor, bounds]
    assert [part or "-" for part in given] == expected
    assert found.basis is DateBasis.TEXT
    assert (stretch is None) == any(blank.field == "interval" for blank in found.blanks)


@pytest.mark.parametrize(
    ("text", "words", "quant", "freq"),
    [
        ("They meet every two weeks.", "every two weeks", "EVERY", None),
        ("They meet every other day.", "every other day", "EVERY", None),
        ("They meet twice a month.", "twice a month", None, "2X"),
        ("He trains three times a week.", "three times a week", None, "3X"),
        ("They work five days a week.", "five days a week", None, "5D"),
        ("They voted each spring.", "each spring", "EACH", None),
        ("The airline runs four flights a week.", "a week", None, None),
        ("It sold 50,000 cars a year.", "a year", None, None),
    ],
)
def test_how_often_a_set_comes(text: str, words: str, quant: str | None, freq: str | None) -> None:
    (found,) = parse(text, DAY)
    assert (found.type, found.span.text) == ("SET", words)
    assert (found.quant, found.freq) == (quant, freq)


@pytest.mark.parametrize(
    ("text", "offset", "start"),
    [
        ("It ended at 8 p.m. EST on Monday.", "-05:00", "2021-07-27T01:00:00Z"),
        ("It ended at 8 p.m. ET on Monday.", "-04:00", "2021-07-27T00:00:00Z"),
        ("It struck at 1830 GMT on Monday.", "+00:00", "2021-07-26T18:30:00Z"),
        ("Polls closed at 9 p.m. Moscow time on Monday.", "+03:00", "2021-07-26T18:00:00Z"),
        ("They landed at 15:00 UTC+5:30 on Monday.", "+05:30", "2021-07-26T09:30:00Z"),
        ("It began at 7 a.m. local time on Monday.", None, None),
        ("It began at 7 a.m. IST on Monday.", None, None),
    ],
)
def test_a_named_zone_gives_the_instant_beside_the_local_time(
    text: str, offset: str | None, start: str | None
) -> None:
    found = parse(text, DAY)[0]
    assert found.type == "TIME"
    assert found.utc_offset == offset
    assert (found.utc.start if found.utc else None) == start
    assert found.interval is not None and not str(found.interval.start).endswith("Z")


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("They fasted during Ramadan.", "2021-04-13", "2021-05-13"),
        ("They met on Eid al-Fitr.", "2021-05-13", "2021-05-14"),
        ("They met on Good Friday.", "2021-04-02", "2021-04-03"),
        ("They met on Orthodox Easter.", "2021-05-02", "2021-05-03"),
        ("They met on Yom Kippur 2019.", "2019-10-09", "2019-10-10"),
        ("They lit candles at Hanukkah 2019.", "2019-12-23", "2019-12-31"),
        ("They danced at Chinese New Year.", "2021-02-12", "2021-02-13"),
        ("They danced on Diwali 2020.", "2020-11-14", "2020-11-15"),
        ("They voted on Election Day 2020.", "2020-11-03", "2020-11-04"),
        ("They gathered in Easter week.", "2021-03-29", "2021-04-05"),
    ],
)
def test_holidays(text: str, start: str, end: str) -> None:
    (found,) = parse(text, DAY)
    assert found.interval is not None
    assert (found.interval.start, found.interval.end) == (start, end)


@pytest.mark.parametrize(
    "text",
    [
        "The Tet Offensive began.",
        "They live on Easter Island.",
        "He was soon released.",
        "They cut down Christmas trees.",
        "They recall Bloody Sunday.",
        "It ran at 30 miles per hour.",
        "It does a trillion operations per second.",
        "They work on the 25th floor.",
        "'20 people died', he said.",
        "Prices saw a fall in demand.",
    ],
)
def test_names_and_stories_are_no_times(text: str) -> None:
    assert parse(text, DAY) == ()
