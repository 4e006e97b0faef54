"""PLOVER's own reading of an act with its status, by the rules of ``reading.yaml``."""

from __future__ import annotations

from dateline.events.ontology.loader import load
from dateline.events.ontology.schema import Ontology, ReadingRule
from dateline.records import Status


def reading_rule(
    type: str,
    mode: str | None = None,
    status: Status | str = Status.OCCURRED,
    negated: bool = False,
    ontology: Ontology | None = None,
) -> ReadingRule | None:
    """Return the rule that decides how an act reads; ``None`` where none does."""
    for rule in (ontology or load()).reading:
        fits = type in rule.types and status in rule.statuses and negated == rule.negated
        if fits and (rule.modes is None or mode in rule.modes):
            return rule
    return None


def plover_reading(
    type: str,
    mode: str | None = None,
    status: Status | str = Status.OCCURRED,
    negated: bool = False,
    ontology: Ontology | None = None,
) -> tuple[str, str | None] | None:
    """Return the type and mode that PLOVER, which folds time into the type, reads an act as.

    Args:
        type: the act.
        mode: its mode.
        status: whether it happened.
        negated: the report says that it did (or will) not happen.
        ontology: another ontology than PLOVER. One without reading rules
            reads an act that happened as itself and anything else as nothing.

    Returns:
        ``None`` where PLOVER codes nothing.
    """
    known = ontology or load()
    if not known.reading:
        happened = not negated and status in (Status.OCCURRED, Status.ONGOING)
        return (type, mode) if happened else None
    rule = reading_rule(type, mode, status, negated, known)
    if rule is None or rule.to_type is None:
        return None
    kind = type if rule.to_type == "=" else rule.to_type
    return kind, mode if rule.to_mode == "=" else rule.to_mode
