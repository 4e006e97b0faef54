"""Numbers with bounds and what they count."""

from dateline.quantities.stage import stage

__all__ = ["stage"]
