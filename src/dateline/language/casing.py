"""Case given back to text in capitals, so that the tagger and parser read it.

Older wires and some headlines come in capitals alone, or With Every Word
Capitalised. The result has the length of the text, character for character.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import cache
from importlib.resources import files
from itertools import pairwise

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
SENTENCE_END = re.compile(r"(?:[.!?][\"”’)\]]*|:|^)\s*[\"“‘(\[]*$")
INITIALS = re.compile(r"(?:[A-Z]\.){2,}|\b[A-Z]\.(?=\s[A-Z])")
FEWEST_LETTERS = 12
"""A shorter text in capitals may be a name or an acronym, and is left alone."""
SMALL_IN_TITLES = 4
"""Words shorter than this are small in most headline styles, and tell nothing."""


def shouted(text: str) -> bool:
    """Return whether a text is in capitals throughout."""
    letters = list(filter(str.isalpha, text))
    return len(letters) >= FEWEST_LETTERS and sum(map(str.isupper, letters)) > 0.85 * len(letters)


def title_cased(text: str) -> bool:
    """Return whether nearly every longer word of a text begins with a capital."""
    words = [w for w in WORD.findall(text) if len(w) >= SMALL_IN_TITLES]
    return len(words) >= 4 and sum(w[0].isupper() for w in words) > 0.85 * len(words)


def truecase(text: str) -> str:
    """Return a text in capitals as news writes it: names and sentence beginnings capitalised."""
    lower, upper, pairs = _table()
    kept = [(m.start(), m.end()) for m in INITIALS.finditer(text)]
    out = list(text)
    words = list(WORD.finditer(text))
    named = _in_names(text, words, pairs)
    for number, match in enumerate(words):
        start, end = match.span()
        if any(first <= start < last for first, last in kept):
            continue
        word = match.group().lower()
        if len(word) != end - start or word in upper or _is_acronym(text, start, end):
            continue
        plain = word in lower and number not in named
        if plain and not SENTENCE_END.search(text[max(0, start - 6) : start]):
            out[start:end] = word
        else:
            out[start + 1 : end] = word[1:]
    return "".join(out)


def untitle(text: str) -> str:
    """Return a headline With Every Word Capitalised in sentence case; names stay."""
    lower, _, pairs = _table()
    out = list(text)
    words = list(WORD.finditer(text))
    named = _in_names(text, words, pairs)
    for number, match in enumerate(words):
        word = match.group()
        begins = number == 0 or text[match.start() - 2] in ".:"
        plain = word.lower() in lower and number not in named
        if plain and not begins and word[1:].islower():
            out[match.start()] = word[0].lower()
    return "".join(out)


def _in_names(text: str, words: Sequence[re.Match[str]], pairs: Collection[str]) -> frozenset[int]:
    """Return the numbers of words that a pair, a date or a title shows to be part of a name."""
    found: set[int] = set()
    for number, (first, second) in enumerate(pairwise(words)):
        between = text[first.end() : second.start()]
        if between == " " and f"{first.group()} {second.group()}".lower() in pairs:
            found |= {number, number + 1}
    for number, word in enumerate(words):
        around = text[max(0, word.start() - 3) : word.start()] + text[word.end() : word.end() + 3]
        if word.group().lower() in ("may", "march") and any(c.isdigit() for c in around):
            found.add(number)
    return frozenset(found)


def _is_acronym(text: str, start: int, end: int) -> bool:
    """Tell "[FMLN]" and "(URNG)" from words."""
    bracketed = text[start - 1 : start] in ("(", "[") and text[end : end + 1] in (")", "]")
    word = text[start:end]
    return (bracketed and end - start <= 6) or (not set(word) & set("AEIOUY") and end - start > 1)


@cache
def small_words() -> frozenset[str]:
    """Return the words that news mostly writes small."""
    return _table()[0]


@cache
def _table() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    lines = files("dateline.language").joinpath("casing.txt").read_text("utf-8").splitlines()
    small, capitals, pairs = (
        frozenset(line[2:] for line in lines if line.startswith(f"{kind} ")) for kind in "lun"
    )
    return small, capitals, pairs
