"""Write the registry's ``people.tsv`` from dated lists of office holders.

Reads ``kb_officeholders_everypolitician.jsonl`` (one office of one person a
line: country, position, person, qid, start, end), maps the positions to the
offices of ``offices.tsv``, closes terms that a successor ended, joins adjacent
terms and drops what is plainly wrong. Run::

    python benchmarks/actors/make_people.py ../shared/kb src/dateline/actors/data/people.tsv
"""

from __future__ import annotations

import json
import re
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any, NamedTuple

from dateline.actors.loading import build_registry, load_registry
from dateline.actors.names import fold
from dateline.actors.registry import Registry
from dateline.actors.tables import DATE

COUNTRIES = {
    "congo-kinshasa": "COD", "czech": "CZE", "us": "USA", "uae": "ARE", "saudi": "SAU",
    "bosnia-herzegovina": "BIH", "united-kingdom": "GBR", "hong-kong": "HKG", "kosovo": "KOS",
}  # fmt: skip
WORLD = [
    (r"European|Union for the Mediterranean|EU ", "EUR"),
    (r"NATO|North Atlantic|Commonwealth|African Union|OECD|World Trade|OSCE|Interpol", "IGO"),
    (r"United Nations|UN |International Court of Justice|UNESCO|World Health|UNICEF", "UNO"),
]
RULES = [
    (r"permanent representative.*united nations|ambassador to the united nations", "un_ambassador"),
    (r"ambassador|high commissioner|consul", "ambassador"),
    (r"spokes|press secretary|chief cabinet secretary", "spokesperson"),
    (r"deputy (prime|head of gov)|vice[- ]?premier|vice prime|first deputy prime", "deputy_head_of_government"),
    (r"(deputy|vice|assistant|junior|under).*(foreign|external)", "deputy_foreign_minister"),
    (r"^(deputy|vice|assistant|under|parliamentary|state secretary|secretary of state at|minister of state)", "deputy_minister"),
    (r"minister.*(foreign|external) (affairs|relations)|foreign (minister|secretary)", "foreign_minister"),
    (r"(minister|secretary).*(defen[cs]e|war|armed forces)", "defence_minister"),
    (r"(minister|secretary).*(interior|home affairs|internal affairs|homeland|public security)|home secretary", "interior_minister"),
    (r"(minister|secretary).*(justice|law)", "justice_minister"),
    (r"(minister|secretary).*(finance|treasury|budget)|chancellor of the exchequer", "finance_minister"),
    (r"(minister|secretary).*(econom)", "economy_minister"),
    (r"(minister|secretary).*(trade|commerce|industry|business)", "trade_minister"),
    (r"(minister|secretary).*(health)", "health_minister"),
    (r"(minister|secretary).*(education|universit)", "education_minister"),
    (r"(minister|secretary).*(agricultur|farm|food|fisher|livestock)", "agriculture_minister"),
    (r"(minister|secretary).*(energy|oil|petrol|mines|mining|electricity|natural resources|power)", "energy_minister"),
    (r"(minister|secretary).*(transport|rail|aviation)", "transport_minister"),
    (r"(minister|secretary).*(labou?r|employment)", "labour_minister"),
    (r"(minister|secretary).*(environment|water|climate|forest)", "environment_minister"),
    (r"(minister|secretary).*(cultur|arts)", "culture_minister"),
    (r"(minister|secretary).*(information|communicat|telecom|media|broadcast|digital)", "information_minister"),
    (r"(minister|secretary).*(science|technolog|research)", "science_minister"),
    (r"(minister|secretary).*(sport|youth)", "sport_minister"),
    (r"(minister|secretary).*(touris)", "tourism_minister"),
    (r"(minister|secretary).*(social|welfare|famil|women|gender|housing|pension)", "social_minister"),
    (r"(minister|secretary).*(planning|works|infrastructure|regional|local government|construction|administration)", "planning_minister"),
    (r"(minister|secretary).*(immigration|migration|refugee)", "immigration_minister"),
    (r"(minister|secretary).*(religio)", "religious_minister"),
    (r"minister|secretary of state|cabinet secretary", "minister"),
    (r"national security advis", "national_security_adviser"),
    (r"chief of (the )?(general|defen[cs]e|joint) staff|joint chiefs|chief of defen[cs]e|commander-in-chief|chief of the defence", "chief_of_defence"),
    (r"chief of.*(army|ground)", "army_chief"),
    (r"chief of.*(navy|naval)", "navy_chief"),
    (r"chief of.*air", "air_chief"),
    (r"(governor|president) of the (central|reserve|national|.* )bank|governor of the bank", "central_bank_governor"),
    (r"governor|chief minister|premier of", "governor"),
    (r"mayor", "mayor"),
    (r"(speaker|president|chair\w*|leader) of the (senate|national assembly|parliament|chamber|house|legislat|congress|knesset|riksdag|storting|seimas|riigikogu|verkhovna|state duma|federation|council of deputies|bundes|sejm|people's|majlis)|speaker", "legislature_speaker"),
    (r"chief justice|president of the (supreme|constitutional|federal)", "chief_justice"),
    (r"judge|justice of|justice$", "judge"),
    (r"attorney", "attorney_general"),
    (r"prosecutor|solicitor general|public prosecution", "prosecutor"),
    (r"intelligence|security service|secret service|mossad|shin bet|mi[56]", "intelligence_chief"),
    (r"police|gendarm", "police_chief"),
    (r"first lady|first gentleman", "first_lady"),
    (r"(member|senator|representative|whip|majority leader|minority leader).*(parliament|senate|congress|house|assembly|council of state)?", "legislator"),
    (r"opposition", "opposition_leader"),
    (r"chief of staff|head of the presidential", "chief_of_staff"),
    (r"secretary-general|director-general|high representative", "igo_head"),
    (r"commissioner|european commission", "igo_official"),
    (r"envoy|special representative|negotiator", "special_envoy"),
    (r"crown prince", "crown_prince"),
    (r"^(king|queen|emir|sultan|emperor|monarch)", "monarch"),
    (r"director|chair|head|administrator|president of|chief|commander", "body_head"),
]  # fmt: skip
EXACT = {
    "president": "head_of_state", "prime minister": "head_of_government",
    "president of the republic": "head_of_state", "president of the united states": "head_of_state",
    "chancellor": "head_of_government", "premier": "head_of_government",
    "united states secretary of state": "foreign_minister", "secretary of state": "foreign_minister",
    "president of the government": "head_of_government", "president of the council of ministers": "head_of_government",
    "paramount leader": "supreme_leader", "supreme leader": "supreme_leader",
    "vice president": "vice_president", "chief executive": "chief_executive", "monarch": "monarch",
    "general secretary of the communist party": "supreme_leader",
    "taoiseach": "head_of_government",
}  # fmt: skip


