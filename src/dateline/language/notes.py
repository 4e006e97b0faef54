"""What travels with a spaCy ``Doc``: the report it came from and the records found so far.

A stage reads ``notes(doc)`` and returns records; whoever runs the stages
writes them back. Stages work on the ``Doc`` of the cleaned text and hand out
spans of the report's text: ``span_at`` and ``tokens_at`` go between the two.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, cast

import spacy.tokens
from spacy.tokens import Doc, Token

from dateline.language.offsets import OffsetMap
from dateline.records import (
    Actor,
    Commitment,
    DateBasis,
    Dating,
    Event,
    Gist,
    Participant,
    Place,
    Quantity,
    Report,
    Span,
    Statement,
    TimeExpression,
)


@dataclass(slots=True, frozen=True)
class Segment:
    """A paragraph of the cleaned text, by what it is.

    ``kind`` is ``title``, ``dateline`` ("WASHINGTON, July 26 (Reuters) -") or ``body``.
    """

    kind: str
    start: int
    end: int


@dataclass(slots=True)
class Notes:
    """The report behind a ``Doc``, and the records of the stages that have run."""

    report: Report
    offsets: OffsetMap
    segments: tuple[Segment, ...] = ()
    """In offsets of the cleaned text (``doc.text``)."""
    furniture: tuple[Span, ...] = ()
    """Left out of ``doc.text``; offsets of the report."""
    dating: Dating = field(default_factory=lambda: Dating(interval=None, basis=DateBasis.UNKNOWN))
    times: tuple[TimeExpression, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    actors: tuple[Actor, ...] = ()
    participants: tuple[Participant, ...] = ()
    places: tuple[Place, ...] = ()
    statements: tuple[Statement, ...] = ()
    events: tuple[Event, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    contexts: tuple[str, ...] = ()
    gist: Gist | None = None


TEXT = "dateline_text"
"""Where a ``Doc`` keeps its text."""
TOKENS = "dateline_tokens"
"""Where a ``Doc`` keeps the tokens of the spans that were asked for: most are asked for often."""
NOTES: Any = ("._.", "dateline", None, None)
"""Where a ``Doc`` keeps ``doc._.dateline``: read there, it costs a third."""

if not Doc.has_extension("dateline"):
    Doc.set_extension("dateline", default=None)


def notes(doc: Doc) -> Notes:
    """Return the notes of ``doc``; a ``Doc`` that dateline did not make gets fresh ones."""
    known = doc.user_data.get(NOTES)
    if known is None:
        text = doc.text
        report = Report(id="doc", text=text)
        segments = (Segment("body", 0, len(text)),) if text else ()
        known = doc._.dateline = Notes(report, OffsetMap.identity(len(text)), segments)
    return cast(Notes, known)


def text_of(doc: Doc) -> str:
    """Return ``doc.text``, put together once: spaCy joins it from its tokens every time."""
    known = doc.user_data.get(TEXT)
    if known is None:
        known = doc.user_data[TEXT] = doc.text
    return cast(str, known)


def span_at(doc: Doc, start: int, end: int) -> Span:
    """Return the report's span of ``doc.text[start:end]`` (character offsets).

    Raises:
        ValueError: the slice is empty or out of range.
    """
    known = notes(doc)
    first, last = known.offsets.to_report(start, end)
    return Span(start=first, end=last, text=known.report.text[first:last])


def span_of(found: spacy.tokens.Span | Token) -> Span:
    """Return the report's span of a spaCy span or token."""
    if isinstance(found, Token):
        return span_at(found.doc, found.idx, found.idx + len(found))
    return span_at(found.doc, found.start_char, found.end_char)


def tokens_at(doc: Doc, span: Span) -> spacy.tokens.Span | None:
    """Return the tokens that cover a report's span; ``None`` where it is not in the parsed text."""
    known: dict[tuple[int, int], spacy.tokens.Span | None] = doc.user_data.setdefault(TOKENS, {})
    key = (span.start, span.end)
    if key not in known:
        clean = notes(doc).offsets.to_clean(span.start, span.end)
        known[key] = doc.char_span(*clean, alignment_mode="expand") if clean else None
    return known[key]


def indices_at(doc: Doc, span: Span) -> range:
    """Return the numbers of the tokens of ``tokens_at``; none where the span is not in the parsed text."""
    tokens = tokens_at(doc, span)
    return range(tokens.start, tokens.end) if tokens is not None else range(0)
