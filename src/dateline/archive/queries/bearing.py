"""What later reports say that may bear on a commitment, found without reading them all.

``dateline.commitments.following.evidence`` weighs events of coded reports. Here
the slim tables name the few events it could weigh high enough: those of the
same holder, later, done or denied, of the same type or with a word in common.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

import sqlalchemy as sa
import zstandard

from dateline.archive.queries.events import EVENTS, same
from dateline.archive.queries.paging import NUMBER, keys_table
from dateline.archive.quick import quick
from dateline.archive.tables import facts, layers, parties, reports, voices
from dateline.commitments.following import Held, evidence, opposed, over_before, words_of
from dateline.exporting.flatten import SEPARATOR
from dateline.records import CodedReport

COMMITMENTS, PEOPLE = layers["commitments"], layers["participants"]
LOOKED_AT, READ = 300, 40
"""Events looked at, the first after the commitment; reports read to weigh them."""
SAYING = ("occurred", "ongoing", "denied")


def count(connection: sa.Connection, report: str, id: str) -> int:
    """Return how many events of later reports may bear on a commitment."""
    return len({(r, e) for r, e in _candidates(connection, report, id)})


def ranked(connection: sa.Connection, report: str, id: str) -> list[dict[str, Any]]:
    """Return them with scores and reasons, the strongest first."""
    held = _held(connection, report, id)
    if held is None:
        return []
    wanted = list(dict.fromkeys(key for key, _ in _candidates(connection, report, id)))[:READ]
    packed = sa.select(reports.c.coded).where(reports.c.key.in_(wanted)).order_by(reports.c.key)
    later = [_unpacked(one) for one in connection.scalars(packed)]
    found = []
    for one in evidence(held, later):
        coded = next(c for c in later if c.report.id == one.report)
        event = next(e for e in coded.events if e.id == one.event)
        found.append(
            asdict(one)
            | {
                "key": f"{one.report}/{one.event}",
                "report_title": coded.report.title,
                "published": coded.report.published,
                "type": event.type,
                "status": str(event.status),
                "sentence": event.sentence.text,
            }
        )
    return found


def _held(connection: sa.Connection, report: str, id: str) -> Held | None:
    packed = connection.scalar(sa.select(reports.c.coded).where(reports.c.id == report))
    if packed is None:
        return None
    coded = _unpacked(packed)
    found = next((one for one in coded.commitments if one.id == id), None)
    return Held(coded, found) if found else None


def _unpacked(packed: bytes) -> CodedReport:
    return CodedReport.from_json(zstandard.ZstdDecompressor().decompress(packed))


def _candidates(connection: sa.Connection, report: str, id: str) -> Iterator[tuple[int, str]]:
    """Yield report and event of what fits in holder, time and either type or words."""
    row = connection.execute(
        sa.select(
            reports.c.key,
            reports.c.published,
            COMMITMENTS.c.what,
            COMMITMENTS.c.holders,
            EVENTS.c.type,
        )
        .select_from(COMMITMENTS)
        .join(reports, reports.c.key == COMMITMENTS.c.report)
        .outerjoin(
            EVENTS,
            sa.and_(EVENTS.c.report == COMMITMENTS.c.report, EVENTS.c.id == COMMITMENTS.c.event),
        )
        .where(reports.c.id == report, COMMITMENTS.c.id == id)
    ).first()
    if row is None:
        return
    ours = words_of(row.what or "")
    sides = _sectors(connection, row.key, _split(row.holders))
    for event in _later(connection, row.key, row.published or "", id):
        if over_before(event.interval_end, row.published or ""):
            continue
        if opposed(sides, set(_split(event.actor_sectors))):
            continue
        words = words_of(f"{event.trigger} {event.themes or ''}")
        if (row.type is not None and event.type == row.type) or ours & words:
            yield event.report, event.id


def _split(cell: str | None) -> list[str]:
    return (cell or "").split(SEPARATOR) if cell else []


def _sectors(connection: sa.Connection, key: int, holders: list[str]) -> set[str]:
    """Return the sectors of those who are bound, groups as their members."""
    rows = connection.execute(
        sa.select(PEOPLE.c.id, PEOPLE.c.members, PEOPLE.c.sectors).where(PEOPLE.c.report == key)
    ).all()
    by_id = {row.id: row for row in rows}
    parts = [m for i in holders if i in by_id for m in (_split(by_id[i].members) or [i])]
    return {s for m in parts if m in by_id for s in _split(by_id[m].sectors)}


def _later(connection: sa.Connection, key: int, published: str, id: str) -> Sequence[Any]:
    """Return the first events after a report in which one who is bound acts."""
    holders = (
        quick(connection)
        .execute(
            sa.select(voices.c.who, voices.c.country).where(
                voices.c.report == key, voices.c.id == id
            )
        )
        .all()
    )
    theirs_too = sa.or_(
        parties.c.who.in_([one.who for one in holders]),
        parties.c.country.in_([one.country for one in holders if one.country]),
    )
    theirs = sa.select(parties.c.report, parties.c.id).where(theirs_too, parties.c.side == "actor")
    first = (
        sa.select(facts.c.published, facts.c.report, facts.c.id)
        .where(
            sa.tuple_(facts.c.report, facts.c.id).in_(theirs),
            facts.c.published >= published,
            facts.c.status.in_(SAYING),
            facts.c.report != key,
        )
        .order_by(facts.c.published, facts.c.report, facts.c.id)
        .limit(LOOKED_AT)
    )
    keyed = [(row.report, row.id) for row in quick(connection).execute(first)]
    if not keyed:
        return []
    keys = keys_table((facts.c.report, facts.c.id), keyed)
    rows = (
        sa.select(
            EVENTS.c.report,
            EVENTS.c.id,
            EVENTS.c.type,
            EVENTS.c.trigger,
            EVENTS.c.themes,
            EVENTS.c.interval_end,
            EVENTS.c.actor_sectors,
        )
        .select_from(keys)
        .join(EVENTS, same(EVENTS, keys))
        .order_by(keys.c[NUMBER])
    )
    return connection.execute(rows).all()
