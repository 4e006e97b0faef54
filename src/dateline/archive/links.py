"""What events are looked up by: slim tables beside the wide one, filled with each report.

``facts`` has one narrow row an event, with what filters, facets, maps and time
lines ask for; ``parties`` has one row for each actor and recipient of an
event, and ``event_contexts`` one for each of its contexts; ``voices`` says who speaks in each
statement and who is bound by each commitment. A count over a hundred
thousand reports reads a few megabytes of them, where the wide table of all
columns has hundreds. Dates in ``facts`` are never null, but empty, so that a page can be continued from them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import sqlalchemy as sa

from dateline.archive.tables import event_contexts, facts, parties, voices
from dateline.records import CodedReport, Event, Participant

TABLES = (facts, parties, event_contexts, voices)


def put(connection: sa.Connection, coded: CodedReport, key: int) -> None:
    """Write the rows of a report in place of what was there."""
    remove(connection, key)
    for table, rows in (
        (facts, [_fact(coded, event, key) for event in coded.events]),
        (parties, [row for event in coded.events for row in _parties(coded, event, key)]),
        (voices, list(_voices(coded, key))),
        (event_contexts, [row for event in coded.events for row in _contexts(event, key)]),
    ):
        if rows:
            connection.execute(table.insert(), rows)


def remove(connection: sa.Connection, key: int) -> None:
    """Take the rows of a report out."""
    for table in TABLES:
        connection.execute(table.delete().where(table.c.report == key))


def _fact(coded: CodedReport, event: Event, key: int) -> dict[str, Any]:
    report, interval = coded.report, event.interval
    place = next((place for place in coded.places if place.id == event.place), None)
    return {
        "report": key,
        "id": event.id,
        "published": report.published or coded.dating.date or "",
        "publisher": report.publisher,
        "type": event.type,
        "mode": event.mode,
        "status": str(event.status),
        "quad": event.quad,
        "negated": event.negated,
        "main": event.main,
        "start": (interval and interval.start) or "",
        "end": (interval and interval.end) or "",
        "granularity": str(interval.granularity) if interval else None,
        "confidence": event.confidence,
        "country": place.country if place else None,
        "geonameid": place.geonameid if place else None,
    }


def _parties(coded: CodedReport, event: Event, key: int) -> Iterator[dict[str, Any]]:
    names: set[str] = set()
    sectors: set[str | None] = set()
    for side, ids in (("actor", event.actors), ("recipient", event.recipients)):
        for place, (who, part) in enumerate(_named(coded, ids).items()):
            sector = part.sectors[0] if part.sectors else None
            yield {
                "report": key,
                "id": event.id,
                "side": side,
                "place": place,
                "actor": part.actor,
                "name": _name(part),
                "country": part.country,
                "sector": sector,
                "who": who,
                "first": who not in names,
                "first_sector": sector not in sectors,
            }
            names.add(who)
            sectors.add(sector)


def _named(coded: CodedReport, ids: Iterable[str]) -> dict[str, Participant]:
    """Return participants by who they are, the parts of a compound each for itself."""
    by_id = {participant.id: participant for participant in coded.participants}
    whole = [by_id[id] for id in ids if id in by_id]
    parts = [by_id[m] for one in whole for m in (one.members or (one.id,)) if m in by_id]
    return {_who(part): part for part in parts}


def _voices(coded: CodedReport, key: int) -> Iterator[dict[str, Any]]:
    said = [("statements", s.id, (s.speaker,) if s.speaker else ()) for s in coded.statements]
    bound = [("commitments", c.id, c.holders) for c in coded.commitments]
    for layer, id, ids in [*said, *bound]:
        for place, (who, part) in enumerate(_named(coded, ids).items()):
            yield {
                "report": key,
                "id": id,
                "place": place,
                "layer": layer,
                "who": who,
                "name": _name(part),
                "country": part.country,
            }


def _who(part: Participant) -> str:
    return part.actor or _name(part)


def _name(part: Participant) -> str:
    return (part.name or part.span.text).replace("\0", "\ufffd")


def _contexts(event: Event, key: int) -> Iterator[dict[str, Any]]:
    for context in dict.fromkeys(event.contexts):
        yield {"report": key, "id": event.id, "context": context}
