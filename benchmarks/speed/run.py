"""What coding costs beside the bare spaCy pipeline on the same text, in one run.

    python benchmarks/speed/run.py --reports 300 --rounds 3

Rounds of bare spaCy and of the whole coder alternate, so that a machine whose
speed drifts changes both; the ratio of each round counts. Then the cost of each
stage is shown as a share of the parse. Texts come from ``DATELINE_EVAL``.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import sys
import time
from pathlib import Path

from dateline import Coder, Report
from dateline.language import parse_all

ROOT = Path(__file__).resolve().parents[2]


def reports(number: int) -> list[Report]:
    """Return the first ``number`` reports of the news corpus, spread over its sections."""
    folder = Path(os.environ.get("DATELINE_EVAL", ROOT / ".." / "shared" / "eval"))
    path = folder / "text" / "corpus_bbc2225.jsonl"
    if not path.exists():
        sys.exit(f"no corpus at {path}; set DATELINE_EVAL to the folder with the gold data")
    rows = [json.loads(line) for line in path.open(encoding="utf-8")]
    step = max(1, len(rows) // number)
    return [Report(id=row["doc_id"], text=row["text"]) for row in rows[::step][:number]]


def timed(work: object) -> float:
    """Return the seconds that draining an iterator takes."""
    start = time.perf_counter()
    for _ in work:  # type: ignore[attr-defined]
        pass
    return time.perf_counter() - start


def main() -> None:
    """Print the ratio a round, then the stages."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--reports", type=int, default=300)
    options.add_argument("--rounds", type=int, default=3)
    chosen = options.parse_args()
    texts = reports(chosen.reports)
    words = sum(len(report.text.split()) for report in texts)
    coder = Coder()
    list(coder.stream(texts[:20]))
    ratios = []
    for _ in range(chosen.rounds):
        bare = timed(coder.nlp.pipe(report.text for report in texts))
        whole = timed(coder.stream(texts))
        ratios.append(whole / bare)
        print(
            f"bare spaCy {words / bare:8,.0f} words/s   "
            f"dateline {words / whole:8,.0f} words/s   ratio {whole / bare:.2f}"
        )
    print(
        f"median ratio {statistics.median(ratios):.2f} over {len(texts)} reports, {words:,} words"
    )
    stages(coder, texts)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory {peak:,.0f} MB")


def stages(coder: Coder, texts: list[Report]) -> None:
    """Print what each stage costs, as a share of parsing the same texts."""
    start = time.perf_counter()
    docs = list(parse_all(texts, coder.nlp))
    parse = time.perf_counter() - start
    print(f"\n{'stage':14} share of the parse")
    for stage in coder.stages:
        start = time.perf_counter()
        for doc in docs:
            stage(doc)
        print(f"{stage.name:14} {(time.perf_counter() - start) / parse:6.1%}")


if __name__ == "__main__":
    main()
