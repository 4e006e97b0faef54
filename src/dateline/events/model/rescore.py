"""Let the model judge the events of a report: one call at the end of the event stage."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from dateline.events.model.confidence import calibrated, evidence
from dateline.events.model.encoding import Candidate, Offsets
from dateline.events.model.judge import Judge, Judgement, Reading
from dateline.events.ontology import cameo_for, goldstein, quad, score
from dateline.records import Blank, BlankReason, Event, Participant, Span


def rescore(
    events: Sequence[Event], participants: Mapping[str, Participant], judge: Judge
) -> tuple[Event, ...]:
    """Return the events with the judge's types and confidences; those it drops are left out.

    The lexicon's own confidence is read from ``Event.confidence`` and the calibrated one takes its
    place. A new type
    takes the old one's mode, scores and codes with it. Where PLOVER's reading
    differs from the act (a planned event), the act stays and only the
    confidence changes.

    Args:
        events: as the lexicon found them.
        participants: by id; those of the events' actors and recipients.
        judge: ``WithModel()``, or ``LexiconOnly()``, which changes no type.
    """
    coded = [e for e in events if e.plover_type is not None and not _told_by_model(e)]
    acts = _acts(events)
    cases = [
        (candidate_of(e, participants), reading_of(e, acts[e.sentence] - {(e.id, _kind(e))}))
        for e in coded
    ]
    judged = dict(zip((e.id for e in coded), judge.judge(cases), strict=True))
    kept = [e for e in events if e.id not in judged or not judged[e.id].dropped]
    return tuple(_weighed(e, judged.get(e.id), asked=judge.asks) for e in kept)


def _weighed(event: Event, judgement: Judgement | None, *, asked: bool) -> Event:
    """Return an event as judged, with its calibrated confidence."""
    found = evidence(event, judgement if asked else None, told=_told_by_model(event))
    made = _judged(event, judgement) if judgement is not None else event
    return replace(made, confidence=calibrated(found))


def _told_by_model(event: Event) -> bool:
    return any(reason.rule == "event-model" for reason in event.why)


def candidate_of(event: Event, participants: Mapping[str, Participant]) -> Candidate:
    """Return the event's sentence with its first actor, first recipient and trigger marked."""
    return Candidate(
        event.sentence.text,
        _first(event.actors, participants, event.sentence),
        _first(event.recipients, participants, event.sentence),
        _inside(event.trigger, event.sentence),
    )


Act = tuple[str, str]
"""Id and type of an event."""


def _acts(events: Sequence[Event]) -> Mapping[Span, set[Act]]:
    """Return the acts of each sentence."""
    acts: dict[Span, set[Act]] = {}
    for event in events:
        acts.setdefault(event.sentence, set()).add((event.id, _kind(event)))
    return acts


def _kind(event: Event) -> str:
    return event.plover_type or event.type


def reading_of(event: Event, others: Iterable[Act] = ()) -> Reading:
    """Return what the lexicon says of an event, and of the others of its sentence."""
    rules = [reason.rule for reason in event.why if reason.field == "type"]
    return Reading(
        _kind(event),
        event.confidence,
        rules[0] if rules else "lexicon",
        frozenset(kind for _, kind in others),
    )


def _first(
    ids: Sequence[str], participants: Mapping[str, Participant], sentence: Span
) -> Offsets | None:
    spans = (_inside(participants[i].span, sentence) for i in ids if i in participants)
    return next((span for span in spans if span is not None), None)


def _inside(span: Span, sentence: Span) -> Offsets | None:
    if not sentence.start <= span.start < span.end <= sentence.end:
        return None
    return span.start - sentence.start, span.end - sentence.start


def _judged(event: Event, judgement: Judgement) -> Event:
    why = (*event.why, *judgement.why[1:])
    event = replace(event, why=why)
    if judgement.type == event.plover_type:
        return event
    if event.plover_type != event.type:
        return replace(
            event,
            plover_type=judgement.type,
            plover_mode=None,
            quad=quad(judgement.type),
            scale=score(judgement.type),
        )
    return _retyped(event, judgement.type)


def _retyped(event: Event, kind: str) -> Event:
    note = f"the model reads {kind} where the lexicon read {event.type}"
    code = cameo_for(kind, None)
    return replace(
        event,
        type=kind,
        plover_type=kind,
        mode=None,
        plover_mode=None,
        quad=quad(kind),
        scale=score(kind),
        cameo=code,
        goldstein=goldstein(code) if code else None,
        blanks=(*event.blanks, Blank(field="mode", reason=BlankReason.UNRESOLVED, note=note)),
    )
