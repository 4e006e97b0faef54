"""Find the time expressions of a parsed report and read their words, before any is dated."""

from __future__ import annotations

import re
from dataclasses import replace

from spacy.tokens import Doc

from dateline.language.notes import notes, text_of
from dateline.times.build import meaning_of
from dateline.times.cues import cues
from dateline.times.filters import filtered
from dateline.times.meaning import Meaning, Mention
from dateline.times.scan import Found, Word, scan
from dateline.times.values import SEASONS


def fitting(mentions: list[Mention], *, narrative: bool) -> list[Mention]:
    """Drop the words that only the other kind of text marks as times."""
    unfit = cues().news_only if narrative else cues().narrative_only
    refs = ("ref", "this_time")
    return [m for m in mentions if m.rule not in refs or m.meaning.word.lower() not in unfit]


def recognise(doc: Doc) -> list[Mention]:
    """Return the mentions of a report, in order."""
    out: list[Mention] = []
    text = text_of(doc)
    for segment in notes(doc).segments:
        out.extend(recognise_text(text[segment.start : segment.end], segment.start))
    return out


def recognise_text(text: str, offset: int = 0) -> list[Mention]:
    """Return the mentions of one stretch of text; ``offset`` is added to their bounds."""
    words, _, matches = scan(text, meaning_of)
    out = []
    for found, meaning in matches:
        mention = _mention(found, meaning, words, text)
        if mention is not None:
            out.append(replace(mention, start=mention.start + offset, end=mention.end + offset))
    return shared(out, text, offset)


SHARING = re.compile(r"\s*(?:-|–|—|,|/|to|and|or|until|till|through)\s*(?:the\s+)?", re.IGNORECASE)
LISTED = re.compile(
    r"\s*(?:-|–|—|,?\s*(?:to|and|or|until|till|through)|,)\s*(?:the\s+)?", re.IGNORECASE
)
RANGE = re.compile(r"\s*(?:-|–|—|to|until|till|through)\s*(?:the\s+)?", re.IGNORECASE)


def shared(mentions: list[Mention], text: str, offset: int = 0) -> list[Mention]:
    """Give dates of a list or range the year that its last one names: "May to July 1954"."""
    out = _with_months(mentions, text, offset)
    for i in range(len(out) - 2, -1, -1):
        first, second = out[i].meaning, out[i + 1].meaning
        gap = text[out[i].end - offset : out[i + 1].start - offset]
        if first.kind != "date" or second.kind != "date" or not SHARING.fullmatch(gap):
            continue
        if not (_yearless(first) and second.year and (second.month or second.season)):
            continue
        back = int(_position(first) > _position(second))
        if back and not RANGE.fullmatch(gap):
            continue
        year = second.year + back if second.bc else second.year - back
        out[i] = replace(out[i], meaning=replace(first, year=year, bc=second.bc))
    return [
        new if new.meaning.year is not None else old for old, new in zip(mentions, out, strict=True)
    ]


def _with_months(mentions: list[Mention], text: str, offset: int) -> list[Mention]:
    """Give the days of a list the month named before them: "May 3, 5 and 7, 2019"."""
    out = list(mentions)
    for i in range(1, len(out)):
        first, second = out[i - 1].meaning, out[i].meaning
        gap = text[out[i - 1].end - offset : out[i].start - offset]
        if second.word == "list" and second.month is None and first.month and LISTED.fullmatch(gap):
            out[i] = replace(out[i], meaning=replace(second, month=first.month))
    return out


def _yearless(meaning: Meaning) -> bool:
    return (
        bool(meaning.month or meaning.season)
        and meaning.year is None
        and meaning.shift is None
        and meaning.value is None
    )


def _position(meaning: Meaning) -> tuple[int, int]:
    start = meaning.month or SEASONS.get(str(meaning.season), (1, 1))[0]
    return start, meaning.day or 0 if meaning.month else 0


def _mention(found: Found, meaning: Meaning, words: list[Word], text: str) -> Mention | None:
    before = tuple(w.text.lower() for w in words[max(0, found.first - 3) : found.first])
    after = tuple(w.text.lower() for w in words[found.last : found.last + 2])
    if found.rule.id == "holiday" and _named_after(words, found.last):
        return None
    chosen = words[found.first : found.last]
    mention = Mention(
        chosen[0].start,
        chosen[-1].end,
        found.rule.id,
        meaning,
        before,
        after,
        follows_name=_after_capital(words, found.first, text),
    )
    return filtered(mention, text[mention.start : mention.end])


def _after_capital(words: list[Word], at: int, text: str) -> bool:
    """Tell whether a capitalised word stands one blank before the word ``at``."""
    if not at or not words[at - 1].text[:1].isupper():
        return False
    return text[words[at - 1].end : words[at].start] == " "


def _named_after(words: list[Word], end: int) -> bool:
    """Tell the "Easter" of "Easter Island" and the "Tet" of "the Tet Offensive"."""
    following = words[end].text if end < len(words) and words[end].value is None else ""
    return following.istitle() and len(following) > 1
