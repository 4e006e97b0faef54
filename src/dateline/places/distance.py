"""Distances and bearings on the globe, taken as a sphere of 6,371 km."""

from __future__ import annotations

import math

RADIUS = 6371.0


def kilometres(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Return the great-circle distance of two points in degrees, in kilometres (haversine)."""
    a, b, c, d = map(math.radians, (lat, lon, other_lat, other_lon))
    half = math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2
    return 2 * RADIUS * math.asin(min(1.0, math.sqrt(half)))


def moved(lat: float, lon: float, bearing: float, distance: float) -> tuple[float, float]:
    """Return the point ``distance`` kilometres from another at a bearing in degrees from north."""
    a, b, turn, arc = math.radians(lat), math.radians(lon), math.radians(bearing), distance / RADIUS
    north = math.asin(math.sin(a) * math.cos(arc) + math.cos(a) * math.sin(arc) * math.cos(turn))
    east = b + math.atan2(
        math.sin(turn) * math.sin(arc) * math.cos(a), math.cos(arc) - math.sin(a) * math.sin(north)
    )
    return math.degrees(north), (math.degrees(east) + 540) % 360 - 180
