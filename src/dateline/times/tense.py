"""Whether the clause around an expression looks back or ahead."""

from __future__ import annotations

from spacy.tokens import Doc, Span, Token

FUTURE_MODALS = frozenset(
    {"will", "'ll", "wo", "shall", "would", "may", "might", "should", "can", "must", "’ll"}
)
AHEAD_HEADS = frozenset(
    {
        "plan",
        "expect",
        "schedule",
        "intend",
        "hope",
        "aim",
        "set",
        "due",
        "slate",
        "plot",
        "propose",
        "vow",
        "promise",
        "pledge",
        "expire",
        "deadline",
        "target",
    }
)
PUT_OFF = frozenset({"postpone", "extend", "delay", "adjourn", "give", "defer", "suspend", "have"})
AHEAD_BEFORE = frozenset({"until", "till", "by"})
BACK_BEFORE = frozenset({"since"})


def direction_at(doc: Doc, start: int, end: int) -> str | None:
    """Return ``past``, ``future`` or ``None`` for the words at ``doc.text[start:end]``."""
    span = doc.char_span(start, end, alignment_mode="expand")
    if span is None or not len(span):
        return None
    if span.start:
        before = doc[span.start - 1].lower_
        if before in BACK_BEFORE:
            return "past"
        if before == "effective" or (before == "as" and span.start > 1 and _as_soon(doc, span)):
            return "future"
        if before in AHEAD_BEFORE:
            return "future" if _tense(span.root) != "past" or _put_off(span.root) else None
    return _tense(span.root)


def _put_off(token: Token) -> bool:
    """Tell "postponed until Tuesday" from "stayed until Tuesday"."""
    verb = governor(token)
    return verb is not None and verb.lemma_ in PUT_OFF


def _as_soon(doc: Doc, span: Span) -> bool:
    """Tell "as early as Tuesday" and "as soon as Tuesday"."""
    return doc[span.start - 2].lower_ in ("early", "soon", "late")


def governor(token: Token) -> Token | None:
    """Return the verb that governs a token."""
    for _ in range(12):
        if token.head.i == token.i:
            break
        token = token.head
        if token.pos_ in ("VERB", "AUX"):
            return token
    return token if token.pos_ in ("VERB", "AUX") else None


def _tense(token: Token) -> str | None:
    verb = governor(token)
    return None if verb is None else verb_tense(verb)


def verb_tense(verb: Token) -> str | None:
    """Return the time of a verb from its tag, its auxiliaries and, for an infinitive, its head."""
    auxiliaries = [c for c in verb.children if c.dep_ in ("aux", "auxpass")]
    lowered = {c.lower_ for c in auxiliaries}
    if lowered & FUTURE_MODALS:
        return None if "have" in lowered else "future"
    if "had" in lowered and "to" not in lowered:
        return "past"
    if lowered & {"had", "has", "was", "were", "did", "have"} and "to" not in lowered:
        return _planned(verb, "past")
    if "to" in lowered:
        return (
            "future"
            if verb.dep_ in ("xcomp", "acl", "advcl", "ROOT", "ccomp") and not _past_purpose(verb)
            else None
        )
    if verb.tag_ in ("VBD", "VBN"):
        if lowered & {"is", "are", "be", "'s", "'re"}:
            return "future"
        return _planned(verb, "past")
    if verb.tag_ == "VBG" and lowered & {"is", "are", "'re", "'s", "am"}:
        return "future"
    if verb.tag_ == "VBG" and verb.dep_ in ("advcl", "acl", "pcomp") and verb.head.i != verb.i:
        return verb_tense(verb.head) if verb.head.pos_ in ("VERB", "AUX") else None
    return None


def _planned(verb: Token, otherwise: str) -> str:
    if verb.lemma_ == "set":
        onward = any(c.dep_ == "xcomp" or c.lower_ == "for" for c in verb.children)
        return "future" if onward else otherwise
    ahead = verb.lemma_ in ("schedule", "slate", "due", "expect", "plan")
    return "future" if ahead else otherwise


def _past_purpose(verb: Token) -> bool:
    return verb.head.tag_ == "VBD" and verb.head.lemma_ not in AHEAD_HEADS
