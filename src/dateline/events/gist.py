"""What a report tells in one line: who, what, where, when, from its headline and its lead.

The events of the ontology are acts of politics; a report may be on a match, an accident or a
product. Its gist is taken from the main clause of the headline, else of the lead sentence, whatever
it is about.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import spacy.tokens
from spacy.tokens import Doc, Token

from dateline.events.gist_time import Told, when_of
from dateline.events.location import Placed, focus, goes_to
from dateline.events.status import load_cues, status_of
from dateline.events.words import words
from dateline.language import columns, notes, sentences, span_of, tokens_at
from dateline.records import (
    Blank,
    BlankReason,
    Event,
    Gist,
    Place,
    Reason,
    Span,
    make_id,
)

LEAD = 4
"""Sentences of the body that may tell the news first."""
CARRYING = ("NOUN", "PROPN", "VERB", "NUM")
"""Parts of speech of the words by which headline and sentence are compared."""
SHORT = 4
"""Words that a sentence has at least."""
SHARED = 2
"""Words that another sentence shares with the headline more than the first one, to be the lead."""
SUBJECTS = ("nsubj", "nsubjpass", "csubj", "expl")
KEPT = (
    "dobj",
    "attr",
    "acomp",
    "oprd",
    "xcomp",
    "prt",
    "prep",
    "dative",
    "agent",
    "neg",
    "npadvmod",
)
"""What belongs to a predicate beside its verb."""
DESCENTS = 3
"""Clauses that are gone down from who tells to what is told."""
MOST = 25
"""Words of a predicate at most."""
BUILT = frozenset({"FAC"})
"""Entities that are sites, which a gazetteer of towns lacks."""


@dataclass(frozen=True, slots=True)
class Clause:
    """The clause that says what the report tells."""

    head: Token
    subject: Token | None
    title: bool


def gist_of(doc: Doc, events: Sequence[Event]) -> Gist | None:
    """Return the gist of a report; ``None`` where it has no sentence with a verb or noun."""
    title, body = _sentences(doc)
    lead = _lead(title, body)
    clauses = [c for s in (title, lead) if s is not None for c in [_clause(s, s is title)] if c]
    if not clauses:
        return None
    told = next((c for c in clauses if c.subject is not None), clauses[0])
    what = _predicate(told)
    near = [s for s in dict.fromkeys((title, lead, *body[:LEAD])) if s is not None]
    who = _who(told, clauses)
    same = _event(told, near, events)
    where, place, basis = _where(doc, told, near, same)
    found = status_of(doc, told.head)
    base = Told(title, lead, near, told.subject, found.status)
    time, interval, time_basis = when_of(doc, base)
    gist = Gist(
        id=make_id("g", what),
        sentence=span_of(told.head.sent[:]),
        who=who,
        participants=_participants(doc, who),
        what=what,
        where=where,
        place=place.id if place else None,
        place_basis=basis,
        time=time.id if time else None,
        interval=interval,
        time_basis=time_basis,
        status=found.status,
        negated=found.negated,
        event=same.id if same else None,
        why=(
            Reason(
                field="what",
                rule="gist/title" if told.title else "gist/lead",
                detail="main clause of the " + ("headline" if told.title else "lead"),
                spans=(what,),
            ),
        ),
    )
    empty = {"who": not who, "where": where is None and place is None, "interval": interval is None}
    return _with_blanks(gist, [name for name, missing in empty.items() if missing])


def _with_blanks(gist: Gist, names: Sequence[str]) -> Gist:
    blanks = tuple(Blank(field=n, reason=BlankReason.NOT_MENTIONED) for n in names)
    return replace(gist, blanks=blanks)


# ------------------------------------------------------------------ headline and lead


def _sentences(doc: Doc) -> tuple[spacy.tokens.Span | None, list[spacy.tokens.Span]]:
    """Return the headline and the first sentences of the body."""
    kinds, read = [(s.start, s.end, s.kind) for s in notes(doc).segments], columns(doc)
    title: spacy.tokens.Span | None = None
    body: list[spacy.tokens.Span] = []
    for sentence in sentences(doc):
        kind = next((k for a, b, k in kinds if a <= sentence.start_char < b), "body")
        if kind == "title":
            title = sentence if title is None else doc[title.start : sentence.end]
        elif (
            kind == "body"
            and sum(map(str.isalpha, read.text[sentence.start : sentence.end])) >= SHORT
        ):
            body.append(sentence)
        if len(body) > 2 * LEAD:
            break
    return title, body


def _words(span: spacy.tokens.Span) -> set[str]:
    read = columns(span.doc)
    return {read.base[i] for i in range(span.start, span.end) if read.pos[i] in CARRYING}


def _lead(
    title: spacy.tokens.Span | None, body: Sequence[spacy.tokens.Span]
) -> spacy.tokens.Span | None:
    """Return the sentence that tells the news: the first, or one clearly nearer to the headline."""
    if not body:
        return None
    if title is None:
        return body[0]
    wanted = _words(title)
    shared = [len(wanted & _words(s)) for s in body[:LEAD]]
    best = max(range(len(shared)), key=lambda n: (shared[n], -n))
    return body[best] if shared[best] >= shared[0] + SHARED else body[0]


def _clause(span: spacy.tokens.Span, title: bool) -> Clause | None:
    """Return the main clause; of a headline in parts the first one with a subject."""
    within, above = range(span.start, span.end), columns(span.doc).head
    heads = [span.doc[i] for i in within if above[i] == i or above[i] not in within]
    found = [_told(head) for head in heads if head.pos_ not in ("PUNCT", "SPACE")]
    if not found:
        return None
    verbs = [h for h in found if h.pos_ in ("VERB", "AUX")]
    with_subject = [(h, s) for h in verbs if (s := _subject(h)) is not None]
    if with_subject:
        verb, subject = with_subject[0]
        return Clause(_past_hedge(verb, span) if title else verb, subject, title)
    if title and (passive := _bare_passive(span)) is not None:
        return Clause(_past_hedge(passive, span), passive.head, title)
    return Clause((verbs or found)[0], None, title)


def _bare_passive(title: spacy.tokens.Span) -> Token | None:
    """Return the verb of "Driver arrested after crash", which a parser takes for a noun's."""
    return next(
        (t for t in title if t.tag_ in ("VBN", "VBD") and t.dep_ == "acl" and t.head.i == t.i - 1),
        None,
    )


