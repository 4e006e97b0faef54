"""PDF files, made by hand here, a page of Helvetica."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.errors import InputError
from dateline.reading import Unread, read
from dateline.reading.pdf import read_pdf
from dateline.records import Report

LINES = ("Police arrested two men in Lyon, the min-", "ister said on Friday.")


def pdf(*lines: str, title: str = "Two arrests") -> bytes:
    """Return a PDF file with a page that shows the lines."""
    shown = " T* ".join(f"({line}) Tj" for line in lines)
    stream = f"BT /F1 12 Tf 14 TL 50 700 Td {shown} ET".encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n" % len(stream) + stream + b"\nendstream",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        f"<< /Title ({title}) >>".encode(),
    ]
    data, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return (
        data + b"xref\n0 7\n0000000000 65535 f \n" + table
        + b"trailer << /Size 7 /Root 1 0 R /Info 6 0 R >>\nstartxref\n%d\n%%%%EOF" % len(data)
    )  # fmt: skip


def test_a_pdf_gives_its_text_with_words_joined(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(pdf(*LINES))
    (found,) = read([tmp_path])
    assert isinstance(found, Report)
    assert found.text == "Police arrested two men in Lyon, the minister said on Friday."
    assert (found.title, found.method, found.published) == ("Two arrests", "pdf", None)


@pytest.mark.parametrize(
    ("data", "words"),
    [(pdf(""), "OCR"), (b"%PDF-1.4 and nothing else", "broken"), (b"no", "broken")],
)
def test_what_has_no_text_or_is_broken_says_so(tmp_path: Path, data: bytes, words: str) -> None:
    (tmp_path / "a.pdf").write_bytes(data)
    (found,) = read([tmp_path])
    assert isinstance(found, Unread) and words in found.error


@settings(deadline=None)
@given(st.integers(0, 700), st.binary(min_size=1, max_size=20))
def test_a_damaged_file_raises_nothing_but_an_input_error(at: int, noise: bytes) -> None:
    data = pdf(*LINES)
    try:
        read_pdf(data[:at] + noise + data[at + len(noise) :])
    except InputError:
        return
