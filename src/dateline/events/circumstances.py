"""When and where it happened, in what numbers, and who says so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from dateline.events.arguments import content
from dateline.events.location import Where, focus, locate, told_by
from dateline.events.words import load_words
from dateline.language import notes, tokens_at
from dateline.records import (
    DateBasis,
    EventSize,
    Interval,
    Participant,
    Quantity,
    Span,
    Statement,
    TimeExpression,
)
from dateline.times.attach import attach

HARM = ("dead", "injured", "arrested", "abducted")
"""Roles of numbers of people who come to harm."""


@dataclass(slots=True)
class When:
    """The time of an event."""

    time: str | None
    interval: Interval | None
    basis: DateBasis


class Circumstances:
    """Times, places and numbers of a report by their tokens, looked up once."""

    def __init__(self, doc: Doc) -> None:
        known = notes(doc)
        self.doc = doc
        self.places = [(s, p) for p in known.places if (s := _first(doc, p.span)) is not None]
        self.about = focus(doc, self.places)
        self.cues = told_by(doc)
        self.quantities = [(s, q) for q in known.quantities if (s := _first(doc, q.span))]
        self.acts: Mapping[int, str] = {}
        """The type of each act of the report by the number of its word."""
        self._sizes: dict[int, list[tuple[Quantity, str | None, int | None]]] = {}
        self.dating = known.dating
        self.published = known.report.published

    def when(self, token: Token) -> When:
        """Return the time nearest to the trigger in its clause or sentence, else the report's."""
        time, basis = attach(self.doc, token)
        if time is not None and time.interval is not None and _carries(token, time):
            return When(time.id, time.interval, basis)
        if self.dating.date is not None:
            return When(None, self.dating.interval, DateBasis.PUBLISHED)
        return When(None, None, DateBasis.UNKNOWN)

    def where(
        self,
        token: Token,
        people: Sequence[Participant],
        type: str = "",
        recipients: Sequence[Participant] = (),
    ) -> Where:
        """Return the place of an event and what it rests on."""
        return locate(self.doc, token, self.places, people, type, recipients, self.about, self.cues)

    def sizes(self, token: Token, kind: str) -> tuple[EventSize, ...]:
        """Return the counts that belong to an event of this type in the trigger's sentence."""
        wanted = load_words().sizes_of.get(kind, ())
        sentence = token.sent
        found: list[EventSize] = []
        for quantity, role, harm in self._counted(sentence.start, sentence.end):
            if harm is not None and harm != token.i and self.acts.get(harm) == kind:
                continue
            if quantity.kind == "money" and "money" in wanted:
                found.append(EventSize(role="money", quantity=quantity.id))
            if role in wanted and role is not None:
                found.append(EventSize(role=role, quantity=quantity.id))
        return tuple(found)

    def _counted(self, start: int, end: int) -> list[tuple[Quantity, str | None, int | None]]:
        """Return the quantities of a sentence with what each may measure, found once.

        The third is the noun whose victims it counts: of "stormed it over the killing of ten"
        the ten are of the killing alone.
        """
        if start not in self._sizes:
            self._sizes[start] = [
                (q, role, _harm(head))
                for head, q in self.quantities
                if start <= head.i < end
                for role in (_roles(self.doc, head, q.counted) if q.kind == "count" else (None,))
            ]
        return self._sizes[start]

    def claim(self, token: Token, span: Span, statements: Sequence[Statement]) -> str | None:
        """Return the innermost statement whose content covers the trigger."""
        cover = [
            (c.end - c.start, s.id)
            for s in statements
            for c in s.content
            if c.start <= span.start and span.end <= c.end
        ]
        return min(cover)[1] if cover else None


def _first(doc: Doc, span: Span) -> Token | None:
    tokens = tokens_at(doc, span)
    return tokens.root if tokens is not None and len(tokens) else None


def _carries(token: Token, time: TimeExpression) -> bool:
    """Tell whether a date reaches the trigger: one of an earlier sentence only a simple past."""
    words = tokens_at(token.doc, time.span)
    if words is None or words.start >= token.sent.start:
        return True
    verb = token
    while verb.pos_ not in ("VERB", "AUX") and verb.head != verb:
        verb = verb.head
    return verb.tag_ == "VBD"


def _harm(head: Token) -> int | None:
    """Return the noun of "the killing of ten people", by its number."""
    link = head.head
    return link.head.i if head.dep_ == "pobj" and link.lower_ == "of" else None


def _roles(doc: Doc, head: Token, counted: Span | None) -> tuple[str | None, ...]:
    """Return what a count measures: of "were abducted and killed" both."""
    tokens = tokens_at(doc, counted) if counted is not None else None
    if tokens is not None and tokens.root.i < head.i:
        tokens = None  # the noun of an earlier number, which has a verb of its own
    noun = content(tokens.root) if tokens is not None and len(tokens) else head
    lemma = noun.lemma_.lower()
    sizes = load_words().sizes
    for role in HARM:
        if lemma in sizes[role].nouns:
            return (role,)
    if suffered := _described(noun):
        return suffered
    at = noun
    for _ in range(4):
        if at.head == at:
            break
        at = at.head
        if at.lower_ == "of" and (harmed := _suffered(at.head)):
            return harmed
        found = _of_verb(at)
        if found:
            return found
        if at.pos_ == "VERB":
            break
    return tuple(role for role, known in sizes.items() if lemma in known.nouns)[:1] or (None,)


def _described(noun: Token) -> tuple[str, ...]:
    """Return what is told of a counted noun behind it: "ten workers who were killed"."""
    for clause in noun.children:
        passive = any(c.dep_ in ("nsubjpass", "auxpass") for c in clause.children)
        if (clause.dep_ == "acl" and clause.tag_ == "VBN") or (clause.dep_ == "relcl" and passive):
            return _of_verb(clause)
    return ()


def _suffered(act: Token) -> tuple[str, ...]:
    lemma = act.lemma_.lower()
    return tuple(role for role, known in load_words().sizes.items() if lemma in known.suffered)


def _of_verb(verb: Token) -> tuple[str, ...]:
    """Return the roles that a verb, and those it shares its subject with, give a count."""
    shared = [
        c
        for c in verb.conjuncts
        if c.pos_ == "VERB"
        and not any(d.dep_ in ("nsubj", "nsubjpass", "dobj") for d in c.children)
    ]
    verbs = [verb, *(c for c in shared if verb.pos_ in ("VERB", "AUX") and c.i > verb.i)]
    lemmas = [word.lemma_.lower() for word in verbs]
    sizes = load_words().sizes.items()
    roles = [role for lemma in lemmas for role, known in sizes if lemma in known.verbs]
    return tuple(dict.fromkeys(roles))
