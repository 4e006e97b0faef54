"""Following feeds from a server with faults, across restarts."""

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dateline import Coder
from dateline.archive import Archive
from dateline.archive.watching import Watched, Watcher, load
from dateline.cli import app
from dateline.errors import DataError
from tests.reading.server import Site, serving

START = datetime(2023, 3, 21, 12, tzinfo=UTC)
TEXT = "Police arrested 12 protesters in Lyon on Thursday."


@pytest.fixture(scope="module")
def coder() -> Coder:
    return Coder(event_model=False)


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as found:
        yield found


class Desk:
    """An archive, and watchers of it that come and go while the time stands still between rounds."""

    def __init__(self, archive: Archive, site: Site, coder: Coder) -> None:
        self.archive, self.site, self._coder = archive, site, coder
        self.time = START
        self.said: list[str] = []

    def round(self, after: timedelta = timedelta(0), **settings: object) -> Counter[str]:
        """Let time go by, start a watcher anew, and look at what is due."""
        self.time += after
        feed = {"url": self.site.url + "/feed", **settings}
        watched = Watched.model_validate({"feed": [feed], "allow_private": True, "pause": 0})
        watcher = Watcher(
            self.archive, watched, lambda: self._coder, now=lambda: self.time, say=self.said.append
        )
        return watcher.round()


@pytest.fixture
def desk(where: str, site: Site, coder: Coder) -> Iterator[Desk]:
    with Archive(where, create=True) as archive:
        yield Desk(archive, site, coder)


HOUR = timedelta(hours=1)


def test_a_feed_is_followed_across_restarts(desk: Desk, site: Site) -> None:
    site.html("/1", TEXT)
    site.rss("/feed", site.item("/1"), ETag='"a"')
    assert desk.round() == {"announced": 1, "added": 1}
    asked = len(site.asked)
    assert desk.round() == {}  # nothing is due
    assert len(site.asked) == asked
    site.html("/2", TEXT.replace("Lyon", "Nice"))
    site.rss("/feed", site.item("/2"), site.item("/1"), ETag='"b"')
    assert desk.round(HOUR) == {"announced": 1, "added": 1}
    assert site.paths().count("/1") == 1
    (first, second) = (one.report for one in desk.archive)
    assert (first.url, second.url) == (site.url + "/1", site.url + "/2")
    assert first.publisher == "The Paper" and first.published == "2023-03-21T10:00:00+00:00"
    assert first.retrieved_at and first.sha256 and first.method == "html"


def test_feeds_are_asked_under_a_condition(desk: Desk, site: Site) -> None:
    site.rss("/feed", ETag='"a"', **{"Last-Modified": "Tue, 21 Mar 2023 10:00:00 GMT"})
    desk.round()
    desk.round(HOUR)
    head = [head for path, head in site.asked if path == "/feed"][-1]
    assert head["If-None-Match"] == '"a"'
    assert head["If-Modified-Since"] == "Tue, 21 Mar 2023 10:00:00 GMT"


def test_a_page_that_was_edited_is_a_new_version(desk: Desk, site: Site) -> None:
    site.html("/1", TEXT)
    site.rss("/feed", site.item("/1"))
    desk.round(again=["2h"])
    site.html("/1", TEXT.replace("12", "14"))
    assert desk.round(HOUR, again=["2h"]) == {}
    assert desk.round(HOUR, again=["2h"]) == {"added": 1}
    assert desk.round(timedelta(days=9), again=["2h"]) == {}
    assert [one.report.text.count("14") for one in desk.archive] == [0, 1]


def test_an_entry_that_says_it_was_updated_is_looked_at_again(desk: Desk, site: Site) -> None:
    site.html("/1", TEXT)
    site.rss("/feed", site.item("/1"))
    desk.round()
    site.html("/1", TEXT.replace("12", "14"))
    site.rss("/feed", site.item("/1", title="Two more arrests"))
    assert desk.round(HOUR) == {"announced": 1, "added": 1}


def test_the_text_of_the_feed_where_pages_are_not_wanted(desk: Desk, site: Site) -> None:
    item = site.item("/1").replace("Short.", TEXT)
    site.rss("/feed", item)
    assert desk.round(pages=False, publisher="Ours") == {"added": 1}
    assert desk.round(HOUR, pages=False, publisher="Ours") == {}
    (one,) = desk.archive
    assert (one.report.text, one.report.method, one.report.publisher) == (TEXT, "feed", "Ours")
    assert "/1" not in site.paths()


def test_faults_cost_themselves_and_are_looked_at_again(desk: Desk, site: Site) -> None:
    site.html("/1", TEXT)
    site.pages["/z-busy"] = (429, {"Retry-After": "7200"}, b"")
    site.pages["/gone"] = (410, {}, b"")
    site.pages["/picture"] = (200, {"Content-Type": "image/png"}, b"\x89PNG")
    site.rss("/feed", *(site.item(path) for path in ("/1", "/gone", "/picture", "/z-busy")))
    done = desk.round()
    assert done["announced"] == 4 and done["failed"] >= 3
    assert any("429" in line for line in desk.said) and any("gone" in line for line in desk.said)
    site.html("/z-busy", TEXT.replace("Lyon", "Nice"))
    site.html("/gone", TEXT.replace("Lyon", "Lille"))
    total = sum((desk.round(HOUR * 3) for _ in range(2)), Counter[str]())
    assert len(desk.archive) == 2, (total, desk.said)
    assert site.paths().count("/gone") == 1


