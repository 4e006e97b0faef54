"""Reports with the same words and the same events: only the first of them is compared with others.

A report that fifty papers print is compared once and not fifty times: what is said of the first of
its twins, their head, holds for all. Who is whose twin depends on the set of reports alone. A report
of which a human decided something stands for itself.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Generic, Protocol, TypeVar

from dateline.merging.views import ReportView


class Heading(Protocol):
    """What stories are told of a report by: a view has it, and so has a ``Head``."""

    @property
    def id(self) -> str:
        """Its id."""
        ...

    @property
    def title(self) -> str | None:
        """Its title."""
        ...

    @property
    def published(self) -> str | None:
        """Its day of publication, to the precision known."""
        ...


H = TypeVar("H", bound=Heading)


@dataclass(frozen=True, slots=True)
class Head:
    """Of a report no more than stories need: a view takes a hundred times as much memory."""

    id: str
    title: str | None
    published: str | None


Aged = tuple[str, str | None]
"""Id of a report and its day of publication."""


def twin(view: ReportView) -> str:
    """Return the digest of a report's words and events; that of its twins is the same."""
    events = tuple(replace(event, id="") for event in view.events)
    bare = replace(view, id="", title=None, published=None, terms={}, events=events)
    return hashlib.sha256(bare.to_json()).hexdigest()[:32]


def age(one: Aged) -> tuple[bool, str, str]:
    """Orders reports by publication; those without a date come last."""
    id, published = one
    return published is None, published or "", id


def heads(members: Collection[Aged], apart: Collection[str]) -> dict[str, str]:
    """Return for each of some twins its head; one of ``apart`` is its own."""
    joined = [one for one in members if one[0] not in apart]
    first = min(joined, key=age)[0] if joined else ""
    return {id: id if id in apart else first for id, _ in members}


@dataclass(frozen=True, slots=True)
class Twins(Generic[H]):
    """Heads with those they stand for."""

    of: Mapping[str, list[H]]
    """By the id of a head: its other twins, in order of publication."""

    def after(self, head: str) -> list[H]:
        """Return those that a head stands for, without itself."""
        return self.of.get(head, [])


def twins_of(views: Iterable[ReportView], apart: Collection[str]) -> Twins[ReportView]:
    """Return heads and twins of reports."""
    groups: dict[str, list[ReportView]] = defaultdict(list)
    for view in views:
        groups[twin(view)].append(view)
    found: dict[str, list[ReportView]] = defaultdict(list)
    for group in groups.values():
        of = heads([(view.id, view.published) for view in group], apart)
        for view in sorted(group, key=lambda view: age((view.id, view.published))):
            if of[view.id] != view.id:
                found[of[view.id]].append(view)
    return Twins(found)
