"""What a match of the grammar means, before it is counted from anything."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from dateline.times.counts import COUNTS, approx
from dateline.times.cues import cues
from dateline.times.meaning import (
    FINE,
    Meaning,
    class_of,
    edge_of,
    first_word,
    lower,
    number_of,
    period,
    unit_of,
    value_of,
)
from dateline.times.periods import PERIODS, Builder
from dateline.times.scan import Found


def _iso(found: Found) -> Meaning:
    text = found.groups["iso"][0].text
    return Meaning("date", value=text)


def _slash(found: Found) -> Meaning | None:
    month, day, year = (int(part) for part in str(found.groups["sl"][0].value).split("/"))
    if month > 12 >= day:
        month, day = day, month
    if not 1 <= month <= 12 or not 1 <= day <= 31:
        return None
    if year < 100:
        year += 1900 if year > 50 else 2000
    return Meaning("date", year=year, month=month, day=day)


def _date(found: Found) -> Meaning | None:
    month, day = value_of(found, "m", "m2"), value_of(found, "d", "d2")
    word = first_word(found, "d", "d2")
    if word is not None and word.text.lower() == "second":
        day = 2
    if day is not None and not (isinstance(day, int) and 1 <= day <= 31):
        return None
    year = value_of(found, "y", "y2")
    bc = value_of(found, "z", "z2") == "BC"
    part, weekday = first_word(found, "p", "p3"), value_of(found, "wd", "wd2")
    time = None if part is None else str(part.value)
    return Meaning(
        "date",
        year=year,
        month=month,
        day=day,
        weekday=weekday,
        bc=bc,
        time=time,
        mod=edge_of(found) or value_of(found, "e", "mod"),
        fiscal="f" in found.groups,
    )


def _month_rel(found: Found) -> Meaning:
    return Meaning(
        "date",
        month=value_of(found, "m"),
        shift=value_of(found, "rel"),
        unit="Y",
        word=lower(found, "rel"),
        mod=edge_of(found),
    )


def _rel_named(found: Found) -> Meaning:
    rel = found.groups["rel"][-1]
    return Meaning(
        "named",
        month=value_of(found, "m"),
        day=value_of(found, "d"),
        shift=rel.value,
        word=rel.text.lower(),
        mod=edge_of(found),
    )


def _weekday(found: Found) -> Meaning | None:
    if lower(found, "p3") in cues().not_before_day:
        return None
    part = first_word(found, "p", "p2", "p3")
    rel = found.groups.get("rel")
    return Meaning(
        "weekday",
        weekday=value_of(found, "wd"),
        mod=edge_of(found),
        shift=None if rel is None else rel[-1].value,
        word="" if rel is None else rel[-1].text.lower(),
        time=None if part is None else str(part.value),
    )


def _nth_weekday(found: Found) -> Meaning | None:
    """Read "the second Sunday of October 2021" and "the first Monday of every month"."""
    number = found.groups["o"][0].value
    nth = {"S": 2, 4: -1}.get(number, number)
    if nth not in (1, 2, 3, 4, 5, -1):
        return None
    if "e" in found.groups:
        return Meaning("set", value=period(1, unit_of(found)), quant="EVERY")
    return Meaning(
        "date",
        month=value_of(found, "m"),
        weekday=value_of(found, "wd"),
        year=value_of(found, "y"),
        nth=nth,
    )


def _from_day(found: Found) -> Meaning | None:
    """Read "a week from Sunday" and "two years from now"."""
    number = number_of(found.groups.get("n", ()))[0] if "n" in found.groups else 1
    word = lower(found, "r", "wd", "now")
    if number is None or number != int(number) or ("now" in found.groups and word != "now"):
        return None
    return Meaning(
        "from",
        shift=int(number),
        unit=unit_of(found),
        day=value_of(found, "r"),
        weekday=value_of(found, "wd"),
        word=word,
        mod=approx(found),
    )


def _month_day(found: Found) -> Meaning | None:
    """Read "the 15th of this month"."""
    if unit_of(found) != "M":
        return None
    day, rel = int(value_of(found, "d")), found.groups["rel"][0]
    return Meaning("month_day", day=day, shift=rel.value, unit="M", word=rel.text.lower())


def _month_nth(found: Found) -> Meaning | None:
    """Read "the 25th", of the month last named or the one that the tense tells."""
    word = found.groups["d"][0]
    if not word.text[:1].isdigit() or not 1 <= int(word.value) <= 31:
        return None
    return Meaning("month_day", day=int(word.value), unit="M", word="")


def _weekends(found: Found) -> Meaning | None:
    if unit_of(found) != "WE":
        return None
    return Meaning("set", value="XXXX-WXX-WE", quant="EVERY")


def _weekday_set(found: Found) -> Meaning:
    part = value_of(found, "p", "p2")
    tail = f"T{part}" if part else ""
    return Meaning("set", value=f"XXXX-WXX-{value_of(found, 'wd', 'wd2')}{tail}", quant="EVERY")


def _each(found: Found) -> Meaning:
    word, head = found.groups["u"][0], found.groups["e"][0].text.lower()
    value, part = word.value, value_of(found, "p")
    number = number_of(found.groups["n"])[0] if "n" in found.groups else 1
    if "alt" in found.groups:
        number = 2
    if class_of(word) == "W":
        out = f"XXXX-WXX-{value}" + (f"T{part}" if part else "")
    elif value in ("MO", "AF", "EV", "NI", "MI", "DT"):
        out = f"XXXX-XX-XXT{value}"
    elif value in ("SP", "SU", "FA", "WI"):
        out = f"XXXX-{value}"
    elif isinstance(value, int):
        out = f"XXXX-{value:02d}"
    else:
        out = period(number, str(value))
    quant = {"each": "EACH", "every": "EVERY"}.get(head)
    return Meaning("set", value=out, quant=quant)


def _times_each(found: Found) -> Meaning | None:
    """Read "twice a month" and "three days a week": how often, and in which stretch."""
    count = value_of(found, "f")
    if count is None:
        number = number_of(found.groups["n"])[0]
        count = "X" if number is None else f"{number:g}"
    unit = value_of(found, "fu")
    if unit in (*FINE, value_of(found, "u")):
        return None
    value = period(1, str(value_of(found, "u")))
    return Meaning("set", value=value, freq=f"{count}{unit or 'X'}")


def _deictic(found: Found) -> Meaning:
    word = found.groups["r"][0]
    if word.text.lower() == "tonight":
        return Meaning("day", shift=0, time="NI", word="tonight", mod=edge_of(found))
    part = first_word(found, "p", "p2")
    return Meaning(
        "day",
        shift=word.value,
        word=word.text.lower(),
        mod=edge_of(found),
        time=None if part is None else str(part.value),
    )


def _rel_part(found: Found) -> Meaning | None:
    part, rel = found.groups["p"][0], found.groups["rel"]
    shift = rel[-1].value
    kind = "day" if rel[-1].text.lower() in ("last", "this") else "context_day"
    return Meaning(
        kind, shift=shift, time=str(part.value), word=rel[-1].text.lower(), mod=edge_of(found)
    )


def _rel_unit(found: Found) -> Meaning | None:
    unit, rel = unit_of(found), found.groups["rel"]
    if unit in FINE:
        return None if rel[-1].value else Meaning("ref", value="PRESENT_REF")
    return Meaning(
        "shift", shift=rel[-1].value, unit=unit, word=rel[-1].text.lower(), mod=edge_of(found)
    )


def _edge_unit(found: Found) -> Meaning | None:
    if "q2" in found.groups and unit_of(found) == "D":
        return None
    return Meaning("shift", shift=0, unit=unit_of(found), word="the", mod=edge_of(found) or "END")


def _current(found: Found) -> Meaning | None:
    """Read "current" before a noun; "this" alone dates nothing."""
    if found.groups["r"][0].text.lower() != "current":
        return None
    return Meaning("ref", value="PRESENT_REF", word="current")


def _overnight(found: Found) -> Meaning | None:
    if lower(found, "p") != "overnight":
        return None
    return Meaning("night", time="NI", word="overnight")


def _part(found: Found) -> Meaning | None:
    part, edge = first_word(found, "p", "p2", "p3"), first_word(found, "q", "q2")
    assert part is not None
    if "p3" in found.groups and part.text.lower() in cues().not_bare:
        return None
    mod = None if edge is None else str(edge.value)
    return Meaning("context_day", shift=0, time=str(part.value), mod=mod)


def _week_of(found: Found) -> Meaning | None:
    meaning, unit = _date(found), value_of(found, "u")
    if meaning is None or unit not in ("W", "WE"):
        return None
    return replace(meaning, word="week", unit=unit)


def _the_unit(found: Found) -> Meaning | None:
    unit = str(value_of(found, "u", "v"))
    if unit in FINE:
        return None
    fiscal = lower(found, "f") not in ("", "full")
    return Meaning("unit", shift=0, unit=unit, word="fiscal" if fiscal else "the")


FOUR = re.compile(r"\d{4}")
"""A time of day as armies write it: 1830."""


def _clock(found: Found) -> Meaning | None:
    word, half_day = found.groups["c"][0], value_of(found, "ap")
    text = word.text.replace(".", ":") if word.text[:1].isdigit() else str(word.value)
    text = f"{text[:2]}:{text[2:]}" if FOUR.fullmatch(text) else text
    parts = [int(p) for p in text.split(":")] if text.replace(":", "").isdigit() else [99]
    part = found.groups["rp"][1].value if "rp" in found.groups else value_of(found, "p")
    told = part is not None or "oc" in found.groups
    if half_day is None and len(parts) == 1 and not (told and 1 <= parts[0] <= 12):
        return None
    if half_day is not None and 1 <= parts[0] <= 12:
        parts[0] = parts[0] % 12 + half_day
    elif part in ("AF", "EV", "NI") and parts[0] < 12:
        parts[0] += 12
    if parts[0] > 24 or any(p > 59 for p in parts[1:]):
        return None
    time = ":".join(f"{p:02d}" for p in (parts if len(parts) > 1 else [*parts, 0]))
    common = {"time": time, "mod": approx(found)}
    return _at(found, common)


def _past_hour(found: Found) -> Meaning | None:
    """Read "half past nine in the evening" and "a quarter to ten"."""
    hour, way = value_of(found, "c"), lower(found, "way", "way2")
    if way not in ("past", "to") or not 1 <= hour <= 12:
        return None
    minute = 30 if "half" in found.groups else 15 if way == "past" else -15
    half_day, part = value_of(found, "ap"), value_of(found, "p")
    late = half_day == 12 or part in ("AF", "EV", "NI")
    minutes = ((hour % 12 if late or half_day == 0 else hour) + 12 * late) * 60 + minute
    return _at(found, {"time": f"{minutes // 60 % 24:02d}:{minutes % 60:02d}"})


def _clock_from(found: Found) -> Meaning | None:
    """Read the "3" of "from 3 to 5 p.m.", in the half of the day that the second names."""
    half_day = value_of(found, "ap")
    first, second = (
        [int(p) for p in word.text.replace(".", ":").split(":")]
        for word in (found.groups["c"][0], found.groups["c2"][0])
    )
    if not 1 <= first[0] <= 12 or not 1 <= second[0] <= 12:
        return None
    if first[0] % 12 > second[0] % 12:
        half_day = 12 - half_day
    hour = first[0] % 12 + half_day
    minute = first[1] if len(first) > 1 else 0
    return Meaning("context_day", shift=0, word="", time=f"{hour:02d}:{minute:02d}")


def _at(found: Found, common: dict[str, Any]) -> Meaning:
    common["zone"] = value_of(found, "zo", "zo2")
    if "r" in found.groups:
        return Meaning("day", shift=value_of(found, "r"), word=lower(found, "r"), **common)
    if "rp" in found.groups:
        return Meaning("day", shift=value_of(found, "rp"), word=lower(found, "rp"), **common)
    if "wd" in found.groups:
        return Meaning("weekday", weekday=value_of(found, "wd"), **common)
    if "m" in found.groups:
        return Meaning(
            "date",
            month=value_of(found, "m"),
            day=value_of(found, "d"),
            year=value_of(found, "y"),
            **common,
        )
    return Meaning("context_day", shift=0, word="", **common)


def _point(found: Found) -> Meaning:
    return _at(found, {"time": found.groups["h"][0].value})


def _holiday(found: Found) -> Meaning | None:
    part, whole = first_word(found, "p"), value_of(found, "w")
    if whole not in (None, "W", "WE"):
        return None
    return Meaning(
        "holiday",
        holiday=found.groups["hol"][0].value,
        year=value_of(found, "y"),
        shift=value_of(found, "rel"),
        word=lower(found, "rel"),
        time=None if part is None else str(part.value),
        unit=whole,
    )


def _ref(found: Found) -> Meaning | None:
    word = first_word(found, "r", "r2")
    assert word is not None
    text = word.text.lower()
    if text in ("past", "last"):
        return Meaning("ref", value="PAST_REF", word="the " + text)
    if found.groups.get("r2"):
        text = "the " + text
    if not isinstance(word.value, str):
        return None
    if str(word.value).startswith("P") and "_" not in str(word.value):
        return Meaning("set", value=str(word.value), word=text)
    return Meaning("ref", value=str(word.value), word=text)


def _this_time(found: Found) -> Meaning | None:
    if found.groups["c"][0].text.lower() not in ("this", "current"):
        return None
    return Meaning("ref", value="PRESENT_REF", word="this time")


def _day_more(found: Found) -> Meaning:
    return Meaning("date", day=value_of(found, "d"), year=value_of(found, "y"), word="list")


def _nine_eleven(found: Found) -> Meaning:
    return Meaning("date", value="2001-09-11")


def _small(found: Found) -> bool:
    """Tell the hours after midnight: "the early hours of Thursday morning"."""
    parts = (found.groups.get(name) for name in ("p", "p2", "p3"))
    return any(words and words[0].text.lower().endswith(" hours") for words in parts)


BUILDERS: dict[str, Builder] = {
    **PERIODS,
    **COUNTS,
    "iso": _iso,
    "slash": _slash,
    "date": _date,
    "month_rel": _month_rel,
    "rel_named": _rel_named,
    "weekday": _weekday,
    "nth_weekday": _nth_weekday,
    "from_day": _from_day,
    "month_day": _month_day,
    "month_nth": _month_nth,
    "weekends": _weekends,
    "weekday_set": _weekday_set,
    "each": _each,
    "times_each": _times_each,
    "deictic": _deictic,
    "rel_part": _rel_part,
    "rel_unit": _rel_unit,
    "edge_unit": _edge_unit,
    "current": _current,
    "overnight": _overnight,
    "part": _part,
    "week_of": _week_of,
    "the_unit": _the_unit,
    "clock": _clock,
    "clock_from": _clock_from,
    "past_hour": _past_hour,
    "point": _point,
    "holiday": _holiday,
    "ref": _ref,
    "this_time": _this_time,
    "day_more": _day_more,
    "nine_eleven": _nine_eleven,
}


def meaning_of(found: Found) -> Meaning | None:
    """Return what a match means; ``None`` where its words rule the reading out."""
    meaning = BUILDERS[found.rule.build](found)
    if meaning is not None and meaning.time and _small(found):
        meaning = replace(meaning, small=True, mod=meaning.mod or "START")
    if meaning is None or meaning.year is None:
        return meaning
    year = int(meaning.year)
    return replace(meaning, year=year) if year == meaning.year and 0 < year <= 9999 else None
