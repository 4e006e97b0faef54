"""The pipeline, batch by batch, with the swift parts where they stand for spaCy's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from threading import Lock
from typing import Any

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

from dateline.language.swift.attributes import Attributes, rules_of_words
from dateline.language.swift.encoder import Encoder, encodes_windows
from dateline.language.swift.entities import Entities, decides_alike
from dateline.language.swift.threads import ONE_THREAD
from dateline.language.swift.transitions import Arcs, moves_alike
from dateline.language.swift.words import Words, embeds_words

ORDER = ("tok2vec", "tagger", "parser", "attribute_ruler", "lemmatizer", "ner")
"""The pipeline that the swift parts know."""

WORDS = 20_000
"""Tokens that are parsed at once: the parser's model takes four kilobytes for each."""


class Backbone:
    """Annotates texts as ``nlp.pipe`` does.

    ``swift`` says whether the swift parts do it: for a pipeline that is built of other
    parts spaCy does all of it.
    """

    def __init__(self, nlp: Language) -> None:
        self.nlp = nlp
        self.swift = is_known(nlp)
        self._steps = Swift(nlp) if self.swift else None

    def pipe(self, texts: Iterable[str], *, batch_size: int) -> Iterator[Doc]:
        """Yield the annotated ``Doc`` of each text, ``batch_size`` texts at a time."""
        if self._steps is None:
            yield from self.nlp.pipe(texts, batch_size=batch_size)
            return
        pending = iter(texts)
        while batch := list(islice(pending, batch_size)):
            docs = [self.nlp.make_doc(text) for text in batch]
            self._steps([doc for doc in docs if len(doc)])
            yield from docs


def is_known(nlp: Language) -> bool:
    """Return whether a pipeline is built of the parts that the swift ones stand for."""
    if tuple(nlp.pipe_names) != ORDER:
        return False
    shared, ner = _part(nlp, "tok2vec").model, _part(nlp, "ner")
    own = ner.model.layers[0].layers
    return bool(
        len(shared.layers) == 2
        and embeds_words(shared.layers[0])
        and encodes_windows(shared.layers[1])
        and decides_alike(ner)
        and len(own[0].layers) == 2
        and embeds_words(own[0].layers[0])
        and encodes_windows(own[0].layers[1])
        and moves_alike(_part(nlp, "parser"))
        and _part(nlp, "lemmatizer").mode == "rule"
        and rules_of_words(_part(nlp, "attribute_ruler"))
    )


def _part(nlp: Language, name: str) -> Any:
    return nlp.get_pipe(name)


def look_up(lemmatizer: Any) -> None:
    """Let a rule lemmatizer look words up in sets, where it searches lists of thousands."""
    table = lemmatizer.lookups.get_table("lemma_index")
    for part_of_speech, words in list(table.items()):
        if isinstance(words, list):
            table[part_of_speech] = frozenset(words)


def groups(docs: Sequence[Doc]) -> Iterator[list[Doc]]:
    """Yield documents that have ``WORDS`` tokens together at most, in order; a longer one alone."""
    found: list[Doc] = []
    size = 0
    for doc in docs:
        if found and size + len(doc) > WORDS:
            yield found
            found, size = [], 0
        found.append(doc)
        size += len(doc)
    if found:
        yield found


class Swift:
    """The steps of a known pipeline on documents that hold tokens."""

    def __init__(self, nlp: Language) -> None:
        self._tok2vec, self._tagger = _part(nlp, "tok2vec"), _part(nlp, "tagger")
        self._arcs = Arcs(_part(nlp, "parser"))
        ner = _part(nlp, "ner")
        embed, encode = self._tok2vec.model.layers
        self._encode = Encoder(encode)
        own, *rest = ner.model.layers[0].layers
        own_embed, own_encode = own.layers
        self._own = (Encoder(own_encode), *rest)
        self._words = Words(nlp.vocab, (embed, own_embed))
        lemmatizer = _part(nlp, "lemmatizer")
        look_up(lemmatizer)
        self._attributes = Attributes(_part(nlp, "attribute_ruler"), lemmatizer)
        self._entities = Entities(ner)
        self._lock = Lock()

    def __call__(self, docs: list[Doc]) -> None:
        """Annotate ``docs`` in place; of several threads one at a time, for buffers are used again."""
        if docs:
            with self._lock, ONE_THREAD:
                self._annotate(docs)

    def _annotate(self, docs: list[Doc]) -> None:
        rows = self._words.rows(docs)
        shared, own = self._words.tables
        self._tok2vec.set_annotations(docs, self._encode.predict([shared.at(r) for r in rows]))
        self._tagger.set_annotations(docs, self._tagger.predict(docs))
        for some in groups(docs):
            self._arcs.annotate(some)
        for doc in docs:
            self._attributes(doc)
        vectors: Any = [own.at(r) for r in rows]
        for layer in self._own:
            vectors = layer.predict(vectors)
        for doc, found in self._entities.find(docs, np.asarray(vectors)):
            doc.set_ents(found, default="outside")
