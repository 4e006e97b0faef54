"""Event ontologies as data: PLOVER whole, CAMEO beside it, and any that a user brings.

``load()`` reads PLOVER; ``load(path)`` an ontology of your own. ``score``,
``quad``, ``plover_reading`` and ``cameo_for`` answer what a coder asks of them.
"""

from __future__ import annotations

from dateline.events.ontology.cameo import (
    Cameo,
    cameo_for,
    gdelt_quad,
    goldstein,
    load_cameo,
    plover_for,
)
from dateline.events.ontology.crosswalks import acled_for, load_acled, load_ucdp, ucdp_for
from dateline.events.ontology.loader import QUADS, load, packaged
from dateline.events.ontology.reading import plover_reading, reading_rule
from dateline.events.ontology.schema import (
    Ambiguity,
    CameoCode,
    Context,
    Decision,
    EventType,
    Example,
    Mode,
    Ontology,
    ReadingRule,
    Role,
    Sector,
)

__all__ = [
    "QUADS",
    "Ambiguity",
    "Cameo",
    "CameoCode",
    "Context",
    "Decision",
    "EventType",
    "Example",
    "Mode",
    "Ontology",
    "ReadingRule",
    "Role",
    "Sector",
    "acled_for",
    "cameo_for",
    "gdelt_quad",
    "goldstein",
    "load",
    "load_acled",
    "load_cameo",
    "load_ucdp",
    "packaged",
    "plover_for",
    "plover_reading",
    "quad",
    "reading_rule",
    "score",
    "ucdp_for",
]


def score(type: str, mode: str | None = None, ontology: Ontology | None = None) -> float:
    """Return the conflict–cooperation score of a type and mode, −10 to 10.

    Raises:
        KeyError: no such type.
    """
    return (ontology or load()).score(type, mode)


def quad(type: str, ontology: Ontology | None = None) -> int:
    """Return the quad class of a type, 1 to 4.

    Raises:
        KeyError: no such type.
    """
    return (ontology or load()).quad(type)
