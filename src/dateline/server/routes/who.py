"""Actors and places, and two reports beside each other."""

from __future__ import annotations

from typing import Annotated, Any

import sqlalchemy as sa
from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from dateline.archive.queries import geography, overview, people, pool
from dateline.archive.queries.filter import LARGEST, Country, Optional, Several, Text, many
from dateline.server.answers import CsvAnswer, TheDesk, csv_answer, kept, listed, problems, read
from dateline.server.desk import Desk
from dateline.server.problems import ProblemError
from dateline.server.sessions import READERS

router = APIRouter(dependencies=READERS, responses=problems(400, 401, 404, 422))
LAG = 60.0
"""Seconds for which the lists of actors and places may lag behind a writer."""
SORTS = ("id", "name", "country", "kind", *people.COUNTED)
PLACE_SORTS = ("geonameid", "name", "country", "admin1", "precision", "mentions", "events")


class Named(BaseModel):
    """Which actors or places, and which page of them."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    q: Annotated[Text | None, Optional] = Field(None, description="Part of the name.")
    country: Annotated[list[Country], Several] = many("ISO 3166-1 alpha-3, or a PLOVER code.")
    sort: Annotated[Text | None, Optional] = Field(
        None, description="Field to sort by, `-` first for descending; `-events` if left out."
    )
    limit: int = Field(50, ge=1, le=500, description="Items on a page.")
    cursor: Annotated[
        Annotated[str, Field(max_length=2000, pattern=r"^[A-Za-z0-9_-]*$")] | None, Optional
    ] = Field(None, description="`next` of the page before.")

    def chosen(self, items: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Return the items that fit."""
        part = (self.q or "").casefold()
        return [
            item
            for item in items
            if part in (item["name"] or "").casefold()
            and (not self.country or item["country"] in self.country)
        ]


class ActorFilter(Named):
    """Which actors."""

    kind: Annotated[list[Text], Several] = many("country, organisation, group, person or office.")
    sector: Annotated[list[Text], Several] = many("PLOVER sector.")

    def chosen(self, items: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Return the items that fit."""
        return [
            item
            for item in super().chosen(items)
            if (not self.kind or item["kind"] in self.kind)
            and (not self.sector or set(self.sector) & set((item["sectors"] or "").split("; ")))
        ]


Actors = Annotated[ActorFilter, Query()]
Places = Annotated[Named, Query()]


def _everyone(desk: Desk, connection: sa.Connection) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = desk.counted("actors", connection, people.everyone, LAG)
    return found


def _everywhere(desk: Desk, connection: sa.Connection) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = desk.counted("places", connection, geography.everywhere, LAG)
    return found


def _actor_page(desk: Desk, connection: sa.Connection, wanted: ActorFilter, whole: bool) -> Any:
    items = wanted.chosen(_everyone(desk, connection))
    limit, cursor = (None, None) if whole else (wanted.limit, wanted.cursor)
    sort = wanted.sort or "-events"
    return pool.pooled(items, SORTS, sort=sort, key="id", limit=limit, cursor=cursor)


def _place_page(desk: Desk, connection: sa.Connection, wanted: Named, whole: bool) -> Any:
    items = wanted.chosen(_everywhere(desk, connection))
    limit, cursor = (None, None) if whole else (wanted.limit, wanted.cursor)
    sort = wanted.sort or "-events"
    return pool.pooled(items, PLACE_SORTS, sort=sort, key="geonameid", limit=limit, cursor=cursor)


@router.get("/actors.json", tags=["actors"])
def list_actors(request: Request, desk: TheDesk, wanted: Actors) -> Response:
    """List the actors of the registry that the archive names, those with most events first."""
    return read(request, desk, lambda c: listed(_actor_page(desk, c, wanted, False)))


@router.get("/actors.csv", response_class=CsvAnswer, tags=["actors"])
def actors_csv(desk: TheDesk, wanted: Actors) -> Response:
    """Send every actor that fits as CSV, whatever `limit` and `cursor` say."""
    with desk.reading() as connection:
        items = _actor_page(desk, connection, wanted, True).items
    return csv_answer("actors", [*people.FIELDS, *people.COUNTED], items)


@router.get("/actors/{id:path}.json", tags=["actors"])
def one_actor(request: Request, desk: TheDesk, id: str) -> Response:
    """Return what the archive holds of an actor, by registry id or by a name."""

    def make(connection: sa.Connection) -> dict[str, Any]:
        found = people.dossier(connection, id, overview.newest_day(connection))
        if found is None:
            raise ProblemError(404, f"the archive names no actor {id!r}")
        return found

    return kept(request, desk, make)


@router.get("/places.json", tags=["places"])
def list_places(request: Request, desk: TheDesk, wanted: Places) -> Response:
    """List the places that the archive names, those with most events first."""
    return read(request, desk, lambda c: listed(_place_page(desk, c, wanted, False)))


@router.get("/places.csv", response_class=CsvAnswer, tags=["places"])
def places_csv(desk: TheDesk, wanted: Places) -> Response:
    """Send every place that fits as CSV, whatever `limit` and `cursor` say."""
    with desk.reading() as connection:
        items = _place_page(desk, connection, wanted, True).items
    return csv_answer("places", geography.FIELDS, items)


@router.get("/places/{geonameid}.json", tags=["places"])
def one_place(request: Request, desk: TheDesk, geonameid: int) -> Response:
    """Return what happened at a place."""

    def make(connection: sa.Connection) -> dict[str, Any]:
        found = geography.gazette(connection, geonameid) if 0 < geonameid <= LARGEST else None
        if found is None:
            raise ProblemError(404, f"the archive names no place {geonameid}")
        return found

    return read(request, desk, make)
