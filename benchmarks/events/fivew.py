"""Scores the main event of a report on 5W1H: who, what, where and when, by words in common.

    python benchmarks/events/fivew.py [--errors]

Each question of the gold has one or more phrases with a relevance of 1 to 3, or nothing where the
report does not say. An answer is right where a phrase of relevance 2 or 3 and it share a word that
carries it; for "when" also where both name the same day. A question that the gold leaves empty is not
asked. ``gist`` is what dateline says of the whole report, ``main`` the event that it flags; ``any`` asks
whether any event has the answer. Beside it stands the share of ``gist`` answers that hold half of the
words of a phrase and are at least half made of them, since one word in common is little to ask of "what".
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


LONG = {"uk": "United Kingdom", "us": "United States", "eu": "European Union"}
SHORT = re.compile(r"\b(?:U\.?K|U\.?S|E\.?U)\b\.?")


def words(text: str) -> set[str]:
    """Return the words of a phrase that carry it, cut so that "blames" is "blamed"."""
    whole = SHORT.sub(lambda found: LONG[found[0].replace(".", "").lower()], text)
    return {word[:5] for word in set(re.findall(r"[a-z0-9]+", whole.lower())) - PLAIN}


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


def told(coded: CodedReport) -> dict[str, list[str]]:
    """Return what the gist of a report says to each question."""
    gist = coded.gist
    if gist is None:
        return {question: [] for question in QUESTIONS}
    place = next((p for p in coded.places if p.id == gist.place), None)
    time = next((t for t in coded.times if t.id == gist.time), None)
    span = gist.interval
    names = [p.name for p in coded.participants if p.id in gist.participants]
    fine = span is not None and span.granularity not in ("year", "month", "quarter", "season")
    spoken = [day_words(span.start[:10])] if span and span.start and fine else []
    return {
        "who": [*(w.text for w in gist.who), *names],
        "what": [gist.what.text],
        "where": [
            *([gist.where.text] if gist.where else []),
            *((place.name, *place.hierarchy) if place else ()),
        ],
        "when": [*spoken, *([time.span.text] if time else [])],
    }


def close(found: Iterable[str], gold: Iterable[str]) -> bool:
    """Tell whether an answer and a phrase share half of the words of each."""
    for text in found:
        for phrase in gold:
            have, wanted = words(text), words(phrase)
            shared = len(have & wanted)
            if shared and 2 * shared >= len(wanted) and 2 * shared >= len(have):
                return True
    return False


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
    parser.add_argument("--all", action="store_true", help="with --errors: right answers, too")
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
        main = [answers(coded, event) for event in coded.events if event.main]
        every = [answers(coded, event) for event in coded.events]
        for name, given_ in (("gist", [told(coded)]), ("main", main), ("any", every)):
            for question in QUESTIONS:
                gold = phrases(row["gold"][question])
                if not gold:
                    continue
                found = [text for one in given_ for text in one[question]]
                hit = right(question, found, gold, given(row))
                count = Counts(int(hit), int(bool(found) and not hit), int(not hit))
                scores.setdefault(f"{name} {question}", []).append(count)
                if name == "gist" and question in ("who", "what"):
                    near = close(found, gold)
                    count = Counts(int(near), int(bool(found) and not near), int(not near))
                    scores.setdefault(f"half {question}", []).append(count)
                if options.errors and name == "gist" and (not hit or options.all):
                    print(hit, question, "|", row["title"], "|", gold, "|", found[:6])
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
