"""Whether the event model is worth asking: a linear model guesses what it would say.

A pass of the event model costs as much as all rules on a sentence, and most answers are no. From
the word, what hangs on it, who the two are and how they stand to it in the parse, weights foretell
whether the model would find a political event between them; where that is unlikely it is not
asked. The weights stand in ``asking.tsv`` and come from ``training/asking/train.py``, whose teacher
is the event model itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, cached_property
from importlib.resources import files

from spacy.tokens import Token

from dateline.events.lexicon import load_lexicon
from dateline.events.paths import path, route
from dateline.language import Columns, columns, indices_at
from dateline.records import Participant
from dateline.weights import read_version, read_weights, sigmoid

PROMISING = 0.07
"""Least chance that the model finds an event, from which it is asked."""
SETTLED = 0.5
"""Chance from which a pair of the lexicon is taken for one that the model would not change."""
USES = ("find", "fill", "check")
"""An act that the lexicon has not; the missing side of one that it has; another pair than the one it gives."""
UNTOLD = frozenset(("punct", "det"))
"""Dependencies of a verb that say nothing of what it does."""


class Asking:
    """Foretells what the model would say of a word with different participants.

    Args:
        token: the word that may name the act.
        use: one of ``USES``.
        type: PLOVER type of the act by the lexicon; "" where it has none.
    """

    def __init__(self, token: Token, use: str, type: str = "") -> None:
        self._read, self._token, self._use, self._type = columns(token.doc), token, use, type
        self._said: dict[tuple[str, str], tuple[str, ...]] = {}

    def chance(self, actor: Participant | None, recipient: Participant | None) -> float:
        """Return the probability that the model finds a political event of the two, 0 to 1."""
        weights = load_weights()
        found = self.features(actor, recipient)
        return sigmoid(weights["bias"] + sum([weights.get(name, 0.0) for name in found]))

    def features(self, actor: Participant | None, recipient: Participant | None) -> tuple[str, ...]:
        """Return what the weights are asked for, each once and in one order."""
        sides = (*self._of("actor", actor), *self._of("recipient", recipient))
        return (*self._of_word, *sides, *_of_both(actor, recipient))

    @cached_property
    def _of_word(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(_of_word(self._read, self._token, self._use, self._type)))

    def _of(self, side: str, person: Participant | None) -> tuple[str, ...]:
        if person is None:
            return (f"{side} none",)
        key = side, person.id
        if key not in self._said:
            self._said[key] = tuple(_of_person(self._read, self._token, side, person))
        return self._said[key]


def _of_word(read: Columns, token: Token, use: str, type: str) -> Iterator[str]:
    i = token.i
    lemma, lexicon = read.base[i], load_lexicon()
    daily = lemma in lexicon.classes["EVERYDAY"]
    yield f"use={use}"
    yield f"use={use},type={type}"
    yield f"word={lemma}"
    yield f"use={use},word={lemma}"
    yield f"tag={read.tag[i]}"
    yield f"dep={read.dep[i]}"
    yield f"above={read.base[read.head[i]]}"
    yield f"listed={bool(lexicon.verbs.get(lemma))},{daily}"
    for child in token.children:
        dep = read.dep[child.i]
        yield f"has={dep}"
        if dep not in UNTOLD:
            yield f"has={dep}:{read.base[child.i]}"


def _of_both(actor: Participant | None, recipient: Participant | None) -> Iterator[str]:
    if actor is not None and recipient is not None and actor.country and recipient.country:
        yield f"abroad={actor.country != recipient.country}"


def _of_person(read: Columns, token: Token, side: str, person: Participant) -> Iterator[str]:
    yield f"{side} {person.kind},{person.actor is not None}"
    yield f"{side} country={person.country is not None}"
    for sector in person.sectors or ("",):
        yield f"{side} sector={sector}"
    yield f"{side} length={min((person.span.end - person.span.start) // 15, 5)}"
    within = indices_at(token.doc, person.head)
    if within:
        last = within[-1]
        yield f"{side} path={route(read, token.i, *path(read, token.i, last))}"
        yield f"{side} head={read.base[last]}"


@cache
def load_weights() -> dict[str, float]:
    """Return the weight of each feature.

    Raises:
        DataError: a row of the table is not a feature and a whole number.
    """
    return read_weights(files("dateline.events").joinpath("asking.tsv"))


def version() -> str:
    """Return the version of the weights, from the first line of their table."""
    return read_version(files("dateline.events").joinpath("asking.tsv"))
