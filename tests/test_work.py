"""The stages do no more work than they did: calls a token, counted and not timed.

A ceiling may be raised with a reason in the commit; where much less is needed, lower it.
"""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dateline import Coder, Report
from dateline.language import clean, parse

EXAMPLES = Path(__file__).parents[1] / "examples"
CEILINGS = {
    "clean": 25,
    "times": 45,
    "quantities": 40,
    "actors": 100,
    "places": 200,
    "statements": 115,
    "events": 400,
    "commitments": 25,
}
"""Calls of Python and C functions a token, about half above what was measured."""


def texts() -> list[str]:
    found = [path.read_text(encoding="utf-8") for path in sorted(EXAMPLES.glob("*.txt"))]
    for path in sorted(EXAMPLES.glob("*.jsonl")):
        found += [json.loads(line)["text"] for line in path.read_text("utf-8").splitlines()]
    return found


def calls(work: Callable[[], object]) -> int:
    number = 0

    def count(frame: Any, event: str, argument: Any) -> None:
        nonlocal number
        number += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(None)
    return number


def test_the_stages_do_no_more_work_than_they_did() -> None:
    coder = Coder()
    reports = [Report(id=str(n), text=t, published="2021-07-27") for n, t in enumerate(texts())]
    warm = list(coder.stream(reports))
    assert not any(one.failures for one in warm)
    found = dict.fromkeys(CEILINGS, 0)
    tokens = 0
    for report in reports:
        found["clean"] += calls(lambda report=report: clean(report.text))  # type: ignore[misc]
        doc = parse(report, coder.nlp)
        tokens += len(doc)
        for stage in coder.stages:
            found[stage.name] += calls(lambda stage=stage, doc=doc: stage(doc))  # type: ignore[misc]
    each = {name: number / tokens for name, number in found.items()}
    over = {name: round(n, 1) for name, n in each.items() if n > CEILINGS[name]}
    if over:
        pytest.fail(f"calls a token over their ceilings {CEILINGS}: {over}")
