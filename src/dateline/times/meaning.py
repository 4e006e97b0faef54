"""The meaning of a time expression, and how the words of a match are read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from dateline.times.scan import Found, Word
from dateline.times.tables import tables

FINE = frozenset({"S", "MIN", "H"})
PLURAL_UNIT = {"DE": 10, "CE": 100, "L": 1000}


@dataclass(frozen=True, slots=True)
class Meaning:
    """A time expression as its words put it; ``None`` for what they leave open."""

    kind: str
    """``date``, ``shift`` (last week), ``weekday``, ``named`` (last April), ``ago``, ``holiday``,
    ``duration``, ``set``, ``ref``, ``unit`` (the week) or ``day`` (today)."""
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    quarter: int | None = None
    half: int | None = None
    season: str | None = None
    short: str | None = None
    """Decade or century digits, as in ``199`` and ``18``."""
    bc: bool = False
    time: str | None = None
    shift: int | None = None
    """-1 last, 0 this, 1 next; for ``ago`` the signed count."""
    vague: bool = False
    unit: str | None = None
    word: str = ""
    """The word that shifts or refers, in lower case."""
    value: str | None = None
    """A value that needs no resolving."""
    mod: str | None = None
    freq: str | None = None
    quant: str | None = None
    nth: int | None = None
    """Which of the weekdays of the month; -1 is the last."""
    zone: str | None = None
    """Zone of a time of day: an offset from UTC or a name of the IANA data base."""
    fiscal: bool = False
    """Of a company's or a state's own year, which need not begin in January."""
    capped: bool = False
    """It was less than the count by its words ("less than a week ago"), and not about that ("nearly")."""
    holiday: str | None = None
    small: bool = False
    """In the hours after midnight."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A time expression in the parsed text: bounds in ``doc.text``, rule and meaning."""

    start: int
    end: int
    rule: str
    meaning: Meaning
    before: tuple[str, ...]
    """Up to three words before it, lower case, the nearest last."""
    after: tuple[str, ...]
    follows_name: bool = False
    """The word before it, in the same line, is capitalised."""


def first_word(found: Found, *names: str) -> Word | None:
    """Return the first word of the first of these groups that matched."""
    for name in names:
        if found.groups.get(name):
            return found.groups[name][0]
    return None


def class_of(word: Word) -> str:
    """Return the character of the class that ``words.yaml`` gives a word; ``_`` where none."""
    return tables().words.get(word.text.lower(), ("_",))[0]


def value_of(found: Found, *names: str) -> Any:
    """Return the class value of the first word of these groups."""
    word = first_word(found, *names)
    return None if word is None else word.value


def lower(found: Found, *names: str) -> str:
    """Return the first word of these groups in lower case; empty where none matched."""
    word = first_word(found, *names)
    return "" if word is None else word.text.lower()


def edge_of(found: Found) -> str | None:
    """Return the TIMEX3 modifier of "early", "the end of" and the like."""
    word = first_word(found, "q", "q2")
    if word is None:
        return None
    if word.text.lower() in ("later", "earlier"):
        return "END" if word.value == 1 else "START"
    return str(word.value)


def number_of(words: tuple[Word, ...]) -> tuple[float | None, str | None]:
    """Return a number, ``None`` where vague, and the modifier in the words."""
    total, current, mod = 0.0, 0.0, None
    for word in words:
        text = word.text.lower()
        if word.value == "X":
            return None, None
        if text == "couple":
            return 2, "APPROX"
        if text in ("a", "an", "another", "an additional"):
            current = 1
        elif text in ("hundred", "thousand", "million", "dozen"):
            current = max(current, 1) * word.value
            if text in ("thousand", "million"):
                total, current = total + current, 0
        elif text in ("or", "to", "-") and total + current:
            mod = "APPROX"
            break
        elif isinstance(word.value, int | float) and text not in ("and", "to", "of"):
            current += word.value
    return total + current, mod


def unit_of(found: Found) -> str:
    """Return the unit of the match."""
    return str(value_of(found, "u", "u2"))


def period(number: float | None, unit: str, *, vague: bool = False) -> str:
    """Return the TIMEX3 value of a duration."""
    if unit == "FN":
        number, unit = (None if number is None else number * 2), "W"
    if number is None and unit in PLURAL_UNIT:
        return f"PX{unit}" if unit != "DE" else "PXDE"
    if number is not None and unit in PLURAL_UNIT:
        number, unit = number * PLURAL_UNIT[unit], "Y"
    if number is not None and unit == "Q":
        number, unit = number * 3, "M"
    if number is not None and number % 1 == 0.5 and unit == "Y" and number < 5:
        number, unit = number * 12, "M"
    if number is not None and number % 1 == 0.5 and unit in ("H", "MIN"):
        small = "M" if unit == "H" else "S"
        whole = f"{int(number)}{unit[0]}" if number > 1 else ""
        return f"PT{whole}30{small}"
    if number is not None and number == 0.5 and unit == "H":
        number, unit = 30, "MIN"
    count = "X" if number is None else f"{number:g}" if number < 1e6 else f"{int(number)}"
    clock = unit in FINE
    return f"P{'T' if clock else ''}{count}{ {'MIN': 'M'}.get(unit, unit) }"
