"""Reading: bytes in many forms to reports, and what could not be read with its reason."""

from dateline.reading.decode import decode
from dateline.reading.documents import read_html, read_text
from dateline.reading.identify import report_id
from dateline.reading.limits import Limits
from dateline.reading.sources import Options, count, read
from dateline.reading.unread import Unread

__all__ = [
    "Limits",
    "Options",
    "Unread",
    "count",
    "decode",
    "read",
    "read_html",
    "read_text",
    "report_id",
]
