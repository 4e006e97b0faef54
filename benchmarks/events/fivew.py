"""Scores the main event of a report on 5W1H: who, what, where and when, by words in common.

    python benchmarks/events/fivew.py [--errors]

Each question of the gold has one or more phrases with a relevance of 1 to 3, or nothing where the
report does not say. An answer is right where a phrase of relevance 2 or 3 and it share a word that
carries it; for "when" also where both name the same day. A question that the gold leaves empty is not
asked. ``main`` is the event that dateline flags; ``any`` asks whether any event has the answer.
"""

from __future__ import annotations

import argparse
import json
import os
import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from dateline import CodedReport, Coder, Report
from dateline.evaluating.bootstrap import Counts, interval
from dateline.records import Event

EVAL = Path(os.environ.get("DATELINE_EVAL", "../shared/eval"))
QUESTIONS = ("who", "what", "where", "when")
PLAIN = frozenset(
    [
        "the",
        "a",
        "an",
        "of",
        "in",
        "on",
        "at",
        "to",
        "for",
        "and",
        "or",
        "by",
        "with",
        "from",
        "his",
        "her",
        "its",
        "their",
        "after",
        "before",
        "near",
        "as",
        "is",
        "was",
        "are",
        "were",
        "has",
        "have",
        "had",
        "be",
        "been",
        "that",
        "this",
        "it",
        "he",
        "she",
        "they",
        "up",
        "out",
        "over",
        "into",
        "about",
    ]
)


def words(text: str) -> set[str]:
    """Return the words of a phrase that carry it, cut so that "blames" is "blamed"."""
    return {word[:5] for word in set(re.findall(r"[a-z0-9]+", text.lower())) - PLAIN}


def answers(coded: CodedReport, event: Event) -> dict[str, list[str]]:
    """Return what an event says to each question."""
    people = {p.id: p for p in coded.participants}
    place = next((p for p in coded.places if p.id == event.place), None)
    time = next((t for t in coded.times if t.id == event.time), None)
    span = event.interval
    who = [people[i] for i in (*event.actors, *event.recipients) if i in people]
    spoken = [day_words(span.start[:10])] if span and span.start and len(span.start) >= 10 else []
    return {
        "who": [text for p in who for text in (p.name, p.span.text)],
        "what": [event.trigger.text, *(t.text for t in event.themes)],
        "where": [place.name, place.span.text, *place.hierarchy] if place else [],
        "when": [*spoken, *([time.span.text] if time else [])],
    }


MONTHS = "january february march april may june july august september october november december"
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def day_words(day: str) -> str:
    """Return a day in the words that news has for it: "november 8 2016 tuesday"."""
    one = date.fromisoformat(day)
    return f"{MONTHS.split()[one.month - 1]} {one.day} {one.year} {DAYS[one.weekday()]}"


def right(question: str, found: Iterable[str], gold: Iterable[str], published: str | None) -> bool:
    """Tell whether any answer fits any phrase."""
    wanted = [words(phrase) for phrase in gold]
    for text in found:
        have = words(text)
        if question == "when":
            have -= {"2016"}
            today = words(day_words(published)) if published else set()
            if have & today - {"2016"} and any(
                w & words("today now morning tonight") for w in wanted
            ):
                return True
        if any(have & w for w in wanted):
            return True
    return False


def given(row: dict[str, Any]) -> str | None:
    """Return the day of publication, where the set has it."""
    found = re.fullmatch(r"\d{4}-\d\d-\d\d", str(row["dct"]))
    return found[0] if found else None


def main() -> None:
    """Code the reports and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--errors", action="store_true")
    options = parser.parse_args()
    path = EVAL / "events" / "event_5w1h_dev.jsonl"
    if not path.exists():
        print(f"skipped: {path} is absent")
        return
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    reports = [
        Report(
            id=r["doc_id"],
            text=f"{r['title']}\n\n{r['text']}",
            title=r["title"],
            published=given(r),
        )
        for r in rows
    ]
    scores: dict[str, list[Counts]] = {}
    for row, coded in zip(rows, Coder().stream(reports), strict=True):
        chosen = [event for event in coded.events if event.main]
        for name, events in (("main", chosen), ("any", list(coded.events))):
            for question in QUESTIONS:
                gold = phrases(row["gold"][question])
                if not gold:
                    continue
                found = [text for event in events for text in answers(coded, event)[question]]
                hit = right(question, found, gold, given(row))
                count = Counts(int(hit), int(bool(found) and not hit), int(not hit))
                scores.setdefault(f"{name} {question}", []).append(count)
                if options.errors and name == "main" and not hit:
                    print(question, "|", row["title"], "|", gold, "|", found[:6])
    print(f"5W1H dev, {len(rows)} reports: precision, recall [95 % of F1]")
    for name, counts in scores.items():
        whole = sum(counts, Counts())
        low, high = interval(counts)
        print(
            f"{name:12} {whole.precision:.3f} {whole.recall:.3f} [{low:.3f}, {high:.3f}]"
            f"  of {whole.right + whole.missed}"
        )


def phrases(gold: Iterable[Any]) -> list[str]:
    """Return the phrases that answer well."""
    return [text for relevance, text in gold if text and relevance >= 2]


if __name__ == "__main__":
    main()
