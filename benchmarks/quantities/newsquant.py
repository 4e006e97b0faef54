"""Score quantities against NewsQuant: values, and values with their units.

    python benchmarks/quantities/newsquant.py [--mistakes] [--peer PYTHON]

``--peer`` is the interpreter of an environment with quantulum3, which is scored on the same
sentences in the same run. What matches what is written down in ``RESULTS.md``.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dateline import Report, quantities, times
from dateline.evaluating import Counts, interval
from dateline.language import notes, parse_all, tokens_at
from dateline.quantities.tables import load
from dateline.records import Quantity
from dateline.stages import run

ROOT = Path(__file__).resolve().parents[2]
OPEN = ("several", "few", "couple", "handful", "both", "many")
"""Words without a number, which NewsQuant does not annotate."""
MONEY = {"USD": "dollar", "GBP": "pound", "EUR": "euro", "AUD": "australian dollar", "CAD": "canadian dollar", "JPY": "yen", "INR": "rupee", "CNY": "yuan", "DKK": "danish krone", "CHF": "swiss franc"}  # fmt: skip
NAMES = {
    "percent": "percentage",
    "us dollar": "dollar",
    "pound sterling": "pound",
    "times": "count",
    "revolution per minute": "revolutions per minute",
    "degree celsius": "celsius",
    "degree fahrenheit": "fahrenheit",
}
"""Our names, and the peer's, as NewsQuant writes them."""


@dataclass(frozen=True)
class Number:
    """A number as it is scored: bounds (alike where it is one value), and names of its unit."""

    low: float
    high: float
    units: frozenset[str]
    head: str
    words: str


def gold_path() -> Path:
    folder = Path(os.environ.get("DATELINE_EVAL", ROOT.parent / "shared" / "eval"))
    path = folder / "quantities" / "quantity_newsquant_dev.jsonl"
    if not path.exists():
        sys.exit(f"no gold data at {path}; set DATELINE_EVAL to the folder with the gold data")
    return path


def of_gold(row: dict[str, Any]) -> Number:
    bounds = [float(part) for part in row["value"].split("-") if part]
    name = "" if row["normalized_unit"] == "-" else row["normalized_unit"].lower()
    unit = "" if row["unit"] == "-" else row["unit"].lower()
    head = singular(unit.split()[-1]) if unit else ""
    words = f"{row['change']} {row['value']} {unit}"
    return Number(min(bounds), max(bounds), frozenset((name,)), head, words)


def of_ours(doc: Any, quantity: Quantity) -> Number | None:
    """Return what is scored of a quantity; none for words without a number."""
    if quantity.rule == "single":
        return None  # "killed a soldier": one person, and no number in the words
    wordy = quantity.rule.startswith("vague.") and any(word in quantity.rule for word in OPEN)
    if wordy and not re.search(r"hundred|thousand|lion", quantity.span.text.lower()):
        return None
    single = quantity.value is not None and quantity.approximation != "range"
    low = quantity.value if single else quantity.low
    high = quantity.value if single else quantity.high
    if low is None or high is None:
        low = high = low if low is not None else high
    assert low is not None and high is not None
    units, head = our_units(doc, quantity)
    return Number(low, high, units, head, quantity.span.text)


def our_units(doc: Any, quantity: Quantity) -> tuple[frozenset[str], str]:
    if quantity.kind in ("count", "ratio") and quantity.counted is not None:
        tokens = list(tokens_at(doc, quantity.counted) or ())
        phrase = [token.lower_ for token in tokens]
        lemmas = [token.lemma_.lower() for token in tokens]
        names = {" ".join([*phrase[:-1], singular(phrase[-1])]), " ".join(phrase), " ".join(lemmas)}
        names |= {NAMES["times"]} if names & {"time", "times"} else set()
        names |= {f"% {name}" for name in names} if quantity.kind == "ratio" else set()
        return frozenset(name.replace(" - ", "-") for name in names), singular(phrase[-1])
    unit = quantity.unit or ""
    if unit == "year of age":
        return frozenset((unit, "age")), unit
    if unit in NAMES:
        return frozenset((NAMES[unit], unit)), unit
    first, per, rest = unit.partition(" per ")
    first = MONEY.get(first, NAMES.get(first, first))
    return frozenset((first + per + rest,)), first + per + rest


def singular(word: str) -> str:
    """Return a word without its plural ending."""
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if re.search(r"(ss|x|ch|sh)es$", word):
        return word[:-2]
    return word[:-1] if re.search(r"[^s]s$", word) else word


def same_value(gold: Number, found: Number) -> bool:
    if gold.low == gold.high or found.low == found.high:
        return close(gold.low, found.low) and close(gold.high, found.high)
    return gold.low <= found.low * (1 + 1e-3) and found.high <= gold.high * (1 + 1e-3)


