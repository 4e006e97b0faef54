import json
from pathlib import Path

from dateline.actors.imports import import_ftm
from dateline.actors.overlay import read_overlay

ENTITIES = [
    {"id": "p1", "schema": "Person", "properties": {"name": ["Ana Ode"], "country": ["ng"], "wikidataId": ["Q901"]}},
    {"id": "o1", "schema": "Occupancy", "properties": {"holder": ["p1"], "post": ["x1"], "startDate": ["2011-05-02"]}},
    {"id": "x1", "schema": "Position", "properties": {"name": ["Minister of Defence"], "country": ["ng"]}},
    {"id": "p2", "schema": "Person", "properties": {"name": ["Bo Ode"], "country": ["ng"], "position": ["Governor of the Coast"]}},
    {"id": "g1", "schema": "Organization", "properties": {"name": ["Coastal Front"], "country": ["ng"], "topics": ["crime.terror"]}},
    {"id": "c1", "schema": "Company", "properties": {"name": ["Ode Shipping"], "jurisdiction": ["gb"]}},
    {"id": "p3", "schema": "Person", "properties": {"name": ["Nobody In Office"], "country": ["ng"]}},
]  # fmt: skip


def test_entities_become_ones_own_actors(tmp_path: Path) -> None:
    source = tmp_path / "entities.ftm.json"
    source.write_text("\n".join([*map(json.dumps, ENTITIES), "{", '{"id": "z"}']))
    outcome = import_ftm(source, tmp_path / "mine.toml")
    assert (outcome.taken, outcome.passed_over, outcome.failed) == (4, 1, 2)
    assert [p.line for p in outcome.problems] == [8, 9]
    by_id = {entry.id: entry for entry in read_overlay(tmp_path / "mine.toml").entries}
    (term,) = by_id["Q901"].offices
    assert (term.office, term.country, term.start) == ("defence_minister", "NGA", "2011-05-02")
    assert by_id["ftm:p2"].offices[0].office == "governor"
    assert (by_id["ftm:g1"].kind, by_id["ftm:g1"].sectors) == ("group", ("REB",))
    assert (by_id["ftm:c1"].country, by_id["ftm:c1"].sectors) == ("GBR", ("BUS",))
