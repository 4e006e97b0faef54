"""``dateline places``: look into the gazetteer."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

if TYPE_CHECKING:
    from dateline.places.entry import Entry

app = typer.Typer(
    name="places",
    help="Look into the gazetteer of places.",
    no_args_is_help=True,
    rich_markup_mode="markdown",
)
Json = Annotated[bool, typer.Option("--json", help="As JSON lines.")]


@app.command(
    epilog="Examples: `dateline places search Tripoli` · `dateline places search 'Paris, Texas'`"
)
def search(
    name: Annotated[
        str, typer.Argument(help="A name, or how it begins; what holds it may follow a comma.")
    ],
    country: Annotated[
        str | None, typer.Option("--country", help="Its name or ISO code: Ukraine, UA or UKR.")
    ] = None,
    kind: Annotated[
        str | None,
        typer.Option("--kind", help="country, admin1, admin2, town, region, water or site."),
    ] = None,
    limit: Annotated[int, typer.Option("--limit", min=1)] = 20,
    as_json: Json = False,
) -> None:
    """Find places by name, the best known first."""
    from dateline.places import search as look_up
    from dateline.places.lookup import nowhere

    found = look_up(name, country=country, kind=kind, limit=None)
    if as_json:
        for entry in found[:limit]:
            typer.echo(json.dumps(_row(entry), ensure_ascii=False))
        return
    if not found:
        raise nowhere(name, country=country, kind=kind)
    columns = ("id", "name", "kind", "admin1", "country", "population", "lat", "lon")
    table = Table(box=None)
    for column in columns:
        wide = column in ("id", "name", "admin1")
        number = column in ("population", "lat", "lon")
        table.add_column(
            column, overflow="fold", no_wrap=not wide, justify="right" if number else "left"
        )
    for entry in found[:limit]:
        row = _row(entry)
        table.add_row(*("" if row[c] is None else str(row[c]) for c in columns))
    Console().print(table)
    if len(found) > limit:
        typer.echo(f"{limit} of {len(found)} places; more with --limit", err=True)


@app.command(
    epilog="Examples: `dateline places show 2988507` · `dateline places show 'Strait of Hormuz'`"
)
def show(
    id: Annotated[str, typer.Argument(help="GeoNames id, or a name that only one place has.")],
    as_json: Json = False,
) -> None:
    """Show a place: names, point, what holds it, feature code and source."""
    from dateline.places import names_of, place

    entry = place(id)
    row: dict[str, Any] = {**_row(entry), "url": _url(entry), "names": names_of(entry)}
    if as_json:
        typer.echo(json.dumps(row, ensure_ascii=False))
        return
    table = Table(box=None, show_header=False)
    for key, value in row.items():
        shown = ", ".join(value) if isinstance(value, list) else value
        if shown not in (None, ""):
            table.add_row(key, str(shown))
    Console().print(table)


def _url(entry: Entry) -> str | None:
    return f"https://www.geonames.org/{entry.geonameid}" if entry.geonameid else None


def _row(entry: Entry) -> dict[str, Any]:
    source = "GeoNames, CC BY 4.0" if entry.geonameid else "dateline's own table, CC0"
    return {
        "id": entry.geonameid or entry.key, "name": entry.name, "kind": entry.kind,
        "country": entry.country, "admin1": entry.admin1, "admin2": entry.admin2,
        "lat": entry.lat, "lon": entry.lon, "population": entry.population or None,
        "feature": f"{entry.feature_class}.{entry.feature_code}", "precision": entry.precision,
        "resolution": entry.resolution, "hierarchy": list(entry.hierarchy), "source": source,
    }  # fmt: skip
