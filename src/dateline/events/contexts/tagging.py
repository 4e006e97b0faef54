"""Contexts of an event and of a report, from weighted cues."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

import spacy.tokens
from spacy.tokens import Doc

from dateline.events.contexts.cues import Cue, Cues, Hit, Prior, hits, load_cues
from dateline.language import notes, span_at
from dateline.records import Reason

REPORT_SHARE = 0.3
"""A context of a report has at least this share of the strongest one's weight."""
REPORT_FLOOR = 2.0
"""Weight that a context of a report needs in all its sentences together."""
PER_SENTENCE = 2.0
"""Most that one sentence adds to a context of the report."""
EVENT_SHARE = 0.5
"""A context of an event has at least this share of the strongest one's weight."""
WEAK_FLOOR = 6.0
"""Weight that a context of a report needs where none of its cues suffices by itself."""
SHORT = 3
"""A report of fewer sentences is short, and needs only ``SHORT_FLOOR``."""
SHORT_FLOOR = 1.0
TITLE_WEIGHT = 2.0
"""The title says what the report is about."""
MAX_WORDS = 400
"""Longest run of words looked at for one event: a text without sentence ends has no sentence."""


@dataclass(frozen=True, slots=True)
class Scored:
    """A context with its weight and what it rests on."""

    context: str
    weight: float
    why: tuple[Reason, ...]


def contexts_of(
    doc: Doc,
    span: spacy.tokens.Span | None = None,
    *,
    type: str | None = None,
    mode: str | None = None,
    sectors: Collection[str] = (),
    between_states: bool = False,
) -> tuple[str, ...]:
    """Return the PLOVER contexts of an event, the strongest first.

    Args:
        doc: the parsed report.
        span: words whose sentence is looked at; ``None``: the whole ``doc``.
        type: PLOVER type of the event, where known.
        mode: its mode.
        sectors: PLOVER sectors of its participants.
        between_states: its participants are governments of two countries, or
            a government and an international body.
    """
    return tuple(
        s.context
        for s in scored_contexts(
            doc, span, type=type, mode=mode, sectors=sectors, between_states=between_states
        )
    )


def scored_contexts(
    doc: Doc,
    span: spacy.tokens.Span | None = None,
    *,
    type: str | None = None,
    mode: str | None = None,
    sectors: Collection[str] = (),
    between_states: bool = False,
) -> tuple[Scored, ...]:
    """Return the contexts of an event with their weights and reasons; see ``contexts_of``."""
    cues = load_cues()
    start, end = _bounds(doc, span)
    reasons = _from_words(doc, hits(doc, start, end, cues))
    priors = (*_act_priors(cues, type, mode), *_sector_priors(cues, sectors))
    if between_states:
        priors = (*priors, cues.between_states)
    for prior in priors:
        for context in prior.contexts:
            reasons[context].append(
                Reason(
                    field="contexts",
                    rule=f"prior:{prior.id}",
                    detail=prior.why,
                    weight=prior.weight,
                )
            )
    return _strongest(reasons, cues)


def report_contexts(doc: Doc) -> tuple[str, ...]:
    """Return the PLOVER contexts of a whole report, the strongest first.

    A context needs one cue that suffices by itself, to which the weaker ones
    add, or very many of the weaker ones.
    """
    total: dict[str, float] = defaultdict(float)
    certain: set[str] = set()
    titles = [(s.start, s.end) for s in notes(doc).segments if s.kind == "title"]
    sentences = list(doc.sents)
    for sentence in sentences:
        factor = TITLE_WEIGHT if _inside(sentence.start_char, titles) else 1.0
        found = _distinct(hits(doc, sentence.start, sentence.end))
        certain.update(c for h in found for c, w in h.cue.contexts if w * h.factor >= 1)
        for context, weight in _weights(found).items():
            total[context] += factor * min(weight, PER_SENTENCE)
    top = max(total.values(), default=0.0)
    floor = SHORT_FLOOR if len(sentences) < SHORT else max(REPORT_FLOOR, REPORT_SHARE * top)
    kept = [c for c, w in total.items() if w >= (floor if c in certain else WEAK_FLOOR)]
    return tuple(sorted(kept, key=lambda c: (-total[c], c)))


def _bounds(doc: Doc, span: spacy.tokens.Span | None) -> tuple[int, int]:
    if span is None:
        return 0, len(doc)
    sentence = span.sent
    start, end = sentence.start, sentence.end
    if end - start > MAX_WORDS:
        start = max(start, span.start - MAX_WORDS // 2)
        end = min(end, span.start + MAX_WORDS // 2)
    return start, end


def _inside(offset: int, stretches: Iterable[tuple[int, int]]) -> bool:
    return any(start <= offset < end for start, end in stretches)


def _weights(found: Iterable[Hit]) -> dict[str, float]:
    """Return the weight of each context; a cue counts once, however often it stands there."""
    weights: dict[str, float] = defaultdict(float)
    for hit in _distinct(found):
        for context, weight in hit.cue.contexts:
            weights[context] += weight * hit.factor
    return weights


def _distinct(found: Iterable[Hit]) -> list[Hit]:
    """Return one hit a cue, the one that counts most."""
    best: dict[Cue, Hit] = {}
    for hit in found:
        if hit.cue not in best or hit.factor > best[hit.cue].factor:
            best[hit.cue] = hit
    return list(best.values())


def _from_words(doc: Doc, found: Iterable[Hit]) -> dict[str, list[Reason]]:
    reasons: dict[str, list[Reason]] = defaultdict(list)
    for hit in _distinct(found):
        words = doc[hit.start : hit.end]
        span = span_at(doc, words.start_char, words.end_char)
        for context, weight in hit.cue.contexts:
            rule = f"cue:{context}:{' '.join(hit.cue.words)}"
            reasons[context].append(
                Reason(field="contexts", rule=rule, spans=(span,), weight=weight * hit.factor)
            )
    return reasons


def _act_priors(cues: Cues, type: str | None, mode: str | None) -> tuple[Prior, ...]:
    if type is None:
        return ()
    exact = cues.acts.get(f"{type}/{mode}", ()) if mode else ()
    return exact or cues.acts.get(type, ())


def _sector_priors(cues: Cues, sectors: Collection[str]) -> tuple[Prior, ...]:
    return tuple(p for s in sorted(set(sectors)) for p in cues.sectors.get(s, ()))


def _strongest(reasons: dict[str, list[Reason]], cues: Cues) -> tuple[Scored, ...]:
    scored = [
        Scored(context, round(sum(r.weight or 0.0 for r in why), 4), tuple(why))
        for context, why in reasons.items()
    ]
    top = max((s.weight for s in scored), default=0.0)
    ranked = sorted(scored, key=lambda s: (-s.weight * cues.general.get(s.context, 1.0), s.context))
    kept = [s for s in ranked if s.weight >= max(cues.threshold, EVENT_SHARE * top)]
    return tuple(kept or [s for s in ranked if s.weight >= cues.fallback][:1])
