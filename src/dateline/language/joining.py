"""Paragraphs parsed apart, put together as one ``Doc``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from spacy.attrs import ORTH, SPACY
from spacy.tokens import Doc

ATTRIBUTES: list[int | str] = [
    "SPACY", "ORTH", "NORM", "TAG", "HEAD", "DEP", "ENT_IOB", "ENT_TYPE", "ENT_KB_ID", "ENT_ID",
    "LEMMA", "MORPH", "POS", "SENT_START",
]  # fmt: skip
"""What ``Doc.from_docs`` carries over, but the length, which the word tells."""


def joined(parts: Sequence[Doc]) -> Doc:
    """Return the tokens of ``parts``, at least one, with a space between two of them.

    The same as ``Doc.from_docs``, in a quarter of the time: words go over as their keys.
    """
    arrays = [part.to_array(ATTRIBUTES).reshape(len(part), len(ATTRIBUTES)) for part in parts]
    for part, array in zip(parts[:-1], arrays, strict=False):
        if len(part) and not part[-1].is_space:
            array[-1, 0] = 1
    table = np.concatenate(arrays)
    words: Any = table[:, 1].tolist()
    doc: Any = Doc(parts[0].vocab, words=words, spaces=table[:, 0].astype(bool).tolist())
    doc.from_array([SPACY, ORTH, *ATTRIBUTES[2:]], table)
    return doc  # type: ignore[no-any-return]
