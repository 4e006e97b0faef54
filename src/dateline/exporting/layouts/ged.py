"""A layout in the manner of UCDP GED: organised violence with deaths, ranges and precisions."""

from __future__ import annotations

from math import floor

from dateline.events.ontology.crosswalks import ucdp_for
from dateline.exporting.layouts.codes import codes, codes_then
from dateline.exporting.layouts.columns import Cell, Choice, Column, Layout, first_of, told_as_fact
from dateline.exporting.layouts.happening import Happening
from dateline.exporting.layouts.icews import number
from dateline.records import Participant

YEAR = 366
WHERE = {
    "site": 1, "town": 1, "offset": 2, "admin2": 3, "admin1": 4, "region": 5, "country": 6,
}  # fmt: skip
STATE = frozenset(("GOV", "MIL", "COP", "SPY"))
"""Sectors of those who act for a state."""
SETTLED = frozenset(("CVL", "JRN", "REF", "MED", "EDU", "LAB", "REL", "AGR", "BUS"))


def kind(one: Happening) -> int | None:
    """Return the type of violence: 1 state-based, 2 non-state, 3 one-sided."""
    best, low, high = one.size("dead")
    return ucdp_for(
        one.event.type,
        one.event.mode,
        actors=[s for p in one.actors for s in p.sectors],
        recipients=[s for p in one.recipients for s in p.sectors],
        deaths=next((n for n in (best, low, high) if n is not None), None),
    )


def _refused(one: Happening, choice: Choice) -> str | None:
    days = one.days
    return first_of(
        told_as_fact(one, choice),
        None if one.event.type == "ASSAULT" else "no attack",
        "no day known" if days is None else None,
        "known to more than a year" if days and (days[1] - days[0]).days > YEAR else None,
        None if any(one.size("dead")) else "no deaths told",
        None if kind(one) else "UCDP does not count it",
    )


def _date_precision(one: Happening) -> int | None:
    if one.days is None:
        return None
    length = (one.days[1] - one.days[0]).days + 1
    return 1 if length == 1 else 2 if length < 7 else 3 if length == 7 else 4 if length <= 31 else 5


def _side(people: tuple[Participant, ...]) -> str | None:
    return ", ".join(dict.fromkeys(_party(p) for p in people)) or None


def _party(participant: Participant) -> str:
    country = codes(participant.country).name
    if "GOV" in participant.sectors or "MIL" in participant.sectors or "COP" in participant.sectors:
        return f"Government of {country}" if country else participant.name
    return participant.name


def _gw(one: Happening, people: tuple[Participant, ...]) -> Cell:
    state = (p for p in people if STATE & set(p.sectors))
    found = (codes_then(p.country, one.days).gw for p in state)
    return next((code for code in found if code), None)


def _deaths(one: Happening, nth: int) -> Cell:
    value = one.size("dead")[nth]
    return int(value) if value is not None else None


def _best(one: Happening) -> Cell:
    best, low, _ = one.size("dead")
    return int(best) if best is not None else int(low) if low is not None else None


def _civilians(one: Happening) -> bool:
    return any(SETTLED & set(p.sectors) for p in one.recipients)


def _grid(one: Happening) -> Cell:
    """Return the cell of PRIO-GRID: half degrees from 90° south, 180° west, counted from 1."""
    place = one.place
    if place is None or place.lat is None or place.lon is None or place.precision == "country":
        return None
    row, column = floor((place.lat + 90) * 2), floor((place.lon + 180) * 2)
    return min(row, 359) * 720 + min(column, 719) + 1


def _clear(one: Happening) -> int:
    return 1 if _date_precision(one) == 1 else 2


def _none(_: Happening) -> Cell:
    return None


def _heading(one: Happening) -> Cell:
    return one.coded.report.title


NEVER = "given out by UCDP"

