"""Where a report was published, as far as its address tells."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import urlsplit

from dateline.places import tables
from dateline.places.entry import Entry
from dateline.places.gazetteer import Gazetteer

SHORTEST = 5
"""Letters of the shortest name that is looked for in an address."""


@lru_cache(maxsize=1024)
def host(url: str | None) -> str:
    """Return the host of an address in lower case, or an empty string."""
    if not url:
        return ""
    try:
        return (urlsplit(url if "://" in url else f"https://{url}").hostname or "").lower()
    except ValueError:
        return ""


@lru_cache(maxsize=1024)
def publisher_names(url: str | None, gazetteer: Gazetteer) -> tuple[Entry, ...]:
    """Return the places that the host of an address is named after: of ``exampleherald.com``, Example.

    The name stands in front of a word for a newspaper; the longest one is taken.
    """
    words = tables.words("papers")
    for part in host(url).split(".")[:-1]:
        plain = re.sub(r"^(www|the|my|daily|news)(?=[a-z]{5})", "", part.replace("-", ""))
        for end in range(len(plain), SHORTEST - 1, -1):
            if plain[end:] and not any(plain[end:].startswith(word) for word in words):
                continue
            found = gazetteer.candidates(plain[:end])
            if found:
                return tuple(found)
    return ()
