"""Layouts that are one document: GeoJSON, TimelineJS, GEXF, FollowTheMoney entities, claims, panels."""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import IO, Any
from xml.sax.saxutils import quoteattr

from dateline.exporting.layouts.codes import codes
from dateline.exporting.layouts.columns import Choice, Written, first_of, on_a_day, told_as_fact
from dateline.exporting.layouts.happening import Happening, pairs
from dateline.records import Participant

RADIUS = {"site": 1, "town": 5, "offset": 25, "admin2": 50, "admin1": 150}
"""Precision of a place → the kilometres around its point in which the event lies, roughly."""


@dataclass(frozen=True, slots=True)
class Document:
    """A layout that is written as a whole."""

    name: str
    title: str
    suffix: str
    source: str
    notes: str
    make: Callable[[Iterable[Happening], IO[str]], None]
    refuses: tuple[Callable[[Happening, Choice], str | None], ...] = ()
    """Why a happening has no place in it, each in turn."""

    def write(
        self,
        happenings: Iterable[Happening],
        stream: IO[str],
        choice: Choice | None = None,
        left: Callable[[Happening, str], None] | None = None,
    ) -> Written:
        """Write the document; return how many happenings are in it and what was left out."""
        written = Written()
        self.make(self._kept(happenings, choice or Choice(), written, left), stream)
        return written

    def _kept(
        self,
        happenings: Iterable[Happening],
        choice: Choice,
        written: Written,
        left: Callable[[Happening, str], None] | None,
    ) -> Iterator[Happening]:
        for one in happenings:
            reason = first_of(*(refuse(one, choice) for refuse in self.refuses))
            if reason is None and one.confidence < choice.min_confidence:
                reason = "less sure than asked for"
            if reason is None:
                written.rows += 1
                yield one
                continue
            written.left[reason] += 1
            if left is not None:
                left(one, reason)


def label(one: Happening) -> str:
    """Return a happening in a line: who, what, to whom, where."""
    act = one.event.type + (f" ({one.event.mode})" if one.event.mode else "")
    sides = [", ".join(p.name for p in people) for people in (one.actors, one.recipients)]
    where = f"in {one.place.name}" if one.place is not None else ""
    said = "" if one.happened else f"[{'not ' if one.negated else ''}{one.status.value}]"
    return " ".join(part for part in (sides[0], act, sides[1], where, said) if part)


def properties(one: Happening) -> dict[str, Any]:
    """Return what maps and time lines show of a happening."""
    span = one.interval
    dead = one.size("dead")
    found = {
        "id": one.id, "label": label(one), "type": one.event.type, "mode": one.event.mode,
        "plover_type": one.event.plover_type, "cameo": one.event.cameo,
        "quad_class": one.event.quad, "status": one.status.value, "negated": one.negated,
        "start": span.start if span else None, "end": span.end if span else None,
        "granularity": span.granularity.value if span and span.granularity else None,
        "actors": [p.name for p in one.actors], "recipients": [p.name for p in one.recipients],
        "place": one.place.name if one.place else None,
        "place_precision": one.place.precision if one.place else None,
        "country": one.place.country if one.place else None,
        "geonameid": one.place.geonameid if one.place else None,
        "dead_best": dead[0], "dead_low": dead[1], "dead_high": dead[2],
        "confidence": round(one.confidence, 3), "reports": one.reports, "sources": one.sources,
        "text": one.sentence, "report": one.coded.report.id, "url": one.coded.report.url,
        "publisher": one.coded.report.publisher,
    }  # fmt: skip
    return {name: value for name, value in found.items() if value not in (None, [], "")}


def _dumped(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=False)


# --------------------------------------------------------------------- GeoJSON


def _placed(one: Happening, _: Choice) -> str | None:
    place = one.place
    if place is None:
        return "no place"
    return None if place.lat is not None and place.lon is not None else "a place without a point"


