"""From a Wikidata JSON dump: people with positions held, parties, armed groups, bodies, companies.

The dump is the one that Wikidata offers: an array with one item a line, as ``latest-all.json.gz``,
or any part of it that has the countries and the positions too.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from dateline.actors.imports.common import (
    ALIASES,
    Form,
    Outcome,
    Store,
    Wanted,
    held,
    imported,
    merged,
)
from dateline.actors.model import Entry, Held
from dateline.actors.tables import cell_list, read_data
from dateline.records import ActorKind

HUMAN = "Q5"
Item = dict[str, Any]
GENDERS = {"Q6581097": "male", "Q6581072": "female"}


def import_wikidata(dump: Path, output: Path, wanted: Wanted | None = None) -> Outcome:
    """Write the actors of a Wikidata JSON dump as a file of one's own actors.

    Properties read: P31 class, P39 position held with P580 and P582, P1001 jurisdiction, P17
    country, P27 citizenship, P298 alpha-3 code, P21 gender, P571 inception, P576 end.

    Raises:
        InputError: the dump cannot be read.
        OutputError: the file cannot be written.
    """
    form = Form(_refer, _entry, "is no item of Wikidata")
    return imported(dump, output, wanted or Wanted(), form, f"Wikidata (CC0), {dump.name}")


def _refer(item: Item, store: Store) -> None:
    """Keep what people refer to: codes of countries, names and jurisdictions of positions."""
    id, label = str(item.get("id", "")), _label(item)
    for code in _values(item, "P298"):
        store.add(id, {"code": code})
    if label and HUMAN not in _values(item, "P31"):
        where = [*_values(item, "P1001"), *_values(item, "P17")]
        if where or "P279" in _claims(item):
            store.add(id, {"label": label, "where": where[:1]})


def _entry(item: Item, store: Store) -> Entry | None:
    id, name = str(item["id"]), _label(item)
    classes = _values(item, "P31")
    if not name or not id.startswith("Q"):
        return None
    if HUMAN in classes:
        return _person(item, id, name, store)
    row = next((_classes()[one] for one in classes if one in _classes()), None)
    if row is None:
        return None
    kind, country, sectors = row
    homes = [code for one in _values(item, "P17") if (code := _code(one, store))]
    return Entry(
        id=id, name=name, kind=kind, wikidata=id, country=country or next(iter(homes), None),
        sectors=sectors, aliases=_aliases(item, name),
        start=_day(item, "P571"), end=_day(item, "P576"),
    )  # fmt: skip


def _person(item: Item, id: str, name: str, store: Store) -> Entry | None:
    homes = [code for one in _values(item, "P27") if (code := _code(one, store))]
    terms = merged(
        term
        for claim in _claims(item).get("P39", ())
        if claim.get("rank") != "deprecated"
        for term in _terms(claim, homes, store)
    )
    country = next(iter(homes), None) or next((t.country for t in terms if t.country), None)
    if not terms or country is None:
        return None
    gender = next((GENDERS[g] for g in _values(item, "P21") if g in GENDERS), "")
    return Entry(
        id=id, name=name, kind=ActorKind.PERSON, country=country, wikidata=id,
        aliases=_aliases(item, name), offices=terms, gender=gender,
    )  # fmt: skip


def _terms(claim: Item, homes: list[str], store: Store) -> Iterator[Held]:
    position = _value(claim.get("mainsnak", {}))
    qualifiers = claim.get("qualifiers", {})
    for known in store.get(position):
        if "label" not in known:
            continue
        codes = [code for one in known["where"] if (code := _code(one, store))]
        country = next(iter([*codes, *homes]), "")
        start, end = (_time(qualifiers.get(key, [{}])[0]) for key in ("P580", "P582"))
        term = held(known["label"], country, start, end)
        if term is not None:
            yield term


def _code(id: str, store: Store) -> str | None:
    return next((known["code"] for known in store.get(id) if "code" in known), None)


@cache
def _classes() -> dict[str, tuple[ActorKind, str, tuple[str, ...]]]:
    table = read_data("wikidata_classes.tsv", ("class", "kind", "country", "sectors"))
    return {
        row["class"]: (ActorKind(row["kind"]), row["country"], cell_list(row["sectors"], ","))
        for _, row in table.rows()
    }


def _label(item: Item) -> str:
    labels = item.get("labels") or {}
    found = labels.get("en") or labels.get("mul") or {}
    return str(found.get("value", "")).strip()


def _aliases(item: Item, name: str) -> tuple[str, ...]:
    found = (one.get("value", "").strip() for one in (item.get("aliases") or {}).get("en", ()))
    return tuple(dict.fromkeys(one for one in found if one and one != name and "|" not in one))[
        :ALIASES
    ]


def _claims(item: Item) -> dict[str, Any]:
    claims = item.get("claims")
    return claims if isinstance(claims, dict) else {}  # an empty one is written as a list


def _values(item: Item, key: str) -> list[str]:
    """Return the values of a property that are items or text, without those deprecated."""
    found = (
        _value(claim.get("mainsnak", {}))
        for claim in _claims(item).get(key, ())
        if claim.get("rank") != "deprecated"
    )
    return [one for one in found if one]


def _value(snak: Item) -> str:
    value = (snak.get("datavalue") or {}).get("value", "")
    return str(value.get("id", "")) if isinstance(value, dict) else str(value)


def _time(snak: Item) -> str:
    """Return a date to its precision; empty where it is unknown or coarser than a year."""
    value = (snak.get("datavalue") or {}).get("value", {})
    if not isinstance(value, dict) or not str(value.get("time", "")).startswith("+"):
        return ""
    size = {9: 4, 10: 7, 11: 10}.get(int(value.get("precision", 0)), 0)
    return str(value["time"])[1 : 1 + size]


def _day(item: Item, key: str) -> str:
    return next((_time(c.get("mainsnak", {})) for c in _claims(item).get(key, ())), "")
