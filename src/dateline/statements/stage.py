"""The stage that finds statements."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from spacy.tokens import Doc

from dateline.language import notes
from dateline.stages import Stage
from dateline.statements import model, weights
from dateline.statements.build import statements_of
from dateline.statements.decode import attributions
from dateline.statements.lexicon import lexicon
from dateline.statements.nested import nested
from dateline.statements.patterns import with_patterns
from dateline.statements.view import view_of


def find(doc: Doc, *, encoder: bool = True) -> Mapping[str, Any]:
    """Return the statements of a report, in order.

    ``encoder``: ask the trained reader of cues where the linear model is not sure.
    """
    if not len(doc) or not doc.has_annotation("DEP"):
        return {"statements": ()}
    view = view_of(doc)
    models = weights.models()
    reader = model.load() if encoder else None
    outer = with_patterns(view, attributions(view, models, reader))
    found = sorted([*outer, *nested(view, models, outer)], key=lambda a: (a.cue, a.content))
    return {"statements": statements_of(view, models, found, notes(doc).dating)}


def stage(*, encoder: bool = True) -> Stage:
    """Return the stage; ``encoder``: ask the trained reader of cues too."""
    data = {"cues": lexicon().version, "statement weights": weights.version()}
    if encoder:
        data["cue reader"] = model.card()["version"]
    return Stage(
        "statements",
        reads=("times", "dating", "actors", "participants"),
        writes=("statements",),
        find=partial(find, encoder=encoder),
        data=data,
    )
