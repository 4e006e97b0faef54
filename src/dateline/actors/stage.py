"""The stage that finds actors."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from spacy.tokens import Doc

from dateline.actors import find as finding
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

    The registry is loaded at the first report.
    """

    def find(doc: Doc) -> Mapping[str, Any]:
        """Return the actors and participants of a report."""
        return finding.find(doc, load_registry(overlay))

    versions = {f"actors.{name}": read_data(f"{name}.tsv").version for name in TABLES}
    if overlay is not None:
        versions["actors.user"] = overlay.name
    return Stage(
        "actors",
        reads=("times", "dating", "quantities"),
        writes=("actors", "participants"),
        find=find,
        data=versions,
    )
