"""What a number counts: the noun it goes with, by the parse and, where that fails, by its place."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from dateline.quantities.tables import load

NOUNS = ("NOUN", "PROPN")
INNER = ("nummod", "quantmod", "compound", "advmod", "amod", "npadvmod", "punct")


def counted_head(doc: Doc, start: int, last: int) -> Token | None:
    """Return the head noun of what is counted by the number in tokens ``start:last``."""
    number = doc[last - 1]
    return _by_of(doc, last) or _by_parse(number, last) or _next_noun(doc, last)


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
    while at < len(doc) and doc[at].pos_ in ("ADJ", "DET", "ADV", "NUM") and not doc[at].is_punct:
        at += 1
    if at < len(doc) and doc[at].pos_ in NOUNS and not doc[at].is_sent_start:
        while at + 1 < len(doc) and doc[at].dep_ == "compound" and doc[at + 1].pos_ in NOUNS:
            at += 1
        return doc[at]
    return None


def is_people(head: Token) -> bool:
    """Return whether a noun names people."""
    return head.lower_ in load().people or head.ent_type_ == "NORP"


def counted_tokens(doc: Doc, head: Token, start: int) -> list[Token]:
    """Return the tokens from behind the number to the head noun, without an article."""
    tokens = [doc[i] for i in range(start, head.i + 1)]
    while tokens and (tokens[0].pos_ in ("DET", "PUNCT", "ADP") or tokens[0].is_punct):
        tokens = tokens[1:]
    return tokens if len(tokens) <= 8 else [head]


def counts_people(doc: Doc, start: int, last: int) -> bool:
    """Return whether a number without a noun counts people: "killing 30", "12 dead"."""
    tables = load()
    behind = [token.lower_ for token in doc[last : last + 2] if not token.is_punct]
    if behind and behind[0] in tables.states:
        return True
    number = doc[last - 1]
    return number.head.lemma_.lower() in tables.counting and number.dep_ in (
        "dobj",
        "nsubjpass",
        "obj",
    )
