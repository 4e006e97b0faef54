"""The stage that finds commitments."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from spacy.tokens import Doc

from dateline.stages import Stage


def find(doc: Doc) -> Mapping[str, Any]:
    """Return the commitments of a report."""
    return {"commitments": ()}


def stage() -> Stage:
    """Return the stage."""
    return Stage(
        "commitments",
        reads=("times", "dating", "actors", "participants", "statements", "events"),
        writes=("commitments",),
        find=find,
        data={},
    )
