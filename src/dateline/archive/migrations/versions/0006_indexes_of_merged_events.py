"""Indexes of merged events by what they are counted by."""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

INDEXED = ("plover_type", "sources", "contested")


def upgrade() -> None:
    """Go one version up."""
    for column in INDEXED:
        op.create_index(op.f(f"ix_merged_events_{column}"), "merged_events", [column])


def downgrade() -> None:
    """Go one version down."""
    for column in INDEXED:
        op.drop_index(op.f(f"ix_merged_events_{column}"), table_name="merged_events")
