"""How times are written: one pattern a form, the longest match wins.

Each rule is a regular expression whose groups a reader of the same name in
``meaning`` turns into a ``Meaning``. Patterns match without case.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from dateline.times.tables import words


@dataclass(frozen=True, slots=True)
class Rule:
    """A form of time expression."""

    name: str
    pattern: re.Pattern[str]


def _any(names: Iterable[str]) -> str:
    ordered = sorted(set(names), key=lambda name: (-len(name), name))
    return "(?:" + "|".join(re.escape(name).replace("'", "['’]") for name in ordered) + ")"


def _named(names: Iterable[str]) -> str:
    """Match names in full, or short with or without their full stop."""
    short = [
        name
        for name in names
        if len(name) <= 5 and name not in ("march", "april", "june", "july", "may")
    ]
    full = [name for name in names if name not in short]
    return rf"(?:{_any(full)}\b|{_any(short)}\b\.?)"


def _pieces() -> dict[str, str]:
    table = words()
    number = _any(table.numbers) + r"(?:[\s-]" + _any(table.numbers) + ")?"
    return {
        "MONTH": _named(table.months),
        "DAYNAME": _named(table.weekdays),
        "UNIT": _any(table.units),
        "CALUNIT": "(?:day|night|week|weekend|month|quarter|year|decade|century|millennium)",
        "SEASON": _any(table.seasons),
        "PART": "(?:morning|midday|noon|lunchtime|afternoon|evening|night|dawn|dusk)",
        "NUM": rf"(?:\d[\d,]*(?:\.\d+)?|{number})",
        "VAGUE": r"(?:a\s+few|several|some|many|a\s+couple(?:\s+of)?|couple\s+of|a\s+number\s+of|recent|coming|next\s+few|numerous|(?:tens|dozens|hundreds|thousands)\s+of)",
        "YEAR": r"(?:1[0-9]{3}|20[0-9]{2})",
        "ORDDAY": r"(?:[12]?\d(?:st|nd|rd|th)|3[01](?:st|th)|(?:twenty|thirty)[\s-](?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)|"
        + _any(n for n in table.ordinals if n not in ("last", "final"))
        + ")",
        "DAY": r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?",
        "ORD": r"(?:\d{1,2}(?:st|nd|rd|th)|" + _any(table.ordinals) + ")",
        "EDGE": r"(?:very\s+)?(?:early|earlier|late|later|mid|middle|beginning|start|end|outset|turn|close|dawn|first\s+half|second\s+half|latter\s+half|latter\s+part|early\s+part)",
        "CLOCK": r"(?:[01]?\d|2[0-4])[:.][0-5]\d(?::[0-5]\d)?",
        "ZONE": r"(?:GMT|UTC|BST|EST|EDT|CST|CDT|MST|MDT|PST|PDT|CET|ET|PT|Z)",
        "HOLIDAY": _any(table.holidays),
        "REL": r"(?:last|past|previous|preceding|next|coming|following|this|current|same|that|subsequent|upcoming)",
        "SEP": r"[\s,]+",
        "APPROX": r"(?:about|around|approximately|roughly|some|nearly|almost|just\s+over|just\s+under|more\s+than|less\s+than|fewer\s+than|over|under|at\s+least|at\s+most|up\s+to|no\s+more\s+than|no\s+less\s+than)",
    }


FORMS: tuple[tuple[str, str], ...] = (
    ("iso", r"(?P<year>{YEAR})-(?P<month>\d\d)-(?P<day>\d\d)(?:T(?P<clock>\d\d:\d\d(?::\d\d)?))?"),
    ("slashes", r"(?P<month>0?[1-9]|1[0-2])/(?P<day>3[01]|[12]\d|0?[1-9])/(?P<year>{YEAR}|\d\d)"),
    (
        "full",
        r"(?:(?P<weekday>{DAYNAME}),?\s+)?(?:the\s+)?(?:(?P<part>{PART})\s+of\s+)?(?:(?P<month>{MONTH})\s+(?P<day>{DAY})|(?P<day2>{DAY})(?:\s+of)?\s+(?P<month2>{MONTH}))(?:{SEP}(?P<year>{YEAR}))?(?!\s*%|[\d:]|,\d{{3}})",
    ),
    (
        "days",
        r"(?P<month>{MONTH})\s+(?P<day>{DAY})\s?(?:-|–|to|and)\s?(?P<day2>{DAY})(?:{SEP}(?P<year>{YEAR}))?(?![\d:])",
    ),
    (
        "edge",
        r"(?:the\s+)?(?P<edge>{EDGE})(?:\s+(?:of|in))?[\s-]+(?:the\s+)?(?P<inner>(?:(?P<month>{MONTH})(?:\s+(?:of\s+)?(?P<year>{YEAR}))?|(?P<yearonly>{YEAR})s?|(?P<decade>(?:{YEAR}|['’]?\d0)s)|(?P<century>{ORD}[\s-]century)|(?P<rel>{REL})\s+(?P<unit>{CALUNIT}|{SEASON}|{MONTH})|(?P<theunit>{CALUNIT})|(?P<season>{SEASON})(?:\s+(?:of\s+)?(?P<syear>{YEAR}))?|(?P<weekday>{DAYNAME})))",
    ),
    ("month", r"(?P<month>{MONTH})(?:\s+of)?,?\s+(?P<year>{YEAR}|this\s+year|last\s+year|next\s+year|['’]\d\d)"),
    ("monthalone", r"(?P<month>{MONTH})"),
    ("season", r"(?:the\s+)?(?P<season>{SEASON})(?:\s+of)?,?\s+(?P<year>{YEAR}|this\s+year|last\s+year|next\s+year)"),
    (
        "quarter",
        r"(?:the\s+)?(?:fiscal\s+)?(?P<ord>first|second|third|fourth|last|1st|2nd|3rd|4th)[\s-](?P<kind>quarter|half)(?:\s+(?:of\s+)?(?:fiscal\s+)?(?P<year>{YEAR}|this\s+year|last\s+year|next\s+year|the\s+year))?",
    ),
    ("q", r"Q(?P<ord>[1-4])(?:\s+(?:of\s+)?(?P<year>{YEAR}))?"),
    ("fiscal", r"(?:fiscal|financial)(?:\s+year)?\s+(?P<year>{YEAR})"),
    ("decade", r"(?:the\s+)?(?P<decade>(?:{YEAR}|['’]?[2-9]0)s|(?:nineteen[\s-])?(?:twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties))"),
    ("century", r"(?:the\s+)?(?P<ord>{ORD})[\s-]century(?:\s+(?P<era>BC|BCE|AD|CE))?"),
    ("era", r"(?:AD\s+(?P<ad>\d{{1,4}})|(?P<year>\d{{1,4}})\s+(?P<era>B\.?C\.?E?\.?|A\.?D\.?|C\.?E\.?))"),
    ("year", r"(?P<year>{YEAR})"),
    ("nine_eleven", r"9/11|Sept(?:ember|\.)?\s+11(?=\s+(?:attacks|terrorist|hijack))"),
    ("today", r"(?P<word>today|tonight|yesterday|tomorrow|this\s+(?:morning|afternoon|evening)|last\s+night|overnight|the\s+day\s+before\s+yesterday|the\s+day\s+after\s+tomorrow)(?:\s+(?P<part>{PART}))?"),
    ("weekday", r"(?:(?P<edge>early|late)\s+)?(?:(?P<rel>last|past|next|this|coming|following|previous)\s+)?(?P<weekday>{DAYNAME})(?:\s+(?P<part>{PART}))?(?:\s+(?P<week>last\s+week|this\s+week|next\s+week))?"),
    ("relative", r"(?:the\s+)?(?:(?P<edge>early|earlier|late|later)\s+)?(?P<rel>{REL})\s+(?P<unit>{CALUNIT}|{SEASON}|{MONTH}|(?:morning|afternoon|evening))"),
    ("ago", r"(?:(?P<approx>{APPROX})\s+)?(?P<num>{NUM}|{VAGUE})(?:\s+and\s+a\s+half)?\s+(?P<unit>{UNIT})\s+(?P<way>ago|earlier|later|from\s+now|from\s+today|hence|back|before\s+that|after\s+that)"),
    ("apart", r"(?:(?P<approx>{APPROX})\s+)?(?P<num>{NUM}|{VAGUE})\s+(?P<unit>{UNIT})\s+(?P<way>before|after)(?=\s+(?:the|his|her|its|their|a|an|he|she|it|they))"),
    ("span", r"(?:the\s+)?(?P<rel>last|past|previous|next|coming|first|following|recent)\s+(?:(?P<num>{NUM}|{VAGUE})\s+)?(?P<unit>seconds|minutes|hours|days|nights|weeks|weekends|months|quarters|years|decades|centuries|{UNIT})(?<=s)"),
    ("duration", r"(?:(?P<approx>{APPROX})\s+)?(?P<num>{NUM}|{VAGUE}|half\s+an?|the\s+whole|the\s+entire|all)(?:\s+and\s+(?P<half>a\s+half))?(?:[\s-]+(?:consecutive|straight|full|more|additional|long)\s+|[\s-]+)(?P<unit>{UNIT})(?:\s+and\s+(?P<tail>a\s+half))?(?![\s-]old\b.{{0,0}})"),
    ("durations", r"(?P<vague>days|weeks|months|years|decades|centuries|hours|minutes)"),
    ("set", r"(?P<each>every|each)\s+(?:(?P<num>{NUM}|other)\s+)?(?P<unit>{UNIT}|{DAYNAME}|{MONTH}|{SEASON}|{PART})"),
    ("frequency", r"(?:(?P<times>once|twice|{NUM}\s+times)\s+)?(?:a|per|each|every)\s+(?P<unit>second|minute|hour|day|week|month|quarter|year|decade)"),
    ("adverb", r"(?P<word>daily|weekly|monthly|quarterly|yearly|annually|annual|nightly|hourly|biweekly)"),
    ("clock", r"(?:(?P<clock>{CLOCK})(?:\s*(?P<half>[ap]\.?m\.?))?|(?P<hour>1[0-2]|[1-9])\s?(?P<half2>[ap]\.?m\.?)|(?P<word>noon|midnight))(?:\s+(?P<zone>{ZONE}))?(?:\s+(?:on\s+)?(?P<weekday>{DAYNAME}))?"),
    ("holiday", r"(?P<holiday>{HOLIDAY})(?:,?\s+(?P<year>{YEAR}))?|(?P<ramadan>Ramadan)"),
    ("ordinal", r"the\s+(?P<ord>{ORDDAY})(?:\s+(?:day\s+)?of\s+(?:the|this|last|next)\s+month)"),
    ("sameday", r"(?:the|that)\s+(?:(?P<rel>next|following|same|previous|preceding)\s+)?(?P<unit>day|week|month|year|night|morning|afternoon|evening)"),
    ("weekends", r"(?:the|this|last|next|over\s+the)\s+weekend"),
)  # fmt: skip
"""Name and pattern of each form, in order of preference among matches of one length."""


@cache
def rules() -> tuple[Rule, ...]:
    """Return the compiled rules."""
    pieces = _pieces()
    references = "|".join(
        re.escape(phrase).replace(r"\ ", r"\s+")
        for phrases in words().references.values()
        for phrase in sorted(phrases, key=len, reverse=True)
    )
    forms = (*FORMS, ("reference", f"(?P<word>{references})"))
    return tuple(
        Rule(name, re.compile(rf"(?<![\w/]){_filled(form, pieces)}(?![\w/])", re.IGNORECASE))
        for name, form in forms
    )


def _filled(form: str, pieces: dict[str, str]) -> str:
    if form.startswith("(?P<word>") and "{" not in form:
        return f"(?:{form})"
    return f"(?:{form.format(**pieces)})"
