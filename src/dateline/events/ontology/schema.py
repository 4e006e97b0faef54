"""What an ontology is made of: frozen records, read from YAML by ``loader``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """What a participant of an event type is, and whether there must be one."""

    need: str
    """``required``, ``optional`` or ``none``."""
    meaning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A sentence with what a coder is to find in it. Examples run as tests."""

    text: str
    type: str | None
    """Expected event type; ``None``: no event of this ontology."""
    mode: str | None = None
    status: str | None = None
    """Expected ``Status``; ``None``: not tested."""
    negated: bool = False
    trigger: str | None = None
    """Words of ``text`` that name the act."""
    actors: tuple[str, ...] = ()
    """Words of ``text`` that name who acts."""
    recipients: tuple[str, ...] = ()
    """Words of ``text`` that name who is acted upon."""
    contexts: tuple[str, ...] = ()
    positive: bool = True
    """``False``: an example of what the type is not; ``type`` says what it is instead."""
    of: str = ""
    """Id of the type, mode or context that it illustrates."""
    why: str = ""
    file: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Mode:
    """A way of doing what the type names."""

    id: str
    definition: str
    score: float
    """Conflict–cooperation score, −10 to 10."""
    score_stated: bool = True
    """``False``: the source prints no score, and the type's own stands in."""
    contexts: tuple[str, ...] = ()
    """Contexts that the mode brings with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ambiguity:
    """When a near case belongs to another type."""

    when: str
    but: str
    """``TYPE`` or ``TYPE/mode`` that is coded instead; ``nothing`` where none is."""
    example: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventType:
    """A class of acts."""

    id: str
    label: str
    definition: str
    quad: int
    """1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict."""
    score: float
    """Conflict–cooperation score of the type without a mode, −10 to 10."""
    requires_recipient: bool
    roles: Mapping[str, Role]
    """By ``actor`` and ``recipient``."""
    modes: Mapping[str, Mode] = field(default_factory=dict)
    ambiguities: tuple[Ambiguity, ...] = ()
    examples: tuple[Example, ...] = ()
    file: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What an event or a report is about, beside the act."""

    id: str
    label: str
    definition: str
    excludes: str = ""
    """What is left out, and where it goes."""
    examples: tuple[Example, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sector:
    """What sort of actor a participant is."""

    id: str
    label: str
    definition: str
    rank: str
    """``primary``, ``secondary`` or ``international``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """Where the source contradicts itself, and what is done here."""

    id: str
    conflict: str
    decision: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingRule:
    """One rule of how an act with a status reads in the ontology's own scheme."""

    id: str
    types: tuple[str, ...]
    modes: tuple[str | None, ...] | None
    """Modes of the act the rule is for; ``None``: any."""
    statuses: tuple[str, ...]
    negated: bool
    to_type: str | None
    """``None``: the scheme codes nothing; ``=``: the act's own type."""
    to_mode: str | None
    """A mode, ``None``, or ``=`` for the act's own."""
    why: str
    example: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ontology:
    """Types, contexts and sectors, with the rules that join them."""

    id: str
    label: str
    version: str
    source: str
    licence: str
    types: Mapping[str, EventType]
    contexts: Mapping[str, Context]
    sectors: Mapping[str, Sector]
    reading: tuple[ReadingRule, ...] = ()
    decisions: tuple[Decision, ...] = ()
    lexicon: Path | None = None
    """The ontology's own lexicon file or folder; ``None``: the packaged one."""
    file: str = ""

    def score(self, type: str, mode: str | None = None) -> float:
        """Return the conflict–cooperation score, −10 to 10.

        Raises:
            KeyError: no such type. A mode the type does not have counts as none.
        """
        found = self.types[type]
        return found.modes[mode].score if mode and mode in found.modes else found.score

    def quad(self, type: str) -> int:
        """Return the quad class, 1 to 4.

        Raises:
            KeyError: no such type.
        """
        return self.types[type].quad

    @property
    def examples(self) -> tuple[Example, ...]:
        """Return all examples: of the types in order, then of the contexts."""
        of_types = (e for t in self.types.values() for e in t.examples)
        of_contexts = (e for c in self.contexts.values() for e in c.examples)
        return (*of_types, *of_contexts)


@dataclass(frozen=True, slots=True, kw_only=True)
class CameoCode:
    """A code of CAMEO, with what it reads as in PLOVER."""

    code: str
    name: str
    goldstein: float | None
    """Goldstein score; ``None`` where the source has none."""
    definition: str = ""
    type: str | None = None
    """PLOVER type; ``None``: PLOVER has none for it."""
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    nearest: str | None = None
    """``TYPE`` or ``TYPE/mode`` that comes nearest where ``type`` is ``None``."""
    also: tuple[str, ...] = ()
    """Further ``TYPE`` or ``TYPE/mode`` for which the code may be chosen."""
    acts: tuple[str, ...] = ()
    """For codes of intent, threat, demand and refusal: the ``TYPE`` or ``TYPE/mode`` of the act meant."""
    cues: frozenset[str] = frozenset()
    """Lemmas that call for this code among its neighbours."""
    cues_only: bool = False
    """Contexts alone do not call for it."""

    @property
    def root(self) -> str:
        """Return the two-digit root."""
        return self.code[:2]

    @property
    def quad(self) -> int:
        """Return GDELT's quad class of the root, 1 to 4."""
        root = int(self.root)
        return 1 + (root > 5) + (root > 8) + (root > 13)
