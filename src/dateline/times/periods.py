"""What the names of long periods mean: years, seasons, quarters, halves, decades, centuries."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import replace

from dateline.times.meaning import Meaning, class_of, edge_of, first_word, lower, value_of
from dateline.times.scan import Found

Builder = Callable[[Found], Meaning | None]


def _year_short(found: Found) -> Meaning | None:
    """Read the second year of "2006-07"."""
    first, word = int(found.groups["y"][0].value), found.groups["d"][0]
    if len(word.text) != 2 or int(word.value) <= first % 100:
        return None
    return Meaning("date", year=first // 100 * 100 + int(word.value))


def _same_quarter(found: Found) -> Meaning:
    """Read "the 1988 quarter" and "the latest period": the quarter the text speaks of."""
    year = value_of(found, "y")
    return Meaning("date", year=year, word="period", shift=None if year else 0, unit="Q")


def _decade(found: Found) -> Meaning | None:
    word = found.groups["dec"][0]
    if isinstance(word.value, int):
        return Meaning("date", short=f"19{word.value}", mod=edge_of(found))
    digits = re.sub(r"\D", "", word.text)
    if len(digits) == 2:
        digits = ("20" if digits in ("00", "10") else "19") + digits
    if len(digits) == 4 and digits.endswith("00") and digits < "2000" and edge_of(found) is None:
        return Meaning("date", short=digits[:2])
    if len(digits) != 4 or not 1000 <= int(digits) <= 2100:
        return None
    return Meaning("date", short=digits[:3], mod=edge_of(found))


def _after_christ(found: Found) -> Meaning | None:
    """Read "AD 476"."""
    era = found.groups["z"][0]
    year = value_of(found, "y")
    if era.value != "AD" or not era.text.isupper() or year != int(year):
        return None
    return Meaning("date", year=int(year), mod=value_of(found, "mod"))


def _month_part(found: Found) -> Meaning | None:
    """Read "the last day of May" as that day and "the last week of May" as the end of the month."""
    word, unit = found.groups["o"][0], value_of(found, "u")
    number = {"S": 2, "final": -1, "last": -1}.get(word.value, word.value)
    number = -1 if word.text.lower() in ("last", "final") else number
    if unit not in ("D", "W") or number not in range(-1, 32) or not number:
        return None
    month, year = int(value_of(found, "m")), value_of(found, "y")
    common = {"month": month, "year": year}
    if unit == "D" and "n" not in found.groups and class_of(found.groups["u"][0]) == "U":
        last = monthrange(year or 2001, month)[1]
        day = last if number == -1 else number
        return Meaning("date", day=day, **common) if day <= last else None
    mod = {1: "START", -1: "END"}.get(number, "MID")
    return Meaning("date", mod=mod, **common)


def _half_decade(found: Found) -> Meaning | None:
    """Read "the second half of the 1980s": the decade, at its start or end."""
    decade, number = _decade(found), found.groups["o"][0].value
    if decade is None or number not in (1, 2, 4, -1, "S"):
        return None
    return replace(decade, mod="START" if number == 1 else "END")


def _century(found: Found) -> Meaning | None:
    number = found.groups["o"][0].value
    number = 2 if number == "S" else number
    if not isinstance(number, int) or not 1 <= number <= 25:
        return None
    if (
        found.groups.get("j")
        and class_of(found.groups["j"][0]) == "J"
        and lower(found, "j") == "millennium"
    ):
        return None
    if value_of(found, "z") == "BC":
        return Meaning("date", value=f"BC{number - 1:02d}", mod=edge_of(found))
    return Meaning("date", short=f"{number - 1:02d}", mod=edge_of(found))


def _century_list(found: Found) -> Meaning | None:
    """Read both of "the 18th and 19th centuries"."""
    return _century(found) if value_of(found, "u") == "CE" else None


def _century_part(found: Found) -> Meaning | None:
    """Read "the last decade of the 20th century" and "the first half of the century before"."""
    century, part = _century(found), found.groups["o2"][0].value
    if century is None or century.short is None:
        return None
    number = 2 if part == "S" else part
    if found.groups["k"][0].text.lower() == "half":
        if number not in (1, 2, 4, -1):
            return None
        return replace(century, mod="START" if number == 1 else "END")
    tenth = 9 if number in (-1, 4) and part not in range(1, 4) else int(number) - 1
    return replace(century, short=f"{century.short}{tenth}") if 0 <= tenth <= 9 else None


def _short_part(found: Found) -> Meaning | None:
    """Read "Q3 2020" and "H1 2021"; "H1" alone names many other things."""
    text, year = found.groups["k"][0].text, value_of(found, "y")
    if text[0] == "H":
        return None if year is None else Meaning("date", half=int(text[1]), year=year)
    return Meaning("date", quarter=int(text[1]), year=year, unit="Y")


def _quarter(found: Found) -> Meaning | None:
    number = found.groups["o"][0].value
    number = 2 if number == "S" else number
    if number not in (1, 2, 3, 4):
        return None
    return Meaning(
        "date",
        quarter=number,
        year=value_of(found, "y"),
        shift=-1 if "ya" in found.groups else value_of(found, "rel"),
        unit="Y",
        word=lower(found, "rel"),
        fiscal=any(name in found.groups for name in ("f", "f2", "f3", "f4")),
    )


def _half_year(found: Found) -> Meaning | None:
    number = found.groups["o"][0].value
    number = 2 if number in ("S", -1, 4) else number
    if number not in (1, 2):
        return None
    shift = value_of(found, "rel")
    year = value_of(found, "y")
    return Meaning(
        "date",
        half=number,
        year=year,
        shift=0 if shift is None and year is None else shift,
        unit="Y",
        word=lower(found, "rel"),
    )


def _season(found: Found) -> Meaning | None:
    word = found.groups["s"][0]
    rel, rel2, year = first_word(found, "rel"), first_word(found, "rel2"), value_of(found, "y")
    if rel2 is not None:
        return Meaning(
            "date", season=word.value, shift=rel2.value, unit="Y", word=rel2.text.lower()
        )
    if rel is not None:
        return Meaning(
            "named", season=word.value, shift=rel.value, word=rel.text.lower(), mod=edge_of(found)
        )
    bc = value_of(found, "z") == "BC"
    return Meaning(
        "date", season=word.value, year=year or value_of(found, "y2"), bc=bc, mod=edge_of(found)
    )


PERIODS: dict[str, Builder] = {
    "year_short": _year_short,
    "same_quarter": _same_quarter,
    "after_christ": _after_christ,
    "month_part": _month_part,
    "decade": _decade,
    "half_decade": _half_decade,
    "century": _century,
    "century_list": _century_list,
    "century_part": _century_part,
    "short_part": _short_part,
    "quarter": _quarter,
    "half_year": _half_year,
    "season": _season,
}
"""Builders of this module by the name that rules give them."""
