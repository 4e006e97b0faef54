"""The line in which a page dates itself, and what is no such line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.coder import Coder
from dateline.records import DateBasis
from dateline.times.lines import publication_line
from dateline.times.stage import stage


@pytest.mark.parametrize(
    ("text", "day", "label"),
    [
        ("Ministers meet\nExample Agency | Updated: 2017-09-15 17:52\nThey met.", "2017-09-15", "changed"),
        (
            "Ministers meet\nPUBLISHED: 07:27 EST, 9 November 2016 | UPDATED: 09:11 EST, 10 November 2016\nThey met.",
            "2016-11-09",
            "published",
        ),
        ("Ministers meet\nFirst published on Thursday 10 November 2016 07.27 GMT\nThey met.", "2016-11-10", "first"),
        ("They met.\nLast modified on Thursday 10 November 2016 11.05 GMT", "2016-11-10", "changed"),
        ("Ministers meet\nThursday 10 November 2016\nThey met.", "2016-11-10", "date"),
        ("Port opens Updated: 2016-07-15 13:14 By Example Agency\nIt opened.", "2016-07-15", "changed"),
        ("The port opened. (Example Daily 07/15/2016 page1)", "2016-07-15", "published"),
        ("Port opens. BY ANN LEE Staff Writer March 29, 2009 SPRINGFIELD -- It opened.", "2009-03-29", "date"),
    ],
)  # fmt: skip
def test_a_page_dates_itself(text: str, day: str, label: str) -> None:
    line = publication_line(text)
    assert line is not None
    assert (line.interval.start, line.label) == (day, label)
    assert text[line.span.start : line.span.end] == line.span.text


@pytest.mark.parametrize(
    "text",
    [
        "Published on July 3, 2010, the book sold well and won prizes.",
        "A list updated on May 3, 2016, names them all, the ministry said on Friday.",
        "Ann Lee waves in Bar on May 3, 2016. (Photo: Example)\nThe port opened.",
        "FILE - In this May 3, 2016 file photo, Ann Lee waves.\nThe port opened.",
        "© 2016 Example News",
        "The port opened. (Example Daily 07/08/2016 page1)",
        "Talks in Bar\nMay 3, 2016 – June 4, 2016\nAll are asked to come.",
        "Port opens\nPublished: 3 May 2016\nRoad closes\nPublished: 4 May 2016\nIt opened.",
    ],
)
def test_captions_sentences_and_two_days_date_no_page(text: str) -> None:
    assert publication_line(text) is None


@given(st.text(max_size=300))
def test_never_raises(text: str) -> None:
    line = publication_line("Published: 3 May 2016 " + text)
    assert line is None or line.interval.start == "2016-05-03"
    publication_line(text)


@pytest.mark.parametrize(
    ("text", "start", "end", "rule"),
    [
        # one of the years that the text leaves has the day of the week told of at the head
        (
            "MOSCOW, May 18 (Example) - The minister spoke on Wednesday. President Barack Obama said"
            " that the treaty, which was signed in 2013, would hold.",
            "2016-05-18",
            "2016-05-19",
            "dating.dateline",
        ),
        # two have it: the interval stays
        (
            "MOSCOW, May 18 (Example) - The minister spoke on Wednesday. President Barack Obama said"
            " that the treaty would hold.",
            "2009-01-20",
            "2017-01-21",
            "dating.office",
        ),
        ("The port opened. Ann Lee (@annlee) May 3, 2016", "2016-05-02", None, "dating.post"),
        ("In this May 3, 2016 file photo, Ann Lee waves.", "2016-05-03", None, "dating.picture"),
        ("Sales fell by 3 percent so far in 2009.", "2009-01-01", "2010-01-01", "dating.so_far"),
        ("This article was amended on 6 May 2016.", None, "2016-05-07", "dating.changed"),
        ("They were married on 6 May 2016.", "2016-05-05", None, "dating.past_year"),
    ],
)  # fmt: skip
def test_other_days_limit_when_it_was_written(
    text: str, start: str | None, end: str | None, rule: str
) -> None:
    dating = Coder(stages=[stage()]).code(text).dating
    assert dating.interval is not None
    assert (dating.interval.start, dating.interval.end) == (start, end)
    assert rule in {reason.rule for reason in dating.reasons}
    assert all(text[s.start : s.end] == s.text for r in dating.reasons for s in r.spans)


@pytest.mark.parametrize(
    "text",
    [
        "The capsule that is planned to orbit the moon uncrewed in 2019 is ready.",
        "He once worked under President Bill Clinton.",
        "By 2015 the coal market was in decline.",
        "Fire Chief L. Myers spoke.",
    ],
)
def test_plans_memories_and_initials_close_no_interval(text: str) -> None:
    dating = Coder(stages=[stage()]).code(text).dating
    assert dating.basis in (DateBasis.UNKNOWN, DateBasis.INFERRED)
    assert dating.interval is None or dating.interval.end is None
    assert dating.interval is None or str(dating.interval.start) < "1994"