def _past_hedge(verb: Token, title: spacy.tokens.Span) -> Token:
    """Return the news of "Man suspected to be the killer arrested": the arrest."""
    hedging = load_cues().lists["hedging"]
    bare = verb.tag_ in ("VBN", "VBD") and not any("aux" in c.dep_ for c in verb.children)
    if not bare or verb.lemma_.lower() not in hedging:
        return verb
    later = [t for t in title if t.i > verb.i and t.tag_ in ("VBN", "VBD")]
    return next((t for t in later[::-1] if t.lemma_.lower() not in hedging), verb)


def _told(head: Token) -> Token:
    """Go down from "police said that" to what they said."""
    for _ in range(DESCENTS):
        inner = next((c for c in head.children if c.dep_ == "ccomp"), None)
        lemma = head.lemma_.lower()
        if inner is None or lemma not in load_cues().lists["reporting"] or _subject(inner) is None:
            break
        head = inner
    return head


def _subject(verb: Token) -> Token | None:
    return next((c for c in verb.children if c.dep_ in SUBJECTS), None)


# ------------------------------------------------------------------ who and what


def _who(told: Clause, clauses: Sequence[Clause]) -> tuple[Span, ...]:
    """Return the subject, and beside a passive the agent, each with its coordination."""
    clause = told if told.subject is not None else next((c for c in clauses if c.subject), told)
    if clause.subject is None:
        return ()
    agents = [
        c for a in clause.head.children if a.dep_ == "agent" for c in a.children if c.dep_ == "pobj"
    ]
    return tuple(_phrase(token) for token in (clause.subject, *agents))


def _phrase(head: Token) -> Span:
    """Return a noun phrase without its clauses, and without a date that was read into it."""
    doc = head.doc
    clauses = (
        c
        for c in head.children
        if c.dep_ in ("relcl", "acl", "punct", "advcl", "parataxis") and c.i > head.i
    )
    dates = (
        c
        for c in head.subtree
        if c.dep_ == "prep" and any(t.ent_type_ in ("DATE", "TIME") for t in c.children)
    )
    cut = {t.i for part in (*clauses, *dates) for t in part.subtree}
    inside = [t.i for t in head.subtree if t.i not in cut and t.sent == head.sent]
    first, last = min(inside), head.i
    for i in inside:
        if i > last and i == last + 1:
            last = i
    return span_of(doc[first : last + 1])


