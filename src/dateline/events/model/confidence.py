"""How often an event of its kind is right: the calibrated confidence of an event.

A logistic model over what the lexicon and the event model say of an event, fitted on predictions of
models that had not learnt from the sentence (``training/event_model/confidence.py``). Its weights
stand in ``weights/confidence.tsv``. Right means that the event has the type of the gold.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from dateline.events.model.judge import Judgement
from dateline.events.model.model import DIGITS, WEIGHTS
from dateline.records import Event
from dateline.weights import read_weights, sigmoid

LEAST = 0.02
"""Probabilities count as no nearer to 0 and 1 than this."""


def evidence(event: Event, judgement: Judgement | None, *, told: bool) -> dict[str, float]:
    """Return what the confidence of an event rests on, by name.

    Args:
        event: as the lexicon found it, or the model where no entry names the act.
        judgement: what lexicon and model say together; ``None`` where the model was not asked.
        told: no entry of the lexicon names the act.
    """
    origin = "model" if told else "both" if judgement is not None else "lexicon"
    found = {origin: 1.0}
    if judgement is None:
        found[f"{origin} sure"] = odds(event.confidence)
    else:
        found["both sure"] = odds(judgement.confidence)
        found["both relevant"] = odds(judgement.relevant)
        found["both lexicon"] = odds(event.confidence)
        found["both differ"] = float(judgement.type != event.plover_type)
    kind = judgement.type if judgement is not None else event.plover_type or event.type
    found[f"{origin} {kind}"] = 1.0
    found[f"{origin} actor"] = float(bool(event.actors))
    found[f"{origin} recipient"] = float(bool(event.recipients))
    found[f"{origin} negated"] = float(event.negated)
    found[f"{origin} linked"] = float(any(reason.rule == "linker" for reason in event.why))
    return found


def odds(chance: float, least: float = LEAST) -> float:
    """Return the logarithm of the odds of a probability, which counts as no nearer to 0 and 1 than ``least``."""
    held = min(max(chance, least), 1 - least)
    return math.log(held / (1 - held))


def calibrated(found: Mapping[str, float]) -> float:
    """Return the share of events with such evidence that are right, 0 to 1."""
    weights = load_weights()
    total = sum(weights.get(name, 0.0) * value for name, value in sorted(found.items()))
    return round(sigmoid(total), DIGITS)


@cache
def load_weights() -> dict[str, float]:
    """Return the weight of each piece of evidence by its name.

    Raises:
        DataError: a row of the table is not a name and a whole number.
    """
    return read_weights(files(WEIGHTS).joinpath("confidence.tsv"))
