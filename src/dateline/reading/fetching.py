"""Fetching pages and feeds politely: robots.txt, a pause between requests, limits of size and time."""

from __future__ import annotations

import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Self

import httpx
from protego import Protego

from dateline.errors import InputError
from dateline.reading.limits import Limits
from dateline.reading.network import Transport

DAY = 86_400.0
ROBOTS_BYTES = 512_000
"""RFC 9309 asks that at least 500 KiB are read."""
LONGEST_DELAY = 300.0
"""A longer crawl delay is taken as this one, in seconds."""
GONE = frozenset({404, 410, 451})


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer."""

    url: str
    """Where it came from in the end, after redirects."""
    data: bytes
    """The body, unpacked."""
    kind: str
    """Media type, as ``text/html``; empty where none was named."""
    charset: str | None
    retrieved_at: str
    """ISO 8601, UTC."""
    etag: str | None = None
    modified: str | None = None


@dataclass(frozen=True, slots=True)
class Unchanged:
    """The answer to a conditional request: what was fetched before is still so."""


class UnfetchedError(InputError):
    """Something that could not be fetched."""

    def __init__(self, message: str, *, again: float | None = None, gone: bool = False) -> None:
        super().__init__(message)
        self.gone = gone
        """Whether the host says that it is no longer there."""
        self.again = again
        """Seconds from which another try may be worth it; ``None``: it will be no use."""


@dataclass(slots=True)
class _Host:
    free_at: float = 0.0
    robots: Protego | None = None
    robots_until: float = 0.0


@dataclass
class Fetcher:
    """Fetches one thing after another.

    ``clock`` and ``sleep`` are of the monotonic clock, in seconds.
    """

    limits: Limits = field(default_factory=Limits)
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], object] = time.sleep

    def __post_init__(self) -> None:
        self._hosts: dict[str, _Host] = {}
        self._client = httpx.Client(
            transport=Transport(
                allow_private=self.limits.allow_private, seconds=self.limits.seconds
            ),
            headers={
                "User-Agent": self.limits.agent,
                "Accept": "text/html, application/rss+xml, application/atom+xml, */*;q=0.5",
                "Accept-Encoding": "gzip",
            },
            trust_env=False,
        )

    def close(self) -> None:
        """Close what is open."""
        self._client.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def get(
        self, url: str, *, etag: str | None = None, modified: str | None = None
    ) -> Fetched | Unchanged:
        """Fetch a page or feed; with what an earlier answer said of itself, only if it changed.

        Raises:
            UnfetchedError: it cannot be fetched, must not be, or not now.
        """
        conditions = {"If-None-Match": etag, "If-Modified-Since": modified}
        headers = {name: value for name, value in conditions.items() if value}
        for attempt in range(1, self.limits.tries + 1):
            try:
                return self._follow(_checked(url), headers)
            except UnfetchedError as error:
                wait = None if error.again is None else max(error.again, 2.0**attempt)
                if wait is None or attempt == self.limits.tries or wait > self.limits.patience:
                    raise
                self.sleep(wait)
        raise AssertionError

    def _follow(self, url: httpx.URL, headers: dict[str, str]) -> Fetched | Unchanged:
        asked = url
        for _ in range(self.limits.redirects + 1):
            self._ask_robots(url)
            self._wait(url)
            answer = self._answer(url, headers, self.limits.max_bytes)
            if not answer.is_redirect or not answer.headers.get("Location"):
                return self._judged(url, answer)
            url = _checked(str(url.join(answer.headers["Location"])))
        raise UnfetchedError(f"{asked} leads from page to page without an end")

    def _judged(self, url: httpx.URL, answer: httpx.Response) -> Fetched | Unchanged:
        status = answer.status_code
        if status == 304:
            return Unchanged()
        if status == 200:
            return Fetched(
                url=str(url),
                data=answer.content,
                kind=answer.headers.get("Content-Type", "").partition(";")[0].strip().lower(),
                charset=answer.charset_encoding,
                retrieved_at=datetime.now(UTC).isoformat(timespec="seconds"),
                etag=answer.headers.get("ETag"),
                modified=answer.headers.get("Last-Modified"),
            )
        what = f"{url} answers {status} {answer.reason_phrase}".rstrip()
        if status in (408, 425, 429) or status >= 500:
            again = _retry_after(answer.headers.get("Retry-After"))
            self._host(url).free_at = self.clock() + again
            raise UnfetchedError(what, again=again)
        gone = status in GONE
        raise UnfetchedError(what + ("; it is gone" if gone else ""), gone=gone)

    # ------------------------------------------------------------- one host

    def _host(self, url: httpx.URL) -> _Host:
        return self._hosts.setdefault(_authority(url), _Host())

    def _wait(self, url: httpx.URL) -> None:
        """Wait for the host's turn.

        Raises:
            UnfetchedError: it asked to be left alone for longer than there is patience.
        """
        host = self._host(url)
        wait = host.free_at - self.clock()
        if wait > max(self.limits.patience, LONGEST_DELAY):
            raise UnfetchedError(f"{url.host} asks to wait {wait:.0f} seconds", again=wait)
        if wait > 0:
            self.sleep(wait)
        delay = host.robots.crawl_delay(self.limits.agent) if host.robots else None
        pause = max(self.limits.pause, min(float(delay or 0), LONGEST_DELAY))
        host.free_at = self.clock() + pause

    def _ask_robots(self, url: httpx.URL) -> None:
        if not self.limits.robots:
            return
        host = self._host(url)
        if host.robots is None or host.robots_until < self.clock():
            host.robots = self._robots(url)
            host.robots_until = self.clock() + DAY
        if not host.robots.can_fetch(str(url), self.limits.agent):
            raise UnfetchedError(
                f"the robots.txt of {url.host} asks not to fetch {url.raw_path.decode('ascii')}"
            )

    def _robots(self, url: httpx.URL) -> Protego:
        """Return the rules of a host, as RFC 9309 has it: none where there is no file."""
        place = url.copy_with(raw_path=b"/robots.txt", fragment=None)
        for _ in range(self.limits.redirects + 1):
            answer = self._answer(place, {}, ROBOTS_BYTES, cut=True)
            if not answer.is_redirect or not answer.headers.get("Location"):
                break
            place = _checked(str(place.join(answer.headers["Location"])))
        status = answer.status_code
        if status == 429 or status >= 500:
            raise UnfetchedError(
                f"the robots.txt of {url.host} answers {status}, so nothing is fetched there now",
                again=_retry_after(answer.headers.get("Retry-After")),
            )
        return Protego.parse(answer.content.decode("utf-8", "replace") if status == 200 else "")

    # ------------------------------------------------------------ one answer

    def _answer(
        self, url: httpx.URL, headers: dict[str, str], limit: int, *, cut: bool = False
    ) -> httpx.Response:
        """Return an answer with its body, unpacked; ``cut``: of a longer one only the beginning."""
        request = self._client.build_request("GET", url, headers=headers)
        try:
            answer = self._client.send(request, stream=True)
            try:
                body = _body(answer, limit, cut=cut)
            finally:
                answer.close()
        except (httpx.TimeoutException, httpx.TransportError) as error:
            raise UnfetchedError(f"{url} cannot be fetched: {error}", again=60.0) from error
        except UnicodeError as error:
            raise UnfetchedError(f"{url} is no address that can be fetched") from error
        kept = [
            (name, value)
            for name, value in answer.headers.multi_items()
            if name not in ("content-encoding", "content-length", "transfer-encoding")
        ]
        return httpx.Response(answer.status_code, headers=kept, content=body, request=request)


def _authority(url: httpx.URL) -> str:
    return f"{url.scheme}://{url.netloc.decode('ascii')}"


def _checked(given: str) -> httpx.URL:
    try:
        url = httpx.URL(given.strip()).copy_with(fragment=None)
    except (httpx.InvalidURL, ValueError, TypeError) as error:
        raise UnfetchedError(f"{given[:200]!r} is no address: {error}") from error
    if url.scheme not in ("http", "https") or not url.host:
        raise UnfetchedError(f"{given[:200]!r} is not fetched; an address begins with https://")
    if url.userinfo:
        raise UnfetchedError(
            f"the address of a page at {url.host} has a name or password in it, which would be kept "
            f"with its report; leave it out"
        )
    return url


def _retry_after(given: str | None) -> float:
    """Return seconds to wait: as the host asks, at most a day, else a minute."""
    if given and given.strip().isdigit():
        return min(float(given), DAY)
    try:
        moment = parsedate_to_datetime(given or "")
    except ValueError:
        return 60.0
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return min(max((moment - datetime.now(UTC)).total_seconds(), 1.0), DAY)


def _body(answer: httpx.Response, limit: int, *, cut: bool) -> bytes:
    """Read a body, unpacked, up to a limit of bytes."""
    if answer.is_redirect or answer.status_code == 304:
        return b""
    promised = answer.headers.get("Content-Length", "")
    if promised.isdigit() and int(promised) > limit and not cut:
        raise _too_large(answer, limit)
    unpacker = _unpacker(answer)
    body = bytearray()
    try:
        for part in answer.iter_raw():
            most = limit + 1 - len(body)
            body += unpacker.decompress(part, most) if unpacker else part[:most]
            if len(body) > limit:
                if cut:
                    return bytes(body[:limit])
                raise _too_large(answer, limit)
    except zlib.error as error:
        raise UnfetchedError(f"{answer.url}: its compressed data is broken: {error}") from error
    if unpacker and not unpacker.eof:
        raise UnfetchedError(f"{answer.url}: its compressed data breaks off", again=60.0)
    return bytes(body)


def _too_large(answer: httpx.Response, limit: int) -> UnfetchedError:
    return UnfetchedError(f"{answer.url} is larger than {limit:,} bytes and is not read")


def _unpacker(answer: httpx.Response) -> zlib._Decompress | None:
    encoding = answer.headers.get("Content-Encoding", "identity").strip().lower()
    if encoding in ("", "identity"):
        return None
    if encoding not in ("gzip", "x-gzip"):
        raise UnfetchedError(f"{answer.url} is packed as {encoding!r}, which was not asked for")
    return zlib.decompressobj(zlib.MAX_WBITS | 16)
