"""How well reports without a date are dated by their address and by their own words.

    python benchmarks/times/dating.py [--errors]

Withholds the publication date of reports whose day is known, and says how often the address
names it, how often the interval inferred from the text holds it, and how wide that is.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from statistics import median
from typing import Any

from accuracy import EVAL

from dateline.language import parse_all
from dateline.records import DateBasis, Interval, Report
from dateline.times.addresses import address_date
from dateline.times.dating import date_report
from dateline.times.recognise import recognise

SETS = {
    "TimeBank": ("times/timex_timebank", "dct"),
    "AQUAINT": ("times/timex_aquaint", "dct"),
    "news clusters": ("merging/news_clusters_dev", "dct"),
    "5W1H": ("events/event_5w1h_dev", "dct"),
    "LGL": ("places/geo_lgl_dev", "date"),
    "PolNeAR": ("statements/quote_polnear_dev", "dct"),
}
"""The file of each set below the folder of gold data, and the field of the day."""


@dataclass(slots=True)
class Tally:
    """What became of the reports of one set."""

    texts: int = 0
    right: int = 0
    near: int = 0
    """A day before or after: time zones, and papers that print the day after."""
    wrong: int = 0
    exact: int = 0
    """Dated to a day by a dateline or by the page's own line."""
    widths: list[int] = field(default_factory=list)

    @property
    def dated(self) -> int:
        return self.right + self.near + self.wrong

    def add(self, interval: Interval, day: str) -> bool:
        """Count one dated report; tell whether its day is inside."""
        if interval.start and interval.end:
            self.widths.append(days(interval))
        if holds(interval, day):
            self.right += 1
            return True
        moved = (date.fromisoformat(day) + timedelta(by) for by in (-1, 1))
        if any(holds(interval, other.isoformat()) for other in moved):
            self.near += 1
        else:
            self.wrong += 1
        return False


def days(interval: Interval) -> int:
    first, last = (date.fromisoformat(str(d)) for d in (interval.start, interval.end))
    return (last - first).days


def holds(interval: Interval, day: str) -> bool:
    """Tell whether the interval holds the day."""
    return not (interval.start and day < interval.start) and not (
        interval.end and day >= interval.end
    )


def rows(name: str) -> Iterator[dict[str, Any]]:
    """Yield the reports of a set whose day is known."""
    path, key = SETS[name]
    with (EVAL.parent / f"{path}.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            day = str(row.get(key) or "")[:10]
            if len(day) == 10:
                yield {"id": row["doc_id"], "text": row["text"], "url": row.get("url"), "day": day}


def by_address(name: str) -> Tally | None:
    tally = Tally()
    for row in rows(name):
        if not row["url"]:
            continue
        tally.texts += 1
        interval = address_date(row["url"])
        if interval is None:
            continue
        tally.exact += days(interval) == 1
        if not tally.add(interval, row["day"]) and "--errors" in sys.argv:
            print(row["day"], interval.start, row["url"])
    return tally if tally.texts else None


def by_text(name: str) -> Tally:
    tally, data = Tally(), list(rows(name))
    docs = parse_all([Report(id=str(r["id"]), text=r["text"]) for r in data])
    for row, doc in zip(data, docs, strict=True):
        tally.texts += 1
        dating = date_report(doc, recognise(doc))
        if dating.interval is None:
            continue
        tally.exact += dating.basis is not DateBasis.INFERRED
        if not tally.add(dating.interval, row["day"]) and "--errors" in sys.argv:
            print(row["id"], row["day"], dating.interval, [r.detail for r in dating.reasons])
    return tally


def main() -> None:
    if not EVAL.exists():
        print(f"no gold data at {EVAL}: set DATELINE_EVAL")
        return
    print("| addresses of | reports | dated | to a day | right | a day off | wrong |")
    print("|---|---|---|---|---|---|---|")
    for name in SETS:
        if (found := by_address(name)) is not None:
            print(
                f"| {name} | {found.texts} | {found.dated} | {found.exact} | {found.right}"
                f" | {found.near} | {found.wrong} |"
            )
    print("\n| texts of | reports | dated | to a day | closed | right | a day off | wrong | days |")
    print("|---|---|---|---|---|---|---|---|---|")
    for name in SETS:
        found = by_text(name)
        middle = f"{median(found.widths):.0f}" if found.widths else "-"
        print(
            f"| {name} | {found.texts} | {found.dated} | {found.exact} | {len(found.widths)}"
            f" | {found.right} | {found.near} | {found.wrong} | {middle} |",
            flush=True,
        )


if __name__ == "__main__":
    main()
