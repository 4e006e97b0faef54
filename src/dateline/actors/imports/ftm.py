"""From a FollowTheMoney entities file, as OpenSanctions offers: one entity a line."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

from dateline.actors.imports.common import (
    ALIASES,
    Form,
    Outcome,
    Store,
    UnfitError,
    Wanted,
    alpha3,
    held,
    imported,
    merged,
)
from dateline.actors.model import Entry, Held
from dateline.actors.tables import cell_list, read_data
from dateline.records import ActorKind

Properties = dict[str, list[str]]
DAY = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


def import_ftm(entities: Path, output: Path, wanted: Wanted | None = None) -> Outcome:
    """Write the actors of a FollowTheMoney entities file as a file of one's own actors.

    People get their offices from ``Occupancy`` and ``Position`` entities, else from their
    ``position`` without dates. Other entities by schema and topics.

    Raises:
        InputError: the file cannot be read.
        OutputError: the file cannot be written.
    """
    form = Form(_refer, _read, "has a property of another form", silent=_is_of_others)
    return imported(
        entities, output, wanted or Wanted(), form, f"FollowTheMoney entities, {entities.name}"
    )


def _refer(item: dict[str, Any], store: Store) -> None:
    """Keep positions by id, and occupancies by who holds them."""
    props = item.get("properties")
    if not isinstance(props, dict):
        return
    if item.get("schema") == "Position":
        store.add(f"position:{item.get('id')}", [_first(props, "name"), _country(props) or ""])
    elif item.get("schema") == "Occupancy":
        for holder in props.get("holder", ()):
            days = [_date(props, "startDate"), _date(props, "endDate")]
            store.add(f"holder:{holder}", [*props.get("post", [])[:1], *days])


def _is_of_others(item: dict[str, Any]) -> bool:
    """Tell positions and occupancies, which say something of other entities."""
    whole = isinstance(item.get("properties"), dict) and bool(item.get("id"))
    return whole and item.get("schema") in ("Position", "Occupancy")


def _read(item: dict[str, Any], store: Store) -> Entry | None:
    props = item.get("properties")
    if not item.get("id") or not item.get("schema") or not isinstance(props, dict):
        raise UnfitError("is no entity: it needs id, schema and properties")
    return _entry(item, props, store)


def _entry(item: dict[str, Any], props: Properties, store: Store) -> Entry | None:
    name = _first(props, "name") or str(item.get("caption") or "")
    wikidata = next((q for q in props.get("wikidataId", ()) if re.fullmatch(r"Q\d+", q)), None)
    id = wikidata or f"ftm:{item['id']}"
    if not name:
        return None
    known = dict.fromkeys([*props.get("name", ()), *props.get("alias", ())])
    aliases = tuple(one for one in known if one != name and one.isprintable() and "|" not in one)
    if item["schema"] == "Person":
        terms = _terms(str(item["id"]), props, store)
        country = _country(props) or next((t.country for t in terms if t.country), None)
        if not terms or country is None:
            return None
        gender = next((g for g in props.get("gender", ()) if g in ("male", "female")), "")
        return Entry(
            id=id, name=name, kind=ActorKind.PERSON, country=country, offices=terms,
            aliases=aliases[:ALIASES], wikidata=wikidata, gender=gender,
        )  # fmt: skip
    marks = {item["schema"], *props.get("topics", ())}
    row = next((row for mark, row in _topics().items() if mark in marks), None)
    if row is None:
        return None
    kind, country, sectors = row
    return Entry(
        id=id, name=name, kind=kind, country=country or _country(props), sectors=sectors,
        aliases=aliases[:ALIASES], wikidata=wikidata,
        start=_date(props, "incorporationDate"), end=_date(props, "dissolutionDate"),
    )  # fmt: skip


def _terms(id: str, props: Properties, store: Store) -> tuple[Held, ...]:
    home = _country(props) or ""
    found = []
    for post, start, end in (one for one in store.get(f"holder:{id}") if len(one) == 3):
        for title, country in store.get(f"position:{post}"):
            found.append(held(title, country or home, start, end))
    if not found:
        found = [held(title, home, "", "") for title in props.get("position", ())]
    return merged(term for term in found if term is not None)


@cache
def _topics() -> dict[str, tuple[ActorKind, str, tuple[str, ...]]]:
    table = read_data("ftm_topics.tsv", ("name", "kind", "country", "sectors"))
    return {
        row["name"]: (ActorKind(row["kind"]), row["country"], cell_list(row["sectors"], ","))
        for _, row in table.rows()
    }


def _first(props: Properties, key: str) -> str:
    return next((str(value).strip() for value in props.get(key, ())), "")


def _date(props: Properties, key: str) -> str:
    match = DAY.match(_first(props, key))
    return match[0] if match else ""


def _country(props: Properties) -> str | None:
    keys = ("country", "citizenship", "nationality", "jurisdiction")
    codes = (alpha3(str(code)) for key in keys for code in props.get(key, ()))
    return next((code for code in codes if code), None)
