"""Which expression of a report dates its gist: by what its clause shares with headline and lead."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import spacy.tokens
from spacy.tokens import Doc, Token

from dateline.events.location import clause as clause_of
from dateline.events.words import words
from dateline.language import notes, tokens_at
from dateline.records import DateBasis, Interval, Status, TimeExpression

WEIGHTS = {
    "headline": 4.0,
    "lead": 4.0,
    "near": 3.0,
    "clock": 1.0,
    "same act": 2.0,
    "same subject": 1.5,
    "shared": 0.5,
    "far": -0.5,
    "aside": -2.0,
    "before the story": -2.0,
    "of a noun": -1.0,
    "ahead": -2.0,
}
"""What speaks for a date and against it, beside a clause that tells of the gist: where it stands; an
hour; a verb or noun of the gist, or its subject; words in common with headline and lead (four count);
sentences down; a clause that hangs on another; "had"; "Tuesday's election"; a day after publication."""
LEAST = 2.5
"""What a date that is not of the lead reaches at least, to go before the day of publication."""
COMMON = 4
"""Words in common that count."""
FINE = ("day", "daypart", "hour", "minute", "second", "weekend")
HOURS = ("hour", "minute", "second")
OPEN = ("since", "until", "by", "before", "after")
"""Bounds of what dates something else, or only a side of it."""
NEAR = 31
"""Days between the news and its publication at most."""
CONTENT = ("NOUN", "PROPN", "VERB", "NUM")
SPAN = re.compile(r"P[\dX]{1,2}[DW]|PT[\dX]{1,2}H")
"""Values of stretches from an hour to some weeks."""
HIGHEST = 20
"""Heads that are gone up from one word."""


@dataclass(frozen=True, slots=True)
class Told:
    """What the gist rests on."""

    title: spacy.tokens.Span | None
    lead: spacy.tokens.Span | None
    near: Sequence[spacy.tokens.Span]
    subject: Token | None
    status: Status


Dated = tuple[TimeExpression | None, Interval | None, DateBasis]


def when_of(doc: Doc, told: Told) -> Dated:
    """Return the expression that dates the gist, what it denotes, and what that rests on.

    Without one that speaks of the gist it is the day of publication, with the expression of a lead that
    counts from another happening ("two days before the vote"). A report whose day is not known may still
    have an expression, which then denotes nothing.
    """
    dating = notes(doc).dating.interval if notes(doc).dating.date is not None else None
    found = _best(doc, told, dating)
    if found is not None:
        return found, found.interval, DateBasis.TEXT
    if dating is not None:
        return _counted(doc, told), dating, DateBasis.PUBLISHED
    return None, None, DateBasis.UNKNOWN


def _best(doc: Doc, told: Told, dating: Interval | None) -> TimeExpression | None:
    gist = _Gist(told)
    rated = [
        (worth, -at.i, time)
        for time, at in _dates(doc, dating)
        for worth in [gist.worth(time, at, dating)]
        if worth >= LEAST
    ]
    return max(rated, key=lambda one: one[:2])[2] if rated else None


def _dates(doc: Doc, dating: Interval | None) -> Iterator[tuple[TimeExpression, Token]]:
    """Return the days that could date news, with their first words; later ones of a body."""
    for time in notes(doc).times:
        if time.type not in ("DATE", "TIME") or time.bound in OPEN:
            continue
        if not _fits(time, dating):
            continue
        span = tokens_at(doc, time.span)
        if span is not None and len(span):
            yield time, span.root


def _counted(doc: Doc, told: Told) -> TimeExpression | None:
    """Return the hours or days of a lead or headline that are counted from another happening."""
    for time in notes(doc).times:
        span = tokens_at(doc, time.span)
        if time.type != "DURATION" or not SPAN.fullmatch(time.value or "") or span is None:
            continue
        news = any(s is not None and s.start <= span.start < s.end for s in (told.title, told.lead))
        beside = span.end < len(doc) and doc[span.end].lower_ in words().counting
        if news and beside:
            return time
    return None


def _fits(time: TimeExpression, dating: Interval | None) -> bool:
    """Tell a day, or part of it, of the weeks around publication; without a year where that is unknown."""
    found = time.interval
    if found is None:
        return dating is None and (time.value is None or time.value.startswith("XXXX"))
    if found.granularity not in FINE or found.start is None:
        return False
    if dating is None or dating.start is None:
        return True
    return abs(_apart(found.start, dating.start)) <= NEAR


def _apart(one: str, other: str) -> int:
    """Return the days from the second to the first."""
    first, second = (date.fromisoformat((day + "-01-01")[:10]) for day in (one, other))
    return (first - second).days


class _Gist:
    """The words of the gist, looked up once."""

    def __init__(self, told: Told) -> None:
        self.told = told
        self.who = set() if told.subject is None else _names(told.subject)

    def worth(self, time: TimeExpression, at: Token, dating: Interval | None) -> float:
        """Return how likely a date is that of the gist."""
        clause = clause_of(at, HIGHEST)
        noun = _owner(at)
        near = [t for s in self.told.near if not s.start <= at.i < s.end for t in s]
        told = {t.lemma_.lower() for t in near if t.pos_ in CONTENT}
        happening = {t.lemma_.lower() for t in near if t.pos_ in ("VERB", "NOUN")} - words().saying
        acts = happening & {w.lemma_.lower() for w in (clause, noun) if w is not None}
        subject = next((c for c in clause.children if c.dep_ in ("nsubj", "nsubjpass")), None)
        inside = {t.lemma_.lower() for t in _own(clause) if t.pos_ in CONTENT} & told
        ahead = (
            time.interval is not None
            and time.interval.start is not None
            and dating is not None
            and dating.start is not None
            and _apart(time.interval.start, dating.start) > 0
        )
        marks = {
            **self._where(at),
            "clock": float(time.interval is not None and time.interval.granularity in HOURS),
            "same act": float(bool(acts)),
            "same subject": float(subject is not None and bool(_names(subject) & self.who)),
            "shared": float(min(len(inside), COMMON)),
            "aside": float(_aside(clause) and not acts),
            "before the story": float(_had(clause)),
            "of a noun": float(noun is not None and not acts),
            "ahead": float(ahead and self.told.status in (Status.OCCURRED, Status.ONGOING)),
        }
        return sum(WEIGHTS[name] * value for name, value in marks.items())

    def _where(self, at: Token) -> dict[str, float]:
        """Return where a date stands: headline, lead, near them, or how far below."""
        for name, span in (("headline", self.told.title), ("lead", self.told.lead)):
            if span is not None and span.start <= at.i < span.end:
                return {name: 1.0}
        for number, span in enumerate(self.told.near):
            if span.start <= at.i < span.end:
                return {"near": 1.0, "far": number / len(self.told.near)}
        return {"far": 1.0}


def _owner(token: Token) -> Token | None:
    """Return the noun that a date stands before: "Tuesday's election", "the Nov. 2 victory"."""
    at = token
    for _ in range(HIGHEST):
        if at.dep_ not in ("poss", "compound", "nummod", "nmod", "amod"):
            break
        if (
            at.head.i > token.i
            and at.head.pos_ in ("NOUN", "PROPN")
            and at.head.ent_type_ != "DATE"
        ):
            return at.head
        at = at.head
    return None


def _own(verb: Token) -> Iterator[Token]:
    """Return the words of a clause without those of other clauses below it."""
    yield verb
    for child in verb.children:
        if child.dep_ not in ("relcl", "advcl", "ccomp", "parataxis", "conj") or child.pos_ not in (
            "VERB",
            "AUX",
        ):
            yield from _own(child)


def _names(subject: Token) -> set[str]:
    """Return the words that name a subject."""
    return {
        t.lemma_.lower()
        for t in (subject, *subject.children)
        if t.pos_ in ("NOUN", "PROPN") or t.dep_ == "compound"
    }


def _aside(verb: Token) -> bool:
    """Tell a clause that hangs on another, but "after it left the track": "since it was confirmed"."""
    at = verb
    for _ in range(HIGHEST):
        if at.dep_ in ("relcl", "acl") and not _after(at.head):
            return True
        if at.dep_ == "advcl" and not any(c.lower_ in words().happening for c in at.children):
            return True
        if at.head == at:
            return False
        at = at.head
    return False


def _after(noun: Token) -> bool:
    """Tell "after the bus left the road" where a parser takes "after" for a preposition."""
    return noun.dep_ == "pobj" and noun.head.lower_ in words().happening


def _had(verb: Token) -> bool:
    """Tell what lies before the story: "had warned on Monday"."""
    return verb.tag_ == "VBN" and any(
        c.dep_ == "aux" and c.tag_ == "VBD" and c.lemma_ == "have" for c in verb.children
    )
