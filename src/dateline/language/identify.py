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
    words = [
        word.lower() for word, _ in zip(WORD.findall(text[:20_000]), range(SAMPLE), strict=False)
    ]
    if not words:
        return None
    share = sum(word in COMMON for word in words) / len(words)
    if share >= 0.125:
        return "en"
    if len(words) < 12:
        return None
    language, certainty = _identifier().classify(text[:5_000])
    return str(language) if certainty >= 0.95 else None


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
