"""What the registry holds: entries with dated offices, and the vocabulary of codes."""

from __future__ import annotations

from dataclasses import dataclass, field

from dateline.records import Actor, ActorKind, Interval, Office

SECTORS = frozenset(
    [
        "COP",
        "GOV",
        "JUD",
        "LEG",
        "MIL",
        "PRM",
        "PTY",
        "REB",
        "SPY",
        "UAF",
        "UNK",
        "AGR",
        "BUS",
        "CRM",
        "CVL",
        "EDU",
        "ELI",
        "JRN",
        "LAB",
        "MED",
        "REF",
        "OPP",
        "PRE",
        "REL",
        "SOC",
    ]
)
"""PLOVER's sectors."""

NON_STATE = frozenset(["IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC"])
"""PLOVER's codes for what has no state; they stand where a country would."""


OUT_OF_DATE = 1
"""Years after a list's date from which its open terms name nobody on their own."""


@dataclass(frozen=True, slots=True)
class Held:
    """An office held: ``start`` ≤ day < ``end``, each to the precision known; empty: open."""

    office: str
    country: str
    start: str = ""
    end: str = ""
    body: str = ""
    """Which body's, where the country has several: the spokesperson of the White House."""
    sector: str = ""
    """PLOVER sector where it is not the one of the office."""
    known: str = ""
    """Day up to which the list it is from tells, where it has no end."""

    def during(self, when: Interval | None) -> bool | None:
        """Return whether it was held in some part of ``when``; ``None`` where that has no date."""
        if when is None or (when.start is None and when.end is None):
            return None
        after = bool(self.start and when.end and when.end[:10] <= self.start)
        before = bool(self.end and when.start and not _reaches(self.end, when.start[:10]))
        return not after and not before

    def told(self, when: Interval | None) -> bool:
        """Return whether its list is new enough to tell who holds an office in ``when``."""
        if self.end or not self.known or when is None or not when.start:
            return True
        return int(when.start[:4]) - int(self.known[:4]) <= OUT_OF_DATE

    def over(self, when: Interval | None) -> bool:
        """Return whether it had ended before ``when`` began."""
        return bool(when and self.end and when.start and not _reaches(self.end, when.start[:10]))


def _reaches(end: str, day: str) -> bool:
    """Return whether a term that ended in ``end`` (year, month or day) can reach to ``day``."""
    return day < end if len(end) == 10 else day[: len(end)] <= end


@dataclass(frozen=True, slots=True)
class Member:
    """A membership: ``start`` ≤ day < ``end``, each to the precision known; empty: open."""

    id: str
    """ISO 3166-1 alpha-3, or the id of another entry."""
    start: str = ""
    end: str = ""

    def during(self, when: Interval | None) -> bool:
        """Return whether it was one in some part of ``when``; without a date, whether it still is."""
        held = Held("", "", self.start, self.end).during(when)
        return not self.end if held is None else held


@dataclass(frozen=True, slots=True)
class Entry:
    """An entity of the registry."""

    id: str
    name: str
    kind: ActorKind
    country: str | None = None
    sectors: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    offices: tuple[Held, ...] = ()
    start: str = ""
    end: str = ""
    wikidata: str | None = None
    members: tuple[Member, ...] = ()
    source: str = ""
    gender: str = ""
    tags: frozenset[str] = field(default_factory=frozenset)

    def exists(self, when: Interval | None) -> bool | None:
        """Return whether it existed in ``when``; ``None`` where nothing is known of either."""
        if not self.start and not self.end:
            return None
        return Held("", "", self.start, self.end).during(when)

    def held(self, when: Interval | None) -> tuple[Held, ...]:
        """Return the offices held in ``when``; without a date those without an end."""
        if when is None or (when.start is None and when.end is None):
            return tuple(term for term in self.offices if not term.end)
        return tuple(term for term in self.offices if term.during(when))

    def actor(self, when: Interval | None, offices: OfficeTable) -> Actor:
        """Return the record of this entity as it stood in ``when``."""
        held = tuple(
            Office(
                title=offices.title(term),
                country=term.country or None,
                sector=offices.sector_of(term),
                start=term.start or None,
                end=term.end or None,
            )
            for term in self.held(when)
        )
        return Actor(
            id=self.id,
            name=self.name,
            kind=self.kind,
            country=self.country,
            sectors=self.sectors_on(when, offices),
            wikidata=self.wikidata,
            offices=held,
        )

    def country_on(self, when: Interval | None, offices: OfficeTable) -> str | None:
        """Return whose the highest office in ``when`` is: of one who leads the UN it is the UN's."""
        if when is None or (when.start is None and when.end is None):
            return self.country
        held = [term for term in self.held(when) if term.country]
        top = min(held, key=lambda term: (offices.rank(term.office), term.country), default=None)
        if top is None or any(t.country == self.country and t.office == top.office for t in held):
            return self.country
        return top.country if top.country in NON_STATE else self.country

    def sectors_on(self, when: Interval | None, offices: OfficeTable) -> tuple[str, ...]:
        """Return the PLOVER sectors in ``when``: a former office holder's is ``ELI``."""
        if self.sectors or not self.offices:
            return self.sectors
        held = self.held(when)
        if not held:
            over = [term for term in self.offices if term.over(when)] if when else []
            if over or not when:
                return ("ELI",) if over else (offices.sector_of(self.offices[-1]),)
            return (offices.sector_of(self.offices[0]),)
        ranked = sorted(held, key=lambda term: offices.rank(term.office))
        return tuple(dict.fromkeys(offices.sector_of(term) for term in ranked))[:2]


@dataclass(frozen=True, slots=True)
class OfficeKind:
    """An office of the vocabulary."""

    id: str
    sector: str
    holders: str
    rank: int
    titles: tuple[str, ...]
    countries: tuple[tuple[str, str], ...] = ()
    """Countries where the title is another office's (the US secretary of state)."""


class OfficeTable:
    """The vocabulary of offices, by id and by title."""

    def __init__(self, kinds: tuple[OfficeKind, ...]) -> None:
        self.all = kinds
        self.by_id = {kind.id: kind for kind in kinds}
        self.by_title: dict[str, str] = {}
        for kind in kinds:
            for title in kind.titles:
                self.by_title.setdefault(title, kind.id)

    def add(self, kind: OfficeKind) -> None:
        """Add an office that is not in the vocabulary."""
        self.all = (*self.all, kind)
        self.by_id.setdefault(kind.id, kind)
        for title in kind.titles:
            self.by_title.setdefault(title, kind.id)

    def of(self, office: str, country: str | None) -> str:
        """Return the office that ``office`` is in ``country``."""
        kind = self.by_id.get(office)
        return dict(kind.countries).get(country or "", office) if kind else office

    def sector(self, office: str) -> str:
        """Return the PLOVER sector of an office."""
        kind = self.by_id.get(office)
        return kind.sector if kind else "GOV"

    def sector_of(self, term: Held) -> str:
        """Return the PLOVER sector of an office held."""
        return term.sector or self.sector(term.office)

    def rank(self, office: str) -> int:
        """Return how high an office stands; 1 is the highest."""
        kind = self.by_id.get(office)
        return kind.rank if kind else 7

    def single(self, office: str) -> bool:
        """Return whether one person holds it at a time."""
        kind = self.by_id.get(office)
        return kind is not None and kind.holders == "one"

    def title(self, term: Held) -> str:
        """Return the office in words: ``foreign minister``, ``spokesperson (White House)``."""
        words = term.office.replace("_", " ")
        return f"{words} ({term.body})" if term.body else words
