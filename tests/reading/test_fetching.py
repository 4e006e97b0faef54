"""Fetching from a server that is slow, broken, large, busy, hostile or lying."""

import gzip
import socket
import time
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.reading import network
from dateline.reading.fetching import Fetched, Fetcher, Unchanged, UnfetchedError
from dateline.reading.limits import Limits
from dateline.reading.network import is_public
from tests.reading.server import Handler, Site

QUICK = Limits(allow_private=True, pause=0, seconds=5, patience=0, tries=1)


def got(site: Site, path: str, limits: Limits = QUICK) -> Fetched:
    with Fetcher(limits) as fetcher:
        found = fetcher.get(site.url + path)
    assert isinstance(found, Fetched)
    return found


def failure(site: Site, path: str, limits: Limits = QUICK) -> UnfetchedError:
    with pytest.raises(UnfetchedError) as raised:
        got(site, path, limits)
    return raised.value


def test_a_page_comes_with_what_is_said_of_it(site: Site) -> None:
    site.html("/1", "Text.", ETag='"a"', **{"Last-Modified": "Tue, 21 Mar 2023 10:00:00 GMT"})
    found = got(site, "/1#part")
    assert found.url == site.url + "/1" and b"Text." in found.data
    assert (found.kind, found.charset, found.etag) == ("text/html", "utf-8", '"a"')
    assert found.retrieved_at.endswith("+00:00")
    assert site.asked[-1][1]["User-Agent"].startswith("dateline/")


def test_a_conditional_request_costs_no_page(site: Site) -> None:
    def page(handler: Handler) -> tuple[int, dict[str, str], bytes]:
        same = handler.headers["If-None-Match"] == '"a"'
        return (304, {"ETag": '"a"'}, b"") if same else (200, {"ETag": '"a"'}, b"text")

    site.pages["/1"] = page
    with Fetcher(QUICK) as fetcher:
        first = fetcher.get(site.url + "/1")
        assert isinstance(first, Fetched)
        assert isinstance(fetcher.get(site.url + "/1", etag=first.etag), Unchanged)


def test_robots_txt_is_obeyed_and_asked_once(site: Site) -> None:
    site.pages["/robots.txt"] = (200, {}, b"User-agent: *\nDisallow: /private*/x\nCrawl-delay: 1\n")
    site.html("/1", "Text.")
    with Fetcher(QUICK) as fetcher:
        fetcher.get(site.url + "/1")
        with pytest.raises(UnfetchedError, match=r"robots.txt .* asks not to fetch /private9/x"):
            fetcher.get(site.url + "/private9/x")
    assert site.paths() == ["/robots.txt", "/1"]
    got(site, "/1", replace(QUICK, robots=False))
    assert site.paths().count("/robots.txt") == 1


def test_where_robots_txt_fails_nothing_is_fetched_now(site: Site) -> None:
    site.pages["/robots.txt"] = (503, {}, b"")
    site.html("/1", "Text.")
    assert failure(site, "/1").again
    assert site.paths() == ["/robots.txt"]


def test_a_host_is_left_in_peace_between_requests(site: Site) -> None:
    site.pages["/robots.txt"] = (200, {}, b"User-agent: *\nCrawl-delay: 7\n")
    site.html("/1", "Text.")
    now, waited = [0.0], []

    def sleep(seconds: float) -> None:
        waited.append(seconds)
        now[0] += seconds

    with Fetcher(replace(QUICK, pause=2), clock=lambda: now[0], sleep=sleep) as fetcher:
        for _ in range(3):
            fetcher.get(site.url + "/1")
    assert waited == [7.0, 7.0]


@pytest.mark.parametrize(
    ("headers", "again"),
    [({"Retry-After": "120"}, 120.0), ({}, 60.0), ({"Retry-After": "x"}, 60.0)],
)
def test_a_busy_host_says_when_to_come_again(
    site: Site, headers: dict[str, str], again: float
) -> None:
    site.pages["/1"] = (429, headers, b"")
    error = failure(site, "/1")
    assert error.again == again and "429" in str(error)


