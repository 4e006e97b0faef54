"""Country codes as the layouts have them: FIPS 10-4, ISO numeric, Correlates of War, Gleditsch–Ward."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib.resources import files

from dateline.actors.loading import load_registry

UNKNOWN = ""


@dataclass(frozen=True, slots=True)
class Codes:
    """Codes of a country; empty where a list has none."""

    name: str = UNKNOWN
    alpha2: str = UNKNOWN
    numeric: str = UNKNOWN
    fips: str = UNKNOWN
    cow: str = UNKNOWN
    gw: str = UNKNOWN
    acled_region: str = UNKNOWN

    @property
    def ged_region(self) -> str:
        """The region of UCDP: Africa, Americas, Asia, Europe or Middle East."""
        for name, regions in GED_REGIONS.items():
            if self.acled_region in regions:
                return name
        return UNKNOWN


GED_REGIONS: Mapping[str, frozenset[str]] = {
    "Africa": frozenset((
        "Western Africa", "Middle Africa", "Eastern Africa", "Southern Africa", "Northern Africa",
    )),
    "Americas": frozenset(("North America", "Central America", "South America", "Caribbean")),
    "Asia": frozenset((
        "South Asia", "Southeast Asia", "East Asia", "Caucasus and Central Asia", "Oceania",
    )),
    "Europe": frozenset(("Europe",)),
    "Middle East": frozenset(("Middle East",)),
}  # fmt: skip


@cache
def table() -> Mapping[str, Codes]:
    """Return the codes of every country by ISO 3166-1 alpha-3."""
    registry = load_registry(people=False)
    text = files("dateline.exporting.layouts").joinpath("countries.tsv").read_text("utf-8")
    lines = [line.split("\t") for line in text.splitlines() if not line.startswith("#")]
    extra = {row[0]: row[1:] for row in lines[1:]}
    found = {}
    for iso3 in sorted({*extra, *registry.codes}):
        row = extra.get(iso3, ["", "", ""])
        own = registry.codes.get(iso3)
        found[iso3] = Codes(
            name=registry.get(iso3).name if iso3 in registry else UNKNOWN,
            alpha2=own.alpha2 if own else UNKNOWN,
            numeric=row[0],
            fips=row[1],
            cow=own.cow if own else UNKNOWN,
            gw=own.gw if own else UNKNOWN,
            acled_region=row[2],
        )
    return found


SAME: Mapping[str, str] = {"XKX": "KOS"}
"""Kosovo has no ISO 3166-1 code: gazetteers write one, the registry of actors the other."""


def codes(iso3: str | None, on: date | str | None = None) -> Codes:
    """Return the codes of a country; all are empty where it is unknown.

    ``on``: the day (a date, or as ISO text to the day or month) by which the numbers of Correlates
    of War and of Gleditsch and Ward are told; none: today's.
    """
    key = SAME.get(iso3 or "", iso3 or "")
    found = table().get(key, Codes())
    own = load_registry(people=False).codes.get(key)
    if on is None or own is None or not own.dated:
        return found
    day = str(on)
    return replace(found, cow=own.code("cow", day), gw=own.code("gw", day))


def codes_then(iso3: str | None, days: tuple[date, date] | None) -> Codes:
    """Return the codes of a country on the first of an event's days; today's where it has none."""
    return codes(iso3, days[0] if days else None)


def fraction(day: date) -> str:
    """Return GDELT's fraction date: the year and the share of it that is over, months of 30 days."""
    return f"{day.year + ((day.month - 1) * 30 + day.day) / 365:.4f}"
