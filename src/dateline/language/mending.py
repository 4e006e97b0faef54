"""Parses mended where grammar rules them out: the small parser's commonest slips in news.

A past tense is not coordinated with an infinitive ("vowed to punish them and declared a day of
mourning": *declared* goes with *vowed*), and a finite verb right behind a noun that seems to be
coordinated has that noun for its subject ("backs the movement and a coalition has bombed it").
"""

from __future__ import annotations

from spacy.tokens import Doc, Token

from dateline.language.columns import columns

FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
SUBJECTS = frozenset(("nsubj", "nsubjpass", "csubj", "csubjpass", "expl"))
AUXILIARIES = frozenset(("aux", "auxpass", "neg"))
BARE = frozenset(("ccomp", "advcl", "conj"))
"""What a verb seems to be whose subject was lost."""


def mend(doc: Doc) -> None:
    """Change heads in ``doc`` where the parse breaks one of the rules above."""
    words = columns(doc)
    changed = False
    for at, dep in enumerate(words.dep):
        if dep == "conj" and words.tag[at] == "VBD" and words.tag[words.head[at]] == "VB":
            changed |= _with_the_finite(doc[at])
        elif dep in BARE and words.pos[at] in ("VERB", "AUX"):
            changed |= _with_its_subject(doc[at])
    if changed:
        doc.user_data.clear()


def _with_the_finite(verb: Token) -> bool:
    """Coordinate a past tense with the verb that governs the infinitive before it."""
    infinitive = verb.head
    if not any(c.tag_ == "TO" for c in infinitive.children) or _subject(verb):
        return False
    governor = infinitive.head
    if governor.i >= infinitive.i or governor.tag_ != "VBD":
        return False
    link = next((c for c in infinitive.children if c.dep_ == "cc" and c.i < verb.i), None)
    if link is None:
        return False
    link.head = verb.head = governor
    return True


def _with_its_subject(verb: Token) -> bool:
    """Give a finite verb the noun right before it, which seems coordinated with one further off."""
    if _subject(verb) or any(c.dep_ == "cc" and c.i < verb.i for c in verb.children):
        return False
    helpers = [c for c in verb.children if c.dep_ in AUXILIARIES and c.i < verb.i]
    first = min([verb, *helpers], key=lambda token: token.i)
    if first.tag_ not in FINITE or first.i == verb.sent.start:
        return False
    noun: Token | None = verb.doc[first.i - 1]
    while noun is not None and not (noun.dep_ == "conj" and noun.pos_ in ("NOUN", "PROPN")):
        noun = noun.head if noun.head.i != noun.i else None
    if noun is None or noun.right_edge.i != first.i - 1 or noun.head.pos_ not in ("NOUN", "PROPN"):
        return False
    link = next((c for c in noun.head.children if c.dep_ == "cc" and c.i < noun.i), None)
    outer = next((t for t in noun.head.ancestors if t.pos_ in ("VERB", "AUX")), None)
    if link is None or outer is None or outer == verb or verb in set(outer.ancestors):
        return False
    passive = any(c.dep_ == "auxpass" for c in verb.children)
    noun.head, noun.dep_ = verb, "nsubjpass" if passive else "nsubj"
    verb.head, verb.dep_, link.head = outer, "conj", outer
    return True


def _subject(verb: Token) -> bool:
    return any(child.dep_ in SUBJECTS for child in verb.children)