class Term(NamedTuple):
    """One office held between two dates; empty: unknown."""

    office: str
    country: str
    start: str
    end: str


def office_of(position: str, titles: dict[str, str], country: str) -> str:
    """Return the id of the office that a position of the lists is."""
    lower = re.sub(r"^(the |acting |interim )", "", position.lower().strip())
    if lower == "secretary of state" and country != "USA":
        return "deputy_minister"
    if lower in EXACT:
        return EXACT[lower]
    if lower in titles and titles[lower] not in ("secretary_of_state", "civil", "head_of_state"):
        return titles[lower]
    for pattern, office in RULES:
        if re.search(pattern, lower):
            return office
    return "official"


def country_of(row: dict[str, Any], names: dict[str, str]) -> str | None:
    """Return the alpha-3 code, or PLOVER's code for an international body."""
    slug = row["country"]
    if slug == "world":
        return next((code for pattern, code in WORLD if re.search(pattern, row["position"])), "IGO")
    return COUNTRIES.get(slug) or names.get(slug.replace("-", " "))


def joined(terms: list[Term]) -> list[Term]:
    """Join terms of one office that overlap or touch."""
    out: list[Term] = []
    for term in sorted(terms, key=lambda t: (t.office, t.country, t.start)):
        if out and out[-1][:2] == term[:2] and (not out[-1].end or out[-1].end >= term.start[:7]):
            last = out.pop()
            end = "" if not last.end or not term.end else max(last.end, term.end)
            term = last._replace(end=end)
        out.append(term)
    return sorted(out, key=lambda t: (t.start, t.office))


