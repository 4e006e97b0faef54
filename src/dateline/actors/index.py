"""From a token to the participant it names, for the stages that read participants."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from dateline.language import columns, indices_at, notes
from dateline.records import Participant

_KEY = "dateline.participants"


def participant_at(doc: Doc, token: Token | int) -> Participant | None:
    """Return the participant that ``token`` heads or names; ``None`` where it is no actor.

    A name or head noun wins over the words around it: in "Iraqi Foreign Minister
    Fuad Hussein" the tokens "Minister" and "Hussein" give the minister; a
    country name inside a longer phrase gives the country.
    """
    i = token if isinstance(token, int) else token.i
    return _index(doc).get(i)


def participants_within(doc: Doc, start: int, end: int) -> Iterator[tuple[int, Participant]]:
    """Yield the tokens of ``doc[start:end]`` that head or name a participant, with it, in order."""
    index = _index(doc)
    for i in range(start, end):
        found = index.get(i)
        if found is not None:
            yield i, found


def _index(doc: Doc) -> dict[int, Participant]:
    known = notes(doc).participants
    cached = doc.user_data.get(_KEY)
    if cached is not None and cached[0] is known:
        index: dict[int, Participant] = cached[1]
        return index
    index = {}
    ordered = sorted(known, key=lambda p: (p.head.end - p.head.start, p.head.start))
    for participant in ordered:
        for i in indices_at(doc, participant.head):
            index.setdefault(i, participant)
    pos = columns(doc).pos
    for participant in sorted(known, key=lambda p: (p.span.end - p.span.start, p.span.start)):
        for i in indices_at(doc, participant.span):
            if pos[i] in ("NOUN", "PROPN", "PRON", "ADJ"):
                index.setdefault(i, participant)
    doc.user_data[_KEY] = (known, index)
    return index
