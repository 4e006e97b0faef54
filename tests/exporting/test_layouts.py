"""The layouts: golden files, the number of columns whatever the text, and what other tools read."""

import csv
import io
import json
import os
import re
import shutil
import subprocess
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tools.goldens import CODED, FOLDER, golden

from dateline import CodedReport
from dateline.archive import Archive
from dateline.batch import read_coded
from dateline.exporting.layouts import LAYOUTS, Choice, Layout, of_archive, of_reports
from dateline.exporting.layouts.codes import codes
from dateline.exporting.layouts.wanted import Wanted, happenings
from dateline.records import Status
from tests.cli.test_code import dateline

ROWS = [name for name, one in LAYOUTS.items() if isinstance(one, Layout)]
WIDTHS = {"polecat": 40, "gdelt": 61, "gdelt-mentions": 16, "icews": 20, "acled": 31, "ged": 49}


@pytest.fixture(scope="module")
def coded() -> list[CodedReport]:
    return list(read_coded(CODED))


def written(name: str, coded: list[CodedReport], **choice: bool) -> str:
    stream = io.StringIO()
    LAYOUTS[name].write(of_reports(coded), stream, Choice(**choice))
    return stream.getvalue()


def table(name: str, text: str) -> list[list[str]]:
    layout = LAYOUTS[name]
    assert isinstance(layout, Layout)
    if layout.delimiter == "\t":
        return [line.split("\t") for line in text.removesuffix("\n").split("\n")]
    return list(csv.reader(io.StringIO(text, newline="")))


@pytest.mark.parametrize("name", sorted(LAYOUTS))
def test_the_golden_files_are_current(name: str) -> None:
    path, text = golden(name)
    assert path.read_text(encoding="utf-8") == text, "run `python -m tools.goldens`"


@pytest.mark.parametrize("name", ROWS)
def test_a_layout_has_its_columns(name: str, coded: list[CodedReport]) -> None:
    layout = LAYOUTS[name]
    assert isinstance(layout, Layout)
    assert len(layout.columns) == WIDTHS[name]
    rows = table(name, written(name, coded))
    assert rows and {len(row) for row in rows} == {WIDTHS[name]}
    assert not layout.header or rows[0] == layout.names()


@settings(max_examples=40, deadline=None)
@given(st.text(min_size=1, max_size=40), st.sampled_from(ROWS))
def test_no_text_breaks_a_row(words: str, name: str) -> None:
    first = next(iter(read_coded(CODED)))
    report = replace(first.report, title=words, publisher=words, url=words)
    people = tuple(replace(p, name=words, title=words) for p in first.participants)
    places = tuple(replace(p, name=words, admin1=words) for p in first.places)
    odd = replace(first, report=report, participants=people, places=places)
    rows = table(name, written(name, [odd], all_statuses=True))
    assert {len(row) for row in rows} <= {WIDTHS[name]}


def test_what_did_not_happen_has_no_row_unless_asked(coded: list[CodedReport]) -> None:
    plans = [
        replace(one, events=tuple(replace(e, status=Status.PLANNED) for e in one.events))
        for one in coded
    ]
    assert len(table("icews", written("icews", plans))) == 1
    assert len(table("icews", written("icews", plans, all_statuses=True))) > 8
    left = LAYOUTS["icews"].write(of_reports(plans), io.StringIO()).left
    assert left["planned"] > 8


def test_a_number_keeps_its_bounds(coded: list[CodedReport]) -> None:
    rows = table("ged", written("ged", coded))
    row = dict(zip(rows[0], rows[1], strict=True))
    assert [row[name] for name in ("best", "low", "high")] == ["30", "30", ""], "at least 30"
    assert (row["type_of_violence"], row["country_id"]) == ("3", "432")
    assert (row["side_b"], row["region"]) == ("Civilians", "Africa")


def test_what_both_do_stands_in_both_directions(coded: list[CodedReport]) -> None:
    rows = [dict(zip(*pair, strict=True)) for pair in _named("icews", coded)]
    dyads = {(r["Source Name"], r["Target Name"]) for r in rows}
    assert {("Germany", "Poland"), ("Poland", "Germany")} <= dyads


def _named(name: str, coded: list[CodedReport]) -> Iterator[tuple[list[str], list[str]]]:
    rows = table(name, written(name, coded))
    return ((rows[0], row) for row in rows[1:])