def close(a: float, b: float) -> bool:
    return math.isclose(a, b, rel_tol=1e-3)


def same_unit(gold: Number, found: Number) -> bool:
    """Compare names of units as a whole."""
    return bool(gold.units & found.units)


def same_head(gold: Number, found: Number) -> bool:
    """Compare names of units, or of what is counted by its head noun alone."""
    return same_unit(gold, found) or bool(gold.head and gold.head == found.head)


TESTS = {
    "value": lambda g, f: same_value(g, f),
    "value and unit (head noun)": lambda g, f: same_value(g, f) and same_head(g, f),
    "value and unit (whole phrase)": lambda g, f: same_value(g, f) and same_unit(g, f),
}


def counts(
    golds: Sequence[Number], founds: Sequence[Number], test: Any
) -> tuple[Counts, list[Any]]:
    """Match one to one; return the counts and what is left of both."""
    left, spare = list(founds), []
    for gold in golds:
        match = next((found for found in left if test(gold, found)), None)
        if match is None:
            spare.append(gold)
        else:
            left.remove(match)
    right = len(golds) - len(spare)
    return Counts(right, len(left), len(spare)), [spare, left]


def ours(texts: Sequence[str]) -> tuple[list[list[Number]], float]:
    """Return our numbers a sentence, and the seconds of the stages over those of the parse."""
    parse_seconds = time.perf_counter()
    docs = list(parse_all([Report(id=str(i), text=text) for i, text in enumerate(texts)]))
    parse_seconds = time.perf_counter() - parse_seconds
    load()
    for doc in docs:
        run((times.stage(),), doc)
    seconds = time.perf_counter()
    stage = quantities.stage()
    failures = [failure for doc in docs for failure in run((stage,), doc)]
    seconds = time.perf_counter() - seconds
    assert not failures, failures
    found = [[n for q in notes(d).quantities if (n := of_ours(d, q))] for d in docs]
    return found, seconds / parse_seconds


PEER = """
import json, sys
from quantulum3 import parser
for line in sys.stdin:
    rows = []
    for q in parser.parse(json.loads(line)):
        u = q.uncertainty or 0
        rows.append([q.value - u, q.value + u, q.unit.name, q.surface])
    print(json.dumps(rows), flush=True)
"""


def peer(python: str, texts: Sequence[str]) -> list[list[Number]]:
    lines = "".join(json.dumps(text) + "\n" for text in texts)
    made = subprocess.run(
        [python, "-c", PEER], input=lines, text=True, capture_output=True, check=True
    )
    return [[_of_peer(*row) for row in json.loads(line)] for line in made.stdout.splitlines()]


def _of_peer(low: float, high: float, unit: str, words: str) -> Number:
    name = "" if unit == "dimensionless" else NAMES.get(unit, unit).lower()
    behind = re.sub(r"^[^a-z]*", "", words.lower())
    return Number(low, high, frozenset((name,)), name or singular(behind), words)


def table(name: str, golds: list[list[Number]], founds: list[list[Number]]) -> Iterator[str]:
    for measure, test in TESTS.items():
        rows = [counts(g, f, test)[0] for g, f in zip(golds, founds, strict=True)]
        total, (low, high) = sum(rows, Counts()), interval(rows)
        yield (
            f"| {name} | {measure} | {100 * total.precision:.1f} | {100 * total.recall:.1f} "
            f"| {100 * total.f1:.1f} | {100 * low:.1f}–{100 * high:.1f} |"
        )


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--mistakes", choices=list(TESTS), help="list the mistakes of one measure")
    options.add_argument("--peer", help="interpreter with quantulum3")
    chosen = options.parse_args()
    rows = [json.loads(line) for line in gold_path().open(encoding="utf-8")]
    texts = [row["text"] for row in rows]
    golds = [[of_gold(one) for one in row["quantities"]] for row in rows]
    found, ratio = ours(texts)
    print("| coder | measure | precision | recall | F1 | 95 % |")
    print("|---|---|---|---|---|---|")
    print("\n".join(table("dateline", golds, found)))
    if chosen.peer:
        print("\n".join(table("quantulum3", golds, peer(chosen.peer, texts))))
    print(f"\nThe stage takes {100 * ratio:.1f} % of the time of the parse.")
    if chosen.mistakes:
        for text, gold, ours_ in zip(texts, golds, found, strict=True):
            spare, left = counts(gold, ours_, TESTS[chosen.mistakes])[1]
            if spare or left:
                print("\n" + text)
                for one in spare:
                    print("   missed  ", one.words, one.low, one.high, sorted(one.units))
                for one in left:
                    print("   spurious", one.words, one.low, one.high, sorted(one.units), one.head)


if __name__ == "__main__":
    main()
