"""Fetching through a proxy that the environment names: which hosts, and which never."""

import base64
import socket
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import httpx
import pytest
from typer.testing import CliRunner

from dateline.cli import app
from dateline.errors import SetupError
from dateline.reading import network
from dateline.reading.fetching import Fetched, Fetcher, UnfetchedError
from dateline.reading.limits import Limits
from dateline.reading.proxies import is_inside, proxy_of
from tests.reading.server import Handler, Site, serving

QUICK = Limits(pause=0.0, tries=1, robots=False)


@pytest.fixture
def proxy(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """A proxy; names are known to it alone, but for one that stands for a private machine."""
    real = socket.getaddrinfo

    def resolve(host: str, *arguments: Any, **more: Any) -> Any:
        if host == "inside.example":
            host = "10.0.0.1"
        if host.endswith((".example", "intranet")):
            raise socket.gaierror(socket.EAI_NONAME, "no such name")
        return real(host, *arguments, **more)

    with serving() as site:
        monkeypatch.setattr(socket, "getaddrinfo", resolve)
        monkeypatch.setenv("HTTP_PROXY", site.url)
        yield site


def test_pages_are_asked_through_the_proxy(proxy: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    url = "http://paper.example/1"
    proxy.html(url, "The ministers met in Paris on Friday.")
    monkeypatch.setenv("HTTP_PROXY", proxy.url.replace("://", "://ada:secret@"))
    with Fetcher(replace(QUICK, robots=True)) as fetcher:
        found = fetcher.get(url)
    assert isinstance(found, Fetched) and found.url == url
    assert proxy.paths() == ["http://paper.example/robots.txt", url]
    words = base64.b64encode(b"ada:secret").decode()
    assert proxy.asked[-1][1]["Proxy-Authorization"] == f"Basic {words}"


def test_a_proxy_that_refuses_says_so(proxy: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(handler: Handler) -> None:
        handler.send_error(403, "Blocked")

    monkeypatch.setattr(Handler, "do_CONNECT", refuse, raising=False)
    monkeypatch.setenv("HTTPS_PROXY", proxy.url)
    with Fetcher(QUICK) as fetcher, pytest.raises(UnfetchedError, match="the proxy refuses: 403"):
        fetcher.get("https://paper.example/1")


@pytest.mark.parametrize(
    "url",
    ["http://10.0.0.1/", "http://0x7f000001/", "http://inside.example/", "http://intranet/",
     "http://router.local/", "http://metadata.google.internal/"],
)  # fmt: skip
def test_private_machines_are_not_asked_of_a_proxy(proxy: Site, url: str) -> None:
    with Fetcher(QUICK) as fetcher, pytest.raises(network.RefusedAddressError):
        fetcher.get(url)
    assert proxy.asked == []


def test_a_redirect_through_a_proxy_is_judged_too(proxy: Site) -> None:
    proxy.pages["http://paper.example/1"] = (302, {"Location": "http://10.0.0.1/admin"}, b"")
    with Fetcher(QUICK) as fetcher, pytest.raises(network.RefusedAddressError):
        fetcher.get("http://paper.example/1")
    assert proxy.paths() == ["http://paper.example/1"]


def test_a_private_machine_that_is_allowed_is_asked_directly(proxy: Site) -> None:
    with serving() as own, Fetcher(replace(QUICK, allow_private=True)) as fetcher:
        own.html("/1", "The ministers met in Paris on Friday.")
        assert isinstance(fetcher.get(f"{own.url}/1"), Fetched)
        assert own.paths() == ["/1"] and proxy.asked == []


@pytest.mark.parametrize(
    ("url", "through"),
    [
        ("http://a.example/", True),
        ("https://a.example/", True),
        ("http://b.example/", False),
        ("http://www.b.example:8080/", False),
        ("http://notb.example/", True),
    ],
)
def test_what_no_proxy_says(url: str, through: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALL_PROXY", "proxy.example:3128")
    monkeypatch.setenv("NO_PROXY", "localhost, .b.example")
    found = proxy_of(httpx.URL(url))
    assert (found is not None) is through
    assert found is None or found.url == "http://proxy.example:3128"


def test_no_variable_no_proxy() -> None:
    assert proxy_of(httpx.URL("https://a.example/")) is None


@pytest.mark.parametrize("value", ["socks5://127.0.0.1:1080", "http://", "http://a:port"])
def test_a_proxy_that_cannot_be_used_says_which(
    value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", value)
    with pytest.raises(SetupError, match="HTTPS_PROXY"):
        proxy_of(httpx.URL("https://a.example/"))
    done = CliRunner().invoke(app, ["fetch", "https://a.example/1", "--pause", "0"])
    assert done.exit_code != 0
    assert "HTTPS_PROXY" in str(done.exception) + done.output


@pytest.mark.parametrize(
    ("host", "inside"),
    [("intranet", True), ("a.local", True), ("a.corp.", True), ("local.example.org", False)],
)
def test_names_of_no_site(host: str, inside: bool) -> None:
    assert is_inside(host) is inside
