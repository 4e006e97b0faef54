"""The trained event model: what a candidate sentence reports, in one pass for all questions.

Every sentence runs alone, on one thread, and results are rounded: a prediction
does not depend on what else is in the batch or on how many threads there are.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dateline.errors import SetupError
from dateline.events.model.encoding import Candidate, Encoder, Offsets
from dateline.inference import session

WEIGHTS = "dateline.events.model.weights"
DIGITS = 3
"""Decimal places of every figure in a prediction."""
KEPT = 512
"""Predictions that are remembered."""
MAX_EXPLAINED = 1000
"""Characters of a text whose words are weighed for an explanation."""


@dataclass(frozen=True, slots=True)
class Prediction:
    """What the model says of one candidate."""

    type_probs: dict[str, float]
    """Calibrated probability of each PLOVER type, were the sentence to report an event;
    the likeliest first. PLOVER's own reading: a promised withdrawal is CONCEDE."""
    relevant: float
    """Probability that this is a political event at all and not general news."""
    conflict: float
    """Probability of conflict as against cooperation."""
    certainty: float | None
    """-3 (certain that it did not happen) to 3 (certain that it did); ``None`` without a trigger."""
    future: float | None
    """Probability that it is yet to happen; ``None`` without a trigger."""

    @property
    def type(self) -> str:
        """The likeliest type."""
        return next(iter(self.type_probs))

    @property
    def confidence(self) -> float:
        """Probability of the likeliest type."""
        return self.type_probs[self.type]

    @property
    def margin(self) -> float:
        """How far the likeliest type is ahead of the next."""
        first, second = list(self.type_probs.values())[:2]
        return round(first - second, DIGITS)

    def explain(self) -> str:
        """Return the three likeliest types with their probabilities, in words."""
        best = list(self.type_probs.items())[:3]
        return ", ".join(f"{name} {value:.{DIGITS}f}" for name, value in best)


class EventModel:
    """The encoder and its heads. Make one with ``load``."""

    def __init__(self, card: dict[str, Any], onnx: bytes, vocabulary: Sequence[str]) -> None:
        self.types: tuple[str, ...] = tuple(card["types"])
        self.version: str = card["version"]
        self._known = lru_cache(maxsize=KEPT)(self._predict)
        self.passes = 0
        """How many candidates were computed and not remembered."""
        self._heat: dict[str, float] = card["temperatures"]
        self._encoder = Encoder(vocabulary)
        self._session = session(onnx)

    def predict(self, batch: Sequence[Candidate]) -> list[Prediction]:
        """Return one prediction a candidate, in order.

        A candidate's prediction is the same in every batch. The last ``KEPT``
        candidates are remembered, so that none of a report is computed twice.
        """
        return [self._known(candidate) for candidate in batch]

    def forget(self) -> None:
        """Remember no prediction."""
        self._known.cache_clear()

    def evidence(self, candidate: Candidate, top: int = 3) -> list[tuple[Offsets, float]]:
        """Return the words that speak most for the type, the strongest first.

        A word's weight is by how much the logarithm of the type's probability
        falls when the word is blanked out. One pass a word: meant for
        explanations, not for every sentence.
        """
        whole = self._predict(candidate)
        found = []
        for match in re.finditer(r"\w[\w'’-]*", candidate.text[:MAX_EXPLAINED]):
            start, end = match.span()
            blank = candidate.text[:start] + " " * (end - start) + candidate.text[end:]
            without = self._predict(replace(candidate, text=blank)).type_probs[whole.type]
            weight = float(np.log(max(whole.confidence, 1e-3) / max(without, 1e-3)))
            found.append(((start, end), round(weight, DIGITS)))
        found.sort(key=lambda pair: (-pair[1], pair[0]))
        return [pair for pair in found[:top] if pair[1] > 0]

    def _predict(self, candidate: Candidate) -> Prediction:
        self.passes += 1
        encoded = self._encoder.encode(candidate)
        feed = {"ids": encoded.ids[None], "pools": encoded.pools[None]}
        kind, conflict, relevant, status = self._session.run(HEADS, feed)
        seen = bool(encoded.pools[2].any())
        return Prediction(
            type_probs=self._types(kind[0] / self._heat["type"]),
            relevant=_chance(relevant[0, 0] / self._heat["relevant"]),
            conflict=_chance(conflict[0, 0] / self._heat["conflict"]),
            certainty=round(float(np.clip(status[0, 0], -3, 3)), DIGITS) if seen else None,
            future=_chance(status[0, 1]) if seen else None,
        )

    def _types(self, logits: NDArray[np.float32]) -> dict[str, float]:
        raised = np.exp(logits.astype(np.float64) - logits.max())
        falling = sorted(
            (-round(share, DIGITS), name)
            for name, share in zip(self.types, (raised / raised.sum()).tolist(), strict=True)
        )
        return {name: -share for share, name in falling}


HEADS = ["kind", "conflict", "relevant", "status"]


def _chance(logit: float) -> float:
    return round(float(1.0 / (1.0 + np.exp(-float(logit)))), DIGITS)


@cache
def card() -> dict[str, Any]:
    """Return the card of the weights: version, training data, scores, digests."""
    read: dict[str, Any] = json.loads(_bytes("card.json"))
    return read


@cache
def load() -> EventModel:
    """Return the packaged model, loaded once a process.

    Raises:
        SetupError: a file of the weights is missing or is not the one the card names.
    """
    read = blobs()
    vocabulary = read["vocabulary.txt"].decode("utf-8").splitlines()
    return EventModel(card(), read["event_model.onnx"], vocabulary)


def blobs() -> dict[str, bytes]:
    """Return the files of the weights by name, checked against the card.

    Raises:
        SetupError: a file is missing or is not the one the card names.
    """
    return {name: _checked(name, digest) for name, digest in card()["sha256"].items()}


def _checked(name: str, digest: str) -> bytes:
    blob = _bytes(name)
    if hashlib.sha256(blob).hexdigest() != digest:
        raise SetupError(f"{name} of the event model is damaged; reinstall dateline")
    return blob


def _bytes(name: str) -> bytes:
    try:
        return files(WEIGHTS).joinpath(name).read_bytes()
    except FileNotFoundError as error:
        raise SetupError(f"{name} of the event model is missing; reinstall dateline") from error
