"""Deadlines as a calendar (iCalendar, RFC 5545) that any calendar program reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta

from dateline.commitments.following import Held, holder_names, last_day

LINE = 75
"""Octets; a longer content line is folded (RFC 5545, section 3.1)."""


def icalendar(held: Iterable[Held]) -> str:
    """Return a calendar with an all-day event on the last day of each deadline.

    Commitments without a deadline are left out. The time stamp of each event is
    the publication of its report, so that the same reports give the same text.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//dateline//commitments//EN", "CALSCALE:GREGORIAN"]  # fmt: skip
    for one in held:
        lines.extend(_event(one))
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in fold(line))


def _event(held: Held) -> Iterator[str]:
    last = last_day(held.commitment)
    if last is None:
        return
    commitment, report = held.commitment, held.coded.report
    what = commitment.what or commitment.span
    who = ", ".join(holder_names(held)) or "?"
    stamp = (held.published[:10].replace("-", "") + "0101")[:8] if held.published else "19700101"
    yield "BEGIN:VEVENT"
    yield f"UID:{escape(held.key)}@dateline"
    yield f"DTSTAMP:{stamp}T000000Z"
    yield f"DTSTART;VALUE=DATE:{last:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{last + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{escape(f'{who}: {what.text}')}"
    yield f"DESCRIPTION:{escape(f'{commitment.kind}, {commitment.strength}: {commitment.span.text} ({report.id})')}"
    yield f"CATEGORIES:{commitment.kind.upper()}"
    yield "TRANSP:TRANSPARENT"
    if report.url and not any(c.isspace() for c in report.url):
        yield f"URL:{report.url}"
    yield "END:VEVENT"


def escape(text: str) -> str:
    """Return a text value: white space collapsed, special characters escaped, no controls."""
    plain = " ".join("".join(c for c in text if c.isprintable() or c.isspace()).split())
    return plain.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")


def fold(line: str) -> Iterator[str]:
    """Yield a content line in pieces of at most 75 octets, never inside a character."""
    piece, size = "", 0
    for character in line:
        octets = len(character.encode("utf-8", "replace"))
        if size + octets > LINE:
            yield piece
            piece, size = " ", 1
        piece += character
        size += octets
    yield piece