def closed(people: dict[str, list[Term]], single: set[str]) -> None:
    """Close a term without an end where a successor took a one-holder office."""
    by_office: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for qid, terms in people.items():
        for term in terms:
            if term.office in single:
                by_office[term.office, term.country].append((term.start, qid))
    for qid, terms in people.items():
        for i, term in enumerate(terms):
            if term.end or term.office not in single:
                continue
            later = sorted(
                s for s, q in by_office[term.office, term.country] if s > term.start and q != qid
            )
            if later:
                terms[i] = term._replace(end=later[0])


def succeeded(
    people: dict[str, list[Term]], names: dict[str, str], later: Registry, single: set[str]
) -> None:
    """Close a term without an end where the other tables have the office's next holder."""
    known = {(later.get(id).wikidata or id, fold(later.get(id).name)) for id in later.ids()}
    same = {id for id, _ in known} | {name for _, name in known}
    for qid, terms in people.items():
        for i, term in enumerate(terms):
            if term.end or term.office not in single:
                continue
            starts = sorted(
                held.start
                for held, id in later.holders(term.country).get(term.office, ())
                if held.start > term.start and qid not in (id, later.get(id).wikidata)
            )
            if starts and qid not in same and fold(names[qid]) not in same:
                terms[i] = term._replace(end=starts[0])


def main(source: Path, target: Path) -> None:
    registry = load_registry(people=False)
    titles = {title: o.id for o in registry.offices.all for title in o.titles}
    single = {o.id for o in registry.offices.all if o.holders == "one"}
    countries = {fold(e.name): e.id for e in registry.countries()}
    people: dict[str, list[Term]] = defaultdict(list)
    names: dict[str, str] = {}
    home: dict[str, str] = {}
    for line in (source / "kb_officeholders_everypolitician.jsonl").open(encoding="utf-8"):
        row = json.loads(line)
        country = country_of(row, countries)
        start, end = (d if DATE.fullmatch(d or "") else "" for d in (row["start"], row["end"]))
        if not country or not start or (end and end < start) or (end or "9999") < "1980":
            continue
        name = re.sub(r"\s*\(.*?\)|,.*$", "", row["person"]).strip()
        if len(name.split()) < 1 or re.fullmatch(r"Q\d+", name) or "\t" in name:
            continue
        names[row["qid"]] = name
        home.setdefault(row["qid"], country)
        people[row["qid"]].append(
            Term(office_of(row["position"], titles, country), country, start, end)
        )
    closed(people, single)
    succeeded(people, names, build_registry(people=False, holders=True), single)
    with target.open("w", encoding="utf-8") as out:
        out.write(HEADER)
        for qid in sorted(people, key=lambda q: (home[q], fold(names[q]), q)):
            offices = ";".join(
                f"{t.office}{'' if t.country == home[qid] else '@' + t.country} {t.start}/{t.end}"
                for t in joined(people[qid])
            )
            out.write(f"{qid}\t{names[qid]}\t{home[qid]}\t{offices}\n")


HEADER = """# version: 2023.1
# licence: CC0
# source: EveryPolitician scrapers of Wikidata (CC0), as of January 2023; offices normalised to offices.tsv
# as of: 2022-08
# defaults: kind=person
# Written by benchmarks/actors/make_people.py. "offices": office, "@" and country where it is not the person's own, start and end; no end: in office when the lists were made.
id	name	country	offices
"""

if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
