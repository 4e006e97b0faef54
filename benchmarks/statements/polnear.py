"""PolNeAR as this project reads it: documents, their parse, and gold attributions as tokens.

PolNeAR (Newell, Margolin and Ruths 2018) annotates who is said to say, think
or want what in US political news. A token belongs to one attribution at most,
so attributions inside another one's content are not in it.
"""

from __future__ import annotations

import json
import os
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import spacy
from spacy.tokens import Doc, DocBin

from dateline.language import load, notes, parse_all
from dateline.language.cleaning import clean
from dateline.language.notes import Notes
from dateline.records import Report
from dateline.statements.view import View

ROLES = ("cue", "source", "content")
ATTRS = ["ORTH", "TAG", "HEAD", "DEP", "ENT_IOB", "ENT_TYPE", "LEMMA", "MORPH", "POS", "SPACY", "SENT_START"]  # fmt: skip


def eval_dir() -> Path:
    """Return the folder of gold data, from ``DATELINE_EVAL``."""
    root = Path(__file__).resolve().parents[2]
    return Path(os.environ.get("DATELINE_EVAL", root.parent / "shared" / "eval"))


def gold_file(split: str) -> Path:
    return eval_dir() / "statements" / f"quote_polnear_{split}.jsonl"


@dataclass(frozen=True)
class GoldDoc:
    """One document: its row, its view, and its attributions as sets of tokens by role."""

    id: str
    view: View
    attributions: list[dict[str, set[int]]]


def read(split: str, cache: Path | None = None) -> list[GoldDoc]:
    """Return the documents of ``train`` or ``dev``; parses them, or reads the parse from ``cache``."""
    rows = [json.loads(line) for line in gold_file(split).open(encoding="utf-8")]
    return [_gold(row, doc) for row, doc in zip(rows, _docs(rows, split, cache), strict=True)]


def _docs(rows: list[dict[str, Any]], split: str, cache: Path | None) -> Iterator[Doc]:
    reports = [Report(id=r["doc_id"], text=r["text"], published=r["dct"]) for r in rows]
    if cache is None:
        yield from parse_all(reports)
        return
    path = cache / f"{split}.spacy"
    if not path.exists():
        stored = DocBin(attrs=ATTRS)
        for doc in parse_all(reports, load()):
            stored.add(doc)
        path.parent.mkdir(parents=True, exist_ok=True)
        stored.to_disk(path)
    vocab = spacy.blank("en").vocab
    for report, doc in zip(reports, DocBin().from_disk(path).get_docs(vocab), strict=True):
        text = clean(report.text)
        doc._.dateline = Notes(report, text.offsets, text.segments, text.furniture)
        yield doc


def _gold(row: dict[str, Any], doc: Doc) -> GoldDoc:
    view = View(doc)
    found = [
        {
            role: {
                token
                for part in one.get(role, [])
                for start, end in part["spans"]
                for token in tokens(view, start, end)
            }
            for role in ROLES
        }
        for one in row["attributions"]
    ]
    return GoldDoc(row["doc_id"], view, found)


def tokens(view: View, start: int, end: int) -> list[int]:
    """Return the tokens that a span of the report's text touches."""
    bounds = notes(view.doc).offsets.to_clean(start, end)
    if bounds is None:
        return []
    return list(range(bisect_right(view.ends, bounds[0]), bisect_left(view.starts, bounds[1])))


def root(view: View, span: set[int]) -> int | None:
    """Return the token of a span that the others hang from."""
    rank = {"VERB": 0, "NOUN": 1, "PROPN": 1, "PRON": 1, "AUX": 1, "ADJ": 2, "ADP": 3, "SCONJ": 3}
    tops = [t for t in span if view.head[t] == t or view.head[t] not in span]
    if not tops:
        return None
    return min(tops, key=lambda t: (rank.get(view.pos[t], 5), len(view.path(t)), t))
