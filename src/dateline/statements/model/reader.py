"""The cue reader: how much each word of a sentence looks like the cue of an attribution.

It is asked only about sentences with a candidate that the linear model of cues
neither takes nor refuses for sure, and its answer is weighed against that
model's by a logistic regression of two features. Every sentence runs alone, on
one thread, and results are rounded, as with the event model, whose word
vectors it shares.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from dateline.errors import SetupError
from dateline.inference import session
from dateline.statements.model.encoding import Encoder, Labels, Parsed, Window

WEIGHTS = "dateline.statements.model.weights"
FILE = "cue_reader.onnx"
DIGITS = 3
"""Decimal places of a logit."""


@dataclass(frozen=True, slots=True)
class Weighing:
    """How the two models are put together, in logits; fitted on documents that neither had seen."""

    linear: float
    reader: float
    base: float
    lowest: float
    """The linear model refuses for sure below this."""
    highest: float
    """It takes for sure above this."""
    accept: float
    """Probability from which a word is taken for a cue where the reader can be asked."""

    def unsure(self, logit: float) -> bool:
        """Return whether the linear model leaves a candidate open."""
        return self.lowest <= logit <= self.highest

    def joint(self, linear: float, reader: float) -> float:
        """Return the joint logit."""
        return self.linear * linear + self.reader * reader + self.base


class CueReader:
    """The encoder and its head. Make one with ``load``.

    Args:
        card: what ``write.py`` put down: version, labels, weighing.
        parts: gives the graph, the vocabulary and the word vectors; called when the first sentence is read.
    """

    def __init__(self, card: dict[str, Any], parts: Callable[[], Parts]) -> None:
        self.version: str = card["version"]
        self.weighing = Weighing(**card["weighing"])
        self.passes = 0
        """How many windows were computed."""
        self._labels = Labels(card["deps"], card["tags"])
        self._parts = parts

    @cached_property
    def _opened(self) -> tuple[Encoder, Words, Any]:
        onnx, vocabulary, words = self._parts()
        return Encoder(vocabulary, self._labels), words, session(onnx)

    def read(
        self, parsed: Parsed, first: int, last: int, wanted: Sequence[int]
    ) -> dict[int, float]:
        """Return the logits of tokens of the sentence from ``first`` to ``last``, without that one.

        A token that is white space has none. The answer does not depend on what was read before.
        """
        encoder, _, _ = self._opened
        found: dict[int, float] = {}
        for window in encoder.windows(parsed, first, last, wanted):
            values = self._run(window)
            pairs = zip(window.tokens, values, strict=True)
            found.update((t, round(float(value), DIGITS)) for t, value in pairs)
        return found

    def _run(self, window: Window) -> NDArray[np.float32]:
        self.passes += 1
        _, words, opened = self._opened
        feed = {
            "words": words.rows(window.pieces)[None],
            "deps": window.deps[None],
            "tags": window.tags[None],
            "quoted": window.quoted[None],
            "places": window.places,
        }
        return cast("NDArray[np.float32]", opened.run(["cue"], feed)[0])


@dataclass(frozen=True, slots=True)
class Words:
    """Word vectors as whole numbers with one scale a row: those of the event model."""

    whole: NDArray[np.int8]
    scale: NDArray[np.float32]

    def rows(self, ids: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return the vectors of word pieces."""
        return self.whole[ids].astype(np.float32) * self.scale[ids]


Parts = tuple[bytes, Sequence[str], Words]


@cache
def card() -> dict[str, Any]:
    """Return the card of the weights: version, training data, scores, digests, and how it is weighed."""
    read: dict[str, Any] = json.loads(_bytes("card.json"))
    return read


@cache
def load() -> CueReader:
    """Return the packaged reader, made once a process; its weights load when it first reads.

    Raises:
        SetupError: the card is missing; on reading: a file of the weights is missing or is not the one
            the card names.
    """
    return CueReader(card(), _parts)


def _parts() -> Parts:
    from dateline.events.model.words import vectors, vocabulary

    blob = _bytes(FILE)
    whole, scale = vectors()
    told = card()["sha256"]
    if hashlib.sha256(blob).hexdigest() != told[FILE]:
        raise SetupError(f"{FILE} of the cue reader is damaged; reinstall dateline")
    if hashlib.sha256(whole.tobytes()).hexdigest() != told["words"]:
        raise SetupError("the word vectors are not those of the cue reader; reinstall dateline")
    return blob, vocabulary(), Words(whole, scale)


def _bytes(name: str) -> bytes:
    try:
        return files(WEIGHTS).joinpath(name).read_bytes()
    except FileNotFoundError as error:
        raise SetupError(f"{name} of the cue reader is missing; reinstall dateline") from error