def test_what_fails_for_now_is_tried_again_with_patience(site: Site) -> None:
    answers = iter([(503, {"Retry-After": "3"}, b""), (200, {}, b"text")])
    site.pages["/1"] = lambda _: next(answers)
    waited: list[float] = []
    limits = replace(QUICK, tries=3, patience=10)
    with Fetcher(limits, sleep=waited.append) as fetcher:
        found = fetcher.get(site.url + "/1")
    assert isinstance(found, Fetched) and found.data == b"text"
    assert waited[0] == 3.0


@pytest.mark.parametrize(("status", "words"), [(404, "it is gone"), (403, "403"), (500, "500")])
def test_an_answer_that_is_no_page_is_an_error(site: Site, status: int, words: str) -> None:
    site.pages["/1"] = (status, {}, b"")
    error = failure(site, "/1")
    assert words in str(error)
    assert (error.again is not None) == (status >= 500)


def test_redirects_are_followed_to_an_end(site: Site) -> None:
    site.pages["/1"] = (301, {"Location": "/2"}, b"")
    site.html("/2", "Text.")
    assert got(site, "/1").url == site.url + "/2"
    site.pages["/a"] = (302, {"Location": "/b"}, b"")
    site.pages["/b"] = (302, {"Location": "/a"}, b"")
    assert "without an end" in str(failure(site, "/a"))


@pytest.mark.parametrize(
    "to", ["file:///etc/passwd", "ftp://127.0.0.1/x", "http://me:secret@127.0.0.1/"]
)
def test_a_redirect_to_another_kind_of_address_is_refused(site: Site, to: str) -> None:
    site.pages["/1"] = (302, {"Location": to}, b"")
    message = str(failure(site, "/1"))
    assert "not fetched" in message or "leave it out" in message
    assert "secret" not in message


