from __future__ import annotations

import pytest

from dateline.commitments import stage
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
        ("In April both sides agreed to exchange prisoners by June.", "2021-07-01"),
        ("The premier vowed in March to rebuild the port before May.", "2021-06-01"),
        ("The army plans to leave the base that it built in November.", None),
        ("The militia threatened to shut the pipeline.", None),
        ("The ministry said in March that it would pay the nurses.", None),
    ],
)
def test_deadline(text: str, expected: str | None) -> None:
    found = coded(text)
    ends = [c.deadline.end if c.deadline else None for c in found]
    assert ends == [expected] or (not found and expected is None)
    assert all(c.dated == (c.deadline is not None) for c in found)
    assert all(c.dated or any(b.field == "deadline" for b in c.blanks) for c in found)
