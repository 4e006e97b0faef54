"""The cost of the stage as a share of the parse of the same texts, in CPU seconds.

python benchmarks/times/speed.py
"""

from __future__ import annotations

import time

import spacy
from accuracy import EVAL, rows

from dateline.defaults import DEFAULT_MODEL
from dateline.language import load, parse_all
from dateline.records import Report
from dateline.times.stage import find


def bare_seconds(texts: list[str]) -> float:
    """Return the CPU seconds of the stock pipeline alone."""
    nlp = spacy.load(DEFAULT_MODEL)
    start = time.process_time()
    for _ in nlp.pipe(texts):
        pass
    return time.process_time() - start


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
    bare = bare_seconds([report.text for report in reports])
    print(
        f"{len(docs)} texts, {found} expressions: the stage takes {share:.1f} % of dateline's parse"
        f" and {100 * (done - parsed) / bare:.1f} % of bare spaCy's"
    )


if __name__ == "__main__":
    main()
