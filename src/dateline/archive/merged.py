"""Merged events and stories out of the archive, by a query."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from dateline.archive.merging_tables import (
    merged_events,
    merged_parties,
    reports_events,
    stories,
    stories_reports,
)
from dateline.errors import InputError
from dateline.records import MergedEvent, Story


@dataclass(frozen=True, slots=True, kw_only=True)
class MergedQuery:
    """Which merged events to let through: all that is given must hold, one of each list."""

    type: Collection[str] = ()
    """PLOVER types of the act, or of PLOVER's own reading."""
    mode: Collection[str] = ()
    status: Collection[str] = ()
    country: Collection[str] = ()
    """Countries of the place, ISO 3166-1 alpha-3."""
    place: Collection[int] = ()
    """GeoNames ids."""
    actor: Collection[str] = ()
    """Names, or ids of the registry, of actors or recipients; case does not matter."""
    actor_country: Collection[str] = ()
    recipient_country: Collection[str] = ()
    sector: Collection[str] = ()
    """Sectors of actors or recipients."""
    since: str | None = None
    """First day, month or year on which the event may begin: ``2023``, ``2023-05``, ``2023-05-02``."""
    until: str | None = None
    """First day, month or year that is too late."""
    negated: bool | None = None
    contested: bool | None = None
    """Only those on which reports contradict each other, or only those on which none do."""
    min_confidence: float | None = None
    min_sources: int | None = None
    """Fewest independent reports."""
    report: str | None = None
    """Id of a report that tells it."""
    story: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryQuery:
    """Which stories to let through: all that is given must hold."""

    since: str | None = None
    """The last report is not older."""
    until: str | None = None
    """The first report is older."""
    min_reports: int | None = None
    min_sources: int | None = None
    """Fewest independent reports."""
    report: str | None = None
    """Id of a report in it."""


EVERYTHING = MergedQuery()
ALL_STORIES = StoryQuery()


def find(
    connection: sa.Connection,
    query: MergedQuery,
    *,
    sort: str = "interval_start",
    limit: int | None = None,
    offset: int = 0,
) -> list[MergedEvent]:
    """Return the merged events that ``query`` lets through."""
    column, *order = _order(sort)
    wanted = list(_conditions(query))
    if limit is None or query.report is not None or query.story is not None:
        # All of them, or a few at most: sorted with their records.
        every = sa.select(merged_events.c.packed).where(*wanted).order_by(column, *order)
        rows = connection.execute(every.limit(limit).offset(offset)).scalars()
        return [MergedEvent.from_json(packed) for packed in rows]
    # Those with a value first, by the index of the column, and then those without one.
    ids: list[str] = []
    for missing in (False, True):
        if len(ids) == limit:
            break
        part = sa.select(merged_events.c.id).where(*wanted, column if missing else ~column)
        skipped = offset
        if missing and offset:
            skipped = max(0, offset - _number(connection, [*wanted, ~column]))
        page = part.order_by(*order).limit(limit - len(ids)).offset(skipped)
        ids += connection.execute(page).scalars()
    rows_of = sa.select(merged_events.c.id, merged_events.c.packed)
    found = connection.execute(rows_of.where(merged_events.c.id.in_(ids)))
    packed_of = {row.id: row.packed for row in found}
    return [MergedEvent.from_json(packed_of[id]) for id in ids]


def count(connection: sa.Connection, query: MergedQuery) -> int:
    """Return how many merged events ``query`` lets through."""
    return _number(connection, _conditions(query))


def _number(connection: sa.Connection, conditions: Iterable[sa.ColumnElement[bool]]) -> int:
    found = sa.select(sa.func.count()).select_from(merged_events).where(*conditions)
    return connection.scalar(found) or 0


def get(connection: sa.Connection, id: str) -> MergedEvent:
    """Return a merged event by its id."""
    packed = connection.scalar(sa.select(merged_events.c.packed).where(merged_events.c.id == id))
    if packed is None:
        raise InputError(f"there is no merged event {id!r}; `dateline merge` makes them")
    return MergedEvent.from_json(packed)


