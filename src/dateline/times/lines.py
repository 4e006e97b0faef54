"""The line in which a page says when it was published: "Updated: 2017-09-15 17:52", "Thursday 10 November 2016".

Such lines are copied along with a report. Only what can be nothing else counts: a label
with its date, a date that is the whole of a line at the head, a date between the byline and
the dateline, or a paper with its date and page. A date in a caption or a sentence dates the
picture or the event.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dateline.language.cleaning import starts_dateline
from dateline.records import Interval, Span
from dateline.times.meaning import Mention
from dateline.times.recognise import recognise_text
from dateline.times.values import interval_of

HEAD, FOOT, LONGEST = 6, 3, 200
"""Lines at the head and the foot of a page that are read, and characters of one at most."""
LABEL = re.compile(
    r"(?P<first>(?i:(?:first|originally)\s+(?:published|posted)))"
    r"|(?P<changed>(?i:(?:last\s+)?(?:updated|modified)))"
    r"|(?P<published>(?i:published|posted|issued))"
)
AFTER_LABEL = re.compile(r"(?i)\s*(?P<colon>:)?\s*(?:(?:on|at)\b)?\s*")
OPENS = re.compile(r"(?:^|[|·•(\[/–—-])\s*$")
"""What may stand before a label that no colon follows."""
BESIDE = re.compile(
    r"(?:[\s\d:.,()|·•–—-]"
    r"|\b(?:[A-Z][\w.&'’]*+|[ap]\.m\.|[ap]m|by|at|on|of|hrs?|local|time|page\s?\w++)(?!\w))*+"
)
"""What may stand beside the date: a time, its zone, an agency, a byline."""
PAPER = re.compile(
    r"\((?P<name>[A-Z][\w.&'’ ]{2,40}?)\s(?P<date>\d{1,2}/\d{1,2}/\d{4})\s+page\s?\w+\)"
)
BYLINE_HEAD = 300
"""Characters at the head within which a byline ends with a date and a dateline follows."""
NOT_BYLINE = frozenset(
    {"in", "on", "of", "since", "from", "until", "by", "before", "after", "to", "this"}
)


@dataclass(frozen=True, slots=True)
class PublicationLine:
    """A day that a page gives as its own."""

    interval: Interval
    span: Span
    label: str
    """``first``, ``published``, ``changed`` or ``date``."""


def publication_line(text: str) -> PublicationLine | None:
    """Return the day on which a page says it was published; ``None`` where it names none or two.

    The day of publication counts before the day of a change.
    """
    found = list(_lines(text))
    for label in ("first", "published", "date", "changed"):
        days = {one.interval.start: one for one in found if one.label == label}
        if days:
            return next(iter(days.values())) if len(days) == 1 else None
    return None


def full_day(mention: Mention) -> Interval | None:
    """Return the day of a date with its year and month; ``None`` for all others."""
    meaning = mention.meaning
    if meaning.value and mention.rule == "iso":
        return interval_of(meaning.value[:10])
    if meaning.kind != "date" or not (meaning.year and meaning.month and meaning.day) or meaning.bc:
        return None
    if mention.rule == "slash" and meaning.day <= 12 and meaning.day != meaning.month:
        return None  # the day or the month first
    return interval_of(f"{meaning.year:04d}-{meaning.month:02d}-{meaning.day:02d}")


def _lines(text: str) -> Iterator[PublicationLine]:
    spans = [m.span() for m in re.finditer(r"[^\n]+", text) if m[0].strip()]
    for start, end in sorted({*spans[:HEAD], *spans[-FOOT:]}):
        if end - start <= LONGEST:
            yield from _labelled(text, start, end)
            yield from _papers(text, start, end)
    for start, end in spans[:HEAD]:
        if end - start <= LONGEST and (whole := _whole(text, start, end)) is not None:
            yield whole
    byline = _byline(text)
    if byline is not None:
        yield byline


def _labelled(text: str, start: int, end: int) -> Iterator[PublicationLine]:
    """Read "PUBLISHED: 07:27 EST, 9 November 2016 | UPDATED: 09:11 EST, 9 November 2016"."""
    labels = list(LABEL.finditer(text, start, end))
    ends = [*(label.start() for label in labels[1:]), end]
    for label, last in zip(labels, ends, strict=False):
        gap = AFTER_LABEL.match(text, label.end(), end)
        assert gap is not None
        own_line = OPENS.search(text[start : label.start()]) is not None
        marked = (
            gap["colon"]
            and label[0][:1].isupper()
            and not text[label.start() - 1 : label.start()].isalnum()
        )
        if not own_line and not marked:
            continue
        day = _beside(text, gap.end(), last, strict_tail=not gap["colon"])
        if day is not None:
            interval, span = day
            yield PublicationLine(interval, span, str(label.lastgroup))


def _whole(text: str, start: int, end: int) -> PublicationLine | None:
    """Read a line that is a date and nothing else."""
    day = _beside(text, start, end, strict_tail=True)
    if day is None or len([m for m in recognise_text(text[start:end]) if full_day(m)]) > 1:
        return None
    interval, span = day
    rest = text[start : span.start] + text[span.end : end]
    words = re.findall(r"[^\W\d_]{4,}", rest)
    return None if words else PublicationLine(interval, span, "date")


def _beside(text: str, start: int, end: int, *, strict_tail: bool) -> tuple[Interval, Span] | None:
    """Return the first full day of a stretch in which little else stands."""
    for mention in recognise_text(text[start:end], start):
        interval = full_day(mention)
        if interval is None:
            continue
        before, after = text[start : mention.start], text[mention.end : end]
        if len(before) > 30 or not BESIDE.fullmatch(before):
            return None
        if strict_tail and not BESIDE.fullmatch(after):
            return None
        return interval, Span(
            start=mention.start, end=mention.end, text=text[mention.start : mention.end]
        )
    return None


def _papers(text: str, start: int, end: int) -> Iterator[PublicationLine]:
    """Read "(Example Daily 07/15/2016 page 1)"."""
    for match in PAPER.finditer(text, start, end):
        for mention in recognise_text(match["date"], match.start("date")):
            interval = full_day(mention)
            if interval is not None:
                span = Span(start=mention.start, end=mention.end, text=match["date"])
                yield PublicationLine(interval, span, "published")


def _byline(text: str) -> PublicationLine | None:
    """Read the day between byline and dateline: "BY ANN LEE Staff Writer March 29, 2009 SPRINGFIELD --"."""
    for mention in recognise_text(text[: BYLINE_HEAD + 60]):
        interval = full_day(mention)
        if interval is None or mention.start > BYLINE_HEAD:
            continue
        near = mention.before[-1:]
        if (
            near
            and near[0] not in NOT_BYLINE
            and starts_dateline(text[mention.end :].lstrip()[:80])
        ):
            span = Span(
                start=mention.start, end=mention.end, text=text[mention.start : mention.end]
            )
            return PublicationLine(interval, span, "date")
    return None
