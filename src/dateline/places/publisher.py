"""Where a report was published, as far as its address tells."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from urllib.parse import urlsplit

from dateline.places import tables
from dateline.places.entry import Entry
from dateline.places.gazetteer import Gazetteer, load

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


@dataclass(frozen=True, slots=True)
class Home:
    """Where a publisher is at home."""

    country: str | None = None
    """ISO 3166-1 alpha-3: of the table of publishers, else of the end of the host; ``.com`` says nothing."""
    places: tuple[Entry, ...] = ()
    """The town of the table, or all places of the name in the host."""
    known: bool = False
    """The table names the town."""

    @property
    def area(self) -> tuple[str | None, str | None] | None:
        """Return country and first-order area of the known town."""
        return (self.places[0].country, self.places[0].admin1) if self.known else None


@lru_cache(maxsize=1024)
def home(url: str | None) -> Home:
    """Return where the publisher of an address is at home, by the table of publishers, else by the host's words."""
    row = row_of(host(url))
    if row is None:
        return Home(_country_of(host(url)), publisher_names(url, load()))
    town = town_of(row, load()) if row.place else None
    return Home(row.country, (town,), known=True) if town else Home(row.country)


def town_of(row: tables.Publisher, gazetteer: Gazetteer) -> Entry | None:
    """Return the town of a row of publishers; ``None`` where the gazetteer does not hold it."""
    fit = (
        e for e in gazetteer.candidates(row.place)
        if e.kind == "town" and e.country == row.country and row.admin1 in ("", e.admin1)
    )  # fmt: skip
    return max(fit, key=lambda e: e.population, default=None)


def row_of(name: str) -> tables.Publisher | None:
    """Return the row of a host or of one above it ("english.example.com")."""
    labels = name.removeprefix("www.").split(".")
    found = (publishers().get(".".join(labels[n:])) for n in range(len(labels) - 1))
    return next((row for row in found if row is not None), None)


@cache
def publishers() -> dict[str, tables.Publisher]:
    """Return the publishers of the table, by host."""
    return {row.host: row for row in tables.publishers()}


def _country_of(name: str) -> str | None:
    """Return the country that a host ends with; ``.com`` and its like say nothing."""
    end = name.rpartition(".")[2]
    return tables.alpha3().get({"uk": "gb"}.get(end, end).upper()) if len(end) == 2 else None


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
