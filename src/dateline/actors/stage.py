"""The stage that finds actors."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from spacy.tokens import Doc

from dateline.stages import Stage


def find(doc: Doc) -> Mapping[str, Any]:
    """Return the actors of a report."""
    return {"actors": (), "participants": ()}


def stage() -> Stage:
    """Return the stage."""
    return Stage(
        "actors",
        reads=("times", "dating", "quantities"),
        writes=("actors", "participants"),
        find=find,
        data={},
    )
