"""The tables of an archive.

``reports`` holds each report and, packed, its whole coded record. Every layer
has a table with the columns of its flat export (``dateline.exporting``), so
that a query, a CSV file and a data frame name the same thing alike.
``changes`` is the feed of what was added, changed and withdrawn.
"""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import sqlalchemy as sa

from dateline.exporting import LAYERS, columns

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
INDEXED = {
    "events": (
        ("type", "interval_start"),
        ("interval_start",),
        ("status",),
        ("place_country",),
        ("actor_country", "recipient_country"),
        ("geonameid",),
    ),
    "participants": (("actor", "report"), ("name",)),
    "places": (("geonameid", "report"),),
    "statements": (("who",),),
    "commitments": (("deadline_end",), ("who",)),
}
"""Columns that queries filter and sort by."""

metadata = sa.MetaData(naming_convention=NAMES)

reports = sa.Table(
    "reports",
    metadata,
    sa.Column("key", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("id", sa.Text, nullable=False, unique=True),
    sa.Column("title", sa.Text),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("url", sa.Text, index=True),
    sa.Column("publisher", sa.Text, index=True),
    sa.Column("published", sa.Text, index=True),
    sa.Column("published_basis", sa.Text, nullable=False),
    sa.Column("language", sa.Text),
    sa.Column("source", sa.Text, index=True),
    sa.Column("sha256", sa.Text),
    sa.Column("retrieved_at", sa.Text),
    sa.Column("method", sa.Text),
    sa.Column("previous", sa.Text),
    sa.Column("dateline_version", sa.Text, nullable=False),
    sa.Column("digest", sa.Text, nullable=False),
    sa.Column("coded", sa.LargeBinary, nullable=False),
    sa.Index(None, "id", "digest"),
    sa.Index("ix_reports_day", sa.text("coalesce(published, '')"), "key"),
    comment="`previous`: id of the earlier version with the same URL; `coded`: Zstandard JSON",
)

changes = sa.Table(
    "changes",
    metadata,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("report", sa.Text, nullable=False, index=True),
    sa.Column("at", sa.Text, nullable=False),
)

audit = sa.Table(
    "audit",
    metadata,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("at", sa.Text, nullable=False),
    sa.Column("user", sa.Text, nullable=False),
    sa.Column("action", sa.Text, nullable=False),
    sa.Column("detail", sa.Text),
    sa.Column("address", sa.Text),
    comment="who did what at the desk",
)

followed = sa.Table(
    "followed",
    metadata,
    sa.Column("address", sa.Text, primary_key=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("of", sa.Text, nullable=False),
    sa.Column("digest", sa.Text),
    sa.Column("mark", sa.Text),
    sa.Column("detail", sa.Text),
    sa.Column("checked_at", sa.Text),
    sa.Column("due_at", sa.Text),
    sa.Column("looks", sa.Integer, nullable=False),
    sa.Column("failures", sa.Integer, nullable=False),
    sa.Column("error", sa.Text),
    sa.Column("missing_since", sa.Text),
    sa.Index("ix_followed_due_at", "kind", "due_at"),
    sa.Index("ix_followed_of", "of", "kind"),
    comment="what `sync` and `watch` read from: files, feeds and pages, and how they were last seen",
)


def _type(kind: pa.DataType) -> sa.types.TypeEngine[object]:
    if pa.types.is_int64(kind):
        return sa.Integer()  # type: ignore[return-value]
    if pa.types.is_float64(kind):
        return sa.Float()  # type: ignore[return-value]
    return sa.Boolean() if pa.types.is_boolean(kind) else sa.Text()  # type: ignore[return-value]


def _layer(name: str) -> sa.Table:
    """Return the table of a layer: the columns of its export, behind the report's key."""
    return sa.Table(
        name,
        metadata,
        sa.Column(
            "report",
            sa.ForeignKey("reports.key", ondelete="CASCADE"),
            primary_key=True,
            autoincrement=False,
        ),
        sa.Column("id", sa.Text, primary_key=True),
        *(
            sa.Column(column, _type(kind))
            for column, kind in columns(name).items()
            if column not in REPORT_COLUMNS
        ),
        *(sa.Index(None, *names) for names in INDEXED.get(name, ())),
    )


REPORT_COLUMNS = frozenset(
    {"id", "report_id", "published", "published_basis", "publisher", "url", "dateline_version"}
)
"""Columns of an export that ``reports`` holds."""

layers = {name: _layer(name) for name in LAYERS}
"""Table of each layer, by the layer's name."""


def _beside(
    name: str,
    *columns: sa.Column[Any] | sa.Index,
    key: tuple[str, ...] = (),
    comment: str | None = None,
) -> sa.Table:
    """Return a slim table beside the layers, see ``dateline.archive.links``."""
    return sa.Table(
        name,
        metadata,
        sa.Column("report", sa.ForeignKey("reports.key", ondelete="CASCADE"), nullable=False),
        sa.Column("id", sa.Text, nullable=False),
        *columns,
        sa.PrimaryKeyConstraint("report", "id", *key),
        sqlite_with_rowid=False,
        comment=comment,
    )


facts = _beside(
    "facts",
    sa.Column("published", sa.Text, nullable=False),
    sa.Column("publisher", sa.Text),
    sa.Column("type", sa.Text, nullable=False),
    sa.Column("mode", sa.Text),
    sa.Column("status", sa.Text, nullable=False),
    sa.Column("quad", sa.Integer),
    sa.Column("negated", sa.Boolean, nullable=False),
    sa.Column("main", sa.Boolean, nullable=False),
    sa.Column("start", sa.Text, nullable=False),
    sa.Column("end", sa.Text, nullable=False),
    sa.Column("granularity", sa.Text),
    sa.Column("confidence", sa.Float, nullable=False),
    sa.Column("country", sa.Text),
    sa.Column("geonameid", sa.Integer),
    sa.Index("ix_facts_start", "start", "report", "id"),
    sa.Index("ix_facts_published", "published", "report", "id"),
    sa.Index("ix_facts_type", "type"),
    sa.Index("ix_facts_country", "country"),
    sa.Index("ix_facts_geonameid", "geonameid"),
)
parties = _beside(
    "parties",
    sa.Column("side", sa.Text, nullable=False),
    sa.Column("place", sa.Integer, nullable=False),
    sa.Column("actor", sa.Text),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("country", sa.Text),
    sa.Column("sector", sa.Text),
    sa.Column("who", sa.Text, nullable=False),
    sa.Column("first", sa.Boolean, nullable=False),
    sa.Column("first_sector", sa.Boolean, nullable=False),
    sa.Index("ix_parties_who", "who", "first", "name"),
    sa.Index("ix_parties_name", "name"),
    sa.Index("ix_parties_country", "country", "side"),
    sa.Index("ix_parties_sector", "sector", "first_sector"),
    comment="`who`: registry id, else name; `first`: no row of this event before it has that `who`",
    key=("side", "place"),
)
event_contexts = _beside(
    "event_contexts",
    sa.Column("context", sa.Text, nullable=False),
    sa.Index("ix_event_contexts_context", "context"),
    key=("context",),
)
voices = _beside(
    "voices",
    sa.Column("place", sa.Integer, nullable=False),
    sa.Column("layer", sa.Text, nullable=False),
    sa.Column("who", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("country", sa.Text),
    sa.Index("ix_voices_who", "who", "layer"),
    sa.Index("ix_voices_name", "name"),
    key=("place",),
    comment="who speaks in a statement, and who is bound by a commitment",
)
