"""The examples of the ontology, run through the coder.

An example is right where the coder finds its type and mode as the act, or as
PLOVER's reading of it, or, for an example of what a type is not, where it
finds what it is instead and not that type. ``FLOOR`` moves up only.
"""

from __future__ import annotations

from functools import cache

import pytest

from dateline.coder import Coder
from dateline.events.ontology import Example, load
from dateline.records import CodedReport, Event

FLOOR = 0.95
"""Share of examples that must be right. Raise it when the coder gets better."""

EXAMPLES = [e for t in load().types.values() for e in t.examples]


@cache
def coder() -> Coder:
    return Coder()


def right(example: Example, coded: CodedReport) -> bool:
    if example.type is None:
        return not coded.events
    if not example.positive and example.of != example.type and _has_type(coded, example.of):
        return False
    return any(_matches(example, event) for event in coded.events)


def _has_type(coded: CodedReport, kind: str) -> bool:
    return any(kind == (event.plover_type or event.type) for event in coded.events)


def _matches(example: Example, event: Event) -> bool:
    act = event.type == example.type and example.mode in (None, event.mode)
    read = event.plover_type == example.type and example.mode in (None, event.plover_mode)
    same = example.status in (None, event.status) and example.negated == event.negated
    return (act and same) or read


@pytest.mark.slow
def test_the_coder_gets_the_examples_right() -> None:
    wrong = [e for e in EXAMPLES if not right(e, coder().code(e.text))]
    share = 1 - len(wrong) / len(EXAMPLES)
    lines = [f"{e.of}: {e.type}/{e.mode} {e.status}: {e.text}" for e in wrong]
    print(f"{share:.3f} of {len(EXAMPLES)} examples are right; wrong:", *lines, sep="\n")
    assert share >= FLOOR, "\n".join(lines)


def test_examples_are_of_every_type() -> None:
    assert {e.of for e in EXAMPLES} == set(load().types)
    assert len({e.text for e in EXAMPLES}) >= len(EXAMPLES) - 2