LAYOUT = Layout(
    name="ged",
    title="UCDP GED-like",
    suffix=".csv",
    source="the columns of the UCDP Georeferenced Event Dataset",
    refuses=_refused,
    delimiter=",",
    notes=(
        "Attacks with at least one death told as a fact, between parties that UCDP counts. In UCDP's "
        "manner, not UCDP's own coding: its rules of 25 deaths a year and of dyads need a whole year "
        "and a person. Deaths are not told apart by side unless civilians are attacked."
    ),
    columns=(
        Column("id", "integer", "Number made from the id of the event.", lambda o: number(o.id, 12)),
        Column("relid", "text", "Id of the merged event, or report and event.", lambda o: o.id),
        Column("year", "integer", "Year.", lambda o: o.days[0].year if o.days else None),
        Column("active_year", "integer", "Whether the dyad had 25 deaths.", _none, NEVER),
        Column("code_status", "text", "Who checked it.", lambda _: "Machine coded"),
        Column("type_of_violence", "integer", "1 state-based, 2 non-state, 3 one-sided.", kind),
        Column("conflict_dset_id", "integer", "Id of the conflict.", _none, NEVER),
        Column("conflict_new_id", "integer", "Id of the conflict.", _none, NEVER),
        Column("conflict_name", "text", "Country and kind of violence.",
               lambda o: codes(o.place.country).name if o.place else None, "no place is told"),
        Column("dyad_dset_id", "integer", "Id of the dyad.", _none, NEVER),
        Column("dyad_new_id", "integer", "Id of the dyad.", _none, NEVER),
        Column("dyad_name", "text", "Both sides.",
               lambda o: " - ".join(filter(None, (_side(o.actors), _side(o.recipients)))) or None),
        Column("side_a_dset_id", "integer", "Id of side A.", _none, NEVER),
        Column("side_a_new_id", "integer", "Id of side A.", _none, NEVER),
        Column("side_a", "text", "Who acts.", lambda o: _side(o.actors), "nobody is named"),
        Column("side_b_dset_id", "integer", "Id of side B.", _none, NEVER),
        Column("side_b_new_id", "integer", "Id of side B.", _none, NEVER),
        Column("side_b", "text", "Who is acted upon; Civilians in one-sided violence.",
               lambda o: "Civilians" if kind(o) == 3 else _side(o.recipients), "nobody is named"),
        Column("number_of_sources", "integer", "Independent reports.", lambda o: o.sources),
        Column("source_article", "text", "Addresses or ids of the reports.", lambda o: "; ".join(
            m.coded.report.url or m.coded.report.id for m in o.mentions)),
        Column("source_office", "text", "Publisher.", lambda o: o.coded.report.publisher, "not given"),
        Column("source_date", "date", "Day of publication.",
               lambda o: (o.coded.report.published or "")[:10] or None, "not given"),
        Column("source_headline", "text", "Title of the report.", _heading, "it has none"),
        Column("source_original", "text", "Who is quoted with it.", lambda o: o.speaker,
               "the report tells it itself"),
        Column("where_prec", "integer", "1 town or site, 2 near one, 3 district, 4 province, 5 region, "
               "6 country, 7 sea.", lambda o: WHERE.get(o.place.precision or "", 7) if o.place else None,
               "no place is told"),
        Column("where_coordinates", "text", "Name of the place.", lambda o: o.place.name if o.place else None),
        Column("where_description", "text", "The words of the report for it.",
               lambda o: o.place.span.text if o.place else None),
        Column("adm_1", "text", "First-order division.", lambda o: o.place.admin1 if o.place else None),
        Column("adm_2", "text", "Second-order division.", lambda o: o.place.admin2 if o.place else None),
        Column("latitude", "number", "Degrees north.", lambda o: o.place.lat if o.place else None),
        Column("longitude", "number", "Degrees east.", lambda o: o.place.lon if o.place else None),
        Column("geom_wkt", "text", "The point as well-known text.",
               lambda o: f"POINT ({o.place.lon} {o.place.lat})"
               if o.place and o.place.lon is not None else None),
        Column("priogrid_gid", "integer", "Cell of PRIO-GRID.", _grid, "the place is a country, or none"),
        Column("country", "text", "Country of the place.",
               lambda o: codes(o.place.country).name if o.place else None),
        Column("country_id", "integer", "The same by Gleditsch and Ward.",
               lambda o: codes_then(o.place.country, o.days).gw if o.place else None),
        Column("region", "text", "Africa, Americas, Asia, Europe or Middle East.",
               lambda o: codes(o.place.country).ged_region if o.place else None),
        Column("event_clarity", "integer", "1 a single event of a known day, 2 less clear.", _clear),
        Column("date_prec", "integer", "1 the day, 2 two to six days, 3 a week, 4 a month, 5 to a year.",
               _date_precision),
        Column("date_start", "date", "First day.", lambda o: o.days[0].isoformat() if o.days else None),
        Column("date_end", "date", "Last day.", lambda o: o.days[1].isoformat() if o.days else None),
        Column("deaths_a", "integer", "Deaths of side A.", _none, "reports do not tell them apart"),
        Column("deaths_b", "integer", "Deaths of side B.", _none, "reports do not tell them apart"),
        Column("deaths_civilians", "integer", "Deaths of civilians.",
               lambda o: _best(o) if _civilians(o) else None, "no civilians are named"),
        Column("deaths_unknown", "integer", "Other deaths.",
               lambda o: None if _civilians(o) else _best(o), "they are civilians"),
        Column("best", "integer", "Best number of deaths.", _best),
        Column("high", "integer", "Most.", lambda o: _deaths(o, 2), "no upper bound is told"),
        Column("low", "integer", "Fewest.", lambda o: _deaths(o, 1), "no lower bound is told"),
        Column("gwnoa", "integer", "Side A by Gleditsch and Ward, where it is a state.",
               lambda o: _gw(o, o.actors), "it is none"),
        Column("gwnob", "integer", "Side B by Gleditsch and Ward, where it is a state.",
               lambda o: _gw(o, o.recipients), "it is none"),
    ),
)  # fmt: skip
