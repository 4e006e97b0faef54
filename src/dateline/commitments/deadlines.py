"""When a commitment is to be done: the time expression, or the event, that limits or dates the act."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from dateline.commitments.anchors import after, anchor_time, dated_by
from dateline.commitments.bound import Bound
from dateline.commitments.lexicon import lexicon
from dateline.commitments.spans import clipped, times_of
from dateline.records import Blank, BlankReason, Granularity, Interval, TimeExpression
from dateline.statements.view import View

LIMITS = ("by", "within", "before", "until")
OVER = ("within", "over", "in", "during", "for", "next", "throughout")
"""Words before a duration that make it a period to act in."""
ANCHORS = ("of", "after", "before", "from", "following")
"""Words after a duration that count it from an event: "within 90 days of the signing"."""
EVENT_PREPOSITIONS = (
    "before",
    "until",
    "till",
    "after",
    "following",
    "pending",
    "during",
    "throughout",
)
OCCASION_PREPOSITIONS = ("at", "by", "in", "on", "for")
EVENT_MARKS = ("before", "until", "till", "after", "once", "when")
MODIFIERS = ("compound", "nummod", "amod", "nmod", "poss")
TO_A_TIME = frozenset({"to", "until", "till", "for", "by"})
MOVED = ("schedule:set for", "duty:moved")
"""Rules of what is moved to a time."""
APART = ("relcl", "ccomp")
"""Clauses inside the act whose times are not its own."""
WEEKDAY = re.compile(r"(mon|tues|wednes|thurs|fri|satur|sun)day( (morning|afternoon|evening|night))?")  # fmt: skip
YEARLESS = re.compile(
    r"((the )?(end|beginning|start|middle) of |(early|late|mid) ?-? ?|the )?"
    r"(\d{1,2}(st|nd|rd|th)?( of)? )?"
    r"(january|february|march|april|may|june|july|august|september|october|november|december"
    r"|spring|summer|autumn|winter|fall)( \d{1,2}(st|nd|rd|th)?)?"
    r"|christmas( day| eve)?|boxing day|new year ?['’]s (day|eve)|halloween"
)
VAGUE = ("coming", "next", "few", "several", "couple", "ahead")
"""Words that make a period one to come, though it has no bounds: "in the coming weeks"."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """What limits or dates an act."""

    time: TimeExpression | None
    interval: Interval | None
    words: tuple[int, int] | None
    """Tokens of the words that say so."""
    rule: str
    blank: Blank | None
    anchor: TimeExpression | None = None
    """The date of the event that sets it, given elsewhere in the report."""


def deadline_of(
    view: View,
    one: Bound,
    what: tuple[int, int],
    condition: tuple[int, int] | None,
    today: str | None,
) -> Deadline:
    """Return the expression that limits or dates the act, and its interval.

    Among those that belong to the act, one with a limiting word ("by",
    "within", "before") comes first, then one with bounds, one that stands
    before no noun ("for the June tour next month"), the one nearest to the act. A time
    that had passed when the report appeared is none. Where no date does, an
    event may: "before the election".

    Args:
        view: the report.
        one: the commitment.
        what: tokens of what is to be done.
        condition: tokens of the condition, whose times are not the act's.
        today: day of the report, ISO 8601, or a part of it.
    """
    best: tuple[tuple[int, bool, bool, int], Deadline] | None = None
    near = dict.fromkeys(sorted((view.sent[one.act], view.sent[one.cue])))
    for start, end, time in (found for sent in near for found in times_of(view).get(sent, ())):
        if condition is not None and condition[0] <= start < condition[1]:
            continue
        found = _dated(view, one, what, (start, end), time, today)
        if found is None:
            continue
        limit = 0 if time.bound in LIMITS else 1
        key = (
            limit,
            found.interval is None,
            _before_a_noun(view, start, end),
            abs(start - one.act),
        )
        if best is None or key < best[0]:
            best = (key, found)
    if best is not None:
        return _joined(view, best[1], today)
    words = _event(view, one, condition)
    if words is not None:
        anchor = anchor_time(view, words)
        interval = dated_by(view, words, anchor) if anchor is not None else None
        if interval is not None and not _over(interval, today):
            return Deadline(None, interval, words, f"event:{view.lower[words[0]]}", None, anchor)
        note = "only an event sets it, whose date the report does not give"
        blank = Blank(field="deadline", reason=BlankReason.UNRESOLVED, note=note)
        return Deadline(None, None, words, f"event:{view.lower[words[0]]}", blank)
    return Deadline(None, None, None, "", Blank(field="deadline", reason=BlankReason.NOT_MENTIONED))


def _root(view: View, start: int, end: int) -> int:
    return next((t for t in range(start, end) if not start <= view.head[t] < end), start)


# ------------------------------------------------------------------ by a date


def _dated(
    view: View,
    one: Bound,
    what: tuple[int, int],
    place: tuple[int, int],
    time: TimeExpression,
    today: str | None,
) -> Deadline | None:
    """Return the deadline that a time expression sets, if it belongs to the act."""
    start, end = place
    if start == one.act < end - 1:
        return _dated(view, one, what, (start + 1, end), time, today)
    if view.sent[start] not in (view.sent[one.act], view.sent[one.cue]):
        return None
    if time.type == "SET" or time.value in ("PAST_REF", "PRESENT_REF"):
        return None
    limited = time.bound in LIMITS and _hangs_from_cue(view, one, start, end)
    if not (limited or _belongs(view, one, what, start, end)):
        return None
    if _modifies_a_thing(view, start, end):
        return None
    if time.type == "DURATION":
        return _period(view, one, place, time, today)
    if time.value == "FUTURE_REF" or time.interval is None:
        if not any(view.lower[t] in VAGUE for t in range(start, end)):
            return None
        blank = Blank(field="deadline", reason=BlankReason.TOO_VAGUE, note=time.span.text)
        return Deadline(time, None, place, f"time:{time.bound or 'at'}", blank)
    if one.rule in MOVED and _left(view, start):
        return None
    interval = _to_come(view, _one_day(time) if one.rule in MOVED else time, place, today)
    if interval is None:
        return None
    return Deadline(time, interval, place, f"time:{time.bound or 'at'}", None)


def _left(view: View, start: int) -> bool:
    """Return whether a time is not the one that something is moved to: "the deadline of 1 May was moved"."""
    before = {view.lower[t] for t in range(max(start - 2, 0), start)}
    return not before & TO_A_TIME or "from" in before


def _one_day(time: TimeExpression) -> TimeExpression:
    """Return the end of "from 1 May to 15 June" as a day of its own."""
    try:
        day = date.fromisoformat(time.value or "")
    except ValueError:
        return time
    whole = Interval(
        start=day.isoformat(),
        end=(day + timedelta(days=1)).isoformat(),
        granularity=Granularity.DAY,
    )
    open_start = time.interval is None or time.interval.start is None
    return time if open_start else replace(time, interval=whole)


def _hangs_from_cue(view: View, one: Bound, start: int, end: int) -> bool:
    """Return whether "by December" after the act hangs from the cue in the parse."""
    return start > one.act and one.cue in view.path(_root(view, start, end), 4)


def _belongs(view: View, one: Bound, what: tuple[int, int], start: int, end: int) -> bool:
    """Return whether an expression belongs to the act, not to the cue or to a clause inside."""
    if start <= one.act < end:
        return False
    ways = view.path(_root(view, start, end), 10)
    if one.act in ways:
        below = ways[: ways.index(one.act)]
        made = view.lemma[one.act] in ("have", "get")
        return not any(view.dep[t] in APART or (not made and _of_a_thing(view, t, start)) for t in below)  # fmt: skip
    if one.entry is None and view.head[one.act] in ways[:4] and one.rule.startswith("schedule"):
        return True
    if one.rule.startswith("duty:") and one.rule != "duty:must" and one.cue in ways[:5]:
        return True
    if one.rule in ("duty:deadline", "duty:moved") and view.head[one.cue] in ways[:4]:
        return True
    return what[0] <= start < what[1] and not any(view.dep[t] in APART for t in ways[:4])


def _of_a_thing(view: View, verb: int, start: int) -> bool:
    """Return whether a participle right before tells of a thing, no occasion: "shares issued July 1"."""
    noun = view.head[verb]
    near = 0 < start - verb <= 2
    return near and view.dep[verb] == "acl" and view.lemma[noun] not in lexicon().lists["occasions"]


def _modifies_a_thing(view: View, start: int, end: int) -> bool:
    """Return whether a time is part of a name for a thing: "the 1989 results", not "the May election"."""
    root = _root(view, start, end)
    head = view.head[root]
    if view.dep[root] not in MODIFIERS or view.pos[head] not in ("NOUN", "PROPN") or head < root:
        return False
    return view.lemma[head] not in lexicon().lists["occasions"]


def _before_a_noun(view: View, start: int, end: int) -> bool:
    """Return whether a time tells which one a thing is: "the June tour"."""
    root = _root(view, start, end)
    return view.dep[root] in MODIFIERS and view.head[root] >= end


def _period(
    view: View, one: Bound, place: tuple[int, int], time: TimeExpression, today: str | None
) -> Deadline | None:
    """Return the period of "over the next six months", "in three weeks", "within 90 days of ..."."""
    start, end = place
    before = view.lower[start - 1] if start else ""
    if before in ("the", "a") and start > 1:
        before = view.lower[start - 2]
    ahead = any(view.lower[t] in VAGUE for t in range(start, end))
    allowed = one.rule == "duty:has until"
    if time.bound not in OVER and before not in OVER and not ahead and not allowed:
        return None
    if time.interval is not None and _over(time.interval, today):
        return None
    anchored = _anchor(view, end)
    if anchored is not None and before in ("within", "in", "over", "by"):
        anchor = anchor_time(view, (end, anchored)) if view.lower[end] != "before" else None
        counted = after(anchor.interval, time.value) if anchor and anchor.interval else None
        if counted is not None and not _over(counted, today):
            return Deadline(time, counted, (start, anchored), "event:within", None, anchor)
        note = "counted from an event whose date the report does not give"
        blank = Blank(field="deadline", reason=BlankReason.NO_ANCHOR, note=note)
        return Deadline(time, None, (start, anchored), "event:within", blank)
    counted = _counted(time.value, today)  # "in three months" leaves all of them to act in
    interval = counted if before == "in" and counted is not None else time.interval or counted
    if interval is None:
        reason = BlankReason.NO_ANCHOR if today is None else BlankReason.TOO_VAGUE
        blank = Blank(field="deadline", reason=reason, note=time.span.text)
        return Deadline(time, None, place, f"time:{time.bound or before}", blank)
    return Deadline(time, interval, place, f"time:{time.bound or before}", None)


def _anchor(view: View, end: int) -> int | None:
    """Return the end of the phrase that a duration is counted from, if one follows."""
    if end >= view.n or view.lower[end] not in ANCHORS:
        return None
    kids = [k for k in view.kids[end] if view.dep[k] in ("pobj", "pcomp")]
    if kids:
        return view.right[kids[0]] + 1
    clause = view.head[end] if view.dep[end] == "mark" else None
    return view.right[clause] + 1 if clause is not None and clause > end else None


def _counted(value: str | None, today: str | None) -> Interval | None:
    """Return the stretch from the day of the report for ``P30D``, ``P3M``; its last day is the 30th after."""
    match = re.fullmatch(r"P(?:(\d+)([DWMY])|T(\d+)H)", value or "")
    if match is None or today is None or len(today) < 10:
        return None
    hours = match.group(3)
    number, unit = (-(-int(hours) // 24), "D") if hours else (int(match.group(1)), match.group(2))
    try:
        base = date.fromisoformat(today[:10])
        if unit in "MY":
            months = base.month - 1 + number * (12 if unit == "Y" else 1)
            last = clipped(base.year + months // 12, months % 12 + 1, base.day)
        else:
            last = base + timedelta(days=number * (7 if unit == "W" else 1))
        end = last + timedelta(days=1)
    except (ValueError, OverflowError):
        return None
    return Interval(start=base.isoformat(), end=end.isoformat(), granularity=Granularity.DAY)


def _over(interval: Interval, today: str | None) -> bool:
    end = interval.end
    return end is not None and today is not None and end[: len(today)] <= today


def _to_come(
    view: View, time: TimeExpression, place: tuple[int, int], today: str | None
) -> Interval | None:
    """Return the interval if it ends after the report; a bare weekday may be the next one.

    The act is still to come, so "on Thursday" or "by autumn" beside it is the next one
    after the report, whatever the tense of the words around it.
    """
    interval = time.interval
    if interval is None or today is None:
        return interval if time.direction != "past" else None
    if not _over(interval, today):
        return interval
    said = " ".join(view.lower[t] for t in range(*place))
    days = 7 if WEEKDAY.fullmatch(said) else 0
    years = 1 if YEARLESS.fullmatch(said) else 0
    if not (days or years) or len(today) < 10:
        return None
    later = _moved(interval, days, years)
    return None if _over(later, today) else later


def _moved(interval: Interval, days: int, years: int) -> Interval:
    def move(moment: str | None) -> str | None:
        if moment is None:
            return None
        day = date.fromisoformat(moment[:10]) + timedelta(days=days)
        return clipped(day.year + years, day.month, day.day).isoformat() + moment[10:]

    return replace(interval, start=move(interval.start), end=move(interval.end))


def _joined(view: View, found: Deadline, today: str | None) -> Deadline:
    """Join "in 2023 or 2024", "midnight on Sunday", "the weekend of 27 November" with the expression found."""
    if found.words is None or found.interval is None or found.time is None:
        return found
    last = found.words[1]
    for start, end, time in times_of(view).get(view.sent[last - 1], ()):
        between = [view.lower[t] for t in range(last, start)]
        if not 0 < start - last <= 2:
            continue
        later = _to_come(view, time, (start, end), today)
        if later is None or time.type not in ("DATE", "TIME"):
            continue
        if between[0] in ("or", "and") and found.interval.end is not None:
            whole = _union(found.interval, later)
            return replace(found, interval=whole, words=(found.words[0], end))
        if between == ["of"] and later.end is not None and _within_a_day_or_week(found.time):
            return replace(found, interval=later, words=(found.words[0], end))
        if between == ["on"] and found.time.type == "TIME":
            limit = replace(later, start=None) if found.time.bound in LIMITS else later
            return replace(found, interval=limit, words=(found.words[0], end))
    return found


def _within_a_day_or_week(time: TimeExpression) -> bool:
    """Return whether a time is one that "of" and a date tell apart: "the weekend of 27 November"."""
    return time.interval is not None and (time.type == "TIME" or "-W" in (time.value or ""))


def _union(one: Interval, other: Interval) -> Interval:
    """Return the interval from the earlier start to the later end."""
    starts = [i.start for i in (one, other) if i.start is not None]
    ends = [i.end for i in (one, other) if i.end is not None]
    start = min(starts) if len(starts) == 2 else None
    return replace(one, start=start, end=max(ends) if len(ends) == 2 else None)


# ---------------------------------------------------------------- by an event


def _event(view: View, one: Bound, condition: tuple[int, int] | None) -> tuple[int, int] | None:
    """Return the words of the event that limits the act: "before the election"."""
    for head in dict.fromkeys((one.act, one.cue, *_objects(view, one.act))):
        for words in _limiting(view, head):
            inside = condition is not None and condition[0] <= words[0] < condition[1]
            if not inside and words[0] > one.cue and not words[0] <= one.act < words[1]:
                return words
    return None


def _objects(view: View, act: int) -> list[int]:
    return [k for k in view.kids[act] if view.dep[k] in ("dobj", "acomp", "attr", "advmod", "prt")]


def _limiting(view: View, head: int) -> Iterator[tuple[int, int]]:
    lists = lexicon().lists
    for k in view.kids[head]:
        if view.dep[k] in ("prep", "pcomp", "advmod", "advcl") and k > head:
            nouns = [(k, o) for o in view.kids[k] if view.dep[o] in ("pobj", "dobj")]
            nouns += [(p, o) for p in view.kids[k] if view.dep[p] == "prep" for o in view.kids[p] if view.dep[o] == "pobj"]  # fmt: skip
            for preposition, noun in nouns:
                occasion = view.lemma[noun] in lists["occasions"]
                after = view.lower[k] in EVENT_PREPOSITIONS or view.lower[k] in ("ahead", "prior")
                at = view.lower[k] in OCCASION_PREPOSITIONS
                late = view.lower[k] in ("after", "following") and _indefinite(view, noun) and not occasion  # fmt: skip
                if (after and preposition - k <= 1 and _happens(view, noun) and not late) or (at and occasion):  # fmt: skip
                    yield view.left[k], view.right[noun] + 1
        if view.dep[k] == "advcl" and k > head:
            marks = [view.lower[m] for m in view.kids[k] if view.dep[m] in ("mark", "advmod")]
            if any(m in EVENT_MARKS for m in marks):
                yield view.left[k], view.right[k] + 1
        if view.lower[k] == "by" and k > head:
            last = _clause_after_time(view, k)
            if last is not None:
                yield view.left[k], last
        if view.lower[k] == "soon" and any(view.dep[c] == "advcl" for c in view.kids[k]):
            yield view.left[k], view.right[k] + 1


def _indefinite(view: View, noun: int) -> bool:
    """Return whether a noun is new to the reader: "after a 20-year stay" tells of what is over."""
    return any(view.lower[k] in ("a", "an") for k in view.kids[noun])


def _clause_after_time(view: View, by: int) -> int | None:
    """Return the end of the clause in "by the time talks resume", wherever the parse hangs it."""
    time = next((o for o in view.kids[by] if view.lower[o] == "time"), None)
    if time is None:
        return None
    for k in (*view.kids[time], *view.kids[view.head[by]]):
        if (
            k > time
            and view.dep[k] in ("relcl", "acl", "ccomp", "advcl")
            and view.left[k] == time + 1
        ):
            return view.right[k] + 1
    return None


def _happens(view: View, noun: int) -> bool:
    """Return whether a noun may name an event: no person, place or body one stands before."""
    lists = lexicon().lists
    if view.ent[noun] in ("PERSON", "ORG", "GPE", "NORP", "LOC", "FAC"):
        return False
    return view.pos[noun] in ("NOUN", "PROPN") and view.lemma[noun] not in lists["before"]
