"""Commitments over time: their state on a date, what later reports say, and how they were revised.

Nothing here gives a verdict. Whether a commitment was kept, broken, modified
or withdrawn is for a person to record; these functions gather what to look at.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from dateline.records import CodedReport, Commitment, Event, Reason, Status

STATES = ("open", "due soon", "overdue", "no deadline")
SOON = 30
"""Days before the deadline from which a commitment is due soon."""
WEIGHTS = {"actor": 0.35, "action": 0.35, "place": 0.15, "recipient": 0.1, "words": 0.25}
"""What each match contributes to the score of evidence; with all of them it is cut at 1."""
LEAST = 0.5
"""Score below which a later event is not offered as evidence."""
ALIKE = 0.34
"""Share of common words from which two commitments of one holder are the same."""
STATE = frozenset(["GOV", "MIL", "COP", "SPY", "JUD", "LEG"])
"""Sectors that act for one state: what a president promises, its army does."""
WEAK = frozenset(["the", "a", "an", "of", "to", "in", "on", "for", "and", "or", "by", "at", "from", "with", "that", "this", "its", "their", "his", "her", "our", "will", "be", "is", "are", "was", "were", "all", "not", "it", "he", "she", "they", "we", "end", "year", "month", "week"])  # fmt: skip
MONTHS = frozenset(["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"])  # fmt: skip


@dataclass(frozen=True, slots=True)
class Held:
    """A commitment with the report it stands in."""

    coded: CodedReport
    commitment: Commitment

    @property
    def published(self) -> str:
        """Day of the report as far as known, ISO 8601; empty where unknown."""
        return self.coded.report.published or self.coded.dating.date or ""

    @property
    def key(self) -> str:
        """Id that no other commitment has: of the report, then of the commitment."""
        return f"{self.coded.report.id}#{self.commitment.id}"


@dataclass(frozen=True, slots=True)
class Evidence:
    """An event of a later report that may bear on a commitment."""

    report: str
    event: str
    direction: str
    """``for`` or ``against`` its having been kept."""
    score: float
    """0 to 1."""
    why: tuple[Reason, ...]
    published: str = ""
    """Day of that report, ISO 8601."""
    sentence: str = ""
    """The sentence that tells the event."""


@dataclass(frozen=True, slots=True)
class Revision:
    """A commitment and a later report's version of it."""

    before: Held
    after: Held
    changes: tuple[tuple[str, str, str], ...]
    """Field, what it was, what it is now."""


# --------------------------------------------------------------------- states


def last_day(commitment: Commitment) -> date | None:
    """Return the last day on which a commitment can be kept in time; ``None``: it has no deadline."""
    end = commitment.deadline.end if commitment.deadline else None
    if end is None:
        return None
    day = _date(end)
    if "T" in end and not end.endswith(("T00:00", "T00:00:00")):
        return day
    return day - timedelta(days=1)


def state(commitment: Commitment, as_of: str, *, soon: int = SOON) -> str:
    """Return ``open``, ``due soon``, ``overdue`` or ``no deadline`` on a day (ISO 8601).

    It compares dates only: an overdue commitment may have been kept.

    Raises:
        ValueError: ``as_of`` is no date.
    """
    day, last = _date(as_of), last_day(commitment)
    if last is None:
        return "no deadline"
    if day > last:
        return "overdue"
    return "due soon" if last - day <= timedelta(days=soon) else "open"


def _date(text: str) -> date:
    parts = text[:10].split("-")
    numbers = [int(part) for part in parts if part.isdigit()]
    if not numbers or len(numbers) != len(parts):
        raise ValueError(f"{text!r} is no date; write it as 2021-12-31")
    return date(*[*numbers, 1, 1][:3])


# ------------------------------------------------------------------ selection


def commitments_in(coded: Iterable[CodedReport]) -> list[Held]:
    """Return all commitments of coded reports, in the order of their reports."""
    return [Held(one, commitment) for one in coded for commitment in one.commitments]


def select(
    held: Iterable[Held],
    *,
    due_before: str | None = None,
    actor: str | None = None,
    wanted: str | None = None,
    as_of: str | None = None,
) -> list[Held]:
    """Return the commitments that fit, soonest deadline first, those without one last.

    Args:
        held: commitments.
        due_before: a day; the deadline must lie on it or before it.
        actor: id, country code or a part of the name of a holder.
        wanted: a state, see ``state``.
        as_of: the day of the state.

    Raises:
        ValueError: a date or a state is none, or ``wanted`` comes without ``as_of``.
    """
    if wanted is not None and wanted not in STATES:
        raise ValueError(f"state {wanted!r} is none of {', '.join(STATES)}")
    if wanted is not None and as_of is None:
        raise ValueError("a state needs the day it is asked for: give as_of")
    limit = _date(due_before) if due_before else None
    found = []
    for one in held:
        last = last_day(one.commitment)
        if limit is not None and (last is None or last > limit):
            continue
        if actor is not None and not _is_held_by(one, actor):
            continue
        if wanted is not None and state(one.commitment, as_of or "") != wanted:
            continue
        found.append(one)
    return sorted(
        found, key=lambda one: (last_day(one.commitment) or date.max, one.published, one.key)
    )


