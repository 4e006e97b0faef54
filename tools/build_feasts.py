"""Write the table of movable feasts anew: ``python tools/build_feasts.py``.

Needs the package ``holidays`` (MIT), whose calendars know the feasts of the Islamic, Hebrew,
Chinese, Hindu and Buddhist years, and ``python-dateutil`` for the Easter of the Orthodox churches.
Neither is needed to run dateline.
"""

from __future__ import annotations

from importlib import import_module
from importlib.metadata import version
from pathlib import Path

TABLE = Path(__file__).parents[1] / "src" / "dateline" / "times" / "feasts.tsv"
YEARS = range(1950, 2051)
ISLAMIC = {
    "ramadan": "ramadan_beginning",
    "eid_al_fitr": "eid_al_fitr",
    "eid_al_adha": "eid_al_adha",
    "islamic_new_year": "hijri_new_year",
    "ashura": "ashura",
    "arbaeen": "arbaeen",
    "mawlid": "mawlid",
}
OTHERS = {
    "purim": ("_HebrewLunisolar", "purim"),
    "passover": ("_HebrewLunisolar", "passover"),
    "shavuot": ("_HebrewLunisolar", "shavuot"),
    "rosh_hashanah": ("_HebrewLunisolar", "rosh_hashanah"),
    "yom_kippur": ("_HebrewLunisolar", "yom_kippur"),
    "sukkot": ("_HebrewLunisolar", "sukkot"),
    "hanukkah": ("_HebrewLunisolar", "hanukkah"),
    "lunar_new_year": ("_ChineseLunisolar", "lunar_new_year"),
    "mid_autumn": ("_ChineseLunisolar", "mid_autumn"),
    "holi": ("_HinduLunisolar", "holi"),
    "dussehra": ("_HinduLunisolar", "dussehra"),
    "diwali": ("_HinduLunisolar", "diwali_india"),
    "vesak": ("_BuddhistLunisolar", "vesak"),
}
HEAD = (
    "# version 1; first days of movable feasts, {first} to {last}, made by tools/build_feasts.py from the"
    " calendars of `holidays` {version} (MIT) and, for the Orthodox Easter, python-dateutil.\n"
    "# An Islamic feast may differ by a day where a moon is sighted; a Hebrew one begins on the evening"
    " before. Several days in a year are joined by commas; none known: -\n"
)


def days(name: str, year: int) -> list[str]:
    """Return the first days of a feast in a year, as month and day."""
    if name == "orthodox_easter":
        easter = import_module("dateutil.easter")
        return [f"{easter.easter(year, easter.EASTER_ORTHODOX):%m-%d}"]
    calendars = import_module("holidays.calendars")
    if name in ISLAMIC:
        found = getattr(calendars._IslamicLunar(), f"{ISLAMIC[name]}_dates")(year)
        return sorted(f"{day:%m-%d}" for day, _ in found if day.year == year)
    calendar, method = OTHERS[name]
    found = getattr(getattr(calendars, calendar)(), f"{method}_date")(year)
    first = found[0] if isinstance(found, tuple) else found
    every = first if isinstance(first, set) else {first} - {None}
    return sorted(f"{day:%m-%d}" for day in every if day.year == year)


def main() -> None:
    """Write the table."""
    names = [*ISLAMIC, *OTHERS, "orthodox_easter"]
    lines = ["\t".join(["year", *names])]
    for year in YEARS:
        cells = [",".join(days(name, year)) or "-" for name in names]
        lines.append("\t".join([str(year), *cells]))
    head = HEAD.format(first=YEARS[0], last=YEARS[-1], version=version("holidays"))
    TABLE.write_text(head + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
