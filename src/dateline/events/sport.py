"""Reports on sport and shows, whose attacks, battles and meetings are no acts of politics."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Doc, Token

from dateline.events.lexicon import load_lexicon

LEAST = 3
"""Sentences with words of sport that a report on it has at least."""
SHARE = 0.2
"""Share of a report's sentences that they make up at least."""


def of_sport(sentence: Iterable[Token]) -> bool:
    """Tell whether a sentence has a word of sport: one of the lexicon's class SPORT."""
    words = load_lexicon().classes["SPORT"]
    return any(token.lower_ in words or token.lemma_.lower() in words for token in sentence)


def on_sport(doc: Doc) -> bool:
    """Tell whether the whole report is on sport or shows."""
    found = [of_sport(sentence) for sentence in doc.sents]
    return sum(found) >= LEAST and sum(found) >= SHARE * len(found)
