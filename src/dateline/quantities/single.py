"""One person in the singular as a number: "killed a soldier", "the murder of Ali Hassan"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from dateline.language import Columns, columns, span_at
from dateline.quantities.tables import load
from dateline.records import Quantity, make_id

RULE = "single"
SINGULAR = frozenset(("NN", "NNP"))
PASSIVE = frozenset(("nsubjpass", "dobj"))
PLACES = frozenset(("dobj", "nsubjpass", "nsubj", "pobj", "poss"))
"""Where the one whom an act befalls stands beside its word."""
OPEN = frozenset(("no", "any", "every", "each", "another", "neither", "either"))
"""Determiners that name no one person."""


def singles(doc: Doc, taken: set[str]) -> Iterator[Quantity]:
    """Yield a count for each person in the singular who is told to be killed, hurt or held.

    Persons that "and" joins are counted together: "killed the mayor and a guard" are two. The span
    is the noun with its determiner, or the name; ``rule`` is ``single``.
    """
    read = columns(doc)
    for at in [at for at, dep in enumerate(read.dep) if dep in PLACES]:
        if not _suffers(read, at) or not _one(head := doc[at]):
            continue
        people = (head, *(c for c in head.conjuncts if c.i > head.i))
        if not all(map(_one, people)):
            continue
        first, last = _first(head), people[-1]
        if last.sent != head.sent:
            continue
        span = span_at(doc, first.idx, last.idx + len(last))
        made = make_id("q", span, taken)
        taken.add(made)
        noun = first if head.tag_ == "NNP" else head
        number = len(people)
        yield Quantity(
            id=made, span=span, value=number, low=number, high=number, kind="count", unit="person",
            counted=span_at(doc, noun.idx, last.idx + len(last)), rule=RULE,
        )  # fmt: skip


def _first(head: Token) -> Token:
    """Return the first word of a name, or the determiner of a noun."""
    if head.tag_ == "NNP":
        at = head
        while at.i and at.ent_iob_ == "I":
            at = at.nbor(-1)
        return at
    return next((c for c in head.children if c.dep_ == "det" and c.i < head.i), head)


def _suffers(read: Columns, at: int) -> bool:
    """Tell whether the act befalls the noun: an object, a subject in the passive, "the death of"."""
    tables = load()
    dep, verb = read.dep[at], read.head[at]
    lemma = read.base[verb]
    if dep == "dobj":
        return read.pos[verb] == "VERB" and lemma in tables.single_verbs
    if dep == "nsubjpass":
        return lemma in tables.single_verbs
    if dep == "nsubj":
        return lemma in ("die", "perish")
    if dep == "poss":
        return read.pos[verb] == "NOUN" and lemma in tables.single_nouns
    return read.lower[verb] == "of" and read.base[read.head[verb]] in tables.single_nouns


def _one(head: Token) -> bool:
    """Tell whether a noun names exactly one person."""
    if head.tag_ not in SINGULAR or head.lemma_.lower() in load().collective:
        return False
    if any(c.dep_ == "nummod" or c.lower_ in OPEN for c in head.children):
        return False
    if head.tag_ == "NNP":
        return head.ent_type_ == "PERSON" or any(
            c.dep_ == "compound" and c.lemma_.lower() in load().single_persons
            for c in head.children
        )
    return head.lemma_.lower() in load().single_persons and any(
        c.dep_ in ("det", "poss", "amod", "compound") for c in head.children
    )
