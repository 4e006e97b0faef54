"""The stage that finds events."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from spacy.tokens import Doc

from dateline.events.build import find_events
from dateline.events.lexicon import load_lexicon
from dateline.events.ontology import load
from dateline.events.status import load_cues
from dateline.stages import Stage


def find(doc: Doc) -> Mapping[str, Any]:
    """Return the events and the contexts of a report."""
    events, contexts = find_events(doc)
    return {"events": events, "contexts": contexts}


def stage() -> Stage:
    """Return the stage."""
    return Stage(
        "events",
        reads=("times", "dating", "quantities", "actors", "participants", "places", "statements"),
        writes=("events", "contexts"),
        find=find,
        data={
            "event lexicon": load_lexicon().version,
            "status cues": load_cues().version,
            "ontology": f"{load().id} {load().version}",
        },
    )
