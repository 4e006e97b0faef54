"""Newsletters in a mailbox: a report a message."""

from __future__ import annotations

import mailbox
from collections.abc import Iterator
from datetime import UTC
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import EmailMessage
from email.utils import parseaddr, parsedate_to_datetime
from pathlib import Path

from dateline.errors import InputError
from dateline.reading.documents import FEWEST_WORDS, read_html
from dateline.reading.feeds import plain
from dateline.reading.identify import report_id, sha256
from dateline.records import DateBasis, Report

Message = tuple[int, bytes]
"""Number of a message, from 1, and its bytes."""


def messages(path: Path) -> Iterator[Message]:
    """Yield the messages of a mailbox (mbox).

    Raises:
        InputError: it is no mailbox.
    """
    with path.open("rb") as stream:
        if not stream.read(5) == b"From ":
            raise InputError("this is no mailbox: it does not begin with a line 'From …'")
    box = mailbox.mbox(path, create=False)
    try:
        for number, key in enumerate(box.iterkeys(), 1):
            yield number, box.get_bytes(key)
    finally:
        box.close()


def read_message(data: bytes, *, source: str | None = None) -> Report:
    """Return the report in a message: its text, subject, date and who sent it.

    Raises:
        InputError: it has no text.
    """
    try:
        message = message_from_bytes(data, policy=policy.default)
        text = _text(message)
    except (MessageError, LookupError, ValueError, KeyError, AssertionError) as error:
        raise InputError(f"this message is broken: {error}") from error
    if len(text.split()) < FEWEST_WORDS:
        raise InputError("this message has no text")
    name, address = parseaddr(_header(message, "From") or "")
    url = _web(_header(message, "Archived-At"))
    published = _date(_header(message, "Date"))
    return Report(
        id=report_id(text, url or _header(message, "Message-ID")),
        text=text,
        title=_header(message, "Subject"),
        url=url,
        publisher=name or address or None,
        published=published,
        published_basis=DateBasis.METADATA if published else DateBasis.UNKNOWN,
        source=source,
        sha256=sha256(data),
        method="mail",
    )


def _header(message: EmailMessage, name: str) -> str | None:
    try:
        found = message.get(name)
    except (ValueError, IndexError, AttributeError, TypeError):  # headers that break their grammar
        return None
    return " ".join(str(found).split()) or None if found is not None else None


def _text(message: EmailMessage) -> str:
    body = message.get_body(preferencelist=("html", "plain"))
    if body is None:
        return ""
    content = str(body.get_content())
    if body.get_content_subtype() != "html":
        return content.replace("\r\n", "\n").strip()
    try:
        return read_html(content.encode("utf-8", "replace"), encoding="utf-8").text
    except InputError:
        return plain(content)


def _web(given: str | None) -> str | None:
    url = (given or "").strip("<> ")
    return url if url.startswith(("http://", "https://")) else None


def _date(given: str | None) -> str | None:
    try:
        moment = parsedate_to_datetime(given or "")
    except ValueError:
        return None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return aware.isoformat(timespec="seconds")