def _bound(held: Held) -> tuple[str, ...]:
    """Return the holders; where none of them is known, with the one who says so.

    "Washington said all troops would leave" binds Washington, whose troops they are.
    """
    holders = held.commitment.holders
    by_id = {p.id: p for p in held.coded.participants}
    if any(by_id[h].actor or by_id[h].country for h in holders if h in by_id):
        return holders
    said = next((s for s in held.coded.statements if s.id == held.commitment.statement), None)
    return (*holders, said.speaker) if said is not None and said.speaker else holders


def _is_held_by(held: Held, actor: str) -> bool:
    wanted, bound = actor.casefold(), _bound(held)
    for participant in held.coded.participants:
        if participant.id in bound:
            codes = (participant.actor, participant.country)
            if wanted in (str(code).casefold() for code in codes if code):
                return True
            if wanted in participant.name.casefold():
                return True
    words = held.commitment.holder_text
    return not held.commitment.holders and words is not None and wanted in words.text.casefold()


def holder_names(held: Held) -> list[str]:
    """Return the names of those who are bound, as to be shown; the words where there is no name."""
    by_id = {p.id: p for p in held.coded.participants}
    names = [by_id[h].name or by_id[h].span.text for h in held.commitment.holders if h in by_id]
    words = held.commitment.holder_text
    return names or ([" ".join(words.text.split())] if words else [])


# ------------------------------------------------------------------- evidence


def evidence(held: Held, later: Iterable[CodedReport]) -> list[Evidence]:
    """Return events of later reports that may bear on a commitment, the strongest first."""
    found = []
    for coded in later:
        published = Held(coded, held.commitment).published
        if coded.report.id == held.coded.report.id or published < held.published:
            continue
        for event in coded.events:
            one = _weigh(held, coded, event)
            if one is not None:
                found.append(one)
    return sorted(found, key=lambda e: (-e.score, e.report, e.event))


def _weigh(held: Held, coded: CodedReport, event: Event) -> Evidence | None:
    direction = _direction(held, event)
    if direction is None:
        return None
    end = event.interval.end if event.interval is not None else None
    ours = _sectors(held.coded, _bound(held))
    if over_before(end, held.published) or opposed(ours, _sectors(coded, event.actors)):
        return None
    own = next((e for e in held.coded.events if e.id == held.commitment.event), None)
    if opposed(_places(held.coded, own), _places(coded, event)):
        return None
    if own is not None and own.type != event.type and not _told_alike(held, event):
        return None
    reasons = [
        _match("actor", _parties(held.coded, _bound(held)), _parties(coded, event.actors)),
        _match("action", {own.type} if own else set(), {event.type}),
        _match("place", _places(held.coded, own), _places(coded, event)),
        _match("recipient", _parties(held.coded, own.recipients) if own else set(), _parties(coded, event.recipients)),
        _match("words", words_of(held.commitment.what.text if held.commitment.what else ""), words_of(event.trigger.text + " " + " ".join(t.text for t in event.themes))),
    ]  # fmt: skip
    kept = tuple(reason for reason in reasons if reason is not None)
    score = min(sum(reason.weight or 0.0 for reason in kept), 1.0)
    fields = {reason.field for reason in kept}
    if score < LEAST or not fields & {"action", "words"} or "actor" not in fields:
        return None
    told = " ".join(event.sentence.text.split())
    day = coded.report.published or coded.dating.date or ""
    return Evidence(coded.report.id, event.id, direction, round(score, 2), kept, day, told)


def _told_alike(held: Held, event: Event) -> bool:
    """Return whether the word for an event is among those for what is to be done."""
    what = held.commitment.what
    return bool(what and words_of(event.trigger.text) & words_of(what.text))


def over_before(end: str | None, published: str) -> bool:
    """Tell an event that was over when the commitment was told: it cannot have kept it."""
    return bool(end and published and end[:10] <= published[:10])


def opposed(ours: set[str], theirs: set[str]) -> bool:
    """Tell what is known on both sides and never alike: the army and the rebels, Iraq and Chad."""
    alike = ours & theirs or (ours & STATE and theirs & STATE)
    return bool(ours and theirs) and not alike


