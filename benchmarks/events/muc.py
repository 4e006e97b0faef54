"""Scores whole reports on MUC-4: incidents found, their type, date, place, perpetrators and victims.

    python benchmarks/events/muc.py [--part dev|train] [--limit N] [--errors]

The reports are in capitals, of 1989 and 1990, on violence in Latin America. An incident of the gold
is found by an event of the types that it may have (an ATTACK is an ASSAULT), each event standing for
one incident; among several pairings the one is taken that agrees in most slots (Hungarian method),
as the set's own scorer does. Slots are scored on incidents found and over all incidents. Events of
reports without an incident, and events left over, count against precision. Events that dateline flags
as history are left out, as the set leaves them out; since it leaves out fights between armies, too,
its precision is a lower bound.
"""

from __future__ import annotations

import argparse
import calendar
import json
import os
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import linear_sum_assignment

from dateline import CodedReport, Coder, Report
from dateline.evaluating.bootstrap import Counts, interval
from dateline.records import Event, Quantity, Status

EVAL = Path(os.environ.get("DATELINE_EVAL", "../shared/eval"))
TYPES = {
    "ATTACK": {"ASSAULT"},
    "BOMBING": {"ASSAULT"},
    "BOMBING / ATTACK": {"ASSAULT"},
    "ARSON": {"ASSAULT", "PROTEST"},
    "KIDNAPPING": {"ASSAULT", "COERCE"},
    "ROBBERY": {"ASSAULT", "COERCE"},
    "FORCED WORK STOPPAGE": {"COERCE", "PROTEST"},
}
"""Kind of incident → PLOVER types that it may be coded as."""
MODES = {
    "BOMBING": {"explosives", "suicide-attack", "heavy-weapons", "aerial", "drone"},
    "KIDNAPPING": {"abduct"},
}
"""Kind of incident → modes that tell it from an ATTACK."""
VIOLENT = frozenset(("ASSAULT",))
REAL = frozenset((Status.OCCURRED, Status.ONGOING))
MONTHS = {name.upper(): number for number, name in enumerate(calendar.month_abbr) if name}
COUNTRIES = {
    "EL SALVADOR": "SLV", "GUATEMALA": "GTM", "COLOMBIA": "COL", "PERU": "PER", "CHILE": "CHL",
    "HONDURAS": "HND", "BOLIVIA": "BOL", "PANAMA": "PAN", "NICARAGUA": "NIC", "ARGENTINA": "ARG",
    "BRAZIL": "BRA", "ECUADOR": "ECU", "VENEZUELA": "VEN", "MEXICO": "MEX", "UNITED STATES": "USA",
    "COSTA RICA": "CRI", "SPAIN": "ESP", "CUBA": "CUB", "PARAGUAY": "PRY", "URUGUAY": "URY",
    "ISRAEL": "ISR", "LEBANON": "LBN", "ITALY": "ITA", "FRANCE": "FRA",
    "DOMINICAN REPUBLIC": "DOM", "HAITI": "HTI", "WEST GERMANY": "DEU", "JAPAN": "JPN",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Incident:
    """An incident of the gold; a slot that it does not fill is empty."""

    kind: str
    days: tuple[date, date] | None
    """First and last day; a bound on one side only stays out."""
    country: str | None
    places: tuple[str, ...]
    perpetrators: tuple[str, ...]
    dead: int | None
    injured: int | None


def day(words: str) -> date | None:
    """Return the day of ``02 FEB 90``."""
    found = re.fullmatch(r"(\d\d) ([A-Z]{3}) (\d\d)", words.strip())
    if not found or found[2] not in MONTHS:
        return None
    return date(1900 + int(found[3]), MONTHS[found[2]], int(found[1]))


def period(values: Sequence[str]) -> tuple[date, date] | None:
    """Return first and last day of an incident's date."""
    words = re.sub(r"^\?|/.*", "", values[0]).strip() if values else ""
    first, dash, last = words.partition(" - ")
    start, end = day(first), day(last if dash else first)
    return (start, end) if start and end else None


def strings(values: Iterable[str]) -> tuple[str, ...]:
    """Return the quoted strings of a slot."""
    return tuple(s.strip('\\" ') for v in values for s in re.findall(r'"((?:[^"\\]|\\.)+)"', v))


def harmed(row: dict[str, Any], effect: str) -> int | None:
    """Return how many people suffered an effect, none where the slot gives no plain number."""
    effects = row.get("HUM TGT: EFFECT OF INCIDENT") or []
    suffered = {s for e in effects if e.lstrip("? ").startswith(effect + ":") for s in strings([e])}
    if not suffered:
        return None
    total = 0
    for value in row.get("HUM TGT: NUMBER") or []:
        number, _, _ = value.partition(":")
        if suffered & set(strings([value])):
            if not number.strip("? ").isdigit():
                return None
            total += int(number.strip("? "))
    return total or None


def incident(row: dict[str, Any]) -> Incident:
    """Read an incident's template."""
    where = (row.get("INCIDENT: LOCATION") or [""])[0]
    country, *rest = [part.strip() for part in where.split(":")]
    found = [COUNTRIES[c.strip("? ")] for c in country.split(" - ") if c.strip("? ") in COUNTRIES]
    named = [re.sub(r"\(.*?\)", "", part).strip("? ") for part in rest]
    return Incident(
        kind=row["INCIDENT: TYPE"][0].strip("? "),
        days=period(row.get("INCIDENT: DATE") or []),
        country=found[0] if found else None,
        places=tuple(n for part in named for n in part.split(" - ") if n),
        perpetrators=strings(
            [
                *(row.get("PERP: INDIVIDUAL ID") or []),
                *(row.get("PERP: ORGANIZATION ID") or []),
            ]
        ),
        dead=harmed(row, "DEATH"),
        injured=harmed(row, "INJURY"),
    )


SLOTS = ("kind", "date", "country", "place", "perpetrator", "dead", "injured")


@dataclass(frozen=True, slots=True)
class Found:
    """What an event of a coded report says, to be held against an incident."""

    event: Event
    days: tuple[date, date] | None
    country: str | None
    places: tuple[str, ...]
    actors: tuple[str, ...]
    dead: tuple[int, int] | None
    injured: tuple[int, int] | None


def counted(coded: CodedReport, event: Event, role: str) -> tuple[int, int] | None:
    """Return the bounds of a number of an event."""
    by_id: dict[str, Quantity] = {q.id: q for q in coded.quantities}
    for size in event.sizes:
        quantity = by_id.get(size.quantity)
        if size.role == role and quantity is not None:
            low = quantity.low if quantity.low is not None else quantity.value
            high = quantity.high if quantity.high is not None else quantity.value
            if low is not None and high is not None:
                return int(low), int(high)
    return None


def read(coded: CodedReport, event: Event) -> Found:
    """Return what an event says."""
    place = next((p for p in coded.places if p.id == event.place), None)
    people = {p.id: p for p in coded.participants}
    span = event.interval
    first = date.fromisoformat(span.start[:10]) if span and span.start else None
    last = date.fromisoformat(span.end[:10]) - timedelta(days=1) if span and span.end else None
    return Found(
        event=event,
        days=(first, max(first, last)) if first and last else None,
        country=place.country if place else None,
        places=(place.name or "", place.span.text) if place else (),
        actors=tuple(people[i].span.text for i in event.actors if i in people),
        dead=counted(coded, event, "dead"),
        injured=counted(coded, event, "injured"),
    )


def words(text: str) -> set[str]:
    """Return the words of a phrase that carry it."""
    found = set(re.findall(r"[a-z0-9]+", text.lower()))
    return found - {"the", "a", "an", "of", "and", "in", "members", "member", "group", "several"}


def agrees(gold: Incident, found: Found, slot: str) -> bool | None:
    """Tell whether an event fills a slot as the gold has it; none where the gold is empty."""
    if slot == "kind":
        modes = MODES.get(gold.kind, set())
        others = set().union(*MODES.values())
        mode = found.event.mode
        return mode in modes if modes else mode not in others
    if slot == "date":
        if gold.days is None:
            return None
        if found.days is None:
            return False
        (a, b), (c, d) = gold.days, found.days
        return a <= d and c <= b and (d - c).days <= max(31, 2 * (b - a).days)
    if slot == "country":
        return None if gold.country is None else found.country == gold.country
    if slot == "place":
        if not gold.places:
            return None
        return any(words(n) & words(g) for n in found.places for g in gold.places)
    if slot == "perpetrator":
        if not gold.perpetrators:
            return None
        return any(words(n) & words(g) for n in found.actors for g in gold.perpetrators)
    number = gold.dead if slot == "dead" else gold.injured
    bounds = found.dead if slot == "dead" else found.injured
    if number is None:
        return None
    return bounds is not None and bounds[0] <= number <= bounds[1]


def filled(found: Found, slot: str) -> bool:
    """Tell whether an event fills a slot at all."""
    return {
        "kind": True,
        "date": found.days is not None,
        "country": found.country is not None,
        "place": bool(found.places),
        "perpetrator": bool(found.actors),
        "dead": found.dead is not None,
        "injured": found.injured is not None,
    }[slot]


def pairing(golds: Sequence[Incident], founds: Sequence[Found]) -> list[tuple[int, int]]:
    """Return the best pairs of incident and event: one to one, of fitting types."""
    if not golds or not founds:
        return []
    worth = np.zeros((len(golds), len(founds)))
    for i, gold in enumerate(golds):
        for j, found in enumerate(founds):
            if found.event.type in TYPES.get(gold.kind, set()):
                worth[i, j] = 1 + sum(agrees(gold, found, s) is True for s in SLOTS)
    rows, columns = linear_sum_assignment(-worth)
    return [(int(i), int(j)) for i, j in zip(rows, columns, strict=True) if worth[i, j]]


def published(row: dict[str, Any]) -> str | None:
    """Return the day in the report's dateline."""
    found = re.fullmatch(r"(\d{1,2}) ([A-Z]{3})[A-Z]* (\d\d)", row.get("dct") or "")
    if not found or found[2] not in MONTHS:
        return None
    return f"19{found[3]}-{MONTHS[found[2]]:02}-{int(found[1]):02}"


def print_line(name: str, counts: Sequence[Counts]) -> None:
    """Print precision, recall and F1 with the interval of F1 over reports."""
    whole = sum(counts, Counts())
    low, high = interval(list(counts))
    print(
        f"{name:34} {whole.precision:.3f} {whole.recall:.3f} {whole.f1:.3f} [{low:.3f}, {high:.3f}]"
        f"  of {whole.right + whole.missed}"
    )


def main() -> None:
    """Code the reports and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--part", default="dev", choices=("dev", "train"))
    parser.add_argument("--limit", type=int)
    parser.add_argument("--errors", action="store_true")
    options = parser.parse_args()
    path = EVAL / "events" / f"event_muc4_{options.part}.jsonl"
    if not path.exists():
        print(f"skipped: {path} is absent")
        return
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()][: options.limit]
    reports = [Report(id=r["doc_id"], text=r["text"], published=published(r)) for r in rows]
    relevant: list[Counts] = []
    incidents: list[Counts] = []
    slots: dict[str, list[Counts]] = {slot: [] for slot in SLOTS}
    for row, coded in zip(rows, Coder().stream(reports), strict=True):
        golds = [incident(one) for one in row["incidents"]]
        founds = [
            read(coded, e)
            for e in coded.events
            if e.type in VIOLENT and e.status in REAL and not e.negated and not e.historical
        ]
        pairs = pairing(golds, founds)
        both = bool(golds) and bool(founds)
        relevant.append(
            Counts(int(both), int(bool(founds) and not golds), int(bool(golds) and not founds))
        )
        incidents.append(Counts(len(pairs), len(founds) - len(pairs), len(golds) - len(pairs)))
        for slot in SLOTS:
            results = [(agrees(golds[i], founds[j], slot), founds[j]) for i, j in pairs]
            asked = sum(one is not None for one, _ in results)
            given = sum(one is not None and filled(f, slot) for one, f in results)
            right = sum(one is True for one, _ in results)
            slots[slot].append(Counts(right, given - right, asked - right))
            if options.errors:
                for (i, _), (one, f) in zip(pairs, results, strict=True):
                    if one is False:
                        print(slot, "|", row["doc_id"], golds[i], "|", f)
    print(f"MUC-4 {options.part}, {len(rows)} reports: precision, recall, F1 [95 %]")
    print_line("report has an incident", relevant)
    print_line("incident found", incidents)
    for slot in SLOTS:
        print_line(f"{slot} of those found", slots[slot])


if __name__ == "__main__":
    main()
