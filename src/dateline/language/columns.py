"""The tokens of a ``Doc`` as plain lists, made once and shared by all stages.

Reading an entry of a list costs a small part of what making a ``Token`` and asking it costs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import pairwise
from typing import Any, cast

from spacy.tokens import Doc, Span

STRINGS = ("ORTH", "LOWER", "LEMMA", "POS", "TAG", "DEP", "ENT_TYPE")
NUMBERS = ("HEAD", "SENT_START")
KEPT = "dateline_columns"
"""Where a ``Doc`` keeps its columns."""
MASK = (1 << 64) - 1
"""Keys of spaCy's strings have no sign."""


class Columns:
    """One entry a token in each list.

    Attributes:
        text, lower, lemma, pos, tag, dep, ent: as ``Token.text``, ``lower_``, ``lemma_``,
            ``pos_``, ``tag_``, ``dep_`` and ``ent_type_``.
        base: ``lemma`` in lower case.
        head: number of the head of each token; the token itself at a root.
        starting: 1 where a sentence begins (the first token may have 0).
    """

    def __init__(self, doc: Doc) -> None:
        self.n = len(doc)
        names: list[int | str] = [*STRINGS, *NUMBERS]
        table = doc.to_array(names).astype("int64").T.tolist() if self.n else [[] for _ in names]
        strings, known = doc.vocab.strings, dict[int, str]()
        for key in {key for column in table[: len(STRINGS)] for key in column}:
            known[key] = strings[key & MASK]
        columns = [[known[key] for key in column] for column in table[: len(STRINGS)]]
        self.text, self.lower, self.lemma, self.pos, self.tag, self.dep, self.ent = columns
        self.base = [lemma.lower() for lemma in self.lemma]
        offsets, self.starting = table[len(STRINGS) :]
        self.head: list[int] = [i + offset for i, offset in enumerate(offsets)]

    @cached_property
    def sentences(self) -> list[tuple[int, int]]:
        """First token of each sentence, and the one behind its last."""
        begins = [i for i, mark in enumerate(self.starting) if i and mark == 1]
        return list(pairwise([0, *begins, self.n])) if self.n else []

    @cached_property
    def sentence(self) -> list[int]:
        """Number of the sentence of each token."""
        return numbers(self.sentences)

    def above(self, token: int) -> list[int]:
        """Return a token and the words that it hangs on, nearest first, up to the root."""
        line, head = [token], self.head
        while head[token] != token:
            token = head[token]
            line.append(token)
        return line

    @cached_property
    def forms(self) -> frozenset[str]:
        """All words and lemmas, in lower case."""
        return frozenset(self.lower).union(self.base)


def numbers(ranges: Sequence[tuple[int, int]]) -> list[int]:
    """Return for each token the number of the range that holds it; the ranges follow one another."""
    return [number for number, (start, end) in enumerate(ranges) for _ in range(start, end)]


def sentences(doc: Doc) -> Iterator[Span]:
    """Yield the sentences as ``Doc.sents`` does, without looking for their ends again."""
    for start, end in columns(doc).sentences:
        yield doc[start:end]


def columns(doc: Doc) -> Columns:
    """Return the columns of a parsed document; nothing in them may change."""
    user_data: dict[Any, Any] = doc.user_data
    known = user_data.get(KEPT)
    if known is None:
        known = user_data[KEPT] = Columns(doc)
    return cast(Columns, known)
