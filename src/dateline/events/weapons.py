"""The mode of an attack by the weapon named with it: "killed by a bomb", "grenade attack"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from dateline.events.lexicon import load_lexicon
from dateline.events.words import words

MODES = (
    ("DRONES", "drone"),
    ("EXPLOSIVES", "explosives"),
    ("HEAVY", "heavy-weapons"),
    ("AERIAL", "aerial"),
    ("GUNS", "firearms"),
)
"""Class of words → mode of ASSAULT, the first that fits."""
DEPTH = 2
"""Nouns below the trigger that are looked at."""


def armed(trigger: Token) -> str | None:
    """Return the mode of ASSAULT that the weapon named with a trigger gives, if one is."""
    words = {t.lemma_.lower() for t in _means(trigger)}
    classes = load_lexicon().classes
    return next((mode for name, mode in MODES if words & classes[name]), None)


def _means(trigger: Token) -> Iterator[Token]:
    """Yield the words that may name the weapon: subject, what it is done with, parts of a noun."""
    for child in trigger.children:
        if child.dep_ in ("compound", "amod", "nmod"):
            yield child
        elif child.dep_ == "nsubj":
            yield from _noun(child)
        elif child.dep_ in ("agent", "prep") and child.lower_ in words().weapon_means:
            for one in child.children:
                if one.dep_ == "pobj":
                    yield from _noun(one)
    if trigger.pos_ == "NOUN" and trigger.dep_ == "pobj" and trigger.head.lower_ == "of":
        yield trigger.head.head


def _noun(head: Token) -> Iterator[Token]:
    at = head
    for _ in range(DEPTH):
        yield at
        yield from (c for c in at.children if c.dep_ in ("compound", "amod", "nmod"))
        below = next((c for c in at.children if c.dep_ == "prep" and c.lower_ == "of"), None)
        inner = next((c for c in below.children if c.dep_ == "pobj"), None) if below else None
        if inner is None:
            return
        at = inner
