"""Statements inside the content of others: "She said the minister had told her that …"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dateline.statements.decode import Found, Models, attribution
from dateline.statements.lexicon import lexicon
from dateline.statements.patterns import quoted_as_saying
from dateline.statements.view import View

MIN_SOURCE = 0.5
MIN_CONTENT = 0.5


def nested(view: View, models: Models, outer: Sequence[Found]) -> list[Found]:
    """Return the statements whose cue stands in the content of another one.

    A word of the lexicon that says something is uttered, in a clause with a
    speaker and a clause for what is said, both inside that content.
    """
    found: list[Found] = list(quoted_as_saying(view, outer))
    taken = {one.cue for one in (*outer, *found)}
    for holder in outer:
        for first, last in holder.content:
            for i in range(first, last):
                if i not in taken and _may_report(view, i):
                    inner = _within(attribution(view, models, i, 0.6), first, last)
                    if _stands(inner, first, last):
                        found.append(inner)
                        taken.add(i)
    return found


def _within(inner: Found, first: int, last: int) -> Found:
    """Leave out content on the far side of what holds the statement."""
    kept = tuple((a, b) for a, b in inner.content if first <= a and b <= last)
    return replace(inner, content=kept)


def _may_report(view: View, i: int) -> bool:
    if view.pos[i] != "VERB":
        return False
    group = lexicon().words.get(f"{view.lemma[i]}/VERB")
    if group is None or not group.speech:
        return False
    deps = {view.dep[k] for k in view.kids[i]}
    if view.lemma[i] == "accord":
        return True
    return "ccomp" in deps and bool(deps & {"nsubj", "nsubjpass", "agent"})


def _stands(inner: Found, first: int, last: int) -> bool:
    if inner.source is None or inner.source_score < MIN_SOURCE or not inner.content:
        return False
    if max((score for _, score in inner.parts), default=0.0) < MIN_CONTENT:
        return False
    within = [inner.source, inner.cue_range, *inner.content]
    return all(first <= a and b <= last for a, b in within)
