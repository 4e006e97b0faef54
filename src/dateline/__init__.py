"""dateline: news reports in; structured, source-linked event data out.

::

    import dateline

    coder = dateline.Coder()
    coded = coder.code("Ministers met in Paris on Monday.", published="2021-07-27")
    for event in coded.events:
        print(event.type, event.status, event.trigger.text)
"""

from dateline.coder import Coder
from dateline.errors import DataError, DatelineError, InputError, OutputError, SetupError
from dateline.reading import read
from dateline.records import CodedReport, Report, Span

__all__ = [
    "CodedReport",
    "Coder",
    "DataError",
    "DatelineError",
    "InputError",
    "OutputError",
    "Report",
    "SetupError",
    "Span",
    "read",
]