def test_documents_are_what_they_say(coded: list[CodedReport]) -> None:
    map_ = json.loads(written("geojson", coded))
    assert map_["type"] == "FeatureCollection"
    assert all(len(f["geometry"]["coordinates"]) == 2 for f in map_["features"])
    slides = json.loads(written("timelinejs", coded))["events"]
    assert all(slide["start_date"]["year"] == 2023 for slide in slides)
    graph = ET.fromstring(written("gexf", coded))
    nodes = {n.get("id") for n in graph.iter("{http://gexf.net/1.3}node")}
    edges = list(graph.iter("{http://gexf.net/1.3}edge"))
    assert edges and all({e.get("source"), e.get("target")} <= nodes for e in edges)
    entities = [json.loads(line) for line in written("ftm", coded).splitlines()]
    ids = {e["id"] for e in entities}
    assert len(ids) == len(entities)
    events = [e["properties"] for e in entities if e["schema"] == "Event"]
    assert all(set(e.get("organizer", [])) | set(e["proof"]) <= ids for e in events)
    values = [found for e in entities for found in e["properties"].values()]
    assert all(len(found) == len(set(found)) for found in values)
    claims = json.loads(written("claims", coded))["@graph"]
    assert claims and all(c["@type"] == "Claim" and c["text"] for c in claims)
    assert not any("reviewRating" in c for c in claims)


@pytest.mark.parametrize(
    ("iso3", "fips", "cow", "gw"),
    [
        ("DEU", "GM", "255", "260"),
        ("YEM", "YM", "679", "678"),
        ("VNM", "VM", "816", "816"),
        ("SRB", "RI", "345", "340"),
        ("AUT", "AU", "305", "305"),
        ("CHE", "SZ", "225", "225"),
        ("KOS", "KV", "347", "347"),
        ("XKX", "KV", "347", "347"),
        ("PRI", "RQ", "", ""),
        ("ZZZ", "", "", ""),
    ],
)
def test_countries_have_the_codes_of_each_list(iso3: str, fips: str, cow: str, gw: str) -> None:
    found = codes(iso3)
    assert (found.fips, found.cow, found.gw) == (fips, cow, gw)


def test_panels_have_a_row_for_every_month(coded: list[CodedReport]) -> None:
    rows = list(csv.DictReader(io.StringIO(written("country-month", coded))))
    units: dict[str, list[str]] = {}
    for row in rows:
        units.setdefault(row["country_iso3"], []).append(row["month"])
    assert len({tuple(months) for months in units.values()}) == 1
    assert sum(int(row["events"]) for row in rows) > 0
    assert all(row["country_cow"] for row in rows)


def test_a_merged_archive_gives_merged_events(tmp_path: Path, coded: list[CodedReport]) -> None:
    path = tmp_path / "news.dateline"
    with Archive(path, create=True) as archive:
        archive.add_all(coded)
        with happenings(str(path), Wanted()) as (found, what):
            assert what == "events of single reports" and len(list(found)) > 5
        archive.merge()
        merged = list(of_archive(archive))
        attack = next(one for one in merged if one.reports == 2)
        assert attack.size("dead")[1:] == (30, 35) or attack.size("dead")[0] in (30, 35)
        stream = io.StringIO()
        LAYOUTS["gdelt-mentions"].write(merged, stream)
        numbers = [line.split("\t")[0] for line in stream.getvalue().splitlines()]
        assert max(numbers.count(n) for n in numbers) == 2
    with happenings(str(path), Wanted(country=frozenset({"MLI"}))) as (found, what):
        assert what == "merged events"
        assert {one.place.country for one in found if one.place} == {"MLI"}


def test_the_command(tmp_path: Path) -> None:
    out, left = tmp_path / "events.tsv", tmp_path / "left.jsonl"
    done = dateline("export", CODED, "--layout", "gdelt", "-o", out, "--remainder", left)
    assert done.returncode == 0 and "left out" in done.stderr
    assert out.read_text(encoding="utf-8") == golden("gdelt")[1]
    reasons = [json.loads(line)["reason"] for line in left.read_text("utf-8").splitlines()]
    assert reasons and all(reasons)
    assert "there is no layout" in dateline("export", CODED, "--layout", "gdlet").stderr
    missing = dateline("export", tmp_path / "none", "--layout", "polecat")
    assert missing.returncode == 1 and "dateline code" in missing.stderr
    assert "polecat" in dateline("export", "--list").stdout
    tables = tmp_path / "events.parquet"
    assert dateline("export", CODED, "-l", "parquet", "-o", tables).returncode == 0
    assert dateline("export", CODED, "-l", "parquet").returncode == 2


