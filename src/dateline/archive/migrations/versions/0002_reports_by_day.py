"""Reports in the order of their day, for lists that begin with the latest."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one version up."""
    by = (sa.text("coalesce(published, '')"), sa.text("key"))
    op.create_index("ix_reports_day", "reports", by, if_not_exists=True)


def downgrade() -> None:
    """Go one version down."""
    op.drop_index("ix_reports_day", "reports")
