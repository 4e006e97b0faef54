"""The trained reader of cues: a small text encoder that reads a sentence and weighs each word as a cue."""

from dateline.statements.model.reader import CueReader, card, load

__all__ = ["CueReader", "card", "load"]
