"""How often the model takes sentences of sets it never saw for political events.

    python benchmarks/events_model/relevance.py

CAMEO sentences (source and target marked; those that PLV or GSR share are left out) should pass;
clauses of the BBC's sport, technology and arts reports that were not learnt from should not.
Business and politics are shown without a verdict: nobody labelled them.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "training" / "event_model"))

import numpy as np
import spacy
from triggers import clause

import data
from dateline.defaults import DEFAULT_MODEL
from dateline.events.model import Candidate, load

PARAGRAPHS = 120


def cameo() -> Iterator[Candidate]:
    known = {squeezed(e.candidate.text) for e in [*data.plv(), *data.gsr()]}
    for row in data.rows("events/event_cameo_actors_train.jsonl"):
        if squeezed(row["text"]) not in known:
            spans = {a["role"]: (a["start"], a["end"]) for a in reversed(row["actors"])}
            yield Candidate(row["text"], spans.get("S"), spans.get("T"))


def squeezed(text: str) -> str:
    return "".join(c for c in text.lower() if c.isalnum())


def bbc(sections: set[str], nlp: spacy.Language) -> Iterator[Candidate]:
    """Yield the clauses of each second paragraph of the reports that were not learnt from."""
    reports = [r for r in data.rows("text/corpus_bbc2225.jsonl") if r["category"] in sections]
    texts = [r["text"].split("\n\n")[1] for r in reports[1::2] if "\n\n" in r["text"]]
    for doc in nlp.pipe(texts[:: max(1, len(texts) // PARAGRAPHS)]):
        for row in filter(None, map(clause, doc)):
            yield Candidate(row[0], *(tuple(o) if o else None for o in row[1:]))


def main() -> None:
    nlp, model = spacy.load(DEFAULT_MODEL), load()
    sets = {"CAMEO, source and target": list(cameo())}
    for name, sections in (
        ("BBC sport, technology, arts", {"sport", "tech", "entertainment"}),
        ("BBC business", {"business"}),
        ("BBC politics", {"politics"}),
    ):
        sets[name] = list(bbc(sections, nlp))
    for name, candidates in sets.items():
        said = np.array([p.relevant for p in model.predict(candidates)])
        shares = ", ".join(f"above {cut}: {(said > cut).mean():.3f}" for cut in (0.2, 0.5, 0.8))
        print(f"{name:30s} {len(candidates):5d} {shares}")


if __name__ == "__main__":
    main()
