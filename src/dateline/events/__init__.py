"""Events: who did what to whom, where, when, with which status."""

from dateline.events.stage import stage

__all__ = ["stage"]
