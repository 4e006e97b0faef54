"""The stage that finds statements."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from spacy.tokens import Doc

from dateline.language import notes
from dateline.stages import Stage
from dateline.statements import weights
from dateline.statements.build import statements_of
from dateline.statements.decode import attributions
from dateline.statements.lexicon import lexicon
from dateline.statements.nested import nested
from dateline.statements.patterns import with_patterns
from dateline.statements.view import view_of


def find(doc: Doc) -> Mapping[str, Any]:
    """Return the statements of a report, in order."""
    if not len(doc) or not doc.has_annotation("DEP"):
        return {"statements": ()}
    view = view_of(doc)
    models = weights.models()
    outer = with_patterns(view, attributions(view, models))
    found = sorted([*outer, *nested(view, models, outer)], key=lambda a: (a.cue, a.content))
    return {"statements": statements_of(view, models, found, notes(doc).dating)}


def stage() -> Stage:
    """Return the stage."""
    return Stage(
        "statements",
        reads=("times", "dating", "actors", "participants"),
        writes=("statements",),
        find=find,
        data={"cues": lexicon().version, "statement weights": weights.version()},
    )
