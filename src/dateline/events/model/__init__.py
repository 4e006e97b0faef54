"""The trained part of the event coder: type, relevance and status of a marked sentence."""

from dateline.events.model.encoding import Candidate
from dateline.events.model.judge import Judge, Judgement, LexiconOnly, Reading, WithModel
from dateline.events.model.model import EventModel, Prediction, card, load
from dateline.events.model.rescore import rescore

__all__ = [
    "Candidate",
    "EventModel",
    "Judge",
    "Judgement",
    "LexiconOnly",
    "Prediction",
    "Reading",
    "WithModel",
    "card",
    "load",
    "rescore",
]
