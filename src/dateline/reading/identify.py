"""Ids and digests of reports: the same report gets the same id everywhere."""

from __future__ import annotations

import hashlib


def sha256(data: bytes) -> str:
    """Return the SHA-256 digest of ``data`` in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def report_id(text: str, url: str | None = None) -> str:
    """Return an id of 16 hexadecimal digits, made from the URL and the text."""
    return sha256(f"{url or ''}\n{text}".encode("utf-8", "surrogatepass"))[:16]
