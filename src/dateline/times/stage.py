"""The stage that finds times."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from spacy.tokens import Doc

from dateline.records import DateBasis, Dating
from dateline.stages import Stage


def find(doc: Doc) -> Mapping[str, Any]:
    """Return the times of a report."""
    return {"times": (), "dating": Dating(interval=None, basis=DateBasis.UNKNOWN)}


def stage() -> Stage:
    """Return the stage."""
    return Stage("times", reads=(), writes=("times", "dating"), find=find, data={})
