"""Reading the registry's tables, and a user's actors over them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import cache, lru_cache
from pathlib import Path

from dateline.actors.entries import actor_entry
from dateline.actors.model import NON_STATE, SECTORS, Entry, Member, OfficeKind, OfficeTable
from dateline.actors.names import fold
from dateline.actors.overlay import Overlay, check_countries, read_overlay
from dateline.actors.registry import Country, GenericNoun, Ref, Registry, StateCode
from dateline.actors.tables import cell_list, check_date, read_data
from dateline.errors import DataError
from dateline.records import ActorKind

ACTOR_COLUMNS = ("name",)
HOLDER_COLUMNS = ("id", "name", "country", "office", "sector", "start", "end", "aliases")
TABLES = (
    "countries.tsv", "state_codes.tsv", "peoples.tsv", "organisations.tsv", "groups.tsv", "members.tsv", "offices.tsv", "generic.tsv",
    "leaders.tsv", "holders.tsv", "people.tsv",
)  # fmt: skip


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
    dated = _state_codes()
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
            code, row["iso2"], row["cow"].strip("-"), gw, row["start"], row["end"],
            tuple(dated.get(code, ())),
        )  # fmt: skip
        registry.add_entry(entry)
        for form in cell_list(row["demonyms"]):
            for name in demonym_forms(form):
                registry.add_name(name, Ref(code, "demonym"))
        for capital in cell_list(row["capital"]):
            registry.add_name(capital, Ref(code, "capital"))
        for metonym in cell_list(row["metonyms"]):
            basis = "metonym" if metonym.endswith("*") else "capital"
            registry.add_name(metonym.strip("*"), Ref(code, basis))


def _state_codes() -> dict[str, list[StateCode]]:
    """Read the numbers that changed, by country."""
    table = read_data("state_codes.tsv", ("iso3", "list", "code", "start", "end"))
    found: dict[str, list[StateCode]] = {}
    for number, row in table.rows():
        where = f"{table.name}:{number}"
        if row["list"] not in ("cow", "gw"):
            raise DataError(f"{where}: {row['list']!r} is no list of states; write cow or gw")
        check_date(row["start"], where)
        check_date(row["end"], where)
        one = StateCode(row["list"], row["code"], row["start"], row["end"])
        found.setdefault(row["iso3"], []).append(one)
    return found


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


def _load_holders(registry: Registry) -> None:
    """Read ``holders.tsv``: one office of one person a row; the terms of a person are put together."""
    table = read_data("holders.tsv", HOLDER_COLUMNS)
    people: dict[tuple[str, str], tuple[int, dict[str, str], list[str]]] = {}
    for number, row in table.rows():
        if re.split(r"[\[@]", row["office"])[0] not in registry.offices.by_id:
            where = f"{table.name}:{number}"
            raise DataError(f"{where}: {row['office']!r} is no office of offices.tsv")
        sector = f"={row['sector']}" if row["sector"] else ""
        known = people.setdefault(
            (row["country"], row["id"] or fold(row["name"])), (number, row, [])
        )
        known[2].append(f"{row['office']}{sector} {row['start']}/{row['end']}")
    for (country, _), (number, row, terms) in people.items():
        person = {key: row[key] for key in ("name", "country", "kind", "aliases", "id")}
        person |= {"offices": ";".join(terms), "prefix": f"person:{country}"}
        registry.add_person(actor_entry(person, f"{table.name}:{number}", table))


def _load_actors(registry: Registry, name: str) -> None:
    table = read_data(name, ACTOR_COLUMNS)
    for number, row in table.rows():
        registry.add_entry(actor_entry(row, f"{table.name}:{number}", table))


def _load_members(registry: Registry) -> None:
    """Read who belonged to which body when."""
    table = read_data("members.tsv", ("of", "start", "end", "members"))
    for number, row in table.rows():
        where = f"{table.name}:{number}"
        ids = [ref.id for ref in registry.named(row["of"])]
        if not ids:
            raise DataError(f"{where}: no body is named {row['of']!r}; add it to organisations.tsv")
        check_date(row["start"], where)
        check_date(row["end"], where)
        for code in cell_list(row["members"]):
            if code not in registry:
                raise DataError(f"{where}: {code!r} is no actor of the registry")
        found = tuple(Member(c, row["start"], row["end"]) for c in cell_list(row["members"]))
        entry = registry.get(ids[0])
        registry.entries[ids[0]] = replace(entry, members=(*entry.members, *found))


def build_registry(*, people: bool = True, holders: bool = False) -> Registry:
    """Read the package's tables into a new registry, without its people if ``people`` is false.

    ``holders``: with the leaders and the named holders even so.

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
    _load_members(registry)
    if people or holders:
        _load_actors(registry, "leaders.tsv")
        _load_holders(registry)
    if people:
        registry.add_rows(read_data("people.tsv", ("id", "name", "country", "offices")))
    for name in TABLES if people else ():
        registry.versions[name.removesuffix(".tsv")] = read_data(name).version
    return registry


@lru_cache(maxsize=2)
def overlaid(held: Overlay) -> Registry:
    """Return a registry with a user's actors over it, and without those withdrawn."""
    registry = build_registry()
    for id in held.withdrawn:
        registry.withdraw(id)
    for entry in held.entries:
        registry.add_entry(_with_offices(entry, registry))
    return registry


def _with_offices(entry: Entry, registry: Registry) -> Entry:
    """Let a user's titles be offices of the vocabulary, or else new ones."""
    terms = []
    for term in entry.offices:
        office = term.office
        if office not in registry.offices.by_id:
            title = office.replace("_", " ").lower()
            known = registry.titles.get(fold(title))
            office = known[0] if known else _new_office(title, term.sector, registry)
        terms.append(replace(term, office=office))
    return replace(entry, offices=tuple(terms))


def _new_office(title: str, sector: str, registry: Registry) -> str:
    kind = OfficeKind(fold(title).replace(" ", "_"), sector or "GOV", "few", 6, (title,))
    registry.offices.add(kind)
    _add_title(registry, title, kind.id, False)
    _add_title(registry, plural(title), kind.id, True)
    return kind.id


def load_registry(overlay: Path | None = None, *, people: bool = True) -> Registry:
    """Return the registry, with a user's actors (TOML or TSV) over it.

    What was loaded is kept; a file that has changed since is read again.

    Raises:
        DataError: a table or the overlay breaks its schema.
    """
    return _plain(people) if overlay is None else overlaid(read_own(overlay))


def read_own(path: Path) -> Overlay:
    """Return a user's actors, their countries checked against the registry.

    Raises:
        DataError: the file breaks its schema; the message names entry or line.
    """
    held = read_overlay(path)
    check_countries(held.entries, _plain(False), str(path))
    return held


@cache
def _plain(people: bool) -> Registry:
    return build_registry(people=people)
