"""Names of places in the form they are compared in."""

from __future__ import annotations

import re
from functools import lru_cache

from anyascii import anyascii

SHORT = {"saint": "st", "sainte": "ste", "mount": "mt", "fort": "ft"}
"""Words that news writes both ways."""

_DROPPED = re.compile(r"[.'’‘`ʻʼ\"“”]")
_SPACED = re.compile(r"[-–—_/,()]+")


@lru_cache(maxsize=65536)
def folded(name: str) -> str:
    """Return a name without case, accents, full stops, apostrophes, hyphens and article.

    "St. John's" and "Saint Johns" are one: ``st johns``.
    """
    plain = _DROPPED.sub("", name)
    plain = plain if plain.isascii() else _DROPPED.sub("", anyascii(plain))
    words = [SHORT.get(word, word) for word in _SPACED.sub(" ", plain.lower()).split()]
    return " ".join(words[1:] if len(words) > 1 and words[0] == "the" else words)