def _geojson(happenings: Iterable[Happening], stream: IO[str]) -> None:
    stream.write('{"type": "FeatureCollection", "features": [')
    for number, one in enumerate(happenings):
        place = one.place
        assert place is not None
        shown = properties(one)
        if (radius := RADIUS.get(place.precision or "")) is not None:
            shown["radius_km"] = radius
        feature = {
            "type": "Feature", "id": one.id,
            "geometry": {"type": "Point", "coordinates": [place.lon, place.lat]},
            "properties": shown,
        }  # fmt: skip
        stream.write((",\n" if number else "\n") + _dumped(feature))
    stream.write("\n]}\n")


GEOJSON = Document(
    "geojson", "GeoJSON", ".geojson", "RFC 7946",
    "A point for each event with a place; `radius_km` says how far around it the event may lie, and "
    "for a country or region there is none: `place_precision` tells those. All statuses, told in "
    "`status` and `negated`.",
    _geojson, (_placed,)
)  # fmt: skip

# ------------------------------------------------------------------ TimelineJS


def _timed(one: Happening, _: Choice) -> str | None:
    return None if one.interval is not None and one.interval.start else "no start known"


def _moment(text: str) -> dict[str, int]:
    parts = text[:10].split("-")
    names = ("year", "month", "day")
    return {name: int(part) for name, part in zip(names, parts, strict=False) if part.isdigit()}


def _timeline(happenings: Iterable[Happening], stream: IO[str]) -> None:
    stream.write('{"events": [')
    for number, one in enumerate(happenings):
        span = one.interval
        assert span is not None and span.start is not None
        report = one.coded.report
        credit = " · ".join(
            filter(None, (report.publisher, (report.published or "")[:10], report.url))
        )
        slide: dict[str, Any] = {
            "unique_id": one.id.replace("/", "-"),
            "start_date": _cut(_moment(span.start), span.granularity),
            "text": {"headline": _inert(label(one)), "text": f"<p>{_inert(one.sentence)}</p>"
                     + (f"<p><small>{_inert(credit)}</small></p>" if credit else "")},
            "group": one.event.type,
        }  # fmt: skip
        if one.days is not None and one.days[0] != one.days[1]:
            slide["end_date"] = _moment(one.days[1].isoformat())
        stream.write((",\n" if number else "\n") + _dumped(slide))
    stream.write("\n]}\n")


def _cut(moment: dict[str, int], granularity: Any) -> dict[str, int]:
    """Keep a month a month, and a year a year."""
    level = getattr(granularity, "value", granularity)
    if level in ("year", "decade", "century"):
        return {"year": moment["year"]}
    if level in ("month", "quarter", "season"):
        return {name: value for name, value in moment.items() if name != "day"}
    return moment


