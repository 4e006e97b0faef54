"""Gold from judgements: the reviewed reports, as ``dateline evaluate`` reads them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dateline.archive import Archive, Judgement
from dateline.errors import InputError
from dateline.reviewing.queue import JUDGED

FIELDS = ("id", "trigger", "type", "mode", "status", "negated", "contexts", "interval")
"""What is scored: the fields that stand alone; participants and places are not reviewed whole."""


def gold_rows(archive: Archive) -> Iterator[dict[str, Any]]:
    """Yield each report whose events are all judged, with its events as people left them.

    A rejected event is left out and a corrected field has its corrected value; of several
    judgements on one event the last counts. Reports with an event that nobody judged are not
    gold yet, and are left out.
    """
    by_report: dict[str, list[Judgement]] = {}
    for one in archive.judgements(layer="events"):
        if one.action in JUDGED[:3]:
            by_report.setdefault(one.report, []).append(one)
    for report in sorted(by_report):
        try:
            coded = archive.get(report).to_dict()
        except InputError:
            continue  # withdrawn since
        events = _left(coded["events"], by_report[report])
        if events is not None:
            yield {"report": coded["report"], "events": events}


def _left(events: list[dict[str, Any]], said: list[Judgement]) -> list[dict[str, Any]] | None:
    found = []
    for event in events:
        mine = [one for one in said if one.record == event["id"]]
        if not mine:
            return None
        if mine[-1].action == "reject":
            continue
        mended = {one.field: one.value for one in mine if one.action == "correct" and one.field}
        whole = event | mended
        found.append({name: whole[name] for name in FIELDS})
    return found
