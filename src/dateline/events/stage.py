"""The stage that finds events."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from spacy.tokens import Doc

from dateline.stages import Stage


def find(doc: Doc) -> Mapping[str, Any]:
    """Return the events of a report."""
    return {"events": (), "contexts": ()}


def stage() -> Stage:
    """Return the stage."""
    return Stage(
        "events",
        reads=("times", "dating", "quantities", "actors", "participants", "places", "statements"),
        writes=("events", "contexts"),
        find=find,
        data={},
    )
