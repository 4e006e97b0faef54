"""Twice the text costs about twice the work, also where a text is built to make it worse.

Work is counted in calls, not in seconds, so that a busy machine changes nothing.
"""

import sys
from collections.abc import Callable
from typing import Any

import pytest

from dateline import Coder, Report
from dateline.language import clean, parse

INPUTS: dict[str, Callable[[int], str]] = {
    "quotation marks": lambda n: '"' * n,
    "nested quotations": lambda n: "“" * n + "he said" + "”" * n,
    "nested brackets": lambda n: "(" * n + "x" + ")" * n,
    "figures": lambda n: "12 " * n,
    "number words": lambda n: "hundred " * n,
    "dates": lambda n: "on Monday 5 May 2021 " * n,
    "capitals": lambda n: "United Nations " * n,
    "a list of countries": lambda n: "Iran, " * n,
    "countries and countries": lambda n: "Iran and " * n,
    "abbreviations": lambda n: "U.S.-" * n,
    "cues": lambda n: "He said " * n,
    "quotations": lambda n: '"We will leave," he said. ' * n,
    "people": lambda n: "John Smith told Ali Khan " * n,
    "one person": lambda n: "John Smith left Paris. " + "Smith told Khan. " * n,
    "deaths": lambda n: "killed 5 people in Iraq " * n,
    "deaths, sentence by sentence": lambda n: "Rebels killed 5 people in Iraq. " * n,
    "promises": lambda n: "The minister said Iran will withdraw 50 soldiers by May 2021. " * (n // 2),
    "spaces": lambda n: "Police" + " " * (20 * n) + "left.",
    "line breaks": lambda n: "Police \n" * n,
    "markup": lambda n: "<div><p>" * n + "Police" + "</p></div>" * n,
}  # fmt: skip
SMALL = 200
MOST = 2.7
"""Growth of the calls where the text is doubled; the square would be 4."""
FREE = 60_000
"""Calls that are too few to matter, whatever they grew from."""


@pytest.fixture(scope="module")
def coder() -> Coder:
    coder = Coder()
    coder.code("PARIS - Police arrested 12 protesters in Lyon on Monday, Emmanuel Macron said.")
    return coder


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


@pytest.mark.parametrize("name", INPUTS)
def test_twice_the_text_is_about_twice_the_work(coder: Coder, name: str) -> None:
    found: dict[str, list[int]] = {}
    for size in (SMALL, 2 * SMALL):
        text = INPUTS[name](size)
        found.setdefault("clean", []).append(calls(lambda text=text: clean(text)))  # type: ignore[misc]
        doc = parse(Report(id="x", text=text, published="2021-07-27"), coder.nlp)
        for stage in coder.stages:
            found.setdefault(stage.name, []).append(
                calls(lambda stage=stage, doc=doc: stage(doc))  # type: ignore[misc]
            )
    for stage_name, (first, second) in found.items():
        assert second <= max(MOST * first, FREE), f"{stage_name}: {first} calls, then {second}"
