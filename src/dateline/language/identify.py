"""Which language a report is in. English is coded; anything else is flagged and left alone."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

WORD = re.compile(r"[^\W\d_]+")
COMMON = frozenset(
    [
        "the",
        "of",
        "to",
        "and",
        "a",
        "in",
        "that",
        "is",
        "was",
        "for",
        "on",
        "it",
        "with",
        "as",
        "he",
        "be",
        "at",
        "by",
        "had",
        "not",
        "are",
        "from",
        "have",
        "an",
        "they",
        "which",
        "were",
        "has",
        "this",
        "but",
        "his",
        "its",
        "their",
        "said",
        "after",
        "will",
        "who",
        "or",
        "been",
        "would",
        "more",
        "about",
        "when",
        "there",
        "into",
        "than",
        "two",
        "over",
        "our",
        "we",
        "i",
        "you",
        "one",
        "all",
        "before",
    ]
)
"""The commonest words of English that other languages rarely share."""
SAMPLE = 400
"""Words looked at."""


def identify(text: str) -> str | None:
    """Return the ISO 639-1 code of the language of ``text``; ``None`` where too short to tell.

    A text whose words are English function words for an eighth or more is
    English; others are told apart by py3langid, which loads only then.
    """
    found = WORD.findall(text[:20_000])[:SAMPLE]
    words = [word.lower() for word in found]
    if not words:
        return None
    share = sum(word in COMMON for word in words) / len(words)
    if share >= 0.125:
        return "en"
    if len(words) < 12 or sum(word[0].isupper() for word in found) > 0.8 * len(found):
        return None
    ranked = dict(_identifier().rank(text[:5_000]))
    return max(ranked, key=lambda code: ranked[code]) if ranked["en"] < 0.02 else None


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
