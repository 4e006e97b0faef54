"""The stage that finds places."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from spacy.tokens import Doc

from dateline.stages import Stage


def find(doc: Doc) -> Mapping[str, Any]:
    """Return the places of a report."""
    return {"places": ()}


def stage() -> Stage:
    """Return the stage."""
    return Stage(
        "places", reads=("times", "dating", "participants"), writes=("places",), find=find, data={}
    )
