"""From the groups of a matched form to what it means, before any date is known."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from dateline.times.tables import words
from dateline.times.values import duration

EDGES = {
    "START": (
        "early",
        "earlier",
        "beginning",
        "start",
        "outset",
        "turn",
        "dawn",
        "first half",
        "early part",
    ),
    "MID": ("mid", "middle"),
    "END": ("late", "later", "end", "close", "second half", "latter half", "latter part"),
}
MODS = {
    "APPROX": ("about", "around", "approximately", "roughly", "some"),
    "LESS_THAN": ("nearly", "almost", "just under", "less than", "fewer than", "under"),
    "MORE_THAN": ("just over", "more than", "over"),
    "EQUAL_OR_MORE": ("at least", "no less than"),
    "EQUAL_OR_LESS": ("at most", "up to", "no more than"),
}
PLURAL_HINT = re.compile(r"s$")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a form says: complete in ``value``, or to be counted from a date by ``shape``."""

    type: str
    shape: str = "explicit"
    """``explicit``, ``monthday``, ``month``, ``weekday``, ``unit``, ``offset``, ``season``,
    ``quarter``, ``today``, ``clock``, ``holiday``, ``weekend``, ``decade`` or ``reference``."""
    value: str | None = None
    mod: str | None = None
    freq: str | None = None
    quant: str | None = None
    number: float | None = None
    unit: str = ""
    rel: str = ""
    part: str = ""
    year: str = ""
    anchored: str = "published"
    """``published``, or ``previous``: counted from the date told before."""
    then: Meaning | None = None
    """A second date that the words also name: the end of a range."""


Groups = Mapping[str, str | None]


def number_of(text: str | None) -> float | None:
    """Return the number in figures or words; ``None`` for "several"."""
    table = words().numbers
    if not text:
        return None
    plain = text.lower().replace(",", "")
    try:
        return float(plain)
    except ValueError:
        parts = [part for part in re.split(r"[\s-]+", plain) if part]
        if not parts or any(part not in table for part in parts):
            return None
        total = 0.0
        for part in parts:
            value = table[part]
            total = total * value if value >= 100 and total else total + value
        return total


def unit_of(text: str) -> str:
    """Return the unit a word names: ``weeks`` → ``week``."""
    return words().units[text.lower()]


def month_of(text: str | None) -> int:
    """Return the number of a month by its name, short or long."""
    return words().months[(text or "").lower().rstrip(".")]


def weekday_of(text: str | None) -> int:
    """Return the number of a weekday, Monday 0."""
    return words().weekdays[(text or "").lower().rstrip(".")]


def mod_of(text: str | None) -> str | None:
    """Return the TIMEX3 modifier of "about", "more than", "early" and their like."""
    plain = re.sub(r"\s+", " ", (text or "").lower()).removeprefix("very ")
    for table in (MODS, EDGES):
        for mod, phrases in table.items():
            if plain in phrases:
                return mod
    return None


def _date(year: str | None, month: int, day: int | None = None) -> str | None:
    year = _full_year(year)
    if not year:
        return None
    return f"{year}-{month:02}" + (f"-{day:02}" if day else "")


def _full_year(year: str | None) -> str:
    """Return four digits: ``'98`` → ``1998``; words like "this year" stay for later."""
    text = (year or "").lower().strip("'’")
    if text.isdigit() and len(text) == 2:
        return ("19" if int(text) > 30 else "20") + text
    return text if text.isdigit() else ""


def _day(text: str | None) -> int:
    return int(re.sub(r"\D", "", text or "0") or 0)


def iso(g: Groups) -> Meaning:
    value = f"{g['year']}-{g['month']}-{g['day']}"
    return (
        Meaning("TIME", value=f"{value}T{g['clock']}")
        if g["clock"]
        else Meaning("DATE", value=value)
    )


def slashes(g: Groups) -> Meaning:
    return Meaning("DATE", value=_date(g["year"], int(g["month"] or 0), int(g["day"] or 0)))


