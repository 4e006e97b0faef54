"""Time expressions: recognised, resolved to intervals, and the report itself dated."""

from dateline.times.attach import attach
from dateline.times.stage import parse, stage

__all__ = ["attach", "parse", "stage"]
