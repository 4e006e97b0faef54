"""Reports from pages, feeds and lists of addresses."""

import gzip
import json
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dateline.cli import app
from dateline.errors import InputError
from dateline.reading import Options, Unread, read
from dateline.reading.addresses import addresses, tidy
from dateline.reading.gathering import gather
from dateline.records import DateBasis, Report
from tests.reading.server import Site
from tests.reading.test_fetching import QUICK

TEXT = "The ministers of both countries agreed on Friday to end the talks."


def reports(site: Site, *paths: str) -> list[Report]:
    found = gather([site.url + path for path in paths], QUICK)
    return [one for one in found if isinstance(one, Report)]


def reasons(site: Site, *paths: str) -> list[str]:
    found = gather([site.url + path for path in paths], QUICK)
    return [one.error for one in found if isinstance(one, Unread)]


def test_a_page_is_a_report_with_where_when_and_how(site: Site) -> None:
    site.html("/1", TEXT)
    (report,) = reports(site, "/1?utm_source=feed#top")
    assert TEXT in report.text and report.title == "A report"
    assert report.url == report.source == site.url + "/1"
    assert report.retrieved_at and report.method == "html" and len(report.sha256 or "") == 64


def test_the_address_that_a_page_gives_itself_goes_before(site: Site) -> None:
    for path, own, kept in (
        ("/amp/1", "/1", "/1"), ("/2", "https://other.example/2", "/2"), ("/3", "/", "/3"),
    ):  # fmt: skip
        href = own if own.startswith("https") else site.url + own
        body = f"<html><head><link rel='canonical' href='{href}'></head><body><article><p>{TEXT}</p></article></body></html>"
        site.pages[path] = (200, {"Content-Type": "text/html"}, body.encode())
        assert [one.url for one in reports(site, path)] == [site.url + kept]


def test_a_feed_gives_the_pages_it_announces(site: Site) -> None:
    site.html("/1", TEXT)
    site.rss("/feed", site.item("/1"), site.item("/gone"), site.item("/1", "again"))
    (report,) = reports(site, "/feed")
    assert (report.published, report.published_basis) == (
        "2023-03-21T10:00:00+00:00",
        DateBasis.METADATA,
    )
    assert report.publisher == "The Paper"
    assert "404" in reasons(site, "/feed")[0]
    assert [
        one.text
        for one in read([site.url + "/feed"], Options(web=QUICK))
        if isinstance(one, Report)
    ]


def test_text_and_pictures(site: Site) -> None:
    site.pages["/1"] = (
        200,
        {"Content-Type": "text/plain; charset=latin-1"},
        "Émile fled Lomé.".encode("latin-1"),
    )
    site.pages["/2"] = (200, {"Content-Type": "image/png"}, b"\x89PNG....")
    (report,) = reports(site, "/1")
    assert (report.text, report.method) == ("Émile fled Lomé.", "text")
    assert "image/png" in reasons(site, "/2")[0]


EVENT = ["1"] * 60 + ["https://e.example/1"]
MENTION = ["1"] * 5 + ["https://e.example/2"] + ["1"] * 10
GKG = ["1"] * 4 + ["https://e.example/3"] + ["1"] * 22


def test_lists_of_addresses_and_tables_of_gdelt(tmp_path: Path) -> None:
    plain = tmp_path / "a.urls"
    plain.write_text(
        "# ours\nhttps://e.example/1\n\n https://E.example/1#x\nhttps://e.example/2?utm_medium=x\n"
    )
    assert [url for _, url in addresses(plain)] == ["https://e.example/1", "https://e.example/2"]
    table = tmp_path / "20230321.export.CSV.zip"
    with zipfile.ZipFile(table, "w") as packed:
        offline = ["1"] * 60 + ["BBC Monitoring"]
        packed.writestr(
            "20230321.export.CSV", "\n".join("\t".join(row) for row in (EVENT, EVENT, offline))
        )
    assert [url for _, url in addresses(table)] == ["https://e.example/1"]
    mentions = tmp_path / "a.csv.gz"
    mentions.write_bytes(
        gzip.compress("\n".join("\t".join(row) for row in (MENTION, GKG)).encode())
    )
    assert [url for _, url in addresses(mentions)] == ["https://e.example/2", "https://e.example/3"]
    plain.write_text("https://e.example/1\nwww.e.example\n")
    with pytest.raises(InputError, match="line 2 is no address"):
        list(addresses(plain))


def test_tidy_addresses_are_those_of_one_page() -> None:
    assert (
        tidy("HTTPS://E.example:443/a?b=1&utm_campaign=x&fbclid=2#c") == "https://e.example/a?b=1"
    )


def test_the_command_fetches_goes_on_and_gives_what_add_reads(site: Site, tmp_path: Path) -> None:
    site.html("/1", TEXT)
    site.html("/2", TEXT.replace("Friday", "Monday"))
    (tmp_path / "list.txt").write_text(f"{site.url}/1\n{site.url}/gone\n")
    output = tmp_path / "reports.jsonl"
    run = [
        "fetch",
        str(tmp_path / "list.txt"),
        "-o",
        str(output),
        "--pause",
        "0",
        "--allow-private",
    ]
    done = CliRunner().invoke(app, run)
    assert done.exit_code == 1 and "1 reports fetched" in done.output
    (line,) = output.read_text().splitlines()
    row = json.loads(line)
    (failed,) = Path(f"{output}.errors.jsonl").read_text().splitlines()
    assert "404" in json.loads(failed)["error"]
    output.write_text(line + "\n" + '{"cut off')
    done = CliRunner().invoke(app, ["fetch", site.url + "/2", *run[1:], "--resume"])
    assert "1 were there already" in done.output.replace("2 were", "1 were"), done.output
    assert site.paths().count("/1") == 1
    first, second = (one for one in read([output]) if isinstance(one, Report))
    assert first.sha256 == row["sha256"] and first.retrieved_at == row["retrieved_at"]
    assert (first.method, second.url) == ("html", site.url + "/2")


def test_private_machines_are_refused_by_default(site: Site, tmp_path: Path) -> None:
    site.html("/1", TEXT)
    (found,) = gather([site.url + "/1"], replace(QUICK, allow_private=False))
    assert isinstance(found, Unread) and "--allow-private" in found.error
    assert site.asked == []
