"""The archive: every coded report and its records, in SQLite or PostgreSQL."""

from dateline.archive.judging import Judgement
from dateline.archive.merged import MergedQuery, StoryQuery
from dateline.archive.store import Added, Archive, Change

__all__ = ["Added", "Archive", "Change", "Judgement", "MergedQuery", "StoryQuery"]
