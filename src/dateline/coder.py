"""Report to CodedReport: the whole pipeline on one screen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib.metadata import version

from spacy.tokens import Doc

from dateline import actors, commitments, events, places, quantities, statements, times
from dateline.language import DEFAULT_MODEL, load, model_version, notes, parse_all, span_of
from dateline.records import CodedReport, Failure, Report, Versions
from dateline.stages import Stage, check_order, run


def default_stages() -> tuple[Stage, ...]:
    """Return the stages in their order."""
    return (
        times.stage(),
        quantities.stage(),
        actors.stage(),
        places.stage(),
        statements.stage(),
        events.stage(),
        commitments.stage(),
    )


class Coder:
    """Codes reports. Loads the language model once; the same input gives the same output."""

    def __init__(self, model: str = DEFAULT_MODEL, stages: Iterable[Stage] | None = None) -> None:
        self.stages = default_stages() if stages is None else tuple(stages)
        check_order(self.stages)
        self.nlp = load(model)
        data = {name: v for stage in self.stages for name, v in stage.data.items()}
        self.versions = Versions(
            dateline=version("dateline"),
            model=model_version(self.nlp),
            data=tuple(sorted(data.items())),
        )

    def code(self, text: str, *, published: str | None = None) -> CodedReport:
        """Code one text."""
        return next(self.stream([Report(id="report", text=text, published=published)]))

    def stream(self, reports: Iterable[Report]) -> Iterator[CodedReport]:
        """Code reports lazily, in order."""
        for doc in parse_all(reports, self.nlp):
            yield self._coded(doc, run(self.stages, doc))

    def _coded(self, doc: Doc, failures: tuple[Failure, ...]) -> CodedReport:
        known = notes(doc)
        return CodedReport(
            report=known.report,
            versions=self.versions,
            dating=known.dating,
            sentences=tuple(span_of(sentence) for sentence in doc.sents),
            furniture=known.furniture,
            times=known.times,
            quantities=known.quantities,
            actors=known.actors,
            participants=known.participants,
            places=known.places,
            statements=known.statements,
            events=known.events,
            commitments=known.commitments,
            contexts=known.contexts,
            failures=failures,
        )
