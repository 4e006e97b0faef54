"""Connections for fetching news: which machines may be reached, and until when.

A name is looked up once, every address it stands for is judged, and the
connection goes to an address that was judged. So a name that answers otherwise
the second time (DNS rebinding) gains nothing, and a redirect is judged like
any other address. Private, loopback, link-local and reserved addresses are
refused unless they are allowed: a page or a feed must not make dateline ask
the machines behind a firewall. Through a proxy the same is judged as far as it
can be (``proxies``).
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import httpcore
import httpx

from dateline.errors import InputError
from dateline.reading.proxies import is_inside, proxy_of

NAT64 = ipaddress.ip_network("64:ff9b::/96")
"""Where IPv4 addresses stand inside IPv6 ones (RFC 6052)."""


class RefusedAddressError(InputError):
    """A machine that must not be reached."""


def is_public(address: str) -> bool:
    """Return whether an IP address is one of the open internet, also where it hides in another."""
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        inside = found.ipv4_mapped or found.sixtofour
        if found in NAT64:
            inside = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
        if inside is not None:
            return is_public(str(inside))
        if found.is_site_local:
            return False
    return found.is_global and not found.is_multicast


def addresses(host: str, port: int, *, allow_private: bool) -> list[str]:
    """Return the IP addresses of a host.

    Raises:
        RefusedAddressError: one of them is not public, and that is not allowed.
        OSError: the name stands for none.
    """
    answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    found = list(dict.fromkeys(str(answer[4][0]) for answer in answers))
    for address in found:
        if not allow_private and not is_public(address):
            raise RefusedAddressError(
                f"{host if host == address else f'{host} ({address})'} is not public, and is not "
                f"asked; allow it with --allow-private if it is yours"
            )
    return found


class _Bounded(httpcore.NetworkStream):
    """A connection on which nothing happens after a point in time."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: float) -> None:
        self._stream, self._deadline = stream, deadline

    def _left(self, timeout: float | None) -> float:
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("the answer takes too long")
        return left if timeout is None else min(timeout, left)

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        inner = self._stream.start_tls(ssl_context, server_hostname, self._left(timeout))
        return _Bounded(inner, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class _Backend(httpcore.NetworkBackend):
    """Connects to addresses that were judged, and to no other."""

    def __init__(self, allow_private: bool, deadline: float) -> None:
        self._inner = httpcore.SyncBackend()
        self._allow_private, self._deadline = allow_private, deadline

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        failure: Exception = httpcore.ConnectError(f"the name {host} stands for no address")
        try:
            judged = addresses(host, port, allow_private=self._allow_private)
        except (OSError, UnicodeError):
            judged = []
        for address in judged:
            left = min(timeout or 10.0, self._deadline - time.monotonic())
            if left <= 0:
                raise httpcore.ConnectTimeout("no connection in time")
            try:
                stream = self._inner.connect_tcp(address, port, left, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
                continue
            return _Bounded(stream, self._deadline)
        raise failure


class _Body(httpx.SyncByteStream):
    def __init__(self, parts: Iterable[bytes], pool: httpcore.ConnectionPool) -> None:
        self._parts, self._pool = parts, pool

    def __iter__(self) -> Iterator[bytes]:
        with _translated():
            yield from self._parts

    def close(self) -> None:
        if hasattr(self._parts, "close"):
            self._parts.close()
        self._pool.close()


@cache
def _context() -> ssl.SSLContext:
    """Return how servers prove who they are; made once, since it reads a large file."""
    return httpx.create_ssl_context()


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except httpcore.TimeoutException as error:
        raise httpx.TimeoutException(str(error) or "no answer in time") from error
    except (
        httpcore.NetworkError,
        httpcore.ProtocolError,
        httpcore.UnsupportedProtocol,
        OSError,
    ) as error:
        raise httpx.TransportError(str(error) or type(error).__name__) from error


class Transport(httpx.BaseTransport):
    """Sends a request over a connection of its own, to public addresses, within a time.

    ``seconds``: for everything from the look-up of the name to the last byte.
    """

    def __init__(self, *, allow_private: bool, seconds: float) -> None:
        self._allow_private, self._seconds = allow_private, seconds

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Return the answer, with its body still to be read.

        Raises:
            RefusedAddressError: the machine must not be reached.
            httpx.TransportError: it cannot be reached, or breaks the protocol.
        """
        url = request.url
        pool = self._pool(url)
        sent = httpcore.Request(
            method=request.method,
            url=httpcore.URL(
                scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path
            ),
            headers=request.headers.raw,
            extensions=request.extensions,
        )
        try:
            with _translated():
                answer = pool.handle_request(sent)
        except httpcore.ProxyError as error:
            pool.close()
            raise httpx.TransportError(f"the proxy refuses: {error}") from error
        except BaseException:
            pool.close()
            raise
        assert isinstance(answer.stream, Iterable)
        return httpx.Response(
            status_code=answer.status,
            headers=answer.headers,
            stream=_Body(answer.stream, pool),
            extensions=answer.extensions,
        )

    def _pool(self, url: httpx.URL) -> httpcore.ConnectionPool:
        """Return what connects to a host, or to the proxy that the environment names for it.

        Raises:
            RefusedAddressError: the machine must not be reached.
        """
        deadline = time.monotonic() + self._seconds
        proxy = proxy_of(url)
        if proxy is not None and self._is_for_proxy(url):
            return httpcore.HTTPProxy(
                proxy.url,
                proxy_auth=proxy.auth,
                ssl_context=_context(),
                proxy_ssl_context=_context() if proxy.url.startswith("https") else None,
                max_keepalive_connections=0,
                network_backend=_Backend(True, deadline),  # the user named this machine
            )
        return httpcore.ConnectionPool(
            ssl_context=_context(),
            max_keepalive_connections=0,
            network_backend=_Backend(self._allow_private, deadline),
        )

    def _is_for_proxy(self, url: httpx.URL) -> bool:
        """Return whether a host is asked through the proxy: a private one that is allowed is not.

        Raises:
            RefusedAddressError: it must not be reached.
        """
        try:
            judged = addresses(url.host, url.port or 0, allow_private=self._allow_private)
        except (OSError, UnicodeError):  # only the proxy knows the name
            if is_inside(url.host) and not self._allow_private:
                raise RefusedAddressError(
                    f"{url.host} is no name of the open internet, and is not asked for; allow it "
                    f"with --allow-private if it is yours"
                ) from None
            return True
        return all(map(is_public, judged))
