"""The versions of a report that was edited later."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from dateline.archive.store import Archive
from dateline.archive.tables import reports
from dateline.errors import InputError
from dateline.reading.edits import Edit, edits

COLUMNS = ("id", "previous", "title", "url", "published", "retrieved_at", "method", "sha256")


@dataclass(frozen=True, slots=True)
class Version:
    """A report as it was at one time."""

    id: str
    previous: str | None
    """Id of the version before it."""
    title: str | None
    url: str | None
    published: str | None
    retrieved_at: str | None
    method: str | None
    sha256: str | None


def versions(archive: Archive, id: str) -> list[Version]:
    """Return all versions of a report, the earliest first.

    Raises:
        InputError: there is no such report.
    """
    columns = [reports.c[name] for name in COLUMNS]
    with archive.engine.connect() as connection:

        def find(*conditions: sa.ColumnElement[bool]) -> Version | None:
            query = sa.select(*columns).where(*conditions).order_by(reports.c.key).limit(1)
            row = connection.execute(query).first()
            return Version(*row) if row else None

        here = find(reports.c.id == id)
        if here is None:
            raise InputError(f"there is no report {id!r} in {archive.url}")
        chain, seen = [here], {here.id}
        while (first := chain[0]).previous and (one := find(reports.c.id == first.previous)):
            if one.id in seen:
                break
            chain.insert(0, one)
            seen.add(one.id)
        while one := find(reports.c.previous == chain[-1].id, reports.c.id.not_in(seen)):
            chain.append(one)
            seen.add(one.id)
    return chain


def differences(archive: Archive, id: str, earlier: str | None = None) -> tuple[str, list[Edit]]:
    """Return the id of an earlier version, the one before where none is named, and the edits since.

    Raises:
        InputError: there is no such report, or it has no earlier version.
    """
    if earlier is None:
        chain = versions(archive, id)
        place = [one.id for one in chain].index(id)
        if place == 0:
            later = f"; later ones: {', '.join(one.id for one in chain[1:])}" if chain[1:] else ""
            raise InputError(f"report {id!r} has no earlier version{later}")
        earlier = chain[place - 1].id
    return earlier, edits(archive.get(earlier).report.text, archive.get(id).report.text)
