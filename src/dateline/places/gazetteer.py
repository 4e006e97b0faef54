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

__all__ = ["Entry", "Gazetteer", "MemoryGazetteer", "load"]


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
