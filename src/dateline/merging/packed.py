"""The view of a report straight from the JSON of its coded record.

Only what a view looks at is made into records: most of a coded record is not, and this takes a third
of the time of reading the whole.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, cast

from dateline.merging.views import ReportView, view
from dateline.records import ActorKind, CodedReport, Dating, Event, Place, Report, Span

if TYPE_CHECKING:
    from pydantic import TypeAdapter


@dataclass(frozen=True, slots=True)
class Named:
    """What a view looks at in a participant."""

    id: str
    head: Span
    kind: ActorKind | None = None
    name: str = ""
    actor: str | None = None
    country: str | None = None
    sectors: tuple[str, ...] = ()
    members: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entity:
    """What a view looks at in an actor."""

    id: str
    wikidata: str | None = None


@dataclass(frozen=True, slots=True)
class Counted:
    """What a view looks at in a quantity."""

    id: str
    value: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Slim:
    """What a view looks at in a coded report, under the names it has there."""

    report: Report
    dating: Dating
    sentences: tuple[Span, ...] = ()
    quantities: tuple[Counted, ...] = ()
    actors: tuple[Entity, ...] = ()
    participants: tuple[Named, ...] = ()
    places: tuple[Place, ...] = ()
    events: tuple[Event, ...] = ()


@cache
def _adapter() -> TypeAdapter[Slim]:
    from pydantic import TypeAdapter  # not needed to compare

    return TypeAdapter(Slim)


def view_of(data: bytes) -> ReportView:
    """Return the view of the coded report in ``data``, as ``view`` gives it of the whole.

    Raises:
        pydantic.ValidationError: ``data`` is no coded report.
    """
    return view(cast(CodedReport, _adapter().validate_json(data)))
