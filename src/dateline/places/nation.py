"""Which country a report is about: its places, peoples and known parties vote."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc

from dateline.actors.model import NON_STATE
from dateline.language import notes
from dateline.records import Place, Reason

VOTES = {"dateline": 2.0, "place": 1.0, "people": 0.5, "member": 1.0}
"""Votes of a place in the dateline, of one elsewhere, of a demonym or metonym, and of a party known by name."""
MOST = 0.4
"""Share of the votes that the country of a report has at least."""
FEWEST = 2.0
"""Votes that it has at least."""
SURELY = 0.6
"""Share from which a place that no gazetteer knows is taken to be in the country of its report."""


@dataclass(frozen=True, slots=True)
class Nation:
    """The country that a report is about."""

    country: str
    """ISO 3166-1 alpha-3."""
    votes: float
    share: float
    """Share of all votes, 0 to 1."""


def nation(doc: Doc, places: Sequence[Place]) -> Nation | None:
    """Return the country that a report is about, if it is about one.

    Every mention of a place, of a people and of a party known by its name votes for its country
    (``VOTES``). Weights and thresholds: chosen on 300 training reports of MUC-4 for the country of
    most of their incidents.
    """
    counts: dict[str, float] = {}
    for country, weight in _votes(doc, places):
        counts[country] = counts.get(country, 0.0) + weight
    if not counts:
        return None
    country, most = min(counts.items(), key=lambda item: (-item[1], item[0]))
    share = most / sum(counts.values())
    return Nation(country, most, share) if most >= FEWEST and share >= MOST else None


def _votes(doc: Doc, places: Sequence[Place]) -> Iterator[tuple[str, float]]:
    known = notes(doc)
    datelines = [(s.start, s.end) for s in known.segments if s.kind == "dateline"]
    for place in places:
        if place.country is None:
            continue
        clean = known.offsets.to_clean(place.span.start, place.span.end)
        ahead = clean is not None and any(a <= clean[0] < b for a, b in datelines)
        kind = "dateline" if ahead else "people" if place.associative else "place"
        yield place.country, VOTES[kind]
    taken = sorted(place.span.start for place in places)
    for person in known.participants:
        code, span = person.country, person.span
        named = person.actor is not None and person.basis != "coreference"
        if named and code is not None and code not in NON_STATE:
            at = bisect_left(taken, span.start)
            if at == len(taken) or taken[at] >= span.end:  # no place inside it has voted
                yield code, VOTES["member"]


def with_country(doc: Doc, places: Sequence[Place]) -> tuple[Place, ...]:
    """Return the places, those without point and country put into the country of a report that is surely about one."""
    if all(place.country or place.lat is not None for place in places):
        return tuple(places)
    about = nation(doc, places)
    if about is None or about.share < SURELY:
        return tuple(places)
    return tuple(_put(place, about) if _open(place) else place for place in places)


def _open(place: Place) -> bool:
    return place.country is None and place.lat is None


def _put(place: Place, about: Nation) -> Place:
    detail = f"the country of {about.share:.0%} of what the report names"
    reason = Reason(
        field="country", rule="places.country_of_report", detail=detail, spans=(place.span,)
    )
    blanks = tuple(blank for blank in place.blanks if blank.field != "country")
    return replace(place, country=about.country, why=(*place.why, reason), blanks=blanks)
