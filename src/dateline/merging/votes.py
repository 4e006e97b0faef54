"""What several reports say of one field: counted by independent reports, the last one first of equals."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dateline.merging.pairs import Ref
from dateline.merging.views import EventView, ReportView
from dateline.records import FieldAgreement, FieldValue


@dataclass(frozen=True, slots=True)
class Member:
    """An event of a merged event, with its report."""

    report: ReportView
    event: EventView
    source: str
    """Id of the first copy of its report; its own where there is none."""

    @property
    def ref(self) -> Ref:
        """Where it is."""
        return self.report.id, self.event.id

    @property
    def age(self) -> tuple[bool, str, str, int, str]:
        """Orders members by publication; those without a date come last."""
        published = self.report.published
        return published is None, published or "", self.report.id, self.event.at, self.event.id


@dataclass(frozen=True, slots=True)
class Vote:
    """A value of a field and who gives it."""

    value: Any
    members: tuple[Member, ...]

    @property
    def reports(self) -> tuple[str, ...]:
        """Ids of the reports, in order of publication."""
        return tuple(dict.fromkeys(member.report.id for member in self.members))

    @property
    def sources(self) -> int:
        """Return how many independent reports give it."""
        return len({member.source for member in self.members})

    @property
    def rank(self) -> tuple[int, tuple[str, str]]:
        """Orders votes: more independent reports, then the one reported last."""
        last = max((m.report.published or "", m.report.id) for m in self.members)
        return self.sources, last


def count(members: Sequence[Member], value: Callable[[EventView], Any]) -> list[Vote]:
    """Return the votes for each value of a field, the most first; ``None`` and () are no value."""
    found: dict[Any, list[Member]] = {}
    for member in members:
        said = value(member.event)
        if said is not None and said != ():
            found.setdefault(said, []).append(member)
    return ranked(found)


def ranked(found: Mapping[Any, Iterable[Member]]) -> list[Vote]:
    """Return votes, the most first."""
    votes = [Vote(value, tuple(members)) for value, members in found.items()]
    return sorted(votes, key=lambda vote: (vote.rank, str(vote.value)), reverse=True)


def agreement(field: str, votes: Sequence[Vote], agree: bool) -> FieldAgreement:
    """Return how reports agree on a field; values that read alike are told once."""
    by_words: dict[str, list[Member]] = {}
    for vote in votes:
        by_words.setdefault(str(vote.value), []).extend(vote.members)
    values = tuple(
        FieldValue(value=vote.value, reports=vote.reports, sources=vote.sources)
        for vote in ranked(by_words)
    )
    return FieldAgreement(field=field, values=values, agree=agree)