def _predicate(told: Clause) -> Span:
    """Return the verb with what belongs to it; without a verb the whole headline."""
    head, doc = told.head, told.head.doc
    if head.pos_ not in ("VERB", "AUX"):
        return span_of(head.sent[:]) if told.title else _phrase(head)
    first = min([head.i, *(c.i for c in head.children if c.dep_ in ("aux", "auxpass", "neg"))])
    if told.subject is not None and first < told.subject.i < head.i:
        first = head.i
    last = head.i
    for child in head.children:
        if child.dep_ in KEPT and child.i > head.i:
            last = max(last, max(t.i for t in child.subtree))
    end = min(last, first + MOST, head.sent.end - 1)
    while end > head.i and doc[end].is_punct:
        end -= 1
    return span_of(doc[first : end + 1])


def _participants(doc: Doc, who: Sequence[Span]) -> tuple[str, ...]:
    """Return the ids of the participants whose name stands in the words for who."""
    found = [
        p.id
        for span in who
        for p in notes(doc).participants
        if span.start <= p.head.start and p.head.end <= span.end
    ]
    return tuple(dict.fromkeys(found))


def _event(
    told: Clause, near: Sequence[spacy.tokens.Span], events: Sequence[Event]
) -> Event | None:
    """Return the event of the ontology that the clause tells, if it is one."""
    sentence = span_of(told.head.sent[:])
    inside = [
        e
        for e in events
        if not e.historical
        and any(sentence.start <= m.start and m.end <= sentence.end for m in e.mentions)
    ]
    head = span_of(told.head)
    exact = [e for e in inside if any(m.start <= head.start < m.end for m in e.mentions)]
    return next(iter(exact or inside), None)


# ------------------------------------------------------------------ where and when


def _where(
    doc: Doc, told: Clause, near: Sequence[spacy.tokens.Span], same: Event | None
) -> tuple[Span | None, Place | None, str]:
    """Return the words for where, the place behind them, and what it rests on.

    ``same``: the event that the gist tells of; its own place goes before the dateline.
    """
    placed = [
        (span.root, p) for p in notes(doc).places if (span := tokens_at(doc, p.span)) is not None
    ]
    for sentence in near:
        inside = [(h, p) for h, p in placed if sentence.start <= h.i < sentence.end]
        located = [
            (h, p)
            for h, p in inside
            if not p.associative and _locative(h) and not goes_to(h, told.head)
        ]
        site = next((e for e in sentence.ents if e.label_ in BUILT and _locative(e.root)), None)
        if site is not None:
            within = next((p for h, p in located if h.i >= site.start), None)
            return span_of(site), within, "sentence"
        if located:
            place = _finer(located[0][1], near, placed)
            return place.span, place, "sentence"
    own = next((p for _, p in placed if same is not None and p.id == same.place), None)
    if own is not None and same is not None and same.place_basis == "argument":
        return own.span, own, "sentence"
    of_line = _dateline(doc, placed)
    found = of_line or _named(told, near, placed) or focus(doc, placed)
    if found is None:
        return None, None, ""
    return found.span, found, "dateline" if of_line is not None else "report"


def _finer(place: Place, near: Sequence[spacy.tokens.Span], placed: Placed) -> Place:
    """Return a town of the same country in the lead, for a country that is all that is named first."""
    if place.precision != "country":
        return place
    towns = [
        p
        for sentence in near
        for h, p in placed
        if sentence.start <= h.i < sentence.end and _locative(h) and not p.associative
        if p.country == place.country and p.precision in ("site", "town", "admin2", "admin1")
    ]
    return towns[0] if towns else place


UP = 20
"""Names of a list that are gone up from one of them."""


def _locative(head: Token) -> bool:
    """Tell whether a name stands behind a preposition of place."""
    at = head
    for _ in range(UP):
        if at.dep_ not in ("compound", "conj", "appos") or at.head == at:
            break
        at = at.head
    return at.dep_ == "pobj" and at.head.lower_ in words().inside


def _dateline(doc: Doc, placed: Placed) -> Place | None:
    for segment in notes(doc).segments:
        if segment.kind == "dateline":
            for head, place in placed:
                if segment.start <= head.idx < segment.end:
                    return place
    return None


def _named(told: Clause, near: Sequence[spacy.tokens.Span], placed: Placed) -> Place | None:
    """Return the place that the subject names, else the first of headline and lead in any way."""
    if told.subject is not None:
        inside = {t.i for t in told.subject.subtree}
        for head, place in placed:
            if head.i in inside:
                return place
    for sentence in near:
        for head, place in placed:
            if sentence.start <= head.i < sentence.end:
                return place
    return None
