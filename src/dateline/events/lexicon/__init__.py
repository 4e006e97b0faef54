"""The event lexicon as data: which words name which act, with which arguments."""

from dateline.events.lexicon.loader import Entry, Lexicon, load_lexicon

__all__ = ["Entry", "Lexicon", "load_lexicon"]
