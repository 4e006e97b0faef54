"""The convolutions over a text's words, in buffers that are used again.

spaCy's ``MaxoutWindowEncoder`` is a chain of residual blocks: a word with its
neighbours, a maxout layer, a layer norm. What is computed here is the same, but for
some hundred words at a time, in memory that stays in the cache, where spaCy asks for new
memory at each step and keeps what only training needs. Texts are set apart by rows of
zeros, as there.

The products are NumPy's (OpenBLAS), which has kernels for processors that spaCy's BLIS
knows nothing of, and is three times as fast there; the last bits of a sum differ between the
two, as they do between processors. Each text is multiplied by itself: what a kernel makes of a
row may depend on where it stands among how many.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

ROWS = 768
"""Rows of the buffers: words and the zeros between texts; a longer text gets larger ones."""
NEIGHBOURS = 3
"""A word, the one before it and the one after it."""
BLOCK = ("expand_window", "maxout", "layernorm")
"""The layers of a residual block; dropout, which does nothing here, is left out."""
TINY = 1e-08
"""What the variance of a row is raised by."""


def encodes_windows(model: Any) -> bool:
    """Return whether a model is an encoder whose arithmetic stands here."""
    if not model.name.startswith("with_array") or len(model.layers) != 1:
        return False
    blocks = model.layers[0].layers
    return bool(
        blocks
        and model.attrs["pad"] >= len(blocks)
        and model.attrs["pad"] // 2 >= len(blocks) - 2
        and all(block.name.startswith("residual") for block in blocks)
        and all(_is_known(list(_leaves(block))) for block in blocks)
    )


def _is_known(layers: Sequence[Any]) -> bool:
    return (
        tuple(layer.name for layer in layers) == BLOCK
        and layers[0].attrs["window_size"] == 1
        and layers[1].get_dim("nI") == NEIGHBOURS * layers[1].get_dim("nO")
    )


def _leaves(model: Any) -> Iterator[Any]:
    """Yield the layers that compute something, in order."""
    if model.layers:
        for layer in model.layers:
            yield from _leaves(layer)
    elif model.name != "dropout":
        yield model


class Block:
    """The weights of a residual block, with the pieces of the maxout one behind the other."""

    def __init__(self, block: Any) -> None:
        _, maxout, norm = _leaves(block)
        weights = maxout.get_param("W")
        width, self.pieces, inputs = weights.shape
        apart = weights.transpose(1, 0, 2).reshape(self.pieces * width, inputs)
        self.weights: Floats = np.ascontiguousarray(apart.T)
        self.bias: Floats = np.ascontiguousarray(maxout.get_param("b").T.reshape(-1))
        self.gain: Floats = norm.get_param("G")
        self.shift: Floats = norm.get_param("b")


class Encoder:
    """Encodes the words of texts; ``encodes_windows(model)`` holds."""

    def __init__(self, model: Any) -> None:
        self._blocks = [Block(block) for block in model.layers[0].layers]
        self._pad: int = model.attrs["pad"]
        self._width = len(self._blocks[0].gain)
        self._grow(ROWS)

    def _grow(self, rows: int) -> None:
        width = self._width
        self._rows: Floats = np.zeros((rows, width), np.float32)
        self._wide: Floats = np.zeros((rows, NEIGHBOURS * width), np.float32)
        pieces = max(block.pieces for block in self._blocks)
        self._summed: Floats = np.zeros(rows * pieces * width, np.float32)
        self._made: Floats = np.zeros((rows, width), np.float32)

    def predict(self, texts: Sequence[Floats]) -> list[Floats]:
        """Return the encoded words of each text.

        Args:
            texts: float32 (words, width) each, with one word or more.
        """
        found: list[Floats] = []
        for group in self._groups(texts):
            need = sum(map(len, group)) + (len(group) + 1) * self._pad
            if need > len(self._rows):
                self._grow(need)
            found += self._encoded(group, need)
        return found

    def _groups(self, texts: Sequence[Floats]) -> Iterator[list[Floats]]:
        """Yield as many texts at a time as the smallest buffers hold; a longer one alone."""
        group: list[Floats] = []
        room = ROWS - self._pad
        for text in texts:
            size = len(text) + self._pad
            if group and size > room:
                yield group
                group, room = [], ROWS - self._pad
            group.append(text)
            room -= size
        if group:
            yield group

    def _encoded(self, group: Sequence[Floats], need: int) -> Iterator[Floats]:
        rows = self._rows[:need]
        rows[: self._pad] = 0
        at = self._pad
        half = self._pad // 2
        edges = [0, at - half]
        for text in group:
            end = at + len(text)
            rows[at:end] = text
            rows[end : end + self._pad] = 0
            at = end + self._pad
            edges.append(at - half)
        edges.append(need)
        for block in self._blocks:
            self._add(block, rows, edges)
        at = self._pad
        for text in group:
            yield rows[at : at + len(text)].copy()
            at += len(text) + self._pad

    def _add(self, block: Block, rows: Floats, edges: Sequence[int]) -> None:
        """Add to each row what a block makes of it and its neighbours.

        Between two ``edges`` stands a text with half of the zeros before and after it. Those beyond
        count for the text only as what the first block makes of zeros, which is the same everywhere.
        """
        size, width = len(rows), self._width
        wide = self._wide[:size]
        wide[0, :width] = 0
        wide[1:, :width] = rows[:-1]
        wide[:, width : 2 * width] = rows
        wide[:-1, 2 * width :] = rows[1:]
        wide[-1, 2 * width :] = 0
        columns = block.pieces * width
        summed = self._summed[: size * columns].reshape(size, columns)
        for start, end in pairwise(edges):
            np.matmul(wide[start:end], block.weights, out=summed[start:end])
        summed += block.bias
        made = self._made[:size]
        made[:] = summed[:, :width]
        for piece in range(1, block.pieces):
            np.maximum(made, summed[:, piece * width : (piece + 1) * width], out=made)
        _normalise(made, spare=summed[:, :width])
        made *= block.gain
        made += block.shift
        rows += made


def _normalise(rows: Floats, *, spare: Floats) -> None:
    """Take the mean out of each row and divide by its deviation, in place, as NumPy's ``var`` sums."""
    width = np.float32(rows.shape[1])
    mean = np.add.reduce(rows, axis=1, keepdims=True)
    mean /= width
    rows -= mean
    squares = np.multiply(rows, rows, out=spare)
    variance = np.add.reduce(squares, axis=1, keepdims=True)
    variance /= width
    variance += TINY
    rows *= variance ** (-1.0 / 2.0)
