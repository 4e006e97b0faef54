"""From bytes to text: encodings told apart, binary files refused."""

from __future__ import annotations

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


def decode(data: bytes, *, encoding: str | None = None) -> str:
    """Return the text in ``data``.

    A byte order mark decides; else UTF-8 where it fits; else the encoding that
    fits best, and Windows-1252 for a short text that none fits clearly.

    Raises:
        InputError: empty, binary, or not in the ``encoding`` that was named.
    """
    if not data.strip():
        raise InputError("the file is empty; give a report with some text in it")
    named = encoding or next((name for mark, name in BOMS if data.startswith(mark)), None)
    if named:
        return _decode_as(data, named)
    _refuse_binary(data)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _best_guess(data)


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
