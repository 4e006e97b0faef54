"""The stage that finds actors."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from spacy.tokens import Doc

from dateline.actors import find as finding
from dateline.actors.overlay import read_overlay
from dateline.actors.registry import load_registry
from dateline.actors.tables import read_data
from dateline.stages import Stage

TABLES = (
    "countries",
    "peoples",
    "organisations",
    "groups",
    "offices",
    "generic",
    "leaders",
    "people",
)


def stage(overlay: Path | None = None) -> Stage:
    """Return the stage; ``overlay`` is a file of a user's own actors (TOML or table).

    The registry is loaded at the first report; a user's file is read at once, for its mistakes.

    Raises:
        DataError: the user's file breaks its schema; the message names entry or line.
    """

    def find(doc: Doc) -> Mapping[str, Any]:
        """Return the actors and participants of a report."""
        return finding.find(doc, load_registry(overlay))

    versions = {f"actors.{name}": read_data(f"{name}.tsv").version for name in TABLES}
    if overlay is not None:
        for _ in read_overlay(overlay):
            pass
        digest = hashlib.sha256(overlay.read_bytes()).hexdigest()[:12]
        versions["actors.user"] = f"{overlay.name} {digest}"
    return Stage(
        "actors",
        reads=("times", "dating", "quantities"),
        writes=("actors", "participants"),
        find=find,
        data=versions,
    )
