"""What counts of units mean: durations, and dates so many units from another."""

from __future__ import annotations

from dateline.times.meaning import (
    FINE,
    Meaning,
    class_of,
    lower,
    number_of,
    period,
    unit_of,
    value_of,
)
from dateline.times.periods import Builder
from dateline.times.scan import Found


def _rel_units(found: Found) -> Meaning:
    words, rel = found.groups.get("n", ()), found.groups["rel"][-1]
    number, mod = number_of(words) if words else (None, None)
    return Meaning(
        "duration",
        value=period(number, unit_of(found)),
        mod=mod,
        shift=rel.value,
        word=rel.text.lower(),
        vague=_not_all_days(found),
    )


def _not_all_days(found: Found) -> bool:
    """Tell "five working days", which span an unknown number of days of the calendar."""
    return bool(value_of(found, "kind"))


def _past_decade(found: Found) -> Meaning | None:
    """Read "the past decade" as the ten years up to now; "the last decade" is the one before."""
    if lower(found, "rel") != "past":
        return None
    return Meaning("duration", value=period(1, unit_of(found)), shift=-1, word="past")


def _vague(found: Found) -> Meaning | None:
    if "s" in found.groups:
        unit = unit_of(found)
        if unit != "Y":
            return Meaning("duration", value=period(None, unit), shift=-1)
        return Meaning("ref", value="PAST_REF")
    word = found.groups["x"][0].text.lower()
    if found.groups["x"][0].value == -1:
        return Meaning("duration", value=period(None, unit_of(found)), shift=-1)
    ahead = word in ("coming", "upcoming", "next", "future")
    return Meaning("ref", value="FUTURE_REF") if ahead else None


def approx(found: Found) -> str | None:
    """Return the TIMEX3 modifier of "about", "more than" and the like before a count."""
    words = found.groups.get("mod") or found.groups.get("pre") or ()
    if not words:
        return None
    if len(words) == 2 and words[0].text.lower() == "at":
        return str(words[1].value)
    mods = [str(w.value) for w in words if w.value]
    return mods[0] if mods else None


def _ago(found: Found) -> Meaning | None:
    sign = found.groups["g"][0].value
    if "r" in found.groups:
        return _ago_today(found, sign)
    words = found.groups.get("n", ())
    number, mod = number_of(words) if words else (1.0, None)
    vague_count = number is None
    word = found.groups["g"][0].text.lower()
    word = {"afterwards": "later", "afterward": "later", "before": "earlier"}.get(word, word)
    return Meaning(
        "ago",
        shift=0 if vague_count else round(number or 1) * sign,
        vague=vague_count,
        unit=unit_of(found),
        word=word,
        mod=approx(found) or mod,
        capped=_capped(found),
        freq="-" if sign < 0 else "+",
    )


def _ago_today(found: Found, sign: int) -> Meaning | None:
    """Read "a year ago today"."""
    number = number_of(found.groups["n"])[0] if "n" in found.groups else 1
    if number is None or number != int(number):
        return None
    return Meaning(
        "from",
        shift=sign * int(number),
        unit=unit_of(found),
        day=value_of(found, "r"),
        word=lower(found, "r"),
        mod=approx(found),
    )


def _capped(found: Found) -> bool:
    return lower(found, "mod", "pre") in ("less", "fewer", "under")


def _unit_before(found: Found) -> Meaning | None:
    """Read "the year before"."""
    unit = unit_of(found)
    if unit in FINE:
        return None
    return Meaning("ago", shift=-1, unit=unit, word="earlier", freq="-")


def _part_before(found: Found) -> Meaning:
    """Read "the night before"."""
    return Meaning("context_day", shift=-1, time=str(found.groups["p"][0].value))


def _before_last(found: Found) -> Meaning | None:
    """Read "the week before last", "the year after next" and "the night before last"."""
    word = lower(found, "b", "a")
    shift = {"last": -2, "next": 2}.get(word)
    if shift is None:
        return None
    if "p" in found.groups:
        return Meaning("day", shift=shift, time=str(value_of(found, "p")), word="before last")
    unit = unit_of(found)
    return None if unit in FINE else Meaning("shift", shift=shift, unit=unit, word="before last")


