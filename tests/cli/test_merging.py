import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from pyarrow import parquet
from typer.testing import CliRunner

from dateline.archive import Archive
from dateline.cli import app
from dateline.records import MergedEvent, Story
from tests.merging import news


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = str(tmp_path_factory.mktemp("cli") / "news.dateline")
    with Archive(path, create=True) as opened:
        opened.add_all(news.coded())
    return path


def run(*arguments: str) -> str:
    done = CliRunner().invoke(app, list(arguments))
    assert done.exit_code == 0, done.output
    return done.output


def test_merge_writes_both_tables(archive: str, tmp_path: Path) -> None:
    said = run("merge", archive, "--output", str(tmp_path))
    assert "9 reports new or changed" in said and "4 stories" in said
    with (tmp_path / "events.csv").open(encoding="utf-8", newline="") as stream:
        events = {row["id"]: row for row in csv.DictReader(stream)}
    with (tmp_path / "reports_events.csv").open(encoding="utf-8", newline="") as stream:
        links = list(csv.DictReader(stream))
    assert {row["merged"] for row in links} == set(events)
    (attack,) = (e for e in events.values() if e["type"] == "ASSAULT" and e["reports"] == "4")
    assert (attack["sources"], attack["dead_best"], attack["contested"]) == ("2", "30", "dead")
    assert all("head.same" in row["why"] or "copy" in row["why"] for row in links
               if row["merged"] == attack["id"])  # fmt: skip
    run("merge", archive, "--output", str(tmp_path), "--format", "parquet")
    assert parquet.read_table(tmp_path / "events.parquet").num_rows == len(events)
    assert parquet.read_table(tmp_path / "reports_events.parquet").num_rows == len(links)
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "events.csv", "events.parquet", "reports_events.csv", "reports_events.parquet",
    ]  # fmt: skip


def test_timeline_shows_agreement(archive: str) -> None:
    run("merge", archive)
    shown = run("timeline", archive, "--type", "ASSAULT", "--country", "MLI")
    assert shown.startswith("2023-03-20  ASSAULT")
    assert "4 reports, 2 sources" in shown and "dead: " in shown and "35" in shown
    lines = run("timeline", archive, "--json").splitlines()
    events = [MergedEvent.from_json(line) for line in lines]
    starts = [event.interval.start for event in events if event.interval]
    assert starts == sorted(starts, key=str) and len(events) > 5
    assert run("timeline", archive, "--contested", "--limit", "1", "--json").count("\n") == 1
    assert run("timeline", archive, "--since", "2030") == ""
    assert "Colonna" in run("timeline", archive, "--actor", "Catherine Colonna")


def test_stories_are_listed_newest_first(archive: str) -> None:
    run("merge", archive)
    found = [Story.from_json(line) for line in run("stories", archive, "--json").splitlines()]
    lasts = [story.last for story in found if story.last]
    assert lasts == sorted(lasts, reverse=True)
    assert "4 reports, 2 sources" in run("stories", archive, "--min-sources", "2")
    assert json.loads(run("stories", archive, "--json", "--limit", "1"))["id"] == found[0].id


def test_copies_are_listed_without_a_merge(archive: str) -> None:
    assert run("duplicates", archive).splitlines()[0] == "a1  a3  1.00"
    lines = run("duplicates", archive, "--json").splitlines()
    found = [json.loads(line) for line in lines if line.startswith("{")]
    assert {"first": "a1", "copy": "a3", "share": 1.0} in found
    assert run("duplicates", archive, "--threshold", "1").count("a3") == 1


def test_another_process_goes_on_with_what_is_merged(tmp_path: Path) -> None:
    where = str(tmp_path / "news.dateline")
    with Archive(where, create=True) as opened:
        opened.add_all(news.coded())
    said = []
    for seed in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-m", "dateline", "merge", where],
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        )
        said.append(done.stderr)
    assert "9 reports new or changed" in said[0]
    assert "0 reports new or changed, 0 pairs compared" in said[1]
