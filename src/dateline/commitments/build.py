"""From commitments in tokens to ``Commitment`` records: holders, deadline, condition and tests."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.commitments.candidates import Bound
from dateline.commitments.lexicon import lexicon
from dateline.language import notes, span_at, tokens_at
from dateline.records import (
    Blank,
    BlankReason,
    Commitment,
    Event,
    Interval,
    Participant,
    Reason,
    Span,
    Statement,
    TimeExpression,
    make_id,
)
from dateline.statements.speakers import FIRST_PERSON, Mentions
from dateline.statements.view import View

LIMITS = ("by", "within", "before", "until")
SURE = {"modal": 0.75, "schedule": 0.7, "cue": 0.85}
"""Confidence by the sort of rule: their precision on the development half, rounded down."""


class Context:
    """What a report's other records say, by token."""

    def __init__(self, view: View) -> None:
        known = notes(view.doc)
        self.view = view
        self.mentions = Mentions(view)
        self.statements = known.statements
        self.times: list[tuple[int, int, TimeExpression]] = []
        for time in known.times:
            tokens = tokens_at(view.doc, time.span)
            if tokens is not None:
                self.times.append((tokens.start, tokens.end, time))
        self.events: dict[int, Event] = {}
        for event in known.events:
            tokens = tokens_at(view.doc, event.trigger)
            for token in tokens if tokens is not None else ():
                self.events.setdefault(token.i, event)
        interval = known.dating.interval
        published = known.report.published
        self.today = published[:10] if published else interval.start if interval else None


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
    time, deadline = deadline_of(context, one, what)
    event = context.events.get(one.act) or context.events.get(one.cue)
    resolved = any(context.mentions.by_id[h].actor for h in holders if h in context.mentions.by_id)
    vague = view.lemma[one.act].lower() in lexicon().lists["vague"]
    specific = not vague and (event is not None or _has_theme(view, one.act))
    return Commitment(
        id=make_id("c", span, taken),
        kind=one.kind,
        strength=one.strength,
        span=span,
        holders=holders,
        beneficiaries=_beneficiaries(context, one, holders),
        what=_span(view, what),
        event=event.id if event else None,
        statement=statement.id if statement else None,
        negated=one.negated,
        deadline=deadline,
        time=time.id if time else None,
        condition=_span(view, condition) if condition else None,
        specific=specific,
        verifiable=specific and (event is not None or deadline is not None),
        dated=deadline is not None,
        attributable=resolved or (statement is not None and statement.speaker is not None),
        confidence=SURE[one.rule.split(":")[0]],
        why=_why(one, cue, time, event, condition and _span(view, condition)),
        blanks=_blanks(context, one, holders, time, deadline),
    )


def _span(view: View, bounds: tuple[int, int]) -> Span:
    return span_at(view.doc, view.starts[bounds[0]], view.ends[bounds[1] - 1])


def what_range(view: View, one: Bound) -> tuple[int, int]:
    """Return the tokens of what is to be done: the verb or noun with what belongs to it."""
    act = one.act
    first = act
    for k in view.kids[act]:
        if k < act and view.dep[k] in ("aux", "neg", "det", "amod", "compound", "poss", "nummod", "quantmod", "nsubjpass", "auxpass", "advmod") and k > one.cue:  # fmt: skip
            first = min(first, view.left[k])
    if one.passive:
        subjects = [k for k in view.kids[act] if view.dep[k] == "nsubjpass"]
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


