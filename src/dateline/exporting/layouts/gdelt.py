"""The layouts of GDELT 2: events (61 columns) and mentions (16), tab-separated, without a header."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from dateline.exporting.layouts.codes import codes, fraction
from dateline.exporting.layouts.columns import (
    Cell,
    Choice,
    Column,
    Layout,
    first_of,
    on_a_day,
    told_as_fact,
)
from dateline.exporting.layouts.happening import Happening, pairs
from dateline.exporting.layouts.icews import number
from dateline.records import Participant, Place

TYPES = {
    "MED": "HLH", "JRN": "MED", "PRM": "UAF", "UNK": "UAF", "PRE": "GOV", "SOC": "CVL",
}  # fmt: skip
"""PLOVER sector → CAMEO role, where they differ."""
GROUPS = {
    "Q1065": "UNO", "Q458": "EEC", "Q7184": "NAT", "Q7159": "AFU", "Q7172": "ARL", "Q41984": "IAE",
    "Q7804": "IMF", "Q7164": "WBK", "Q7795": "OPC", "Q81299": "SCE", "Q7768": "ASN",
    "Q7825": "WTO", "Q47488": "ICC",
}  # fmt: skip
"""Wikidata id → CAMEO's code of a known group."""
US = "USA"


def _stamp(day: str | None) -> str | None:
    return day[:10].replace("-", "") or None if day and len(day) >= 10 else None


def _role(participant: Participant | None, nth: int) -> str | None:
    sectors = [TYPES.get(s, s) for s in participant.sectors] if participant else []
    return sectors[nth] if nth < len(sectors) else None


def _code(participant: Participant | None) -> str | None:
    if participant is None:
        return None
    roles = [_role(participant, n) or "" for n in range(3)]
    return (participant.country or "") + "".join(roles) or None


def _actor(n: int, who: Callable[[Happening], Participant | None]) -> tuple[Column, ...]:
    def group(one: Happening) -> Cell:
        actor = one.known(who(one))
        return GROUPS.get(actor.wikidata or "") if actor else None

    side = f"Actor{n}"
    never = "dateline does not code it"
    return (
        Column(f"{side}Code", "text", "Country and roles in one code.", lambda o: _code(who(o)),
               "nobody is named"),
        Column(f"{side}Name", "text", "Name.", lambda o: p.name.upper() if (p := who(o)) else None),
        Column(f"{side}CountryCode", "text", "CAMEO country, which is ISO 3166-1 alpha-3.",
               lambda o: p.country if (p := who(o)) else None),
        Column(f"{side}KnownGroupCode", "text", "CAMEO code of a known international group.", group,
               "no known group"),
        Column(f"{side}EthnicCode", "text", "Ethnic group.", lambda _: None, never),
        Column(f"{side}Religion1Code", "text", "Religion.", lambda _: None, never),
        Column(f"{side}Religion2Code", "text", "Second religion.", lambda _: None, never),
        *(
            Column(f"{side}Type{t}Code", "text", f"CAMEO role {t}, from the PLOVER sectors.",
                   lambda o, t=t: _role(who(o), t - 1), "no more roles")  # type: ignore[misc]
            for t in (1, 2, 3)
        ),
    )  # fmt: skip


def _kind(place: Place | None) -> int:
    """Return GDELT's type of place: 0 none, 1 country, 2 US state, 3 US town, 4 town, 5 province."""
    if place is None:
        return 0
    american = place.country == US
    if place.precision in ("town", "site", "offset"):
        return 3 if american else 4
    if place.precision in ("admin1", "admin2"):
        return 2 if american else 5
    return 1


def _full(place: Place | None) -> str | None:
    if place is None:
        return None
    country = codes(place.country).name
    parts = (place.name, place.admin1 if place.precision != "admin1" else None, country)
    return ", ".join(dict.fromkeys(part for part in parts if part))


