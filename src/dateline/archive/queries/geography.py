"""Places of an archive, and what happened at one."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from dateline.archive.queries import events
from dateline.archive.queries.filter import ListFilter
from dateline.archive.queries.overview import activity_of
from dateline.archive.quick import quick
from dateline.archive.tables import facts, layers

PLACES = layers["places"]
FIELDS = (
    "geonameid", "name", "country", "admin1", "lat", "lon", "precision", "mentions", "events",
)  # fmt: skip
SHOWN, NAMES = 20, 30


def everywhere(connection: sa.Connection) -> list[dict[str, Any]]:
    """Return every place with a GeoNames id that the archive names, with its mentions and events."""
    mentions = (
        quick(connection)
        .execute(
            sa.select(PLACES.c.geonameid, sa.func.count())
            .where(PLACES.c.geonameid.is_not(None))
            .group_by(PLACES.c.geonameid)
        )
        .all()
    )
    events_at = quick(connection).execute(
        sa.select(facts.c.geonameid, sa.func.count())
        .where(facts.c.geonameid.is_not(None))
        .group_by(facts.c.geonameid)
    )
    happened: dict[int, int] = {row[0]: row[1] for row in events_at}
    named = events.place_names(connection, [id for id, _ in mentions])
    return [
        named[id] | {"mentions": number, "events": happened.get(id, 0)}
        for id, number in mentions
        if id in named
    ]


def gazette(connection: sa.Connection, id: int) -> dict[str, Any] | None:
    """Return what the archive holds of a place; ``None``: nothing."""
    place = events.place_names(connection, [id]).get(id)
    if place is None:
        return None
    page = events.events(connection, ListFilter(place=[id], limit=SHOWN))
    number = sa.func.count().label("count")
    types = quick(connection).execute(
        sa.select(facts.c.type, number)
        .where(facts.c.geonameid == id)
        .group_by(facts.c.type)
        .order_by(number.desc(), facts.c.type)
    )
    return {
        "place": place | {"count": page.total},
        "names": _names(connection, id),
        "types": [{"value": type, "count": n} for type, n in types],
        "events": page.items,
        "activity": activity_of(connection, facts.c.geonameid == id),
    }


def _names(connection: sa.Connection, id: int) -> list[dict[str, Any]]:
    words = (
        sa.select(PLACES.c.span.label("name"))
        .where(PLACES.c.geonameid == id)
        .order_by(PLACES.c.report.desc())
        .limit(5000)
        .subquery()
    )
    number = sa.func.count().label("count")
    rows = connection.execute(
        sa.select(words.c.name, number)
        .group_by(words.c.name)
        .order_by(number.desc(), words.c.name)
        .limit(NAMES)
    )
    return [{"name": name, "count": n} for name, n in rows]
