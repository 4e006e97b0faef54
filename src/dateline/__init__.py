"""dateline: news reports in; structured, source-linked event data out.

::

    import dateline

    coder = dateline.Coder()
    coded = coder.code("Ministers met in Paris on Monday.", published="2021-07-27")
    for event in coded.events:
        print(event.type, event.status, event.trigger.text)
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
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

_HOMES = {
    "CodedReport": "records",
    "Coder": "coder",
    "DataError": "errors",
    "DatelineError": "errors",
    "InputError": "errors",
    "OutputError": "errors",
    "Report": "records",
    "SetupError": "errors",
    "Span": "records",
    "read": "reading",
}
"""Module of each name: what a command does not use is not loaded."""


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = globals()[name] = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    return found


def __dir__() -> list[str]:
    return sorted(globals().keys() | _HOMES.keys())
