"""From hits to ``Event`` records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from spacy.tokens import Doc

from dateline.events.accidents import by_accident
from dateline.events.circumstances import Circumstances, When
from dateline.events.contexts import report_contexts, scored_contexts
from dateline.events.coreference import merged
from dateline.events.detect import Hit, detect
from dateline.events.factuality import weighed
from dateline.events.linker import link
from dateline.events.location import Where
from dateline.events.model import Judge
from dateline.events.modes import mode_of
from dateline.events.ontology import cameo_for, goldstein, plover_reading, quad, score
from dateline.events.participants import Parts, parts_of, themes_of
from dateline.events.reach import within_reach
from dateline.events.status import Found, load_cues, status_of
from dateline.events.unlisted import fill, unlisted
from dateline.events.words import words
from dateline.language import notes, span_at, span_of, tokens_at
from dateline.records import (
    ActorKind,
    Blank,
    BlankReason,
    DateBasis,
    Event,
    Participant,
    Reason,
    Span,
    Status,
    make_id,
)

HISTORICAL_DAYS = 365
"""An event that ended longer before the report is background."""
MATRIX_STATUS = frozenset([
    Status.PLANNED, Status.DEMANDED, Status.PROPOSED, Status.THREATENED, Status.DENIED,
])  # fmt: skip
ALWAYS = frozenset(["REQUEST", "THREATEN", "REJECT", "ACCUSE"])
"""Verbal acts towards somebody that stand beside the act they speak of."""


BY_ANYONE = frozenset([
    "ACCUSE", "AGREE", "CONSULT", "PROTEST", "REJECT", "REQUEST", "SUPPORT", "THREATEN",
])  # fmt: skip
"""Types of acts that a former minister does like anybody else."""
HAPPENED = (Status.OCCURRED, Status.ONGOING)


def find_events(doc: Doc, judge: Judge) -> tuple[tuple[Event, ...], tuple[str, ...]]:
    """Return the events and the contexts of a report; ``judge`` tells acts without an entry."""
    around = Circumstances(doc)
    hits = detect(doc)
    hits = sorted([*hits, *unlisted(doc, hits, judge)], key=lambda hit: hit.token.i)
    acts = around.acts = {hit.token.i: hit.entry.type for hit in hits}
    events: list[Event] = []
    taken: set[str] = set()
    for hit in hits:
        parts = parts_of(doc, hit)
        link(doc, hit, parts, acts)
        fill(doc, hit, parts, judge)
        _not_to_themselves(hit, parts)
        if not parts.recipients and not parts.themes:
            themes_of(parts)
        if _carried_by(hit, acts, parts) or _on_itself(hit, parts) or _silent(hit):
            continue
        if by_accident(hit):
            continue
        event = _event(doc, hit, parts, around, taken)
        taken.add(event.id)
        events.append(event)
    return merged(doc, events), report_contexts(doc)


def _carried_by(hit: Hit, acts: Mapping[int, str], parts: Parts) -> bool:
    """Tell whether the act in the clause of a matrix verb is the event, and not the verb."""
    if not hit.entry.matrix or hit.entry.type == "REJECT":
        return False
    below = [hit.arguments.complement, *hit.arguments.parts.get("object", [])]
    inner = {t.i for b in below if b is not None for t in (b, *b.conjuncts)}
    if not inner & acts.keys():
        return False
    if hit.entry.type == "ACCUSE" and hit.arguments.complement is None:
        return False  # who condemns an attack acts beside who attacks
    return not (hit.entry.type in ALWAYS and parts.recipients)


def _not_to_themselves(hit: Hit, parts: Parts) -> None:
    """Leave the speaker's own country out of a warning or denial: "Modi warned that India may run short"."""
    if hit.entry.type not in ("THREATEN", "REJECT") or hit.arguments.complement is None:
        return
    addressed = {t.i for part in ("object", "dative") for t in hit.arguments.parts.get(part, [])}
    own = {p.country for p in parts.actors} - {None}
    doc = hit.token.doc
    kept = []
    for person in parts.recipients:
        head = tokens_at(doc, person.head)
        spoken_to = head is not None and head.root.i in addressed
        if spoken_to or person.kind is not ActorKind.COUNTRY or person.country not in own:
            kept.append(person)
    parts.recipients = kept