def deadline_of(
    context: Context, one: Bound, what: tuple[int, int]
) -> tuple[TimeExpression | None, Interval | None]:
    """Return the expression that limits or dates the act, and its interval.

    Among those inside what is to be done, one with a limiting word ("by",
    "within", "before") comes first, then the one nearest to the act. A time
    that had passed when the report appeared is none, unless the cue is past.
    """
    view = context.view
    best: tuple[tuple[int, int], TimeExpression] | None = None
    sentences = (view.sent[one.act], view.sent[one.cue])
    for start, end, time in context.times:
        if view.sent[start] not in sentences:
            continue
        late = time.bound in LIMITS and _hangs_from_cue(view, one, start, end)
        if not (late or _dates(context, one, what, start, end)) or time.type == "SET":
            continue
        if time.value in ("PAST_REF", "PRESENT_REF", "FUTURE_REF"):
            continue
        if time.type == "DURATION" and time.bound not in ("within", "for", "over", "by"):
            before = view.lower[start - 1] if start else ""
            if before not in ("within", "over", "in", "next"):
                continue
        if _past(context, time):
            continue
        key = (0 if time.bound in LIMITS else 1, abs(start - one.act))
        if best is None or key < best[0]:
            best = (key, time)
    if best is None:
        return None, None
    return best[1], best[1].interval


def _hangs_from_cue(view: View, one: Bound, start: int, end: int) -> bool:
    """Return whether "by December" after the act hangs from the cue in the parse."""
    root = next((t for t in range(start, end) if not start <= view.head[t] < end), start)
    return start > one.act and one.cue in view.path(root, 3)


def _dates(context: Context, one: Bound, what: tuple[int, int], start: int, end: int) -> bool:
    """Return whether an expression belongs to the act, not to the cue or to a clause inside."""
    view = context.view
    if start <= one.act < end:
        return False
    root = next((t for t in range(start, end) if not start <= view.head[t] < end), start)
    inside = what[0] <= start < what[1]
    ways = view.path(root, 10)
    if one.act in ways:
        below = ways[: ways.index(one.act)]
        return not any(view.dep[t] in ("relcl", "ccomp") for t in below)
    if one.entry is None and view.head[one.act] in ways[:4] and one.rule.startswith("schedule"):
        return True
    return inside


def _past(context: Context, time: TimeExpression) -> bool:
    if time.interval is None or context.today is None:
        return time.direction == "past"
    end = time.interval.end
    return end is not None and end[: len(context.today)] <= context.today


def _has_theme(view: View, act: int) -> bool:
    return view.pos[act] != "VERB" or any(
        view.dep[k] in ("dobj", "nsubjpass", "prep", "dative", "xcomp", "ccomp")
        for k in view.kids[act]
    )


def _why(
    one: Bound, cue: Span, time: TimeExpression | None, event: Event | None, condition: Span | None
) -> tuple[Reason, ...]:
    detail = (
        one.entry.description if one.entry else "A modal or a schedule with a subject that decides."
    )
    reasons = [Reason(field="kind", rule=one.rule, detail=detail, spans=(cue,))]
    if time is not None:
        reasons.append(
            Reason(field="deadline", rule=f"time:{time.bound or 'at'}", spans=(time.span,))
        )
    if event is not None:
        reasons.append(Reason(field="event", rule="trigger of the act", spans=(event.trigger,)))
    if condition is not None:
        reasons.append(Reason(field="condition", rule="conditional clause", spans=(condition,)))
    return tuple(reasons)


def _blanks(
    context: Context,
    one: Bound,
    holders: tuple[str, ...],
    time: TimeExpression | None,
    deadline: Interval | None,
) -> tuple[Blank, ...]:
    blanks = []
    if not holders:
        named = one.holder is not None
        reason = BlankReason.UNRESOLVED if named else BlankReason.NOT_MENTIONED
        word = context.view.doc[one.holder].text if one.holder is not None else ""
        note = f"{word!r} names no participant" if named else "the clause does not say who"
        blanks.append(Blank(field="holders", reason=reason, note=note))
    if time is None:
        blanks.append(Blank(field="deadline", reason=BlankReason.NOT_MENTIONED))
    elif deadline is None:
        blanks.append(Blank(field="deadline", reason=BlankReason.UNRESOLVED, note="the expression has no interval"))  # fmt: skip
    return tuple(blanks)
