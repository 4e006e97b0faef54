import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from dateline.cli.ontology import ontology
from dateline.errors import InputError
from dateline.events.ontology import load
from dateline.events.ontology.pages import markdown

DOCS = Path(__file__).parents[3] / "docs" / "reference"
app = typer.Typer()
app.command()(ontology)
run = CliRunner()


@pytest.mark.parametrize("name", markdown())
def test_the_reference_pages_are_current(name: str) -> None:
    text = (DOCS / name).read_text(encoding="utf-8")
    assert text == markdown()[name], f"run `python -m tools.ontology_pages`: {name}"


@pytest.mark.parametrize(
    "what", ["types", "modes", "contexts", "sectors", "cameo", "retreat", "087"]
)
def test_every_list_shows(what: str) -> None:
    assert run.invoke(app, [what], env={"COLUMNS": "160"}).output
    assert json.loads(run.invoke(app, [what, "--format", "json"]).output)


def test_a_type_shows_its_modes_and_examples() -> None:
    output = run.invoke(app, ["RETREAT"], env={"COLUMNS": "200"}).output
    assert "ceasefire" in output
    assert "→ RETREAT/withdraw" in output
    shown = json.loads(run.invoke(app, ["RETREAT", "--format", "json"]).output)
    assert len(shown["examples"]) == len(load().types["RETREAT"].examples)


def test_an_unknown_name_says_what_there_is() -> None:
    result = run.invoke(app, ["weather"])
    assert isinstance(result.exception, InputError)
    assert "contexts" in str(result.exception)


def test_an_ontology_of_ones_own_can_be_browsed() -> None:
    own = DOCS.parents[1] / "examples" / "ontologies" / "protest"
    result = run.invoke(app, ["types", "--ontology", str(own), "--format", "json"])
    assert json.loads(result.output)[0]["type"] == "DEMONSTRATE"