def _geo(side: str, where: Callable[[Happening], Place | None]) -> tuple[Column, ...]:
    what = {"Actor1": "where who acts stands", "Actor2": "where who is acted upon stands"}.get(
        side, "where it happened"
    )
    blank = "" if side == "Action" else "dateline places acts, and not actors"
    return (
        Column(f"{side}Geo_Type", "integer", f"Kind of place {what}: 0 none, 1 country, 2 US state, "
               "3 US town, 4 town, 5 province.", lambda o: _kind(where(o))),
        Column(f"{side}Geo_FullName", "text", "Name, province, country.",
               lambda o: _full(where(o)), blank),
        Column(f"{side}Geo_CountryCode", "text", "Country, FIPS 10-4.",
               lambda o: codes(p.country).fips if (p := where(o)) else None, blank),
        Column(f"{side}Geo_ADM1Code", "text", "FIPS country and the name of the province.",
               lambda o: codes(p.country).fips if (p := where(o)) else None,
               blank or "dateline has the province by name: see FullName; here is the country alone"),
        Column(f"{side}Geo_ADM2Code", "text", "Code of the district.", lambda _: None,
               "dateline has the district by name"),
        Column(f"{side}Geo_Lat", "number", "Degrees north.",
               lambda o: p.lat if (p := where(o)) else None, blank),
        Column(f"{side}Geo_Long", "number", "Degrees east.",
               lambda o: p.lon if (p := where(o)) else None, blank),
        Column(f"{side}Geo_FeatureID", "text", "GeoNames id; GDELT has ids of GNS and GNIS.",
               lambda o: str(p.geonameid) if (p := where(o)) and p.geonameid else None, blank),
    )  # fmt: skip


def refused(one: Happening, choice: Choice) -> str | None:
    """Refuse what is no fact, has no CAMEO code or no day."""
    return first_of(
        told_as_fact(one, choice),
        None if one.event.cameo else "no CAMEO code",
        None if one.actors or one.recipients else "nobody is named",
        on_a_day(one),
    )


def _day(one: Happening) -> str:
    return one.days[0].isoformat() if one.days else ""


def _added(one: Happening) -> str | None:
    report = one.coded.report
    stamp = _stamp(report.retrieved_at or report.published)
    return f"{stamp}000000" if stamp else None


EVENTS = Layout(
    name="gdelt",
    title="GDELT 2 events",
    suffix=".export.CSV",
    source="those of the codebook of the GDELT event database 2.0",
    refuses=refused,
    expand=pairs,
    header=False,
    notes=(
        "A row for each pair of actors. Only what is told as a fact on a known day. NumMentions counts "
        "the places in reports that tell it, NumArticles the reports, NumSources the reports that are "
        "no copies: real links of a merged archive, or 1. There is no tone."
    ),
    columns=(
        Column("GLOBALEVENTID", "integer", "Number made from event and pair.", lambda o: number(o.key, 12)),
        Column("SQLDATE", "integer", "Day as YYYYMMDD.", lambda o: _stamp(_day(o))),
        Column("MonthYear", "integer", "Month as YYYYMM.", lambda o: (_stamp(_day(o)) or "")[:6]),
        Column("Year", "integer", "Year.", lambda o: _day(o)[:4]),
        Column("FractionDate", "number", "Year and the share of it that is over.",
               lambda o: fraction(o.days[0]) if o.days else None),
        *_actor(1, lambda o: o.source),
        *_actor(2, lambda o: o.target),
        Column("IsRootEvent", "integer", "1 for the main event of its report.", lambda o: int(o.event.main)),
        Column("EventCode", "text", "CAMEO code.", lambda o: o.event.cameo),
        Column("EventBaseCode", "text", "CAMEO code, first three figures.",
               lambda o: (o.event.cameo or "")[:3]),
        Column("EventRootCode", "text", "CAMEO root.", lambda o: (o.event.cameo or "")[:2]),
        Column("QuadClass", "integer", "1 verbal cooperation to 4 material conflict.", lambda o: o.event.quad),
        Column("GoldsteinScale", "number", "Goldstein score.", lambda o: o.event.goldstein),
        Column("NumMentions", "integer", "Places in reports that tell it.",
               lambda o: sum(max(1, len(m.event.mentions)) for m in o.mentions)),
        Column("NumSources", "integer", "Independent reports that tell it.", lambda o: o.sources),
        Column("NumArticles", "integer", "Reports that tell it.", lambda o: o.reports),
        Column("AvgTone", "number", "Tone.", lambda _: None, "dateline codes no tone"),
        *_geo("Actor1", lambda _: None),
        *_geo("Actor2", lambda _: None),
        *_geo("Action", lambda o: o.place),
        Column("DATEADDED", "integer", "When the report was fetched, else published, as YYYYMMDD000000.",
               _added, "neither is known"),
        Column("SOURCEURL", "text", "Address of the report, or its id.",
               lambda o: o.coded.report.url or o.coded.report.id),
    ),
)  # fmt: skip


