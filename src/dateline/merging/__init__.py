"""Reports of the same happening: copies, stories, and the events that are one."""

from dateline.merging.duplicates import Copy, Duplicates, copies, groups
from dateline.merging.events import Constraint, Merged, merge
from dateline.merging.stories import Item, item, stories
from dateline.merging.views import ReportView, view

__all__ = [
    "Constraint",
    "Copy",
    "Duplicates",
    "Item",
    "Merged",
    "ReportView",
    "copies",
    "groups",
    "item",
    "merge",
    "stories",
    "view",
]
