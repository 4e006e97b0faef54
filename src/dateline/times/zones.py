"""Times of day told in a named zone, as instants in UTC."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import cache
from zoneinfo import ZoneInfo

from dateline.records import Interval

OFFSET = re.compile(r"([+-])(\d{1,2}):?(\d{2})?")


@cache
def zone_of(name: str) -> tzinfo:
    """Return the zone of ``+05:30`` or of a name of the IANA data base.

    Raises:
        ValueError: it is neither.
    """
    match = OFFSET.fullmatch(name)
    if match is None:
        return ZoneInfo(name)
    size = timedelta(hours=int(match[2]), minutes=int(match[3] or 0))
    return timezone(size if match[1] == "+" else -size)


def in_utc(interval: Interval | None, zone: str | None) -> tuple[str | None, Interval | None]:
    """Return the offset that holds in a zone then (``-05:00``) and the interval in UTC.

    Both are ``None`` where the zone is not known or the interval is no time of day.
    """
    if not zone or interval is None or not interval.start or not interval.end:
        return None, None
    if "T" not in interval.start:
        return None, None
    place = zone_of(zone)
    try:
        moments = [datetime.fromisoformat(t) for t in (interval.start, interval.end)]
        local = [moment.replace(tzinfo=place) for moment in moments]
        start, end = (moment.astimezone(UTC).replace(tzinfo=None).isoformat() for moment in local)
    except (ValueError, OverflowError):
        return None, None
    return local[0].isoformat()[-6:], replace(interval, start=f"{start}Z", end=f"{end}Z")
