"""Reports by page and by words."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import sqlalchemy as sa
import zstandard
from pydantic_core import from_json

from dateline.archive import search
from dateline.archive.queries import conditions
from dateline.archive.queries.filter import Filter, ListFilter
from dateline.archive.queries.paging import Order, Page, order, page
from dateline.archive.quick import quick
from dateline.archive.tables import layers, reports

HEAD = ("id", "title", "publisher", "published", "published_basis", "url", "previous")
LEAD = 140
"""Characters of the text that stand for a title that is not there."""
COUNTED = ("events", "statements", "commitments")
SORTS = {
    "added": reports.c.key,
    "published": reports.c.published,
    "title": reports.c.title,
    "publisher": reports.c.publisher,
    "id": reports.c.id,
}
"""Fields a list of reports can be sorted by; ``added``: when it first came into the archive."""


def _selected(connection: sa.Connection, wanted: Filter) -> sa.Select[Any]:
    fitting = conditions.of_reports(wanted, connection)
    return sa.select(reports.c.key).where(*fitting)


def count(connection: sa.Connection, wanted: Filter) -> int:
    """Return how many reports fit."""
    chosen = _selected(connection, wanted).with_only_columns(sa.func.count()).select_from(reports)
    return quick(connection).scalar(chosen) or 0


def list_reports(connection: sa.Connection, wanted: ListFilter, total: int | None = None) -> Page:
    """Return a page of reports, the last added first where no order is said."""
    chosen = ordering(wanted.sort)
    return page(
        connection,
        _selected(connection, wanted),
        chosen,
        wanted.cursor,
        wanted.limit,
        lambda: count(connection, wanted) if total is None else total,
        lambda keys: heads().join(keys, reports.c.key == keys.c.k1),
    )


def ordering(sort: str | None) -> Order:
    """Return the order of a list of reports; the last added first where nothing is said."""
    return order(sort, "-added", SORTS, reports.c.key)


def coded(connection: sa.Connection, id: str) -> Any:
    """Return the whole record of a report, as ``CodedReport.to_dict`` does; ``None``: there is none."""
    packed = connection.scalar(sa.select(reports.c.coded).where(reports.c.id == id))
    if packed is None:
        return None
    return from_json(zstandard.ZstdDecompressor().decompress(packed))


def heads() -> sa.Select[Any]:
    """Return a statement for the heads of reports, with the number of records of each.

    ``lead``: how the text begins, where there is no title.
    """
    numbers = [
        sa.select(sa.func.count())
        .where(layers[name].c.report == reports.c.key)
        .correlate(reports)
        .scalar_subquery()
        .label(name)
        for name in COUNTED
    ]
    untitled = sa.func.coalesce(reports.c.title, "") == ""
    lead = sa.case((untitled, sa.func.substr(reports.c.text, 1, LEAD))).label("lead")
    named = (reports.c[name] for name in HEAD)
    return sa.select(*named, lead, *numbers).select_from(reports)


def head(connection: sa.Connection, id: str) -> dict[str, Any] | None:
    """Return the head of a report; ``None`` where there is none of this id."""
    row = connection.execute(heads().where(reports.c.id == id)).mappings().first()
    return dict(row) if row else None


def found(connection: sa.Connection, query: str, *, limit: int, offset: int) -> Page:
    """Return a page of the reports with all words of ``query``, best first.

    ``next`` of the page is the offset of the one after, as a string; ``lead`` of an item is how the
    text begins, where it has no title.
    """
    hits = search.find(connection, query, limit=limit + 1, offset=offset)
    matching = search.matching(query, connection.dialect.name).subquery()
    total = connection.scalar(sa.select(sa.func.count()).select_from(matching)) or 0
    more = str(offset + limit) if len(hits) > limit else None
    leads = _leads(connection, [hit.report for hit in hits[:limit] if not hit.title])
    items = [asdict(hit) | {"lead": leads.get(hit.report)} for hit in hits[:limit]]
    return Page(items, more, total)


def _leads(connection: sa.Connection, ids: list[str]) -> dict[str, str]:
    """Return how the texts of reports begin, by id."""
    if not ids:
        return {}
    chosen = sa.select(reports.c.id, sa.func.substr(reports.c.text, 1, LEAD))
    rows = connection.execute(chosen.where(reports.c.id.in_(ids)))
    return {row[0]: row[1] for row in rows}
