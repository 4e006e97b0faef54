"""Turn the gold reports written by hand, which name words, into JSON lines with offsets."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import yaml

from dateline.evaluating.gold import ADDRESS

FOLDER = Path(__file__).parent.parent / "tests" / "data" / "gold"
WORDS = ("content", "source", "cue", "counted")
"""Fields whose words are turned into spans too."""


def gold() -> str:
    """Return the gold file.

    Raises:
        ValueError: words are not in the text.
    """
    reports = yaml.safe_load((FOLDER / "reports.yaml").read_text(encoding="utf-8"))
    return "".join(json.dumps(_line(report), ensure_ascii=False) + "\n" for report in reports)


def _line(report: dict[str, Any]) -> dict[str, Any]:
    text = report["text"]
    line: dict[str, Any] = {"report": {k: report[k] for k in ("id", "text", "published")}}
    for layer, address in ADDRESS.items():
        if layer in report:
            line[layer] = [_record(record, address, text) for record in report[layer]]
    return line


def _record(record: dict[str, Any], address: str, text: str) -> dict[str, Any]:
    made = dict(record)
    if "words" in made:
        made[address] = _span(made.pop("words"), text)
    for field in WORDS:
        if field in made:
            made[field] = _span(made[field], text)
    if "content" in made:
        made["content"] = [made["content"]]
    return made


def _span(words: str, text: str) -> dict[str, Any]:
    words, _, number = words.partition("#")
    start = -1
    for _ in range(int(number or 1)):
        start = text.find(words, start + 1)
        if start < 0:
            raise ValueError(f"{words!r} is not in {text[:60]!r}…")
    return {"start": start, "end": start + len(words), "text": words}


def main() -> None:
    """Write ``tests/data/gold/gold.jsonl``."""
    (FOLDER / "gold.jsonl").write_text(gold(), encoding="utf-8")


if __name__ == "__main__":
    main()
