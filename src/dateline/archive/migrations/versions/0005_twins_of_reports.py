"""Twins of reports: merging remembers which of them stands for the others, and starts anew."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

REMEMBERED = ("merging_state", "merging_open", "merging_keys", "merging_pairs")

PACKED = "`digest`: of the coding that `packed` was made from; `packed`: Zstandard JSON"
TWINS = (
    "; `twin`: digest of words and events; `head`: the first report with this digest, which is "
    "compared for all;"
)


def _report_table(comment: str, *twins: sa.Column[str]) -> None:
    op.create_table(
        "merging_reports",
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        *twins,
        sa.Column("packed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("report", name=op.f("pk_merging_reports")),
        comment=comment,
    )


def _forget() -> None:
    op.drop_table("merging_reports")
    for name in REMEMBERED:
        op.execute(sa.delete(sa.table(name)))


def upgrade() -> None:
    """Go one version up."""
    _forget()
    _report_table(
        PACKED.replace(";", TWINS),
        sa.Column("published", sa.Text(), nullable=True),
        sa.Column("twin", sa.Text(), nullable=False),
        sa.Column("head", sa.Text(), nullable=False),
    )
    for column in ("twin", "head"):
        op.create_index(op.f(f"ix_merging_reports_{column}"), "merging_reports", [column])


def downgrade() -> None:
    """Go one version down."""
    _forget()
    _report_table(PACKED)
