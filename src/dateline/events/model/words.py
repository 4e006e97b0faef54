"""The word vectors of the event model, for other encoders that were trained over the same ones.

They are read from the ONNX file itself, by a reader of the few fields of its
format (Protocol Buffers) that lead to a stored tensor.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from dateline.errors import SetupError
from dateline.events.model.model import blobs

PIECES = 30522
"""Word pieces of the vocabulary; the rows behind them are the event model's marks."""
GRAPH, TENSOR, NAME, RAW = 7, 5, 8, 9
"""Numbers of the fields: the graph of a model, the tensors of a graph, name and bytes of a tensor."""


def vectors() -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Return the vectors as whole numbers, ``(pieces, size)``, and their scales, ``(pieces, 1)``.

    Raises:
        SetupError: the file of the event model is missing, damaged or without them.
    """
    blob = memoryview(blobs()["event_model.onnx"])
    whole = np.frombuffer(tensor(blob, "words.q"), np.int8)
    scale = np.frombuffer(tensor(blob, "words.s"), np.float32)[:PIECES, None]
    size = len(whole) // len(tensor(blob, "words.s")) * 4
    return whole[: PIECES * size].reshape(PIECES, size).copy(), scale.copy()


def vocabulary() -> list[str]:
    """Return the word pieces in the order of the vectors."""
    return blobs()["vocabulary.txt"].decode("utf-8").splitlines()


def tensor(blob: memoryview, name: str) -> memoryview:
    """Return the bytes of a stored tensor of an ONNX model.

    Raises:
        SetupError: the model has none of that name.
    """
    for graph in _fields(blob, GRAPH):
        for stored in _fields(graph, TENSOR):
            if any(bytes(found) == name.encode() for found in _fields(stored, NAME)):
                return next(_fields(stored, RAW))
    raise SetupError(f"the event model has no tensor {name!r}; reinstall dateline")


def _fields(message: memoryview, wanted: int) -> Iterator[memoryview]:
    """Yield the values of a field of a message, of those that have a length of their own."""
    at = 0
    while at < len(message):
        key, at = _number(message, at)
        field, kind = key >> 3, key & 7
        if kind == 2:
            size, at = _number(message, at)
            if field == wanted:
                yield message[at : at + size]
            at += size
        elif kind == 0:
            _, at = _number(message, at)
        else:
            at += 8 if kind == 1 else 4


def _number(message: memoryview, at: int) -> tuple[int, int]:
    """Return a number of variable length and where it ends."""
    value = shift = 0
    while True:
        byte = message[at]
        value |= (byte & 127) << shift
        at, shift = at + 1, shift + 7
        if byte < 128:
            return value, at
