"""Places given by distance and direction: "30 km north of Mosul" is an area, not a pin."""

from __future__ import annotations

import re
from dataclasses import dataclass

from spacy.tokens import Doc

from dateline.places.distance import moved

BEARINGS = {
    "north": 0, "northeast": 45, "east": 90, "southeast": 135,
    "south": 180, "southwest": 225, "west": 270, "northwest": 315,
}  # fmt: skip
UNITS = {
    "km": 1.0,
    "kms": 1.0,
    "kilometre": 1.0,
    "kilometer": 1.0,
    "mile": 1.609344,
    "mi": 1.609344,
}
WORDS = {
    "a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "dozen": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60,
    "hundred": 100,
}  # fmt: skip
NUMBER = re.compile(r"^\d+(?:,\d{3})*(?:\.\d+)?$")
JOINED = re.compile(r"^(\d+(?:\.\d+)?)-?(km|kms|mi|miles?|kilomet(?:er|re)s?)$")
UNKNOWN = 15.0
"""Kilometres taken for a direction without a distance ("just south of Gaza")."""


@dataclass(frozen=True, slots=True)
class Offset:
    """A distance and a direction from a place."""

    start: int
    """First token of the words for it."""
    distance: float | None
    """Kilometres; ``None`` where only the direction is given."""
    bearing: int | None
    """Degrees from north; ``None`` where only the distance is given."""

    @property
    def radius(self) -> float:
        """Return how far the place may be from the point, in kilometres.

        A fifth of the distance, since news rounds it, and the arc of a named
        direction; the whole distance where no direction is given.
        """
        if self.distance is None:
            return UNKNOWN
        return max(2.0, (0.4 if self.bearing is not None else 1.0) * self.distance)

    def point(self, lat: float, lon: float) -> tuple[float, float]:
        """Return the middle of the area, in degrees."""
        if self.bearing is None:
            return lat, lon
        return moved(lat, lon, self.bearing, UNKNOWN if self.distance is None else self.distance)

    def name(self, base: str) -> str:
        """Return the area in words."""
        far = f"{self.distance:.0f} km " if self.distance is not None else ""
        turn = next((word for word, angle in BEARINGS.items() if angle == self.bearing), "")
        return f"{far}{turn} of {base}" if turn else f"{far}from {base}"

    def detail(self, base: str) -> str:
        """Return what the point was made from."""
        far = f"{self.distance:.1f} km" if self.distance is not None else "distance not given"
        turn = (
            f"bearing {self.bearing} degrees" if self.bearing is not None else "direction not given"
        )
        return f"from {base}: {far}, {turn}; radius {self.radius:.0f} km"


def offset_before(doc: Doc, at: int) -> Offset | None:
    """Return the offset that the words before a place give, or ``None``."""
    if at == 0:
        return None
    joint = at - 1
    if doc[joint].lower_ == "the":
        joint -= 1
    if joint < 1 or doc[joint].lower_ not in ("of", "from", "outside"):
        return None
    turn, start = _bearing(doc, joint - 1)
    if turn is None and doc[joint].lower_ == "of":
        return None
    distance, first = _distance(doc, start - 1)
    if distance is None:
        return Offset(start, None, turn) if turn is not None else None
    return Offset(first, distance, turn)


def _bearing(doc: Doc, at: int) -> tuple[int | None, int]:
    """Return the bearing that ends at token ``at``, and its first token; ``at + 1`` where there is none."""
    if at < 0:
        return None, at + 1
    for start in (at - 2, at - 1, at):
        if start >= 0:
            word = "".join(token.lower_ for token in doc[start : at + 1]).replace("-", "")
            if word in BEARINGS:
                return BEARINGS[word], start
    return None, at + 1


def _distance(doc: Doc, at: int) -> tuple[float | None, int]:
    """Return the kilometres that the words up to token ``at`` give, and their first token."""
    if at >= 0 and doc[at].lower_ in ("to", "away", "due", "the"):
        at -= 1
    if at >= 0 and doc[at].text == ")":
        opening = next((n for n in range(at - 1, max(-1, at - 6), -1) if doc[n].text == "("), None)
        at = opening - 1 if opening is not None else at
    if at < 0:
        return None, at + 1
    joined = JOINED.match(doc[at].lower_)
    if joined:
        return float(joined[1]) * UNITS[joined[2].rstrip("s") if joined[2] != "kms" else "km"], at
    unit = UNITS.get(doc[at].lower_.rstrip("s")) or UNITS.get(doc[at].lower_)
    if unit is None or at == 0:
        return None, at + 1
    number = at - 1 - (doc[at - 1].text == "-" and at > 1)
    value = _number(doc[number].lower_)
    return (None, at + 1) if value is None else (value * unit, number)


def _number(word: str) -> float | None:
    if word in WORDS:
        return float(WORDS[word])
    return float(word.replace(",", "")) if NUMBER.match(word) else None