@pytest.mark.parametrize(
    "feed",
    [
        (500, {}, b""),
        (200, {}, b"no feed"),
        (200, {"Content-Encoding": "gzip"}, b"no gzip"),
        (404, {}, b""),
        (200, {}, b"<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><rss version='2.0'>&e;</rss>"),
    ],
)  # fmt: skip
def test_a_feed_that_fails_is_tried_again(
    desk: Desk, site: Site, feed: tuple[int, dict[str, str], bytes]
) -> None:
    site.pages["/feed"] = feed
    assert desk.round() == {"failed": 1}
    assert len(desk.said) == 1
    site.html("/1", TEXT)
    site.rss("/feed", site.item("/1"))
    assert desk.round(timedelta(days=2)) == {"announced": 1, "added": 1}


def test_a_broken_feed_gives_what_can_be_made_out(desk: Desk, site: Site) -> None:
    site.html("/1", TEXT)
    cut = f"<rss version='2.0'><channel><title>The Paper</title>{site.item('/1')}<item><title>Cut"
    site.pages["/feed"] = (200, {}, cut.encode())
    assert desk.round()["added"] == 1
    assert "broken" in desk.said[0]


def test_stopping_leaves_the_rest_for_later(desk: Desk, site: Site) -> None:
    for path in ("/1", "/2", "/3"):
        site.html(path, TEXT.replace("Lyon", f"Lyon{path[1]}"))
    site.rss("/feed", *(site.item(path) for path in ("/1", "/2", "/3")))
    watched = Watched.model_validate(
        {"feed": [{"url": site.url + "/feed"}], "allow_private": True, "pause": 0}
    )
    watcher = Watcher(
        desk.archive, watched, lambda: desk._coder, now=lambda: START,
        stop=lambda: len(desk.archive) == 1,
    )  # fmt: skip
    assert watcher.round()["added"] == 1
    assert desk.round()["added"] == 2


def _watch(where: str, url: str) -> None:
    watched = Watched.model_validate(
        {"feed": [{"url": url}], "allow_private": True, "pause": 0, "robots": False}
    )
    with Archive(where) as archive:
        Watcher(archive, watched, lambda: Coder(event_model=False)).round()


@pytest.mark.slow
def test_a_watcher_that_is_killed_goes_on_where_it_was(where: str, site: Site) -> None:
    paths = [f"/{n}" for n in range(30)]
    for path in paths:
        site.html(path, TEXT.replace("12", f"{path[1:]}2"))
    site.rss("/feed", *(site.item(path) for path in paths))
    Archive(where, create=True).close()
    context = multiprocessing.get_context("spawn")
    with Archive(where) as archive:
        for most in (3, 12):
            watcher = context.Process(target=_watch, args=(where, site.url + "/feed"))
            watcher.start()
            while len(archive) < most:
                time.sleep(0.01)
            assert watcher.pid is not None
            os.kill(watcher.pid, signal.SIGKILL)
            watcher.join()
        _watch(where, site.url + "/feed")
        assert len(archive) == 30
        assert len(archive.changed_since()) == 30
    assert max(Counter(path for path in site.paths() if path in paths).values()) <= 2


def test_the_command_ends_when_told(tmp_path: Path, site: Site) -> None:
    site.html("/1", TEXT)
    site.rss("/feed", site.item("/1"))
    feeds = tmp_path / "feeds.toml"
    feeds.write_text(f'allow_private = true\npause = 0\n[[feed]]\nurl = "{site.url}/feed"\n')
    where = str(tmp_path / "a.dateline")
    done = CliRunner().invoke(app, ["watch", where, str(feeds), "--once", "--lexicon-only"])
    assert done.exit_code == 0 and "1 added, 1 announced" in done.output
    running = subprocess.Popen(
        [sys.executable, "-m", "dateline", "watch", where, str(feeds)], stderr=subprocess.PIPE
    )
    time.sleep(3)
    running.send_signal(signal.SIGTERM)
    _, errors = running.communicate(timeout=60)
    assert running.returncode in (0, -signal.SIGTERM), errors


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "feed"),
        ("[[feed]]\nurl = 'ftp://x'", "https://"),
        ("every = '5 parsecs'\n[[feed]]\nurl = 'https://e.example/'", "30m"),
        ("evry = '5m'\n[[feed]]\nurl = 'https://e.example/'", "evry"),
        ("[[feed]\n", "line"),
    ],
)
def test_a_file_of_feeds_that_is_wrong_says_where(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "feeds.toml"
    path.write_text(text)
    with pytest.raises(DataError, match=words):
        load(path)
    with pytest.raises(DataError, match="name a file"):
        load(tmp_path / "none.toml")