def _on_itself(hit: Hit, parts: Parts) -> bool:
    """Tell "the army must defend itself", which acts on no one."""
    if hit.entry.mode == "suicide-attack":
        return False
    objects = [child for child in hit.token.children if child.dep_ in ("dobj", "obj")]
    return bool(objects) and all(child.lower_.endswith(("self", "selves")) for child in objects)


def _silent(hit: Hit) -> bool:
    """Tell "refused to comment", which rejects nothing."""
    told = hit.arguments.complement
    return (
        hit.entry.type == "REJECT"
        and told is not None
        and told.lemma_.lower() in load_cues().lists["silences"]
    )


def _event(doc: Doc, hit: Hit, parts: Parts, around: Circumstances, taken: set[str]) -> Event:
    trigger = _trigger(doc, hit)
    found, sure = weighed(hit.token, status_of(doc, hit.token))
    when = around.when(hit.token)
    found = _ahead(doc, hit, found, when)
    historical = found.status in HAPPENED and _historical(doc, when, parts, hit.entry.type)
    when = _own_time(doc, when, found, historical)
    people = (*parts.actors, *parts.recipients)
    where = around.where(hit.token, people, hit.entry.type, parts.recipients)
    place = where.place
    mode = mode_of(doc, hit, parts, place)
    sectors = tuple(s for p in people for s in p.sectors)
    near = within_reach(hit.token)
    scored = scored_contexts(
        doc, doc[near.start : near.stop], type=hit.entry.type, mode=mode, sectors=sectors,
        between_states=len({p.country for p in people if "GOV" in p.sectors}) > 1,
    )  # fmt: skip
    contexts = tuple(s.context for s in scored)
    event = Event(
        id=make_id("e", trigger, taken),
        type=hit.entry.type,
        mode=mode,
        contexts=contexts,
        status=found.status,
        negated=found.negated,
        factuality=sure,
        historical=historical,
        trigger=trigger,
        sentence=span_of(hit.token.sent[:]),
        mentions=(trigger,),
        actors=tuple(p.id for p in parts.actors),
        recipients=tuple(p.id for p in parts.recipients),
        reciprocal=hit.entry.reciprocal and len(_members(parts.actors)) > 1,
        instruments=tuple(parts.instruments),
        themes=tuple(parts.themes),
        place=place,
        place_basis=where.basis,
        time=when.time,
        interval=when.interval,
        time_basis=when.basis,
        sizes=around.sizes(hit.token, hit.entry.type),
        claim=around.claim(hit.token, trigger, notes(doc).statements),
        confidence=_confidence(hit, parts, found),
        why=(
            Reason(field="type", rule=hit.entry.id, detail=hit.entry.description, spans=(trigger,)),
            *found.why,
            *parts.why,
            *(reason for s in scored for reason in s.why),
        ),
        blanks=_blanks(parts, where, when),
    )
    return _read(event, hit)


def _ahead(doc: Doc, hit: Hit, found: Found, when: When) -> Found:
    """Tell "the ministers meet on Friday", of a Friday to come, from what has happened."""
    dating = notes(doc).dating.interval
    if when.time is None or when.interval is None or dating is None or hit.token.tag_ == "VBD":
        return found
    start, today = (when.interval.start or "")[:10], (dating.end or "")[:10]
    past = any(c.tag_ in ("VBD", "VBZ", "VBP") for c in hit.token.children if "aux" in c.dep_)
    if found.status not in HAPPENED or len(start) < 10 or not today or start < today or past:
        return found
    reason = Reason(field="status", rule="status/date to come", spans=(span_of(hit.token),))
    return replace(found, status=Status.PLANNED, why=(*found.why, reason))


def _own_time(doc: Doc, when: When, found: Found, historical: bool) -> When:
    """Leave a date to the act it belongs to.

    The day of publication is no date of history or of what is yet to come, and what is
    yet to come has no date that is past.
    """
    happened = found.status in HAPPENED
    if when.time is None:
        return When(None, None, DateBasis.UNKNOWN) if historical or not happened else when
    ended = (when.interval.end or "")[:10] if when.interval else ""
    dating = notes(doc).dating.interval
    published = (dating.start or "")[:10] if dating else ""
    if happened or not ended or not published or ended >= published:
        return when
    return When(None, None, DateBasis.UNKNOWN)


