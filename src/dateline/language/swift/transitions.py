"""The dependency parser's decisions, many texts at a time.

spaCy's parser (arc-eager, with the non-monotonic moves of spaCy 3) takes each text
through a row of states and chooses a move in each. The states of a text depend on one
another, those of two texts do not: so a step is taken here in over a hundred texts at
once, the longest first, and where one ends the next begins. spaCy's own loop does
the same arithmetic state by state and asks for Python's lock at every addition. Moves,
constraints and arithmetic are those of ``spacy.pipeline._parser_internals.arc_eager``
and ``spacy.ml.parser_model``, in the same order.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.attrs import DEP, HEAD
from spacy.pipeline._parser_internals.nonproj import (  # type: ignore[import-not-found]
    DELIMITER,
    deprojectivize,
)
from spacy.tokens import Doc

from dateline.language.swift.scoring import NEVER, Floats, Parts, Scores, scores_alike

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

TOGETHER = 128
"""Texts that take a step at once."""
PAYS = 16
"""How many times as long as the longest text all are together, for steps taken at once to pay."""
FEATURES = 8
"""Words of a state that the model reads."""
SHIFT, REDUCE, LEFT, RIGHT, BREAK = range(5)
MOVES = "SDLRB"
"""First letters of the names of the classes."""
BELOW = 3
"""Places under a stack that hold no word, so that its third word can always be asked for."""


def moves_alike(pipe: Any) -> bool:
    """Return whether a parser is built as the one whose decisions stand here."""
    if not scores_alike(pipe, FEATURES):
        return False
    names = [pipe.moves.get_class_name(n) for n in range(pipe.moves.n_moves)]
    kinds = [MOVES.find(name[0]) for name in names]
    return bool(
        kinds == sorted(kinds)
        and set(kinds) == set(range(len(MOVES)))
        and not any(name.endswith("-subtok") for name in names)
        and list(pipe.postprocesses) == [deprojectivize]
    )


class States:
    """Where the parser stands in each of some texts.

    Words are numbered through all texts from 1; 0 is no word. The words of stacks and of
    what was put back before the rest of a text lie in two flat arrays, a stretch a text.
    """

    def __init__(self, lengths: Ints) -> None:
        words = int(lengths.sum()) + 1
        places = lengths + BELOW + 1
        self.low: Ints = np.cumsum(places) - places + BELOW - 1
        """Of each text: the place below the lowest word of its stack."""
        self.stack: Ints = np.zeros(int(places.sum()), np.int64)
        self.back: Ints = np.zeros(int(places.sum()), np.int64)
        self.depth: Ints = np.zeros(len(lengths), np.int64)
        self.waiting: Ints = np.zeros(len(lengths), np.int64)
        """Number of words that were put back."""
        self.end: Ints = 1 + np.cumsum(lengths)
        self.next: Ints = self.end - lengths
        self.heads: Ints = np.zeros(words, np.int64)
        self.classes: Ints = np.zeros(words, np.int64)
        """The class of the move that gave a word its head."""
        self.last_left: Ints = np.zeros(words, np.int64)
        self.last_right: Ints = np.zeros(words, np.int64)
        self.right_before: Ints = np.zeros(words, np.int64)
        """The right child of the same head before this one."""
        self.put_back: Bools = np.zeros(words, np.bool_)
        self.starts: Bools = np.zeros(words, np.bool_)
        """Words that begin a sentence by a move."""


class Step:
    """The states of the texts ``at``, taken apart for one move each."""

    def __init__(self, states: States, at: Ints) -> None:
        self.states, self.at = states, at
        self.depth, waiting = states.depth[at], states.waiting[at]
        following, end, low = states.next[at], states.end[at], states.low[at]
        self.top = low + self.depth
        self.top_back = low + waiting
        self.has_back = waiting > 0
        self.s0, self.s1 = states.stack[self.top], states.stack[self.top - 1]
        self.s2 = states.stack[self.top - 2]
        first = np.where(following < end, following, 0)
        self.b0 = np.where(self.has_back, states.back[self.top_back], first)
        beyond = following + 1 - waiting
        self.b1 = np.where(
            waiting > 1, states.back[self.top_back - 1], np.where(beyond < end, beyond, 0)
        )
        self.left = end - following + waiting
        """Words that are not yet on the stack."""

    def words(self) -> Ints:
        """Return the words that the model reads of each state: int (features, states)."""
        left, right = self.states.last_left, self.states.last_right
        beside = (left[self.b0], left[self.s0], right[self.s0])
        return np.stack((self.b0, self.b1, self.s0, self.s1, self.s2, *beside))

    def allowed(self) -> tuple[Bools, Bools, Bools, Bools]:
        """Return where a shift, a reduction, an arc and a break are allowed."""
        starts = self.states.starts
        some, several = self.depth > 0, self.left >= 2
        inside = ~starts[self.b0]
        shift = ~some | (several & inside & ~self.states.put_back[self.b0])
        arc = some & inside & (self.left > 0)
        return shift, some, arc, several & (self.b1 == self.b0 + 1) & ~starts[self.b1]

    def take(self, best: Ints, kinds: NDArray[np.int8]) -> Ints:
        """Make the moves of the classes ``best``; return the texts that are not at their end."""
        states, at = self.states, self.at
        right = kinds == RIGHT
        if right.any():
            head, child = self.s0[right], self.b0[right]
            states.heads[child], states.classes[child] = head, best[right]
            states.right_before[child] = states.last_right[head]
            states.last_right[head] = child
        push = right | (kinds == SHIFT)
        if push.any():
            text, back = at[push], self.has_back[push]
            states.stack[self.top[push] + 1] = self.b0[push]
            states.depth[text] += 1
            states.waiting[text] -= back
            states.next[text] += ~back
        left = kinds == LEFT
        if left.any():
            self._left(left, best)
        reduced = kinds == REDUCE
        states.depth[at[left | reduced]] -= 1
        again = reduced & (states.heads[self.s0] == 0) & (self.depth != 1)
        if again.any():
            states.put_back[self.s0[again]] = True
            states.back[self.top_back[again] + 1] = self.s0[again]
            states.waiting[at[again]] += 1
        breaks = kinds == BREAK
        if breaks.any():
            states.starts[self.b1[breaks]] = True
        left_over = states.end[at] - states.next[at] + states.waiting[at]
        return at[(states.depth[at] > 0) | (left_over > 0)]

    def _left(self, left: Bools, best: Ints) -> None:
        """Give the stack's top a head in what follows, in the place of one it has.

        The head it has stands right below it on the stack and has got no child since, so
        that it is the last right child of that head.
        """
        states = self.states
        head, child = self.b0[left], self.s0[left]
        former = states.heads[child]
        has = former > 0
        states.last_right[former[has]] = states.right_before[child[has]]
        states.heads[child], states.classes[child] = head, best[left]
        states.last_left[head] = child
        states.put_back[head] = False


class Arcs:
    """Finds heads and labels as spaCy's parser would.

    ``pipe`` is the parser; ``moves_alike(pipe)`` holds.
    """

    def __init__(self, pipe: Any) -> None:
        self._pipe = pipe
        self._inner = pipe.model.layers[0]
        self._parts = Parts(pipe)
        self._parts.lend(pipe)
        self._scores = Scores(pipe.model)
        names = [pipe.moves.get_class_name(n) for n in range(pipe.moves.n_moves)]
        self._kinds = np.array([MOVES.index(name[0]) for name in names], np.int8)
        self._from = [*np.searchsorted(self._kinds, range(len(MOVES))).tolist(), len(names)]
        strings = pipe.vocab.strings
        labels = [name[2:] for name in names]
        self._labels = np.array([strings.add(label) for label in labels], np.uint64)
        self._raised = np.array([DELIMITER in label for label in labels])
        """Labels that stand for a head further up or down the tree."""
        self._root = strings.add("ROOT")

    def annotate(self, docs: Sequence[Doc]) -> None:
        """Set heads, labels and sentence starts of documents with one word or more.

        Where steps taken at once do not pay, spaCy's own loop goes through one text after another,
        which gives the same.
        """
        lengths = np.array([len(doc) for doc in docs], np.int64)
        if lengths.sum() >= PAYS * lengths.max():
            self._together(docs, lengths)
            return
        for doc in docs:
            self._pipe.set_annotations([doc], self._pipe.predict([doc]))

    def _together(self, docs: Sequence[Doc], lengths: Ints) -> None:
        vectors = self._inner.predict(docs)
        states = States(lengths)
        self._run(states, lengths, vectors)
        labels = self._labels[states.classes]
        labels[states.heads == 0] = self._root
        offsets = states.heads - np.arange(len(states.heads))
        offsets[states.heads == 0] = 0
        raised = self._raised[states.classes] & (states.heads > 0)
        table: Any = np.stack([offsets.astype(np.uint64), labels], axis=1)
        end = 1
        for doc in docs:
            start, end = end, end + len(doc)
            doc.from_array([HEAD, DEP], table[start:end])
            if raised[start:end].any():
                deprojectivize(doc)

    def _run(self, states: States, lengths: Ints, vectors: Floats) -> None:
        parts = self._parts(vectors, lengths.tolist())
        cached = parts.reshape(-1, parts.shape[-1])
        order = np.argsort(-lengths, kind="stable")
        at, begun = order[:TOGETHER], TOGETHER
        while len(at):
            step = Step(states, at)
            read = step.words() * FEATURES + np.arange(FEATURES)[:, None]
            scores = self._scores(np.add.reduce(cached.take(read, axis=0), axis=0))
            best, kinds = self._best(scores, step)
            at = step.take(best, kinds)
            if len(at) < TOGETHER and begun < len(order):
                more = order[begun : begun + TOGETHER - len(at)]
                at, begun = np.concatenate([at, more]), begun + len(more)

    def _best(self, scores: Floats, step: Step) -> tuple[Ints, NDArray[np.int8]]:
        """Return the class of the best move that is allowed, and its kind."""
        shift, reduce, arc, breaks = step.allowed()
        begin = self._from
        scores[~shift, begin[SHIFT] : begin[REDUCE]] = NEVER
        scores[~reduce, begin[REDUCE] : begin[LEFT]] = NEVER
        scores[~arc, begin[LEFT] : begin[BREAK]] = NEVER
        scores[~breaks, begin[BREAK] :] = NEVER
        best: Ints = scores.argmax(axis=1)
        return best, self._kinds[best]
