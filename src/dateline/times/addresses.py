"""The date in the address of a report: "/2021/07/26/", "/2021-07-26-", "/20210726/", "/2021/jul/26/", "/2021-07/26/".

Publishers put the day of publication there, year first; other orders are not read, since
"/07/08/2021/" may be July or August. An address that holds two different days dates nothing.
"""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import urlsplit

from dateline.records import Interval
from dateline.times.values import interval_of

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
NAMED = "|".join(MONTHS)
DAY = re.compile(
    rf"(?<=[/=_-])(?P<year>(?:19[89]|20\d)\d)(?P<mark>[/_-])(?P<month>\d{{1,2}}|(?:{NAMED})[a-z]*)"
    r"(?P=mark)(?P<day>\d{1,2})(?=[/_.-]|$)"
)
PACKED = re.compile(
    rf"(?<=[/=_-])(?P<year>(?:19[89]|20\d)\d)(?P<month>[01]\d|(?:{NAMED}))(?P<day>[0-3]\d)"
    r"(?=[/_.,-]|$|\d{10}-)"
)
"""A number of ten digits may follow at once, by which some publishers tell the reports of a day apart."""
IN_MONTH = re.compile(
    r"(?<=/)(?P<year>(?:19[89]|20\d)\d)-?(?P<month>[01]\d)/(?P<day>[0-3]\d)(?=[/_.-]|$)"
)
"""Folders of months that hold folders of days."""
IN_YEAR = re.compile(r"(?<=/)(?P<year>(?:19[89]|20\d)\d)/(?P<month>[01]\d)(?P<day>[0-3]\d)(?=/)")
"""Folders of years that hold folders of days."""
MONTH = re.compile(
    rf"(?<=/)(?P<year>(?:19[89]|20\d)\d)/(?P<month>[01]\d|(?:{NAMED})[a-z]*)(?=/(?!\d{{1,2}}/))"
)


def address_date(url: str) -> Interval | None:
    """Return the day, or for want of one the month, that an address names.

    Args:
        url: an absolute address; its path and query are read, never its host.
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    path = f"{parts.path}/{parts.query}".lower()
    days = {
        day
        for pattern in (DAY, PACKED, IN_MONTH, IN_YEAR)
        for m in pattern.finditer(path)
        if (day := _day(m))
    }
    if days:
        return interval_of(days.pop()) if len(days) == 1 else None
    months = {month for m in MONTH.finditer(path) if (month := _month(m))}
    return interval_of(months.pop()) if len(months) == 1 else None


def _number(month: str) -> int:
    return int(month) if month.isdigit() else MONTHS.index(month[:3]) + 1


def _day(match: re.Match[str]) -> str | None:
    try:
        day = date(int(match["year"]), _number(match["month"]), int(match["day"]))
    except ValueError:
        return None
    return day.isoformat()


def _month(match: re.Match[str]) -> str | None:
    month = _number(match["month"])
    return f"{match['year']}-{month:02d}" if 1 <= month <= 12 else None
