"""A parsed sentence as the ids that the cue reader reads.

The same code prepares the sentences at run time and in training, so that the
two cannot drift apart. Every token of the parse is cut into word pieces by
itself; each piece carries the dependency label and the tag of its token and
whether it stands inside quotation marks.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from dateline.wordpieces import WordPieces

MAX_PIECES = 128
"""Longest input, in word pieces with the two marks at its ends."""
STEP = 64
"""Word pieces from one window of a longer sentence to the next."""
CONTEXT = 16
"""Word pieces at the end of a window whose tokens the next one reads."""
OTHER = 0
"""Id of a label that the training set does not have."""

Ids = NDArray[np.int64]


class Parsed(Protocol):
    """The columns of a parsed report that are read, one entry a token."""

    @property
    def words(self) -> Sequence[str]:
        """The tokens as they stand."""

    @property
    def dep(self) -> Sequence[str]:
        """Their dependency labels."""

    @property
    def tag(self) -> Sequence[str]:
        """Their tags."""

    @property
    def pos(self) -> Sequence[str]:
        """Their parts of speech."""

    @property
    def quoted(self) -> Sequence[int]:
        """Number of the quotation that holds each, or below 0."""


@dataclass(frozen=True, slots=True)
class Window:
    """A sentence, or a part of a very long one, as ids; all arrays are of one length but ``places``."""

    pieces: Ids
    deps: Ids
    tags: Ids
    quoted: Ids
    """1 inside quotation marks, 0 outside."""
    tokens: tuple[int, ...]
    """The tokens that are to be judged by this window."""
    places: Ids
    """Where the first piece of each of them stands."""


@dataclass(frozen=True, slots=True)
class Labels:
    """Ids of dependency labels and of tags, from 1 on."""

    dep: Mapping[str, int]
    tag: Mapping[str, int]


class Encoder:
    """Turns sentences of a parsed report into windows of ids."""

    def __init__(self, vocabulary: Sequence[str], labels: Labels) -> None:
        self._words = WordPieces(vocabulary)
        ids = self._words.ids
        self._cls, self._sep, self._unknown = ids["[CLS]"], ids["[SEP]"], ids["[UNK]"]
        self._labels = labels

    def windows(
        self, parsed: Parsed, first: int, last: int, wanted: Sequence[int] | None = None
    ) -> Iterator[Window]:
        """Yield the windows of the sentence of the tokens ``first`` to ``last`` (without it).

        ``wanted``: the tokens to be judged; all of them if none are named. White space is left out.
        """
        pieces, deps, tags, quoted = [self._cls], [0], [0], [0]
        start: dict[int, int] = {}
        for t in range(first, last):
            if parsed.pos[t] == "SPACE":
                continue
            start[t] = len(pieces)
            found = self._words.of(parsed.words[t]) or (self._unknown,)
            pieces += found
            deps += [self._labels.dep.get(parsed.dep[t], OTHER)] * len(found)
            tags += [self._labels.tag.get(parsed.tag[t], OTHER)] * len(found)
            quoted += [int(parsed.quoted[t] >= 0)] * len(found)
        left = [t for t in (range(first, last) if wanted is None else wanted) if t in start]
        for low, high in _bounds(len(pieces)):
            end = high if high == len(pieces) else high - CONTEXT
            here = tuple(t for t in left if low <= start[t] < end)
            left = [t for t in left if start[t] >= end]
            if here:
                yield Window(
                    np.array([*pieces[low:high], self._sep], np.int64),
                    np.array([*deps[low:high], 0], np.int64),
                    np.array([*tags[low:high], 0], np.int64),
                    np.array([*quoted[low:high], 0], np.int64),
                    here,
                    np.array([start[t] - low for t in here], np.int64),
                )


def _bounds(pieces: int) -> list[tuple[int, int]]:
    """Return where the windows of so many pieces begin and end."""
    room = MAX_PIECES - 1
    starts = [0]
    while starts[-1] + room < pieces:
        starts.append(starts[-1] + STEP)
    return [(start, min(start + room, pieces)) for start in starts]
