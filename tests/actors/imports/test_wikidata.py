import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from dateline.actors.imports import Wanted, import_wikidata
from dateline.actors.overlay import read_overlay
from dateline.errors import InputError


def snak(value: object) -> dict[str, Any]:
    return {"datavalue": {"value": value}}


def claim(value: object, **qualifiers: object) -> dict[str, Any]:
    return {
        "mainsnak": snak(value),
        "rank": "normal",
        "qualifiers": {key: [snak(one)] for key, one in qualifiers.items()},
    }


def day(text: str, precision: int = 11) -> dict[str, Any]:
    return {"time": f"+{text}T00:00:00Z", "precision": precision}


def item(id: str, label: str, **claims: Any) -> dict[str, Any]:
    return {
        "id": id,
        "labels": {"en": {"value": label}},
        "aliases": {"en": [{"value": f"{label} the Elder"}]},
        "claims": claims,
    }


DUMP = [
    item(
        "Q901", "Ana Ode",
        P31=[claim({"id": "Q5"})], P27=[claim({"id": "Q1033"})], P21=[claim({"id": "Q6581072"})],
        P39=[claim({"id": "Q902"}, P580=day("2011-05-02"), P582=day("2014-01-00", 10))],
    ),
    item("Q902", "Minister of Foreign Affairs of Nigeria", P279=[claim({"id": "Q1"})], P1001=[claim({"id": "Q1033"})]),
    item("Q1033", "Nigeria", P31=[claim({"id": "Q6256"})], P298=[claim("NGA")]),
    item("Q903", "Coastal Front", P31=[claim({"id": "Q17149090"})], P17=[claim({"id": "Q1033"})], P571=[claim(day("2001-00-00", 9))]),
    item("Q904", "A Hill", P31=[claim({"id": "Q54050"})]),
]  # fmt: skip


def written(folder: Path, *extra: str) -> Path:
    path = folder / "dump.json.gz"
    lines = ["[", *(json.dumps(one) + "," for one in DUMP), *extra, "]"]
    with gzip.open(path, "wt", encoding="utf-8") as out:
        out.write("\n".join(lines))
    return path


def test_people_and_groups_of_a_dump_become_ones_own_actors(tmp_path: Path) -> None:
    outcome = import_wikidata(written(tmp_path), tmp_path / "mine.toml")
    assert (outcome.taken, outcome.failed) == (2, 0)
    ana, front = read_overlay(tmp_path / "mine.toml").entries
    assert (ana.id, ana.country, ana.gender) == ("Q901", "NGA", "female")
    (term,) = ana.offices
    assert (term.office, term.country, term.start, term.end) == (
        "foreign_minister", "NGA", "2011-05-02", "2014-01",
    )  # fmt: skip
    assert (front.kind, front.sectors, front.start) == ("group", ("REB",), "2001")


def test_lines_that_fail_are_told_with_their_number(tmp_path: Path) -> None:
    outcome = import_wikidata(written(tmp_path, '{"id": "Q9'), tmp_path / "mine.toml")
    assert outcome.taken == 2
    assert [(p.line, p.what) for p in outcome.problems] == [(7, "is no JSON object")]


def test_only_what_is_wanted_is_taken(tmp_path: Path) -> None:
    dump, out = written(tmp_path), tmp_path / "mine.toml"
    assert import_wikidata(dump, out, Wanted(since="2015")).taken == 1
    assert import_wikidata(dump, out, Wanted(countries=frozenset({"IRQ"}))).taken == 0


def test_a_file_that_is_not_there_or_ends_early_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        import_wikidata(tmp_path / "none.json", tmp_path / "mine.toml")
    cut = tmp_path / "cut.json.gz"
    cut.write_bytes(written(tmp_path).read_bytes()[:-20])
    with pytest.raises(InputError, match="to its end"):
        import_wikidata(cut, tmp_path / "mine.toml")
    assert not (tmp_path / "mine.toml").exists()
