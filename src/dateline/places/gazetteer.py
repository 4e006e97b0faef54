"""The gazetteer: names to places, with coordinates, kinds and what holds them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Protocol

from anyascii import anyascii


@dataclass(frozen=True, slots=True)
class Entry:
    """A place of the gazetteer."""

    name: str
    kind: str
    """``town``, ``admin1``, ``country``, ``region``, ``water`` or ``site``."""
    country: str | None
    lat: float
    lon: float
    geonameid: int | None = None
    admin1: str | None = None
    population: int = 0
    capital: bool = False


class Gazetteer(Protocol):
    """Where places are looked up: one method, so that another source can take its place."""

    def candidates(self, name: str) -> Sequence[Entry]:
        """Return the places that bear a name, the most populous first."""


class MemoryGazetteer:
    """A gazetteer in memory: the one that ships, and one for tests and lists of your own.

    ``towns`` are lines of the table of towns, which are read only when their name is asked for.
    """

    def __init__(self, named: Iterator[tuple[str, Entry]], towns: Sequence[str] = ()) -> None:
        self._entries: dict[str, list[Entry]] = {}
        for name, entry in named:
            held = self._entries.setdefault(folded(name), [])
            if entry not in held:
                held.append(entry)
        self._towns = towns
        self._lines: dict[str, list[int]] = {}
        for number, line in enumerate(towns):
            for name in line[line.rindex("\t") + 1 :].split("|"):
                self._lines.setdefault(name, []).append(number)
        self.longest = 5

    def candidates(self, name: str) -> Sequence[Entry]:
        """Return the places that bear a name, countries and regions first, then by people."""
        key = folded(name)
        towns = [_town(self._towns[number]) for number in self._lines.get(key, ())]
        return sorted([*self._entries.get(key, ()), *towns], key=_rank)

    def capitals(self) -> Mapping[str, Entry]:
        """Return the capital of each country, by ISO 3166-1 alpha-3."""
        found = (_town(line) for line in self._towns if "\tC\t" in line)
        return {entry.country or "": entry for entry in found}


def _rank(entry: Entry) -> tuple[int, int]:
    first = {"country": 0, "region": 0, "water": 0, "site": 0}.get(entry.kind, 1)
    return first, -entry.population - (10**9 if entry.capital else 0)


def folded(name: str) -> str:
    """Return a name without case, accents, full stops and hyphens."""
    plain = anyascii(name) if not name.isascii() else name
    return " ".join(plain.lower().replace(".", "").replace("-", " ").replace("'", "").split())


@cache
def load() -> MemoryGazetteer:
    """Load the gazetteer that ships, once."""
    return MemoryGazetteer(_named(), _lines("towns")[1:])


def _named() -> Iterator[tuple[str, Entry]]:
    yield from _countries()
    yield from _regions()
    yield from _admin()


def _lines(name: str, package: str = "dateline.places") -> list[str]:
    text = files(package).joinpath("data", f"{name}.tsv").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if not line.startswith("#")]


def _rows(name: str, package: str = "dateline.places") -> Iterator[dict[str, str]]:
    lines = _lines(name, package)
    head = lines[0].split("\t")
    for line in lines[1:]:
        yield dict(zip(head, line.split("\t"), strict=False))


def _countries() -> Iterator[tuple[str, Entry]]:
    points = {row["iso3"]: row for row in _rows("countries")}
    for country in _rows("countries", "dateline.actors"):
        row = points.get(country["iso3"])
        if row is None or country.get("end"):
            continue
        entry = Entry(
            name=country["name"],
            kind="country",
            country=country["iso3"],
            lat=float(row["lat"]),
            lon=float(row["lon"]),
            geonameid=int(row["geonameid"]) if row["geonameid"] else None,
        )
        for name in (country["name"], *filter(None, country["aliases"].split("|"))):
            yield name, entry


def demonyms() -> dict[str, str]:
    """Return the countries of demonyms, folded: ``iraqi`` → ``IRQ``."""
    return {
        folded(word): country["iso3"]
        for country in _rows("countries", "dateline.actors")
        for word in country["demonyms"].split("|")
        if word and not country.get("end")
    }


def _regions() -> Iterator[tuple[str, Entry]]:
    for row in _rows("regions"):
        entry = Entry(
            name=row["name"],
            kind=row["kind"],
            country=row["country"] or None,
            lat=float(row["lat"]),
            lon=float(row["lon"]),
            geonameid=int(row["geonameid"]) if row.get("geonameid") else None,
        )
        for name in (row["name"], *filter(None, (row.get("aliases") or "").split("|"))):
            yield name, entry


def _admin() -> Iterator[tuple[str, Entry]]:
    for row in _rows("admin1"):
        entry = Entry(
            name=row["name"],
            kind="admin1",
            country=row["iso3"],
            lat=float(row["lat"]),
            lon=float(row["lon"]),
            geonameid=int(row["geonameid"]),
            admin1=row["name"],
            population=200_000,
        )
        for name in (row["name"], *filter(None, (row.get("aliases") or "").split("|"))):
            yield name, entry


def _town(line: str) -> Entry:
    id, name, iso3, admin1, lat, lon, population, capital, _ = line.split("\t")
    return Entry(
        name=name,
        kind="town",
        country=iso3,
        lat=float(lat),
        lon=float(lon),
        geonameid=int(id),
        admin1=admin1 or None,
        population=int(population),
        capital=capital == "C",
    )
