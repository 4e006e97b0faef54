"""Report to CodedReport: the whole pipeline on one screen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from importlib.metadata import version
from itertools import islice

from spacy.tokens import Doc

from dateline import actors, commitments, events, places, quantities, statements, times
from dateline.events.model import LexiconOnly, WithModel
from dateline.language import (
    DEFAULT_MODEL,
    identify,
    load,
    model_version,
    notes,
    parse_all,
    span_of,
)
from dateline.parallel import ordered
from dateline.reading.dates import publication_date
from dateline.reading.identify import report_id
from dateline.records import (
    Blank,
    BlankReason,
    CodedReport,
    DateBasis,
    Dating,
    Failure,
    Report,
    Versions,
)
from dateline.stages import Stage, check_order, run

BATCH = 16
"""Reports that are parsed together."""


def default_stages(*, event_model: bool = False) -> tuple[Stage, ...]:
    """Return the stages in their order.

    ``event_model``: ask the trained model for the type of an event beside the lexicon.
    """
    judge = WithModel() if event_model else LexiconOnly()
    return (
        times.stage(),
        quantities.stage(),
        actors.stage(),
        places.stage(),
        statements.stage(),
        events.stage(judge),
        commitments.stage(),
    )


@dataclass(frozen=True, slots=True)
class Settings:
    """What a coder is made from; it travels to other processes."""

    model: str = DEFAULT_MODEL
    event_model: bool = False


class Coder:
    """Codes reports. Loads the language model once; the same input gives the same output.

    Args:
        model: the spaCy pipeline, by its package or path; English, with parser and entities.
        stages: the stages in place of the default ones, in an order that fits.
        event_model: with the default stages, ask the trained model beside the lexicon.

    Raises:
        SetupError: the pipeline is not installed or lacks a part.
        ValueError: a stage stands before one that it reads from.
    """

    def __init__(
        self,
        model: str = DEFAULT_MODEL,
        stages: Iterable[Stage] | None = None,
        *,
        event_model: bool = False,
    ) -> None:
        self._settings = Settings(model, event_model)
        self._own_stages = stages is not None
        self.stages = default_stages(event_model=event_model) if stages is None else tuple(stages)
        check_order(self.stages)
        self.nlp = load(model)
        data = {name: number for stage in self.stages for name, number in stage.data.items()}
        self.versions = Versions(
            dateline=version("dateline"),
            model=model_version(self.nlp),
            data=tuple(sorted(data.items())),
        )

    def code(
        self,
        report: str | Report,
        *,
        published: str | None = None,
        url: str | None = None,
        title: str | None = None,
    ) -> CodedReport:
        """Code one report, given as its text or as a ``Report``.

        ``published`` (ISO 8601), ``url`` and ``title`` are for a text.

        Raises:
            InputError: ``published`` is no date.
        """
        if isinstance(report, str):
            report = Report(
                id=report_id(report, url),
                text=report,
                title=title,
                url=url,
                published=publication_date(published) if published else None,
                published_basis=DateBasis.GIVEN if published else DateBasis.UNKNOWN,
            )
        return next(self.stream([report]))

    def stream(self, reports: Iterable[Report], *, processes: int = 1) -> Iterator[CodedReport]:
        """Code reports lazily and in order, in constant memory.

        The output does not depend on ``processes``. More than one needs the
        default stages, since others may not travel.

        Raises:
            ValueError: ``processes`` is below 1, or above it with stages of your own.
        """
        if processes < 1:
            raise ValueError(f"processes must be 1 or more, not {processes}")
        if processes == 1:
            yield from self._stream(reports)
            return
        if self._own_stages:
            raise ValueError("more than one process needs the default stages")
        yield from ordered(code_batch, self._settings, reports, processes=processes, size=BATCH)

    def _stream(self, reports: Iterable[Report]) -> Iterator[CodedReport]:
        pending = iter(reports)
        while batch := list(islice(pending, BATCH)):
            languages = [identify(report.text) for report in batch]
            english = [
                r for r, found in zip(batch, languages, strict=True) if found in (None, "en")
            ]
            docs = parse_all(english, self.nlp, batch=BATCH)
            for report, language in zip(batch, languages, strict=True):
                if language in (None, "en"):
                    doc = next(docs)
                    yield self._coded(doc, language, run(self.stages, doc))
                else:
                    yield self._not_english(report, str(language))

    def _coded(self, doc: Doc, language: str | None, failures: tuple[Failure, ...]) -> CodedReport:
        known = notes(doc)
        failed = {failure.stage for failure in failures}
        return CodedReport(
            report=replace(known.report, language=known.report.language or language),
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
            blanks=tuple(
                Blank(field=field, reason=BlankReason.STAGE_FAILED)
                for stage in self.stages
                if stage.name in failed
                for field in stage.writes
            ),
        )

    def _not_english(self, report: Report, language: str) -> CodedReport:
        note = f"the language looks like {language!r} (ISO 639-1); only English is coded"
        return CodedReport(
            report=replace(report, language=language),
            versions=self.versions,
            dating=Dating(
                interval=None,
                basis=DateBasis.UNKNOWN,
                blanks=(Blank(field="interval", reason=BlankReason.OTHER_LANGUAGE, note=note),),
            ),
            blanks=tuple(
                Blank(field=field, reason=BlankReason.OTHER_LANGUAGE, note=note)
                for stage in self.stages
                for field in stage.writes
                if field != "dating"
            ),
        )


_coders: dict[Settings, Coder] = {}


def code_batch(settings: Settings, reports: list[Report]) -> list[CodedReport]:
    """Code a batch with a coder of these settings, made once a process."""
    if settings not in _coders:
        _coders[settings] = Coder(settings.model, event_model=settings.event_model)
    return list(_coders[settings].stream(reports))
