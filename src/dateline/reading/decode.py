"""From bytes to text: encodings told apart, binary files refused."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from dateline.errors import InputError

BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
SIGNATURES = {
    b"%PDF-": "a PDF file",
    b"PK\x03\x04": "a zip archive or an office document",
    b"\x1f\x8b": "a gzip file",
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"\xd0\xcf\x11\xe0": "an old office document",
    b"PAR1": "a Parquet file",
    b"SQLite format 3": "an SQLite database",
    b"\x7fELF": "a program",
}
ODD_CONTROLS = bytes(set(range(32)) - {7, 8, 9, 10, 11, 12, 13, 27})


DECLARED = re.compile(
    rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]+)|<meta[^>]{0,200}?charset\s*=\s*["']?([\w.:-]+)""",
    re.I,
)
"""The encoding that the head of an XML or HTML document names."""
LATIN = frozenset({"ascii", "iso8859-1"})
"""Encodings that browsers read as Windows-1252, since that is what is meant."""


def decode(data: bytes, *, encoding: str | None = None, named: str | None = None) -> str:
    """Return the text in ``data``.

    A byte order mark decides; else UTF-8 where it fits; else what the server (``named``) or
    the document says, where that fits; else the encoding that fits best, and Windows-1252 for a short
    text that none fits clearly. So a false name of an encoding does no harm.

    Raises:
        InputError: empty, binary, or not in the ``encoding`` that was named.
    """
    if not data.strip():
        raise InputError("the file is empty; give a report with some text in it")
    sure = encoding or next((name for mark, name in BOMS if data.startswith(mark)), None)
    if sure:
        return _decode_as(data, sure)
    _refuse_binary(data)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _as_named(data, named) or _best_guess(data)


def _as_named(data: bytes, named: str | None) -> str | None:
    """Return the text in the first of the named encodings that there is and that fits.

    Where one is named and none fits, the text is taken as Windows-1252, as browsers do; ``None``
    where none is named.
    """
    heads = DECLARED.findall(data[:4096])
    names = [named, *(one.decode("ascii", "replace") for head in heads for one in head)]
    for name in filter(None, names):
        try:
            known = codecs.lookup(name).name
            return data.decode("cp1252" if known in LATIN else known)
        except (LookupError, UnicodeError, ValueError):
            continue
    return data.decode("cp1252", errors="replace") if any(names) else None


def _decode_as(data: bytes, encoding: str) -> str:
    try:
        text = data.decode(encoding)
    except LookupError as error:
        raise InputError(f"there is no encoding {encoding!r}; try utf-8 or cp1252") from error
    except UnicodeDecodeError as error:
        raise InputError(
            f"byte {error.start} does not fit the encoding {encoding}; "
            f"name the right one with --encoding, or leave it out to have it guessed"
        ) from error
    return text.removeprefix("\ufeff")


def _refuse_binary(data: bytes) -> None:
    for signature, name in SIGNATURES.items():
        if data.startswith(signature):
            raise InputError(f"this is {name}, not text or HTML; convert it to text first")
    sample = data[:65536]
    odd = len(sample) - len(sample.translate(None, ODD_CONTROLS))
    if b"\0" in sample or odd > len(sample) // 50:
        raise InputError("this is a binary file, not text or HTML; convert it to text first")


def _best_guess(data: bytes) -> str:
    best = from_bytes(data, steps=5, chunk_size=2048, threshold=0.35).best()
    if best is not None:
        return str(best)
    return data.decode("cp1252", errors="replace")