def full(g: Groups) -> Meaning:
    month, day = month_of(g["month"] or g["month2"]), _day(g["day"] or g["day2"])
    part = words().parts.get((g["part"] or "").lower(), "")
    value = _date(g["year"], month, day)
    if value:
        return Meaning("TIME", value=f"{value}T{part}") if part else Meaning("DATE", value=value)
    made = Meaning("TIME" if part else "DATE", "monthday", value=f"{month:02}-{day:02}", part=part)
    return replace(made, rel=str(weekday_of(g["weekday"]))) if g["weekday"] else made


def days(g: Groups) -> Meaning:
    first = full({**g, "day2": None, "month2": None, "weekday": None, "part": None})
    last = full(
        {**g, "day": g["day2"], "day2": None, "month2": None, "weekday": None, "part": None}
    )
    return replace(first, then=last)


def month(g: Groups) -> Meaning:
    value = _date(g["year"], month_of(g["month"]))
    if value:
        return Meaning("DATE", value=value)
    return Meaning("DATE", "month", number=month_of(g["month"]), year=(g["year"] or "").lower())


def monthalone(g: Groups) -> Meaning:
    return Meaning("DATE", "month", number=month_of(g["month"]))


def season(g: Groups) -> Meaning:
    code = words().seasons[(g["season"] or "").lower()]
    year = _full_year(g.get("year"))
    if year:
        return Meaning("DATE", value=f"{year}-{code}")
    return Meaning("DATE", "season", unit=code, year=(g.get("year") or "").lower())


def quarter(g: Groups) -> Meaning:
    letter = "Q" if g["kind"] == "quarter" else "H"
    number = {"first": 1, "second": 2, "third": 3, "fourth": 4}.get(g["ord"] or "", 0)
    number = number or (_day(g["ord"]) if g["ord"] != "last" else (4 if letter == "Q" else 2))
    year = _full_year(g["year"])
    if year:
        return Meaning("DATE", value=f"{year}-{letter}{number}")
    return Meaning("DATE", "quarter", unit=letter, number=number, year=(g["year"] or "").lower())


def q(g: Groups) -> Meaning:
    if g["year"]:
        return Meaning("DATE", value=f"{g['year']}-Q{g['ord']}")
    return Meaning("DATE", "quarter", unit="Q", number=float(g["ord"] or 0))


def fiscal(g: Groups) -> Meaning:
    return Meaning("DATE", value=g["year"])


def decade(g: Groups) -> Meaning:
    text = (g["decade"] or "").lower().strip("'’")
    if text[:4].isdigit():
        return Meaning("DATE", value=text[:3])
    if text[:2].isdigit():
        return Meaning("DATE", value=("19" if int(text[0]) > 2 else "20") + text[0])
    return Meaning("DATE", value=f"19{words().decades[re.split(r'[ -]', text)[-1]] // 10}")


def century(g: Groups) -> Meaning:
    number = ordinal_of(g["ord"])
    era = "BC" if (g.get("era") or "").upper().startswith("BC") else ""
    return Meaning("DATE", value=f"{era}{number - (0 if era else 1):02}")


def ordinal_of(text: str | None) -> int:
    """Return the number of "third", "3rd" or "twenty-first"."""
    plain = (text or "").lower()
    if plain[:1].isdigit():
        return _day(plain)
    parts = re.split(r"[\s-]", plain)
    table = words()
    tens = int(table.numbers.get(parts[0], 0)) if len(parts) > 1 else 0
    return tens + table.ordinals.get(parts[-1], 0)


def era(g: Groups) -> Meaning:
    if g["ad"]:
        return Meaning("DATE", value=f"{int(g['ad']):04}")
    before = (g["era"] or "").upper().startswith("B")
    return Meaning("DATE", value=f"{'BC' if before else ''}{int(g['year'] or 0):04}")


def year(g: Groups) -> Meaning:
    return Meaning("DATE", value=g["year"])


def nine_eleven(g: Groups) -> Meaning:
    return Meaning("DATE", value="2001-09-11")


def today(g: Groups) -> Meaning:
    word = re.sub(r"\s+", " ", (g["word"] or "").lower())
    table = {
        "today": (0, ""), "tonight": (0, "NI"), "yesterday": (-1, ""), "tomorrow": (1, ""),
        "last night": (-1, "NI"), "overnight": (0, "NI"), "the day before yesterday": (-2, ""),
        "the day after tomorrow": (2, ""), "this morning": (0, "MO"),
        "this afternoon": (0, "AF"), "this evening": (0, "EV"),
    }  # fmt: skip
    number, part = table[word]
    part = words().parts.get((g["part"] or "").lower(), part)
    return Meaning("TIME" if part else "DATE", "today", number=number, part=part)