def _inert(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


TIMELINE = Document(
    "timelinejs", "TimelineJS", ".json", "the JSON format of TimelineJS 3",
    "A slide for each event with a start, grouped by type. The text is escaped.", _timeline, (_timed,)
)  # fmt: skip

# ------------------------------------------------------------------------ GEXF


def _sided(one: Happening, _: Choice) -> str | None:
    return None if one.actors and one.recipients else "a side is not named"


def node(participant: Participant) -> str:
    """Return what stands for a participant in a network: registry id, country and role, or name."""
    if participant.actor:
        return participant.actor
    return "/".join(filter(None, (participant.country, *participant.sectors[:1]))) or (
        participant.name.lower()
    )


def _gexf(happenings: Iterable[Happening], stream: IO[str]) -> None:
    nodes: dict[str, tuple[str, str, str]] = {}
    ties: dict[tuple[str, str, int], list[Any]] = defaultdict(lambda: [0, None, None])
    for one in happenings:
        for pair in pairs(one):
            if pair.source is None or pair.target is None:
                continue
            ends = []
            for person in (pair.source, pair.target):
                ends.append(node(person))
                actor = pair.known(person)
                name = actor.name if actor else ends[-1] if "/" in ends[-1] else person.name
                nodes.setdefault(
                    ends[-1], (name, person.country or "", next(iter(person.sectors), ""))
                )
            tie = ties[(ends[0], ends[1], one.event.quad or 0)]
            tie[0] += 1
            if one.days is not None:
                first, last = (day.isoformat() for day in one.days)
                tie[1] = min(filter(None, (tie[1], first)))
                tie[2] = max(filter(None, (tie[2], last)))
    stream.write(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<gexf xmlns="http://gexf.net/1.3" version="1.3">\n'
        '<graph defaultedgetype="directed" mode="dynamic" timeformat="date">\n'
        '<attributes class="node"><attribute id="country" title="country" type="string"/>'
        '<attribute id="sector" title="sector" type="string"/></attributes>\n'
        '<attributes class="edge"><attribute id="quad" title="quad class" type="integer"/>'
        "</attributes>\n<nodes>\n"
    )
    for id, (name, country, sector) in sorted(nodes.items()):
        stream.write(
            f"<node id={_attr(id)} label={_attr(name)}><attvalues>"
            f'<attvalue for="country" value={_attr(country)}/>'
            f'<attvalue for="sector" value={_attr(sector)}/></attvalues></node>\n'
        )
    stream.write("</nodes>\n<edges>\n")
    for number, ((source, target, quad), (count, first, last)) in enumerate(sorted(ties.items())):
        when = f" start={_attr(first)} end={_attr(last)}" if first else ""
        stream.write(
            f'<edge id="{number}" source={_attr(source)} target={_attr(target)} weight="{count}"{when}>'
            f'<attvalues><attvalue for="quad" value="{quad}"/></attvalues></edge>\n'
        )
    stream.write("</edges>\n</graph>\n</gexf>\n")


def _attr(text: str) -> str:
    """Return text as an XML attribute, without the signs that XML 1.0 forbids."""
    plain = "".join(c if c in "\t\n\r" or c >= " " else " " for c in text)
    return quoteattr(plain.encode("utf-8", "replace").decode("utf-8"))


GEXF = Document(
    "gexf", "GEXF network", ".gexf", "GEXF 1.3",
    "Who acted upon whom: a node for each actor of the registry, else for each country and role; an "
    "edge for each pair and quad class, weighted by events, from the first day to the last. Only "
    "what is told as a fact.", _gexf, (_sided, told_as_fact),
)  # fmt: skip

# -------------------------------------------------------------- FollowTheMoney

SCHEMATA = {"person": "Person", "organisation": "Organization", "country": "PublicBody"}


def _ftm_id(*parts: str) -> str:
    return "dateline-" + hashlib.sha1("|".join(parts).encode(), usedforsecurity=False).hexdigest()


def _entity(id: str, schema: str, **values: Any) -> dict[str, Any]:
    lists = {k: v if isinstance(v, list) else [v] for k, v in values.items()}
    kept = {
        k: list(dict.fromkeys(str(x) for x in v if x not in (None, ""))) for k, v in lists.items()
    }
    return {"id": id, "schema": schema, "properties": {k: v for k, v in kept.items() if v}}


def _ftm(happenings: Iterable[Happening], stream: IO[str]) -> None:
    done: set[str] = set()

    def emit(entity: dict[str, Any]) -> str:
        if entity["id"] not in done:
            done.add(entity["id"])
            stream.write(_dumped(entity) + "\n")
        return str(entity["id"])

    for one in happenings:
        ids = [[emit(_party(one, p)) for p in people] for people in (one.actors, one.recipients)]
        articles = [emit(_article(m.coded.report)) for m in one.mentions]
        span = one.interval
        place = one.place
        emit(_entity(
            _ftm_id("event", one.id), "Event", name=label(one), summary=one.sentence,
            startDate=_iso(span.start if span else None),
            endDate=one.days[1].isoformat() if one.days and one.days[0] != one.days[1] else None,
            location=place.name if place else None,
            country=codes(place.country).alpha2.lower() if place else None,
            organizer=ids[0], involved=ids[1], proof=articles, sourceUrl=one.coded.report.url,
            keywords=[one.event.type, one.event.mode, one.status.value, *one.event.contexts],
            recordId=one.id,
        ))  # fmt: skip


def _iso(text: str | None) -> str | None:
    return text[:10] if text else None


def _party(one: Happening, participant: Participant) -> dict[str, Any]:
    actor = one.known(participant)
    schema = SCHEMATA.get(str(actor.kind if actor else participant.kind), "LegalEntity")
    country = codes(participant.country).alpha2.lower()
    key = participant.actor or f"{participant.country}|{participant.name.lower()}"
    return _entity(
        _ftm_id("actor", key), schema, name=actor.name if actor else participant.name,
        alias=participant.span.text if participant.span.text != participant.name else None,
        country=country, wikidataId=actor.wikidata if actor else None,
    )  # fmt: skip


def _article(report: Any) -> dict[str, Any]:
    return _entity(
        _ftm_id("report", report.id), "Article", title=report.title or report.id,
        sourceUrl=report.url, publishedAt=_iso(report.published), publisher=report.publisher,
        author=list(report.authors), fileName=report.id,
    )  # fmt: skip


FTM = Document(
    "ftm", "FollowTheMoney entities", ".ftm.json", "the FollowTheMoney schemata",
    "A line for each entity: Event, Person, Organization, PublicBody, LegalEntity and Article. Ids are "
    "made from the registry's or the report's, so that exports of one archive fit together.", _ftm,
)  # fmt: skip

# ---------------------------------------------------------------------- claims


def _claimed(one: Happening, _: Choice) -> str | None:
    return None if one.event.claim else "the report tells it itself"


def _claims(happenings: Iterable[Happening], stream: IO[str]) -> None:
    stream.write('{"@context": "https://schema.org", "@graph": [')
    for number, one in enumerate(happenings):
        claim = one.claim
        report = one.coded.report
        words = " ".join(" … ".join(span.text for span in claim.content).split()) if claim else ""
        draft: dict[str, Any] = {
            "@type": "Claim", "@id": f"urn:dateline:{one.id}", "text": words or one.sentence,
            "about": label(one),
            "appearance": {
                "@type": "NewsArticle", "url": report.url, "headline": report.title,
                "datePublished": (report.published or "")[:10] or None,
                "publisher": {"@type": "Organization", "name": report.publisher}
                if report.publisher else None,
            },
        }  # fmt: skip
        if one.speaker:
            draft["author"] = {"@type": "Thing", "name": one.speaker}
        stream.write((",\n" if number else "\n") + _dumped(_bare(draft)))
    stream.write("\n]}\n")


def _bare(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _bare(v) for k, v in value.items() if v is not None}
    return value


CLAIMS = Document(
    "claims", "schema.org claims", ".jsonld", "schema.org Claim, as in ClaimReview",
    "A draft of a Claim for each event that somebody is quoted with, to begin a ClaimReview from. It "
    "holds no verdict: that is for a person to give.", _claims, (_claimed,)
)  # fmt: skip

# ---------------------------------------------------------------------- panels

QUADS = (1, 2, 3, 4)


def _months(first: date, last: date) -> Iterator[str]:
    year, month = first.year, first.month
    while (year, month) <= (last.year, last.month):
        yield f"{year:04}-{month:02}"
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)


