import gzip
import zipfile
from pathlib import Path

import pytest
import zstandard

from dateline.reading import Unread, packed, read
from dateline.records import Report

PAGE = (
    b"<html><head><title>Talks end</title></head><body><article>"
    b"<p>The ministers of both countries agreed on Friday to end the talks.</p></article></body></html>"
)


def warc(url: str, page: bytes = PAGE) -> bytes:
    http = (
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
        b"Content-Length: %d\r\n\r\n" % len(page) + page
    )
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\n"
        "WARC-Record-ID: <urn:uuid:6f1f3b1e-0000-4000-8000-000000000001>\r\n"
        "WARC-Date: 2021-07-27T10:00:00Z\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


def texts(*paths: Path) -> list[str]:
    return [found.text for found in read(paths) if isinstance(found, Report)]


def errors(*paths: Path) -> list[str]:
    return [found.error for found in read(paths) if isinstance(found, Unread)]


def test_gzip_and_zstandard_are_read_as_what_is_inside(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(b'{"text": "One."}\n{"text": "Two."}\n'))
    (tmp_path / "b.txt.zst").write_bytes(zstandard.compress(b"Three."))
    assert texts(tmp_path) == ["One.", "Two.", "Three."]


def test_a_zip_archive_is_read_member_by_member(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("b/2.txt", "Two.")
        archive.writestr("1.txt", "One.")
        archive.writestr("empty.txt", "")
        archive.writestr("__MACOSX/1.txt", "no")
    assert texts(tmp_path / "a.zip") == ["One.", "Two."]
    assert "empty" in errors(tmp_path / "a.zip")[0]


def test_a_bomb_costs_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packed, "MAX_BYTES", 1 << 16)
    (tmp_path / "a.txt.gz").write_bytes(gzip.compress(b"0" * (1 << 22)))
    with zipfile.ZipFile(tmp_path / "b.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", "0" * (1 << 22))
    assert all("unfolds to more than 65,536 bytes" in error for error in errors(tmp_path))
    assert len(errors(tmp_path)) == 2


def test_a_packed_file_that_breaks_off_keeps_what_came_before(tmp_path: Path) -> None:
    whole = gzip.compress(b"".join(b'{"text": "Report %d of it."}\n' % n for n in range(9000)))
    (tmp_path / "a.jsonl.gz").write_bytes(whole[: len(whole) // 2])
    assert len(texts(tmp_path)) > 100
    assert "broken" in errors(tmp_path)[0]


def test_a_crawl_gives_its_pages(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    parts = [warc("https://e.example/1"), warc("https://e.example/2", b"<html></html>")]
    path.write_bytes(b"".join(gzip.compress(part) for part in parts))
    (first,) = [found for found in read([path]) if isinstance(found, Report)]
    assert (first.url, first.method) == ("https://e.example/1", "warc")
    assert first.retrieved_at == "2021-07-27T10:00:00+00:00"
    assert "https://e.example/2: no report was found" in errors(path)[0]


def test_a_crawl_that_breaks_off_keeps_what_came_before(tmp_path: Path) -> None:
    path = tmp_path / "a.warc"
    path.write_bytes(warc("https://e.example/1") + warc("https://e.example/2")[:-60])
    assert len(texts(path)) == 1
    assert "breaks off after 2 records" in errors(path)[0]


@pytest.mark.parametrize(("name", "words"), [("a.warc", "WARC"), ("a.zip", "no zip archive")])
def test_what_is_not_what_its_name_says(tmp_path: Path, name: str, words: str) -> None:
    (tmp_path / name).write_bytes(b"something else")
    assert words in errors(tmp_path / name)[0]
