"""A layout in the manner of ACLED: political violence and protest, 31 columns."""

from __future__ import annotations

from dateline.events.ontology.crosswalks import acled_for, load_acled
from dateline.exporting.layouts.codes import codes
from dateline.exporting.layouts.columns import Cell, Choice, Column, Layout, first_of, told_as_fact
from dateline.exporting.layouts.happening import Happening
from dateline.exporting.layouts.icews import number
from dateline.records import Participant

DISORDER = {
    "Battles": "Political violence", "Explosions/Remote violence": "Political violence",
    "Violence against civilians": "Political violence", "Protests": "Demonstrations",
    "Riots": "Demonstrations", "Strategic developments": "Strategic developments",
}  # fmt: skip
SPECIAL = {
    "Mob violence": "Political violence",
    "Excessive force against protesters": "Political violence; Demonstrations",
}
PARTIES = (
    ("State forces", frozenset(("MIL", "COP", "GOV", "SPY", "PRE"))),
    ("Rebel group", frozenset(("REB",))),
    ("Political militia", frozenset(("PRM", "CRM", "UAF"))),
    ("Civilians", frozenset((
        "CVL", "JRN", "EDU", "LAB", "MED", "REF", "REL", "BUS", "AGR", "ELI", "LEG", "JUD", "SOC",
        "OPP", "PTY",
    ))),
)  # fmt: skip
"""ACLED's kind of party → PLOVER sectors, the first that fits."""
LONGEST = 31
"""Days an event may spread over: a month, precision 3."""


def kinds(one: Happening) -> tuple[str, str] | None:
    """Return ACLED's event and sub-event type."""
    event = one.event
    return acled_for(
        event.type,
        event.mode,
        actors={s for p in one.actors for s in p.sectors},
        recipients={s for p in one.recipients for s in p.sectors},
        cues={word.lower() for word in one.sentence.split()},
    )


def _refused(one: Happening, choice: Choice) -> str | None:
    days = one.days
    return first_of(
        told_as_fact(one, choice),
        None if kinds(one) else "ACLED does not code it",
        "no day known" if days is None else None,
        "known to more than a month" if days and (days[1] - days[0]).days >= LONGEST else None,
    )


def _precision(one: Happening) -> int | None:
    if one.days is None:
        return None
    length = (one.days[1] - one.days[0]).days
    return 1 if length < 1 else 2 if length < 7 else 3


def _party(participant: Participant | None, sub: str) -> str | None:
    if participant is None:
        return None
    if sub in ("Violent demonstration", "Mob violence"):
        return "Rioters"
    if "protest" in sub.lower() and "CVL" in participant.sectors:
        return "Protesters"
    for name, sectors in PARTIES:
        if sectors & set(participant.sectors):
            return name
    return "External/Other forces" if participant.country in ("IGO", "UNO") else None


def _side(one: Happening, first: bool) -> list[Participant]:
    people = one.actors or one.recipients if first else (one.recipients if one.actors else ())
    return list(people)


def _names(one: Happening, first: bool) -> list[str]:
    return [_label(p) for p in _side(one, first)]


def _label(participant: Participant) -> str:
    """Return a name with its country, as "Police Forces of France"."""
    country = codes(participant.country).name
    if country and country.lower() not in participant.name.lower() and participant.actor is None:
        return f"{participant.name} ({country})"
    return participant.name


def _inter(one: Happening, first: bool) -> str | None:
    found = kinds(one)
    side = _side(one, first)
    return _party(side[0], found[1]) if side and found else None


def _interaction(one: Happening) -> Cell:
    first, second = _inter(one, True), _inter(one, False)
    if first and second:
        return f"{first}-{second}"
    return f"Sole {first.lower()}" if first else None


def _geo_precision(one: Happening) -> int | None:
    place = one.place
    if place is None or place.precision in ("country", "region", None):
        return None
    return {"site": 1, "town": 1, "offset": 2, "admin2": 2}.get(place.precision, 3)


def _at(one: Happening, field: str) -> Cell:
    value: Cell = getattr(one.place, field) if _geo_precision(one) else None
    return value


def _civilians(one: Happening) -> str | None:
    struck = any({"CVL", "JRN", "REF", "MED", "EDU"} & set(p.sectors) for p in one.recipients)
    violent = one.event.type == "ASSAULT"
    return "Civilian targeting" if struck and violent else None


def _disorder(one: Happening) -> str | None:
    found = kinds(one)
    return SPECIAL.get(found[1]) or DISORDER.get(found[0]) if found else None