def each_mention(one: Happening) -> Iterator[Happening]:
    """Yield a happening for every pair and every report that tells it."""
    for pair in pairs(one):
        for mention in one.mentions:
            yield replace(
                pair, coded=mention.coded, event=mention.event, mentions=(mention,),
            )  # fmt: skip


def _offset(one: Happening, ids: tuple[str, ...], nth: int = 0) -> int | None:
    found = [p.span.start for p in one.coded.participants if p.id in ids]
    return found[nth] if nth < len(found) else None


MENTIONS = Layout(
    name="gdelt-mentions",
    title="GDELT 2 mentions",
    suffix=".mentions.CSV",
    source="those of the codebook of the GDELT event database 2.0",
    refuses=refused,
    expand=each_mention,
    header=False,
    notes=(
        "A row for each report that tells an event, with the number of the events file. Offsets count "
        "characters of the report's own text from 0, and are exact."
    ),
    columns=(
        Column("GLOBALEVENTID", "integer", "Number of the event.", lambda o: number(o.key, 12)),
        Column("EventTimeDate", "integer", "Day of the event as YYYYMMDD000000.",
               lambda o: f"{_stamp(_day(o))}000000"),
        Column("MentionTimeDate", "integer", "Day of the report as YYYYMMDD000000.", _added,
               "no day is known"),
        Column("MentionType", "integer", "1: a page on the web; 2: a document with an id alone.",
               lambda o: 1 if o.coded.report.url else 2),
        Column("MentionSourceName", "text", "Publisher.", lambda o: o.coded.report.publisher, "not given"),
        Column("MentionIdentifier", "text", "Address of the report, or its id.",
               lambda o: o.coded.report.url or o.coded.report.id),
        Column("SentenceID", "integer", "Number of the sentence, from 1.", lambda o: o.sentence_number()),
        Column("Actor1CharOffset", "integer", "Where who acts is named.",
               lambda o: _offset(o, o.event.actors), "nobody is named; GDELT has -1"),
        Column("Actor2CharOffset", "integer", "Where who is acted upon is named.",
               lambda o: _offset(o, o.event.recipients) if o.event.recipients
               else (_offset(o, o.event.actors, 1) if o.event.reciprocal else None), "nobody is named"),
        Column("ActionCharOffset", "integer", "Where the act is named.", lambda o: o.event.trigger.start),
        Column("InRawText", "integer", "1: found in the text as it stands.", lambda _: 1),
        Column("Confidence", "integer", "Confidence of the coding, 10 to 100 in tens.",
               lambda o: max(10, round(o.event.confidence * 10) * 10)),
        Column("MentionDocLen", "integer", "Characters of the report.", lambda o: len(o.coded.report.text)),
        Column("MentionDocTone", "number", "Tone.", lambda _: None, "dateline codes no tone"),
        Column("MentionDocTranslationInfo", "text", "How it was translated.", lambda _: None,
               "reports are in English"),
        Column("Extras", "text", "Nothing.", lambda _: None, "as in GDELT"),
    ),
)  # fmt: skip
