"""Gists of reports, taken from the coded records that are there."""

from collections.abc import Iterator

import sqlalchemy as sa
import zstandard
from alembic import op

from dateline.archive.migrate import told
from dateline.exporting import rows
from dateline.records import CodedReport

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

GIST = b'"gist":{'
"""In the JSON of every report that has a gist; quotes within its texts are escaped."""


def upgrade() -> None:
    """Go one version up."""
    table = op.create_table(
        "gists",
        sa.Column("report", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=True),
        sa.Column("sentence_start", sa.Integer(), nullable=True),
        sa.Column("sentence_end", sa.Integer(), nullable=True),
        sa.Column("who", sa.Text(), nullable=True),
        sa.Column("participants", sa.Text(), nullable=True),
        sa.Column("what", sa.Text(), nullable=True),
        sa.Column("what_start", sa.Integer(), nullable=True),
        sa.Column("what_end", sa.Integer(), nullable=True),
        sa.Column("where", sa.Text(), nullable=True),
        sa.Column("where_start", sa.Integer(), nullable=True),
        sa.Column("where_end", sa.Integer(), nullable=True),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("place_basis", sa.Text(), nullable=True),
        sa.Column("time", sa.Text(), nullable=True),
        sa.Column("interval_start", sa.Text(), nullable=True),
        sa.Column("interval_end", sa.Text(), nullable=True),
        sa.Column("interval_granularity", sa.Text(), nullable=True),
        sa.Column("time_basis", sa.Text(), nullable=True),
        sa.Column("status", sa.Text(), nullable=True),
        sa.Column("negated", sa.Boolean(), nullable=True),
        sa.Column("event", sa.Text(), nullable=True),
        sa.Column("blanks", sa.Text(), nullable=True),
        sa.Column("who_name", sa.Text(), nullable=True),
        sa.Column("who_country", sa.Text(), nullable=True),
        sa.Column("place_name", sa.Text(), nullable=True),
        sa.Column("place_country", sa.Text(), nullable=True),
        sa.Column("lat", sa.Float(), nullable=True),
        sa.Column("lon", sa.Float(), nullable=True),
        sa.Column("geonameid", sa.Integer(), nullable=True),
        sa.Column("event_type", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["report"], ["reports.key"], name=op.f("fk_gists_report"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("report", "id", name=op.f("pk_gists")),
    )
    _fill(op.get_bind(), table)


def _fill(connection: sa.Connection, table: sa.Table) -> None:
    """Write the gists of all reports, some at a time."""
    total = connection.scalar(sa.text("SELECT count(*) FROM reports")) or 0
    told(_batches(connection, table), total)


def _batches(connection: sa.Connection, table: sa.Table) -> Iterator[int]:
    reports = sa.table("reports", sa.column("key"), sa.column("coded"))
    unpack, last = zstandard.ZstdDecompressor(), 0
    names = [column.name for column in table.columns]
    query = sa.select(reports.c.key, reports.c.coded).order_by(reports.c.key).limit(200)
    while found := connection.execute(query.where(reports.c.key > last)).all():
        last = found[-1].key
        records = ((key, unpack.decompress(packed)) for key, packed in found)
        made = [
            {name: row[name] for name in names if name in row} | {"report": key}
            for key, data in records
            if GIST in data
            for row in rows(CodedReport.from_json(data), "gists")
        ]
        if made:
            connection.execute(table.insert(), made)
        yield len(found)


def downgrade() -> None:
    """Go one version down."""
    op.drop_table("gists")