def _crowd(one: Happening) -> str | None:
    best, low, high = one.size("participants")
    if best is None and low is None:
        return "crowd size=no report" if one.event.type == "PROTEST" else None
    shown = best if best is not None else low
    bounds = f" ({low:g}-{high:g})" if low is not None and high is not None and low != high else ""
    return f"crowd size={shown:g}{bounds}"


def _fatalities(one: Happening) -> int:
    best, low, _ = one.size("dead")
    return int(best if best is not None else low or 0)


LAYOUT = Layout(
    name="acled",
    title="ACLED-like",
    suffix=".csv",
    source="the columns of ACLED's exports",
    refuses=_refused,
    delimiter=",",
    notes=(
        "Only what ACLED's codebook counts, told as a fact, known to a month or better. Types come "
        f"from the crosswalk {load_acled().version}, so this is in ACLED's manner and not ACLED's own "
        "coding: no person has read it. An event that is placed in a whole country has no coordinates."
    ),
    columns=(
        Column("event_id_cnty", "text", "Country and a number made from the id of the event.",
               lambda o: f"{(o.place.country if o.place else None) or 'XXX'}{number(o.id, 9)}"),
        Column("event_date", "date", "First day.", lambda o: o.days[0].isoformat() if o.days else None),
        Column("year", "integer", "Year.", lambda o: o.days[0].year if o.days else None),
        Column("time_precision", "integer", "1 the day, 2 a week, 3 a month.", _precision),
        Column("disorder_type", "text", "Political violence, Demonstrations or Strategic developments.",
               _disorder),
        Column("event_type", "text", "ACLED event type.", lambda o: k[0] if (k := kinds(o)) else None),
        Column("sub_event_type", "text", "ACLED sub-event type.", lambda o: k[1] if (k := kinds(o)) else None),
        Column("actor1", "text", "The first who acts; who is acted upon where nobody else is named.",
               lambda o: next(iter(_names(o, True)), None), "nobody is named"),
        Column("assoc_actor_1", "text", "Others on that side.",
               lambda o: "; ".join(_names(o, True)[1:]), "none"),
        Column("inter1", "text", "Kind of actor1, from its PLOVER sectors.", lambda o: _inter(o, True),
               "no sector is told"),
        Column("actor2", "text", "The first who is acted upon.",
               lambda o: next(iter(_names(o, False)), None), "nobody is named"),
        Column("assoc_actor_2", "text", "Others on that side.",
               lambda o: "; ".join(_names(o, False)[1:]), "none"),
        Column("inter2", "text", "Kind of actor2.", lambda o: _inter(o, False), "no sector is told"),
        Column("interaction", "text", "Both kinds.", _interaction, "the first is unknown"),
        Column("civilian_targeting", "text", "\"Civilian targeting\" where civilians are attacked.",
               _civilians, "they are not"),
        Column("iso", "integer", "ISO 3166-1 numeric code of the place's country.",
               lambda o: codes(o.place.country).numeric if o.place else None, "no place is told"),
        Column("region", "text", "ACLED's region.",
               lambda o: codes(o.place.country).acled_region if o.place else None),
        Column("country", "text", "Country of the place.",
               lambda o: codes(o.place.country).name if o.place else None),
        Column("admin1", "text", "First-order division.", lambda o: o.place.admin1 if o.place else None),
        Column("admin2", "text", "Second-order division.", lambda o: o.place.admin2 if o.place else None),
        Column("admin3", "text", "Third-order division.", lambda _: None, "the gazetteer has none"),
        Column("location", "text", "Name of the place.", lambda o: _at(o, "name"),
               "the place is a country or a region"),
        Column("latitude", "number", "Degrees north.", lambda o: _at(o, "lat"), "as location"),
        Column("longitude", "number", "Degrees east.", lambda o: _at(o, "lon"), "as location"),
        Column("geo_precision", "integer", "1 town or site, 2 district or near a town, 3 province.",
               _geo_precision, "as location"),
        Column("source", "text", "Publishers.", lambda o: "; ".join(dict.fromkeys(
            m.coded.report.publisher for m in o.mentions if m.coded.report.publisher)), "not given"),
        Column("source_scale", "text", "Reach of the source.", lambda _: None, "dateline does not code it"),
        Column("notes", "text", "The sentence that tells it.", lambda o: o.sentence),
        Column("fatalities", "integer", "Best number of dead; 0 where none is told.", _fatalities),
        Column("tags", "text", "Size of the crowd.", _crowd, "no protest, or no number"),
        Column("timestamp", "text", "When the report was fetched.", lambda o: o.coded.report.retrieved_at,
               "not known"),
    ),
)  # fmt: skip