def _state(participant: Participant | None) -> str | None:
    country = participant.country if participant is not None else None
    return country if codes(country).name else None


Key = tuple[str, ...]


def _panel(
    happenings: Iterable[Happening],
    stream: IO[str],
    units: Callable[[Happening], Iterator[Key]],
    names: tuple[str, ...],
) -> None:
    """Write counts a unit and month, with a row of zeros for a month without an event."""
    counts: dict[Key, Counter[str]] = defaultdict(Counter)
    scores: dict[Key, list[float]] = defaultdict(list)
    types: set[str] = set()
    first = last = None
    seen: set[Key] = set()
    for one in happenings:
        assert one.days is not None
        first = min(filter(None, (first, one.days[0])))
        last = max(filter(None, (last, one.days[0])))
        for unit in dict.fromkeys(units(one)):
            seen.add(unit)
            cell = (*unit, one.days[0].isoformat()[:7])
            counts[cell]["events"] += 1
            counts[cell][f"quad_{one.event.quad}"] += 1
            counts[cell][one.event.type] += 1
            types.add(one.event.type)
            if one.event.goldstein is not None:
                scores[cell].append(one.event.goldstein)
    order = sorted(types)
    codes_of = [f"{name}_{code}" for name in names for code in ("iso3", "cow", "gw")]
    heads = ["month", *codes_of, "events", *(f"quad_{n}" for n in QUADS), "goldstein_mean", *order]
    stream.write(",".join(heads) + "\n")
    if first is None or last is None:
        return
    for unit in sorted(seen):
        for month in _months(first, last):
            then = [codes(iso3, f"{month}-01") for iso3 in unit]
            ids = [part for iso3, c in zip(unit, then, strict=True) for part in (iso3, c.cow, c.gw)]
            cell = (*unit, month)
            row: Mapping[str, int] = counts.get(cell, Counter())
            found = scores.get(cell)
            mean = f"{sum(found) / len(found):.4g}" if found else ""
            numbers = [str(row.get(name, 0)) for name in ("events", *(f"quad_{n}" for n in QUADS))]
            stream.write(
                ",".join([month, *ids, *numbers, mean, *(str(row.get(t, 0)) for t in order)]) + "\n"
            )


