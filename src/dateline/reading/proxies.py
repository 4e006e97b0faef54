"""Which proxy a page is asked through, by the environment: HTTPS_PROXY, HTTP_PROXY, ALL_PROXY, NO_PROXY.

A proxy looks names up itself, so that dateline cannot judge what it connects
to. Therefore a name is looked up here first, where that is possible, and an
address that is not public is refused, or, where private ones are allowed,
asked without the proxy. A name that only the proxy knows is left to it, but
for names that belong to no site of the open internet.
"""

from __future__ import annotations

import os
import urllib.request
from dataclasses import dataclass

import httpx

from dateline.errors import SetupError

INSIDE = (
    "localhost",
    "local",
    "internal",
    "intranet",
    "lan",
    "home.arpa",
    "corp",
    "private",
    "test",
)
"""Endings of names that are no site of the open internet (RFC 6761, 6762, 8375, and common use)."""


@dataclass(frozen=True, slots=True)
class Proxy:
    """A proxy that is asked for pages."""

    url: str
    """Scheme, host and port."""
    auth: tuple[str, str] | None
    """Name and password."""


def proxy_of(url: httpx.URL) -> Proxy | None:
    """Return the proxy for an address, by the environment; ``None`` where it is asked directly.

    Raises:
        SetupError: a variable of the environment names no proxy that can be used.
    """
    known = urllib.request.getproxies_environment()
    given = known.get(url.scheme) or known.get("all")
    authority = url.netloc.decode("ascii")
    bypass = urllib.request.proxy_bypass_environment  # type: ignore[attr-defined]
    if not given or bypass(authority, known):
        return None
    return _parsed(given, url.scheme)


def _parsed(given: str, scheme: str) -> Proxy:
    try:
        found = httpx.URL(given if "://" in given else f"http://{given}")
    except (httpx.InvalidURL, ValueError, TypeError) as error:
        raise SetupError(f"{_variable(scheme)} names no proxy: {error}") from error
    if found.scheme not in ("http", "https") or not found.host:
        raise SetupError(
            f"{_variable(scheme)} names a proxy of another kind ({found.scheme}); dateline uses those "
            f"that begin with http:// or https://"
        )
    port = found.port or (443 if found.scheme == "https" else 80)
    host = f"[{found.host}]" if ":" in found.host else found.host
    auth = (found.username, found.password) if found.userinfo else None
    return Proxy(f"{found.scheme}://{host}:{port}", auth)


def _variable(scheme: str) -> str:
    names = [f"{name}_PROXY" for name in (scheme.upper(), "ALL")]
    return next((n for n in names if n in os.environ or n.lower() in os.environ), names[0])


def is_inside(host: str) -> bool:
    """Return whether a name is by its form no site of the open internet."""
    name = host.rstrip(".").lower()
    return "." not in name or any(name == end or name.endswith(f".{end}") for end in INSIDE)
