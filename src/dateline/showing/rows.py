"""The tables of what was found in a report, as rows of words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dateline.records import CodedReport, Commitment, Event, Gist, Place, Span, Statement
from dateline.showing.layers import by, names, number, place_label, when


@dataclass(frozen=True, slots=True)
class Table:
    """A titled table of cells."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def tables(coded: CodedReport) -> Iterator[Table]:
    """Yield gist, events, statements, commitments and the dating; what has no records is left out."""
    if coded.gist is not None:
        yield Table("Gist", ("who", "what", "where", "when", "event"), (_gist(coded.gist, coded),))
    if coded.events:
        yield Table(
            "Events",
            ("type", "mode", "status", "actor → recipient", "when", "where", "numbers", "words"),
            tuple(_event(event, coded) for event in coded.events),
        )
    if coded.statements:
        yield Table(
            "Statements",
            ("who", "stance", "said", "medium", "when"),
            tuple(_statement(statement, coded) for statement in coded.statements),
        )
    if coded.commitments:
        yield Table(
            "Commitments",
            ("who", "kind", "strength", "what", "deadline", "condition"),
            tuple(_commitment(commitment, coded) for commitment in coded.commitments),
        )
    yield _dating(coded)
    problems = tuple((f.stage, f.error) for f in coded.failures) + tuple(
        (blank.field, blank.note or blank.reason) for blank in coded.blanks
    )
    if problems:
        yield Table("Problems", ("what", "why"), problems)


def _gist(gist: Gist, coded: CodedReport) -> tuple[str, ...]:
    place = _place(gist.place, coded)
    named = place_label(place) if place is not None else ""
    words = gist.where.text if gist.where is not None else ""
    return (
        "; ".join(span.text for span in gist.who) or "—",
        gist.what.text,
        named if not words or (place is not None and place.span == gist.where) else words,
        when(gist.interval) + (f" [{gist.time_basis}]" if gist.time_basis != "text" else ""),
        next((event.type for event in coded.events if event.id == gist.event), "—"),
    )


def _event(event: Event, coded: CodedReport) -> tuple[str, ...]:
    who, whom = names(event.actors, coded), names(event.recipients, coded)
    arrow = (
        f"{who or '—'} → {whom}" if whom else who + (" (each other)" if event.reciprocal else "")
    )
    quantities = {quantity.id: quantity for quantity in coded.quantities}
    sizes = "; ".join(
        f"{number(quantities[size.quantity])} {size.role}"
        for size in event.sizes
        if size.quantity in quantities
    )
    status = f"{'not ' if event.negated else ''}{event.status}"
    marks = [name for name in ("main", "historical") if getattr(event, name)]
    return (
        event.type,
        event.mode or "",
        status + (f" ({', '.join(marks)})" if marks else ""),
        arrow or "—",
        when(event.interval) + (f" [{event.time_basis}]" if event.time_basis != "text" else ""),
        place_label(place) if (place := _place(event.place, coded)) else "",
        sizes,
        f"{event.trigger.text} @{event.trigger.start}",
    )


def _place(id: str | None, coded: CodedReport) -> Place | None:
    return next((place for place in coded.places if place.id == id), None) if id else None


def _statement(statement: Statement, coded: CodedReport) -> tuple[str, ...]:
    who = names([statement.speaker] if statement.speaker else [], coded)
    return (
        who or (statement.source.text if statement.source else f"({statement.speaker_class})"),
        statement.stance,
        " … ".join(short(span) for span in statement.content),
        statement.medium or "",
        when(statement.interval),
    )


def _commitment(commitment: Commitment, coded: CodedReport) -> tuple[str, ...]:
    return (
        names(commitment.holders, coded) or "—",
        commitment.kind,
        commitment.strength,
        _what(commitment),
        by(commitment.deadline) or "none",
        short(commitment.condition) if commitment.condition else "",
    )


def _what(commitment: Commitment) -> str:
    words = short(commitment.what or commitment.span)
    return f"not {words}" if commitment.negated and not words.lower().startswith("not ") else words


def _dating(coded: CodedReport) -> Table:
    dating = coded.dating
    rows = [("published", when(dating.interval) or "unknown", f"basis: {dating.basis}")]
    rows += [(reason.rule, "", reason.detail) for reason in dating.reasons]
    rows += [(blank.field, blank.reason, blank.note) for blank in dating.blanks]
    return Table("How the report was dated", ("what", "when", "why"), tuple(rows))


def short(span: Span, length: int = 90) -> str:
    """Return a span's words on one line, cut at ``length`` characters."""
    text = " ".join(span.text.split())
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"
