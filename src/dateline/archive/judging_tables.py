"""The table of what people decided about records; rows are only ever added."""

from __future__ import annotations

import sqlalchemy as sa

from dateline.archive.tables import metadata

judgements = sa.Table(
    "judgements",
    metadata,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("at", sa.Text, nullable=False),
    sa.Column("coder", sa.Text, nullable=False, index=True),
    sa.Column("action", sa.Text, nullable=False),
    sa.Column("layer", sa.Text, nullable=False),
    sa.Column("report", sa.Text, nullable=False, index=True),
    sa.Column("record", sa.Text, nullable=False),
    sa.Column("field", sa.Text),
    sa.Column("value", sa.Text),
    sa.Column("other", sa.Text),
    sa.Column("note", sa.Text),
    sa.Column("start", sa.Integer),
    sa.Column("end", sa.Integer),
    sa.Column("undoes", sa.Integer, index=True),
    sa.Index(None, "report", "record"),
    comment="`value`: JSON; `other`: REPORT/RECORD of a merge or split; `start`, `end`: offsets of the "
    "record's words when it was judged; `undoes`: number of the judgement that this one takes back",
)
