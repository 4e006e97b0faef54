"""The project's own tables of places: read and checked, with errors that name file and line."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from dateline.errors import DataError
from dateline.places.entry import CLASS_OF, RESOLUTION, Entry
from dateline.places.names import folded

TABLES = ("countries", "states", "areas", "features", "sites", "aliases")
KINDS = frozenset(RESOLUTION) | {"region", "water"}


@dataclass(frozen=True, slots=True)
class Named:
    """A place of the tables with its other names."""

    entry: Entry
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class State:
    """A first-order area whose point and abbreviations the tables give."""

    code: str
    """GeoNames: country (ISO 3166-1 alpha-2), full stop, area."""
    lat: float
    lon: float
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Publisher:
    """A newspaper, broadcaster or agency of the tables."""

    host: str
    country: str
    """ISO 3166-1 alpha-3."""
    admin1: str
    """First-order area of the place; empty where the publisher is of the whole country."""
    place: str
    """The town it is at home in; empty likewise."""


def rows(name: str, package: str = "dateline.places") -> Iterator[dict[str, str]]:
    """Yield the rows of a table; ``#line`` holds ``file:line`` for errors.

    Raises:
        DataError: a row has more cells than the head.
    """
    path = files(package).joinpath("data", f"{name}.tsv")
    head: list[str] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("#") or not line.strip():
            continue
        cells = line.split("\t")
        if not head:
            head = cells
            continue
        if len(cells) > len(head):
            raise DataError(f"{path}:{number}: {len(cells)} cells under {len(head)} heads")
        cells += [""] * (len(head) - len(cells))
        yield {**dict(zip(head, cells, strict=True)), "#line": f"{path}:{number}"}


def digest() -> str:
    """Return the digest of all tables, which the gazetteer file keeps."""
    made = hashlib.sha256()
    folder = files("dateline.places").joinpath("data")
    for name in TABLES:
        made.update(folder.joinpath(f"{name}.tsv").read_bytes())
    made.update(files("dateline.actors").joinpath("data", "countries.tsv").read_bytes())
    return made.hexdigest()


def countries() -> Iterator[Named]:
    """Yield the countries and territories: points from here, names from the actors' registry."""
    points = {row["iso3"]: row for row in rows("countries")}
    for row in rows("countries", "dateline.actors"):
        point = points.get(row["iso3"])
        if point is None or row.get("end"):
            continue
        lat, lon = _point(point)
        entry = Entry(
            name=row["name"], kind="country", country=row["iso3"], lat=lat, lon=lon,
            geonameid=int(point["geonameid"]) if point["geonameid"] else None,
        )  # fmt: skip
        yield Named(entry, (*_parts(row["aliases"]), *_parts(point.get("aliases", ""))))


def states() -> Iterator[State]:
    """Yield the first-order areas whose middle the towns in them do not show."""
    for row in rows("states"):
        yield State(row["code"], *_point(row), _parts(row["aliases"]))


def publishers() -> Iterator[Publisher]:
    """Yield where publishers are at home.

    Raises:
        DataError: a host is no host or comes twice, or a country is no code.
    """
    seen: set[str] = set()
    for row in rows("publishers"):
        host = row["host"]
        if "." not in host or "/" in host or host != host.lower() or host in seen:
            raise DataError(f"{row['#line']}: host {host!r} is none, or stands here twice")
        if len(row["country"]) != 3:
            raise DataError(f"{row['#line']}: country {row['country']!r} is no ISO 3166-1 alpha-3")
        seen.add(host)
        yield Publisher(host, row["country"], row["admin1"], row["place"])


def features() -> Iterator[Named]:
    """Yield regions, waters, mountains and islands, and sites."""
    for table in ("features", "sites"):
        for row in rows(table):
            yield Named(_entry(row), _parts(row["aliases"]))


