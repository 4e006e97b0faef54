"""The cost of the stage as a share of the spaCy parse of the same texts.

python benchmarks/times/speed.py
"""

from __future__ import annotations

import time

from accuracy import EVAL, rows

from dateline.language import load, parse_all
from dateline.records import Report
from dateline.times.stage import find


def main() -> None:
    if not EVAL.exists():
        print(f"no gold data at {EVAL}: set DATELINE_EVAL")
        return
    reports = [
        Report(id=r["doc_id"], text=r["text"], published=r["dct"]) for r in rows("timex_aquaint")
    ]
    load()
    start = time.perf_counter()
    docs = list(parse_all(reports))
    parsed = time.perf_counter()
    found = sum(len(find(doc)["times"]) for doc in docs)
    done = time.perf_counter()
    share = 100 * (done - parsed) / (parsed - start)
    print(f"{len(docs)} texts, {found} expressions: the stage takes {share:.1f} % of the parse")


if __name__ == "__main__":
    main()