def test_a_page_that_is_too_large_is_not_read(site: Site) -> None:
    small = replace(QUICK, max_bytes=10_000)
    site.pages["/promised"] = (200, {}, b"x" * 20_000)
    assert "larger than 10,000 bytes" in str(failure(site, "/promised", small))

    def endless(handler: Handler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        try:
            for _ in range(100_000):
                handler.wfile.write(b"1000\r\n" + b"x" * 4096 + b"\r\n")
        except OSError:
            return

    site.pages["/endless"] = endless
    assert "larger than" in str(failure(site, "/endless", small))


def test_a_bomb_is_not_unpacked(site: Site) -> None:
    bomb = gzip.compress(b"0" * 50_000_000)
    site.pages["/1"] = (200, {"Content-Encoding": "gzip"}, bomb)
    assert len(bomb) < 60_000
    assert "larger than" in str(failure(site, "/1", replace(QUICK, max_bytes=100_000)))


def test_packed_pages_are_unpacked_and_broken_ones_told(site: Site) -> None:
    whole = gzip.compress(b"text " * 1000)
    site.pages["/1"] = (200, {"Content-Encoding": "gzip"}, whole)
    assert got(site, "/1").data == b"text " * 1000
    site.pages["/cut"] = (200, {"Content-Encoding": "gzip"}, whole[:-10])
    assert "breaks off" in str(failure(site, "/cut"))
    site.pages["/bad"] = (200, {"Content-Encoding": "gzip"}, b"no gzip at all")
    assert "broken" in str(failure(site, "/bad"))
    site.pages["/other"] = (200, {"Content-Encoding": "br"}, b"..")
    assert "not asked for" in str(failure(site, "/other"))


def test_a_page_that_breaks_off_is_no_page(site: Site) -> None:
    site.pages["/1"] = (200, {"Content-Length": "1000"}, b"the beginning")

    def cut(handler: Handler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nthe beginning")

    site.pages["/1"] = cut
    assert failure(site, "/1").again

    def noise(handler: Handler) -> None:
        handler.wfile.write(b"this is no HTTP\r\n\r\n")

    site.pages["/2"] = noise
    assert failure(site, "/2").again


def test_an_answer_that_takes_too_long_is_given_up(site: Site) -> None:
    def drip(handler: Handler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
        try:
            for _ in range(100):
                handler.wfile.write(b"x")
                time.sleep(0.05)
        except OSError:
            return

    site.pages["/1"] = drip
    site.pages["/robots.txt"] = (404, {}, b"")
    start = time.monotonic()
    error = failure(site, "/1", replace(QUICK, seconds=0.5))
    assert error.again and time.monotonic() - start < 4


def test_private_machines_are_not_asked(site: Site) -> None:
    with Fetcher(replace(QUICK, allow_private=False)) as fetcher:
        for url in (
            site.url, site.url.replace("127.0.0.1", "localhost"), "http://[::1]/", "http://0x7f000001/",
            "http://2130706433/", "http://169.254.169.254/latest/meta-data", "http://[::ffff:10.0.0.1]/",
        ):  # fmt: skip
            with pytest.raises(network.RefusedAddressError, match="not public"):
                fetcher.get(url)
    assert site.asked == []


def test_a_redirect_to_a_private_machine_is_not_followed(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A site on the open internet, so taken by its name, sends dateline inside the firewall."""
    site.pages["/1"] = (302, {"Location": "http://10.0.0.1/admin"}, b"")
    port = int(site.url.rsplit(":", 1)[1])
    real = socket.getaddrinfo

    def resolve(host: str, *arguments: Any, **more: Any) -> Any:
        return real("127.0.0.1" if host == "paper.example" else host, *arguments, **more)

    def judge(address: str) -> bool:
        return address == "127.0.0.1" or is_public(address)

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr(network, "is_public", judge)
    with (
        Fetcher(replace(QUICK, allow_private=False)) as fetcher,
        pytest.raises(network.RefusedAddressError, match=r"10\.0\.0\.1"),
    ):
        fetcher.get(f"http://paper.example:{port}/1")
    assert site.paths() == ["/robots.txt", "/1"]


def test_a_name_is_looked_up_once_a_connection(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that is public when judged and private when connected to (DNS rebinding) gains nothing."""
    answers = iter(["93.184.215.14", "127.0.0.1", "127.0.0.1"])
    connected: list[str] = []

    def resolve(host: str, port: int, *_: Any, **__: Any) -> Any:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(answers), port))]

    def connect(address: tuple[str, int], *_: Any, **__: Any) -> Any:
        connected.append(address[0])
        raise OSError("not in a test")

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr(socket, "create_connection", connect)
    with Fetcher(replace(QUICK, allow_private=False)) as fetcher, pytest.raises(UnfetchedError):
        fetcher.get("http://paper.example/")
    assert connected == ["93.184.215.14"]


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True), ("2606:4700::1111", True), ("10.1.2.3", False), ("172.20.0.1", False),
        ("192.168.1.1", False), ("100.64.0.1", False), ("0.0.0.0", False), ("224.0.0.1", False),
        ("::", False), ("fe80::1%eth0", False), ("fd00::1", False), ("::ffff:127.0.0.1", False),
        ("64:ff9b::7f00:1", False), ("2002:7f00:1::", False), ("64:ff9b::808:808", True),
    ],
)  # fmt: skip
def test_which_addresses_are_public(address: str, public: bool) -> None:
    assert is_public(address) is public


@settings(deadline=None)
@given(st.ip_addresses(v=4))
def test_an_address_inside_another_is_judged_alike(address: Any) -> None:
    public = is_public(str(address))
    assert is_public(f"::ffff:{address}") is public
    assert not public or not address.is_private


@settings(deadline=None)
@given(st.text(max_size=60))
def test_no_address_raises_anything_but_an_error_of_ours(text: str) -> None:
    with Fetcher(replace(QUICK, robots=False)) as fetcher, pytest.raises(UnfetchedError):
        fetcher.get(f"gopher:{text}")
