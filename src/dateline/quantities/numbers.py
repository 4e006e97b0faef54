"""Numbers as written, in figures and in words, to their values."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from dateline.quantities.tables import load

FIGURE = re.compile(
    r"(?P<money>us\$|[a-z]{1,2}\$|[$€£¥₹₽₩₪₺₴₦])?(?P<number>\d{1,3}(?:,\d{2,3})+(?:\.\d+)?|\d*\.\d+|\d+)"
    r"(?P<scale>bn|mn|tn|[kmb])?(?P<percent>%)?(?P<tail>[a-z°]{1,5})?",
    re.IGNORECASE,
)
DIGIT = re.compile(r"\d")
HYPHENS = "-‐‑–"
LARGEST = 1e30
"""A larger number is a key or a mistake, and counts nothing."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a row of words: its place, value and what was written onto it."""

    start: int
    end: int
    """Words ``start:end``."""
    value: float
    currency: str | None = None
    unit: str | None = None


def number_at(words: Sequence[str], start: int) -> Number | None:
    """Return the number that begins at ``words[start]`` (small letters), as long as it goes.

    Reads figures (``2,500``, ``$3.5bn``, ``40%``), words (``twenty-five``, ``two hundred and
    fifty``, ``half a million``, ``one and a half``) and a scale behind either.
    """
    found = _figure(words, start) or _words(words, start)
    return found if found is None or found.value <= LARGEST else None


def _figure(words: Sequence[str], start: int) -> Number | None:
    tables = load()
    match = FIGURE.fullmatch(words[start])
    if match is None or (match["tail"] and (match["tail"].lower(),) not in tables.units):
        return None
    value = float(match["number"].replace(",", ""))
    scale, tail = match["scale"], match["tail"]
    if scale and tail and (f"{scale}{tail}".lower(),) in tables.units:
        scale, tail = None, f"{scale}{tail}"
    end = start + 1
    if scale:
        value *= tables.scales[scale.lower()]
    elif (
        end < len(words) and words[end] in tables.scales and words[end] not in ("m", "b", "score")
    ) or _is_short_scale(words, end, bool(match["money"])):
        value *= tables.scales[words[end]]
        end += 1
    currency = tables.currencies.get(match["money"].lower()) if match["money"] else None
    unit = "percent" if match["percent"] else None
    if tail:
        unit = tables.units.get((tail.lower(),))
    return Number(start, end, _neat(value), currency, unit)


def _is_short_scale(words: Sequence[str], at: int, money: bool) -> bool:
    """Tell the million of "$3.3 m" and "3 m euros" from a metre."""
    tables = load()
    if at >= len(words) or words[at] not in ("m", "b"):
        return False
    before = words[at - 2] if at > 1 else ""
    signed = before in tables.currencies and not before.isalpha()
    behind = words[at + 1] if at + 1 < len(words) else ""
    return money or signed or (len(behind) > 2 and behind in tables.currencies)


def _words(words: Sequence[str], start: int) -> Number | None:
    tables = load()
    total, current, end, read = 0.0, 0.0, start, False
    at = start
    while at < len(words):
        word = words[at]
        if word in HYPHENS and read and at + 1 < len(words) and words[at + 1] in tables.numbers:
            at += 1
            continue
        if word in ("a", "an") and not read and at + 1 < len(words):
            if words[at + 1] in tables.scales and words[at + 1] not in ("m", "b", "k", "score"):
                current, at = 1.0, at + 1
                continue
            return None
        if word in tables.numbers:
            if read and not _fits(current, tables.numbers[word]):
                break
            current += tables.numbers[word]
        elif word in tables.scales and len(word) > 2 and word != "score" and (read or current):
            scale = tables.scales[word]
            if scale == 100 or scale in (12, 20):
                current = (current or 1) * scale
            else:
                total, current = total + (current or 1) * scale, 0.0
        elif word == "and" and read and _continues(words, at, current):
            at += 1
            continue
        else:
            break
        read, at = True, at + 1
        end = at
    if not read:
        return _fraction(words, start)
    value = total + current
    if words[end : end + 3] == ["and", "a", "half"]:
        value, end = value + 0.5, end + 3
        if end < len(words) and words[end] in tables.scales:
            value, end = value * tables.scales[words[end]], end + 1
    part = _ordinal_part(words, start, end, value)
    return part or Number(start, end, _neat(value))


def _fits(current: float, added: float) -> bool:
    """Tell "twenty five" and "two hundred five" from "two three"."""
    tens = current % 100
    return (tens == 0 and current >= 100 and added < 100) or (
        20 <= tens <= 90 and tens % 10 == 0 and 0 < added < 10
    )


def _continues(words: Sequence[str], at: int, current: float) -> bool:
    tables = load()
    following = words[at + 1] if at + 1 < len(words) else ""
    return current >= 100 and current % 100 == 0 and 0 < tables.numbers.get(following, 0) < 100


def _ordinal_part(words: Sequence[str], start: int, end: int, value: float) -> Number | None:
    """Read "two thirds" and "three-quarters"."""
    tables = load()
    at = end + 1 if words[end : end + 1] and words[end] in HYPHENS else end
    word = words[at] if at < len(words) else ""
    if value < 10 and word in tables.fractions and (word.endswith("s") or value == 1):
        return Number(start, at + 1, round(value * tables.fractions[word], 4), unit="fraction")
    return None


def _fraction(words: Sequence[str], start: int) -> Number | None:
    """Read "half a million" and "a quarter of"."""
    tables = load()
    if words[start] in ("a", "one") and words[start + 1 : start + 2]:
        part = words[start + 1]
        if part in tables.fractions and list(words[start + 2 : start + 3]) == ["of"]:
            return Number(start, start + 2, round(tables.fractions[part], 4), unit="fraction")
    if list(words[start : start + 2]) == ["half", "dozen"]:
        return Number(start, start + 2, 6.0)
    if words[start] == "half" and list(words[start + 1 : start + 2]) in (["a"], ["of"]):
        scale = words[start + 2] if start + 2 < len(words) else ""
        if words[start + 1] == "a" and scale in tables.scales and len(scale) > 2:
            return Number(start, start + 3, _neat(tables.scales[scale] / 2))
        return Number(start, start + 1, 0.5, unit="fraction")
    return None


def _neat(value: float) -> float:
    """Drop the dust of multiplying."""
    if value > LARGEST:
        return value
    rounded = round(value, 6)
    return float(int(rounded)) if rounded == int(rounded) else rounded
