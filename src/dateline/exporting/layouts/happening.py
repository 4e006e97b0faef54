"""What the layouts write a row for: an event of a report, or a merged event of an archive."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property

from dateline.archive import Archive
from dateline.archive.merged import EVERYTHING, MergedQuery
from dateline.records import (
    Actor,
    CodedReport,
    Event,
    EventLink,
    Interval,
    MergedEvent,
    Participant,
    Place,
    Statement,
    Status,
)

HAPPENED = frozenset((Status.OCCURRED, Status.ONGOING))
KEPT = 500
"""Coded reports held in memory while merged events are written."""
BATCH = 1000
"""Merged events read at a time."""


@dataclass(frozen=True, slots=True)
class Mention:
    """An event of a report that tells a happening."""

    coded: CodedReport
    event: Event
    score: float = 1.0
    """How sure it is that it belongs to the happening, 0 to 1."""


@dataclass(frozen=True)
class Happening:
    """A row's worth: the event that stands for it, its report, and all mentions of it."""

    id: str
    """``report/event``, or the id of the merged event."""
    coded: CodedReport
    event: Event
    mentions: tuple[Mention, ...]
    reports: int = 1
    sources: int = 1
    """Independent reports: copies count once."""
    merged: MergedEvent | None = None
    pair: tuple[Participant | None, Participant | None] | None = None
    """Who acts and who is acted upon, where a layout has a row for each pair."""

    @property
    def source(self) -> Participant | None:
        """The one who acts: of several the first, or the one of the pair at hand."""
        return self.pair[0] if self.pair else next(iter(self.actors), None)

    @property
    def target(self) -> Participant | None:
        """The one who is acted upon."""
        return self.pair[1] if self.pair else next(iter(self.others), None)

    @property
    def key(self) -> str:
        """The id, with the number of the pair."""
        if self.pair is None:
            return self.id
        return "/".join([self.id, *(p.id if p is not None else "-" for p in self.pair)])

    @property
    def interval(self) -> Interval | None:
        """When it happened."""
        return self.merged.interval if self.merged is not None else self.event.interval

    @cached_property
    def days(self) -> tuple[date, date] | None:
        """First and last day; ``None`` where either is open."""
        span = self.interval
        if span is None or not span.start or not span.end:
            return None
        try:
            first = date.fromisoformat(span.start[:10])
            last = date.fromisoformat(span.end[:10])
        except ValueError:
            return None
        whole = len(span.end) == 10 or span.end[10:].strip("T0:Z") == ""
        return first, max(first, last - timedelta(days=1) if whole else last)

    @property
    def status(self) -> Status:
        """What most independent reports say of it."""
        return self.merged.status if self.merged is not None else self.event.status

    @property
    def negated(self) -> bool:
        """Whether it is told not to have happened."""
        return self.merged.negated if self.merged is not None else self.event.negated

    @property
    def happened(self) -> bool:
        """Whether it is told as a fact: it occurred or goes on, and nobody's "not" goes with it."""
        return self.status in HAPPENED and not self.negated

    @property
    def confidence(self) -> float:
        """0 to 1."""
        return self.merged.confidence if self.merged is not None else self.event.confidence

    @cached_property
    def actors(self) -> tuple[Participant, ...]:
        """Who acts, groups told apart into their members."""
        return members(self.coded, self.event.actors)

    @cached_property
    def recipients(self) -> tuple[Participant, ...]:
        """Who is acted upon; nobody in what several do together."""
        return members(self.coded, self.event.recipients)

    @property
    def others(self) -> tuple[Participant, ...]:
        """Who is acted upon; in what several do together all but the first."""
        return self.recipients or (self.actors[1:] if self.event.reciprocal else ())

    @cached_property
    def place(self) -> Place | None:
        """Where it happened."""
        return next((p for p in self.coded.places if p.id == self.event.place), None)

    def known(self, participant: Participant | None) -> Actor | None:
        """Return the registry's entry for a participant."""
        if participant is None or participant.actor is None:
            return None
        return next((a for a in self.coded.actors if a.id == participant.actor), None)

    @property
    def claim(self) -> Statement | None:
        """The statement that tells it, where it is not the report's own."""
        return next((s for s in self.coded.statements if s.id == self.event.claim), None)

    @property
    def speaker(self) -> str | None:
        """Who is quoted with it."""
        claim = self.claim
        if claim is None or claim.speaker is None:
            return None
        found = (p.name for p in self.coded.participants if p.id == claim.speaker)
        return next(found, None)

    @property
    def sentence(self) -> str:
        """Its words, on one line."""
        return " ".join(self.event.sentence.text.split())

    def sentence_number(self) -> int:
        """Return the number of its sentence in the report, from 1."""
        start = self.event.sentence.start
        return 1 + sum(span.start < start for span in self.coded.sentences)

    def size(self, role: str) -> tuple[float | None, float | None, float | None]:
        """Return best, low and high of a number of it: ``dead``, ``injured`` and so on."""
        if self.merged is not None:
            for number in self.merged.numbers:
                if number.role == role:
                    return number.best, number.low, number.high
            return None, None, None
        by_id = {quantity.id: quantity for quantity in self.coded.quantities}
        for one in self.event.sizes:
            if one.role == role and one.quantity in by_id:
                found = by_id[one.quantity]
                return found.value, found.low, found.high
        return None, None, None


