"""False events in news without politics: 500 sentences of sport, business and technology.

Run from the project's root::

    python benchmarks/events/false_events.py --show          # sentences and what is found, to read
    python benchmarks/events/false_events.py --write FILE    # offsets and types of what is found
    python benchmarks/events/false_events.py --judged FILE   # rates, with a verdict for each row

Reads ``$DATELINE_EVAL/text/corpus_bbc2225.jsonl`` (default ``../shared/eval``).
The sample is drawn by a digest of report and offset, so that it is the same on
every machine and does not move when the coder changes. A row of the file names
report, offsets in it, type and verdict (``true``, ``false``, or ``?`` for one
that nobody has read), separated by tabs, and holds none of the text. Whole reports are
coded, since a sentence is read in its report, and events are counted in the sampled sentences.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from dateline.coder import Coder
from dateline.language import parse_all, span_of
from dateline.records import Event, Report, Span

SECTIONS = ("sport", "business", "tech")
EVERY = 12
"""Every Nth report is looked at: parsing all of them would take minutes."""
MIN_WORDS = 6


@dataclass(frozen=True)
class Sampled:
    """A sentence of the sample."""

    report: Report
    section: str
    sentence: Span


def digest(*parts: object) -> str:
    """Return a digest to draw by, the same everywhere."""
    return hashlib.sha256("|".join(map(str, parts)).encode()).hexdigest()


def reports() -> dict[str, tuple[Report, str]]:
    """Return the reports of the sections, thinned out, by id."""
    path = Path(os.environ.get("DATELINE_EVAL", "../shared/eval")) / "text" / "corpus_bbc2225.jsonl"
    if not path.exists():
        raise SystemExit(f"skipped: no corpus at {path} (set DATELINE_EVAL)")
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    rows = [row for row in rows if row["category"] in SECTIONS]
    rows = [row for row in rows if int(digest(row["doc_id"]), 16) % EVERY == 0]
    return {r["doc_id"]: (Report(id=r["doc_id"], text=r["text"]), r["category"]) for r in rows}


def sample(known: dict[str, tuple[Report, str]], size: int) -> list[Sampled]:
    """Return ``size`` sentences, drawn evenly from the sections."""
    found: dict[str, list[Sampled]] = {section: [] for section in SECTIONS}
    for doc in parse_all(report for report, _ in known.values()):
        report, section = known[doc._.dateline.report.id]
        for sentence in doc.sents:
            if len(sentence) >= MIN_WORDS:
                found[section].append(Sampled(report, section, span_of(sentence)))
    drawn: list[Sampled] = []
    for n, section in enumerate(SECTIONS):
        share = size // len(SECTIONS) + (n < size % len(SECTIONS))
        ranked = sorted(found[section], key=lambda s: digest(s.report.id, s.sentence.start))
        drawn += ranked[:share]
    return drawn


def coded(sampled: Sequence[Sampled]) -> list[list[Event]]:
    """Return the events whose trigger stands in each sentence."""
    by_id = {s.report.id: s.report for s in sampled}
    events = {c.report.id: c.events for c in Coder().stream(by_id.values())}
    return [[e for e in events[s.report.id] if _inside(e.trigger, s.sentence)] for s in sampled]


def _inside(inner: Span, outer: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def key(one: Sampled, event: Event) -> tuple[str, str, str, str]:
    """Return what names an event in a file of verdicts."""
    return one.report.id, str(event.trigger.start), str(event.trigger.end), event.type


def verdicts(path: Path) -> dict[tuple[str, ...], str]:
    """Read a file of verdicts."""
    lines = path.read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return {tuple(row[:4]): row[4] for row in rows}


def rate(values: Iterable[float], rounds: int = 2000) -> str:
    """Return events for 1,000 sentences with a bootstrap 95 % interval over sentences."""
    data = np.array(list(values), dtype=float) * 1000
    rng = np.random.default_rng(0)
    means = data[rng.integers(0, len(data), (rounds, len(data)))].mean(axis=1)
    low, high = np.percentile(means, [2.5, 97.5])
    return f"{data.mean():.0f} [{low:.0f}, {high:.0f}]"


def show(sampled: Sequence[Sampled], found: Sequence[Sequence[Event]]) -> None:
    """Print the sentences with events, to be read."""
    for one, events in zip(sampled, found, strict=True):
        if events:
            print(f"\n[{one.section}] {one.report.id} {' '.join(one.sentence.text.split())}")
        for event in events:
            what = f"{event.type}/{event.mode} {event.status}"
            start, end = event.trigger.start, event.trigger.end
            print(f"    {start}-{end} {what} “{event.trigger.text}” {event.confidence:.2f}")


def write(path: Path, sampled: Sequence[Sampled], found: Sequence[Sequence[Event]]) -> None:
    """Write a row for each event, with the verdict that the file had for it already."""
    old = verdicts(path) if path.exists() else {}
    keys = [key(s, e) for s, events in zip(sampled, found, strict=True) for e in events]
    rows = ["\t".join((*k, old.get(k, "?"))) for k in keys]
    path.write_text("\n".join(["# report, start, end, type, verdict", *rows]) + "\n", "utf-8")


def judged(path: Path, sampled: Sequence[Sampled], found: Sequence[Sequence[Event]]) -> None:
    """Print the rates of events that are false, true and unread."""
    known = verdicts(path)
    print(
        "| section | sentences | events a 1,000 | false | true | unread |\n|---|---|---|---|---|---|"
    )
    for section in ("all", *SECTIONS):
        rows = [
            [known.get(key(s, e), "?") for e in events]
            for s, events in zip(sampled, found, strict=True)
            if section in ("all", s.section)
        ]
        rates = [
            rate(sum(v == wanted for v in row) for row in rows) for wanted in ("false", "true", "?")
        ]
        print(f"| {section} | {len(rows)} | {rate(map(len, rows))} | {' | '.join(rates)} |")


def main() -> None:
    """Draw the sample, code it, and show, write or count."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--size", type=int, default=500)
    parser.add_argument("--show", action="store_true")
    parser.add_argument("--write", type=Path)
    parser.add_argument("--judged", type=Path)
    args = parser.parse_args()
    sampled = sample(reports(), args.size)
    found = coded(sampled)
    if args.show:
        show(sampled, found)
    if args.write:
        write(args.write, sampled, found)
    if args.judged:
        judged(args.judged, sampled, found)
    count = sum(map(len, found))
    print(
        f"\n{len(sampled)} sentences, {count} events; {rate(map(len, found))} for 1,000 sentences"
    )


if __name__ == "__main__":
    main()
