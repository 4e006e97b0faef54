"""What was edited between two versions of a text, word by word, with where it stands in both."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from dateline.records import Span

TOKEN = re.compile(r"\w+|[^\w\s]")
LINE = re.compile(r"[^\n]+")
MOST = 2000
"""Words of an edited stretch, in either version, that are compared one by one; a longer one is one edit."""

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Edit:
    """A stretch of words that was added, removed or replaced."""

    before: Span | None
    """Where it stood in the earlier version; ``None`` where it was added."""
    after: Span | None
    """Where it stands in the later version; ``None`` where it was removed."""

    @property
    def kind(self) -> str:
        """``added``, ``removed`` or ``replaced``."""
        if self.before is None:
            return "added"
        return "removed" if self.after is None else "replaced"


def edits(before: str, after: str) -> list[Edit]:
    """Return the edits that lead from one text to another, in order; white space does not count.

    Paragraphs are compared first and then the words of those that differ (Ratcliff and Obershelp's
    matching, as in ``difflib``).
    """
    found: list[Edit] = []
    for ours, theirs in _stretches(_places(LINE, before), _places(LINE, after), before, after):
        first = _within(ours, before)
        second = _within(theirs, after)
        if max(len(first), len(second)) > MOST:
            stretches: Iterator[tuple[list[Place], list[Place]]] = iter([(first, second)])
        else:
            stretches = _stretches(first, second, before, after)
        for one, other in stretches:
            if one or other:
                found.append(Edit(_span(one, before), _span(other, after)))
    return found


def _places(pattern: re.Pattern[str], text: str) -> list[Place]:
    return [match.span() for match in pattern.finditer(text)]


def _within(lines: list[Place], text: str) -> list[Place]:
    return [match.span() for start, end in lines for match in TOKEN.finditer(text, start, end)]


def _stretches(
    first: list[Place], second: list[Place], before: str, after: str
) -> Iterator[tuple[list[Place], list[Place]]]:
    """Yield what differs: places in the one text, and places in the other."""
    ours = [before[start:end] for start, end in first]
    theirs = [after[start:end] for start, end in second]
    blocks = SequenceMatcher(None, ours, theirs, autojunk=False).get_matching_blocks()
    ends = [(0, 0, 0), *((block.a, block.b, block.size) for block in blocks)]
    for (a, b, size), (next_a, next_b, _) in pairwise(ends):
        if a + size < next_a or b + size < next_b:
            yield first[a + size : next_a], second[b + size : next_b]


def _span(places: list[Place], text: str) -> Span | None:
    if not places:
        return None
    start, end = places[0][0], places[-1][1]
    return Span(start=start, end=end, text=text[start:end])
