"""Whether the clause around an expression looks back or ahead."""

from __future__ import annotations

from spacy.tokens import Doc, Span, Token

from dateline.times.cues import cues


def direction_at(doc: Doc, start: int, end: int) -> str | None:
    """Return ``past``, ``future`` or ``None`` for the words at ``doc.text[start:end]``."""
    span = doc.char_span(start, end, alignment_mode="expand")
    if span is None or not len(span):
        return None
    if span.start:
        before = doc[span.start - 1].lower_
        if before in cues().back_before:
            return "past"
        soon = before == "as" and span.start > 1 and _as_soon(doc, span)
        if before == "effective" or (soon and _tense(span.root) != "past"):
            return "future"
        if before in cues().ahead_before:
            return "future" if _tense(span.root) != "past" or _put_off(span.root) else None
    return _tense(span.root)


def _put_off(token: Token) -> bool:
    """Tell "postponed until Tuesday" from "stayed until Tuesday"."""
    verb = governor(token)
    return verb is not None and verb.lemma_ in cues().put_off


def _as_soon(doc: Doc, span: Span) -> bool:
    """Tell "as early as Tuesday" and "as soon as Tuesday"."""
    return doc[span.start - 2].lower_ in ("early", "soon", "late")


def month_direction_at(doc: Doc, start: int, end: int) -> str | None:
    """Return the direction of a month or season named without a year.

    One that dates a noun ("a cut in September") follows the tense of its sentence only
    ``mostly``; one before a noun ("the June accord") is mostly past whatever the tense.
    """
    span = doc.char_span(start, end, alignment_mode="expand")
    if span is None or not len(span):
        return None
    above = span.root.head
    if above.pos_ in NAMES and above.i >= span.end:
        return "mostly past"
    direction = direction_at(doc, start, end)
    if above.pos_ == "ADP" and above.head.pos_ in NAMES and direction is not None:
        return f"mostly {direction}"
    return direction


def lies_ahead(doc: Doc, start: int, end: int) -> bool:
    """Tell "it will reopen in two weeks" from "it will be the worst in two decades"."""
    span = doc.char_span(start, end, alignment_mode="expand")
    if span is None or not len(span) or _tense(span.root) != "future":
        return False
    before = doc[max(span.sent.start, span.start - 8) : span.start]
    return not any(t.tag_ in ("JJS", "RBS") or t.lower_ in cues().ranks for t in before)


def told_of_the_past(doc: Doc, start: int) -> bool:
    """Tell the "soon" of a story ("he was soon released"), which points at no future."""
    span = doc.char_span(start, start + 1, alignment_mode="expand")
    verb = governor(span.root) if span is not None and len(span) else None
    return verb is not None and verb_tense(verb) == "past"


def firmly_past(doc: Doc, start: int, end: int) -> bool:
    """Tell what a finite verb of the past says from "the flight planned in 2025"."""
    span = doc.char_span(start, end, alignment_mode="expand")
    if span is None or not len(span) or direction_at(doc, start, end) != "past":
        return False
    if span.start and doc[span.start - 1].lower_ in cues().back_before:
        return True
    verb = governor(span.root)
    return verb is not None and _is_finite(verb if verb.tag_ != "VBG" else verb.head)


def _is_finite(verb: Token) -> bool:
    auxiliaries = {c.lower_ for c in verb.children if c.dep_ in ("aux", "auxpass")}
    return verb.tag_ == "VBD" or bool(auxiliaries & {"had", "has", "have", "was", "were", "did"})


NAMES = frozenset({"NOUN", "PROPN"})


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
    if not auxiliaries and _shares(verb):
        return verb_tense(verb.head)
    lowered = {c.lower_ for c in auxiliaries}
    if lowered & cues().future_modals:
        return None if "have" in lowered else "future"
    if "had" in lowered and "to" not in lowered:
        return "past"
    if lowered & {"had", "has", "was", "were", "did", "have"} and "to" not in lowered:
        return _planned(verb, "past")
    if "to" in lowered:
        if _had_been(verb):
            return "past"
        ahead = verb.dep_ in ("xcomp", "acl", "advcl", "ROOT", "ccomp") and not _past_purpose(verb)
        return "future" if ahead else None
    if verb.tag_ in ("VBD", "VBN"):
        if lowered & {"is", "are", "'s", "'re"}:
            return "future"
        return None if "be" in lowered else _planned(verb, "past")
    if verb.tag_ == "VBG" and lowered & {"is", "are", "'re", "'s", "am"}:
        return "future"
    if verb.tag_ in ("VBP", "VBZ") and not lowered and _timed(verb):
        return "future"
    if verb.tag_ == "VBG" and verb.dep_ in ("advcl", "acl", "pcomp") and verb.head.i != verb.i:
        return verb_tense(verb.head) if verb.head.pos_ in ("VERB", "AUX") else None
    return None


def _shares(verb: Token) -> bool:
    """Tell a verb that has its time from the one above: "will meet and sign", "began shelling"."""
    head = verb.head
    if head.i >= verb.i or head.pos_ not in ("VERB", "AUX"):
        return False
    if verb.dep_ == "conj":
        return verb.tag_ == head.tag_ and verb.tag_ in ("VB", "VBN", "VBG")
    return verb.dep_ == "xcomp" and verb.tag_ in ("VB", "VBG")


def _timed(verb: Token) -> bool:
    """Tell the present of a timetable: "they meet Friday", "the vote is on Friday"."""
    if verb.lemma_ in cues().timetable:
        return True
    subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
    return verb.lemma_ == "be" and subject is not None and subject.lemma_ in cues().occasions


def _planned(verb: Token, otherwise: str) -> str:
    if verb.lemma_ == "set":
        onward = any(c.dep_ == "xcomp" or c.lower_ == "for" for c in verb.children)
        return "future" if onward else otherwise
    ahead = verb.lemma_ in cues().planned
    return "future" if ahead else otherwise


def _had_been(verb: Token) -> bool:
    """Tell the plan of the past: "it had been due to expire Friday"."""
    head = verb.head
    return any(c.lower_ == "had" for t in (head, head.head) for c in t.children if c.dep_ == "aux")


def _past_purpose(verb: Token) -> bool:
    """Tell the infinitive of what was done: "flew home to marry", "was able to return"."""
    if verb.head.lemma_ in cues().achieved or verb.head.lower_ in cues().achieved:
        said = verb.head if verb.head.pos_ in ("VERB", "AUX") else governor(verb.head)
        return said is not None and verb_tense(said) == "past"
    return verb.head.tag_ == "VBD" and verb.head.lemma_ not in cues().ahead_heads
