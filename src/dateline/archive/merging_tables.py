"""The tables of what merging made of all reports, and of what it remembers.

``stories`` and ``merged_events`` hold each record packed as JSON beside the
columns that queries filter by; ``stories_reports`` and ``reports_events`` say
which report and event went where, all as of the last merge. The ``merging_…`` tables are what merging
remembers, so that a new report costs only its own neighbours.
"""

from __future__ import annotations

import sqlalchemy as sa

from dateline.archive.tables import metadata
from dateline.exporting.tables import SIZE_ROLES

__all__ = ["metadata"]


stories = sa.Table(
    "stories",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("title", sa.Text),
    sa.Column("first", sa.Text, index=True),
    sa.Column("last", sa.Text, index=True),
    sa.Column("reports", sa.Integer, nullable=False),
    sa.Column("sources", sa.Integer, nullable=False),
    sa.Column("packed", sa.Text, nullable=False),
    comment="`reports`, `sources`: how many, copies counted once in the second; `packed`: JSON",
)

stories_reports = sa.Table(
    "stories_reports",
    metadata,
    sa.Column("report", sa.Text, primary_key=True),
    sa.Column("story", sa.Text, nullable=False, index=True),
    sa.Column("copy_of", sa.Text),
    comment="`copy_of`: id of the first report with the same text",
)

PARTY_COLUMNS = ("name", "country", "sector", "wikidata")

merged_events = sa.Table(
    "merged_events",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("type", sa.Text, nullable=False),
    sa.Column("plover_type", sa.Text, index=True),
    sa.Column("mode", sa.Text),
    sa.Column("cameo", sa.Text),
    sa.Column("status", sa.Text, nullable=False, index=True),
    sa.Column("negated", sa.Boolean, nullable=False),
    sa.Column("interval_start", sa.Text, index=True),
    sa.Column("interval_end", sa.Text),
    sa.Column("interval_granularity", sa.Text),
    sa.Column("place_name", sa.Text),
    sa.Column("place_country", sa.Text, index=True),
    sa.Column("place_admin1", sa.Text),
    sa.Column("place_precision", sa.Text),
    sa.Column("lat", sa.Float),
    sa.Column("lon", sa.Float),
    sa.Column("geonameid", sa.Integer, index=True),
    *(sa.Column(f"actor_{part}", sa.Text) for part in PARTY_COLUMNS),
    *(sa.Column(f"recipient_{part}", sa.Text) for part in PARTY_COLUMNS),
    *(sa.Column(f"{r}_{part}", sa.Float) for r in SIZE_ROLES for part in ("best", "low", "high")),
    sa.Column("reports", sa.Integer, nullable=False),
    sa.Column("sources", sa.Integer, nullable=False, index=True),
    sa.Column("contested", sa.Text, index=True),
    sa.Column("story", sa.Text, index=True),
    sa.Column("first", sa.Text),
    sa.Column("last", sa.Text),
    sa.Column("confidence", sa.Float, nullable=False),
    sa.Column("packed", sa.Text, nullable=False),
    sa.Index(None, "type", "interval_start"),
    comment="`contested`: fields on which reports contradict each other; `packed`: JSON",
)

merged_parties = sa.Table(
    "merged_parties",
    metadata,
    sa.Column("merged", sa.ForeignKey("merged_events.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("side", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False, index=True),
    sa.Column("country", sa.Text, index=True),
    sa.Column("sector", sa.Text),
    sa.Column("actor", sa.Text, index=True),
    comment="`side`: `actor` or `recipient`; `actor`: id in the registry",
)

reports_events = sa.Table(
    "reports_events",
    metadata,
    sa.Column("report", sa.Text, primary_key=True),
    sa.Column("event", sa.Text, primary_key=True),
    sa.Column("merged", sa.Text, nullable=False, index=True),
    sa.Column("score", sa.Float, nullable=False),
    sa.Column("why", sa.Text, nullable=False),
    comment="`why`: the parts of the score with their weights, as words",
)

merging_reports = sa.Table(
    "merging_reports",
    metadata,
    sa.Column("report", sa.Text, primary_key=True),
    sa.Column("digest", sa.Text, nullable=False),
    sa.Column("published", sa.Text),
    sa.Column("twin", sa.Text, nullable=False, index=True),
    sa.Column("head", sa.Text, nullable=False, index=True),
    sa.Column("packed", sa.LargeBinary, nullable=False),
    comment="`digest`: of the coding that `packed` was made from; `twin`: digest of words and events; "
    "`head`: the first report with this digest, which is compared for all; `packed`: Zstandard JSON",
)

merging_keys = sa.Table(
    "merging_keys",
    metadata,
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("report", sa.Text, primary_key=True, index=True),
    comment="what reports are found by: rare terms, and who did what to whom in which days",
)

merging_pairs = sa.Table(
    "merging_pairs",
    metadata,
    sa.Column("first", sa.Text, primary_key=True),
    sa.Column("second", sa.Text, primary_key=True, index=True),
    sa.Column("likeness", sa.Float, nullable=False),
    sa.Column("near", sa.Float, nullable=False),
    sa.Column("share", sa.Float, nullable=False),
    sa.Column("links", sa.Text, nullable=False),
    comment="reports that are compared, a report with itself too, see "
    "`dateline.merging.pairs`; `links`: their events with scores, as JSON",
)

merging_open = sa.Table(
    "merging_open",
    metadata,
    sa.Column("step", sa.Text, primary_key=True),
    sa.Column("report", sa.Text, primary_key=True),
    comment="what is left to do: reports to be `paired` with others, and `grouped`",
)

merging_state = sa.Table(
    "merging_state",
    metadata,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
    comment="`seen`: number of the last change merged; `constraints`, `weights`: as of last time",
)
