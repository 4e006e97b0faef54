"""The stage that finds quantities."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from spacy.tokens import Doc

from dateline.stages import Stage


def find(doc: Doc) -> Mapping[str, Any]:
    """Return the quantities of a report."""
    return {"quantities": ()}


def stage() -> Stage:
    """Return the stage."""
    return Stage("quantities", reads=("times",), writes=("quantities",), find=find, data={})
