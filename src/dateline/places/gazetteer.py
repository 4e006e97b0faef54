"""The gazetteer: names to places, behind a protocol of two methods."""

from __future__ import annotations

import atexit
from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from functools import cache
from importlib.resources import as_file, files
from typing import Protocol

from dateline.places.entry import Entry, rank
from dateline.places.index import GazetteerFile
from dateline.places.names import folded

__all__ = ["Entry", "Gazetteer", "MemoryGazetteer", "load", "search"]


class Gazetteer(Protocol):
    """Where places are looked up, so that another source can take the place of ours."""

    def candidates(self, name: str) -> Sequence[Entry]:
        """Return the places that bear a name, the best known first."""

    def capitals(self) -> Mapping[str, Entry]:
        """Return the capital of each country, by ISO 3166-1 alpha-3."""


class MemoryGazetteer:
    """A gazetteer in memory, for tests and lists of your own: pairs of a name and its place."""

    def __init__(self, named: Iterable[tuple[str, Entry]]) -> None:
        self._entries: dict[str, list[Entry]] = {}
        for name, entry in named:
            held = self._entries.setdefault(folded(name), [])
            if entry not in held:
                held.append(entry)

    def candidates(self, name: str) -> Sequence[Entry]:
        """Return the places that bear a name, countries and regions first, then by people."""
        return sorted(self._entries.get(folded(name), ()), key=rank)

    def capitals(self) -> Mapping[str, Entry]:
        """Return the capital of each country, by ISO 3166-1 alpha-3."""
        found = (entry for held in self._entries.values() for entry in held)
        return {entry.country or "": entry for entry in found if entry.capital}


@cache
def load() -> GazetteerFile:
    """Open the gazetteer that ships, once a process."""
    held = ExitStack()
    atexit.register(held.close)
    source = files("dateline.places").joinpath("data", "gazetteer.bin")
    return GazetteerFile(held.enter_context(as_file(source)))


def search(name: str, *, limit: int = 20, gazetteer: Gazetteer | None = None) -> list[Entry]:
    """Return the places that bear a name, the best known first.

    ``name`` may be followed by what holds the place: "Paris, Texas" and "Tripoli, Lebanon".

    Raises:
        ValueError: ``limit`` is below 1.
    """
    if limit < 1:
        raise ValueError(f"limit must be 1 or more, not {limit}")
    source = gazetteer or load()
    found = list(source.candidates(name))
    if not found and "," in name:
        own, _, holder = name.partition(",")
        holders = source.candidates(holder)
        found = [e for e in source.candidates(own) if any(_holds(h, e) for h in holders)]
    return found[:limit]


def _holds(holder: Entry, entry: Entry) -> bool:
    if holder.kind == "country":
        return holder.country == entry.country
    return holder.country == entry.country and holder.name in (entry.admin1, entry.admin2)
