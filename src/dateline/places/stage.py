"""The stage that finds places."""

from __future__ import annotations

from dateline.places import linear
from dateline.places.find import find
from dateline.places.gazetteer import load
from dateline.stages import Stage


def stage() -> Stage:
    """Return the stage."""
    return Stage(
        "places",
        reads=("times", "dating", "participants"),
        writes=("places",),
        find=find,
        data={"gazetteer": load().version, "places.weights": linear.version()},
    )
