"""Embeddings of words, computed once a word.

The embedding layers of spaCy's small pipelines (``MultiHashEmbed``) know nothing of a
token's neighbours: each is a function of the word, its norm and whether a space
follows. They are kept here by word, and only what comes after them runs for every
token. A word's embedding is bit for bit what the layer gives for it in any batch.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.attrs import IS_SPACE, NORM, ORTH, PREFIX, SHAPE, SPACY, SUFFIX
from spacy.tokens import Doc
from spacy.vocab import Vocab

MOST = 1 << 16
"""Words that are kept; where more come, all are forgotten and computed anew."""
COLUMNS = {"NORM", "PREFIX", "SUFFIX", "SHAPE", "SPACY", "IS_SPACE"}
"""Features of a token that depend on its word, norm and following space alone."""

Rows = NDArray[np.int64]
Key = tuple[int, int, int]


def embeds_words(layer: Any) -> bool:
    """Return whether an embedding layer is one that can be computed once a word."""
    first = layer.layers[0] if layer.layers else layer
    return first.name == "extract_features" and set(first.attrs["columns"]) <= COLUMNS


class Table:
    """The embeddings of one layer, a row a word.

    ``layer`` is a ``MultiHashEmbed`` model without vectors: ``list[Doc]`` to
    ``list[float32 (tokens, width)]``.
    """

    def __init__(self, layer: Any) -> None:
        self._columns: list[str] = layer.layers[0].attrs["columns"]
        self._layers = layer.layers[1:]
        width = layer.get_dim("nO")
        self._rows: NDArray[np.float32] = np.zeros((1024, width), dtype=np.float32)

    def put(self, start: int, features: NDArray[np.uint64]) -> None:
        """Compute the rows from ``start`` on; ``features`` has the columns of ``FEATURES``."""
        end = start + len(features)
        if end > len(self._rows):
            grown = np.zeros((max(end, 2 * len(self._rows)), self._rows.shape[1]), np.float32)
            grown[:start] = self._rows[:start]
            self._rows = grown
        picked = features[:, [FEATURES.index(name) for name in self._columns]]
        values: Any = [np.ascontiguousarray(picked)]
        for layer in self._layers:
            values = layer.predict(values)
        self._rows[start:end] = values[0]

    def at(self, rows: Rows) -> NDArray[np.float32]:
        """Return the embeddings of rows: float32 (tokens, width)."""
        return self._rows[rows]


FEATURES = ("NORM", "PREFIX", "SUFFIX", "SHAPE", "SPACY", "IS_SPACE")
IDS = {"PREFIX": PREFIX, "SUFFIX": SUFFIX, "SHAPE": SHAPE, "IS_SPACE": IS_SPACE}


class Words:
    """The words seen so far, and their rows in one or more tables."""

    def __init__(self, vocab: Vocab, layers: Sequence[Any]) -> None:
        self._vocab = vocab
        self._rows: dict[Key, int] = {}
        self.tables = tuple(Table(layer) for layer in layers)

    def rows(self, docs: Sequence[Doc]) -> list[Rows]:
        """Return the row of each token of each ``Doc``, computing those of new words."""
        keys: list[list[Key]] = [
            list(map(tuple, doc.to_array([ORTH, NORM, SPACY]).tolist())) for doc in docs
        ]
        if len(self._rows) > MOST:
            self._rows.clear()
        known = self._rows
        new = list(dict.fromkeys(key for found in keys for key in found if key not in known))
        if new:
            start = len(known)
            features = np.array([self._features(key) for key in new], dtype=np.uint64)
            for table in self.tables:
                table.put(start, features)
            known.update(zip(new, range(start, start + len(new)), strict=True))
        return [np.array([known[key] for key in found], dtype=np.int64) for found in keys]

    def _features(self, key: Key) -> tuple[int, ...]:
        orth, norm, space = key
        word = self._vocab[orth]
        return (norm, word.prefix, word.suffix, word.shape, space, int(word.is_space))
