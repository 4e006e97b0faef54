"""Ages: "50-year-old", "aged 12", "Ali Hassan, 44," and "who was 10"."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc, Token

from dateline.quantities.numbers import HYPHENS

OLDEST = 120
AGE = "year of age"
COPULAS = ("be", "turn")
FOLLOWING = ("CCONJ", "SCONJ", "VERB", "AUX", "PUNCT")
"""What may stand behind the number of "who was 10"."""


def age_end(doc: Doc, words: Sequence[str], start: int, end: int, value: float | None) -> int:
    """Return the token behind the words of an age whose number is ``start:end``; 0 if it is none."""
    if value is None or value > OLDEST:
        return 0
    return _old(words, end) or (end if _aged(doc, words, start, end) else 0)


def _old(words: Sequence[str], end: int) -> int:
    """Read the tail of "50-year-old", "50 years old" and "12 years of age"."""
    at = end
    following: list[str] = []
    while at < len(words) and len(following) < 3:
        if words[at] not in HYPHENS:
            following.append(words[at])
        at += 1
        if following[:1] and following[0] in ("year-old", "year-olds"):
            return at
        if following in (["year", "old"], ["years", "old"], ["year", "olds"], ["years", "of"]):
            if following[1] != "of":
                return at
            return at + 1 if words[at : at + 1] == ["age"] else 0
    return 0


def _aged(doc: Doc, words: Sequence[str], start: int, end: int) -> bool:
    before = list(words[max(0, start - 2) : start])
    if before[-1:] in (["aged"], ["age"]) or before == ["age", "of"]:
        return True
    return _beside_name(doc, start, end) or _of_subject(doc, start, end)


def _beside_name(doc: Doc, start: int, end: int) -> bool:
    """Read "Ali Hassan, 44, said", and the same without its commas."""
    if end != start + 1 or not doc[start].text.isdecimal():
        return False
    comma = start > 0 and doc[start - 1].text == ","
    name = doc[start - 1 - comma] if start > comma else None
    if name is None or name.ent_type_ != "PERSON" or (name.i and name.nbor(-1).ent_iob_ == "O"):
        return False
    after = doc[end] if end < len(doc) else None
    if comma:
        return after is None or after.text in (",", ".", ";", ")")
    return after is not None and after.pos_ in ("VERB", "AUX") and name.ent_type_ == "PERSON"


def _of_subject(doc: Doc, start: int, end: int) -> bool:
    """Read "who was 10" and "life expectancy is about 73"."""
    if end < len(doc) and not (doc[end].is_punct or doc[end].pos_ in FOLLOWING):
        return False
    if doc[end - 1].is_punct or (end < len(doc) and doc[end].text == "%"):
        return False
    for verb in doc[max(0, start - 2) : start]:
        if verb.lemma_ in COPULAS and verb.pos_ in ("VERB", "AUX"):
            subjects = (child for child in verb.children if child.dep_ == "nsubj")
            return any(_has_age(subject) for subject in subjects)
    return False


def _has_age(subject: Token) -> bool:
    return (
        subject.lower_ in ("who", "he", "she", "age", "expectancy") or subject.ent_type_ == "PERSON"
    )
