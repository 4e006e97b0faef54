"""PDF files, with the extra ``pdf``: the text of the pages, and the title."""

from __future__ import annotations

import io
import logging
import re

from dateline.errors import InputError
from dateline.reading.documents import FEWEST_WORDS
from dateline.reading.identify import report_id, sha256
from dateline.records import DateBasis, Report

BROKEN_WORD = re.compile(r"(?<=[a-z])-\n(?=[a-z])")
MAX_PAGES = 2000


def read_pdf(
    data: bytes, *, published: str | None = None, url: str | None = None, source: str | None = None
) -> Report:
    """Return the report in a PDF file.

    The day on which the file was made is not taken for its publication.

    Raises:
        InputError: it is broken, locked, or has pictures of pages and no text; or the extra is not
            installed.
    """
    from dateline.reading.dates import publication_date

    text, title = _extracted(data)
    if len(text.split()) < FEWEST_WORDS:
        raise InputError(
            "this PDF has no text, perhaps pictures of pages; run it through OCR first"
        )
    return Report(
        id=report_id(text, url),
        text=text,
        title=title,
        url=url,
        published=publication_date(published) if published else None,
        published_basis=DateBasis.GIVEN if published else DateBasis.UNKNOWN,
        source=source,
        sha256=sha256(data),
        method="pdf",
    )


def _extracted(data: bytes) -> tuple[str, str | None]:
    try:
        import pypdf
        from pypdf.errors import PyPdfError
    except ModuleNotFoundError as error:
        raise InputError("PDF files need `pip install dateline[pdf]`") from error
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what is wrong comes as an error
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise InputError("this PDF is locked with a password; unlock it first")
        if len(reader.pages) > MAX_PAGES:
            raise InputError(f"this PDF has more than {MAX_PAGES:,} pages; split it first")
        pages = [page.extract_text() for page in reader.pages]
        title = reader.metadata.title if reader.metadata else None
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError,
            RecursionError, NotImplementedError, OSError, AssertionError) as error:  # fmt: skip
        raise InputError(f"this PDF is broken: {error}") from error
    text = BROKEN_WORD.sub("", "\n\n".join(page.strip() for page in pages if page.strip()))
    return text, (title or "").strip() or None
