"""Reports on sport and shows, whose attacks, battles and meetings are no acts of politics."""

from __future__ import annotations

from bisect import bisect_left
from typing import cast

from spacy.tokens import Doc, Span

from dateline.events.lexicon import load_lexicon
from dateline.language import columns

LEAST = 3
"""Sentences with words of sport that a report on it has at least."""
SHARE = 0.2
"""Share of a report's sentences that they make up at least."""


KEPT = "dateline_sport"
"""Where a ``Doc`` keeps the words of sport that it has."""


def of_sport(sentence: Span) -> bool:
    """Tell whether a sentence has a word of sport: one of the lexicon's class SPORT."""
    found = _words(sentence.doc)
    at = bisect_left(found, sentence.start)
    return at < len(found) and found[at] < sentence.end


def _words(doc: Doc) -> list[int]:
    """Return the numbers of the tokens that are words of sport, in order."""
    known = doc.user_data.get(KEPT)
    if known is None:
        words, read = load_lexicon().classes["SPORT"], columns(doc)
        pairs = enumerate(zip(read.lower, read.base, strict=True))
        known = [i for i, (lower, base) in pairs if lower in words or base in words]
        doc.user_data[KEPT] = known
    return cast(list[int], known)


def on_sport(doc: Doc) -> bool:
    """Tell whether the whole report is on sport or shows."""
    if len(_words(doc)) < LEAST:
        return False
    found = [of_sport(sentence) for sentence in doc.sents]
    return sum(found) >= LEAST and sum(found) >= SHARE * len(found)
