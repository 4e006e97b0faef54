"""What merging looks at in a coded report: small, without spans, quick to keep and to read.

A view is a function of the coded report alone, so that two reports compare the
same whatever else is in the archive.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from dateline.merging.terms import Terms, terms
from dateline.records import CodedReport, Event, Interval, MergedPlace, Participant, Span

if TYPE_CHECKING:
    from pydantic import TypeAdapter

ENDINGS = ("ations", "ation", "ings", "ing", "ments", "ment", "ions", "ion", "ers", "er", "ed", "es", "s", "e")  # fmt: skip
"""Taken off a word to get its stem, one only, the longest first."""
SHORTEST_STEM = 3
SENTENCE_TERMS = 25
TITLE = 120
"""Characters of the first line that stand for a title."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """An actor or recipient of an event, compounds taken apart."""

    name: str
    kind: str | None = None
    actor: str | None = None
    country: str | None = None
    sector: str | None = None
    wikidata: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A quantity of an event."""

    role: str
    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EventView:
    """What merging looks at in an event."""

    id: str
    type: str
    plover_type: str | None
    mode: str | None
    cameo: str | None
    status: str
    negated: bool
    historical: bool
    main: bool
    said: bool
    """A speaker says so, and not the report's author."""
    interval: Interval | None
    time_basis: str
    place: MergedPlace | None
    place_above: tuple[str, ...]
    """Names from the place up to its country."""
    place_basis: str
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    numbers: tuple[Number, ...]
    entry: str
    """Id of the lexicon entry that gave the type."""
    stems: tuple[str, ...]
    """Stems of the trigger's words, over all mentions."""
    themes: Terms
    sentence: Terms
    at: int
    """Number of its sentence."""
    nth: int
    """How many events before it stand in its sentence with the same words of the act."""
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportView:
    """What merging looks at in a report."""

    id: str
    title: str | None
    published: str | None
    """Given, or found by the coder; to the precision known."""
    terms: Terms
    sketch: str
    """MinHash of the text, see ``duplicates``; for a short text its words' digest."""
    events: tuple[EventView, ...]

    def to_json(self) -> bytes:
        """Return it as JSON."""
        return _adapter().dump_json(self)

    @classmethod
    def from_json(cls, data: bytes) -> ReportView:
        """Return the view in ``data``."""
        return _adapter().validate_json(data)


@cache
def _adapter() -> TypeAdapter[ReportView]:
    from pydantic import TypeAdapter  # not needed to compare

    return TypeAdapter(ReportView)


def view(coded: CodedReport) -> ReportView:
    """Return the view of a coded report."""
    report = coded.report
    dated = report.published or coded.dating.date
    found, sketched = _of_text(report.text, report.title)
    return ReportView(
        id=report.id,
        title=report.title or _first_line(report.text),
        published=dated,
        terms=found,
        sketch=sketched,
        events=tuple(_events(coded)),
    )


@lru_cache(maxsize=4_096)
def _of_text(text: str, title: str | None) -> tuple[Terms, str]:
    """Return terms and sketch of a text; many papers print the same one."""
    from dateline.merging.duplicates import sketch

    return terms(text, title), sketch(text)


def stem(word: str) -> str:
    """Return a word without its commonest endings: ``attacks``, ``attacked`` → ``attack``."""
    word = word.lower()
    ending = next(
        (e for e in ENDINGS if word.endswith(e) and len(word) - len(e) >= SHORTEST_STEM), ""
    )
    return word.removesuffix(ending)


def _first_line(text: str) -> str | None:
    line = text.strip().partition("\n")[0].strip()
    return line[:TITLE] or None


def _events(coded: CodedReport) -> Iterator[EventView]:
    before: Counter[tuple[int, str, tuple[str, ...]]] = Counter()
    for event in coded.events:
        made = _event(event, coded)
        key = (made.at, made.type, made.stems)
        yield replace(made, nth=before[key])
        before[key] += 1


def _event(event: Event, coded: CodedReport) -> EventView:
    return EventView(
        id=event.id,
        type=event.type,
        plover_type=event.plover_type,
        mode=event.mode,
        cameo=event.cameo,
        status=str(event.status),
        negated=event.negated,
        historical=event.historical,
        main=event.main,
        said=event.claim is not None,
        interval=event.interval,
        time_basis=str(event.time_basis),
        place=_place(event, coded),
        place_above=next((p.hierarchy for p in coded.places if p.id == event.place), ()),
        place_basis=event.place_basis,
        actors=tuple(_parties(event.actors, coded)),
        recipients=tuple(_parties(event.recipients, coded)),
        numbers=tuple(_numbers(event, coded)),
        entry=next((r.rule for r in event.why if r.field == "type"), ""),
        stems=_stems(event.mentions or (event.trigger,)),
        themes=_terms(span.text for span in (*event.themes, *event.instruments)),
        sentence=_terms([event.sentence.text]),
        at=sum(1 for s in coded.sentences if s.end <= event.sentence.start),
        nth=0,
        confidence=event.confidence,
    )


def _stems(spans: Iterable[Span]) -> tuple[str, ...]:
    found = {stem(word) for span in spans for word in span.text.split() if word.isalpha()}
    return tuple(sorted(found))


def _terms(texts: Iterable[str]) -> Terms:
    return _terms_of(" ".join(texts))


@lru_cache(maxsize=16_384)
def _terms_of(text: str) -> Terms:
    found = terms(text)
    heaviest = sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))[:SENTENCE_TERMS]
    return {word: round(weight, 5) for word, weight in sorted(heaviest)}


def _place(event: Event, coded: CodedReport) -> MergedPlace | None:
    place = next((place for place in coded.places if place.id == event.place), None)
    if place is None:
        return None
    return MergedPlace(
        name=place.name,
        country=place.country,
        admin1=place.admin1,
        lat=place.lat,
        lon=place.lon,
        geonameid=place.geonameid,
        precision=place.precision,
    )


def _parties(ids: tuple[str, ...], coded: CodedReport) -> Iterator[Party]:
    by_id = {participant.id: participant for participant in coded.participants}
    wikidata = {actor.id: actor.wikidata for actor in coded.actors}
    for id in ids:
        for member in (by_id[id].members or (id,)) if id in by_id else ():
            if member in by_id:
                yield _party(by_id[member], wikidata)


def _party(one: Participant, wikidata: dict[str, str | None]) -> Party:
    return Party(
        name=one.name or one.head.text,
        kind=str(one.kind) if one.kind else None,
        actor=one.actor,
        country=one.country,
        sector=one.sectors[0] if one.sectors else None,
        wikidata=wikidata.get(one.actor or ""),
    )


def _numbers(event: Event, coded: CodedReport) -> Iterator[Number]:
    """Yield one number a role: of several in one report the greatest, since a part is smaller."""
    known = {quantity.id: quantity for quantity in coded.quantities}
    found: dict[str, list[Number]] = {}
    for size in event.sizes:
        if (one := known.get(size.quantity)) is not None:
            number = Number(role=size.role, value=one.value, low=one.low, high=one.high)
            found.setdefault(size.role, []).append(number)
    for numbers in found.values():
        yield max(numbers, key=lambda n: n.value if n.value is not None else n.low or n.high or 0.0)
