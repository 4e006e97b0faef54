"""Where times stand in a text: matches of the forms, the longest first, less what is none."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from spacy.tokens import Doc, Span

from dateline.times.meaning import READERS, Meaning
from dateline.times.patterns import rules
from dateline.times.tables import words

HINT = re.compile(
    r"\d|day|week|month|year|quarter|decade|centur|hour|minute|second|night|morning|evening|afternoon|"
    r"now|current|recent|past|future|present|soon|moment|ago|noon|spring|summer|autumn|fall|winter|"
    r"jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|once|lately|former|previous|annual|daily|"
    r"easter|christmas|ramadan|thanksgiving|halloween|eve|ties|forties|mon\b|tue|wed|thu|fri|sat|sun",
    re.IGNORECASE,
)
"""A sentence without any of these holds no time."""
YEAR_CUES = frozenset(
    [
        "in",
        "since",
        "of",
        "by",
        "until",
        "till",
        "from",
        "to",
        "during",
        "before",
        "after",
        "the",
        "early",
        "mid",
        "late",
        "and",
        "through",
        "between",
        "around",
        "about",
        "circa",
        "or",
        "for",
        "(",
        "summer",
        "spring",
        "autumn",
        "fall",
        "winter",
        "then",
        "back",
        "year",
        "years",
    ]
)
MONTH_CUES = frozenset(
    [
        "in",
        "of",
        "by",
        "since",
        "until",
        "till",
        "from",
        "to",
        "during",
        "last",
        "next",
        "this",
        "early",
        "mid",
        "late",
        "before",
        "after",
        "and",
        "or",
        "through",
        "between",
        "past",
        "around",
        "-",
    ]
)


@dataclass(frozen=True, slots=True)
class Match:
    """A time expression found in ``doc.text[start:end]``."""

    start: int
    end: int
    rule: str
    meaning: Meaning


def matches(doc: Doc) -> list[Match]:
    """Return the time expressions of a document, in order, none inside another."""
    found: list[Match] = []
    for sentence in doc.sents:
        if HINT.search(sentence.text):
            found.extend(_in_sentence(doc, sentence))
    return found


def _in_sentence(doc: Doc, sentence: Span) -> Iterator[Match]:
    text, offset = sentence.text, sentence.start_char
    candidates = sorted(
        (
            (match.start(), -match.end(), order, rule.name, match)
            for order, rule in enumerate(rules())
            for match in rule.pattern.finditer(text)
            if match.end() > match.start()
        ),
        key=lambda candidate: candidate[:3],
    )
    end = -1
    for start, negative_end, _, name, match in candidates:
        if start < end:
            continue
        tokens = doc.char_span(offset + start, offset - negative_end, alignment_mode="expand")
        if tokens is None or not FILTERS.get(name, _always)(tokens, match):
            continue
        end = -negative_end
        yield Match(offset + start, offset + end, name, READERS[name](match.groupdict()))


Filter = Callable[[Span, re.Match[str]], bool]


def _always(tokens: Span, match: re.Match[str]) -> bool:
    return True


def _before(tokens: Span) -> str:
    return tokens.doc[tokens.start - 1].lower_ if tokens.start > 0 else ""


def _after(tokens: Span) -> str:
    return tokens.doc[tokens.end].lower_ if tokens.end < len(tokens.doc) else ""


def _is_year(tokens: Span, match: re.Match[str]) -> bool:
    """Tell "in 2014" from "2014 people"."""
    token = tokens[0]
    if len(tokens) != 1 or _after(tokens) in ("%", "percent") or _before(tokens) in ("$", "£", "€"):
        return False
    following = tokens.doc[tokens.end] if tokens.end < len(tokens.doc) else None
    if token.ent_type_ in ("CARDINAL", "QUANTITY", "MONEY", "PERCENT"):
        return _before(tokens) in ("in", "since", "until")
    counted = token.dep_ == "nummod" and following is not None and following.tag_ == "NNS"
    return not counted and (token.ent_type_ == "DATE" or _before(tokens) in YEAR_CUES)


def _is_month(tokens: Span, match: re.Match[str]) -> bool:
    """Tell "in May" from "may", "the march" and a person called April."""
    text = match.group()
    if not text[0].isupper():
        return False
    if text.lower() in ("may", "march", "mar", "dec", "jan") or tokens[0].ent_type_ == "PERSON":
        return _before(tokens) in MONTH_CUES and tokens[0].ent_type_ != "PERSON"
    return tokens[0].pos_ in ("PROPN", "NOUN", "NUM", "X")


def _is_weekday(tokens: Span, match: re.Match[str]) -> bool:
    name = match["weekday"]
    if len(name.rstrip(".")) <= 4 and name.lower() not in words().weekdays:
        return False
    if len(name.rstrip(".")) <= 5 and not name.lower().rstrip(".").endswith("day"):
        return name[0].isupper() and any(token.ent_type_ == "DATE" for token in tokens)
    return bool(name[0].isupper())


def _has_rate(tokens: Span, match: re.Match[str]) -> bool:
    return bool(match["times"]) or match.group().lower().startswith(("per ", "each ", "every "))


def _lasts(tokens: Span, match: re.Match[str]) -> bool:
    """Leave out "a second" (another), "a quarter" (a fourth), and ages."""
    number, unit = match["num"].lower(), match["unit"].lower()
    after = tokens.doc[tokens.end : tokens.end + 2].text.lower()
    if (
        after.startswith(("-old", "- old", "old", "-", "of age"))
        and "old" in tokens.doc[tokens.end : tokens.end + 3].text.lower()
    ):
        return False
    if unit.startswith("second"):
        return unit == "seconds"
    if unit == "quarter":
        return number not in ("a", "an", "one", "half", "the whole", "all")
    if number == "all":
        return unit in ("day", "night", "week", "year")
    return True


def _is_clock(tokens: Span, match: re.Match[str]) -> bool:
    text = match["clock"] or ""
    if "." in text or (text and ":" not in text):
        return bool(match["half"])
    return True


def _is_same(tokens: Span, match: re.Match[str]) -> bool:
    """Take "the next day" and "that year"; leave "the day"."""
    return bool(match["rel"]) or match.group().lower().startswith("that")


def _edged(tokens: Span, match: re.Match[str]) -> bool:
    """Leave out "later in the week" as an edge of nothing, and months that are none."""
    if match["month"] and not match["month"][0].isupper():
        return False
    if match["theunit"]:
        return match["edge"].lower() in (
            "end",
            "beginning",
            "start",
            "middle",
            "close",
            "turn",
            "late",
            "later",
            "early",
            "earlier",
            "mid",
            "very end",
        )
    return True


def _rel_named(tokens: Span, match: re.Match[str]) -> bool:
    """Leave out "last may" and "the past fall"."""
    unit = match["unit"]
    if unit.lower().rstrip(".") in words().months:
        return bool(unit[0].isupper())
    if match["rel"].lower() in ("current", "same", "that") and unit.lower() in ("second", "night"):
        return False
    return not (match["rel"].lower() == "past" and unit.lower() in ("fall", "spring"))


def _mmdd(tokens: Span, match: re.Match[str]) -> bool:
    name = match["month"] or match["month2"]
    return bool(name[0].isupper())


def _refers(tokens: Span, match: re.Match[str]) -> bool:
    """Leave "in the past two weeks" to the stretch it is."""
    after = _after(tokens)
    counted = after in words().numbers or after in words().units or after.isdigit()
    return not counted and after not in ("few", "several", "couple", "of")


def _named_month(tokens: Span, match: re.Match[str]) -> bool:
    return bool(match["month"][0].isupper())


FILTERS: Mapping[str, Filter] = {
    "year": _is_year,
    "month": _named_month,
    "days": _named_month,
    "monthalone": _is_month,
    "weekday": _is_weekday,
    "frequency": _has_rate,
    "duration": _lasts,
    "clock": _is_clock,
    "sameday": _is_same,
    "edge": _edged,
    "relative": _rel_named,
    "full": _mmdd,
    "reference": _refers,
}
"""Rule → what tells its true matches from the false ones."""
