"""A web server of the tests' own, which answers as a page of a table says, also wrongly."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Answer = tuple[int, dict[str, str], bytes]
Page = Answer | Callable[["Handler"], Answer | None]
"""An answer, or what makes one; ``None`` where it has written the answer itself."""


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    site: "Site"

    def do_GET(self) -> None:
        self.site.asked.append((self.path, dict(self.headers)))
        page = self.site.pages.get(self.path, (404, {}, b"no such page"))
        answer = page(self) if callable(page) else page
        if answer is None:
            self.close_connection = True
            return
        status, headers, body = answer
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        pass


class Site:
    """Pages by path, and what was asked for."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.pages: dict[str, Page] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []

    def html(self, path: str, text: str, *, title: str = "A report", **headers: str) -> None:
        page = (
            f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1>"
            f"<p>{text}</p></article></body></html>"
        )
        self.pages[path] = (
            200,
            {"Content-Type": "text/html; charset=utf-8", **headers},
            page.encode(),
        )

    def rss(self, path: str, *items: str, **headers: str) -> None:
        feed = (
            f"<rss version='2.0'><channel><title>The Paper</title>{''.join(items)}</channel></rss>"
        )
        self.pages[path] = (200, {"Content-Type": "application/rss+xml", **headers}, feed.encode())

    def item(
        self, path: str, title: str = "A report", when: str = "Tue, 21 Mar 2023 10:00:00 GMT"
    ) -> str:
        return (
            f"<item><title>{title}</title><link>{self.url}{path}</link><guid>{path}</guid>"
            f"<pubDate>{when}</pubDate><description>Short.</description></item>"
        )

    def paths(self) -> list[str]:
        return [path for path, _ in self.asked]


@contextmanager
def serving() -> Iterator[Site]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    site = Site(f"http://127.0.0.1:{server.server_port}")
    handler = type("Bound", (Handler,), {"site": site})
    server.RequestHandlerClass = handler
    thread = threading.Thread(
        target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
    )
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