def aliases() -> Iterator[tuple[str, int, int]]:
    """Yield further names of towns and areas, their GeoNames ids, and people where corrected."""
    for row in rows("aliases"):
        for name in _parts(row["names"]):
            yield name, _whole(row, "geonameid"), _whole(row, "population")


@cache
def known_as() -> dict[str, frozenset[int]]:
    """Return the GeoNames ids of towns by the further names of the table, folded."""
    found: dict[str, set[int]] = {}
    for name, geonameid, _ in aliases():
        found.setdefault(folded(name), set()).add(geonameid)
    return {name: frozenset(ids) for name, ids in found.items()}


def areas() -> Iterator[tuple[int, str, tuple[str, ...]]]:
    """Yield first-order areas: GeoNames id, name as English news writes it, and further spellings."""
    for row in rows("areas"):
        if not row["name"]:
            raise DataError(f"{row['#line']}: the area has no name")
        yield _whole(row, "geonameid"), row["name"], _parts(row["names"])


@cache
def demonyms() -> dict[str, str]:
    """Return the countries of demonyms, folded: ``iraqi`` → ``IRQ``."""
    return {
        folded(word): row["iso3"]
        for row in rows("countries", "dateline.actors")
        for word in row["demonyms"].split("|")
        if word and not row.get("end")
    }


@cache
def country_name(iso3: str) -> str:
    """Return the name of a country by its ISO 3166-1 alpha-3 code; an empty string where it has none."""
    return _country_names().get(iso3, "")


@cache
def _country_names() -> dict[str, str]:
    return {
        row["iso3"]: row["name"]
        for row in rows("countries", "dateline.actors")
        if not row.get("end")
    }


@cache
def abbreviations() -> frozenset[str]:
    """Return the abbreviations of first-order areas that end with a full stop: ``Va.``, ``Calif.``."""
    return frozenset(a for state in states() for a in state.aliases if a.endswith("."))


@cache
def alpha3() -> dict[str, str]:
    """Return ISO 3166-1 alpha-3 codes by the alpha-2 ones."""
    return {row["iso2"]: row["iso3"] for row in rows("countries", "dateline.actors") if row["iso2"]}


@cache
def words(name: str) -> frozenset[str]:
    """Return a list of words of the table of words.

    Raises:
        KeyError: there is no such list.
    """
    lists = {row["list"]: frozenset(_parts(row["words"])) for row in rows("words")}
    return lists[name]


@cache
def adjectives() -> dict[str, str]:
    """Return the places of other adjectives and nouns: ``european`` → ``Europe``."""
    return {folded(row["word"]): row["place"] for row in rows("adjectives")}


def _entry(row: dict[str, str]) -> Entry:
    lat, lon = _point(row)
    if row["kind"] not in KINDS:
        raise DataError(f"{row['#line']}: kind {row['kind']!r}; known: {sorted(KINDS)}")
    if row["code"] and row["kind"] != "site" and row["code"] not in CLASS_OF:
        raise DataError(f"{row['#line']}: unknown feature code {row['code']!r}")
    if row["country"] and len(row["country"]) != 3:
        raise DataError(f"{row['#line']}: country {row['country']!r} is no ISO 3166-1 alpha-3")
    return Entry(
        name=row["name"], kind=row["kind"], code=row["code"], country=row["country"] or None,
        lat=lat, lon=lon, geonameid=_whole(row, "geonameid") or None,
        key=None if row["geonameid"] else row["name"],
    )  # fmt: skip


def _point(row: dict[str, str]) -> tuple[float, float]:
    try:
        lat, lon = float(row["lat"]), float(row["lon"])
    except ValueError as error:
        raise DataError(f"{row['#line']}: {error}") from error
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise DataError(f"{row['#line']}: no point on Earth: {lat}, {lon}")
    return lat, lon


def _whole(row: dict[str, str], field: str) -> int:
    try:
        return int(row[field]) if row[field] else 0
    except ValueError as error:
        raise DataError(f"{row['#line']}: {field}: {error}") from error


def _parts(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split("|") if part.strip())
