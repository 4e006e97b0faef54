"""Layouts of other data sets, and of the tools that read events."""

from collections.abc import Mapping

from dateline.exporting.layouts import acled, gdelt, ged, icews, polecat
from dateline.exporting.layouts.columns import Choice, Column, Layout, Written
from dateline.exporting.layouts.documents import DOCUMENTS, Document
from dateline.exporting.layouts.happening import Happening, of_archive, of_reports

LAYOUTS: Mapping[str, Layout | Document] = {
    layout.name: layout
    for layout in (
        polecat.LAYOUT,
        gdelt.EVENTS,
        gdelt.MENTIONS,
        icews.LAYOUT,
        acled.LAYOUT,
        ged.LAYOUT,
        *DOCUMENTS,
    )
}
"""Layouts by their names."""

__all__ = [
    "LAYOUTS",
    "Choice",
    "Column",
    "Document",
    "Happening",
    "Layout",
    "Written",
    "of_archive",
    "of_reports",
]
