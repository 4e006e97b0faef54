"""How well reports without a date are dated by their own words.

    python benchmarks/times/dating.py

Withholds the publication date of TimeBank and AQUAINT, and says how often the
inferred interval holds it, how wide it is, and which limits were wrong.
"""

from __future__ import annotations

import sys
from collections import Counter
from datetime import date
from statistics import median

from accuracy import EVAL, docs, rows

from dateline.records import Dating
from dateline.times.dating import date_report
from dateline.times.recognise import recognise


def holds(dating: Dating, day: str) -> bool:
    """Tell whether the interval holds the day."""
    interval = dating.interval
    assert interval is not None
    return not (interval.start and day < interval.start) and not (
        interval.end and day >= interval.end
    )


def main() -> None:
    if not EVAL.exists():
        print(f"no gold data at {EVAL}: set DATELINE_EVAL")
        return
    print(
        "| set | texts | dated | both sides bounded | of those dated, right | median days |\n|---|---|---|---|---|---|"
    )
    wrong: Counter[str] = Counter()
    for name in ("timex_timebank", "timex_aquaint"):
        data = [{**row, "day": row["dct"][:10], "dct": None} for row in rows(name)]
        dated = right = 0
        widths = []
        for row, doc in zip(data, docs(name, data), strict=True):
            dating = date_report(doc, recognise(doc))
            interval = dating.interval
            if interval is None:
                continue
            dated += 1
            if holds(dating, row["day"]):
                right += 1
            else:
                wrong.update(f"{r.rule}: {r.detail}" for r in dating.reasons)
                if "--errors" in sys.argv:
                    print(row["doc_id"], row["day"], interval, [r.detail for r in dating.reasons])
            if interval.start and interval.end:
                first, last = (date.fromisoformat(d) for d in (interval.start, interval.end))
                widths.append((last - first).days)
        middle = f"{median(widths):.0f}" if widths else "-"
        share = 100 * right / dated if dated else 0.0
        print(f"| {name[6:]} | {len(data)} | {dated} | {len(widths)} | {share:.0f} % | {middle} |")


if __name__ == "__main__":
    main()
