"""WARC files of crawls, with the faults that they come with."""

import gzip
import io
from collections.abc import Callable
from pathlib import Path

import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.errors import InputError
from dateline.reading import Unread, crawls, read
from dateline.reading.crawls import Page, warc_pages
from dateline.records import Report

PACKINGS: dict[str, Callable[[bytes], bytes]] = {
    ".warc": bytes,
    ".warc.gz": gzip.compress,
    ".warc.zst": zstandard.compress,
}


def page(country: str) -> bytes:
    return (
        f"<html><head><title>Talks end</title></head><body><article><p>The ministers of {country} "
        f"agreed on Friday to end the talks.</p></article></body></html>"
    ).encode()


def record(
    name: str,
    body: bytes | None = None,
    *,
    kind: str = "response",
    status: str = "200 OK",
    content: str = "text/html; charset=utf-8",
    http: str = "",
    promised: int | None = None,
    length: object = None,
) -> bytes:
    """Return a record whose headers may lie: ``promised`` bytes of body, ``length`` of the record."""
    body = page(name) if body is None else body
    promised = len(body) if promised is None else promised
    answer = (
        f"HTTP/1.1 {status}\r\nContent-Type: {content}\r\n{http}Content-Length: {promised}\r\n\r\n"
    ).encode() + body
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://e.example/{name}\r\n"
        "WARC-Record-ID: <urn:uuid:6f1f3b1e-0000-4000-8000-000000000001>\r\n"
        "WARC-Date: 2021-07-27T10:00:00Z\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(answer) if length is None else length}\r\n\r\n"
    )
    return head.encode() + answer + b"\r\n\r\n"


def outcome(path: Path) -> tuple[list[str], list[str]]:
    """Return the ends of the addresses of what was read, and what could not be."""
    found = list(read([path]))
    names = [str(one.url).rpartition("/")[2] for one in found if isinstance(one, Report)]
    return names, [one.error for one in found if isinstance(one, Unread)]


def test_a_crawl_gives_its_pages(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    parts = [record("Peru"), record("empty", b"<html></html>")]
    path.write_bytes(b"".join(gzip.compress(part) for part in parts))
    (first,) = [found for found in read([path]) if isinstance(found, Report)]
    assert (first.url, first.method) == ("https://e.example/Peru", "warc")
    assert first.retrieved_at == "2021-07-27T10:00:00+00:00"
    assert len(first.sha256 or "") == 64
    assert "https://e.example/empty: no report was found" in outcome(path)[1][0]


def test_a_crawl_that_breaks_off_keeps_what_came_before(tmp_path: Path) -> None:
    path = tmp_path / "a.warc"
    path.write_bytes(record("Peru") + record("Chile")[:-60])
    names, errors = outcome(path)
    assert names == ["Peru"]
    assert "ends after" in errors[0]


@pytest.mark.parametrize("suffix", PACKINGS)
@pytest.mark.parametrize(
    ("part", "words"),
    [
        (record("x", length=60), "damaged after 2 records"),
        (record("x", length="many"), "Invalid WARC header"),
        (record("x", length=-5), "Invalid WARC header"),
        (record("x", promised=99_999), "a page of 99999 bytes ends after"),
        (record("x", http="Transfer-Encoding: chunked\r\n"), "content of this page is broken"),
        (record("x", http="Content-Encoding: gzip\r\n"), "content of this page is broken"),
        (record("x", b"\x8b\3", http="Content-Encoding: br\r\n"), "content of this page is broken"),
        (b"no record at all\r\n\r\n", "damaged after 1 records"),
    ],
)
def test_a_broken_record_costs_itself(tmp_path: Path, part: bytes, words: str, suffix: str) -> None:
    pack = PACKINGS[suffix]
    path = tmp_path / f"a{suffix}"
    path.write_bytes(pack(record("Peru")) + pack(part) + pack(record("Chile")))
    names, errors = outcome(path)
    assert names == ["Peru", "Chile"]
    assert any(words in error for error in errors), errors


@pytest.mark.parametrize("suffix", PACKINGS)
@pytest.mark.parametrize("length", [800, 10**9])
def test_a_record_that_says_it_is_longer_swallows_none(
    tmp_path: Path, suffix: str, length: int
) -> None:
    pack = PACKINGS[suffix]
    path = tmp_path / f"a{suffix}"
    parts = [record("Peru"), record("Chile", length=length), record("Ghana"), record("Mali")]
    path.write_bytes(b"".join(map(pack, parts)))
    names, errors = outcome(path)
    assert names == ["Peru", "Chile", "Ghana", "Mali"]
    assert "says that it is longer than it is" in errors[0]


@pytest.mark.parametrize("suffix", [".warc.gz", ".warc.zst"])
def test_a_packed_record_that_is_damaged_costs_itself(tmp_path: Path, suffix: str) -> None:
    pack = PACKINGS[suffix]
    broken = bytearray(pack(record("Ghana")))
    broken[2:60] = bytes(58)
    path = tmp_path / f"a{suffix}"
    path.write_bytes(pack(record("Peru")) + broken + pack(record("Chile")))
    names, errors = outcome(path)
    assert names == ["Peru", "Chile"]
    assert "read on where it can be" in errors[0]


@pytest.mark.parametrize(
    "part",
    [
        record("x", status="404 Not Found"),
        record("x", status="301 Moved Permanently", http="Location: /y\r\n"),
        record("x", b"\x89PNG", content="image/png"),
        record("x", b'{"a": 1}', content="application/json"),
        record("x", b"", kind="revisit"),
        record("x", kind="request"),
        record("Peru"),
    ],
)
def test_what_is_no_page_or_comes_again_is_passed_over(tmp_path: Path, part: bytes) -> None:
    path = tmp_path / "a.warc"
    path.write_bytes(record("Peru") + part + record("Chile"))
    assert outcome(path) == (["Peru", "Chile"], [])


def test_a_page_that_is_too_large_or_a_bomb_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crawls, "MAX_PAGE_BYTES", 1 << 16)
    bomb = gzip.compress(b"<p>" + b"0 " * (1 << 22))
    parts = [
        record("large", b"<p>" + b"The ministers met. " * 9_000),
        record("bomb", bomb, http="Content-Encoding: gzip\r\n"),
        record("Peru"),
    ]
    path = tmp_path / "a.warc"
    path.write_bytes(b"".join(parts))
    names, errors = outcome(path)
    assert names == ["Peru"]
    assert sum("more than 65,536 bytes" in error for error in errors) == 2


def test_a_file_of_beginnings_alone_ends(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(gzip.compress(record("Peru")) + b"\x1f\x8b\x08\0" * 50_000)
    names, errors = outcome(path)
    assert names == ["Peru"] and errors


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_no_damage_raises_anything_but_an_input_error(data: st.DataObject) -> None:
    pack = data.draw(st.sampled_from(list(PACKINGS.values())))
    whole = bytearray(b"".join(pack(record(name)) for name in ("Peru", "Chile", "Ghana")))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(whole) - 1))
        whole[at : at + data.draw(st.integers(0, 40))] = data.draw(st.binary(max_size=20))
    try:
        found = list(warc_pages(io.BytesIO(bytes(whole))))
    except InputError:
        return
    assert sum(isinstance(one, Page) for one in found) <= 4
