"""Write the registry's ``leaders.tsv``: heads of state and government since 1980.

    python tools/build_leaders.py ../shared/kb/kb_leaders_reign.jsonl

The terms are those of REIGN (leaders by surname, to March 2021). ``leaders.names.tsv`` gives
full names, ``leaders.later.tsv`` those who came after, and ``ENDED`` when those in office in
March 2021 left it. Who stands in ``people.tsv`` with such an office is left to that table.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from dateline.actors.names import fold

HERE = Path(__file__).parent
DATA = HERE.parent / "src" / "dateline" / "actors" / "data"
SINCE = "1980"
TOP = ("head_of_state", "head_of_government", "supreme_leader", "monarch")
GOVERNED = frozenset(
    [
        "AND",
        "ATG",
        "AUS",
        "AUT",
        "BEL",
        "BGR",
        "BHS",
        "BLZ",
        "BRB",
        "BTN",
        "CAN",
        "CSK",
        "CZE",
        "DEU",
        "DMA",
        "DNK",
        "ESP",
        "EST",
        "ETH",
        "FJI",
        "GBR",
        "GRC",
        "GRD",
        "HRV",
        "HUN",
        "IND",
        "IRL",
        "ISL",
        "ISR",
        "ITA",
        "JAM",
        "JPN",
        "KHM",
        "KNA",
        "LBY",
        "LCA",
        "LSO",
        "LUX",
        "LVA",
        "MDA",
        "MKD",
        "MLT",
        "MNE",
        "MUS",
        "MYS",
        "NLD",
        "NOR",
        "NPL",
        "NZL",
        "PNG",
        "SGP",
        "SLB",
        "SVK",
        "SVN",
        "SWE",
        "THA",
        "TTO",
        "TUV",
        "VCT",
        "VUT",
        "WSM",
    ]
)
"""Countries whose leader, as REIGN has it, is the head of government."""
MONARCHS = frozenset(
    ["ARE", "BHR", "BRN", "JOR", "LIE", "MAR", "MCO", "OMN", "QAT", "SAU", "SWZ", "TON", "KWT"]
)
ENDED = dict(
    line.split()
    for line in """
    AFG/Ghani 2021-08-15
    ARE/Nahayan 2022-05-13
    AUT/Kurz 2021-10-11
    BEL/Croo 2025-02-03
    BFA/Kabore 2022-01-24
    BGD/Wazed 2024-08-05
    BHS/Minnis 2021-09-17
    BOL/Arce 2025-11-08
    BTN/Tshering 2023-11-01
    BWA/Masisi 2024-11-01
    COL/Duque 2022-08-07
    CRI/Quesada 2022-05-08
    CUB/Castro 2021-04-19
    CYP/Anastasiadis 2023-02-28
    DEU/Merkel 2021-12-08
    ECU/Moreno 2021-05-24
    FJI/Bainimarama 2022-12-24
    GAB/Ondimba 2023-08-30
    GEO/Garibashvili 2024-01-29
    GIN/Conde 2021-09-05
    GNB/Embalo 2025-11-26
    GTM/Giammattei 2024-01-14
    HND/Hernandez 2022-01-27
    HTI/Moise 2021-07-07
    IRL/Martin 2022-12-17
    KHM/Sen 2023-08-22
    LBR/Weah 2024-01-22
    LKA/Rajapakse 2022-07-14
    LSO/Majoro 2022-10-28
    LUX/Bettel 2023-11-17
    LVA/Karins 2023-09-15
    MDG/Rajoelina 2025-10-14
    MDV/Solih 2023-11-17
    MKD/Zaev 2022-01-17
    MLI/N'Daou 2021-05-24
    MLT/Abela -
    MNE/Krivokapic 2022-04-28
    MNG/Battulga 2021-06-25
    MOZ/Nyussi 2025-01-15
    MUS/Jugnauth 2024-11-12
    MWI/Chakewera 2025-10-04
    NAM/Geingob 2024-02-04
    NER/Issoufou 2021-04-02
    NLD/Rutte 2024-07-02
    NPL/Oli 2021-07-13
    PAN/Cortizo 2024-07-01
    PER/Sagasti 2021-07-28
    PRY/Benitez 2023-08-15
    SLB/Sogavare 2024-05-02
    SRB/Brnabic 2024-05-02
    SUR/Santokhi 2025-07-16
    SVK/Matovic 2021-04-01
    SYR/al-Assad 2024-12-08
    TCD/Deby 2021-04-20
    THA/Chan-ocha 2023-08-22
    TKM/Berdymukhammedov 2022-03-19
    TLS/Guterres 2022-05-20
    TTO/Rowley 2025-03-17
    TZA/Magufuli 2021-03-17
    URY/Pou 2025-03-01
    ZMB/Lungu 2021-08-24
    """.strip().splitlines()
)
HEAD = """# version: 2026.1
# licence: CC0
# source: leaders and their terms from REIGN (Rulers, Elections and Irregular Governance, to March 2021); full names, aliases and terms since 2021 are common knowledge
# defaults: kind=person
"""


class Leader(NamedTuple):
    """A person with the terms of one office."""

    country: str
    name: str
    aliases: str
    office: str
    terms: tuple[tuple[str, str], ...]


def table(path: Path) -> Iterator[list[str]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


def codes() -> dict[str, str]:
    """Return ISO codes by those of the Correlates of War."""
    lines = list(table(DATA / "countries.tsv"))
    at = lines[0].index("cow")
    found: dict[str, str] = {}
    for line in lines[1:]:
        if len(line) > at and line[at]:
            found.setdefault(line[at], line[0])
    return found | {"260": "DEU"}


def known() -> set[tuple[str, str]]:
    """Return country and words of the names that ``people.tsv`` has at the top."""
    return {
        (row[2], word)
        for row in table(DATA / "people.tsv")
        if len(row) > 3 and any(office in row[3] for office in TOP)
        for word in fold(row[1]).split()
    }


def office_of(country: str) -> str:
    if country in MONARCHS:
        return "monarch"
    return "head_of_government" if country in GOVERNED else "head_of_state"


def leaders(reign: Path) -> Iterator[Leader]:
    names = {(c, n): (full, aliases) for c, n, full, aliases in table(HERE / "leaders.names.tsv")}
    by_cow, there = codes(), known()
    terms: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for line in reign.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        country, name = by_cow.get(row["ccode"], ""), row["leader"]
        if not country or country == "SMR" or (row["end"] or "9") < SINCE:
            continue
        last = name.split(",")[0].split()[-1]
        if (country, fold(last).split()[-1]) in there and (country, name) not in {("USA", "Bush")}:
            continue
        end = row["end"] or ENDED.get(f"{country}/{last}", "").strip("-")
        terms.setdefault((country, name), []).append((row["start"], end))
    for (country, name), held in terms.items():
        full, aliases = names.get((country, name), (readable(name), ""))
        if (country, name) not in names and " " not in full:
            continue  # a surname alone would be found in every name that has it
        yield Leader(country, full, aliases, office_of(country), tuple(held))
    for country, name, aliases, office, start, end in table(HERE / "leaders.later.tsv"):
        if not any((country, word) in there for word in fold(name).split()[-1:]):
            yield Leader(country, name, aliases, office, ((start, end),))


def readable(name: str) -> str:
    """Return a name of REIGN the right way round: "Soglo, N" is "N Soglo"."""
    last, _, first = name.partition(", ")
    return f"{first} {last}".strip() if first else name.strip()


def merged(found: Iterator[Leader]) -> list[Leader]:
    """Join the terms of one person."""
    out: dict[tuple[str, str], Leader] = {}
    for one in found:
        key = (one.country, fold(one.name))
        old = out.get(key)
        if old is None:
            out[key] = one
        else:
            out[key] = old._replace(terms=tuple(dict.fromkeys((*old.terms, *one.terms))))
    return sorted(out.values(), key=lambda one: (one.country, one.terms[0][0], one.name))


def main() -> None:
    lines = [HEAD + "id\tname\tkind\tcountry\tsectors\taliases\toffices\tstart\tend\twikidata"]
    for one in merged(leaders(Path(sys.argv[1]))):
        key = f"leader:{one.country}:{fold(one.name).replace(' ', '-')}"
        offices = ";".join(f"{one.office} {start}/{end}" for start, end in one.terms)
        lines.append(
            "\t".join((key, one.name, "person", one.country, "", one.aliases, offices, "", "", ""))
        )
    (DATA / "leaders.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(len(lines) - 1, "leaders")


if __name__ == "__main__":
    main()
