"""Contexts: what an event or a report is about, beside the act."""

from __future__ import annotations

from dateline.events.contexts.cues import Cue, Cues, load_cues
from dateline.events.contexts.tagging import (
    Scored,
    contexts_of,
    report_contexts,
    scored_contexts,
)

__all__ = [
    "Cue",
    "Cues",
    "Scored",
    "contexts_of",
    "load_cues",
    "report_contexts",
    "scored_contexts",
]
