"""Which statement a token belongs to."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from dateline.language import notes, span_of
from dateline.records import Statement


def statement_at(doc: Doc, token: Token) -> Statement | None:
    """Return the innermost statement whose content holds a token; ``None``: the author's own words."""
    span = span_of(token)
    best: tuple[int, Statement] | None = None
    for statement in notes(doc).statements:
        for content in statement.content:
            if content.start <= span.start and span.end <= content.end:
                size = content.end - content.start
                if best is None or size < best[0]:
                    best = (size, statement)
    return best[1] if best else None