def _in_month(one: Happening, choice: Choice) -> str | None:
    if one.event.historical:
        return "long before its report"
    reason = on_a_day(one, 31)
    return reason.replace("a day", "a month") if reason else told_as_fact(one, choice)


def _dyads(one: Happening) -> Iterator[Key]:
    for pair in pairs(one):
        source, target = _state(pair.source), _state(pair.target)
        if source and target and source != target:
            yield source, target


def _dyadic(one: Happening, _: Choice) -> str | None:
    return None if any(True for _ in _dyads(one)) else "not between two countries"


def _dyad_month(happenings: Iterable[Happening], stream: IO[str]) -> None:
    _panel(happenings, stream, _dyads, ("source", "target"))


def _there(one: Happening) -> Iterator[Key]:
    if one.place is not None and one.place.country:
        yield (one.place.country,)


def _located(one: Happening, _: Choice) -> str | None:
    return None if any(True for _ in _there(one)) else "in no country"


def _country_month(happenings: Iterable[Happening], stream: IO[str]) -> None:
    _panel(happenings, stream, _there, ("country",))


PANEL_NOTES = (
    "From the first month with an event to the last, with zeros where there was none; counts of "
    "events, by quad class and by PLOVER type, and the mean Goldstein score of the events that have "
    "one. Only what is told as a fact, known to a month or better, and no background from long ago. Zero means that no report in the "
    "archive tells of one."
)
DYAD_MONTH = Document(
    "dyad-month", "Dyad-month panel", ".csv", "the usual panel of international relations",
    "A row for each directed pair of countries and month. " + PANEL_NOTES, _dyad_month, (_in_month, _dyadic),
)  # fmt: skip
COUNTRY_MONTH = Document(
    "country-month", "Country-month panel", ".csv", "the usual panel of conflict research",
    "A row for each country where events took place and month. " + PANEL_NOTES, _country_month, (_in_month, _located),
)  # fmt: skip
DOCUMENTS = (GEOJSON, TIMELINE, GEXF, FTM, CLAIMS, DYAD_MONTH, COUNTRY_MONTH)
