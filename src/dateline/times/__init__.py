"""Time expressions: recognised, resolved to intervals, and the report itself dated."""

from dateline.times.api import parse
from dateline.times.attach import attach
from dateline.times.stage import stage
from dateline.times.values import Value, interval_of, parse_value, print_value

__all__ = ["Value", "attach", "interval_of", "parse", "parse_value", "print_value", "stage"]
