"""From a report's text to a parsed ``Doc``: cleaning, the spaCy pipeline, offsets back."""

from dateline.language.cleaning import Cleaned, clean
from dateline.language.columns import Columns, columns, sentences
from dateline.language.identify import identify
from dateline.language.notes import (
    Notes,
    Segment,
    indices_at,
    notes,
    span_at,
    span_of,
    text_of,
    tokens_at,
)
from dateline.language.offsets import OffsetMap
from dateline.language.pipeline import (
    load,
    model_version,
    parse,
    parse_all,
    parse_part,
)

__all__ = [
    "Cleaned",
    "Columns",
    "Notes",
    "OffsetMap",
    "Segment",
    "clean",
    "columns",
    "identify",
    "indices_at",
    "load",
    "model_version",
    "notes",
    "parse",
    "parse_all",
    "parse_part",
    "sentences",
    "span_at",
    "span_of",
    "text_of",
    "tokens_at",
]