def members(coded: CodedReport, ids: Iterable[str]) -> tuple[Participant, ...]:
    """Return participants by id, a group as its members."""
    by_id = {p.id: p for p in coded.participants}
    inner = (m for i in ids if i in by_id for m in (by_id[i].members or (i,)))
    return tuple(by_id[m] for m in dict.fromkeys(inner) if m in by_id)


def pairs(one: Happening) -> Iterator[Happening]:
    """Yield a happening for each pair of who acts and who is acted upon."""
    together = one.event.reciprocal and not one.recipients
    for actor in one.actors[:1] if together else one.actors or (None,):
        others = tuple(p for p in one.others if p is not actor)
        for other in others or (None,):
            yield replace(one, pair=(actor, other))


def both_ways(one: Happening) -> Iterator[Happening]:
    """Yield pairs, a reciprocal act in both directions."""
    if not one.event.reciprocal or len(one.actors) < 2:
        yield from pairs(one)
        return
    for actor in one.actors:
        for other in one.actors:
            if other is not actor:
                yield replace(one, pair=(actor, other))


def of_reports(coded: Iterable[CodedReport]) -> Iterator[Happening]:
    """Yield each event of coded reports, in their order."""
    for one in coded:
        for event in one.events:
            yield Happening(f"{one.report.id}/{event.id}", one, event, (Mention(one, event),))


def of_archive(archive: Archive, query: MergedQuery = EVERYTHING) -> Iterator[Happening]:
    """Yield the merged events of an archive, by their start; the surest mention stands for each.

    Where the archive has not been merged there are none: see ``Archive.merge``.
    """
    read = _reader(archive)
    offset = 0
    while page := archive.merged(query, limit=BATCH, offset=offset):
        offset += len(page)
        for one in page:
            found = _happening(one, read)
            if found is not None:
                yield found


def _happening(merged: MergedEvent, read: Callable[[str], CodedReport]) -> Happening | None:
    mentions = [m for link in merged.links if (m := _mention(link, read)) is not None]
    fitting = [
        m
        for m in mentions
        if m.event.type == merged.type
        and (m.event.status, m.event.negated) == (merged.status, merged.negated)
    ] or mentions
    if not fitting:
        return None
    best = max(fitting, key=lambda m: (_filled(m.event), m.event.confidence, m.coded.report.id))
    return Happening(
        merged.id, best.coded, best.event, tuple(mentions),
        len(merged.reports), len(merged.sources), merged,
    )  # fmt: skip


def _filled(event: Event) -> int:
    """Return how many of the fields that layouts want are there."""
    return sum(map(bool, (event.actors, event.recipients, event.place, event.interval)))


def _mention(link: EventLink, read: Callable[[str], CodedReport]) -> Mention | None:
    coded = read(link.report)
    event = next((e for e in coded.events if e.id == link.event), None)
    return Mention(coded, event, link.score) if event is not None else None


def _reader(archive: Archive) -> Callable[[str], CodedReport]:
    kept: OrderedDict[str, CodedReport] = OrderedDict()

    def read(id: str) -> CodedReport:
        if id not in kept:
            kept[id] = archive.get(id)
            if len(kept) > KEPT:
                kept.popitem(last=False)
        kept.move_to_end(id)
        return kept[id]

    return read
