"""From commitments in tokens to ``Commitment`` records: holders, deadline, condition and tests."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.commitments.bound import Bound
from dateline.commitments.deadlines import Deadline, deadline_of
from dateline.commitments.lexicon import lexicon
from dateline.language import notes, span_at, tokens_at
from dateline.records import (
    Blank,
    BlankReason,
    Commitment,
    Event,
    Participant,
    Reason,
    Span,
    Statement,
    make_id,
)
from dateline.statements.speakers import FIRST_PERSON, mentions_of
from dateline.statements.view import View

SURE = {"modal": 0.75, "schedule": 0.7, "cue": 0.85, "duty": 0.7}
"""Confidence by the sort of rule: their precision on the development half, rounded down."""


class Context:
    """What a report's other records say, by token."""

    def __init__(self, view: View) -> None:
        known = notes(view.doc)
        self.view = view
        self.mentions = mentions_of(view)
        self.statements = known.statements
        self.events: dict[int, Event] = {}
        for event in known.events:
            tokens = tokens_at(view.doc, event.trigger)
            for token in tokens if tokens is not None else ():
                self.events.setdefault(token.i, event)
        published = known.report.published
        self.today = published[:10] if published else known.dating.date


def commitments_of(view: View, found: Sequence[Bound]) -> tuple[Commitment, ...]:
    """Return the records of the commitments, in order."""
    context = Context(view)
    taken: set[str] = set()
    out = []
    for one in found:
        record = _commitment(context, one, taken)
        taken.add(record.id)
        out.append(record)
    return tuple(out)


def _commitment(context: Context, one: Bound, taken: set[str]) -> Commitment:
    view = context.view
    what = what_range(view, one)
    clause = (min(one.cue, what[0]), max(one.cue + 1, what[1]))
    cue, span = _span(view, (one.cue, one.cue + 1)), _span(view, clause)
    condition = _condition(view, one)
    statement = _statement(context, cue, view.starts[one.act])
    holders = _holders(context, one, statement)
    due = deadline_of(view, one, what, condition, context.today)
    event = context.events.get(one.act) or context.events.get(one.cue)
    resolved = any(context.mentions.by_id[h].actor for h in holders if h in context.mentions.by_id)
    vague = view.lemma[one.act] in lexicon().lists["vague"]
    specific = not vague and (event is not None or _has_theme(view, one.act))
    return Commitment(
        id=make_id("c", span, taken),
        kind=one.kind,
        strength=one.strength,
        span=span,
        holders=holders,
        holder_text=_holder_words(view, one),
        beneficiaries=_beneficiaries(context, one, holders),
        what=_span(view, what),
        event=event.id if event else None,
        statement=statement.id if statement else None,
        negated=one.negated,
        deadline=due.interval,
        time=due.time.id if due.time else None,
        deadline_text=_span(view, due.words) if due.words else None,
        condition=_span(view, condition) if condition else None,
        specific=specific,
        verifiable=specific and (event is not None or due.interval is not None),
        dated=due.interval is not None,
        attributable=resolved or (statement is not None and statement.speaker is not None),
        confidence=SURE[one.rule.split(":")[0]],
        why=_why(view, one, cue, due, event, condition and _span(view, condition)),
        blanks=_blanks(context, one, holders, due),
    )


def _span(view: View, bounds: tuple[int, int]) -> Span:
    return span_at(view.doc, view.starts[bounds[0]], view.ends[bounds[1] - 1])


def _holder_words(view: View, one: Bound) -> Span | None:
    """Return the noun phrase for the holder, without a clause that follows it."""
    if one.holder is None:
        return None
    holder = _antecedent(view, one.holder)
    last = holder
    for k in view.kids[holder]:
        if k > holder and view.dep[k] not in ("relcl", "acl", "advcl", "ccomp", "punct"):
            last = max(last, view.right[k])
        elif k > holder:
            break
    if view.left[holder] <= one.cue <= last:
        return _span(view, (view.left[holder] if holder < one.cue else holder, holder + 1))
    return _span(view, (view.left[holder], last + 1))


def _antecedent(view: View, holder: int) -> int:
    """Return the noun that "who" or "which" stands for, else the word itself."""
    if view.lower[holder] not in ("who", "which", "that"):
        return holder
    for above in view.path(holder, 6):
        if view.dep[above] == "relcl" and view.head[above] != above:
            return view.head[above]
    return holder


def what_range(view: View, one: Bound) -> tuple[int, int]:
    """Return the tokens of what is to be done: the verb or noun with what belongs to it."""
    act = one.act
    first = act
    for k in view.kids[act]:
        if k < act and view.dep[k] in ("aux", "neg", "det", "amod", "compound", "poss", "nummod", "quantmod", "nsubjpass", "auxpass", "advmod") and k > one.cue:  # fmt: skip
            first = min(first, view.left[k])
    if one.passive:
        thing = one.rule.startswith("schedule")
        subjects = [k for k in view.kids[act] if view.dep[k] == "nsubjpass" or (thing and view.dep[k] == "nsubj")]  # fmt: skip
        first = min([first, *(view.left[k] for k in subjects)])
    last = view.right[act] + 1
    sentence = view.sents[view.sent[act]]
    for k in view.kids[act]:
        reporting = view.dep[k] in ("parataxis", "ccomp") and k > act and view.lower[k] in ("said", "says", "told")  # fmt: skip
        if reporting:
            last = min(last, view.left[k])
    for t in range(act + 1, last):
        if view.lower[t] in ("which", "who", "whose") and view.lower[t - 1] == ",":
            last = t - 1
            break
    while last - 1 > act and view.pos[last - 1] == "PUNCT":
        last -= 1
    return max(first, sentence[0]), max(min(last, sentence[1]), act + 1)


