"""From a row of a table to an entry of the registry."""

from __future__ import annotations

import re

from dateline.actors.model import SECTORS, Entry, Held, Member
from dateline.actors.names import fold
from dateline.actors.tables import Table, cell_list, check_date
from dateline.errors import DataError
from dateline.records import ActorKind

OFFICE_CELL = re.compile(
    r"(?P<office>\w+)(\[(?P<body>[^\]]+)\])?(@(?P<country>\w+))?(=(?P<sector>[A-Z]{3}))?( (?P<term>.*))?"
)
WIKIDATA = re.compile(r"Q\d+")
MEMBER_CELL = re.compile(r"(?P<id>\S+)( (?P<start>[\d-]*)/(?P<end>[\d-]*))?")


def parse_offices(cell: str, country: str, where: str, known: str = "") -> tuple[Held, ...]:
    """Parse ``foreign_minister@IRQ 2020-06/2022-10;spokesperson[White House]=GOV 2021/``.

    ``known``: the day up to which the list it is from tells.

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
        sector = match["sector"] or ""
        if sector and sector not in SECTORS:
            raise DataError(
                f"{where}: {sector!r} is no PLOVER sector; use one of {sorted(SECTORS)}"
            )
        home = match["country"] or country
        out.append(Held(match["office"], home, start, end, match["body"] or "", sector, known))
    return tuple(out)


def parse_members(cell: str, where: str) -> tuple[Member, ...]:
    """Parse ``FRA 1949-04-04/,GRC``: members, with their dates where known.

    Raises:
        DataError: it does not have that form.
    """
    out: list[Member] = []
    for part in cell_list(cell, ","):
        match = MEMBER_CELL.fullmatch(part)
        if match is None:
            raise DataError(f"{where}: {part!r} is no member; write CODE or CODE start/end")
        start, end = match["start"] or "", match["end"] or ""
        check_date(start, where)
        check_date(end, where)
        out.append(Member(match["id"], start, end))
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
    wikidata = row.get("wikidata", "") or (id if WIKIDATA.fullmatch(id) else "")
    known = table.header.get("as_of", "") if table else ""
    return Entry(
        id=id,
        name=name,
        kind=kind,
        country=country or None,
        sectors=sectors,
        aliases=cell_list(row.get("aliases", "")),
        offices=parse_offices(row.get("offices", "").strip(), country, where, known),
        start=row.get("start", ""),
        end=row.get("end", ""),
        wikidata=wikidata or None,
        members=parse_members(row.get("members", ""), where),
        source=row.get("source", "") or (table.header["source"] if table else ""),
        gender=row.get("gender", "").strip(),
    )
