"""Which event is the report's own news, and which are its background."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Doc

from dateline.events.gist import LEAD
from dateline.language import notes, sentences
from dateline.records import DateBasis, Event, Gist, Place, Status

WEIGHTS = {
    "gist": 4.0,
    "title": 1.0,
    "told again": 0.5,
    "both sides": 0.5,
    "harm": 0.5,
    "real": 1.0,
}
"""What speaks for an event: it is that of the gist, in the headline, has further mentions (two count),
names who acts and who is acted upon, has numbers of harm, and happened."""
GUESSES = frozenset(("paragraph", "participant", "dateline", "report"))
"""What the place of an event may rest on that is not in its own sentence."""
REAL = frozenset((Status.OCCURRED, Status.ONGOING, Status.PLANNED))


def with_main(doc: Doc, events: Sequence[Event], gist: Gist | None) -> tuple[Event, ...]:
    """Mark the event that the headline and the lead tell; none where they tell of something else.

    History is background, and so is what is first told after the lead: the headline and the first
    four sentences of the body; only the first one where the gist is no event of the ontology.
    """
    end = _lead_end(doc, 1 if _of_something_else(events, gist) else LEAD)
    told = [e for e in events if not e.historical and min(m.start for m in e.mentions) < end]
    if not told:
        return tuple(events)
    best = max(told, key=lambda e: (_worth(doc, e, gist), -e.trigger.start))
    made = replace(_as_told(doc, best, gist), main=True)
    return tuple(made if e is best else e for e in events)


def _of_something_else(events: Sequence[Event], gist: Gist | None) -> bool:
    """Tell a gist that is no event of the ontology, and does not open with history either."""
    if gist is None or gist.event is not None:
        return False
    told = gist.sentence
    return not any(told.start <= m.start < told.end for e in events for m in e.mentions)


def _as_told(doc: Doc, event: Event, gist: Gist | None) -> Event:
    """Give an event that is the gist's the day and the place of the gist where its own are guesses."""
    if gist is None or gist.event != event.id:
        return event
    if (
        event.time_basis is not DateBasis.TEXT
        and gist.time_basis is DateBasis.TEXT
        and gist.interval
    ):
        event = replace(
            event,
            time=gist.time,
            interval=gist.interval,
            time_basis=gist.time_basis,
            blanks=tuple(b for b in event.blanks if b.field not in ("time", "interval")),
        )
    places = {p.id: p for p in notes(doc).places}
    old, new = places.get(event.place or ""), places.get(gist.place or "")
    if new is None or gist.place_basis != "sentence" or not _better(old, new, event.place_basis):
        return event
    kept = tuple(b for b in event.blanks if b.field != "place")
    return replace(event, place=new.id, place_basis="lead", blanks=kept)


def _better(old: Place | None, new: Place, basis: str) -> bool:
    """Tell whether the gist's place goes before an event's: it has none, or one from afar or coarser."""
    if old is None:
        return True
    finer = old.precision == "country" and new.precision != "country" and old.country == new.country
    return finer or (basis in GUESSES and old.id != new.id)


def _worth(doc: Doc, event: Event, gist: Gist | None) -> float:
    title = next((s for s in notes(doc).segments if s.kind == "title"), None)
    span = notes(doc).offsets.to_clean(event.mentions[0].start, event.mentions[0].end)
    headline = title is not None and span is not None and span[0] < title.end
    marks = {
        "gist": float(gist is not None and gist.event == event.id),
        "title": float(headline),
        "told again": min(len(event.mentions) - 1, 2),
        "both sides": float(bool(event.actors) and (bool(event.recipients) or event.reciprocal)),
        "harm": float(any(size.role in ("dead", "injured") for size in event.sizes)),
        "real": float(event.status in REAL and not event.negated),
    }
    return sum(WEIGHTS[name] * value for name, value in marks.items())


def _lead_end(doc: Doc, left: int) -> int:
    """Return where the lead ends, in offsets of the report."""
    body = [s for s in notes(doc).segments if s.kind == "body"]
    if not body:
        return len(notes(doc).report.text)
    end = body[0].end
    for sentence in sentences(doc):
        if sentence.start_char >= body[0].start and any(t.is_alpha for t in sentence):
            left, end = left - 1, sentence.end_char
            if not left:
                break
    return notes(doc).offsets.to_report(max(0, end - 1), end)[1]
