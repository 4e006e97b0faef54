"""What reports are found by, so that only those with something rare in common are compared.

A report has a key for each of its heaviest terms, one that holds at any time
and one for each stretch of time it falls in, and a key for each pair of
parties, or party and place, of an event in each stretch of days, and one that
it shares with its twins. A key that
more than ``CROWDED`` reports have finds nothing, so that the cost grows with
the number of reports and not with its square.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from dateline.merging.stories import INDEXED
from dateline.merging.twins import twin
from dateline.merging.views import EventView, ReportView
from dateline.merging.when import NEAR, day, days
from dateline.merging.who import codes

CROWDED = 400
"""A key that more reports have finds none."""
WINDOW = 60
"""Days in a stretch of time for terms."""
REACH = 30
"""Days by which reports of one story may be apart and still meet in a crowded term."""
BLOCK = 7
"""Days in a stretch of time for events."""
LONGEST = 7
"""Days; an event whose time is known less well has no keys of its own."""


def keys(view: ReportView) -> list[str]:
    """Return the keys of a report, in order."""
    found = {f"={twin(view)}", *_terms(view)}
    for event in view.events:
        found.update(_event(event))
    return sorted(found)


def _terms(view: ReportView) -> Iterator[str]:
    heaviest = sorted(view.terms.items(), key=lambda pair: (-pair[1], pair[0]))[:INDEXED]
    published = (
        day(view.published or "") if len(view.published or "") >= len("2021-07-26") else None
    )
    for word, _ in heaviest:
        yield f"t|{word}"
        if published is not None:
            for window in _blocks(published, published + REACH, WINDOW):
                yield f"t|{window}|{word}"


def _event(event: EventView) -> Iterator[str]:
    span = days(event.interval)
    if span is None or span[1] - span[0] > LONGEST or event.historical:
        return
    parts = codes(event.actors) | codes(event.recipients)
    if event.place is not None and event.place.precision != "country":
        parts.add(f"@{event.place.geonameid or event.place.name}")
    for block in _blocks(span[0], span[1] + NEAR, BLOCK):
        for one, other in combinations(sorted(parts), 2):
            yield f"e|{event.type}|{block}|{one}|{other}"


def _blocks(start: int, end: int, length: int) -> range:
    return range(start // length, (end - 1) // length + 1)
