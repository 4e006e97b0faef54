"""The trained part of the event coder: type, relevance and status of a marked sentence."""

from dateline.events.model.encoding import Candidate
from dateline.events.model.model import EventModel, Prediction, card, load

__all__ = ["Candidate", "EventModel", "Prediction", "card", "load"]
