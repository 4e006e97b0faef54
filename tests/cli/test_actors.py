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
