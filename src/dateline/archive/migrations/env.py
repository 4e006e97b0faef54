"""Run by Alembic: migrates on the connection that ``dateline.archive.migrate`` opened."""

from alembic import context

from dateline.archive.merging_tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
