"""Whether what a registry says agrees with itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from dateline.actors.model import NON_STATE, Entry, Held
from dateline.actors.registry import Registry

ONE_AT_A_TIME = (
    "head_of_state", "head_of_government", "monarch", "foreign_minister", "defence_minister",
)  # fmt: skip
"""Offices whose holders are looked at for overlaps."""
HANDOVER = 1
"""Years that terms may overlap where they are known to the year."""

SINCE = "1990"
"""From when on offices are looked at for gaps."""
VACANT = 6
"""Months that an office may be without a holder known."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What does not agree: an error, or a note that may be as it is (a collective presidency)."""

    id: str
    what: str
    error: bool


def check_registry(registry: Registry) -> list[Finding]:
    """Return what does not agree: codes, dates, members, Wikidata ids, holders of one office at once, gaps."""
    found: list[Finding] = []
    wikidata: dict[str, str] = {}
    for id in registry.ids():
        entry = registry.get(id)
        found += [Finding(id, what, error=True) for what in _errors(registry, entry)]
        if entry.wikidata:
            other = wikidata.setdefault(entry.wikidata, id)
            if other != id:
                found.append(Finding(id, f"has the Wikidata id of {other}", error=True))
    found += _overlaps(registry)
    found += _gaps(registry)
    return found


def _errors(registry: Registry, entry: Entry) -> Iterator[str]:
    if entry.country and not _is_code(registry, entry.country):
        yield f"has a country {entry.country!r} that is no code"
    if entry.start and entry.end and entry.end[: len(entry.start)] < entry.start[: len(entry.end)]:
        yield f"ends ({entry.end}) before it begins ({entry.start})"
    for term in entry.offices:
        if term.office not in registry.offices.by_id:
            yield f"holds {term.office!r}, which is no office of the vocabulary"
        if term.country and not _is_code(registry, term.country):
            yield f"holds an office of {term.country!r}, which is no code"
        if _reversed(term):
            yield f"holds {term.office} until {term.end}, from {term.start} on"
    for member in entry.members:
        if member.id not in registry:
            yield f"has a member {member.id!r} that the registry does not have"


def _is_code(registry: Registry, code: str) -> bool:
    return code in registry.codes or code in NON_STATE


def _reversed(term: Held) -> bool:
    size = min(len(term.start), len(term.end))
    return bool(size) and term.end[:size] < term.start[:size]


def _overlaps(registry: Registry) -> Iterator[Finding]:
    """Yield the terms of one-holder offices that overlap by more than what a handover explains."""
    for country in sorted(registry.codes):
        for office in ONE_AT_A_TIME:
            terms: dict[str, list[tuple[Held, str]]] = defaultdict(list)
            for term, id in registry.held(country, office):
                terms[term.body].append((term, id))
            for held in terms.values():
                held.sort(key=lambda pair: (pair[0].start, pair[1]))
                for (first, id), (second, other) in pairwise(held):
                    if id != other and _at_once(first, second):
                        name = registry.get(other).name
                        what = f"and {name} hold {office} of {country} at once from {second.start}"
                        yield Finding(id, what, error=False)


def _gaps(registry: Registry) -> Iterator[Finding]:
    """Yield the times between the terms of a one-holder office, since 1990, in which the registry knows nobody."""
    for country in sorted(registry.codes):
        for office in ONE_AT_A_TIME:
            pairs = registry.held(country, office)
            held = sorted(
                (t.start, t.end or "9999", id) for t, id in pairs if not t.body and t.start
            )
            reach = ""
            for start, end, id in held:
                if reach >= SINCE and _months(reach, start) > VACANT:
                    what = (
                        f"is {office} of {country} from {start}, and nobody is known from {reach}"
                    )
                    yield Finding(id, what, error=False)
                reach = max(reach, end)


def _months(first: str, second: str) -> int:
    """Return the months between two dates; one known to the year alone may be of any month of it."""
    early = int(first[:4]) * 12 + int(first[5:7] or 12)
    return int(second[:4]) * 12 + int(second[5:7] or 1) - early


def _at_once(first: Held, second: Held) -> bool:
    end = first.end or "9999"
    return int(end[:4]) - int(second.start[:4] or 0) > HANDOVER


__all__ = ["Finding", "check_registry"]
