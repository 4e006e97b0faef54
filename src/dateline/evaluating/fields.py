"""When a field of a found record is the gold's: the comparisons, layer by layer."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from dateline.evaluating.gold import ADDRESS, Row, spans

Context = Mapping[str, Mapping[str, Row]]
"""Layer → id → record, of the gold or of what was found."""
Compare = Callable[[Row, Row, Context, Context], bool]
"""Gold record, found record, and the records around each."""


def same(field: str) -> Compare:
    """Compare a plain field."""
    return lambda gold, found, *_: bool(gold[field] == found[field])


def number(field: str) -> Compare:
    """Compare numbers to a millionth."""

    def compare(gold: Row, found: Row, *_: Context) -> bool:
        a, b = gold[field], found[field]
        return a == b or (a is not None and b is not None and math.isclose(a, b, rel_tol=1e-6))

    return compare


def first_of(field: str) -> Compare:
    """Compare the first of a list: the primary sector, the strongest context."""
    return lambda gold, found, *_: bool(gold[field][:1] == list(found[field])[:1])


def near(kilometres: float) -> Compare:
    """Compare coordinates: right within a distance on the sphere."""

    def compare(gold: Row, found: Row, *_: Context) -> bool:
        if None in (gold["lat"], gold["lon"], found["lat"], found["lon"]):
            return bool(gold["lat"] == found["lat"])
        return distance(gold["lat"], gold["lon"], found["lat"], found["lon"]) <= kilometres

    return compare


def distance(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Return the great-circle distance in kilometres (haversine, mean radius 6371.0088 km)."""
    a, b, turn = math.radians(lat1), math.radians(lat2), math.radians(lon2 - lon1)
    half = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(turn / 2) ** 2
    return 2 * 6371.0088 * math.asin(math.sqrt(min(1.0, half)))


def interval(field: str) -> Compare:
    """Compare intervals by start and end."""

    def bounds(value: Row | None) -> tuple[str | None, str | None] | None:
        return (value["start"], value["end"]) if value else None

    return lambda gold, found, *_: bounds(gold[field]) == bounds(found[field])


def words(field: str) -> Compare:
    """Compare a span: right where the two overlap, or there is none in both."""

    def compare(gold: Row, found: Row, *_: Context) -> bool:
        a, b = gold[field], found[field]
        return a is None and b is None if a is None or b is None else overlap([a], [b]) > 0

    return compare


def refers(field: str, layer: str) -> Compare:
    """Compare ids of another layer: each one refers to words that overlap, none is over."""

    def compare(gold: Row, found: Row, golds: Context, founds: Context) -> bool:
        ours = _targets(gold[field], layer, golds)
        theirs = _targets(found[field], layer, founds)
        return all(any(overlap(a, b) for b in theirs) for a in ours) and all(
            any(overlap(a, b) for a in ours) for b in theirs
        )

    return compare


def _targets(ids: Any, layer: str, around: Context) -> list[tuple[Row, ...]]:
    """Return the address of each record that is referred to, compounds by their parts."""
    listed = [ids] if isinstance(ids, str) else list(ids or ())
    known = around.get(layer, {})
    whole = [part for id in listed if id in known for part in (known[id].get("members") or (id,))]
    return [spans(known[part], layer) for part in dict.fromkeys(whole) if part in known]


def overlap(first: Iterable[Row], second: Iterable[Row]) -> int:
    """Return how many characters two lists of spans have in common."""
    second = list(second)
    return sum(
        max(0, min(a["end"], b["end"]) - max(a["start"], b["start"])) for a in first for b in second
    )


FIELDS: Mapping[str, Mapping[str, Compare]] = {
    "times": {"type": same("type"), "value": same("value"), "interval": interval("interval")},
    "quantities": {
        "value": number("value"),
        "low": number("low"),
        "high": number("high"),
        "unit": same("unit"),
        "counted": words("counted"),
    },
    "participants": {
        "actor": same("actor"),
        "country": same("country"),
        "sectors": first_of("sectors"),
        "name": same("name"),
    },
    "places": {
        "geonameid": same("geonameid"),
        "country": same("country"),
        "lat": near(161.0),
    },
    "statements": {
        "source": words("source"),
        "cue": words("cue"),
        "speaker": refers("speaker", "participants"),
        "stance": same("stance"),
    },
    "events": {
        "type": same("type"),
        "mode": same("mode"),
        "status": same("status"),
        "negated": same("negated"),
        "actors": refers("actors", "participants"),
        "recipients": refers("recipients", "participants"),
        "place": refers("place", "places"),
        "interval": interval("interval"),
    },
    "commitments": {
        "kind": same("kind"),
        "holders": refers("holders", "participants"),
        "deadline": interval("deadline"),
    },
}
"""Layer → field → how it is compared. ``lat`` stands for the coordinates, within 161 km."""

assert FIELDS.keys() == ADDRESS.keys()
