"""The stages as spaCy components, to add to a pipeline of your own.

::

    nlp = spacy.load("en_core_web_md")
    nlp.add_pipe("dateline_times")
    doc = nlp("Troops will leave by the end of 2021.")
    print(doc._.dateline.times)

spaCy finds them by the package's entry points. A component that reads what an
earlier one writes must stand behind it; ``nlp.analyze_pipes()`` shows what each
assigns.
"""

from __future__ import annotations

from collections.abc import Callable

from spacy.language import Language
from spacy.tokens import Doc

from dateline import actors, commitments, events, places, quantities, statements, times
from dateline.stages import Stage


class Component:
    """A stage in a spaCy pipeline."""

    def __init__(self, name: str, stage: Stage) -> None:
        self.name, self.stage = name, stage

    def __call__(self, doc: Doc) -> Doc:
        """Run the stage on ``doc``; its records are in ``doc._.dateline``."""
        return self.stage(doc)


def _register(name: str, make: Callable[[], Stage]) -> Callable[[Language, str], Component]:
    def factory(nlp: Language, name: str) -> Component:
        return Component(name, make())

    made: Callable[[Language, str], Component] = Language.factory(
        f"dateline_{name}", assigns=["doc._.dateline"], func=factory
    )
    return made


dateline_times = _register("times", times.stage)
dateline_quantities = _register("quantities", quantities.stage)
dateline_actors = _register("actors", actors.stage)
dateline_places = _register("places", places.stage)
dateline_statements = _register("statements", statements.stage)
dateline_events = _register("events", events.stage)
dateline_commitments = _register("commitments", commitments.stage)
