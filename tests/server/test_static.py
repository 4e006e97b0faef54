"""The built app's files: compressed for whoever takes that, known again by their ETag."""

import gzip
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.testclient import TestClient

from dateline.server import static

brotli = pytest.importorskip("brotli")
SCRIPT = "export const words = 'so it goes'\n" * 50


@pytest.fixture
def client(tmp_path: Path) -> TestClient:
    """Return a client of an app of two files, one of them compressed."""
    (tmp_path / "assets").mkdir()
    file = tmp_path / "assets" / "app-1a2b.js"
    file.write_text(SCRIPT)
    file.with_name(file.name + ".gz").write_bytes(gzip.compress(SCRIPT.encode()))
    file.with_name(file.name + ".br").write_bytes(brotli.compress(SCRIPT.encode()))
    (tmp_path / "index.html").write_text("<!doctype html><p>the app</p>")

    def page(request: Request) -> Response:
        wants = "text/html" in request.headers.get("accept", "")
        path = request.path_params["path"]
        return static.answer(path, wants_page=wants, asked=request.headers, folder=tmp_path)

    return TestClient(Starlette(routes=[Route("/{path:path}", page)]))


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("gzip, deflate, br", "br"), ("gzip", "gzip"), ("identity", None), ("", None),
        ("br;q=0, gzip;q=0.5", "gzip"), ("deflate", None),
    ],
)  # fmt: skip
def test_a_file_is_sent_as_the_reader_takes_it(
    client: TestClient, accepted: str, encoding: str | None
) -> None:
    answer = client.get("/assets/app-1a2b.js", headers={"accept-encoding": accepted})
    assert answer.headers.get("content-encoding") == encoding
    assert answer.text == SCRIPT
    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.headers["vary"] == "Accept-Encoding"
    assert "immutable" in answer.headers["cache-control"]


def test_what_is_known_is_not_sent_again(client: TestClient) -> None:
    tags = set()
    for accepted in ("br", "gzip", "identity"):
        headers = {"accept-encoding": accepted}
        tag = client.get("/assets/app-1a2b.js", headers=headers).headers["etag"]
        tags.add(tag)
        again = client.get("/assets/app-1a2b.js", headers=headers | {"if-none-match": tag})
        assert again.status_code == 304
        assert again.content == b""
        assert again.headers["etag"] == tag
    assert len(tags) == 3


def test_a_page_of_the_app_is_looked_at_each_time(client: TestClient) -> None:
    answer = client.get("/events", headers={"accept": "text/html"})
    assert answer.headers["cache-control"] == "no-cache"
    assert "the app" in answer.text
    known = {"accept": "text/html", "if-none-match": answer.headers["etag"]}
    assert client.get("/", headers=known).status_code == 304


def test_under_a_path_the_page_asks_for_its_files_there(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(
        '<meta name="root" /><script src="/assets/app-1a2b.js"></script><p>the app</p>'
    )

    def page(root: str, **asked: str) -> Response:
        return static.answer("events", wants_page=True, asked=asked, folder=tmp_path, root=root)

    plain = page("")
    assert plain.headers["cache-control"] == "no-cache"
    under = page("/news/desk")
    assert b'src="/news/desk/assets/app-1a2b.js"' in bytes(under.body)
    assert b'<meta name="root" content="/news/desk" />' in bytes(under.body)
    assert page("/news/desk", **{"if-none-match": under.headers["etag"]}).status_code == 304
