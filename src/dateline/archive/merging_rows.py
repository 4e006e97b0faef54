"""Stories and merged events as the rows of their tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from dateline.exporting.tables import SIZE_ROLES
from dateline.records import EventLink, MergedEvent, MergedParty, Reason, Story

PLAIN = (
    "id", "type", "plover_type", "mode", "cameo", "negated", "story", "first", "last",
    "confidence",
)  # fmt: skip
"""Fields of a merged event that are columns as they are."""
JOINED = "; "
"""Between the values of a list in one column."""


def story_row(story: Story) -> dict[str, Any]:
    """Return the row of a story."""
    return {
        "id": story.id,
        "title": _text(story.title),
        "first": story.first,
        "last": story.last,
        "reports": len(story.reports),
        "sources": len(story.sources),
        "packed": story.to_json(),
    }


def event_row(one: MergedEvent) -> dict[str, Any]:
    """Return the row of a merged event."""
    when, place = one.interval, one.place
    row: dict[str, Any] = {name: getattr(one, name) for name in PLAIN} | {
        "status": str(one.status),
        "interval_start": when.start if when else None,
        "interval_end": when.end if when else None,
        "interval_granularity": str(when.granularity) if when else None,
        "reports": len(one.reports),
        "sources": len(one.sources),
        "contested": JOINED.join(one.contested()) or None,
        "packed": one.to_json(),
    }
    for name in ("name", "country", "admin1", "precision"):
        row[f"place_{name}"] = _text(getattr(place, name)) if place else None
    for name in ("lat", "lon", "geonameid"):
        row[name] = getattr(place, name) if place else None
    for side, parties in (("actor", one.actors), ("recipient", one.recipients)):
        for name in ("name", "country", "sector", "wikidata"):
            row[f"{side}_{name}"] = _joined(getattr(party, name) for party in parties)
    numbers = {number.role: number for number in one.numbers}
    for role in SIZE_ROLES:
        for part in ("best", "low", "high"):
            row[f"{role}_{part}"] = getattr(numbers[role], part) if role in numbers else None
    return row


def party_rows(one: MergedEvent) -> Iterator[dict[str, Any]]:
    """Yield the rows of the parties of a merged event."""
    sides: list[tuple[str, MergedParty]] = [("actor", party) for party in one.actors]
    sides += [("recipient", party) for party in one.recipients]
    for number, (side, party) in enumerate(sides):
        yield {
            "merged": one.id,
            "number": number,
            "side": side,
            "name": _text(party.name),
            "country": party.country,
            "sector": party.sector,
            "actor": party.actor,
        }


def link_row(merged: str, link: EventLink) -> dict[str, Any]:
    """Return the row of an event of a report in a merged event."""
    return {
        "report": link.report,
        "event": link.event,
        "merged": merged,
        "score": link.score,
        "why": _text(JOINED.join(map(_reason, link.why))),
    }


def _reason(reason: Reason) -> str:
    weight = "" if reason.weight is None else f" {reason.weight:+g}"
    return f"{reason.rule}{weight}" + (f" ({reason.detail})" if reason.detail else "")


def _joined(values: Iterable[str | None]) -> str | None:
    return _text(JOINED.join(dict.fromkeys(value for value in values if value))) or None


def _text(value: str | None) -> str | None:
    """Return text that every database takes."""
    if value is None:
        return None
    return value.replace("\0", "\ufffd").encode("utf-8", "replace").decode("utf-8")
