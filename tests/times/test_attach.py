"""Which expression dates which event, in sentences of our own."""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline.language import parse
from dateline.records import DateBasis, Report
from dateline.times import attach, stage

LINES = Path(__file__).with_name("attach.tsv").read_text(encoding="utf-8").splitlines()
ROWS = [line.split("\t") for line in LINES if not line.startswith("#")]


@pytest.mark.parametrize(("text", "word", "words"), ROWS)
def test_an_event_is_dated_by_its_own_expression(text: str, word: str, words: str) -> None:
    doc = parse(Report(id="r", text=text, published="2021-07-27"))
    stage()(doc)
    token = next(token for token in doc if token.text == word)
    found, basis = attach(doc, token)
    assert (found.span.text if found else "-") == words
    assert basis is (DateBasis.TEXT if found else DateBasis.PUBLISHED)
