"""Make an archive of any size from some coded reports, without coding each report of it.

    python benchmarks/archive/make.py CODED ARCHIVE [--reports 100000] [--merge]

``CODED``: a file that `dateline code` wrote, of a few thousand reports. Each report of the archive is
one of them with an id, an address, a publisher and a day of its own: dates of its records move by the
same number of weeks, and a third of the words that no record points to are other words of the same
length, so that every span still fits and no two reports are copies.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from dateline import CodedReport
from dateline.archive import Archive
from dateline.batch import read_coded
from dateline.records import DateBasis, spans_of

SEED = 7
FIRST, DAYS = date(2015, 1, 5), 3650
PUBLISHERS = [f"Paper {number}" for number in range(1, 41)]
DAY = re.compile(r'"(\d{4}-\d{2}-\d{2})((?:T[\d:.]+)?(?:Z|[+-]\d\d:\d\d)?)"')
WORD = re.compile(r"[a-z]{4,}")
Vocabulary = Mapping[int, Sequence[str]]
"""Words by their length."""


def vocabulary(coded: Sequence[CodedReport]) -> Vocabulary:
    """Return the words of the reports by length, as often as they are used."""
    by_length: dict[int, list[str]] = defaultdict(list)
    for one in coded:
        for word in WORD.findall(one.report.text):
            by_length[len(word)].append(word)
    return by_length


def reworded(one: CodedReport, words: Vocabulary, rng: random.Random) -> str:
    """Return the text with a third of the words changed that no record points to."""
    kept = sorted((span.start, span.end) for span in spans_of(one) if span.end - span.start < 80)
    taken = bytearray(len(one.report.text))
    for start, end in kept:
        taken[start:end] = b"\1" * (end - start)

    def other(match: re.Match[str]) -> str:
        word = match.group()
        if any(taken[match.start() : match.end()]) or rng.random() > 1 / 3:
            return word
        return rng.choice(words[len(word)])

    return WORD.sub(other, one.report.text)


def moved(one: CodedReport, days: int) -> CodedReport:
    """Return a coded report with every day in its records moved."""

    def later(match: re.Match[str]) -> str:
        try:
            day = date.fromisoformat(match.group(1)) + timedelta(days)
        except (ValueError, OverflowError):
            return match.group()
        return f'"{day.isoformat()}{match.group(2)}"'

    return CodedReport.from_json(DAY.sub(later, one.to_json()))


def varied(
    one: CodedReport, number: int, words: Vocabulary, rng: random.Random
) -> CodedReport | None:
    """Return a report made from another, ``None`` where a long span would no longer fit."""
    day = FIRST + timedelta(rng.randrange(DAYS))
    given = (one.report.published or "2004-06-01")[:10]
    weeks = (day - date.fromisoformat(given)).days // 7 if len(given) == 10 else 0
    made = moved(one, 7 * weeks)
    text = reworded(made, words, rng)
    data = json.loads(made.to_json())
    _refit(data, made.report.text, text)
    made = CodedReport.from_json(json.dumps(data))
    id = f"{number:06x}"
    report = replace(
        made.report,
        id=id,
        text=text,
        url=f"https://paper{number % 40 + 1}.example/{day:%Y/%m/%d}/{id}",
        publisher=PUBLISHERS[number % 40],
        published=day.isoformat(),
        published_basis=DateBasis.GIVEN,
        source=f"made/{id}.txt",
    )
    made = replace(made, report=report)
    fits = all(text[span.start : span.end] == span.text for span in spans_of(made))
    return made if fits else None


def _refit(data: object, before: str, after: str) -> None:
    """Give every span the words that now stand at its place."""
    if isinstance(data, list):
        for one in data:
            _refit(one, before, after)
    elif isinstance(data, dict):
        start, end = data.get("start"), data.get("end")
        if isinstance(start, int) and isinstance(end, int) and data.get("text") == before[start:end]:
            data["text"] = after[start:end]
        for value in data.values():
            _refit(value, before, after)


def reports(coded: Sequence[CodedReport], number: int) -> Iterator[CodedReport]:
    """Yield so many reports; the same every time."""
    rng, words = random.Random(SEED), vocabulary(coded)
    made = 0
    while made < number:
        one = varied(coded[made % len(coded)], made, words, rng)
        if one is not None:
            yield one
        made += 1


def main() -> None:
    """Make the archive, and say how long it took."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("coded", type=Path)
    arguments.add_argument("archive")
    arguments.add_argument("--reports", type=int, default=100_000)
    arguments.add_argument("--merge", action="store_true")
    given = arguments.parse_args()
    coded = [one for one in read_coded(given.coded) if one.events]
    with Archive(given.archive, create=True) as archive:
        start = time.perf_counter()
        for number, one in enumerate(reports(coded, given.reports), 1):
            archive.add(one)
            if number % 5000 == 0:
                print(number, f"{time.perf_counter() - start:.0f} s", flush=True)
        if given.merge:
            start = time.perf_counter()
            print(archive.merge(), f"{time.perf_counter() - start:.0f} s")
        print(dict(archive.counts()))


if __name__ == "__main__":
    main()
