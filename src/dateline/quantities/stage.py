"""The stage that finds quantities."""

from __future__ import annotations

from dateline.quantities.find import find
from dateline.quantities.tables import load
from dateline.stages import Stage


def stage() -> Stage:
    """Return the stage."""
    return Stage(
        "quantities",
        reads=("times",),
        writes=("quantities",),
        find=find,
        data={"quantity tables": load().version},
    )
