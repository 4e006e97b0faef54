"""What a number takes from the one before it: its noun, its unit, the whole it is part of."""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

from spacy.tokens import Doc

from dateline.language import columns, tokens_at
from dateline.quantities.ages import AGE
from dateline.quantities.tables import load
from dateline.records import Quantity

SHARED = ("and", "or", "from", "to", "with", "than", "another", "other", "by", ",")
NEAR = 40
"""Characters between a whole and its part."""


class Place(Protocol):
    """Where a number stands, in tokens."""

    @property
    def start(self) -> int:
        """Its first token."""

    @property
    def last(self) -> int:
        """The token behind it."""


def with_earlier(
    doc: Doc, made: Quantity, found: Place, previous: Quantity | None, noun: Quantity | None
) -> Quantity:
    """Return a quantity with what it shares with the one before it, and with the last noun."""
    if previous is None:
        return made
    if _is_age(doc, made, found, previous):
        return replace(made, kind="measure", unit=AGE, counted=None, blanks=())
    if noun and _elided(doc, noun, made, found):
        made = replace(made, kind=noun.kind, unit=noun.unit, counted=noun.counted, blanks=())
    if _is_part(doc, previous, found):
        return replace(made, part_of=previous.part_of or previous.id)
    if previous.part_of and _is_listed(doc, previous, found):
        return replace(made, part_of=previous.part_of)
    return made


def _is_age(doc: Doc, made: Quantity, found: Place, previous: Quantity) -> bool:
    """Read the second number of "aged 12 and 15"."""
    earlier = tokens_at(doc, previous.span)
    if previous.unit != AGE or earlier is None or made.kind != "count" or made.counted:
        return False
    return earlier.end == found.start - 1 and doc[found.start - 1].lower_ in ("and", "or", ",")


def _elided(doc: Doc, noun: Quantity, made: Quantity, found: Place) -> bool:
    """Tell a number whose noun stands before: "435 homes by sale and 187 by tender"."""
    if made.kind != "count" or made.counted is not None or noun.kind not in ("count", "money"):
        return False
    if not _same_sentence(doc, noun, found) or (noun.kind == "count" and noun.counted is None):
        return False
    if found.last < len(doc) and doc[found.last].pos_ in ("NOUN", "PROPN", "NUM", "SYM"):
        return False
    before = doc[found.start - 1] if found.start else None
    if before is None:
        return False
    if made.unit == "person":
        joined = before.dep_ == "conj" and before.pos_ == "VERB"
        return noun.unit == "person" and (joined or before.lower_ in ("and", ","))
    return before.lower_ in (SHARED if noun.kind == "count" else ("from", "to"))


def _same_sentence(doc: Doc, earlier: Quantity, found: Place) -> bool:
    tokens = tokens_at(doc, earlier.counted or earlier.span)
    if tokens is None or tokens.end > found.start:
        return False
    sentence = columns(doc).sentence
    return sentence[tokens.start] == sentence[found.start]


def _is_part(doc: Doc, previous: Quantity, found: Place) -> bool:
    """Tell "30 people, including 12 children" and "30 people, 12 of them children"."""
    between = _between(doc, previous, found)
    if between is None or len(between) >= NEAR:
        return False
    behind = doc[found.last : found.last + 2].text.lower()
    return behind in ("of them", "of whom") or any(phrase in between for phrase in load().parts)


def _is_listed(doc: Doc, previous: Quantity, found: Place) -> bool:
    """Tell the second part of "30 people, including 12 children and three women"."""
    between = _between(doc, previous, found)
    return between is not None and between.strip() in (",", "and", ", and")


def _between(doc: Doc, previous: Quantity, found: Place) -> str | None:
    """Return the small letters between two quantities of one sentence."""
    tokens = tokens_at(doc, previous.counted or previous.span)
    if tokens is None or not _same_sentence(doc, previous, found):
        return None
    return str(doc[tokens.end : found.start].text.lower())
