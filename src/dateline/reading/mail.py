"""Newsletters in a mailbox: a report a message."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import EmailMessage
from email.utils import parseaddr, parsedate_to_datetime
from typing import BinaryIO

from dateline.errors import InputError
from dateline.reading.documents import FEWEST_WORDS, read_html
from dateline.reading.feeds import plain
from dateline.reading.identify import report_id, sha256
from dateline.records import DateBasis, Report

MAX_MESSAGE_BYTES = 100_000_000

Message = tuple[int, bytes]
"""Number of a message, from 1, and its bytes."""


def messages(stream: BinaryIO, name: str) -> Iterator[Message]:
    """Yield the messages of a mailbox (mbox, RFC 4155), read from beginning to end.

    A message begins at a line ``From ``; the line end before it, if it is empty, belongs to
    neither, and a ``>`` that quotes such a line inside a message stays.

    Raises:
        InputError: it is no mailbox, or a message is too large.
    """
    number, lines, size = 0, list[bytes](), 0
    for line in stream:
        if line.startswith(b"From "):
            if number:
                yield number, _joined(lines)
            number, lines, size = number + 1, [], 0
            continue
        if not number:
            raise InputError("this is no mailbox: it does not begin with a line 'From …'")
        size += len(line)
        if size > MAX_MESSAGE_BYTES:
            raise InputError(
                f"message {number} of {name} has more than {MAX_MESSAGE_BYTES:,} bytes; is it a mailbox?"
            )
        lines.append(line)
    if not number:
        raise InputError("this is no mailbox: it does not begin with a line 'From …'")
    yield number, _joined(lines)


def _joined(lines: list[bytes]) -> bytes:
    if lines and not lines[-1].strip():
        lines = lines[:-1]
    return b"".join(lines)


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
