"""What could not be read."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Unread:
    """A report or file that could not be read, and why."""

    source: str
    error: str
