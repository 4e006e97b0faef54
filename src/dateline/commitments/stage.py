"""The stage that finds commitments."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from spacy.tokens import Doc

from dateline.commitments.build import commitments_of
from dateline.commitments.candidates import bound_in
from dateline.commitments.lexicon import lexicon
from dateline.stages import Stage
from dateline.statements.view import view_of


def find(doc: Doc) -> Mapping[str, Any]:
    """Return the commitments of a report, in order."""
    if not len(doc) or not doc.has_annotation("DEP"):
        return {"commitments": ()}
    view = view_of(doc)
    return {"commitments": commitments_of(view, bound_in(view))}


def stage() -> Stage:
    """Return the stage."""
    return Stage(
        "commitments",
        reads=("times", "dating", "actors", "participants", "statements", "events"),
        writes=("commitments",),
        find=find,
        data={"commitment cues": lexicon().version},
    )