def test_pandas_and_duckdb_read_them() -> None:
    pandas = pytest.importorskip("pandas")
    duckdb = pytest.importorskip("duckdb")
    acled = pandas.read_csv(FOLDER / "acled.csv", parse_dates=["event_date"])
    assert acled["fatalities"].sum() > 60 and acled.shape[1] == 31
    polecat = pandas.read_csv(FOLDER / "polecat.tsv", sep="\t", na_values="None", quoting=3)
    assert polecat.shape[1] == 40 and polecat["Quad Code"].between(1, 4).all()
    found = duckdb.sql(
        f"select max(best) from read_csv('{FOLDER / 'ged.csv'}', header = true)"
    ).fetchall()
    assert found == [(35,)]
    count = duckdb.sql(f"select count(*) from read_csv('{FOLDER / 'icews.tsv'}', delim = '\t')")
    assert count.fetchall()[0][0] == len((FOLDER / "icews.tsv").read_text("utf-8").splitlines()) - 1


FTM_PYTHON = os.environ.get("DATELINE_FTM_PYTHON")
"""A Python that has the library FollowTheMoney, which wants other versions of much."""
FTM_READS = """
import json, sys
from followthemoney import model
for line in sys.stdin:
    entity = json.loads(line)
    model.get(entity["schema"]).validate(entity)
    clean = model.get_proxy(entity, cleaned=False).to_dict()["properties"]
    for name, values in entity["properties"].items():
        kind = model.get(entity["schema"]).get(name).type
        assert sorted(values) == sorted(clean[name]), (name, values)
        assert kind.name == "entity" or all(map(kind.clean, values)), (name, values)
    print(entity["schema"])
"""


@pytest.mark.skipif(not FTM_PYTHON, reason="FollowTheMoney is not installed; see `make test-ftm`")
def test_follow_the_money_reads_them(coded: list[CodedReport]) -> None:
    done = subprocess.run(
        [str(FTM_PYTHON), "-c", FTM_READS], input=written("ftm", coded),
        capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert {"Event", "Article", "PublicBody"} <= set(done.stdout.split()), done.stderr
    assert done.returncode == 0, done.stderr


@pytest.mark.skipif(not shutil.which("Rscript"), reason="R is not installed; see `make test-r`")
def test_r_reads_them() -> None:
    script = f"""
    setwd("{FOLDER}")
    polecat <- read.delim("polecat.tsv", na.strings = "None", quote = "", fileEncoding = "UTF-8")
    gdelt <- read.delim("gdelt.export.CSV", header = FALSE, quote = "", colClasses = "character")
    acled <- read.csv("acled.csv"); ged <- read.csv("ged.csv"); panel <- read.csv("dyad-month.csv")
    cat(ncol(polecat), ncol(gdelt), ncol(acled), ncol(ged), max(ged$best), nrow(panel) > 0)
    """
    done = subprocess.run(["Rscript", "-e", script], capture_output=True, text=True, timeout=120)
    assert done.stdout.split() == ["40", "61", "31", "49", "35", "TRUE"], done.stderr


@pytest.mark.skipif(not shutil.which("Rscript"), reason="R is not installed; see `make test-r`")
def test_r_reads_them_as_the_walk_through_says() -> None:
    page = Path(__file__).parents[2] / "docs" / "tutorial" / "in-r.md"
    blocks = re.findall(r"^```r\n(.*?)^```", page.read_text(encoding="utf-8"), re.S | re.M)
    script = f'setwd("{FOLDER}")\n' + "\n".join(blocks)
    done = subprocess.run(["Rscript", "-e", script], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0 and "fatalities" in done.stdout, done.stderr


@pytest.mark.parametrize(
    ("country", "day", "cow", "gw"),
    [
        ("DEU", "1985-05-01", "260", "260"),
        ("DEU", "1990-10-03", "255", "260"),
        ("DEU", None, "255", "260"),
        ("DEU", "1952-05-01", "", "260"),
        ("YEM", "1985-05-01", "678", "678"),
        ("YEM", "2000-05-01", "679", "678"),
        ("SRB", "2006-06-04", "345", "345"),
        ("SRB", "2006-06-05", "345", "340"),
        ("USA", "1985-05-01", "2", "2"),
    ],
)
def test_the_numbers_of_a_state_are_those_of_the_day(
    country: str, day: str | None, cow: str, gw: str
) -> None:
    found = codes(country, day)
    assert (found.cow, found.gw) == (cow, gw)
