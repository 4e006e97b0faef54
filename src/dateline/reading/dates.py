"""Publication dates as users write them, to ISO 8601 at the precision given."""

from __future__ import annotations

import re
from datetime import date, datetime

from dateline.errors import InputError

PARTIAL = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2]))?")
COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2}))?")


def publication_date(given: str) -> str:
    """Return ``given`` as an ISO 8601 date, month, year or date-time.

    Takes ISO 8601 (``2021``, ``2021-07``, ``2021-07-27``, ``2021-07-27T10:00Z``)
    and the compact form of GDELT (``20210727``, ``20210727100000``). Never
    guesses between day and month.

    Raises:
        InputError: it is none of these.
    """
    text = given.strip()
    if PARTIAL.fullmatch(text):
        return text
    if match := COMPACT.fullmatch(text):
        year, month, day, *clock = match.groups()
        text = f"{year}-{month}-{day}" + ("T" + ":".join(clock) if clock[0] else "")
    try:
        if len(text) == 10:
            return date.fromisoformat(text).isoformat()
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise InputError(
            f"{given!r} is no date in ISO 8601; write it like 2021-07-27, 2021-07 or 2021"
        ) from error
    if moment.tzinfo is None and (moment.hour, moment.minute, moment.second) == (0, 0, 0):
        return moment.date().isoformat()
    return moment.isoformat()
