"""Where the lexicon and the model meet: one seam, with and without the model.

The event stage finds candidates by lexicon and parse and hands each over with
what the lexicon reads in it and how sure it is. ``LexiconOnly`` gives that
back as it is; ``WithModel`` pools it with the model's probabilities, as two
witnesses who do not know of each other: their probabilities are multiplied.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from dateline.events.model.encoding import Candidate
from dateline.events.model.model import DIGITS, EventModel, Prediction, load
from dateline.records import Reason
from dateline.weights import sigmoid

FLOOR = 0.001
"""Least probability of a type: no witness alone can rule one out."""
VETO = 0.06
"""A candidate is dropped where the joint probability of a political event is below this."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What the lexicon says of a candidate."""

    type: str
    """PLOVER type, in PLOVER's own reading (``plover_type``)."""
    sure: float
    """0 to 1: how often an entry of this kind is right."""
    rule: str = ""
    """Id of the lexicon entry."""
    others: frozenset[str] = frozenset()
    """Types that the lexicon reads in the other acts of the sentence."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What comes of a candidate."""

    type: str
    confidence: float
    """0 to 1: that the type is right."""
    relevant: float = 1.0
    """0 to 1: that it is a political event, by the model."""
    dropped: bool = False
    """General news that only sounds like an event."""
    why: tuple[Reason, ...] = ()


class Judge(Protocol):
    """Decides the type of candidates; the one seam between lexicon and model."""

    asks: bool
    """Whether there is a model to ask."""

    def judge(self, cases: Sequence[tuple[Candidate, Reading]]) -> list[Judgement]:
        """Return one judgement a case, in order."""

    def propose(self, candidates: Sequence[Candidate]) -> list[Prediction | None]:
        """Return what the model says of words that no entry names; ``None`` without a model."""


class LexiconOnly:
    """Takes the lexicon at its word."""

    asks = False

    def judge(self, cases: Sequence[tuple[Candidate, Reading]]) -> list[Judgement]:
        """Return the readings as judgements."""
        return [Judgement(type=r.type, confidence=r.sure) for _, r in cases]

    def propose(self, candidates: Sequence[Candidate]) -> list[Prediction | None]:
        """Return nothing for each."""
        return [None] * len(candidates)


class WithModel:
    """Pools the lexicon's reading with the model's probabilities.

    Args:
        model: the event model; ``None``: the packaged one, loaded at the first case.
        weight: how much the model counts beside the lexicon; 1: as much.
        veto: the joint probability of a political event below which a candidate is dropped.
    """

    asks = True

    def __init__(
        self, model: EventModel | None = None, *, weight: float = 1.0, veto: float = VETO
    ) -> None:
        self._model, self._weight, self._veto = model, weight, veto

    def judge(self, cases: Sequence[tuple[Candidate, Reading]]) -> list[Judgement]:
        """Return the pooled judgements."""
        if not cases:
            return []
        said = self._loaded().predict([candidate for candidate, _ in cases])
        return [
            self._pooled(reading, prediction)
            for (_, reading), prediction in zip(cases, said, strict=True)
        ]

    def propose(self, candidates: Sequence[Candidate]) -> list[Prediction | None]:
        """Return the model's predictions."""
        return [*self._loaded().predict(candidates)] if candidates else []

    def _loaded(self) -> EventModel:
        self._model = self._model or load()
        return self._model

    def _pooled(self, reading: Reading, said: Prediction) -> Judgement:
        probs = pool(reading, said, self._weight)
        best = min(probs, key=lambda name: (-probs[name], name))
        is_event = _both(said.relevant, reading.sure)
        return Judgement(
            type=best,
            confidence=round(probs[best], DIGITS),
            relevant=said.relevant,
            dropped=is_event < self._veto,
            why=_reasons(reading, said, best),
        )


def pool(reading: Reading, said: Prediction, weight: float = 1.0) -> dict[str, float]:
    """Return the joint probability of each type.

    The type of another act of the sentence is no witness against this one: "accused the
    neighbour and urged the council to act" has two acts, and the model may mean the other.
    """
    others = max(1, len(said.type_probs) - 1)
    own = said.type_probs.get(reading.type, 0.0)
    raw = {}
    for name, p in sorted(said.type_probs.items()):
        if name in reading.others and name != reading.type:
            p = min(p, own)
        prior = reading.sure if name == reading.type else (1 - reading.sure) / others
        raw[name] = max(prior, FLOOR) * max(p, FLOOR) ** weight
    total = sum(raw.values())
    return {name: value / total for name, value in raw.items()}


def _both(first: float, second: float) -> float:
    """Return the probability that two independent witnesses of a yes or no give together."""
    a, b = (math.log(max(p, FLOOR) / max(1 - p, FLOOR)) for p in (first, second))
    return sigmoid(a + b)


def _reasons(reading: Reading, said: Prediction, best: str) -> tuple[Reason, ...]:
    agreed = "agrees" if best == said.type == reading.type else f"says {said.explain()}"
    return (
        Reason(field="type", rule=reading.rule or "lexicon", weight=reading.sure),
        Reason(
            field="type",
            rule="event-model",
            detail=f"{agreed}; political event {said.relevant:.{DIGITS}f}",
            weight=said.type_probs[best],
        ),
    )
