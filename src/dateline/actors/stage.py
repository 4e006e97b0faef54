"""The stage that finds actors."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from spacy.tokens import Doc

from dateline.actors import find as finding
from dateline.actors.loading import TABLES, load_registry, overlaid, read_own
from dateline.actors.overlay import Overlay
from dateline.actors.tables import read_data
from dateline.stages import Stage


def stage(overlay: Path | None = None) -> Stage:
    """Return the stage; ``overlay`` is a file of a user's own actors (TOML or table).

    The registry is loaded at the first report; a user's file is read at once, for its mistakes.

    Raises:
        DataError: the user's file breaks its schema; the message names entry or line.
    """
    held = Overlay(()) if overlay is None else read_own(overlay)

    def find(doc: Doc) -> Mapping[str, Any]:
        """Return the actors and participants of a report."""
        registry = load_registry() if overlay is None else overlaid(held)
        return finding.find(doc, registry)

    versions = {f"actors.{name[:-4]}": read_data(name).version for name in TABLES}
    if overlay is not None:
        digest = hashlib.sha256(overlay.read_bytes()).hexdigest()[:12]
        versions["actors.user"] = f"{overlay.name} {digest}"
    return Stage(
        "actors",
        reads=("times", "dating", "quantities"),
        writes=("actors", "participants"),
        find=find,
        data=versions,
    )
