"""Gold reports beside their coded ones, coded now or read from a file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from dateline.batch import read_coded
from dateline.coder import Coder
from dateline.defaults import DEFAULT_MODEL
from dateline.errors import InputError
from dateline.evaluating.gold import Gold
from dateline.records import CodedReport


def pairs(
    golds: Sequence[Gold], coded: Path | None = None, model: str = DEFAULT_MODEL
) -> Iterator[tuple[Gold, CodedReport]]:
    """Yield each gold report with its coded one; by the text where they come from a file.

    Raises:
        InputError: the file lacks a report.
    """
    if coded is None:
        yield from zip(golds, Coder(model).stream(gold.report for gold in golds), strict=True)
        return
    by_text = {one.report.text: one for one in read_coded(coded)}
    for gold in golds:
        if gold.report.text not in by_text:
            raise InputError(f"{coded} lacks the report {gold.report.id} of the gold file")
        yield gold, by_text[gold.report.text]