def _condition(view: View, one: Bound) -> tuple[int, int] | None:
    """Return the clause with "if", "unless", ... that hangs from the act or the cue."""
    marks = lexicon().lists["conditions"] - {"until", "once"}
    for head in {one.act, one.cue, view.head[one.cue]}:
        for k in view.kids[head]:
            if view.dep[k] != "advcl":
                continue
            if any(view.lower[m] in marks and view.dep[m] in ("mark", "advmod") for m in view.kids[k]) or view.lower[k] in ("provided", "providing"):  # fmt: skip
                return view.left[k], view.right[k] + 1
    return None


def _statement(context: Context, cue: Span, act: int) -> Statement | None:
    """Return the statement that makes the commitment, or the innermost one that holds it."""
    own = [
        s for s in context.statements if s.cue and s.cue.start < cue.end and cue.start < s.cue.end
    ]
    if own:
        return own[0]
    holding = [
        (c.end - c.start, n)
        for n, s in enumerate(context.statements)
        for c in s.content
        if c.start <= cue.start and cue.end <= c.end
    ]
    return context.statements[min(holding)[1]] if holding else None


def _holders(context: Context, one: Bound, statement: Statement | None) -> tuple[str, ...]:
    view = context.view
    if one.holder is None:
        return ()
    if view.lower[one.holder] in FIRST_PERSON and statement is not None and statement.speaker:
        return (statement.speaker,)
    holder = one.holder
    found = context.mentions.within(view, holder, (view.left[holder], view.right[holder] + 1))
    if found is None:
        return ()
    members = [found, *_coordinated(context, holder)]
    return tuple(dict.fromkeys(p.id for p in members))


def _coordinated(context: Context, head: int) -> list[Participant]:
    """Return the participants coordinated with a noun: "Britain and France"."""
    view = context.view
    out = []
    for k in view.kids[head]:
        if view.dep[k] == "conj":
            found = context.mentions.at(k)
            out += [found] if found is not None else []
            out += _coordinated(context, k)
    return out


def _beneficiaries(context: Context, one: Bound, holders: tuple[str, ...]) -> tuple[str, ...]:
    view = context.view
    found = []
    for head in (one.act, one.cue):
        for k in view.kids[head]:
            if view.dep[k] == "dative" and view.pos[k] != "ADP":
                found.append(context.mentions.at(k))
            elif view.lower[k] in ("to", "with", "for") and view.dep[k] in ("prep", "dative"):
                found += [context.mentions.at(o) for o in view.kids[k] if view.dep[o] == "pobj"]
            elif view.dep[k] == "dobj" and one.entry is not None and one.entry.id == "vow" and head == one.cue:  # fmt: skip
                found.append(context.mentions.at(k))
    return tuple(dict.fromkeys(p.id for p in found if p is not None and p.id not in holders))


def _has_theme(view: View, act: int) -> bool:
    return view.pos[act] != "VERB" or any(
        view.dep[k] in ("dobj", "nsubjpass", "prep", "dative", "xcomp", "ccomp")
        for k in view.kids[act]
    )


def _why(
    view: View,
    one: Bound,
    cue: Span,
    due: Deadline,
    event: Event | None,
    condition: Span | None,
) -> tuple[Reason, ...]:
    detail = (
        one.entry.description if one.entry else "A modal or a schedule with a subject that decides."
    )
    reasons = [Reason(field="kind", rule=one.rule, detail=detail, spans=(cue,))]
    if due.words is not None:
        anchor = (due.anchor.span,) if due.anchor is not None else ()
        spans = (_span(view, due.words), *anchor)
        reasons.append(Reason(field="deadline", rule=due.rule, spans=spans))
    if event is not None:
        reasons.append(Reason(field="event", rule="trigger of the act", spans=(event.trigger,)))
    if condition is not None:
        reasons.append(Reason(field="condition", rule="conditional clause", spans=(condition,)))
    return tuple(reasons)


def _blanks(
    context: Context,
    one: Bound,
    holders: tuple[str, ...],
    due: Deadline,
) -> tuple[Blank, ...]:
    blanks = []
    if not holders:
        named = one.holder is not None
        reason = BlankReason.UNRESOLVED if named else BlankReason.NOT_MENTIONED
        word = context.view.doc[one.holder].text if one.holder is not None else ""
        note = f"{word!r} names no participant" if named else "the clause does not say who"
        blanks.append(Blank(field="holders", reason=reason, note=note))
    if due.blank is not None:
        blanks.append(due.blank)
    return tuple(blanks)
