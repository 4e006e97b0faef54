"""The events of several reports to one, with what they agree and disagree on."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations
from typing import Any

from dateline.merging import when, where, who
from dateline.merging.compare import AHEAD, HAPPENED, compatible, said
from dateline.merging.views import EventView, Number, Party
from dateline.merging.votes import Member, Vote, agreement, count, ranked
from dateline.records import (
    DateBasis,
    EventLink,
    FieldAgreement,
    Interval,
    MergedEvent,
    MergedNumber,
    MergedParty,
    MergedPlace,
    SaidNumber,
    Status,
)


def fuse(
    members: Iterable[Member], links: Iterable[EventLink], story: str | None = None
) -> MergedEvent:
    """Return the merged event of one or more events, the same whatever their order."""
    known = sorted(members, key=lambda member: member.age)
    types = count(known, lambda event: event.type)
    act = _act(known, types[0].value)
    links = tuple(sorted(links, key=lambda link: (link.report, link.event)))
    status, fields = _status(known)
    numbers = tuple(_numbers(known))
    reports = tuple(dict.fromkeys(member.report.id for member in known))
    return MergedEvent(
        id=merged_id(known[0].ref),
        type=types[0].value,
        plover_type=_first(act, lambda event: event.plover_type),
        mode=_first(act, lambda event: event.mode),
        cameo=_first(act, lambda event: event.cameo),
        status=status,
        negated=bool(_first(known, lambda event: event.negated)),
        interval=_interval(known),
        place=_place(known),
        actors=tuple(_parties(known, lambda event: event.actors)),
        recipients=tuple(_parties(known, lambda event: event.recipients)),
        numbers=numbers,
        fields=(*_fields(known, types), *fields, *_counted(known)),
        links=links,
        reports=reports,
        sources=_sources(known),
        story=story,
        first=_dated(known, min),
        last=_dated(known, max),
        confidence=_confidence(known, links),
    )


def merged_id(ref: tuple[str, str]) -> str:
    """Return the id of the merged event whose first event is ``ref``."""
    return "m" + hashlib.sha256("\x1f".join(ref).encode("utf-8", "surrogatepass")).hexdigest()[:15]


def _act(members: Sequence[Member], type: str) -> list[Member]:
    return [member for member in members if member.event.type == type]


def _first(members: Sequence[Member], value: Callable[[EventView], Any]) -> Any:
    votes = count(members, value)
    return votes[0].value if votes else None


def _sources(members: Sequence[Member]) -> tuple[str, ...]:
    firsts: dict[str, str] = {}
    for member in members:
        firsts.setdefault(member.source, member.report.id)
    return tuple(firsts.values())


def _dated(members: Sequence[Member], pick: Callable[[list[str]], str]) -> str | None:
    dates = [member.report.published for member in members if member.report.published]
    return pick(dates) if dates else None


def _confidence(members: Sequence[Member], links: Sequence[EventLink]) -> float:
    surest = max(member.event.confidence for member in members)
    return round(surest * sum(link.score for link in links) / max(1, len(links)), 3)


# ----------------------------------------------------------------- agreement


def _fields(members: Sequence[Member], types: Sequence[Vote]) -> Iterator[FieldAgreement]:
    yield agreement("type", types, len(types) == 1)
    modes = count(members, lambda event: event.mode)
    if modes:
        yield agreement("mode", modes, len(modes) == 1)
    times = count(members, lambda event: when.said(event.interval) if event.interval else None)
    if times:
        yield agreement("interval", times, not _any(members, _times_contradict))
    places = count(members, lambda event: event.place.name if event.place else None)
    if places:
        yield agreement("place", places, not _any(members, _places_contradict))
    for side in ("actors", "recipients"):
        names = count(members, lambda event, side=side: _names(getattr(event, side)))  # type: ignore[misc]
        if names:
            yield agreement(side, names, not _any(members, _sides_apart(side)))


def _any(members: Sequence[Member], apart: Callable[[EventView, EventView], bool]) -> bool:
    return any(apart(one.event, other.event) for one, other in combinations(members, 2))


def _times_apart(one: EventView, other: EventView) -> bool:
    return when.compare(one, other)[0] is when.Times.APART


def _places_apart(one: EventView, other: EventView) -> bool:
    return where.compare(one, other)[0] in (where.Places.COUNTRY, where.Places.APART)


def _times_contradict(one: EventView, other: EventView) -> bool:
    """Tell whether two reports give times that cannot both be; the day of publication does not."""
    told = {one.time_basis, other.time_basis} == {DateBasis.TEXT}
    return told and _times_apart(one, other)


def _places_contradict(one: EventView, other: EventView) -> bool:
    """Tell whether two reports give places that cannot both be; what is only taken from around does not."""
    return where.stated(one) and where.stated(other) and _places_apart(one, other)


def _sides_apart(side: str) -> Callable[[EventView, EventView], bool]:
    def apart(one: EventView, other: EventView) -> bool:
        return who.compare(getattr(one, side), getattr(other, side))[0] is who.Sides.APART

    return apart


def _names(parties: tuple[Party, ...]) -> str | None:
    return " and ".join(dict.fromkeys(party.name for party in parties)) or None


def _status(members: Sequence[Member]) -> tuple[Status, tuple[FieldAgreement, ...]]:
    """Return the status: what was ahead gives way to what a report that is not older says happened."""
    votes = count(members, lambda event: event.status)
    ahead = [vote for vote in votes if vote.value in AHEAD]
    done = [vote for vote in votes if vote.value in HAPPENED]
    kept = votes
    if ahead and done and _last(done) >= _last(ahead):
        kept = [vote for vote in votes if vote.value not in AHEAD]
    states = {vote.value for vote in kept}
    agree = len(states) == 1 or states <= HAPPENED or states <= AHEAD
    found = [agreement("status", votes, agree)]
    negated = count(members, lambda event: event.negated)
    if len(negated) > 1:
        words = [Vote("no" if vote.value else "yes", vote.members) for vote in negated]
        found.append(agreement("happened", words, False))
    return Status(kept[0].value), tuple(found)


def _last(votes: Sequence[Vote]) -> str:
    return max(member.report.published or "" for vote in votes for member in vote.members)


# -------------------------------------------------------------- time and place


def _interval(members: Sequence[Member]) -> Interval | None:
    """Return the interval that the text gives, that most reports agree with, and that is finest."""
    timed = [member for member in members if member.event.interval is not None]
    told = [member for member in timed if member.event.time_basis == "text"] or timed
    if not told:
        return None

    def rank(member: Member) -> tuple[int, int, int, int]:
        apart = {other.source for other in timed if _times_apart(member.event, other.event)}
        span = when.days(member.event.interval)
        exact = sum(other.event.interval == member.event.interval for other in told)
        length = span[1] - span[0] if span else 10**9
        return len(apart), length, -exact, told.index(member)

    return min(told, key=rank).event.interval


def _place(members: Sequence[Member]) -> MergedPlace | None:
    """Return the place that most independent reports agree with, and of those the most precise.

    Places that a report says go before those taken from what stands around the event.
    """
    told = [member for member in members if member.event.place is not None]
    placed = [member for member in told if where.stated(member.event)] or told
    if not placed:
        return None

    def rank(member: Member) -> tuple[int, int, int, int]:
        place = member.event.place
        assert place is not None
        fits = {o.source for o in placed if not _places_apart(member.event, o.event)}
        same = sum(o.event.place == place for o in placed)
        return -len(fits), -where.rank(place), -same, placed.index(member)

    return min(placed, key=rank).event.place


# -------------------------------------------------------------------- parties


def _parties(
    members: Sequence[Member], side: Callable[[EventView], tuple[Party, ...]]
) -> Iterator[MergedParty]:
    """Yield the parties of a side, one for all mentions of an entity, those named most first."""
    groups: list[list[tuple[Party, Member]]] = []
    for member in members:
        for party in side(member.event):
            group = next((g for g in groups if _one(party, (p for p, _ in g))), None)
            if group is None:
                groups.append([(party, member)])
            else:
                group.append((party, member))
    firm = [group for group in groups if any(not _loose(party) for party, _ in group)]
    for group in sorted(firm or groups, key=lambda g: -len({m.source for _, m in g})):
        yield _party(group)


def _one(party: Party, others: Iterable[Party]) -> bool:
    return any(
        who.compare((party,), (other,))[0] is who.Sides.SAME
        or (
            who.compare((party,), (other,))[0] is who.Sides.ALIKE
            and not (party.actor and other.actor)
        )
        for other in others
    )


def _loose(party: Party) -> bool:
    """Tell a common noun without a country, which any other mention says more than."""
    return party.kind == who.GENERIC and party.country is None


def _party(group: Sequence[tuple[Party, Member]]) -> MergedParty:
    votes = ranked(_by_name(group))
    best = next((p for p, _ in group if p.actor), group[0][0])
    name = best.name if best.actor else max(votes, key=lambda v: (v.sources, len(v.value))).value
    return MergedParty(
        name=name,
        country=best.country or next((p.country for p, _ in group if p.country), None),
        sector=best.sector or next((p.sector for p, _ in group if p.sector), None),
        wikidata=best.wikidata,
        actor=best.actor,
        reports=tuple(dict.fromkeys(member.report.id for _, member in group)),
    )


def _by_name(group: Sequence[tuple[Party, Member]]) -> dict[str, list[Member]]:
    found: dict[str, list[Member]] = {}
    for party, member in group:
        found.setdefault(party.name, []).append(member)
    return found


# -------------------------------------------------------------------- numbers


def _of_role(members: Sequence[Member], role: str) -> list[Vote]:
    found: dict[tuple[float | None, ...], list[Member]] = {}
    for member in members:
        for number in member.event.numbers:
            if number.role == role:
                found.setdefault((number.value, number.low, number.high), []).append(member)
    return ranked(found)


def _roles(members: Sequence[Member]) -> list[str]:
    return list(dict.fromkeys(n.role for member in members for n in member.event.numbers))


def _numbers(members: Sequence[Member]) -> Iterator[MergedNumber]:
    for role in _roles(members):
        votes = _of_role(members, role)
        lows = [low for vote in votes for low in vote.value[:2] if low is not None]
        highs = [
            high for vote in votes for high in (vote.value[0], vote.value[2]) if high is not None
        ]
        yield MergedNumber(
            role=role,
            best=_best(votes),
            low=min(lows, default=None),
            high=max(highs, default=None),
            said=tuple(
                SaidNumber(
                    value=vote.value[0], low=vote.value[1], high=vote.value[2],
                    reports=vote.reports, sources=vote.sources,
                )
                for vote in votes
            ),
        )  # fmt: skip


def _best(votes: Sequence[Vote]) -> float | None:
    """Return the value that most independent reports give, with whatever bounds."""
    found: dict[float, list[Member]] = {}
    for vote in votes:
        if vote.value[0] is not None:
            found.setdefault(vote.value[0], []).extend(vote.members)
    return ranked(found)[0].value if found else None


def _counted(members: Sequence[Member]) -> Iterator[FieldAgreement]:
    for role in _roles(members):
        votes = _of_role(members, role)
        numbers = [
            Number(role=role, value=v, low=a, high=b) for v, a, b in (x.value for x in votes)
        ]
        agree = all(compatible(one, other) for one, other in combinations(numbers, 2))
        words = [Vote(said(n), vote.members) for n, vote in zip(numbers, votes, strict=True)]
        yield agreement(role, words, agree)
