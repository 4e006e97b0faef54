"""Times of day in UTC, where a report names their zone."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

COLUMNS = ("utc_offset", "utc_start", "utc_end", "utc_granularity")


def upgrade() -> None:
    """Go one version up."""
    with op.batch_alter_table("times") as table:
        for name in COLUMNS:
            table.add_column(sa.Column(name, sa.Text(), nullable=True))


def downgrade() -> None:
    """Go one version down."""
    with op.batch_alter_table("times") as table:
        for name in COLUMNS:
            table.drop_column(name)
