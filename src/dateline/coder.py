"""Report to CodedReport: the whole pipeline on one screen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path

from spacy.tokens import Doc

from dateline import actors, commitments, events, places, quantities, statements, times
from dateline.assembling import coded, lost, not_english
from dateline.defaults import DEFAULT_MODEL
from dateline.events.model import LexiconOnly, WithModel
from dateline.language import (
    identify,
    load,
    model_version,
    parse_all,
    parse_part,
)
from dateline.limits import Budget, TimedOut, hard_limit, time_limit
from dateline.parallel import Sizes, keep_loaded, ordered
from dateline.reading.dates import publication_date
from dateline.reading.identify import report_id
from dateline.records import CodedReport, DateBasis, Failure, Report, Versions
from dateline.stages import Stage, check_order, named, run, run_each
from dateline.windows import WINDOW, dated_by, joined, windows

FIRST = 8
"""Reports that are parsed together at the start, so that the first of many is not waited for."""
BATCH = 64
"""Reports that are coded together at most: parser and stages work best on many texts at once."""
HANDED = 32
"""Reports that a process is handed at most: as quick, and less is lost where one dies."""
TIMED = 16
"""Reports that are parsed together under a time limit: where one takes too long, each is parsed anew."""
CHARACTERS = 250_000
"""Length of all reports of a batch from which no other is taken into it, so that long ones need no more memory."""
ENGLISH = (None, "en")
"""Languages that are coded; ``None``: too short to tell."""
WARM = (
    "PARIS - Police arrested about 12 protesters in Lyon on Monday. French President Emmanuel "
    'Macron told reporters: "We will withdraw 2,500 soldiers from Mali by the end of August."'
)
"""A text that every stage has work with."""


def default_stages(
    *, event_model: bool = True, actors_file: Path | None = None
) -> tuple[Stage, ...]:
    """Return the stages in their order.

    ``event_model``: ask the trained encoders beside lexicon and tables: for the type of an event
    and for cues of statements;
    ``actors_file``: a user's own actors, over the registry.

    Raises:
        DataError: the file of actors breaks its schema.
    """
    judge = WithModel() if event_model else LexiconOnly()
    return (
        times.stage(),
        quantities.stage(),
        actors.stage(actors_file),
        places.stage(),
        statements.stage(encoder=event_model),
        events.stage(judge),
        commitments.stage(),
    )


@dataclass(frozen=True, slots=True)
class Settings:
    """What a coder is made from; it travels to other processes."""

    model: str = DEFAULT_MODEL
    event_model: bool = True
    timeout: float | None = None
    window: int = WINDOW
    actors: str | None = None

    def coder(self) -> Coder:
        """Return a coder of these settings."""
        return Coder(
            self.model,
            event_model=self.event_model,
            timeout=self.timeout,
            window=self.window,
            actors=self.actors,
        )


class Coder:
    """Codes reports. Loads the language model once; the same input gives the same output.

    Args:
        model: the spaCy pipeline, by its package or path; English, with parser and entities.
        stages: the stages in place of the default ones, in an order that fits.
        event_model: with the default stages, ask the trained encoders beside lexicon and tables.
        timeout: seconds that one report may take; what it has by then is kept, and
            ``failures`` says which stages are missing. Whether a report that takes about
            that long is whole depends on the machine.
        window: characters that are coded together; a longer report is coded in windows.
        actors: with the default stages, a file of one's own actors (TOML or table), which go before
            those of the registry.

    Raises:
        DataError: the file of actors breaks its schema; the message names entry or line.
        SetupError: the pipeline is not installed or lacks a part.
        ValueError: a stage stands before one that it reads from, or ``timeout`` or
            ``window`` is not above 0.
    """

    def __init__(
        self,
        model: str = DEFAULT_MODEL,
        stages: Iterable[Stage] | None = None,
        *,
        event_model: bool = True,
        timeout: float | None = None,
        window: int = WINDOW,
        actors: str | Path | None = None,
    ) -> None:
        if window < 1 or (timeout is not None and timeout <= 0):
            raise ValueError("timeout and window must be above 0")
        own = Path(actors) if actors is not None else None
        self._settings = Settings(model, event_model, timeout, window, str(own) if own else None)
        self.timeout, self.window = timeout, window
        self._most = BATCH if timeout is None else TIMED
        self._own_stages = stages is not None
        self.stages = (
            default_stages(event_model=event_model, actors_file=own)
            if stages is None
            else tuple(stages)
        )
        check_order(self.stages)
        self.nlp = load(model)
        data = {name: number for stage in self.stages for name, number in stage.data.items()}
        self.versions = Versions(
            dateline=version("dateline"),
            model=model_version(self.nlp),
            data=tuple(sorted(data.items())),
        )
        if timeout is not None:
            self._warm()

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
        default stages, since others may not travel. A report that fails, or kills the
        process it is coded in, comes with what was found and says so in ``failures``.

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
        yield from ordered(
            code_batch,
            self._settings,
            reports,
            processes=processes,
            sizes=sizes(FIRST, min(self._most, HANDED)),
            lost=lambda report, error: lost(
                report, self.stages, self.versions, "worker process", error
            ),
        )

    def _stream(self, reports: Iterable[Report]) -> Iterator[CodedReport]:
        for batch in batches(reports, FIRST, self._most):
            yield from self._batch(batch)

    def _batch(self, reports: Sequence[Report]) -> Iterator[CodedReport]:
        """Code reports in order, all of them parsed at once, each stage on all of them."""
        languages = [_language(report.text) for report in reports]
        short = [
            r
            for r, found in zip(reports, languages, strict=True)
            if found in ENGLISH and len(r.text) <= self.window
        ]
        docs = self._annotated(short)
        for report, language in zip(reports, languages, strict=True):
            if isinstance(language, Exception):
                yield lost(report, self.stages, self.versions, "language", named(language))
            elif language not in ENGLISH:
                yield not_english(report, self.stages, self.versions, str(language))
            elif len(report.text) <= self.window and (done := next(docs)) is not None:
                yield self._coded(*done, language)
            else:
                yield self._alone(report, language)
        keep_loaded()

    def _annotated(self, reports: list[Report]) -> Iterator[tuple[Doc, tuple[Failure, ...]] | None]:
        """Yield the ``Doc`` of each report after all stages, with those that failed.

        Under a time limit each report goes its whole way alone, as its time is counted.
        """
        if self.timeout is not None:
            for doc in self._parsed(reports):
                yield None if doc is None else (doc, run(self.stages, doc, Budget(self.timeout)))
            return
        docs = list(self._parsed(reports))
        failures = iter(run_each(self.stages, [doc for doc in docs if doc is not None]))
        for doc in docs:
            yield None if doc is None else (doc, next(failures))

    def _parsed(self, reports: list[Report]) -> Iterator[Doc | None]:
        """Yield the ``Doc`` of each report, parsed together; ``None``: to be parsed alone.

        Under a time limit a batch that takes longer than one report may is parsed anew,
        report by report.
        """
        docs: Iterator[Doc] = parse_all(reports, self.nlp, batch=len(reports))
        try:
            if self.timeout is not None:
                with time_limit(self.timeout):
                    docs = iter(list(docs))
        except (Exception, TimedOut):
            docs = iter(())
        for _ in reports:
            try:
                doc = next(docs, None)
            except Exception:  # it fails again, and is told, where the report is parsed alone
                docs, doc = iter(()), None
            yield doc

    def _coded(self, doc: Doc, failures: tuple[Failure, ...], language: str | None) -> CodedReport:
        found = coded(doc, self.stages, self.versions, language, failures)
        doc.user_data.clear()  # views point back at the document, which would keep it in memory
        return found

    def _alone(self, report: Report, language: str | None) -> CodedReport:
        """Code one report by itself: a very long one in windows."""
        budget = Budget(self.timeout)
        parts: list[CodedReport] = []
        dated = report
        for start, end in windows(report.text, self.window):
            parts.append(self._window(dated, start, end, language, budget))
            dated = dated_by(report, parts[0].dating)
        return joined(parts)

    def _window(
        self, report: Report, start: int, end: int, language: str | None, budget: Budget
    ) -> CodedReport:
        try:
            with time_limit(budget.left()):
                doc = parse_part(report, start, end, self.nlp)
        except TimedOut:
            return lost(report, self.stages, self.versions, "parse", budget.over())
        except Exception as error:
            return lost(report, self.stages, self.versions, "parse", named(error))
        return self._coded(doc, run(self.stages, doc, budget), language)

    def _warm(self) -> None:
        """Load all that loads lazily, so that no report's time pays for it."""
        timeout, self.timeout = self.timeout, None
        self.code(WARM, published="2021-07-27")
        self.timeout = timeout


def _language(text: str) -> str | Exception | None:
    """Return the language, or why it could not be told: its model unpacks to a temporary file."""
    try:
        return identify(text)
    except Exception as error:
        return error


def batches(reports: Iterable[Report], first: int, most: int) -> Iterator[list[Report]]:
    """Yield reports in lists of ``first`` at the start, then of twice as many, up to ``most``.

    A list ends early where its reports have ``CHARACTERS`` together.
    """
    return sizes(first, most).deal(reports, 1)


def sizes(first: int, most: int) -> Sizes[Report]:
    """Return how many reports are coded together, or handed to a process: by number and length."""
    return Sizes(first, most, lambda report: len(report.text), CHARACTERS)


@cache
def cached_coder(settings: Settings) -> Coder:
    """Return the coder of these settings, made once a process."""
    return settings.coder()


def code_batch(settings: Settings, reports: list[Report]) -> list[CodedReport]:
    """Code a batch in a process of its own."""
    with hard_limit(settings.timeout, len(reports)):
        coder = cached_coder(settings)
        return list(coder._batch(reports))
