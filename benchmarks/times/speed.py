"""The cost of the stage as a share of the spaCy parse of the same texts, in CPU seconds.

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
    start = time.process_time()
    docs = list(parse_all(reports))
    reading = time.process_time() - start
    find(docs[0])  # reads the tables, once a process
    parsed = time.process_time()
    found = sum(len(find(doc)["times"]) for doc in docs)
    done = time.process_time()
    share = 100 * (done - parsed) / reading
    print(f"{len(docs)} texts, {found} expressions: the stage takes {share:.1f} % of the parse")


if __name__ == "__main__":
    main()
