"""Numbers with bounds and what they count."""

from dateline.quantities.find import quantity_at
from dateline.quantities.stage import stage

__all__ = ["quantity_at", "stage"]
