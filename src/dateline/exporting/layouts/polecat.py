"""The layout of POLECAT: PLOVER events, 40 columns, tab-separated, with the word None for no value."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from dateline.exporting.layouts.codes import codes_then
from dateline.exporting.layouts.columns import Choice, Column, Layout
from dateline.exporting.layouts.happening import Happening
from dateline.records import ActorKind, Participant

JOIN: Final = "; "
People = Callable[[Happening], Iterable[Participant]]


def _joined(values: Iterable[str | None]) -> str | None:
    return JOIN.join(dict.fromkeys(v for v in values if v)) or None


def _day(one: Happening) -> str | None:
    return one.days[0].isoformat() if one.days and one.days[0] == one.days[1] else None


def _party(side: str, people: People) -> tuple[Column, ...]:
    def each(
        value: Callable[[Happening, Participant], str | None],
    ) -> Callable[[Happening], str | None]:
        return lambda one: _joined(value(one, p) for p in people(one))

    who = "who acts" if side == "Actor" else "who is acted upon"
    empty = f"nobody is named as {who}"
    return (
        Column(f"{side} Name", "text", f"Names of {who}: of the registry where resolved.",
               each(lambda _, p: p.name), empty),
        Column(f"{side} Country", "text", "Their countries, ISO 3166-1 alpha-3, or IGO, NGO, …",
               each(lambda _, p: p.country), "no country is told"),
        Column(f"{side} COW", "text", "The same by Correlates of War.",
               each(lambda one, p: codes_then(p.country, one.days).cow), "the list has no such state"),
        Column(f"Primary {side} Sector", "text", "PLOVER sector of the first of them.",
               lambda one: next((s for p in people(one) for s in p.sectors), None), "no sector is told"),
        Column(f"{side} Sectors", "text", "PLOVER sectors of all of them.",
               lambda one: _joined(s for p in people(one) for s in p.sectors), "no sector is told"),
        Column(f"{side} Title", "text", "Their offices.", each(lambda _, p: p.title),
               "no office is told"),
        Column(f"{side} Name Raw", "text", "The words of the report for them.",
               each(lambda _, p: p.span.text), empty),
        Column(f"Wikipedia {side} ID", "text", "Their Wikidata ids, which dateline has instead.",
               each(lambda one, p: a.wikidata if (a := one.known(p)) else None),
               "the registry does not know them"),
    )  # fmt: skip


def _of_kind(kind: ActorKind) -> Callable[[Happening], str | None]:
    return lambda one: _joined(p.name for p in one.coded.participants if p.kind is kind)


def _refused(one: Happening, choice: Choice) -> str | None:
    return None if one.event.plover_type else "PLOVER has no reading for it"


def _city(one: Happening) -> str | None:
    place = one.place
    return place.name if place is not None and place.precision in ("town", "site") else None


LAYOUT = Layout(
    name="polecat",
    title="POLECAT",
    suffix=".tsv",
    source="the columns of the published POLECAT files",
    refuses=_refused,
    missing="None",
    notes=(
        "Event type and mode are PLOVER's reading of the act and its status: a meeting that is only "
        "planned is an AGREE. What PLOVER has no reading for, such as an attack that was denied, has "
        "no row. A merged event has one row."
    ),
    columns=(
        Column("Event ID", "text", "Id of the merged event, or report and event.", lambda o: o.id),
        Column("Event Date", "date", "The day, where it is known to the day.", _day,
               "known only to a week, a month or more, or not at all"),
        Column("Event Type", "text", "PLOVER type.", lambda o: o.event.plover_type),
        Column("Event Mode", "text", "PLOVER mode.", lambda o: o.event.plover_mode,
               "no mode is told, or the type has none"),
        Column("Intensity", "number", "PLOVER conflict–cooperation score, -10 to 10.",
               lambda o: o.event.scale),
        Column("Quad Code", "integer", "1 verbal cooperation, 2 material cooperation, 3 verbal "
               "conflict, 4 material conflict.", lambda o: o.event.quad),
        Column("Contexts", "text", "PLOVER contexts.", lambda o: _joined(o.event.contexts),
               "no context is told"),
        *_party("Actor", lambda o: o.actors),
        *_party("Recipient", lambda o: o.recipients),
        Column("Placename", "text", "Name of the place.", lambda o: o.place.name if o.place else None,
               "no place is told"),
        Column("City", "text", "The place, where it is a town or a site.", _city,
               "the place is larger"),
        Column("District", "text", "Second-order division.",
               lambda o: o.place.admin2 if o.place else None, "the gazetteer has none"),
        Column("Province", "text", "First-order division.",
               lambda o: o.place.admin1 if o.place else None, "the place is a country"),
        Column("Country", "text", "Country of the place, ISO 3166-1 alpha-3.",
               lambda o: o.place.country if o.place else None, "no place is told, or a sea"),
        Column("Latitude", "number", "Degrees north, WGS 84.", lambda o: o.place.lat if o.place else None),
        Column("Longitude", "number", "Degrees east, WGS 84.", lambda o: o.place.lon if o.place else None),
        Column("GeoNames ID", "integer", "Id of the place.",
               lambda o: o.place.geonameid if o.place else None, "a region of dateline's own"),
        Column("Raw Placename", "text", "The words of the report for the place.",
               lambda o: o.place.span.text if o.place else None),
        Column("Feature Type", "text", "GeoNames feature code.",
               lambda o: o.place.feature_code if o.place else None),
        Column("Source", "text", "Publisher.", lambda o: o.coded.report.publisher, "not given"),
        Column("Publication Date", "date", "Day of publication.",
               lambda o: (o.coded.report.published or "")[:10] or None, "not given"),
        Column("Story People", "text", "All people named in the report.", _of_kind(ActorKind.PERSON)),
        Column("Story Organizations", "text", "All organisations named in the report.",
               _of_kind(ActorKind.ORGANISATION)),
        Column("Story Locations", "text", "All places named in the report.",
               lambda o: _joined(p.name for p in o.coded.places)),
        Column("Language", "text", "Language of the report.",
               lambda o: o.coded.report.language or "en"),
        Column("Version", "text", "Version of dateline.",
               lambda o: f"dateline {o.coded.versions.dateline}"),
    ),
)  # fmt: skip
