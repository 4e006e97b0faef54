"""Questions to an archive: lists by page, counts, maps, time lines and networks under one filter."""

from dateline.archive.queries.filter import Filter, ListFilter
from dateline.archive.queries.paging import Page

__all__ = ["Filter", "ListFilter", "Page"]
