"""Count the calls that cleaning and each stage make for a token: what a stage costs, without a clock.

    python -m tools.work

Prints one JSON object, stage → calls a token over the reports of ``examples/``, and ``model`` →
passes of the event model for a thousand tokens. Counting stands in
an interpreter of its own: what other code has left pending there would slow or stop it.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from dateline import Coder, Report
from dateline.events.model import load
from dateline.language import clean, parse

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"


def texts() -> list[str]:
    """Return the texts of the example reports, in the order of their files."""
    found = [path.read_text(encoding="utf-8") for path in sorted(EXAMPLES.glob("*.txt"))]
    for path in sorted(EXAMPLES.glob("*.jsonl")):
        found += [json.loads(line)["text"] for line in path.read_text("utf-8").splitlines()]
    return found


def calls(work: Callable[[], object]) -> int:
    """Return how many functions, Python's and C's, a piece of work calls."""
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


def calls_a_token() -> dict[str, float]:
    """Return the calls a token of cleaning and of each stage, warm, over the example reports.

    ``model`` has the passes of the event model for a thousand tokens.

    Raises:
        RuntimeError: a stage failed on an example.
    """
    coder = Coder()
    reports = [Report(id=str(n), text=t, published="2021-07-27") for n, t in enumerate(texts())]
    if any(one.failures for one in coder.stream(reports)):
        raise RuntimeError("a stage failed on an example report")
    found = {"clean": 0} | {stage.name: 0 for stage in coder.stages}
    tokens, model = 0, load()
    model.forget()
    before = model.passes
    for report in reports:
        found["clean"] += calls(lambda report=report: clean(report.text))  # type: ignore[misc]
        doc = parse(report, coder.nlp)
        tokens += len(doc)
        for stage in coder.stages:
            found[stage.name] += calls(lambda stage=stage, doc=doc: stage(doc))  # type: ignore[misc]
    each = {name: number / tokens for name, number in found.items()}
    return each | {"model": 1000 * (model.passes - before) / tokens}


if __name__ == "__main__":
    print(json.dumps(calls_a_token()))
