"""The layout of ICEWS: one row for each pair of source and target, CAMEO, 20 columns."""

from __future__ import annotations

import hashlib

from dateline.exporting.layouts.codes import codes
from dateline.exporting.layouts.columns import (
    Choice,
    Column,
    Layout,
    first_of,
    on_a_day,
    told_as_fact,
)
from dateline.exporting.layouts.happening import Happening, both_ways
from dateline.records import Participant


def number(key: str, digits: int = 15) -> int:
    """Return a whole number made from an id: the same id gives the same number again."""
    return int(hashlib.sha256(key.encode()).hexdigest(), 16) % int(f"1{'0' * digits}")


def _refused(one: Happening, choice: Choice) -> str | None:
    return first_of(
        told_as_fact(one, choice),
        None if one.event.cameo else "no CAMEO code",
        on_a_day(one),
    )


def _country(participant: Participant | None) -> str | None:
    if participant is None:
        return None
    return codes(participant.country).name or participant.country


def _sectors(participant: Participant | None) -> str | None:
    return ",".join(sorted(participant.sectors)) or None if participant else None


def _level(one: Happening, *levels: str) -> str | None:
    place = one.place
    return place.name if place is not None and place.precision in levels else None


LAYOUT = Layout(
    name="icews",
    title="ICEWS",
    suffix=".tsv",
    source="the columns of the ICEWS event files",
    refuses=_refused,
    expand=both_ways,
    notes=(
        "A row for each pair of source and target; what several do together has a row in both "
        "directions. Event ID is made from the id of the event and the pair, and is unique. Sectors "
        "are PLOVER's codes in alphabetical order. Only what is told as a fact, on a known day."
    ),
    columns=(
        Column("Event ID", "integer", "Number made from event and pair.", lambda o: number(o.key)),
        Column("Event Date", "date", "The day.", lambda o: o.days[0].isoformat() if o.days else None),
        Column("Source Name", "text", "Who acts.", lambda o: o.source.name if o.source else None,
               "nobody is named"),
        Column("Source Sectors", "text", "Their PLOVER sectors.", lambda o: _sectors(o.source)),
        Column("Source Country", "text", "Their country, by name.", lambda o: _country(o.source)),
        Column("Event Text", "text", "PLOVER type and mode.",
               lambda o: " / ".join(filter(None, (o.event.type, o.event.mode)))),
        Column("CAMEO Code", "text", "CAMEO code.", lambda o: o.event.cameo),
        Column("Intensity", "number", "Goldstein score of the code, -10 to 10.",
               lambda o: o.event.goldstein),
        Column("Target Name", "text", "Who is acted upon.",
               lambda o: o.target.name if o.target else None, "nobody is named"),
        Column("Target Sectors", "text", "Their PLOVER sectors.", lambda o: _sectors(o.target)),
        Column("Target Country", "text", "Their country, by name.", lambda o: _country(o.target)),
        Column("Story ID", "text", "Id of the report.", lambda o: o.coded.report.id),
        Column("Sentence Number", "integer", "Number of the sentence, from 1.",
               lambda o: o.sentence_number()),
        Column("Publisher", "text", "Publisher.", lambda o: o.coded.report.publisher, "not given"),
        Column("City", "text", "The place, where it is a town or a site.",
               lambda o: _level(o, "town", "site"), "the place is larger, or none is told"),
        Column("District", "text", "Second-order division.",
               lambda o: o.place.admin2 if o.place else None),
        Column("Province", "text", "First-order division.",
               lambda o: o.place.admin1 if o.place else None),
        Column("Country", "text", "Country of the place, by name.",
               lambda o: codes(o.place.country).name if o.place else None),
        Column("Latitude", "number", "Degrees north, WGS 84.", lambda o: o.place.lat if o.place else None),
        Column("Longitude", "number", "Degrees east, WGS 84.", lambda o: o.place.lon if o.place else None),
    ),
)  # fmt: skip
