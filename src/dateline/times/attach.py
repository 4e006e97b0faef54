"""Which expression dates a word: by syntax, then by sentence, paragraph and publication."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from operator import itemgetter

from spacy.tokens import Doc, Token

from dateline.language import notes, tokens_at
from dateline.records import DateBasis, TimeExpression
from dateline.times.cues import cues


def attach(doc: Doc, token: Token) -> tuple[TimeExpression | None, DateBasis]:
    """Return the expression that dates ``token``, and the basis of the date.

    Looks below the token in the parse, then in its clause and sentence, then in
    the sentences before it in its paragraph. ``(None, PUBLISHED)`` says that only
    the day of publication is left, ``(None, UNKNOWN)`` that not even that is known.
    """
    put_off = token.lemma_ in cues().put_off
    placed, sentence = _placed(doc), token.sent
    since = bisect_left(placed, sentence.start, key=itemgetter(1))
    until = bisect_left(placed, sentence.end, lo=since, key=itemgetter(1))
    within = [one for one in placed[since:until] if _dates(one[0], put_off)]
    found = (
        _below(token, within)
        or _nearest(token, within)
        or _earlier(doc, token, placed[:since], put_off)
    )
    if found is not None:
        return found, DateBasis.TEXT
    known = notes(doc).dating.interval is not None
    return None, DateBasis.PUBLISHED if known else DateBasis.UNKNOWN


def _dates(time: TimeExpression, put_off: bool) -> bool:
    """Tell whether an expression can date a word; what something is put off "until" dates not that."""
    if time.type not in ("DATE", "TIME") or time.value in REFERENCES:
        return False
    return not (put_off and time.bound == "until")


REFERENCES = frozenset({"PRESENT_REF", "PAST_REF", "FUTURE_REF"})
Placed = tuple[TimeExpression, int]
"""An expression and its first token."""


def _placed(doc: Doc) -> list[Placed]:
    records = notes(doc).times
    cached = doc.user_data.get("dateline_time_tokens")
    if cached is None or cached[0] is not records:
        placed = [(t, span.root.i) for t in records if (span := tokens_at(doc, t.span)) is not None]
        placed.sort(key=itemgetter(1))
        cached = (records, placed)
        doc.user_data["dateline_time_tokens"] = cached
    found: list[Placed] = cached[1]
    return found


def _below(token: Token, within: Iterable[Placed]) -> TimeExpression | None:
    """Return the expression that hangs nearest below ``token``, with no other clause between."""
    best: tuple[int, TimeExpression] | None = None
    for time, at in within:
        depth = _depth(token, token.doc[at])
        if depth is not None and (best is None or depth < best[0]):
            best = (depth, time)
    return best[1] if best else None


def _depth(token: Token, below: Token) -> int | None:
    steps, at = 0, below
    while at.i != token.i:
        if at.dep_ in ("ccomp", "relcl", "advcl", "conj", "parataxis", "xcomp") and at.pos_ in (
            "VERB",
            "AUX",
        ):
            return None
        if at.head.i == at.i:
            return None
        at, steps = at.head, steps + 1
    return steps


def _nearest(token: Token, within: list[Placed]) -> TimeExpression | None:
    """Return the only expression of the sentence, or that of the clause above ``token``."""
    if not within:
        return None
    above = token
    while above.head.i != above.i:
        above = above.head
        found = _below(above, within)
        if found is not None:
            return found
    shared = [(time, at) for time, at in within if not _elsewhere(token, token.doc[at], time)]
    return shared[0][0] if len({time.value for time, _ in shared}) == 1 else None


def _earlier(
    doc: Doc, token: Token, before: Sequence[Placed], put_off: bool
) -> TimeExpression | None:
    """Return the last expression before the sentence of ``token`` in its paragraph."""
    start = next(
        (s.start for s in notes(doc).segments if s.start <= token.idx < s.end),
        token.sent.start_char,
    )
    for time, at in reversed(before):
        if doc[at].idx < start:
            break
        if not _dates(time, put_off) or _elsewhere(token, doc[at], time):
            continue
        if not _had(doc[at]) or _had(token):
            return time
    return None


def _had(token: Token) -> bool:
    """Tell what lies before the story: "had warned on 7 March". The next sentence is back in it."""
    verb = token
    while verb.pos_ != "VERB" and verb.head.i != verb.i:
        verb = verb.head
    return verb.tag_ == "VBN" and any(
        c.dep_ == "aux" and c.tag_ == "VBD" and c.lemma_ == "have" for c in verb.children
    )


def _elsewhere(token: Token, said: Token, time: TimeExpression) -> bool:
    """Tell a date that is only its own clause's: "in Yemen, where … since 2015"."""
    if time.bound == "since":
        return True
    at = said
    while at.head.i != at.i:
        if at.dep_ == "relcl" and token not in at.subtree:
            return True
        at = at.head
    return False
