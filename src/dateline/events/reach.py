"""How far from an act the words that may belong to it are looked for."""

from __future__ import annotations

from spacy.tokens import Token

from dateline.language import columns

REACH = 100
"""Words on either side of an act that are looked at where a sentence runs on and on."""


def within_reach(token: Token) -> range:
    """Return the numbers of the words of an act's sentence, of one of over 200 words those around the act.

    Nearly every sentence is returned whole. What runs on is a list, a table or a text without
    full stops: there each act would be weighed with all that takes part in all others.
    """
    i, read = token.i, columns(token.doc)
    start, end = read.sentences[read.sentence[i]]
    if end - start <= 2 * REACH:
        return range(start, end)
    return range(max(start, i - REACH), min(end, i + REACH + 1))
