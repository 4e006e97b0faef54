"""The stage that finds statements."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from spacy.tokens import Doc

from dateline.stages import Stage


def find(doc: Doc) -> Mapping[str, Any]:
    """Return the statements of a report."""
    return {"statements": ()}


def stage() -> Stage:
    """Return the stage."""
    return Stage(
        "statements",
        reads=("times", "dating", "actors", "participants"),
        writes=("statements",),
        find=find,
        data={},
    )
