"""Offset maps between a report's text and the cleaned text that is parsed."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable


class OffsetMap:
    """Maps offsets of the cleaned text to the report's text and back.

    ``starts[i]`` and ``ends[i]`` are where the i-th character of the cleaned
    text begins and ends in the report's text. Both never decrease.
    """

    __slots__ = ("ends", "starts")

    def __init__(self, starts: Iterable[int], ends: Iterable[int]) -> None:
        self.starts = array("l", starts)
        self.ends = array("l", ends)

    @classmethod
    def identity(cls, length: int) -> OffsetMap:
        """Return the map of a text that was not changed."""
        return cls(range(length), range(1, length + 1))

    def moved(self, by: int) -> OffsetMap:
        """Return the map of the same text standing ``by`` characters into a longer one."""
        if not by:
            return self
        return OffsetMap((i + by for i in self.starts), (i + by for i in self.ends))

    def __len__(self) -> int:
        return len(self.starts)

    def to_report(self, start: int, end: int) -> tuple[int, int]:
        """Return the report's offsets of ``clean[start:end]``.

        Raises:
            ValueError: the slice is empty or out of range.
        """
        if not 0 <= start < end <= len(self.starts):
            raise ValueError(f"no such slice of the cleaned text: {start}:{end} of {len(self)}")
        return self.starts[start], self.ends[end - 1]

    def to_clean(self, start: int, end: int) -> tuple[int, int] | None:
        """Return the offsets in the cleaned text that cover ``report[start:end]``, if any is kept."""
        first = bisect_right(self.ends, start)
        last = bisect_left(self.starts, end)
        return (first, last) if first < last else None
