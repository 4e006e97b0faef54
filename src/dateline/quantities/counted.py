"""What a number counts: the noun it goes with, by the parse and, where that fails, by its place."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from dateline.quantities.numbers import HYPHENS
from dateline.quantities.tables import load

NOUNS = ("NOUN", "PROPN")
MORE = ("more", "other", "additional", "further", "extra")
"""Words between a number and its noun that are no part of what is counted."""


def counted_head(doc: Doc, start: int, last: int) -> Token | None:
    """Return the head noun of what is counted by the number in tokens ``start:last``."""
    number = doc[last - 1]
    head = _by_of(doc, last) or _by_parse(number, last) or _next_noun(doc, last)
    return _inner(doc, head, last) if head is not None else None


def _inner(doc: Doc, head: Token, last: int) -> Token:
    """Go to the noun beside the number in "a 12 page document", "from three-point range"."""
    at = last + 1 if last < len(doc) and doc[last].text in HYPHENS else last
    inside = doc[at] if at < len(doc) else head
    people = load().people
    several = doc[last - 1].lower_ not in ("1", "one", "a", "an")
    singular = head.tag_ == "NN" and inside.tag_ == "NN" and inside.i < head.i
    known = head.lower_ in people or inside.lower_ in people
    return inside if several and singular and not known else head


def _by_of(doc: Doc, last: int) -> Token | None:
    """Read "dozens of people", "two of the soldiers"."""
    if last + 1 >= len(doc) or doc[last].lower_ != "of":
        return None
    for child in doc[last].children:
        if child.dep_ == "pobj" and child.i > last:
            return child
    return _next_noun(doc, last + 1)


def _by_parse(number: Token, last: int) -> Token | None:
    head, steps = number, 0
    while (
        head.dep_ in ("quantmod", "compound", "npadvmod", "advmod")
        and steps < 4
        and head.head.i > head.i
    ):
        head, steps = head.head, steps + 1
        if head.pos_ in NOUNS and head.i >= last:
            return _phrase_head(head)
    if head.dep_ == "nummod" and head.head.pos_ in NOUNS and head.head.i >= last:
        return _phrase_head(head.head)
    return None


def _phrase_head(noun: Token) -> Token:
    """Go from a part of a compound to its head: "police officers"."""
    while noun.dep_ == "compound" and noun.head.i > noun.i and noun.head.pos_ in NOUNS:
        noun = noun.head
    return noun


def _next_noun(doc: Doc, at: int) -> Token | None:
    """Return the noun behind the number where only adjectives stand between."""
    end = min(len(doc), at + MODIFIERS)
    while at < end and doc[at].pos_ in ("ADJ", "DET", "ADV", "NUM") and not doc[at].is_punct:
        if doc[at].lower_ in ("up", "down"):
            return None
        at += 1
    if at < end and doc[at].pos_ in NOUNS and not doc[at].is_sent_start:
        while at + 1 < end and doc[at].dep_ == "compound" and doc[at + 1].pos_ in NOUNS:
            at += 1
        return doc[at]
    return None


def is_people(head: Token) -> bool:
    """Return whether a noun names people."""
    tables = load()
    if head.lower_ == "others":
        return head.head.lemma_.lower() in tables.counting | tables.dying
    return head.lower_ in tables.people or head.ent_type_ == "NORP"


MODIFIERS = 40
"""Words between a number and its noun, at most."""


def counted_tokens(doc: Doc, head: Token, start: int) -> list[Token]:
    """Return the tokens from behind the number to the head noun, without an article."""
    if head.i - start > 2 * MODIFIERS:
        return [head]
    tokens = [doc[i] for i in range(start, head.i + 1)]
    while tokens and (
        tokens[0].lower_ in MORE
        or tokens[0].pos_ in ("DET", "PUNCT", "ADP", "NUM", "PRON")
        or tokens[0].is_punct
    ):
        tokens = tokens[1:]
    return tokens if len(tokens) <= 8 else [head]


def counts_people(doc: Doc, start: int, last: int) -> bool:
    """Return whether a number without a noun counts people: "killing 30", "12 dead"."""
    tables = load()
    behind = [token.lower_ for token in doc[last : last + 2] if not token.is_punct]
    if behind and (behind[0] in tables.states or behind[0] == "who"):
        return True
    number = doc[last - 1]
    verb = number.head
    if verb.lemma_.lower() in tables.dying and number.dep_ == "nsubj":
        return True
    objects = ("dobj", "nsubjpass", "obj")
    return (verb.lemma_.lower() in tables.counting and number.dep_ in objects) or _of_toll(number)


def _of_toll(number: Token) -> bool:
    """Read "the death toll rose to 45"."""
    verb = next((token for token in number.ancestors if token.pos_ in ("VERB", "AUX")), None)
    return verb is not None and any(
        child.lower_ == "toll" and child.dep_ in ("nsubj", "nsubjpass") for child in verb.children
    )