def weekday(g: Groups) -> Meaning:
    part = words().parts.get((g["part"] or "").lower(), "")
    rel = (g["rel"] or "").lower()
    if g["week"]:
        rel = f"week:{(g['week'] or '').lower().split()[0]}"
    return Meaning(
        "TIME" if part else "DATE",
        "weekday",
        number=weekday_of(g["weekday"]),
        rel=rel,
        part=part,
        mod=mod_of(g["edge"]),
    )


def relative(g: Groups) -> Meaning:
    return _relative((g["rel"] or "").lower(), (g["unit"] or "").lower(), mod_of(g["edge"]))


def _relative(rel: str, unit: str, mod: str | None = None) -> Meaning:
    table = words()
    if unit in table.seasons:
        return Meaning("DATE", "season", unit=table.seasons[unit], rel=rel, mod=mod)
    if unit.rstrip(".") in table.months:
        return Meaning("DATE", "month", number=month_of(unit), rel=rel, mod=mod)
    if unit in ("morning", "afternoon", "evening", "night"):
        part = table.parts[unit]
        shift = -1 if rel in ("last", "previous") else 1 if rel in ("next", "following") else 0
        return Meaning("TIME", "today", number=shift, part=part, mod=mod)
    anchored = (
        "previous"
        if rel in ("previous", "preceding", "following", "same", "that", "subsequent")
        else "published"
    )
    return Meaning("DATE", "unit", unit=unit, rel=rel, mod=mod, anchored=anchored)


def edge(g: Groups) -> Meaning:
    mod = mod_of(g["edge"])
    if g["month"]:
        inner = month({"month": g["month"], "year": g["year"]})
    elif g["yearonly"]:
        inner = Meaning("DATE", value=g["yearonly"])
    elif g["decade"]:
        inner = decade(g)
    elif g["century"]:
        inner = century(
            {"ord": re.split(r"[\s-]century", g["century"], flags=re.I)[0], "era": None}
        )
    elif g["rel"]:
        inner = _relative((g["rel"] or "").lower(), (g["unit"] or "").lower())
    elif g["theunit"]:
        inner = _relative("this", (g["theunit"] or "").lower())
    elif g["weekday"]:
        inner = Meaning("DATE", "weekday", number=weekday_of(g["weekday"]))
    else:
        inner = season({"season": g["season"], "year": g["syear"]})
    return replace(inner, mod=mod)


def ago(g: Groups) -> Meaning:
    way = re.sub(r"\s+", " ", (g["way"] or "").lower())
    sign = -1 if way in ("ago", "earlier", "back", "before that") else 1
    previous = way in ("earlier", "later", "before that", "after that")
    number = number_of(g["num"])
    return Meaning(
        "DATE",
        "offset",
        number=None if number is None else sign * number,
        rel="past" if sign < 0 else "future",
        unit=unit_of(g["unit"] or ""),
        mod=mod_of(g["approx"]),
        anchored="previous" if previous else "published",
    )


def apart(g: Groups) -> Meaning:
    return lasting(g["num"], g["unit"], mod_of(g["approx"]))


def span(g: Groups) -> Meaning:
    made = lasting(g["num"], g["unit"], None)
    rel = (g["rel"] or "").lower()
    return replace(made, rel={"recent": "past"}.get(rel, rel))


def lasting(number: str | None, unit: str | None, mod: str | None, half: bool = False) -> Meaning:
    """Return the meaning of a duration of ``number`` ``unit``."""
    value = number_of(number)
    if value is not None and half:
        value += 0.5
    return Meaning(
        "DURATION",
        "duration",
        value=duration(value, unit_of(unit or "")),
        number=value,
        unit=unit_of(unit or ""),
        mod=mod,
    )


