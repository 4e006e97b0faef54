"""Contexts on the PLOVER gold standard records: the cue tagger beside what is cheap.

Run from the project's root: ``python benchmarks/contexts/gsr.py [--errors N]``.
Reads ``$DATELINE_EVAL/events/event_plover_gsr.jsonl`` (default ``../shared/eval``).
The records name mostly one context each, in the 14 names of a draft of 2016,
so a tagger that finds several is scored by whether its strongest one is the
record's, and by whether the record's is among them.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from dateline.events.contexts import scored_contexts
from dateline.language import parse_all
from dateline.records import Report

COARSE = {
    "military": "military", "peacekeeping": "military",
    "diplomatic": "diplomatic",
    "legal": "legal", "human_rights": "legal", "rights_freedoms": "legal", "reparations": "legal",
    "crime": "legal", "corruption": "legal",
    "economic": "economic",
    "political_institutions": "political", "pro_democracy": "political", "executive": "political",
    "pro_autocracy": "political", "repression": "political", "legislative": "political",
    "terrorism": "terrorism", "election": "election",
    "migration": "refugee", "asylum": "refugee",
    "natural_resource": "resource", "human_security": "resource", "territory": "resource",
    "environment": "resource",
    "cbrn": "cbrn", "cyber": "cyber", "religion_ethnicity": "religion",
}  # fmt: skip
"""The 37 contexts by the draft's names, near ones taken together."""

DRAFT = {
    "refugees": "refugee", "resources": "resource", "politics": "political",
    "government": "political", "rights": "legal", "discrimination": "religion",
    "assets": "resource",
}  # fmt: skip
SKIPPED = {"", "unknown", "foreign", "historical"}
TYPES = {
    "INVESTIGATE": ("ACCUSE", "investigate"),
    "DEMAND": ("REQUEST", None),
    "DISAPPROVE": ("ACCUSE", "disapprove"),
    "FIGHT": ("ASSAULT", None),
}


def records() -> list[dict[str, Any]]:
    """Return the records that name a context of the draft, one for each text."""
    path = Path(os.environ.get("DATELINE_EVAL", "../shared/eval"))
    path = path / "events" / "event_plover_gsr.jsonl"
    if not path.exists():
        raise SystemExit(f"skipped: no gold data at {path} (set DATELINE_EVAL)")
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        names = {n.strip() for n in row.get("context", "").split(",")} - SKIPPED
        gold = {DRAFT.get(name, name) for name in names}
        if gold:
            found.append({**row, "gold": gold, "text": row["text"].strip("{} \n")})
    return found


def fold(text: str, folds: int = 5) -> int:
    """Return the fold of a text, the same for copies that differ in case or punctuation."""
    plain = re.sub(r"[^a-z0-9]+", " ", text.lower()).strip()
    return int(hashlib.sha256(plain.encode()).hexdigest(), 16) % folds


def countries(row: dict[str, Any]) -> bool:
    """Tell whether the record's actors are of two countries or bodies."""
    sides = [row.get("source") or [], row.get("target") or []]
    codes = {a.get("code", "") for side in sides for a in side if a.get("sector", "GOV") == "GOV"}
    return len(codes - {""}) > 1


def tagged(rows: Sequence[dict[str, Any]], with_type: bool) -> list[list[str]]:
    """Return the draft's names of the contexts found, the strongest first."""
    reports = [Report(id=r["id"], text=r["text"]) for r in rows]
    found = []
    for row, doc in zip(rows, parse_all(reports), strict=True):
        kind, mode = TYPES.get(row["event"], (row["event"], None))
        between = with_type and countries(row)
        kind_ = kind if with_type else None
        scored = scored_contexts(doc, type=kind_, mode=mode, between_states=between)
        coarse = [COARSE[s.context] for s in scored if s.context in COARSE]
        found.append(list(dict.fromkeys(coarse)))
    return found


def majority(rows: Sequence[dict[str, Any]]) -> list[list[str]]:
    """Return the most frequent context of the other folds."""
    found = []
    for row in rows:
        others = Counter(g for r in rows if fold(r["text"]) != fold(row["text"]) for g in r["gold"])
        found.append([others.most_common(1)[0][0]])
    return found


def learned(rows: Sequence[dict[str, Any]], extra: Sequence[list[str]] | None) -> list[list[str]]:
    """Return what TF-IDF with logistic regression says, with the tagger's answers as features or not."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression

    texts = [r["text"] for r in rows]
    if extra is not None:
        texts = [f"{t} {' '.join(f'ctx{c}' for c in e)}" for t, e in zip(texts, extra, strict=True)]
    found: list[list[str]] = [[] for _ in rows]
    for n in range(5):
        train = [i for i, r in enumerate(rows) if fold(r["text"]) != n]
        test = [i for i, r in enumerate(rows) if fold(r["text"]) == n]
        words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, min_df=1)
        model = LogisticRegression(C=10, max_iter=2000, class_weight="balanced")
        model.fit(
            words.fit_transform(texts[i] for i in train), [min(rows[i]["gold"]) for i in train]
        )
        for i, guess in zip(
            test, model.predict(words.transform(texts[i] for i in test)), strict=True
        ):
            found[i] = [str(guess)]
    return found


def interval(values: Sequence[float], rounds: int = 2000) -> str:
    """Return mean with a bootstrap 95 % interval."""
    rng = np.random.default_rng(0)
    data = np.array(values, dtype=float)
    means = data[rng.integers(0, len(data), (rounds, len(data)))].mean(axis=1)
    low, high = np.percentile(means, [2.5, 97.5])
    return f"{data.mean():.3f} [{low:.3f}, {high:.3f}]"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--errors", type=int, default=0)
    args = parser.parse_args()
    rows = records()
    plain, typed = tagged(rows, False), tagged(rows, True)
    runs = {
        "most frequent": majority(rows),
        "TF-IDF, logistic regression, 5-fold": learned(rows, None),
        "cues": plain,
        "cues, event type, participants": typed,
        "TF-IDF and cues, logistic regression, 5-fold": learned(rows, typed),
    }
    print(
        f"{len(rows)} records, {len({g for r in rows for g in r['gold']})} contexts of the draft\n"
    )
    print("| method | strongest is right | right one among those found | found a record |")
    print("|---|---|---|---|")
    for name, found in runs.items():
        first = [float(bool(f) and f[0] in r["gold"]) for f, r in zip(found, rows, strict=True)]
        among = [len(set(f) & r["gold"]) / len(r["gold"]) for f, r in zip(found, rows, strict=True)]
        size = float(np.mean([len(f) for f in found]))
        print(f"| {name} | {interval(first)} | {interval(among)} | {size:.2f} |")
    by = Counter(g for r in rows for g in r["gold"])
    print("\n| context of the draft | records | right one among those found (cues and type) |")
    print("|---|---|---|")
    for name, n in by.most_common():
        hit = sum(name in f for f, r in zip(typed, rows, strict=True) if name in r["gold"])
        print(f"| {name} | {n} | {hit / n:.2f} |")
    wrong = [(r, f) for r, f in zip(rows, typed, strict=True) if not f or f[0] not in r["gold"]]
    for row, found_ in wrong[: args.errors]:
        print(row["id"], row["event"], sorted(row["gold"]), found_, row["text"][:220], sep=" | ")


if __name__ == "__main__":
    main()
