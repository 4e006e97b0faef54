"""A place of the gazetteer."""

from __future__ import annotations

from dataclasses import dataclass

PRECISION = {"water": "region"}
"""Kind → ``Place.precision`` where it is not the kind itself."""
RESOLUTION = {"country": 1, "admin1": 2, "admin2": 3, "town": 4, "site": 5}
"""Kind → PLOVER's resolution; regions and waters have none."""
DEFAULT_CODES = {
    "country": "PCLI", "admin1": "ADM1", "admin2": "ADM2", "town": "PPL",
    "region": "RGN", "water": "SEA", "site": "BLDG",
}  # fmt: skip
CLASS_OF = {
    "AREA": "L", "CONT": "L", "RGN": "L", "MILB": "L", "PRK": "L", "RES": "L", "PORT": "L",
    "LCTY": "L", "CST": "L", "ZN": "L", "RGNE": "L",
    "SEA": "H", "OCN": "H", "GULF": "H", "STRT": "H", "CHN": "H", "CNL": "H", "STM": "H",
    "LK": "H", "BAY": "H", "RSV": "H", "FLLS": "H", "INLT": "H", "SD": "H", "HBR": "H", "RF": "H",
    "LGN": "H", "DAM": "S", "GLCR": "H",
    "MT": "T", "MTS": "T", "DSRT": "T", "ISL": "T", "ISLS": "T", "PEN": "T", "PASS": "T",
    "VAL": "T", "CAPE": "T", "VLC": "T", "PLN": "T", "PLAT": "T", "UPLD": "T", "ATOL": "T",
    "BCH": "T", "DLTA": "T", "HLL": "T", "CNYN": "T", "FRST": "V",
    "PPL": "P", "PPLA": "P", "PPLC": "P", "PPLX": "P",
    "PCLI": "A", "PCLS": "A", "PCLD": "A", "ADM1": "A", "ADM2": "A", "ADM3": "A", "ADMD": "A",
    "RD": "R", "ST": "R", "TNL": "R",
}  # fmt: skip
"""GeoNames feature code → class; codes of buildings and other sites are ``S``."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A place of the gazetteer."""

    name: str
    kind: str
    """``town``, ``admin2``, ``admin1``, ``country``, ``region``, ``water`` or ``site``."""
    country: str | None
    """ISO 3166-1 alpha-3; ``None`` across borders and on the high seas."""
    lat: float
    lon: float
    geonameid: int | None = None
    key: str | None = None
    """Id in the project's own tables where there is no GeoNames id."""
    admin1: str | None = None
    admin2: str | None = None
    population: int = 0
    """0 where not known; of an area, the people of its towns."""
    code: str = ""
    """GeoNames feature code; the usual one of the kind where empty."""
    capital: bool = False

    @property
    def feature_code(self) -> str:
        """Return the GeoNames feature code."""
        return self.code or ("PPLC" if self.capital else DEFAULT_CODES[self.kind])

    @property
    def feature_class(self) -> str:
        """Return the GeoNames feature class."""
        return CLASS_OF.get(self.feature_code, "S")

    @property
    def precision(self) -> str:
        """Return what a ``Place`` of it is precise to."""
        return PRECISION.get(self.kind, self.kind)

    @property
    def resolution(self) -> int | None:
        """Return PLOVER's resolution."""
        return 5 if self.code == "PPLX" else RESOLUTION.get(self.kind)

    @property
    def hierarchy(self) -> tuple[str, ...]:
        """Return the names from the place up to the country (ISO 3166-1 alpha-3)."""
        parts = (self.name, self.admin2, self.admin1, self.country)
        return tuple(dict.fromkeys(part for part in parts if part))

    def described(self) -> str:
        """Return the place with what holds it, in words."""
        parts = (self.name, self.admin1, self.country)
        return ", ".join(dict.fromkeys(part for part in parts if part))


def rank(entry: Entry) -> tuple[int, int, int]:
    """Order the places of one name when nothing else is known: the best known first."""
    first = {"country": 0, "region": 1, "water": 1, "site": 1}.get(entry.kind, 2)
    return first, -entry.population - (10**9 if entry.capital else 0), entry.geonameid or 0
