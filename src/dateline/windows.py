"""Very long reports: coded in windows, one after another, and put together.

A window ends between two paragraphs where it can, else between two sentences
or words. Offsets are those of the whole report throughout, and since ids are
made from offsets, no two windows give the same id. What crosses a window is
not joined: a name is not carried over, and an event that is told again in the
next window is a second event.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from dateline.records import CodedReport, DateBasis, Dating, Event, Report

WINDOW = 200_000
"""Characters that are coded together: more than any report, less than a book."""
SEARCHED = 0.2
"""Share of a window, at its end, in which a good place to cut is looked for."""
CUTS = (
    re.compile(r"\n\s*\n"),
    re.compile(r"\n"),
    re.compile(r"[.!?][\"”’)\]]*\s"),
    re.compile(r"\s"),
)
"""Where to cut, the best first."""
T = TypeVar("T")


def windows(text: str, size: int = WINDOW) -> Iterator[tuple[int, int]]:
    """Yield the bounds of the windows; they follow each other and cover the text."""
    start = 0
    while len(text) - start > size:
        end = _cut(text, start + size - int(size * SEARCHED), start + size)
        yield start, end
        start = end
    yield start, len(text)


def _cut(text: str, first: int, last: int) -> int:
    for pattern in CUTS:
        ends = [match.end() for match in pattern.finditer(text, first, last)]
        if ends:
            return ends[-1]
    return last


def dated_by(report: Report, dating: Dating) -> Report:
    """Return the report for its later windows, which count from the date found in the first."""
    if report.published is not None or dating.date is None:
        return report
    return replace(report, published=dating.date, published_basis=DateBasis.METADATA)


def joined(parts: Sequence[CodedReport]) -> CodedReport:
    """Return the coded report of all windows, in their order; the first tells report and date."""
    first = parts[0]
    return replace(
        first,
        sentences=_all(p.sentences for p in parts),
        furniture=_all(p.furniture for p in parts),
        times=_all(p.times for p in parts),
        quantities=_all(p.quantities for p in parts),
        actors=tuple({a.id: a for p in parts for a in p.actors}.values()),
        participants=_all(p.participants for p in parts),
        places=_all(p.places for p in parts),
        statements=_all(p.statements for p in parts),
        events=first.events + _all(_background(p.events) for p in parts[1:]),
        commitments=_all(p.commitments for p in parts),
        contexts=_once(p.contexts for p in parts),
        failures=_once(p.failures for p in parts),
        blanks=_once(p.blanks for p in parts),
    )


def _background(events: Sequence[Event]) -> Iterator[Event]:
    """Yield the events of a later window, none of which is the report's own news."""
    for event in events:
        yield replace(event, main=False) if event.main else event


def _all(parts: Iterator[Sequence[T]] | Iterator[Iterator[T]]) -> tuple[T, ...]:
    return tuple(one for part in parts for one in part)


def _once(parts: Iterator[Sequence[T]]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(one for part in parts for one in part))
