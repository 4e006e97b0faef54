"""From hits to ``Event`` records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from spacy.tokens import Doc

from dateline.events.circumstances import Circumstances, When
from dateline.events.contexts import report_contexts, scored_contexts
from dateline.events.detect import Hit, detect
from dateline.events.factuality import weighed
from dateline.events.linker import link
from dateline.events.location import Where
from dateline.events.model import Judge
from dateline.events.modes import mode_of
from dateline.events.ontology import cameo_for, goldstein, plover_reading, quad, score
from dateline.events.participants import Parts, parts_of, themes_of
from dateline.events.status import Found, load_cues, status_of
from dateline.events.unlisted import fill, unlisted
from dateline.language import notes, span_at, span_of, tokens_at
from dateline.records import (
    Blank,
    BlankReason,
    DateBasis,
    Event,
    Interval,
    Participant,
    Place,
    Quantity,
    Reason,
    Span,
    Status,
    make_id,
)

HISTORICAL_DAYS = 365
"""An event that ended longer before the report is background."""
FORMER = ("former ", "ex-", "late ", "then-")
MATRIX_STATUS = frozenset([
    Status.PLANNED, Status.DEMANDED, Status.PROPOSED, Status.THREATENED, Status.DENIED,
])  # fmt: skip
ALWAYS = frozenset(["REQUEST", "THREATEN", "REJECT", "ACCUSE"])
"""Verbal acts towards somebody that stand beside the act they speak of."""


ASSUMED = frozenset({"dateline", "report", "participant"})
"""Bases of a place that no words of the event give: they tell no two events apart."""
HAPPENED = (Status.OCCURRED, Status.ONGOING)
EFFECTS = frozenset({"ASSAULT/kill", "ASSAULT/killing", "ASSAULT/wound"})
"""Entries whose words often name the effect of another act."""


def find_events(doc: Doc, judge: Judge) -> tuple[tuple[Event, ...], tuple[str, ...]]:
    """Return the events and the contexts of a report; ``judge`` tells acts without an entry."""
    around = Circumstances(doc)
    hits = detect(doc)
    hits = sorted([*hits, *unlisted(doc, hits, judge)], key=lambda hit: hit.token.i)
    acts = {hit.token.i: hit.entry.type for hit in hits}
    events: list[Event] = []
    taken: set[str] = set()
    for hit in hits:
        parts = parts_of(doc, hit)
        link(doc, hit, parts, acts)
        fill(doc, hit, parts, judge)
        if not parts.recipients and not parts.themes:
            themes_of(parts)
        if _carried_by(hit, acts, parts) or _on_itself(hit, parts) or _silent(hit):
            continue
        event = _event(doc, hit, parts, around, taken)
        taken.add(event.id)
        events.append(event)
    return _with_main(doc, _merged(doc, events)), report_contexts(doc)


def _carried_by(hit: Hit, acts: Mapping[int, str], parts: Parts) -> bool:
    """Tell whether the act in the clause of a matrix verb is the event, and not the verb."""
    if not hit.entry.matrix or hit.entry.type == "REJECT":
        return False
    below = [hit.arguments.complement, *hit.arguments.parts.get("object", [])]
    inner = {t.i for b in below if b is not None for t in (b, *b.conjuncts)}
    if not inner & acts.keys():
        return False
    return not (hit.entry.type in ALWAYS and parts.recipients)


def _on_itself(hit: Hit, parts: Parts) -> bool:
    """Tell "the army must defend itself", which acts on no one."""
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
    historical = found.status in HAPPENED and _historical(doc, when, parts)
    when = _own_time(doc, when, found, historical)
    people = (*parts.actors, *parts.recipients)
    where = around.where(hit.token, people, hit.entry.type, parts.recipients)
    place = where.place
    mode = mode_of(doc, hit, parts, place)
    sectors = tuple(s for p in people for s in p.sectors)
    scored = scored_contexts(
        doc, hit.token.sent[:], type=hit.entry.type, mode=mode, sectors=sectors,
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


def _historical(doc: Doc, when: When, parts: Parts) -> bool:
    ended = (when.interval.end or "")[:10] if when.interval else ""
    dating = notes(doc).dating.interval
    today = (dating.start or "")[:10] if dating else ""
    if when.time is not None and len(ended) == 10 and len(today) == 10:
        days = (date.fromisoformat(today) - date.fromisoformat(ended)).days
        if days > HISTORICAL_DAYS:
            return True
    acting = {p.actor for p in parts.actors if p.actor is not None}
    return bool(acting) and any(
        p.actor in acting and p.span.text.lower().startswith(FORMER)
        for p in (*parts.actors, *notes(doc).participants)
    )


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


ASSENT = frozenset(
    {"agree", "consent", "willing", "ready", "prepared", "promise", "pledge", "offer"}
)
"""Words after which an act that gives way is an agreement to it."""


def _agreed(hit: Hit, event: Event) -> bool:
    """Tell "agreed to lift the embargo", which PLOVER reads as AGREE."""
    cues = {span.start for r in event.why if r.field == "status" for span in r.spans}
    doc = hit.token.doc
    tokens = (t for t in hit.token.ancestors if span_of(doc[t.i : t.i + 1]).start in cues)
    return any(t.lemma_.lower() in ASSENT for t in tokens)


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


# ------------------------------------------------------------------ coreference


def _merged(doc: Doc, events: list[Event]) -> list[Event]:
    """Join mentions of one event: same act, with nothing that contradicts it."""
    by_id = {p.id: p for p in notes(doc).participants}
    places = {p.id: p for p in notes(doc).places}
    quantities = {q.id: q for q in notes(doc).quantities}
    body = next((s.start for s in notes(doc).segments if s.kind != "title"), None)
    kept: list[Event] = []
    for event in events:
        at = next(
            (
                n
                for n, old in enumerate(kept)
                if _effect(old, event)
                or _effect(event, old)
                or _aftermath(doc, old, event, places)
                or _same(old, event, by_id, places, quantities)
            ),
            None,
        )
        if at is None:
            kept.append(event)
        else:
            kept[at] = _joined(kept[at], event, by_id, body)
    return kept


def _effect(act: Event, told: Event) -> bool:
    """Tell "carried out a suicide attack, killing 30": the second says what the first did."""
    return (
        act.type == told.type == "ASSAULT"
        and act.sentence == told.sentence
        and told.mode is None
        and any(reason.rule in EFFECTS for reason in told.why if reason.field == "type")
        and (act.status, act.negated) == (told.status, told.negated)
        and (not told.actors or not act.actors or bool(set(act.actors) & set(told.actors)))
    )


AFTER = 2
"""Sentences after an attack in which its victims are told without saying whose act it was."""


def _aftermath(doc: Doc, act: Event, told: Event, places: dict[str, Place]) -> bool:
    """Tell "A bomb went off at the port. Two guards were killed.": the toll of what stands before."""
    if (
        act.type != "ASSAULT"
        or told.type != "ASSAULT"
        or act.mode is None
        or told.mode is not None
        or told.actors
        or not told.sizes
        or not any(r.rule in EFFECTS for r in told.why if r.field == "type")
        or (act.status, act.negated, act.historical) != (told.status, told.negated, told.historical)
        or {s.role for s in act.sizes} & {s.role for s in told.sizes}
    ):
        return False
    apart = {_placed(act, places) == _placed(told, places), not _placed(told, places)}
    dated = {_dated(act) == _dated(told), not _dated(told)}
    near = _sentences_between(doc, act.sentence, told.sentence)
    return True in apart and True in dated and 0 < near <= AFTER


def _sentences_between(doc: Doc, first: Span, last: Span) -> int:
    """Return how many sentences further on ``last`` is; 0 where another paragraph begins."""
    one, two = tokens_at(doc, first), tokens_at(doc, last)
    if one is None or two is None or two.start <= one.start:
        return 0
    ends = {s.start for s in notes(doc).segments if one.start_char < s.start <= two.start_char}
    return 0 if ends else sum(bool(t.is_sent_start) for t in doc[one.start + 1 : two.start + 1])


def _same(
    old: Event,
    new: Event,
    by_id: dict[str, Participant],
    places: dict[str, Place],
    quantities: dict[str, Quantity],
) -> bool:
    """Return whether two acts of a report can be one, and enough speaks for it.

    What one leaves open contradicts nothing; two of these must agree: who acts, who is
    acted upon, when (said in the text), where.
    """
    if (old.type, old.status, old.negated, old.historical) != (
        new.type, new.status, new.negated, new.historical,
    ) or len({old.mode, new.mode} - {None}) > 1:  # fmt: skip
        return False
    if old.sentence == new.sentence or _sized_apart(old, new, quantities):
        return False
    agreed = [
        _agree(_codes(old.actors, by_id), _codes(new.actors, by_id)),
        _agree(_codes(old.recipients, by_id), _codes(new.recipients, by_id)),
        _agree(_dated(old), _dated(new)),
        _agree(_placed(old, places), _placed(new, places)),
    ]
    return False not in agreed and agreed.count(True) >= 2


def _agree(old: set[str], new: set[str]) -> bool | None:
    """Return whether two fields share a value; ``None`` where one is open."""
    return bool(old & new) if old and new else None


def _sized_apart(old: Event, new: Event, quantities: dict[str, Quantity]) -> bool:
    """Tell two attacks with numbers of their own, which no bounds reconcile."""
    first, second = ({s.role: quantities[s.quantity] for s in e.sizes} for e in (old, new))
    return any(not _reconciled(first[role], second[role]) for role in first.keys() & second.keys())


def _reconciled(one: Quantity, other: Quantity) -> bool:
    """Tell numbers that can be one: "30" and "at least 30"."""
    lows = [q.low if q.low is not None else float("-inf") for q in (one, other)]
    highs = [q.high if q.high is not None else float("inf") for q in (one, other)]
    return max(lows) <= min(highs)


def _dated(event: Event) -> set[str]:
    return {str(_time(event.interval))} if event.time_basis is DateBasis.TEXT else set()


def _placed(event: Event, places: dict[str, Place]) -> set[str]:
    """Return the name of the place that the text puts the event in."""
    if event.place not in places or event.place_basis in ASSUMED:
        return set()
    return {places[event.place].name}


def _codes(ids: tuple[str, ...], by_id: dict[str, Participant]) -> set[str]:
    """Return what tells participants apart: their countries, or else who they are.

    A common noun without a country ("troops") tells nothing apart.
    """
    parts = [by_id[m] for i in ids if i in by_id for m in (by_id[i].members or (i,)) if m in by_id]
    return {code for p in parts if (code := p.country or p.actor or _named(p))}


def _named(participant: Participant) -> str | None:
    return participant.name if participant.kind != "generic" else None


def _telling(
    first: tuple[str, ...], second: tuple[str, ...], by_id: dict[str, Participant]
) -> tuple[str, ...]:
    """Return the mention of a side that says more of who it is: "French police", not "Police"."""

    def known(ids: tuple[str, ...]) -> int:
        return sum(bool(p.country) + bool(p.actor) for i in ids if (p := by_id.get(i)) is not None)

    return second if not first or (second and known(second) > known(first)) else first


def _joined(old: Event, new: Event, by_id: dict[str, Participant], body: int | None) -> Event:
    """Return one event of two mentions: what the first leaves open comes from the second."""
    first, second = (new, old) if old.mode is None and new.mode is not None else (old, new)
    if body is not None and old.sentence.start < body:
        first, second = new, old  # a headline drops words that the lead has
    sizes = dict.fromkeys((*first.sizes, *second.sizes))
    mentions = {span.start: span for span in (*old.mentions, *new.mentions)}
    made = replace(
        first,
        mode=first.mode or second.mode,
        mentions=tuple(mentions[start] for start in sorted(mentions)),
        sizes=tuple(sizes),
        actors=_telling(first.actors, second.actors, by_id),
        recipients=_telling(
            first.recipients,
            tuple(i for i in second.recipients if i not in first.actors and not first.reciprocal),
            by_id,
        ),
    )
    if first.time is None and second.time is not None:
        made = replace(
            made, time=second.time, interval=second.interval, time_basis=second.time_basis
        )
    if second.place is not None and _placed_better(second, first):
        made = replace(made, place=second.place, place_basis=second.place_basis)
    open_fields = {b.field for b in made.blanks if not getattr(made, b.field)}
    return replace(made, blanks=tuple(b for b in made.blanks if b.field in open_fields))


def _placed_better(one: Event, other: Event) -> bool:
    """Tell whether one mention's own words say where, and the other's at most what is around it."""
    return other.place is None or (other.place_basis in ASSUMED and one.place_basis not in ASSUMED)


def _time(interval: Interval | None) -> tuple[str | None, str | None]:
    return (interval.start, interval.end) if interval else (None, None)


def _with_main(doc: Doc, events: list[Event]) -> tuple[Event, ...]:
    """Mark the first event of the title or lead that is news as the main one."""
    for n, event in enumerate(events):
        if not event.historical:
            events[n] = replace(event, main=True)
            break
    return tuple(events)
