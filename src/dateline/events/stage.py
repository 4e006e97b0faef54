"""The stage that finds events."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from spacy.tokens import Doc

from dateline.events import asking, factuality, linker
from dateline.events.build import find_events
from dateline.events.gist import gist_of
from dateline.events.lexicon import load_lexicon
from dateline.events.main import with_main
from dateline.events.model import Judge, LexiconOnly, card, rescore
from dateline.events.ontology import load
from dateline.events.status import load_cues
from dateline.language import notes
from dateline.stages import Stage


def find(doc: Doc, judge: Judge) -> Mapping[str, Any]:
    """Return the events, the contexts and the gist of a report."""
    events, contexts = find_events(doc, judge)
    participants = {participant.id: participant for participant in notes(doc).participants}
    events = rescore(events, participants, judge)
    gist = gist_of(doc, events)
    return {"events": with_main(doc, events, gist), "contexts": contexts, "gist": gist}


def stage(judge: Judge | None = None) -> Stage:
    """Return the stage.

    ``judge`` decides the type of what the lexicon finds: ``LexiconOnly()`` takes
    the lexicon at its word, which is the default, and ``WithModel()`` asks the
    trained model as well.
    """
    chosen = judge or LexiconOnly()
    return Stage(
        "events",
        reads=("times", "dating", "quantities", "actors", "participants", "places", "statements"),
        writes=("events", "contexts", "gist"),
        find=partial(find, judge=chosen),
        data={
            "event lexicon": load_lexicon().version,
            "status cues": load_cues().version,
            "factuality": factuality.version(),
            "linker": linker.version(),
            "ontology": f"{load().id} {load().version}",
            "event model": str(card()["version"]) if chosen.asks else "none",
            "asking": asking.version() if chosen.asks else "none",
        },
    )
