"""How likely an act is right that only the model finds.

The model tells politics from other news by the sentence alone, and was taught with political news.
So what it proposes is weighed once more: by what the lexicon knows of the verb and by who the two
are. The weights stand in ``proposals.yaml``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from dateline.events.lexicon import load_lexicon
from dateline.events.model import Prediction
from dateline.events.model.confidence import odds
from dateline.events.ontology.marked import Item, read
from dateline.records import ActorKind, Participant
from dateline.weights import sigmoid

FEATURES = ("bias", "odds", "named", "abroad", "actor", "recipient", "meeting")
"""Names of the weights that the table has, each once."""
CERTAIN = 0.99
"""Probabilities count as no nearer to 0 and 1 than this."""
_KIN = {"CONCEDE": "RETREAT", "RETREAT": "CONCEDE"}


@dataclass(frozen=True, slots=True)
class Table:
    """The weights of ``proposals.yaml``."""

    version: str
    floor: float
    """Least probability of a political event of the type by the model alone, 0 to 1."""
    least: float
    """Chance of being right from which a proposal becomes an event, 0 to 1."""
    weights: Mapping[str, float]
    sectors: frozenset[str]
    """Sectors of those who act in politics."""


def read_table(path: Path) -> Table:
    """Read the weights.

    Raises:
        DataError: the file breaks its schema; names file and line.
    """
    head = read(path)
    version = head.text("version")
    head.text("source"), head.text("licence")
    floor, least = _chance(head, "floor"), _chance(head, "least")
    table = head.need("weights")
    weights = {name: table.number(name) for name in FEATURES}
    table.done()
    sectors = frozenset(head.text("sectors").split())
    head.done()
    return Table(version, floor, least, weights, sectors)


def _chance(head: Item, key: str) -> float:
    found = head.number(key)
    if not 0 < found < 1:
        head.need(key).fail(f"{key!r} is a probability, between 0 and 1")
    return found


@cache
def load_table() -> Table:
    """Return the weights that come with the package."""
    return read_table(Path(str(files("dateline.events").joinpath("proposals.yaml"))))


def worth_asking(lemma: str, actor: Participant, recipient: Participant | None) -> bool:
    """Tell whether the model is asked at all: a verb of no entry, or of daily life, needs two countries or two of politics.

    Of the judged proposals without any of these one in ten is right, and the model's time goes to them.

    Args:
        lemma: of the verb, in small letters.
        actor: who acts.
        recipient: who is acted upon, if somebody is.
    """
    lexicon = load_lexicon()
    if lexicon.verbs.get(lemma) and lemma not in lexicon.classes["EVERYDAY"]:
        return True
    if recipient is None:
        return False
    return _abroad(actor, recipient) or (_political(actor) and _political(recipient))


def chance_of(
    lemma: str, said: Prediction, actor: Participant, recipient: Participant | None
) -> float:
    """Return the probability that what the model proposes is an event of its type, 0 to 1.

    Args:
        lemma: of the verb, in small letters.
        said: what the model says of the verb with the two.
        actor: who acts.
        recipient: who is acted upon, if somebody is.
    """
    weights = load_table().weights
    total = weights["bias"] + weights["odds"] * odds(said.relevant * said.confidence, 1 - CERTAIN)
    total += sum(weights[name] for name in _present(lemma, said.type, actor, recipient))
    return sigmoid(total)


def _present(
    lemma: str, kind: str, actor: Participant, recipient: Participant | None
) -> Iterator[str]:
    """Yield what speaks for or against a proposal beside the model."""
    kinds = {entry.type for _, entry in load_lexicon().verbs.get(lemma, ())}
    if kind in kinds or _KIN.get(kind) in kinds:
        yield "named"
    elif kind == "CONSULT":
        yield "meeting"
    if _political(actor):
        yield "actor"
    if recipient is None:
        return
    if _political(recipient):
        yield "recipient"
    if _abroad(actor, recipient):
        yield "abroad"


def _abroad(actor: Participant, recipient: Participant) -> bool:
    """Tell two of two countries."""
    return bool(actor.country and recipient.country and actor.country != recipient.country)


def _political(participant: Participant) -> bool:
    """Tell a state, or somebody of its government, forces, parties or foes."""
    of_state = not load_table().sectors.isdisjoint(participant.sectors)
    return of_state or participant.kind is ActorKind.COUNTRY
