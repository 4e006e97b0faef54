"""Commitments: who is bound to what by which date."""

from dateline.commitments.calendar import icalendar
from dateline.commitments.following import (
    Evidence,
    Held,
    Revision,
    chains,
    commitments_in,
    evidence,
    revisions,
    select,
    state,
)
from dateline.commitments.stage import stage

__all__ = [
    "Evidence",
    "Held",
    "Revision",
    "chains",
    "commitments_in",
    "evidence",
    "icalendar",
    "revisions",
    "select",
    "stage",
    "state",
]
