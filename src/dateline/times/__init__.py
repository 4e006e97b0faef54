"""Time expressions: recognised, resolved to intervals, and the report itself dated."""

from dateline.times.stage import stage

__all__ = ["stage"]
