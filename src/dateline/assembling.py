"""Coded reports put together from what the stages found, or from why they found nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from spacy.tokens import Doc

from dateline.language import notes, span_of
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
from dateline.stages import Stage

UNDATED = "dating"
"""The field that is no list of records, and says itself why it is blank."""


def coded(
    doc: Doc,
    stages: Sequence[Stage],
    versions: Versions,
    language: str | None,
    failures: tuple[Failure, ...] = (),
) -> CodedReport:
    """Return the coded report of a ``Doc`` on which the stages have run."""
    known = notes(doc)
    errors = {failure.stage: failure.error for failure in failures}
    return CodedReport(
        report=replace(known.report, language=known.report.language or language),
        versions=versions,
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
        gist=known.gist,
        failures=failures,
        blanks=tuple(
            Blank(field=field, reason=BlankReason.STAGE_FAILED, note=errors[stage.name])
            for stage in stages
            if stage.name in errors
            for field in stage.writes
        ),
    )


def not_english(
    report: Report, stages: Iterable[Stage], versions: Versions, language: str
) -> CodedReport:
    """Return the coded report of one that is not in English: flagged, and blank."""
    note = f"the language looks like {language!r} (ISO 639-1); only English is coded"
    return _blank(
        replace(report, language=language), stages, versions, BlankReason.OTHER_LANGUAGE, note
    )


def lost(
    report: Report, stages: Iterable[Stage], versions: Versions, stage: str, error: str
) -> CodedReport:
    """Return the coded report of one that could not be coded at all."""
    found = _blank(report, stages, versions, BlankReason.STAGE_FAILED, error)
    return replace(found, failures=(Failure(stage=stage, error=error),))


def _blank(
    report: Report, stages: Iterable[Stage], versions: Versions, reason: BlankReason, note: str
) -> CodedReport:
    return CodedReport(
        report=report,
        versions=versions,
        dating=Dating(
            interval=None,
            basis=DateBasis.UNKNOWN,
            blanks=(Blank(field="interval", reason=reason, note=note),),
        ),
        blanks=tuple(
            Blank(field=field, reason=reason, note=note)
            for stage in stages
            for field in stage.writes
            if field != UNDATED
        ),
    )
