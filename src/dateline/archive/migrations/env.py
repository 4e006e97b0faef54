"""Run by Alembic: migrates on the connection that ``dateline.archive.migrate`` opened."""

from alembic import context

from dateline.archive import judging_tables, merging_tables  # noqa: F401
from dateline.archive.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
