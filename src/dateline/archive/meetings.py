"""Who acts upon whom, and who meets whom, in an event: what a network is made of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from dateline.archive.tables import parties


def meetings(keys: Sequence[int] | None = None) -> sa.Select[Any]:
    """Return a statement for the pairs of all events, or of those of some reports.

    A pair is an actor and a recipient, or two actors of an event without a recipient; both ends by
    registry id, else by name, and never the same.
    """
    one, other, third = parties.alias("one"), parties.alias("other"), parties.alias("third")
    acted_upon = sa.exists().where(
        third.c.report == one.c.report, third.c.id == one.c.id, third.c.side == "recipient"
    )
    directed = sa.and_(one.c.side == "actor", other.c.side == "recipient")
    meeting = sa.and_(
        one.c.side == "actor", other.c.side == "actor", one.c.place < other.c.place, ~acted_upon
    )
    found = (
        sa.select(
            one.c.report, one.c.id, one.c.who.label("source"), other.c.who.label("target")
        )
        .join_from(
            one, other, sa.and_(other.c.report == one.c.report, other.c.id == one.c.id)
        )
        .where(sa.or_(directed, meeting), one.c.who != other.c.who)
    )  # fmt: skip
    return found if keys is None else found.where(one.c.report.in_(keys))


made = sa.Table(
    "meetings",
    sa.MetaData(),
    sa.Column("report", sa.Integer),
    sa.Column("id", sa.Text),
    sa.Column("source", sa.Text),
    sa.Column("target", sa.Text),
)
"""The same, written down: a table that only a mirror has."""