def duration_form(g: Groups) -> Meaning:
    text = re.sub(r"\s+", " ", (g["num"] or "").lower())
    text = {
        "half a": "half",
        "half an": "half",
        "the whole": "1",
        "the entire": "1",
        "all": "1",
    }.get(text, text)
    return lasting(text, g["unit"], mod_of(g["approx"]), bool(g["half"] or g["tail"]))


def durations(g: Groups) -> Meaning:
    return lasting(None, g["vague"], None)


def set_form(g: Groups) -> Meaning:
    table, text = words(), (g["unit"] or "").lower().rstrip(".")
    number = 2.0 if (g["num"] or "").lower() == "other" else number_of(g["num"]) or 1.0
    quant = (g["each"] or "").upper()
    if text in table.weekdays:
        value = f"XXXX-WXX-{table.weekdays[text] + 1}"
    elif text in table.months:
        value = f"XXXX-{table.months[text]:02}"
    elif text in table.seasons:
        value = f"XXXX-{table.seasons[text]}"
    elif text in table.parts and text != "night":
        value = f"XXXX-XX-XXT{table.parts[text]}"
    else:
        value = duration(number, unit_of(text))
    return Meaning("SET", value=value, quant=quant)


def frequency(g: Groups) -> Meaning:
    times = {"once": "1X", "twice": "2X"}.get((g["times"] or "").lower())
    number = number_of((g["times"] or "").split(" ")[0]) if g["times"] and not times else None
    return Meaning(
        "SET",
        value=duration(1, unit_of(g["unit"] or "")),
        freq=times or (f"{number:g}X" if number else None),
    )


def adverb(g: Groups) -> Meaning:
    value = words().frequencies[(g["word"] or "").lower()]
    return Meaning("SET", value="P3M" if value == "P1Q" else value)


def clock(g: Groups) -> Meaning:
    word = (g["word"] or "").lower()
    if word:
        part, value = "", "12:00" if word == "noon" else "00:00"
    else:
        text = (g["clock"] or f"{g['hour']}").replace(".", ":")
        part = (g["half"] or g["half2"] or "").lower().replace(".", "")
        hour, *rest = text.split(":")
        number = int(hour) % 12 + (12 if part == "pm" else 0) if part else int(hour)
        value = ":".join([f"{number:02}", *rest])
    return Meaning(
        "TIME", "clock", value=value, rel=str(weekday_of(g["weekday"])) if g["weekday"] else ""
    )


def holiday(g: Groups) -> Meaning:
    name = (
        "ramadan"
        if g["ramadan"]
        else re.sub(r"\s+", " ", (g["holiday"] or "").lower()).replace("’", "'")
    )
    return Meaning("DATE", "holiday", unit=name, year=g["year"] or "")


def ordinal(g: Groups) -> Meaning:
    return Meaning("DATE", "dayofmonth", number=ordinal_of(g["ord"]))


def sameday(g: Groups) -> Meaning:
    rel, unit = (g["rel"] or "same").lower(), (g["unit"] or "").lower()
    part = words().parts.get(unit, "")
    return Meaning(
        "TIME" if part else "DATE", "unit", unit="day" if part else unit, rel=rel, part=part,
        anchored="previous",
    )  # fmt: skip


def weekends(g: Groups) -> Meaning:
    return Meaning("DATE", "unit", unit="weekend", rel="")


def reference(g: Groups) -> Meaning:
    word = re.sub(r"\s+", " ", (g["word"] or "").lower())
    value = next(name for name, phrases in words().references.items() if word in phrases)
    return Meaning("DATE", "reference", value=value)


READERS: Mapping[str, Callable[[Groups], Meaning]] = {
    "iso": iso, "slashes": slashes, "full": full, "days": days, "edge": edge, "month": month,
    "monthalone": monthalone, "season": season, "quarter": quarter, "q": q, "fiscal": fiscal,
    "decade": decade, "century": century, "era": era, "year": year, "nine_eleven": nine_eleven,
    "today": today, "weekday": weekday, "relative": relative, "ago": ago, "apart": apart,
    "span": span, "duration": duration_form, "durations": durations, "set": set_form,
    "frequency": frequency, "adverb": adverb, "clock": clock, "holiday": holiday,
    "ordinal": ordinal, "sameday": sameday, "weekends": weekends, "reference": reference,
}  # fmt: skip
"""Form → what reads its groups."""