def of_event(connection: sa.Connection, report: str, event: str) -> str | None:
    """Return the id of the merged event of an event."""
    table = reports_events.c
    found: str | None = connection.scalar(
        sa.select(table.merged).where(table.report == report, table.event == event)
    )
    return found


def find_stories(
    connection: sa.Connection, query: StoryQuery, *, limit: int | None = None, offset: int = 0
) -> list[Story]:
    """Return the stories that ``query`` lets through, the newest first."""
    order = (stories.c.last.is_(None), stories.c.last.desc(), stories.c.id)
    found = sa.select(stories.c.packed).where(*_of_stories(query)).order_by(*order)
    rows = connection.execute(found.limit(limit).offset(offset))
    return [Story.from_json(packed) for (packed,) in rows]


def count_stories(connection: sa.Connection, query: StoryQuery) -> int:
    """Return how many stories ``query`` lets through."""
    found = sa.select(sa.func.count()).select_from(stories).where(*_of_stories(query))
    return connection.scalar(found) or 0


def get_story(connection: sa.Connection, id: str) -> Story:
    """Return a story by its id."""
    packed = connection.scalar(sa.select(stories.c.packed).where(stories.c.id == id))
    if packed is None:
        raise InputError(f"there is no story {id!r}; `dateline merge` makes them")
    return Story.from_json(packed)


def story_of(connection: sa.Connection, report: str) -> str | None:
    """Return the id of the story of a report."""
    table = stories_reports.c
    found: str | None = connection.scalar(sa.select(table.story).where(table.report == report))
    return found


def _order(sort: str) -> list[sa.ColumnElement[Any]]:
    name = sort.removeprefix("-")
    if name not in merged_events.c or name == "packed":
        raise InputError(f"merged events cannot be sorted by {name!r}")
    column = merged_events.c[name]
    return [
        column.is_(None),
        column.desc() if sort.startswith("-") else column.asc(),
        merged_events.c.id,
    ]


def _conditions(query: MergedQuery) -> Iterator[sa.ColumnElement[bool]]:
    table = merged_events.c
    if query.type:
        yield table.type.in_(query.type) | table.plover_type.in_(query.type)
    for column, values in (
        (table.mode, query.mode),
        (table.status, query.status),
        (table.place_country, query.country),
        (table.geonameid, query.place),
    ):
        if values:
            yield column.in_(values)
    if query.since is not None:
        yield table.interval_start >= query.since
    if query.until is not None:
        yield table.interval_start < query.until
    if query.negated is not None:
        yield table.negated == query.negated
    if query.contested is not None:
        yield table.contested.is_not(None) if query.contested else table.contested.is_(None)
    if query.min_confidence is not None:
        yield table.confidence >= query.min_confidence
    if query.min_sources is not None:
        yield table.sources >= query.min_sources
    if query.story is not None:
        yield table.story == query.story
    if query.report is not None:
        rows = sa.select(reports_events.c.merged).where(reports_events.c.report == query.report)
        yield table.id.in_(rows)
    yield from _parties(query)


def _parties(query: MergedQuery) -> Iterator[sa.ColumnElement[bool]]:
    party = merged_parties.c
    if query.actor:
        names = [name.lower() for name in query.actor]
        yield _has_party(party.actor.in_(query.actor) | sa.func.lower(party.name).in_(names))
    if query.actor_country:
        yield _has_party(party.side == "actor", party.country.in_(query.actor_country))
    if query.recipient_country:
        yield _has_party(party.side == "recipient", party.country.in_(query.recipient_country))
    if query.sector:
        yield _has_party(party.sector.in_(query.sector))


def _has_party(*conditions: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    return merged_events.c.id.in_(sa.select(merged_parties.c.merged).where(*conditions))


def _of_stories(query: StoryQuery) -> Iterator[sa.ColumnElement[bool]]:
    table = stories.c
    if query.since is not None:
        yield table.last >= query.since
    if query.until is not None:
        yield table.first < query.until
    if query.min_reports is not None:
        yield table.reports >= query.min_reports
    if query.min_sources is not None:
        yield table.sources >= query.min_sources
    if query.report is not None:
        rows = sa.select(stories_reports.c.story).where(stories_reports.c.report == query.report)
        yield table.id.in_(rows)
