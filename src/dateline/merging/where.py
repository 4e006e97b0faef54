"""Places of two events against each other, by hierarchy and precision."""

from __future__ import annotations

import math
from enum import StrEnum

from dateline.merging.views import EventView
from dateline.records import MergedPlace

RANK = {"site": 5, "offset": 4, "town": 4, "admin2": 3, "admin1": 2, "region": 1, "country": 1}
"""The finer the higher."""
NEAR_KM = 30.0
"""Two towns nearer than this may be names of one scene."""
EARTH_KM = 6371.0
STATED = frozenset({"argument", "sentence", "participant"})
"""Bases of a place that the sentence of the event gives; others are taken from what stands around."""


class Places(StrEnum):
    """How the places of two events stand to each other."""

    SAME = "same"
    """The same place, finer than a country, or names of one scene."""
    WITHIN = "within"
    """One lies in the other, or both are the same country."""
    COUNTRY = "country"
    """Different places of one country."""
    APART = "apart"
    OPEN = "open"


def compare(first: EventView, second: EventView) -> tuple[Places, str]:
    """Return how the places of two events stand, and the comparison in words."""
    one, two = first.place, second.place
    if one is None or two is None:
        return Places.OPEN, ""
    detail = f"{one.name} | {two.name}"
    if _same(one, two):
        fine = min(rank(one), rank(two)) > 1
        return (Places.SAME if fine else Places.WITHIN), detail
    if contains(first, two) or contains(second, one):
        return Places.WITHIN, detail
    if None in (one.country, two.country):
        return Places.OPEN, ""
    return (Places.COUNTRY if one.country == two.country else Places.APART), detail


def stated(event: EventView) -> bool:
    """Tell whether a report says where it was, in the sentence that tells of it."""
    return event.place is not None and event.place_basis in STATED


def rank(place: MergedPlace) -> int:
    """Return how precise a place is: 1 a country, 4 a town."""
    return RANK.get(place.precision or "", 1)


def contains(inner: EventView, outer: MergedPlace) -> bool:
    """Tell whether an event's place lies in ``outer``, by the names and codes above it."""
    place = inner.place
    if place is None or rank(outer) >= rank(place):
        return False
    if outer.precision == "country":
        return outer.country is not None and outer.country == place.country
    if outer.country != place.country:
        return False
    return outer.name in inner.place_above or (
        outer.precision == "admin1" and outer.admin1 is not None and outer.admin1 == place.admin1
    )


def _same(one: MergedPlace, two: MergedPlace) -> bool:
    if one.geonameid is not None and one.geonameid == two.geonameid:
        return True
    if one.name == two.name and one.country == two.country:
        return True
    fine = min(rank(one), rank(two)) >= RANK["town"]
    return fine and one.country == two.country and kilometres(one, two) < NEAR_KM


def kilometres(one: MergedPlace, two: MergedPlace) -> float:
    """Return the great-circle distance; infinite where a place has no coordinates."""
    if one.lat is None or one.lon is None or two.lat is None or two.lon is None:
        return math.inf
    a, b = math.radians(one.lat), math.radians(two.lat)
    across = math.radians(two.lon - one.lon)
    chord = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(across / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(chord)))