def _sectors(coded: CodedReport, ids: Sequence[str]) -> set[str]:
    by_id = {p.id: p for p in coded.participants}
    parts = [m for i in ids if i in by_id for m in (by_id[i].members or (i,))]
    return {sector for m in parts if m in by_id for sector in by_id[m].sectors}


def _direction(held: Held, event: Event) -> str | None:
    """Return what an event of the kind committed to says: done speaks for, denied against."""
    if event.status in (Status.OCCURRED, Status.ONGOING):
        done = not event.negated
    elif event.status is Status.DENIED:
        done = False
    else:
        return None
    return "for" if done != held.commitment.negated else "against"


def _match(field: str, ours: set[str], theirs: set[str]) -> Reason | None:
    common = sorted(ours & theirs)
    if not common:
        return None
    return Reason(
        field=field, rule=f"same {field}", detail=", ".join(common), weight=WEIGHTS[field]
    )


def _parties(coded: CodedReport, ids: Sequence[str]) -> set[str]:
    """Return actors and their countries; of those not resolved the names."""
    found: set[str] = set()
    for participant in coded.participants:
        if participant.id in ids:
            found |= {str(c) for c in (participant.actor, participant.country) if c}
            if not participant.actor and participant.name:
                found.add(participant.name.casefold())
    return found


def _places(coded: CodedReport, event: Event | None) -> set[str]:
    if event is None or event.place is None:
        return set()
    return {p.country or p.name for p in coded.places if p.id == event.place}


def words_of(text: str) -> set[str]:
    """Return the words of a text that carry meaning, cut to their first six letters."""
    words = ("".join(c for c in word if c.isalnum()) for word in text.casefold().split())
    return {w[:6] for w in words if len(w) > 2 and not w.isdigit() and w not in WEAK and w not in MONTHS}  # fmt: skip


# ------------------------------------------------------------------ revisions


def revisions(held: Iterable[Held]) -> list[Revision]:
    """Return the pairs of a commitment and its next version in a later report.

    Two are the same commitment where a holder is the same and the act is: type and
    mode of the event and a word, or a third of the words for what is to be done.
    """
    ordered = sorted(held, key=lambda one: (one.published, one.key))
    by_party: dict[str, list[int]] = {}
    found = []
    for n, after in enumerate(ordered):
        parties = _parties(after.coded, _bound(after))
        earlier = sorted({i for party in parties for i in by_party.get(party, ())}, reverse=True)
        for i in earlier:
            before = ordered[i]
            if before.coded.report.id != after.coded.report.id and same(before, after):
                found.append(Revision(before, after, changed(before, after)))
                break
        for party in parties:
            by_party.setdefault(party, []).append(n)
    return found


def chains(held: Iterable[Held]) -> list[list[Held]]:
    """Return the commitments grouped by sameness, each group in the order of publication."""
    groups: list[list[Held]] = []
    place: dict[str, int] = {}
    items = sorted(held, key=lambda one: (one.published, one.key))
    earlier = {r.after.key: r.before.key for r in revisions(items)}
    for one in items:
        if one.key in earlier:
            place[one.key] = place[earlier[one.key]]
            groups[place[one.key]].append(one)
        else:
            place[one.key] = len(groups)
            groups.append([one])
    return groups


def same(one: Held, other: Held) -> bool:
    """Return whether two commitments of different reports are the same undertaking."""
    if not _parties(one.coded, _bound(one)) & _parties(other.coded, _bound(other)):
        return False
    mine = words_of(one.commitment.what.text if one.commitment.what else "")
    yours = words_of(other.commitment.what.text if other.commitment.what else "")
    common = len(mine & yours)
    if common and _act(one) is not None and _act(one) == _act(other):
        return True
    return common >= 2 and common >= ALIKE * min(len(mine), len(yours))


def _act(held: Held) -> tuple[str, str | None] | None:
    """Return type and mode of the event committed to, where it is one with a mode."""
    own = next((e for e in held.coded.events if e.id == held.commitment.event), None)
    return (own.type, own.mode) if own is not None and own.mode else None


def changed(before: Held, after: Held) -> tuple[tuple[str, str, str], ...]:
    """Return what a later version says differently: field, before, after."""
    old, new = before.commitment, after.commitment
    days = last_day(old), last_day(new)
    pairs = [
        ("deadline", str(days[0] or ""), str(days[1] or "")),
        ("strength", old.strength, new.strength),
        ("negated", str(old.negated).lower(), str(new.negated).lower()),
        ("condition", old.condition.text if old.condition else "", new.condition.text if new.condition else ""),
    ]  # fmt: skip
    return tuple(pair for pair in pairs if pair[1] != pair[2])