def _bare_ago(found: Found) -> Meaning:
    """Read "years ago" and "weeks later", which say how long only roughly."""
    word = found.groups["g"][0]
    return Meaning(
        "ago", vague=True, unit=unit_of(found), word=word.text.lower(), freq="+-"[word.value < 0]
    )


def _part_of(found: Found) -> float:
    """Return the years of "half a century" and "a quarter of a decade"."""
    size = {"DE": 10, "CE": 100, "L": 1000}[unit_of(found)]
    return size * (
        0.25 if class_of(found.groups[("p" if "p" in found.groups else "q")][0]) == "Q" else 0.5
    )


def _part_ago(found: Found) -> Meaning | None:
    years = _part_of(found)
    if years != int(years):
        return None
    return Meaning("ago", shift=-int(years), unit="Y", word="ago", freq="-")


def _part_unit(found: Found) -> Meaning | None:
    return Meaning("duration", value=period(_part_of(found), "Y"))


def _turn(found: Found) -> Meaning:
    return Meaning("turn", unit=unit_of(found), mod="START")


def _year_ago(found: Found) -> Meaning:
    tail = found.groups.get("k")
    quarter = 4 if tail and tail[0].value == "Q" else None
    word = "year-ago" if tail else "ago"
    return Meaning("ago", shift=-1, unit=unit_of(found), word=word, freq="-", quarter=quarter)


def _duration(found: Found) -> Meaning | None:
    words = found.groups.get("n", ())
    if "old" in found.groups:
        return None
    if "b" in found.groups:
        return _half_unit(found)
    number, mod = number_of(words) if words else (1.0, None)
    if ("half" in found.groups or "half2" in found.groups) and number is not None:
        number += 0.5
    if number is not None and (number > 100000 or number == 0):
        return None
    return Meaning(
        "duration",
        value=period(number, unit_of(found)),
        mod=approx(found) or mod,
        vague=_not_all_days(found),
    )


def _half_unit(found: Found) -> Meaning:
    unit = unit_of(found)
    value = {"H": "PT30M", "Y": "P6M", "DE": "P5Y", "CE": "P50Y", "D": "PT12H"}.get(unit)
    return Meaning("duration", value=value or period(0.5, unit), mod=approx(found))


def _first_units(found: Found) -> Meaning:
    return Meaning("duration", value=period(number_of(found.groups["n"])[0], unit_of(found)))


def _bare_units(found: Found) -> Meaning | None:
    if found.last - found.first > 1 and unit_of(found) in FINE and found.groups.get("early"):
        return None
    return Meaning("duration", value=period(None, unit_of(found)), vague=True)


def _nights(found: Found) -> Meaning | None:
    """Read "three nights" and "two evenings", which lie on as many days."""
    number, mod = number_of(found.groups["n"])
    if lower(found, "n") == "some":
        return None
    return Meaning("duration", value=period(number, "D"), mod=approx(found) or mod)


def _long(found: Found) -> Meaning:
    word = found.groups["u"][0]
    number = None if word.text.lower().endswith("s") else 1.0
    return Meaning("duration", value=period(number, str(word.value)))


def _ahead(found: Found) -> Meaning:
    return Meaning("duration", value=period(None, unit_of(found)), shift=1)


def _a_while(found: Found) -> Meaning:
    return Meaning("duration", value=str(found.groups["w"][0].value))


COUNTS: dict[str, Builder] = {
    "rel_units": _rel_units,
    "past_decade": _past_decade,
    "vague": _vague,
    "ago": _ago,
    "unit_before": _unit_before,
    "part_before": _part_before,
    "bare_ago": _bare_ago,
    "before_last": _before_last,
    "part_ago": _part_ago,
    "part_unit": _part_unit,
    "turn": _turn,
    "year_ago": _year_ago,
    "duration": _duration,
    "half_unit": _half_unit,
    "first_units": _first_units,
    "bare_units": _bare_units,
    "nights": _nights,
    "long": _long,
    "ahead": _ahead,
    "a_while": _a_while,
}
"""Builders of this module by the name that rules give them."""
