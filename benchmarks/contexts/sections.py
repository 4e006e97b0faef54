"""Contexts of whole reports on the sections of a news corpus, and what they cost.

Run from the project's root: ``python benchmarks/contexts/sections.py [--every N]``.
Reads ``$DATELINE_EVAL/text/corpus_bbc2225.jsonl`` (default ``../shared/eval``),
which has a section for each report and no contexts: a sanity check, no score.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from collections import Counter, defaultdict
from pathlib import Path

from dateline.events.contexts import contexts_of, report_contexts
from dateline.language import load, parse_all
from dateline.records import Report


def main() -> None:
    """Print the share of each section's reports that have a context, and the cost."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--every", type=int, default=15, help="Take every Nth report.")
    args = parser.parse_args()
    path = Path(os.environ.get("DATELINE_EVAL", "../shared/eval")) / "text" / "corpus_bbc2225.jsonl"
    if not path.exists():
        raise SystemExit(f"skipped: no corpus at {path} (set DATELINE_EVAL)")
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    rows = rows[:: args.every]
    load()
    start = time.perf_counter()
    docs = list(parse_all(Report(id=str(n), text=r["text"]) for n, r in enumerate(rows)))
    parsed = time.perf_counter() - start
    found: dict[str, Counter[str]] = defaultdict(Counter)
    sizes = Counter(section(r) for r in rows)
    start = time.perf_counter()
    tagged = [report_contexts(doc) for doc in docs]
    whole = time.perf_counter() - start
    start = time.perf_counter()
    for doc in docs:
        for sentence in doc.sents:
            contexts_of(doc, sentence[:1])
    each = time.perf_counter() - start
    for row, contexts in zip(rows, tagged, strict=True):
        found[section(row)].update(contexts)
        found[section(row)]["(none)"] += not contexts
    print("| section | reports | contexts of at least one in ten reports |\n|---|---|---|")
    for name, n in sorted(sizes.items()):
        shares = [(c, k / n) for c, k in found[name].most_common() if k / n >= 0.1]
        print(f"| {name} | {n} | {', '.join(f'{c} {share:.2f}' for c, share in shares)} |")
    print(
        f"\nCost beside the parse: whole reports {whole / parsed:.4f}, every sentence {each / parsed:.4f}."
    )


def section(row: dict[str, str]) -> str:
    """Return the section of a report."""
    return row.get("category") or row.get("section") or row.get("label") or "?"


if __name__ == "__main__":
    main()
