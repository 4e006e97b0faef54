"""The actor registry: tables of the package, with a user's own over them, and their indices.

Loading reads some 20,000 rows in about a tenth of a second: people are kept as
text and made into entries when they are asked for, and indices of surnames and
of office holders are built for a country at a time.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from dateline.actors.entries import actor_entry
from dateline.actors.model import Entry, Held, OfficeTable
from dateline.actors.names import all_words, core, fold, skeleton
from dateline.actors.tables import Table, cell_list
from dateline.records import ActorKind, Interval

OFFICE = re.compile(r"(?:^|;)\s*(\w+)")
"""The offices in a cell of a row."""


class Ref(NamedTuple):
    """What a name may refer to, and how: ``name``, ``demonym``, ``capital`` or ``metonym``."""

    id: str
    basis: str


@dataclass(frozen=True, slots=True)
class GenericNoun:
    """A common noun for people or bodies."""

    noun: str
    sectors: tuple[str, ...]
    form: str
    """``person``, ``body``, ``mass`` or ``weak``."""
    country: str | None
    plural: bool


class StateCode(NamedTuple):
    """A number that a list of states has for a country: on days with ``start`` ≤ day < ``end``."""

    of: str
    """``cow`` (Correlates of War) or ``gw`` (Gleditsch and Ward)."""
    code: str
    start: str
    end: str


@dataclass(frozen=True, slots=True)
class Country:
    """Codes of a state or territory; ``cow`` and ``gw`` are those of today."""

    id: str
    alpha2: str
    cow: str
    gw: str
    start: str
    end: str
    dated: tuple[StateCode, ...] = ()
    """Numbers that changed: where a list has some, no other counts."""

    def code(self, of: str, day: str | None = None) -> str:
        """Return the number of a list (``cow`` or ``gw``) on an ISO day; without one, that of today.

        Empty where the list has no such state on that day.
        """
        today: str = self.cow if of == "cow" else self.gw
        known = [one for one in self.dated if one.of == of]
        if not day or not known:
            return today
        held = (one.code for one in known if one.start <= day and (not one.end or day < one.end))
        return next(held, "")


class Registry:
    """Entries by id, by name, by surname and by office."""

    def __init__(self, offices: OfficeTable) -> None:
        self.offices = offices
        self.entries: dict[str, Entry] = {}
        self.codes: dict[str, Country] = {}
        self.rows: dict[str, Row] = {}
        """People not yet made into entries: table, line number, line."""
        self._more: dict[str, list[Row]] = defaultdict(list)
        """Rows whose terms belong to an entry that is there, not yet put together with it."""
        self.names: dict[str, tuple[Ref, ...]] = {}
        """Names of all but the table's people, folded."""
        self.people: dict[str, tuple[str, ...]] = {}
        """Full names of people, folded."""
        self.acronyms: set[str] = set()
        """Folded names that count only where the text writes them in capitals."""
        self.first: dict[str, int] = {}
        """First words of names, with the number of words of the longest."""
        self.by_country: dict[str, list[str]] = defaultdict(list)
        self.generic: dict[str, GenericNoun] = {}
        self.generic_first: dict[str, int] = {}
        self.titles: dict[str, tuple[str, bool]] = {}
        """Titles in lower case, with the office and whether they are plural."""
        self.title_first: dict[str, int] = {}
        self.versions: dict[str, str] = {}
        self._surnames: dict[str, list[str]] | None = None
        self._skeletons: dict[str, list[str]] | None = None
        self._offices: dict[str, dict[str, list[tuple[Held, str]]]] = {}
        self._holding: dict[str, dict[str, list[str]]] = {}
        self._held: dict[tuple[str, str], list[tuple[Held, str]]] = {}
        self._words: dict[str, frozenset[str]] = {}
        self._last_names: dict[str, tuple[list[str], list[str]]] = {}

    # ------------------------------------------------------------------ lookup

    def get(self, id: str) -> Entry:
        """Return an entry by id.

        Raises:
            KeyError: there is none.
        """
        entry = self.entries.get(id)
        if entry is None:
            entry = self.entries[id] = _entry(self.rows[id])
        if id in self._more:
            for row in self._more.pop(id):
                self._join(id, _entry(row))
            entry = self.entries[id]
        return entry

    def __contains__(self, id: str) -> bool:
        return id in self.entries or id in self.rows

    def ids(self) -> Iterator[str]:
        """Yield the ids of all entries, in order."""
        yield from sorted(self.entries.keys() | self.rows.keys())

    def countries(self) -> Iterator[Entry]:
        """Yield the entries of states and territories."""
        return (self.entries[code] for code in self.codes)

    def named(self, text: str) -> tuple[Ref, ...]:
        """Return what a name refers to, people last."""
        key = fold(text)
        found = self.names.get(key, ())
        return found + tuple(Ref(id, "name") for id in self.people.get(key, ()))

    def surname(self, word: str) -> Sequence[str]:
        """Return the ids of people one of whose names but the first is ``word`` (folded)."""
        if self._surnames is None:
            self._index_surnames()
        assert self._surnames is not None
        return self._surnames.get(word, ())

    def sounding(self, word: str) -> Sequence[str]:
        """Return the ids of people whose last name has the consonants of ``word`` (folded)."""
        if self._skeletons is None:
            self._skeletons = defaultdict(list)
            for name, ids in self.people.items():
                self._skeletons[skeleton(name.rpartition(" ")[2])].extend(ids)
        return self._skeletons.get(skeleton(word), ())

    def _index_surnames(self) -> None:
        index: dict[str, list[str]] = defaultdict(list)
        for name, ids in self.people.items():
            parts = core(tuple(name.split()))
            for part in set(parts[1:] or parts):
                index[part].extend(ids)
            if len(parts) > 1 and len(parts[0]) < 5:
                index[parts[0]].extend(ids)
        self._surnames = index

    def holders(self, country: str) -> dict[str, list[tuple[Held, str]]]:
        """Return the terms of each office in ``country`` with the ids of those who held it."""
        if country not in self._offices:
            found: dict[str, list[tuple[Held, str]]] = defaultdict(list)
            for id in self.by_country.get(country, ()):
                for term in self.get(id).offices:
                    if term.country == country:
                        found[term.office].append((term, id))
            self._offices[country] = found
        return self._offices[country]

    def held(self, country: str, office: str) -> Sequence[tuple[Held, str]]:
        """Return the terms of one office in ``country``, as :meth:`holders` does of all.

        Rows that do not name the office are not made into entries: those are most of a country's.
        """
        found = self._held.get((country, office))
        if found is None:
            found = self._held[country, office] = [
                (term, id)
                for id in self._with_office(country).get(office, ())
                for term in self.get(id).offices
                if term.country == country and term.office == office
            ]
        return found

    def _with_office(self, country: str) -> dict[str, list[str]]:
        """Return by office the people of ``country`` who held it, there or elsewhere."""
        found = self._holding.get(country)
        if found is None:
            found = defaultdict(list)
            for id in self.by_country.get(country, ()):
                for office in dict.fromkeys(self._offices_of(id)):
                    found[office].append(id)
            self._holding[country] = found
        return found

    def _offices_of(self, id: str) -> Sequence[str]:
        if self._made(id):
            return [term.office for term in self.get(id).offices]
        return OFFICE.findall(self._cells(id).get("offices", ""))

    def _made(self, id: str) -> bool:
        """Tell whether an entry is there, or put together of several rows."""
        return id in self.entries or id in self._more

    def _cells(self, id: str) -> dict[str, str]:
        table, _, line = self.rows[id]
        return dict(zip(table.columns, line.split("\t"), strict=False))

    def words_of(self, id: str) -> frozenset[str]:
        """Return :func:`all_words` of an entry's names, without making one of a row."""
        found = self._words.get(id)
        if found is None:
            found = self._words[id] = all_words(self._names(id))
        return found

    def _names(self, id: str) -> tuple[str, ...]:
        if self._made(id):
            entry = self.get(id)
            return (entry.name, *entry.aliases)
        cells = self._cells(id)
        return (cells["name"], *cell_list(cells.get("aliases", "")))

    def last_names(self, country: str) -> tuple[list[str], list[str]]:
        """Return the ids of the people of ``country``, and the last word of the name of each, folded."""
        if country not in self._last_names:
            ids = list(self.by_country.get(country, ()))
            names = [fold(self._names(id)[0]).rpartition(" ")[2] for id in ids]
            self._last_names[country] = (ids, names)
        return self._last_names[country]

    # ---------------------------------------------------------------- building

    def add_name(self, name: str, ref: Ref) -> None:
        """Let ``name`` refer to ``ref``; a name all in capitals counts only in capitals."""
        key = fold(name)
        if key.startswith("the "):
            key = key[4:]
        if not key:
            return
        letters = [c for c in name if c.isalpha()]
        if len(letters) <= 7 and all(c.isupper() for c in letters) and " " not in name:
            if key not in self.names:
                self.acronyms.add(key)
        else:
            self.acronyms.discard(key)
        known = self.names.get(key, ())
        if ref.id not in {other.id for other in known}:
            self.names[key] = (*known, ref)
        first, length = key.partition(" ")[0], key.count(" ") + 1
        if self.first.get(first, 0) < length:
            self.first[first] = length

    def withdraw(self, id: str) -> None:
        """Take an entry out, with all its names; nothing happens where there is none."""
        if id not in self:
            return
        entry = self.get(id)
        del self.entries[id]
        self.rows.pop(id, None)
        self._words.pop(id, None)
        for key in [key for key, refs in self.names.items() if any(ref.id == id for ref in refs)]:
            left = tuple(ref for ref in self.names[key] if ref.id != id)
            self.names[key] = left
            if not left:
                del self.names[key]
                self.acronyms.discard(key)
        for key in [fold(name) for name in (entry.name, *entry.aliases)]:
            people = tuple(one for one in self.people.get(key, ()) if one != id)
            self.people.pop(key, None)
            if people:
                self.people[key] = people
        for country in {entry.country or "", *(term.country for term in entry.offices)}:
            self.by_country[country] = [one for one in self.by_country[country] if one != id]
            self._changed(country)
        self._surnames = self._skeletons = None

    def add_entry(self, entry: Entry) -> None:
        """Add an entry with its names; one of the same id is replaced, and its names with it."""
        kept = [
            (name, ref)
            for name, refs in (self.names.items() if entry.id in self else ())
            for ref in refs
            if ref.id == entry.id and ref.basis != "name" and entry.kind is ActorKind.COUNTRY
        ]
        self.withdraw(entry.id)
        self.entries[entry.id] = entry
        for name in (entry.name, *entry.aliases):
            if entry.kind is ActorKind.PERSON:
                self._add_person(fold(name), entry.id)
            else:
                self.add_name(name, Ref(entry.id, "name"))
        for name, ref in kept:
            self.add_name(name, ref)
        if entry.kind is ActorKind.PERSON:
            for country in {entry.country or "", *(term.country for term in entry.offices)}:
                self.by_country[country].append(entry.id)
                self._changed(country)
        self._surnames = self._skeletons = None

    def add_person(self, entry: Entry) -> None:
        """Add a person; where one of the name and country is there, the terms are put together."""
        twin = entry.id if entry.id in self.entries else None
        twin = twin or self._twin(fold(entry.name), entry.country or "")
        if twin is None:
            self.add_entry(entry)
            return
        self._join(twin, entry)
        for name in (entry.name, *entry.aliases):
            self._add_person(fold(name), twin)

    def members(self, id: str, when: Interval | None = None) -> tuple[str, ...]:
        """Return who belonged to a body in ``when``; without a date, who still does.

        Raises:
            KeyError: there is no such entry.
        """
        held = [member.id for member in self.get(id).members if member.during(when)]
        return tuple(sorted(dict.fromkeys(held)))

    def _add_person(self, key: str, id: str) -> None:
        known = self.people.get(key, ())
        if id not in known:
            self.people[key] = (*known, id)
        first, space, rest = key.partition(" ")
        if space and self.first.get(first, 0) < (length := rest.count(" ") + 2):
            self.first[first] = length

    def add_rows(self, table: Table) -> None:
        """Add a table of people, to be made into entries when they are asked for."""
        place = {column: i for i, column in enumerate(table.columns)}
        at_country, at_offices = place["country"], place["offices"]
        for number, line in table.lines:
            cells = line.split("\t")
            id, name = cells[0], cells[1]
            key = fold(name)
            offices = cells[at_offices] if len(cells) > at_offices else ""
            countries = {cells[at_country]}
            if "@" in offices:
                countries.update(re.findall(r"@(\w+)", offices))
            known = id if id in self.entries else self._twin(key, cells[at_country])
            if known:
                self._more[known].append((table, number, line))
                self._words.pop(known, None)
                self._index(known, countries)
                continue
            self.rows[id] = (table, number, line)
            self._add_person(key, id)
            for country in countries:
                self.by_country[country].append(id)

    def _twin(self, key: str, country: str) -> str | None:
        """Return the person of the same name and country that is already there."""
        for id in self.people.get(key, ()):
            if id in self.entries and self.entries[id].country == country and " " in key:
                return id
        return None

    def _index(self, id: str, countries: set[str]) -> None:
        """Let a person be found among those who held an office of ``countries``."""
        for country in countries:
            self._changed(country)
            if id not in self.by_country[country]:
                self.by_country[country].append(id)

    def _changed(self, country: str) -> None:
        """Forget what was put together of the people of a country."""
        for kept in (self._offices, self._holding, self._last_names):
            kept.pop(country, None)
        self._held.clear()

    def _join(self, id: str, other: Entry) -> None:
        """Add the terms of ``other`` that do not overlap with one of the same office that is there."""
        mine = self.get(id)
        extra = tuple(term for term in other.offices if not _known(term, mine.offices))
        merged = replace(
            mine,
            offices=tuple(sorted((*mine.offices, *extra), key=lambda term: term.start)),
            aliases=tuple(dict.fromkeys((*mine.aliases, *other.aliases))),
            wikidata=mine.wikidata or other.wikidata,
            gender=mine.gender or other.gender,
        )
        self.entries[id] = merged
        self._words.pop(id, None)
        self._index(id, {term.country for term in extra})


Row = tuple[Table, int, str]
"""A row of a table as it came: the table, the line number, the line."""


def _entry(row: Row) -> Entry:
    table, number, line = row
    cells = dict(zip(table.columns, line.split("\t"), strict=False))
    return actor_entry({**table.defaults, **cells}, f"{table.name}:{number}", table)


def _known(term: Held, held: tuple[Held, ...]) -> bool:
    """Tell a term that one of the same office there already covers in part."""
    return any(
        (term.office, term.country, term.body) == (other.office, other.country, other.body)
        and (not other.end or other.end > term.start)
        and (not term.end or other.start < term.end)
        for other in held
    )
