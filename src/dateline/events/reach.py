"""How far from an act the words that may belong to it are looked for."""

from __future__ import annotations

from spacy.tokens import Span, Token

REACH = 100
"""Words on either side of an act that are looked at where a sentence runs on and on."""


def within_reach(token: Token) -> Span:
    """Return the sentence of an act, of a sentence of more than 200 words the part around the act.

    Nearly every sentence is returned whole. What runs on is a list, a table or a text without
    full stops: there each act would be weighed with all that takes part in all others.
    """
    sentence: Span = token.sent
    if len(sentence) <= 2 * REACH:
        return sentence[:]
    first, last = max(sentence.start, token.i - REACH), min(sentence.end, token.i + REACH + 1)
    return token.doc[first:last]
