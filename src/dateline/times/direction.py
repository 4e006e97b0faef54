"""Which way a bare weekday or month points: the tense of the clause that holds it."""

from __future__ import annotations

from spacy.tokens import Doc, Token

FUTURE_VERBS = frozenset(
    [
        "plan",
        "expect",
        "schedule",
        "intend",
        "set",
        "due",
        "aim",
        "hope",
        "want",
        "promise",
        "vow",
        "pledge",
        "agree",
        "begin",
        "start",
        "need",
        "prepare",
        "propose",
        "await",
    ]
)
FINITE_PAST = ("VBD",)
MODALS = frozenset(["will", "shall", "'ll", "would", "could", "may", "might", "should", "must"])


def direction(doc: Doc, start: int, end: int) -> str | None:
    """Return ``past``, ``future`` or ``None`` for the expression at ``doc.text[start:end]``."""
    tokens = doc.char_span(start, end, alignment_mode="expand")
    if tokens is None:
        return None
    verb = _governor(tokens.root)
    return _of_verb(verb) if verb is not None else None


def _governor(token: Token) -> Token | None:
    """Return the nearest verb above a token."""
    steps = 0
    while token.head.i != token.i and steps < 12:
        token, steps = token.head, steps + 1
        if token.pos_ in ("VERB", "AUX"):
            return token
    return token if token.pos_ in ("VERB", "AUX") else None


def _of_verb(verb: Token) -> str | None:
    helpers = [child for child in verb.children if child.dep_ in ("aux", "auxpass")]
    if any(child.lower_ in ("will", "'ll", "’ll", "shall", "wo") for child in helpers):
        return "future"
    if verb.tag_ in ("VB", "VBG", "VBN") and _is_planned(verb, helpers):
        return "future"
    if verb.tag_ == "VBD" or any(child.tag_ == "VBD" for child in helpers):
        return "past"
    if any(child.lower_ in ("has", "have", "'ve") for child in helpers):
        return "past"
    if any(child.lower_ in MODALS for child in helpers):
        return "future"
    if (
        verb.dep_ in ("xcomp", "advcl", "acl", "pcomp", "ccomp", "conj", "relcl")
        and verb.head.i != verb.i
    ):
        upper = verb.head if verb.head.pos_ in ("VERB", "AUX") else _governor(verb)
        return _of_verb(upper) if upper is not None and upper.i != verb.i else None
    return "future" if verb.tag_ in ("VBP", "VBZ") and verb.lemma_ in FUTURE_VERBS else None


def _is_planned(verb: Token, helpers: list[Token]) -> bool:
    """Tell "plans to meet", "is due to leave" and "is meeting" from "met"."""
    infinitive = any(child.lower_ == "to" for child in helpers)
    if infinitive:
        return True
    now = any(child.lower_ in ("is", "are", "'s", "’s", "am", "'re") for child in helpers)
    return verb.tag_ == "VBG" and now
