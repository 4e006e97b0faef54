"""Harm that nobody does to anybody: accidents, storms, fires and illness."""

from __future__ import annotations

from spacy.tokens import Doc, Span, Token

from dateline.events.detect import Hit
from dateline.events.reach import within_reach
from dateline.events.words import words
from dateline.language import columns, sentences

HARMING = frozenset({"ASSAULT/kill", "ASSAULT/wound"})
"""Entries of acts that weather and accidents do as well as people."""
CAUSES = ("in", "by", "from", "during", "after", "following", "of", "when", "as", "to", "amid")
"""What stands before the cause of death or wounds."""
KEPT = "dateline_accident"
"""Where a ``Doc`` keeps whether it is on an accident."""
OPENING, NAMED = 6, 2
"""Sentences at the head of a report, and how many of them name the accident that it is on."""
DEEP = 3
"""Words that are gone down from a preposition to what harmed."""


def by_accident(hit: Hit) -> bool:
    """Tell people killed or hurt by an accident, and not by somebody: "killed when a bus overturned".

    A word of arms in the sentence leaves the act: "the helicopter crashed under fire".
    """
    if hit.entry.id not in HARMING or hit.token.pos_ in ("NOUN", "PROPN"):
        return False
    near = within_reach(hit.token)
    sentence = hit.token.doc[near.start : near.stop]
    if any(t.lemma_.lower() in words().of_arms for t in sentence):
        return False
    told = hit.token.tag_ != "VBN" or any(c.dep_ in ("nsubj", "agent") for c in hit.token.children)
    subjects = hit.arguments.parts.get("subject", [])
    if subjects and told:
        return any(_accident(t) for s in subjects for t in (s, *s.conjuncts))
    if any(_caused(at) for at in _told_of(hit.token)):
        return True
    return _named(sentence) or on_accident(hit.token.doc)


def on_accident(doc: Doc) -> bool:
    """Tell a report on an accident: two of its first sentences name one, and none of it arms."""
    known = doc.user_data.get(KEPT)
    if known is None:
        first = [s for s, _ in zip(sentences(doc), range(OPENING), strict=False)]
        named = sum(map(_named, first))
        arms = words().of_arms
        known = named >= NAMED and not any(base in arms for base in columns(doc).base)
        doc.user_data[KEPT] = known
    return bool(known)


def _named(sentence: Span) -> bool:
    """Tell a sentence that names an accident, or a vehicle and what may have become of it."""
    bases = {t.lemma_.lower() for t in sentence}
    mishap = bool(bases & words().mishaps) and bool(bases & words().falling)
    return mishap or any(map(_accident, sentence))


def _told_of(token: Token) -> list[Token]:
    """Return an act with the verbs that it stands beside: "died and nine were injured when"."""
    if token.dep_ == "conj" or any(c.dep_ == "conj" for c in token.children):
        return [token, *(t for t in token.conjuncts if t.pos_ in ("VERB", "AUX"))]
    return [token]


def _caused(act: Token) -> bool:
    """Tell a clause or phrase below an act that says by what accident it came."""
    for child in act.children:
        if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ in CAUSES):
            if any(_accident(t) or _happened(t) for t in _reached(child)):
                return True
        elif child.dep_ in ("advcl", "ccomp", "dep") and _happened(child):
            return True
    return False


def _reached(preposition: Token) -> list[Token]:
    found, level = [], [preposition]
    for _ in range(DEEP):
        level = [
            c
            for t in level
            for c in t.children
            if c.dep_ in ("pobj", "pcomp", "conj", "acl", "relcl")
        ]
        found += level
    return found


def _accident(noun: Token) -> bool:
    """Tell "the earthquake", "a car crash", "the fire", but not "fire" from guns."""
    lemma = noun.lemma_.lower()
    if lemma in words().blazes:
        return any(c.dep_ == "det" for c in noun.children)
    return noun.pos_ in ("NOUN", "PROPN") and lemma in words().accidents


def _happened(verb: Token) -> bool:
    """Tell "the bus overturned", "a building collapsed"."""
    if verb.lemma_.lower() not in words().mishaps:
        return False
    subject = next((c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    noun = verb.head if subject is None and verb.dep_ in ("acl", "relcl") else subject
    return noun is not None and noun.lemma_.lower() in words().falling
