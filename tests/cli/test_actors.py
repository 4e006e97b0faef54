import json
from pathlib import Path

from tests.cli.test_code import dateline


def test_an_actor_is_found_by_name_spelling_and_day() -> None:
    rows = [
        json.loads(r) for r in dateline("actors", "search", "taliban", "--json").stdout.splitlines()
    ]
    assert rows[0]["name"] == "Taliban" and rows[0]["sectors"] == ["REB"]
    alike = dateline("actors", "search", "zelenskiy", "--json", "--limit", "1").stdout
    assert json.loads(alike)["name"] == "Volodymyr Zelensky"
    found = dateline("actors", "show", "Hillary Clinton", "--on", "2011-05-02", "--json")
    shown = json.loads(found.stdout)
    assert [o["office"] for o in shown["offices"]] == ["foreign_minister"]
    assert shown["wikidata"] == "Q6294" and shown["source"]
    nobody = dateline("actors", "show", "Nobody At All")
    assert nobody.returncode == 1 and "dateline actors search" in nobody.stderr


def test_ones_own_actors_go_before_the_registry(tmp_path: Path) -> None:
    mine = tmp_path / "mine.toml"
    words = ("--name", "Coastal Front", "--kind", "group", "--country", "NGA", "--sector", "REB")
    assert dateline("actors", "add", mine, *words, "--alias", "CF").returncode == 0
    again = dateline("actors", "add", mine, *words)
    assert again.returncode == 1 and "already" in again.stderr
    office = (
        "--name",
        "Ana Ode",
        "--kind",
        "person",
        "--country",
        "NGA",
        "--office",
        "minister 2020/",
    )
    assert dateline("actors", "add", mine, *office).returncode == 0
    assert "2 actors" in dateline("actors", "check", mine).stderr
    text = "The Coastal Front attacked a village in Nigeria on Monday."
    coded = json.loads(dateline("code", "-", "--actors", mine, input=text).stdout)
    front = next(p for p in coded["participants"] if p["name"] == "Coastal Front")
    assert (front["actor"], front["country"], front["sectors"]) == (
        "user:Coastal Front", "NGA", ["REB"],
    )  # fmt: skip
    data = dict(coded["versions"]["data"])
    assert data["actors.user"].startswith("mine.toml ")


def test_a_broken_file_of_actors_is_named_before_anything_is_coded(tmp_path: Path) -> None:
    mine = tmp_path / "mine.toml"
    mine.write_text('[[actor]]\nname = "X"\nsectors = ["NOPE"]\n')
    done = dateline("code", "-", "--actors", mine, input="Rebels attacked a village.")
    assert done.returncode == 1 and "actor 1" in done.stderr and "PLOVER sector" in done.stderr
    assert dateline("actors", "check", mine).returncode == 1


def test_an_office_is_looked_up_by_country_and_day() -> None:
    words = ("actors", "search", "foreign minister", "--country", "Iraq", "--on", "2020-07")
    rows = [json.loads(row) for row in dateline(*words, "--json").stdout.splitlines()]
    assert [row["name"] for row in rows] == ["Fuad Hussein"]
    sounding = dateline("actors", "search", "qadhafi", "--json", "--limit", "1").stdout
    assert json.loads(sounding)["name"] == "Muammar Gaddafi"
    assert "is no day" in dateline("actors", "search", "obama", "--on", "20111301").stderr
    assert "is no country" in dateline("actors", "search", "obama", "--country", "Atlantis").stderr
    then = json.loads(dateline("actors", "show", "DEU", "--on", "1985-05-01", "--json").stdout)
    assert (then["cow"], then["gw"]) == ("260", "260")


def test_a_country_that_is_none_is_told_before_anything_is_written(tmp_path: Path) -> None:
    mine = tmp_path / "mine.toml"
    done = dateline("actors", "add", mine, "--name", "Coastal Front", "--country", "Nigeria")
    assert done.returncode == 1 and "write NGA" in done.stderr and not mine.exists()
    mine.write_text('[[actor]]\nname = "Coastal Front"\ncountry = "NIG"\n')
    for words in (("actors", "check", mine), ("code", "-", "--actors", mine)):
        done = dateline(*words, input="Rebels attacked a village.")
        assert done.returncode == 1 and "'NIG'" in done.stderr
    mine.write_text('[[actor]]\nname = "Coastal Front"\n')
    gone = dateline("actors", "remove", mine, "user:Front")
    assert gone.returncode == 1 and "user:Coastal Front" in gone.stderr


def test_an_import_that_takes_nothing_says_so(tmp_path: Path) -> None:
    file, out = tmp_path / "entities.json", tmp_path / "mine.toml"
    file.write_text('{"id": "NK-8", "schema": "Vessel", "properties": {"name": ["Sea Tiger"]}}\n')
    done = dateline("actors", "import", "--ftm", file, "-o", out)
    assert done.returncode == 1 and "nothing to take over" in done.stderr
    soon = dateline("actors", "import", "--ftm", file, "-o", out, "--since", "soon")
    assert soon.returncode == 1 and "is no day" in soon.stderr
