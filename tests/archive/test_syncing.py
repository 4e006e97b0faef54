"""Syncing folders and addresses into an archive, and what was edited between versions."""

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dateline.archive import Archive
from dateline.archive.syncing import Sync, Synced
from dateline.archive.versions import differences, versions
from dateline.cli import app
from dateline.coder import Settings
from dateline.errors import InputError
from dateline.reading import Options
from tests.reading.server import Site, serving
from tests.reading.test_fetching import QUICK

FIRST = "Police arrested 12 protesters in Lyon on Thursday."
SECOND = "Rebels attacked a village in Mali, killing 30 people."


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as found:
        yield found


@pytest.fixture
def archive(where: str) -> Iterator[Archive]:
    with Archive(where, create=True) as archive:
        yield archive


def sync(archive: Archive, *sources: object, withdraw: bool = False) -> Synced:
    settings = Settings(event_model=False)
    return Sync(archive, settings, Options(web=QUICK), withdraw=withdraw).run(map(str, sources))


def edit(path: Path, text: str) -> None:
    """Write a file, later than before."""
    path.write_text(text)
    os.utime(path, ns=(0, path.stat().st_mtime_ns + 1_000_000_000))


def test_a_folder_is_read_once_then_only_what_changed(archive: Archive, tmp_path: Path) -> None:
    folder = tmp_path / "news"
    folder.mkdir()
    edit(folder / "1.txt", FIRST)
    edit(folder / "2.txt", SECOND)
    edit(folder / "3.jsonl", json.dumps({"id": "a", "text": "Ministers met in Paris."}) + "\n")
    assert sync(archive, folder).counts == {"added": 3}
    before = archive.changed_since()
    assert sync(archive, folder).counts == {"unchanged": 3}
    edit(folder / "2.txt", SECOND)  # touched, and the same
    assert sync(archive, folder).counts == {"unchanged": 3}
    assert archive.changed_since() == before

    edit(folder / "1.txt", FIRST.replace("12", "14"))
    edit(folder / "3.jsonl", json.dumps({"id": "a", "text": "Ministers met in Rome."}) + "\n")
    assert sync(archive, folder).counts == {"added": 1, "changed": 1, "unchanged": 1}
    (new,) = (one for one in archive if "14" in one.report.text)
    earlier, (change,) = differences(archive, new.report.id)
    assert archive.get(earlier).report.text == FIRST
    assert change.before and change.after
    assert (change.kind, change.before.text, change.after.text) == ("replaced", "12", "14")


def test_what_is_gone_is_told_once_and_comes_back(archive: Archive, tmp_path: Path) -> None:
    folder = tmp_path / "news"
    folder.mkdir()
    edit(folder / "1.txt", FIRST)
    edit(folder / "2.txt", SECOND)
    sync(archive, folder)
    (folder / "2.txt").unlink()
    done = sync(archive, folder)
    assert done.missing == [str(folder / "2.txt")] and len(archive) == 2
    assert sync(archive, folder).missing == done.missing
    edit(folder / "2.txt", SECOND)
    assert sync(archive, folder).missing == [] and len(archive) == 2
    (folder / "2.txt").unlink()
    assert sync(archive, folder, withdraw=True).counts["withdrawn"] == 1
    assert [one.report.text for one in archive] == [FIRST]


def test_a_report_that_is_still_there_under_another_name_is_kept(
    archive: Archive, tmp_path: Path
) -> None:
    folder = tmp_path / "news"
    folder.mkdir()
    edit(folder / "1.txt", FIRST)
    edit(folder / "2.txt", FIRST)
    sync(archive, folder)
    (folder / "1.txt").unlink()
    assert sync(archive, folder, withdraw=True).counts["withdrawn"] == 0
    assert len(archive) == 1


def test_what_cannot_be_read_costs_itself_and_is_tried_again(
    archive: Archive, tmp_path: Path
) -> None:
    edit(tmp_path / "1.txt", FIRST)
    (tmp_path / "2.txt").write_bytes(b"\0\1\2")
    (tmp_path / "away.txt").symlink_to("/etc/hostname")
    done = sync(archive, tmp_path)
    assert done.counts["added"] == 1 and done.counts["failed"] == 2
    edit(tmp_path / "2.txt", SECOND)
    assert sync(archive, tmp_path).counts["added"] == 1
    assert sync(archive, tmp_path / "none").counts == {"failed": 1}


def test_addresses_are_asked_under_a_condition_and_edits_are_versions(
    archive: Archive, site: Site, tmp_path: Path
) -> None:
    site.html("/1", FIRST, ETag='"a"')
    site.html("/2", SECOND)
    listed = tmp_path / "a.urls"
    listed.write_text(f"{site.url}/1\n{site.url}/2\n")
    assert sync(archive, listed).counts == {"added": 2}
    assert sync(archive, listed).counts == {"unchanged": 2}
    assert [head["If-None-Match"] for path, head in site.asked if "If-None-Match" in head] == [
        '"a"'
    ]
    site.html("/1", FIRST.replace("arrested 12 protesters", "arrested 14 people"))
    site.pages["/2"] = (410, {}, b"")
    done = sync(archive, listed)
    assert done.counts["added"] == 1 and done.missing == [site.url + "/2"]
    (new,) = (one.report.id for one in archive if "14" in one.report.text)
    old, latest = versions(archive, new)
    assert (old.url, latest.previous) == (latest.url, old.id)
    assert old.retrieved_at and old.sha256 != latest.sha256
    with pytest.raises(InputError, match=f"no earlier version; later ones: {new}"):
        differences(archive, old.id)


def test_the_commands(tmp_path: Path) -> None:
    folder = tmp_path / "news"
    folder.mkdir()
    edit(folder / "1.txt", FIRST)
    where = str(tmp_path / "a.dateline")
    run = CliRunner().invoke(app, ["sync", where, str(folder), "--lexicon-only"])
    assert run.exit_code == 0 and "1 added" in run.output
    edit(folder / "1.txt", FIRST.replace("on Thursday", "and Nice"))
    CliRunner().invoke(app, ["sync", where, str(folder), "--lexicon-only"])
    with Archive(where) as archive:
        (id,) = (one.report.id for one in archive if "Nice" in one.report.text)
    run = CliRunner().invoke(app, ["diff", where, id])
    assert "1 edits since" in run.output and "[-on Thursday-]{+and Nice+}" in run.output
    run = CliRunner().invoke(app, ["diff", where, id, "--json"])
    assert json.loads(run.output)["after"] == {"start": 38, "end": 46, "text": "and Nice"}
