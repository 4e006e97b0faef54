"""The archive: every coded report and its records, in SQLite or PostgreSQL."""

from dateline.archive.store import Added, Archive, Change

__all__ = ["Added", "Archive", "Change"]
