"""A sentence with marked spans as the token ids the encoder reads.

The same code prepares the sentences at run time and in training, so that the
two cannot drift apart. Marks are tokens of their own, put in at the offsets of
the source, the target and the trigger; the text between two marks is cut into
word pieces by the ``tokenizers`` library.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dateline.wordpieces import WordPieces

Offsets = tuple[int, int]

MAX_TOKENS = 128
"""Longest input, in word pieces; news sentences of up to about 90 words fit."""
WINDOW = 600
"""Characters kept on either side of the marked words in a longer text."""
ROLES = ("source", "target", "trigger")
MARKS = ("[S]", "[/S]", "[T]", "[/T]", "[E]", "[/E]")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence and the words in question, in offsets of ``text``; ``None`` where unknown."""

    text: str
    source: Offsets | None = None
    target: Offsets | None = None
    trigger: Offsets | None = None

    def __post_init__(self) -> None:
        """Check the offsets.

        Raises:
            ValueError: a span is empty, reversed or outside the text.
        """
        for role, span in zip(ROLES, self.spans, strict=True):
            if span is not None and not 0 <= span[0] < span[1] <= len(self.text):
                raise ValueError(f"{role} {span} is no span of a text of {len(self.text)}")

    @property
    def spans(self) -> tuple[Offsets | None, Offsets | None, Offsets | None]:
        """Source, target and trigger."""
        return self.source, self.target, self.trigger


@dataclass(frozen=True, slots=True)
class Encoded:
    """What the encoder reads for one sentence."""

    ids: NDArray[np.int64]
    """Token ids, shape ``(tokens,)``."""
    pools: NDArray[np.float32]
    """Shape ``(3, tokens)``: where the source mark, the target mark and the trigger's
    pieces stand. A row sums to 1, or to 0 where the candidate has no such span."""
    marks: int
    """Id of the first mark: ids from here on are marks, not words."""


class Encoder:
    """Turns candidates into ids with a vocabulary of word pieces."""

    def __init__(self, vocabulary: Sequence[str]) -> None:
        self._words = WordPieces(vocabulary)
        ids = self._words.ids
        self._cls, self._sep, self._marks = ids["[CLS]"], ids["[SEP]"], len(ids)

    def encode(self, candidate: Candidate) -> Encoded:
        """Return ids and pools of one candidate."""
        text, spans = _window(candidate)
        pieces, within = self._pieces(text, _cuts(spans))
        kept = _kept(pieces, MAX_TOKENS - 2, self._marks)
        ids = [self._cls, *pieces[kept], self._sep]
        inside = [False, *within[kept], False]
        return Encoded(np.array(ids, np.int64), self._pools(ids, inside), self._marks)

    def _pieces(self, text: str, cuts: list[tuple[int, int]]) -> tuple[list[int], list[bool]]:
        """Return ids, and of each whether it stands inside the trigger."""
        ids: list[int] = []
        within: list[bool] = []
        at, inside = 0, False
        for offset, mark in [*cuts, (len(text), -1)]:
            for word in text[at:offset].split(" "):  # no piece reaches over a space
                ids.extend(self._words.of(word))
            within.extend([inside] * (len(ids) - len(within)))
            at = offset
            if mark >= 0:
                ids.append(self._marks + mark)
                within.append(False)
                inside = inside if mark < 4 else mark == 4
        return ids, within

    def _pools(self, ids: list[int], inside: list[bool]) -> NDArray[np.float32]:
        pools = np.zeros((3, len(ids)), np.float32)
        for row, mark in enumerate((self._marks, self._marks + 2)):
            if mark in ids:
                pools[row, ids.index(mark)] = 1.0
        pools[2] = inside
        return np.asarray(pools / np.maximum(pools.sum(axis=1, keepdims=True), 1.0), np.float32)


def _cuts(spans: Sequence[Offsets | None]) -> list[tuple[int, int]]:
    """Return offset and mark of every boundary in the order of the text.

    At one offset closing marks come before opening ones, and of two spans that
    open together the longer opens first.
    """
    cuts = []
    for role, span in enumerate(spans):
        if span is not None:
            start, end = span
            cuts.append((start, 1, -end, 2 * role))
            cuts.append((end, 0, -start, 2 * role + 1))
    return [(offset, mark) for offset, _, _, mark in sorted(cuts)]


def _window(candidate: Candidate) -> tuple[str, list[Offsets | None]]:
    """Cut a very long text down to the surroundings of its marked words."""
    text, spans = candidate.text, list(candidate.spans)
    known = [span for span in spans if span is not None]
    first = min((start for start, _ in known), default=0)
    low = max(0, first - WINDOW)
    high = min(len(text), first + 2 * WINDOW)
    kept = [_inside(span, low, high) for span in spans]
    return text[low:high], kept


def _inside(span: Offsets | None, low: int, high: int) -> Offsets | None:
    if span is None or span[0] >= high:
        return None
    return span[0] - low, min(span[1], high) - low


def _kept(pieces: list[int], room: int, marks: int) -> slice:
    """Return the ``room`` pieces around the marks; a mark that falls outside is lost."""
    if len(pieces) <= room:
        return slice(None)
    at = [n for n, i in enumerate(pieces) if i >= marks] or [0]
    middle = (at[0] + min(at[-1], at[0] + room)) // 2
    start = min(max(0, middle - room // 2), len(pieces) - room)
    return slice(start, start + room)
