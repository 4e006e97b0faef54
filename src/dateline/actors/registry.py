"""The actor registry: tables of the package, with a user's own over them, and their indices.

Loading reads some 20,000 rows in about a tenth of a second: people are kept as
text and made into entries when they are asked for, and indices of surnames and
of office holders are built for a country at a time.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import NamedTuple

from dateline.actors.model import (
    NON_STATE,
    SECTORS,
    Entry,
    Held,
    OfficeKind,
    OfficeTable,
)
from dateline.actors.names import core, fold, skeleton
from dateline.actors.tables import Table, cell_list, check_date, read_data, read_path
from dateline.errors import DataError
from dateline.records import ActorKind

ACTOR_COLUMNS = ("name",)
TABLES = ("organisations.tsv", "groups.tsv", "leaders.tsv", "people.tsv")
PEOPLE = ("leaders.tsv", "people.tsv")
OFFICE_CELL = re.compile(
    r"(?P<office>\w+)(\[(?P<body>[^\]]+)\])?(@(?P<country>\w+))?( (?P<term>.*))?"
)


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


@dataclass(frozen=True, slots=True)
class Country:
    """Codes of a state or territory."""

    id: str
    alpha2: str
    cow: str
    gw: str
    start: str
    end: str


class Registry:
    """Entries by id, by name, by surname and by office."""

    def __init__(self, offices: OfficeTable) -> None:
        self.offices = offices
        self.entries: dict[str, Entry] = {}
        self.codes: dict[str, Country] = {}
        self.rows: dict[str, tuple[Table, int, str]] = {}
        """People not yet made into entries: table, line number, line."""
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

    # ------------------------------------------------------------------ lookup

    def get(self, id: str) -> Entry:
        """Return an entry by id.

        Raises:
            KeyError: there is none.
        """
        entry = self.entries.get(id)
        if entry is None:
            table, number, line = self.rows[id]
            cells = dict(zip(table.columns, line.split("\t"), strict=False))
            entry = actor_entry({**table.defaults, **cells}, f"{table.name}:{number}", table)
            self.entries[id] = entry
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

    def add_entry(self, entry: Entry) -> None:
        """Add an entry with its names; one of the same id is replaced."""
        self.entries[entry.id] = entry
        for name in (entry.name, *entry.aliases):
            if entry.kind is ActorKind.PERSON:
                self._add_person(fold(name), entry.id)
            else:
                self.add_name(name, Ref(entry.id, "name"))
        if entry.kind is ActorKind.PERSON:
            for country in {entry.country or "", *(term.country for term in entry.offices)}:
                self.by_country[country].append(entry.id)
                self._offices.pop(country, None)
        self._surnames = self._skeletons = None

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
            if id in self.entries:
                self._merge(id, table, number, line)
                continue
            twin = self._twin(key, cells[at_country])
            if twin:
                self._merge(twin, table, number, line)
                continue
            self.rows[id] = (table, number, line)
            self._add_person(key, id)
            self.by_country[cells[at_country]].append(id)
            offices = cells[at_offices] if len(cells) > at_offices else ""
            if "@" in offices:
                for country in set(re.findall(r"@(\w+)", offices)):
                    self.by_country[country].append(id)

    def _twin(self, key: str, country: str) -> str | None:
        """Return the person of the same name and country that is already there."""
        for id in self.people.get(key, ()):
            if id in self.entries and self.entries[id].country == country and " " in key:
                return id
        return None

    def _merge(self, id: str, table: Table, number: int, line: str) -> None:
        """Add the offices and the Wikidata id of a row to an entry that is there."""
        cells = dict(zip(table.columns, line.split("\t"), strict=False))
        other = actor_entry({**table.defaults, **cells}, f"{table.name}:{number}", table)
        mine = self.entries[id]
        known = {(term.office, term.country) for term in mine.offices}
        extra = tuple(term for term in other.offices if (term.office, term.country) not in known)
        merged = replace(
            mine,
            offices=tuple(sorted((*mine.offices, *extra), key=lambda term: term.start)),
            wikidata=mine.wikidata or other.wikidata,
        )
        self.entries[id] = merged
        for country in {term.country for term in extra}:
            if id not in self.by_country[country]:
                self.by_country[country].append(id)


# -------------------------------------------------------------------- parsing


def parse_offices(cell: str, country: str, where: str) -> tuple[Held, ...]:
    """Parse ``foreign_minister@IRQ 2020-06/2022-10;spokesperson[White House] 2021/``.

    Raises:
        DataError: it does not have that form.
    """
    out: list[Held] = []
    for part in cell.split(";") if cell else ():
        match = OFFICE_CELL.fullmatch(part.strip())
        if match is None:
            raise DataError(f"{where}: {part!r} is no office; write office@COUNTRY start/end")
        start, _, end = (match["term"] or "").partition("/")
        check_date(start, where)
        check_date(end, where)
        out.append(
            Held(match["office"], match["country"] or country, start, end, match["body"] or "")
        )
    return tuple(out)


def _slug(name: str) -> str:
    return fold(name).replace(" ", "-")


def actor_entry(row: dict[str, str], where: str, table: Table | None = None) -> Entry:
    """Make an entry of a row.

    Raises:
        DataError: a cell breaks the schema; the message names file and line.
    """
    id, name, country = row.get("id", ""), row.get("name", ""), row.get("country", "").strip()
    if not name:
        raise DataError(f"{where}: a row needs a name")
    id = id or row.get("wikidata", "") or f"{row.get('prefix', 'user')}:{_slug(name)}"
    try:
        kind = ActorKind(row.get("kind", "") or "organisation")
    except ValueError:
        raise DataError(
            f"{where}: {row['kind']!r} is no kind; use {', '.join(ActorKind)}"
        ) from None
    sectors = cell_list(row.get("sectors", ""), ",")
    for sector in sectors:
        if sector not in SECTORS:
            raise DataError(
                f"{where}: {sector!r} is no PLOVER sector; use one of {sorted(SECTORS)}"
            )
    for column in ("start", "end"):
        check_date(row.get(column, ""), where)
    wikidata = row.get("wikidata", "") or (id if re.fullmatch(r"Q\d+", id) else "")
    return Entry(
        id=id,
        name=name,
        kind=kind,
        country=country or None,
        sectors=sectors,
        aliases=cell_list(row.get("aliases", "")),
        offices=parse_offices(row.get("offices", "").strip(), country, where),
        start=row.get("start", ""),
        end=row.get("end", ""),
        wikidata=wikidata or None,
        members=cell_list(row.get("members", ""), ","),
        source=row.get("source", "") or (table.header["source"] if table else ""),
        gender=row.get("gender", "").strip(),
    )


def _load_offices() -> OfficeTable:
    kinds = []
    table = read_data("offices.tsv", ("id", "sector", "holders", "rank", "titles", "countries"))
    for number, row in table.rows():
        where = f"{table.name}:{number}"
        if row["sector"] not in SECTORS or row["holders"] not in ("one", "few", "many"):
            raise DataError(
                f"{where}: sector or holders of {row['id']!r} is not one of the allowed"
            )
        pairs = tuple(pair.partition("=")[::2] for pair in cell_list(row["countries"]))
        kinds.append(
            OfficeKind(
                row["id"], row["sector"], row["holders"], int(row["rank"]),
                cell_list(row["titles"]), pairs,
            )
        )  # fmt: skip
    return OfficeTable(tuple(kinds))


def plural(noun: str) -> str:
    """Return the plural of a noun, by rule.

    >>> plural("policeman"), plural("deputy"), plural("attorney general"), plural("minister of war")
    ('policemen', 'deputies', 'attorneys general', 'ministers of war')
    """
    head, of, rest = noun.partition(" of ")
    if of:
        return f"{plural(head)}{of}{rest}"
    if noun in IRREGULAR:
        return IRREGULAR[noun]
    if noun.endswith(" general") and "inspector" not in noun:
        return f"{noun[:-8]}s general" if noun != "lieutenant general" else noun + "s"
    if noun.endswith("man") and not noun.endswith(("german", "human")):
        return noun[:-3] + "men"
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return noun[:-1] + "ies"
    if noun.endswith(("s", "x", "ch", "sh", "z")):
        return noun + "es"
    return noun + "s"


IRREGULAR = {
    "child": "children", "schoolchild": "schoolchildren", "person": "people", "thief": "thieves",
    "displaced person": "displaced persons", "passer-by": "passers-by", "passerby": "passersby",
    "chief of staff": "chiefs of staff", "member of parliament": "members of parliament",
    "attorney general": "attorneys general", "commander in chief": "commanders in chief",
    "commander-in-chief": "commanders-in-chief", "boat person": "boat people", "wife": "wives",
}  # fmt: skip


def _load_generic(registry: Registry) -> None:
    table = read_data("generic.tsv", ("sectors", "class", "country", "nouns"))
    for number, row in table.rows():
        sectors = cell_list(row["sectors"], ",")
        for sector in sectors:
            if sector not in SECTORS | NON_STATE:
                raise DataError(f"{table.name}:{number}: {sector!r} is no PLOVER sector")
        own = tuple(s for s in sectors if s in SECTORS)
        form, country = row["class"], row["country"] or None
        for noun in cell_list(row["nouns"]):
            _add_generic(registry, GenericNoun(noun, own, form, country, form == "mass"))
            if form != "mass" and noun:
                _add_generic(registry, GenericNoun(plural(noun), own, form, country, True))


def _add_generic(registry: Registry, noun: GenericNoun) -> None:
    key = fold(noun.noun)
    registry.generic.setdefault(key, noun)
    first, length = key.partition(" ")[0], key.count(" ") + 1
    registry.generic_first[first] = max(registry.generic_first.get(first, 0), length)


def _load_titles(registry: Registry) -> None:
    for kind in registry.offices.all:
        for title in kind.titles:
            forms = [title]
            if "spokesman" in title:
                forms += [title.replace("spokesman", f"spokes{w}") for w in ("woman", "person")]
            for form in forms:
                _add_title(registry, form, kind.id, False)
                if "." not in form:
                    _add_title(registry, plural(form), kind.id, True)


def _add_title(registry: Registry, title: str, office: str, many: bool) -> None:
    key = fold(title)
    registry.titles.setdefault(key, (office, many))
    first, length = key.partition(" ")[0], key.count(" ") + 1
    registry.title_first[first] = max(registry.title_first.get(first, 0), length)


def demonym_forms(form: str) -> Iterable[str]:
    """Yield a demonym and its plural, where it has one."""
    yield form
    if form.endswith("man") and form[-4:] not in ("rman", "oman"):
        yield form[:-3] + "men"
    elif not form.endswith(("ese", "ish", "ch", "sh", "ss", "men", "lish", "x", "S", ".", "K")):
        yield form + "s"


def _load_countries(registry: Registry) -> None:
    columns = ("iso3", "iso2", "name", "aliases", "demonyms", "capital", "metonyms", "cow", "gw")
    table = read_data("countries.tsv", columns)
    for number, row in table.rows():
        code = row["iso3"]
        if not re.fullmatch("[A-Z]{3}", code):
            raise DataError(f"{table.name}:{number}: {code!r} is no alpha-3 code")
        entry = Entry(
            id=code, name=row["name"], kind=ActorKind.COUNTRY, country=code,
            aliases=cell_list(row["aliases"]), start=row["start"], end=row["end"],
            source=table.header["source"],
        )  # fmt: skip
        gw = row["cow"] if not row["gw"] else row["gw"].strip("-")
        registry.codes[code] = Country(
            code, row["iso2"], row["cow"].strip("-"), gw, row["start"], row["end"]
        )
        registry.add_entry(entry)
        for form in cell_list(row["demonyms"]):
            for name in demonym_forms(form):
                registry.add_name(name, Ref(code, "demonym"))
        for capital in cell_list(row["capital"]):
            registry.add_name(capital, Ref(code, "capital"))
        for metonym in cell_list(row["metonyms"]):
            basis = "metonym" if metonym.endswith("*") else "capital"
            registry.add_name(metonym.strip("*"), Ref(code, basis))


def _load_peoples(registry: Registry) -> None:
    table = read_data("peoples.tsv", ("name", "class", "country", "sectors", "forms", "names"))
    for _, row in table.rows():
        id = "people:" + fold(row["name"]).replace(" ", "-")
        entry = Entry(
            id=id, name=row["name"], kind=ActorKind.GROUP, country=row["country"] or None,
            sectors=cell_list(row["sectors"], ","), source=table.header["source"],
            tags=frozenset({row["class"]}),
        )  # fmt: skip
        registry.entries[id] = entry
        for name in cell_list(row["names"]):
            registry.add_name(name, Ref(id, "name"))
        for form in cell_list(row["forms"]):
            for name in demonym_forms(form):
                registry.add_name(name, Ref(id, "demonym"))


def _load_actors(registry: Registry, name: str) -> None:
    table = read_data(name, ACTOR_COLUMNS)
    for number, row in table.rows():
        registry.add_entry(actor_entry(row, f"{table.name}:{number}", table))


def build_registry(*, people: bool = True) -> Registry:
    """Read the package's tables into a new registry, without its people if ``people`` is false.

    Raises:
        DataError: a table breaks its schema.
    """
    registry = Registry(_load_offices())
    _load_generic(registry)
    _load_titles(registry)
    _load_countries(registry)
    _load_peoples(registry)
    for name in ("organisations.tsv", "groups.tsv"):
        _load_actors(registry, name)
    if people:
        _load_actors(registry, "leaders.tsv")
        registry.add_rows(read_data("people.tsv", ("id", "name", "country", "offices")))
    loaded = (*TABLES, "countries.tsv", "offices.tsv", "generic.tsv", "peoples.tsv")
    for name in loaded if people else ():
        registry.versions[name.removesuffix(".tsv")] = read_data(name).version
    return registry


@cache
def load_registry(overlay: Path | None = None, *, people: bool = True) -> Registry:
    """Return the registry, with a user's actors (TOML or TSV) over it; loaded once a process.

    Raises:
        DataError: a table or the overlay breaks its schema.
    """
    registry = build_registry(people=people)
    if overlay is not None:
        from dateline.actors.overlay import read_overlay

        for entry in read_overlay(overlay):
            registry.add_entry(entry)
        registry.versions["user actors"] = overlay.name
    return registry


__all__ = ["Ref", "Registry", "build_registry", "load_registry", "read_path"]