def _members(people: list[Participant]) -> list[str]:
    return [m for p in people for m in (p.members or (p.id,))]


def _trigger(doc: Doc, hit: Hit) -> Span:
    """Return the words of the act; words that stand far apart are left to the head."""
    words = hit.words
    if words[-1].i - words[0].i > len(words) + 1:
        words = (hit.token,)
    return span_at(doc, words[0].idx, words[-1].idx + len(words[-1]))


def _historical(doc: Doc, when: When, parts: Parts, kind: str) -> bool:
    """Tell what ended long ago, and an undated act of office by who has left it."""
    ended = (when.interval.end or "")[:10] if when.interval else ""
    dating = notes(doc).dating.interval
    today = (dating.start or "")[:10] if dating else ""
    if when.time is not None and len(ended) == 10 and len(today) == 10:
        days = (date.fromisoformat(today) - date.fromisoformat(ended)).days
        if days > HISTORICAL_DAYS:
            return True
    if kind in BY_ANYONE or when.basis is DateBasis.TEXT:
        return False
    acting = {p.actor for p in parts.actors if p.actor is not None}
    return bool(acting) and any(
        p.actor in acting and _once(p.span.text.lower())
        for p in (*parts.actors, *notes(doc).participants)
    )


def _once(name: str) -> bool:
    """Tell a name of who was something once: "former President Obama", "ex-minister"."""
    return name.split(" ", 1)[0] in words().former or name.startswith(tuple(words().former_parts))


def _read(event: Event, hit: Hit) -> Event:
    """Add PLOVER's reading and the CAMEO code."""
    reading = plover_reading(event.type, event.mode, event.status, event.negated)
    if hit.said is not None:
        reading = (event.type, None)
    elif reading and reading[0] == "CONCEDE" and _agreed(hit, event):
        reading = ("AGREE", None)
    elif reading and reading[0] == event.type and hit.entry.plover and event.status in HAPPENED:
        reading = (hit.entry.plover, None)
    cues = [t.lemma_.lower() for t in hit.token.subtree]
    kind, mode = reading or (event.type, event.mode)
    cameo = cameo_for(kind, mode, event.contexts, cues[:60], meant=(event.type, event.mode))
    return replace(
        event,
        plover_type=reading[0] if reading else None,
        plover_mode=reading[1] if reading else None,
        quad=quad(reading[0]) if reading else None,
        scale=score(*reading) if reading else None,
        cameo=cameo if reading else None,
        goldstein=goldstein(cameo) if reading else None,
    )


def _agreed(hit: Hit, event: Event) -> bool:
    """Tell "agreed to lift the embargo", which PLOVER reads as AGREE."""
    cues = {span.start for r in event.why if r.field == "status" for span in r.spans}
    doc = hit.token.doc
    tokens = (t for t in hit.token.ancestors if span_of(doc[t.i : t.i + 1]).start in cues)
    return any(t.lemma_.lower() in words().assent for t in tokens)


def _confidence(hit: Hit, parts: Parts, found: Found) -> float:
    """Return a score: more for a fuller frame and for both sides named."""
    if hit.said is not None:
        return round(hit.said.confidence * hit.said.relevant, 3)
    value = 0.35 + 0.08 * min(hit.strength, 4)
    value += 0.12 * bool(parts.actors) + 0.12 * bool(parts.recipients or hit.entry.reciprocal)
    return round(min(value - 0.05 * found.negated, 0.95), 3)


def _blanks(parts: Parts, where: Where, when: When) -> tuple[Blank, ...]:
    empty = {
        "actors": not parts.actors, "recipients": not parts.recipients, "place": where.place is None,
    }  # fmt: skip
    blanks = [
        Blank(
            field=name,
            reason=BlankReason.NOT_MENTIONED,
            note=where.note if name == "place" else "no argument or phrase names it",
        )
        for name, missing in empty.items()
        if missing
    ]
    if when.interval is None:
        blanks.append(Blank(field="interval", reason=BlankReason.NO_ANCHOR))
    return tuple(blanks)
