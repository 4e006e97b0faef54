"""``dateline actors``: look into the registry, and keep one's own actors."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from dateline.errors import DataError, InputError, OutputError

if TYPE_CHECKING:
    from dateline.actors.model import Entry
    from dateline.actors.registry import Registry
    from dateline.records import Interval

app = typer.Typer(
    name="actors",
    help="Look into the registry of actors, and keep your own beside it.",
    no_args_is_help=True,
    rich_markup_mode="markdown",
)
Own = Annotated[Path | None, typer.Option("--actors", help="Your own actors, over the registry's.")]
Json = Annotated[bool, typer.Option("--json", help="As JSON lines.")]
On = Annotated[str | None, typer.Option("--on", help="Offices held on this day: 2011-05-02.")]


@app.command(
    epilog="Examples: `dateline actors search zelensky` · "
    "`dateline actors search 'foreign minister' --country IRQ --on 2020-07-01`"
)
def search(
    words: Annotated[str, typer.Argument(help="A name, part of one, or how it may be spelt.")],
    country: Annotated[str | None, typer.Option("--country", help="As UKR.")] = None,
    sector: Annotated[str | None, typer.Option("--sector", help="PLOVER sector, as GOV.")] = None,
    on: On = None,
    limit: Annotated[int, typer.Option("--limit", min=1)] = 20,
    actors: Own = None,
    as_json: Json = False,
) -> None:
    """Find actors by name, alias, a similar spelling or the office held, the likeliest first."""
    registry = _registry(actors)
    home = country_code(country) if country else None
    when = _day(on)
    office = _office_named(registry, words)
    found = [
        entry
        for entry in [
            *_candidates(registry, words), *(_holders(registry, office, home) if office else ())
        ]
        if (home is None or entry.country == home)
        and (sector is None or sector.upper() in _sectors(registry, entry))
        and (when is None or _stands(registry, entry, when, office))
    ]  # fmt: skip
    found = list({entry.id: entry for entry in found}.values())[:limit]
    if as_json:
        for entry in found:
            typer.echo(json.dumps(_row(registry, entry, when), ensure_ascii=False))
        return
    if not found:
        raise InputError(
            f"no actor is named like {words!r}{_limits(home, sector, on)}; try a shorter name, and "
            f"add one of your own with `dateline actors add FILE --name …`"
        )
    table = Table(box=None)
    for name in ("id", "name", "kind", "country", "sectors", "offices"):
        table.add_column(name, overflow="fold", no_wrap=name in ("kind", "country"))
    for entry in found:
        row = _row(registry, entry, when)
        table.add_row(
            entry.id, entry.name, entry.kind.value, entry.country or "",
            " ".join(row["sectors"]), "; ".join(_office(o) for o in row["offices"][:3]),
        )  # fmt: skip
    Console().print(table)


@app.command(
    epilog="Examples: `dateline actors show Q3874799 --on 2021-07-26` · `dateline actors show USA`"
)
def show(
    id: Annotated[str, typer.Argument(help="Id, or a name that only one actor has.")],
    on: On = None,
    members: Annotated[
        bool, typer.Option("--members", help="Only who belongs to it, on the day of --on.")
    ] = False,
    actors: Own = None,
    as_json: Json = False,
) -> None:
    """Show an actor: names, codes, offices with their dates, members, source."""
    registry = _registry(actors)
    entry, when = _one(registry, id), _day(on)
    row = _row(registry, entry, when)
    if members:
        _show_members(registry, entry, when, as_json=as_json)
        return
    if as_json:
        typer.echo(json.dumps(row, ensure_ascii=False))
        return
    table = Table(box=None, show_header=False)
    for name, value in row.items():
        if name == "offices":
            value = "\n".join(_office(one) for one in value)
        elif isinstance(value, list):
            value = ", ".join(value)
        if value:
            table.add_row(name, str(value))
    Console().print(table)


@app.command(epilog="Examples: `dateline actors check mine.toml` · `dateline actors check`")
def check(
    file: Annotated[
        Path | None,
        typer.Argument(
            metavar="[FILE]", help="Your own actors, TOML or table; none: the registry."
        ),
    ] = None,
) -> None:
    """Check a file of your own actors and where it meets the registry, or the registry itself."""
    if file is None:
        _check_registry()
        return
    from dateline.actors.loading import read_own

    held = read_own(file)
    entries = held.entries
    registry = _registry(None)
    for id in held.withdrawn:
        known = registry.get(id).name if id in registry else "which the registry does not have"
        typer.echo(f"{id}: withdrawn, {known}")
    ids: set[str] = set()
    for entry in entries:
        if entry.id in ids:
            raise DataError(f"{file}: the id {entry.id!r} stands twice; give one of them another")
        ids.add(entry.id)
        if entry.id in registry:
            typer.echo(f"{entry.id}: takes the place of {registry.get(entry.id).name!r}")
        for name in (entry.name, *entry.aliases):
            others = [r.id for r in registry.named(name) if r.id != entry.id]
            if others:
                typer.echo(f"{entry.id}: {name!r} is also a name of {', '.join(others[:4])}")
    typer.echo(f"dateline: {len(entries)} actors in {file} are in order", err=True)


@app.command(
    epilog="Example: `dateline actors add mine.toml --name 'Coastal Front' --country NGA "
    "--sector REB --alias CF --start 2019`"
)
def add(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="TOML; made where it is missing.")],
    name: Annotated[str, typer.Option("--name", help="Its name.")],
    kind: Annotated[
        str, typer.Option("--kind", help="person, organisation, group, country …")
    ] = "organisation",
    country: Annotated[
        str | None, typer.Option("--country", help="As NGA, or IGO, NGO, MNC.")
    ] = None,
    sector: Annotated[
        list[str] | None, typer.Option("--sector", help="PLOVER sector. Repeatable.")
    ] = None,
    alias: Annotated[
        list[str] | None, typer.Option("--alias", help="Another name. Repeatable.")
    ] = None,
    office: Annotated[
        list[str] | None,
        typer.Option("--office", help="As 'minister 2019-05/2021': title start/end. Repeatable."),
    ] = None,
    start: Annotated[str | None, typer.Option("--start", help="Since when it exists.")] = None,
    end: Annotated[str | None, typer.Option("--end", help="Until when.")] = None,
    id: Annotated[str | None, typer.Option("--id", help="Its id; a Wikidata id is best.")] = None,
) -> None:
    """Add an actor to a file of your own; what the file holds already stays as it is."""
    from dateline.actors.overlay import check_countries, read_overlay, to_toml, toml_entry

    item: dict[str, Any] = {"name": name, "kind": kind}
    single = {"country": country, "start": start, "end": end, "id": id}
    item |= {key: value for key, value in single.items() if value}
    item |= {
        key: list(values) for key, values in (("sectors", sector), ("aliases", alias)) if values
    }
    if office:
        item["offices"] = [_parsed(one) for one in office]
    entry = toml_entry(item, str(file))
    check_countries([entry], _registry(None), str(file))
    held = read_overlay(file).entries if file.exists() else ()
    if any(one.id == entry.id for one in held):
        raise DataError(f"{file} has an actor {entry.id!r} already; edit it there, or give an --id")
    try:
        before = file.read_text(encoding="utf-8").rstrip() + "\n\n" if file.exists() else ""
        file.write_text(before + to_toml([entry]), encoding="utf-8")
    except OSError as error:
        raise OutputError(f"cannot write {file}: {error.strerror}") from error
    typer.echo(f"dateline: added {entry.id} to {file}; use it with --actors {file}", err=True)


@app.command(epilog="Example: `dateline actors remove mine.toml 'user:Coastal Front'`")
def remove(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="TOML, as `add` writes it.")],
    id: Annotated[str, typer.Argument(help="Id of the actor.")],
) -> None:
    """Take an actor out of a file of your own; the rest of the file stays as it is."""
    from dateline.actors.overlay import remove_entry

    try:
        left = remove_entry(file.read_text(encoding="utf-8"), id)
        file.write_text(left, encoding="utf-8")
    except OSError as error:
        raise OutputError(f"cannot write {file}: {error.strerror}") from error
    typer.echo(f"dateline: removed {id} from {file}", err=True)


@app.command(
    name="import",
    epilog="Examples: `dateline actors import --wikidata latest-all.json.gz -o mine.toml --since 1990` · "
    "`dateline actors import --ftm entities.ftm.json -o mine.toml --country IRQ`",
)
def import_(
    output: Annotated[Path, typer.Option("--output", "-o", help="TOML file to write.")],
    wikidata: Annotated[
        Path | None,
        typer.Option("--wikidata", help="JSON dump of Wikidata, or a part; .gz and .bz2 as well."),
    ] = None,
    ftm: Annotated[
        Path | None,
        typer.Option("--ftm", help="FollowTheMoney entities, one a line, as of OpenSanctions."),
    ] = None,
    country: Annotated[
        list[str] | None, typer.Option("--country", help="Only of this country. Repeatable.")
    ] = None,
    since: Annotated[
        str,
        typer.Option("--since", help="Only who was in office, or existed, in this year or after."),
    ] = "",
) -> None:
    """Take actors over from a Wikidata dump or a FollowTheMoney file; lines that fail are listed."""
    from dateline.actors.imports import Wanted, import_ftm, import_wikidata

    if (wikidata is None) == (ftm is None):
        raise typer.BadParameter("give one of --wikidata and --ftm")
    if since:
        _day(since)
    wanted = Wanted(frozenset(country_code(one) for one in country or ()), since)
    if wikidata is not None:
        source, outcome = wikidata, import_wikidata(wikidata, output, wanted)
    else:
        assert ftm is not None
        source, outcome = ftm, import_ftm(ftm, output, wanted)
    for problem in outcome.problems:
        typer.secho(f"{source}:{problem.line}: {problem.what}", err=True, fg="red")
    typer.echo(
        f"dateline: {outcome.taken} actors to {output}; {outcome.passed_over} entities passed over, "
        f"{outcome.failed} lines failed",
        err=True,
    )
    if not outcome.taken:
        form = "Wikidata items" if wikidata is not None else "FollowTheMoney entities"
        raise InputError(f"{source} held nothing to take over; does it hold {form}, one a line?")


def _show_members(
    registry: Registry, entry: Entry, when: Interval | None, *, as_json: bool
) -> None:
    if not entry.members:
        raise InputError(f"{entry.name} has no members in the registry")
    rows = [
        (id, registry.get(id).name if id in registry else id)
        for id in registry.members(entry.id, when)
    ]
    if as_json:
        for id, name in rows:
            typer.echo(json.dumps({"id": id, "name": name}, ensure_ascii=False))
        return
    table = Table("id", "name", box=None)
    for row in rows:
        table.add_row(*row)
    Console().print(table)


def _check_registry() -> None:
    from dateline.actors.checking import check_registry

    registry = _registry(None)
    found = check_registry(registry)
    for one in found:
        typer.echo(
            f"{'error' if one.error else 'note'}: {registry.get(one.id).name} ({one.id}) {one.what}"
        )
    errors = sum(one.error for one in found)
    total = sum(1 for _ in registry.ids())
    typer.echo(f"dateline: {total} actors, {errors} errors, {len(found) - errors} notes", err=True)
    if errors:
        raise typer.Exit(1)


def _parsed(text: str) -> dict[str, str]:
    title, _, term = text.rpartition(" ")
    start, sign, end = term.partition("/")
    if not title or not sign:
        raise typer.BadParameter(f"{text!r} is no office; write it as 'minister 2019-05/2021'")
    return {"title": title, "start": start, "end": end}


def country_code(text: str) -> str:
    """Return the code of a country given as its alpha-3 or alpha-2 code or by name.

    Raises:
        InputError: there is no such country.
    """
    from dateline.actors.model import NON_STATE

    registry = _registry(None)
    if text.upper() in registry.codes or text.upper() in NON_STATE:
        return text.upper()
    for one in registry.codes.values():
        if one.alpha2 == text.upper():
            return one.id
    named = [ref.id for ref in registry.named(text) if ref.id in registry.codes]
    if named:
        return named[0]
    raise InputError(f"{text!r} is no country; write its ISO 3166-1 alpha-3 code, as NGA")


def _registry(own: Path | None) -> Registry:
    from dateline.actors.loading import load_registry

    return load_registry(own)


def _one(registry: Registry, id: str) -> Entry:
    if id in registry:
        return registry.get(id)
    ids = list(dict.fromkeys(ref.id for ref in registry.named(id)))
    if len(ids) == 1:
        return registry.get(ids[0])
    if not ids:
        raise InputError(f"there is no actor {id!r}; look for it with `dateline actors search`")
    raise InputError(f"{id!r} is a name of {', '.join(ids[:8])}; give one of these ids")


def _candidates(registry: Registry, words: str) -> list[Entry]:
    """Return entries by name, then by surname, then by words in common, then by sound."""
    from dateline.actors.names import fold

    key = fold(words)
    ids = [ref.id for ref in registry.named(words)]
    if words in registry:
        ids.insert(0, words)
    parts = key.split()
    ids += registry.surname(parts[-1]) if parts else ()
    wanted = set(parts)
    if wanted:
        ids += sorted(
            ref.id
            for name, refs in registry.names.items()
            if wanted <= set(name.split())
            for ref in refs
        )
        ids += sorted(
            id
            for name, people in registry.people.items()
            if wanted <= set(name.split())
            for id in people
        )
        ids += _alike(registry, key, registry.sounding(parts[-1]))
    return [registry.get(id) for id in dict.fromkeys(ids) if id in registry]


LIKE = 70
"""Least similarity, of 100, of a name that only sounds alike."""


def _alike(registry: Registry, key: str, ids: Sequence[str]) -> list[str]:
    """Return those with a name written or sounding much alike, the likest first."""
    from rapidfuzz import fuzz

    from dateline.actors.names import alike, fold

    def likeness(id: str) -> tuple[float, float]:
        name = fold(registry.get(id).name)
        spelling = fuzz.WRatio(key, name)
        surname = 0.0 if " " in key else 100 * alike(key, name.rpartition(" ")[2])
        return max(spelling, surname), spelling

    scored = [(likeness(id), id) for id in ids]
    ranked = sorted(scored, key=lambda one: (-one[0][0], -one[0][1], one[1]))
    return [id for score, id in ranked if score[0] >= LIKE]


def _sectors(registry: Registry, entry: Entry) -> list[str]:
    held = [registry.offices.sector_of(one) for one in entry.offices]
    return list(dict.fromkeys([*entry.sectors, *held]))


def _day(on: str | None) -> Interval | None:
    """Return the interval of a day, month or year as given.

    Raises:
        InputError: it is none.
    """
    from dateline.actors.find import published_interval
    from dateline.actors.tables import DATE

    if on is None:
        return None
    when = published_interval(on) if DATE.fullmatch(on) else None
    if when is None:
        raise InputError(f"{on!r} is no day; write it as 2021-07-26, 2021-07 or 2021")
    return when


def _stands(registry: Registry, entry: Entry, when: Interval, office: str | None) -> bool:
    """Tell whether one holds an office in ``when`` (the one looked for), or else existed."""
    if not entry.offices:
        return entry.exists(when) is not False
    return any(
        office is None or _is_office(registry, office, term.office, term.country)
        for term in entry.held(when)
    )


def _is_office(registry: Registry, asked: str, held: str, country: str) -> bool:
    """Tell whether an office is the one asked for; a minister is one of anything."""
    if asked == "minister" and held.endswith("_minister"):
        return True
    return registry.offices.of(asked, country) == held


def _office_named(registry: Registry, words: str) -> str | None:
    from dateline.actors.names import fold

    title = registry.titles.get(fold(words))
    return title[0] if title else None


def _holders(registry: Registry, office: str, country: str | None) -> Iterator[Entry]:
    """Yield who held an office in a country, the latest first; of any country where none is given."""
    for home in (country,) if country else sorted(registry.by_country):
        held = [
            pair
            for one, terms in registry.holders(home).items()
            if _is_office(registry, office, one, home)
            for pair in terms
        ]
        for _, id in sorted(held, key=lambda pair: pair[0].start, reverse=True):
            yield registry.get(id)


def _limits(country: str | None, sector: str | None, on: str | None) -> str:
    """Return what else was asked for, in words."""
    told = (("of", country), ("with sector", sector), ("in office on", on))
    return "".join(f" {word} {value}" for word, value in told if value)


def _row(registry: Registry, entry: Entry, when: Interval | None) -> dict[str, Any]:
    offices = entry.held(when) if when else entry.offices
    codes = registry.codes.get(entry.country or "")
    day = when.start if when else None
    return {
        "id": entry.id, "name": entry.name, "kind": entry.kind.value, "country": entry.country,
        "cow": codes.code("cow", day) if codes else None,
        "gw": codes.code("gw", day) if codes else None,
        "sectors": _sectors(registry, entry), "aliases": list(entry.aliases),
        "offices": [
            {"office": o.office, "body": o.body, "country": o.country, "start": o.start, "end": o.end,
             "sector": registry.offices.sector_of(o)}
            for o in offices
        ],
        "members": [one.id for one in entry.members], "start": entry.start, "end": entry.end,
        "wikidata": entry.wikidata, "source": entry.source,
    }  # fmt: skip


def _office(one: dict[str, str]) -> str:
    title = one["office"].replace("_", " ") + (f" ({one['body']})" if one["body"] else "")
    return f"{title}, {one['country']} {one['start']}–{one['end']}"
