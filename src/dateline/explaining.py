"""Why a record is what it is: its reasons, blanks and words, as a tree."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rich.text import Text
from rich.tree import Tree

from dateline.batch import is_coded_file, read_coded
from dateline.coder import Coder
from dateline.errors import InputError
from dateline.reading import Options, Unread, read
from dateline.records import (
    Blank,
    CodedReport,
    Commitment,
    Event,
    Participant,
    Place,
    Reason,
    Span,
    Statement,
)
from dateline.showing.layers import event_label, number, place_label, when

LAYERS = ("events", "statements", "commitments", "participants", "places", "times", "quantities")


def coded_reports(
    source: Path, *, published: str | None, model: str, actors: Path | None = None
) -> Iterator[CodedReport]:
    """Yield the coded reports in ``source``, coding those that are not yet coded.

    ``actors``: a user's own actors, over the registry.

    Raises:
        InputError: it cannot be read.
    """
    if is_coded_file(source):
        yield from read_coded(source)
        return
    coder = Coder(model, actors=actors)
    for found in read([source], Options(published=published)):
        if isinstance(found, Unread):
            raise InputError(f"{found.source}: {found.error}")
        yield coder.code(found)


def records_named(coded: CodedReport, name: str | None) -> Iterator[Any]:
    """Yield the records with the id ``name``, else the events whose trigger holds that word."""
    if name is None:
        yield from coded.events
        return
    by_id = [record for layer in LAYERS for record in getattr(coded, layer) if record.id == name]
    if coded.gist is not None and coded.gist.id == name:
        by_id.append(coded.gist)
    yield from by_id or [
        event for event in coded.events if name.lower() in event.trigger.text.lower()
    ]


def explanation(record: Any, coded: CodedReport) -> Tree:
    """Return the tree of what a record says, why, and what it leaves open."""
    tree = Tree(Text(f"{record.id}  {_title(record)}", style="bold"))
    if isinstance(record, Event):
        _event(tree, record, coded)
    _reasons(tree, record)
    for blank in record.blanks:
        tree.add(Text(_blank(blank), style="dim"))
    return tree


def _title(record: Any) -> str:
    if isinstance(record, Event):
        return f"{event_label(record)}: “{record.trigger.text}”"
    if isinstance(record, Place):
        return place_label(record)
    if isinstance(record, Participant):
        return record.name
    if isinstance(record, Statement | Commitment):
        return record.kind
    return str(record.span.text)


def _event(tree: Tree, event: Event, coded: CodedReport) -> None:
    tree.add(Text(f"sentence: {' '.join(event.sentence.text.split())}", style="italic"))
    by_id = {p.id: p for p in coded.participants}
    for role in ("actors", "recipients"):
        for id in getattr(event, role):
            if participant := by_id.get(id):
                branch = tree.add(f"{role[:-1]}: {participant.name} {_words(participant.span)}")
                _reasons(branch, participant)
    for place in coded.places:
        if place.id == event.place:
            branch = tree.add(
                f"where: {place_label(place)} {_words(place.span)}, by {event.place_basis}"
            )
            _reasons(branch, place)
    if event.interval:
        said = next((t for t in coded.times if t.id == event.time), None)
        words = f" {_words(said.span)}" if said else ""
        tree.add(f"when: {when(event.interval)}{words}, by {event.time_basis}")
    for size in event.sizes:
        for quantity in coded.quantities:
            if quantity.id == size.quantity:
                tree.add(f"{size.role}: {number(quantity)} {_words(quantity.span)}")
    tree.add(
        f"PLOVER: {event.plover_type or 'nothing'}, CAMEO: {event.cameo or 'nothing'}, "
        f"confidence: {event.confidence:.2f}"
    )


def _reasons(tree: Tree, record: Any) -> None:
    for reason in getattr(record, "why", ()):
        tree.add(Text(_reason(reason)))


def _reason(reason: Reason) -> str:
    words = " ".join(_words(span) for span in reason.spans)
    weight = f" ({reason.weight:+.2f})" if reason.weight is not None else ""
    parts = [f"{reason.field} ← {reason.rule}{weight}", reason.detail, words]
    return " · ".join(part for part in parts if part)


def _blank(blank: Blank) -> str:
    return f"no {blank.field}: {blank.reason}" + (f" ({blank.note})" if blank.note else "")


def _words(span: Span) -> str:
    return f"“{' '.join(span.text.split())}” @{span.start}"
