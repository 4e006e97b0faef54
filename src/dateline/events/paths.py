"""The way between two words of a sentence in the parse, as features tell it."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.language import Columns

STEPS = 5
"""Longest path between trigger and participant that is told whole."""
MARKING = frozenset(("prep", "agent", "prt", "dative"))
"""Dependencies whose word is told with them."""


def path(read: Columns, token: int, head: int) -> tuple[list[int], list[int]]:
    """Return the words climbed from ``token``, and those down to ``head``, without their top."""
    above = read.above(token)
    down: list[int] = []
    for at in read.above(head):
        if at in above:
            return above[: above.index(at)], down[::-1]
        down.append(at)
    return above, down[::-1]


def label(read: Columns, i: int) -> str:
    """Return how a word hangs on another: "dobj", "prep:with"."""
    dep = read.dep[i]
    return f"{dep}:{read.lower[i]}" if dep in MARKING else dep


def route(read: Columns, token: int, up: Sequence[int], down: Sequence[int]) -> str:
    """Return the path between a word and another in words."""
    pos = read.pos[token]
    if len(up) + len(down) > STEPS:
        return f"{pos} far {len(up) > 2} {len(down) > 2}"
    climbed = "".join(f"{label(read, i)}<" for i in up)
    return f"{pos} {climbed}{'>'.join(label(read, i) for i in down)}"
