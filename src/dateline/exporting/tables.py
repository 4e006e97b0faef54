"""Tables of each layer, a record a row, with the report it comes from in front.

The event table also carries what its ids refer to (names, codes and offices of
actors and recipients, coordinates, casualty bounds), so that it can be
analysed without a join.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import pyarrow as pa

from dateline.exporting.flatten import SEPARATOR, flat, schema
from dateline.records import (
    Actor,
    CodedReport,
    Commitment,
    Event,
    Gist,
    Participant,
    Place,
    Quantity,
    Statement,
    TimeExpression,
)

LAYERS: Mapping[str, type] = {
    "events": Event,
    "statements": Statement,
    "commitments": Commitment,
    "participants": Participant,
    "actors": Actor,
    "places": Place,
    "times": TimeExpression,
    "quantities": Quantity,
    "gists": Gist,
}
"""Name of a layer, as in ``CodedReport`` (``gists``: its one ``gist``), and the record in it."""

REPORT = {
    "report_id": pa.string(),
    "published": pa.string(),
    "published_basis": pa.string(),
    "publisher": pa.string(),
    "url": pa.string(),
    "dateline_version": pa.string(),
}
SIZE_ROLES = ("dead", "injured", "arrested", "abducted", "displaced", "participants")
PARTY = ("name", "country", "sector", "sectors", "title", "text", "wikidata")


def columns(layer: str) -> Mapping[str, pa.DataType]:
    """Return the columns of a layer's table, in order, with their Arrow types.

    Raises:
        ValueError: there is no such layer.
    """
    if layer not in LAYERS:
        raise ValueError(f"there is no layer {layer!r}; the layers are {', '.join(LAYERS)}")
    found = {**REPORT, **schema(LAYERS[layer])}
    if layer == "events":
        found |= _event_columns()
    elif layer in ("statements", "commitments"):
        found["who"] = pa.string()
    elif layer == "gists":
        found |= _gist_columns()
    return found


def records_of(coded: CodedReport, layer: str) -> tuple[Any, ...]:
    """Return the records of a layer of a report."""
    if layer == "gists":
        return () if coded.gist is None else (coded.gist,)
    found: tuple[Any, ...] = getattr(coded, layer)
    return found


def _event_columns() -> dict[str, pa.DataType]:
    text, number = pa.string(), pa.float64()
    found = {f"{side}_{part}": text for side in ("actor", "recipient") for part in PARTY}
    found |= {"place_name": text, "place_country": text, "place_admin1": text}
    found |= {"place_precision": text, "lat": number, "lon": number, "geonameid": pa.int64()}
    return found | {
        f"{role}_{part}": number for role in SIZE_ROLES for part in ("best", "low", "high")
    }


def _gist_columns() -> dict[str, pa.DataType]:
    text, number = pa.string(), pa.float64()
    found = {"who_name": text, "who_country": text, "place_name": text, "place_country": text}
    return found | {"lat": number, "lon": number, "geonameid": pa.int64(), "event_type": text}


def rows(coded: CodedReport, layer: str) -> Iterator[dict[str, Any]]:
    """Yield the rows of a layer of one report.

    Raises:
        ValueError: there is no such layer.
    """
    names = columns(layer)
    head = _report_cells(coded)
    extra = _EXTRA.get(layer)
    for record in records_of(coded, layer):
        row = head | flat(record) | (extra(record, coded) if extra else {})
        yield {name: row.get(name) for name in names}


def table(coded: CodedReport | Iterable[CodedReport], layer: str = "events") -> pa.Table:
    """Return a layer of one or many reports as an Arrow table.

    Raises:
        ValueError: there is no such layer.
    """
    reports = [coded] if isinstance(coded, CodedReport) else coded
    made = pa.schema(list(columns(layer).items()))
    return pa.Table.from_pylist([row for one in reports for row in rows(one, layer)], schema=made)


def frame(
    coded: CodedReport | Iterable[CodedReport], layer: str = "events", *, backend: str = "pandas"
) -> Any:
    """Return a layer as a data frame of ``backend``: ``pandas``, ``polars``, ``pyarrow``, ….

    Raises:
        ValueError: there is no such layer.
        ModuleNotFoundError: the backend is not installed.
    """
    chosen: Any = backend
    import narwhals as nw  # only data frames pay for it

    return nw.from_arrow(table(coded, layer), backend=chosen).to_native()


def _report_cells(coded: CodedReport) -> dict[str, Any]:
    report, dating = coded.report, coded.dating
    published = report.published or dating.date
    return {
        "report_id": report.id,
        "published": published,
        "published_basis": str(report.published_basis if report.published else dating.basis),
        "publisher": report.publisher,
        "url": report.url,
        "dateline_version": coded.versions.dateline,
    }


def _of_event(event: Event, coded: CodedReport) -> dict[str, Any]:
    return (
        _party("actor", event.actors, coded)
        | _party("recipient", event.recipients, coded)
        | _where(event, coded)
        | _sizes(event, coded)
    )


def _party(side: str, ids: tuple[str, ...], coded: CodedReport) -> dict[str, Any]:
    by_id = {participant.id: participant for participant in coded.participants}
    actors = {actor.id: actor for actor in coded.actors}
    parts = [by_id[m] for i in ids if i in by_id for m in (by_id[i].members or (i,)) if m in by_id]
    known = [actors[part.actor] for part in parts if part.actor in actors]
    return {
        f"{side}_name": _joined(part.name for part in parts),
        f"{side}_country": _joined(part.country for part in parts),
        f"{side}_sector": _joined(part.sectors[0] if part.sectors else None for part in parts),
        f"{side}_sectors": _joined(s for part in parts for s in part.sectors),
        f"{side}_title": _joined(part.title for part in parts),
        f"{side}_text": _joined(part.span.text for part in parts),
        f"{side}_wikidata": _joined(actor.wikidata for actor in known),
    }


def _joined(values: Iterable[str | None]) -> str | None:
    return SEPARATOR.join(dict.fromkeys(value for value in values if value)) or None


def _where(event: Event | Gist, coded: CodedReport) -> dict[str, Any]:
    place = next((place for place in coded.places if place.id == event.place), None)
    if place is None:
        return {}
    return {
        "place_name": place.name,
        "place_country": place.country,
        "place_admin1": place.admin1,
        "place_precision": place.precision,
        "lat": place.lat,
        "lon": place.lon,
        "geonameid": place.geonameid,
    }


def _sizes(event: Event, coded: CodedReport) -> dict[str, Any]:
    quantities = {quantity.id: quantity for quantity in coded.quantities}
    found: dict[str, Any] = {}
    for size in event.sizes:
        if size.role in SIZE_ROLES and (quantity := quantities.get(size.quantity)):
            found.setdefault(f"{size.role}_best", quantity.value)
            found.setdefault(f"{size.role}_low", quantity.low)
            found.setdefault(f"{size.role}_high", quantity.high)
    return found


def _who_said(statement: Statement, coded: CodedReport) -> dict[str, Any]:
    ids = (statement.speaker,) if statement.speaker else ()
    return {"who": _party("x", ids, coded)["x_name"]}


def _who_is_bound(commitment: Commitment, coded: CodedReport) -> dict[str, Any]:
    return {"who": _party("x", commitment.holders, coded)["x_name"]}


def _of_gist(gist: Gist, coded: CodedReport) -> dict[str, Any]:
    who = _party("who", gist.participants, coded)
    event = next((event for event in coded.events if event.id == gist.event), None)
    return who | _where(gist, coded) | {"event_type": event.type if event else None}


_EXTRA: Mapping[str, Callable[[Any, CodedReport], dict[str, Any]]] = {
    "events": _of_event,
    "statements": _who_said,
    "commitments": _who_is_bound,
    "gists": _of_gist,
}
