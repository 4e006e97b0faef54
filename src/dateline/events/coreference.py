"""Which mentions of a report tell one event, and what they say of it together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from spacy.tokens import Doc, Token

from dateline.events.arguments import of_a_spot
from dateline.events.lexicon import load_lexicon
from dateline.events.words import words
from dateline.language import notes, tokens_at
from dateline.places.distance import kilometres
from dateline.records import (
    ActorKind,
    DateBasis,
    Event,
    Interval,
    Participant,
    Place,
    Quantity,
    Span,
)

ASSUMED = frozenset({"dateline", "report", "participant"})
"""Bases of a place that no words of the event give: they tell no two events apart."""
EFFECTS = frozenset({"ASSAULT/kill", "ASSAULT/killing", "ASSAULT/wound"})
"""Entries whose words often name the effect of another act."""
FATAL = frozenset(
    {
        "ASSAULT/kill",
        "ASSAULT/killing",
        "ASSAULT/assassinate",
        "ASSAULT/assassination",
    }
)
"""Entries of acts that happen to nobody twice."""


def merged(doc: Doc, events: Sequence[Event]) -> tuple[Event, ...]:
    """Join mentions of one event: same act, with nothing that contradicts it."""
    by_id = {p.id: p for p in notes(doc).participants}
    places = {p.id: p for p in notes(doc).places}
    quantities = {q.id: q for q in notes(doc).quantities}
    body = next((s.start for s in notes(doc).segments if s.kind != "title"), None)
    spots = _spots(doc) if len(events) > 1 else frozenset()
    kept: list[Event] = []
    alike: dict[str, list[int]] = {}
    for event in events:
        known = alike.setdefault(event.type, [])
        at = next(
            (
                n
                for n in (*known[:FIRST], *known[max(FIRST, len(known) - LAST) :])
                if _effect(old := kept[n], event)
                or _effect(event, old)
                or _by_means(doc, old, event)
                or _aftermath(doc, old, event, places)
                or _same(old, event, by_id, places, quantities)
                or _victim(old, event, by_id)
                or _proposed(old, event)
            ),
            None,
        )
        if at is None and _points_back(doc, event):
            at = _told_before(doc, kept, event, by_id, places, quantities)
        if at is None:
            known.append(len(kept))
            kept.append(event)
        else:
            kept[at] = _joined(kept[at], event, by_id, body, spots)
    return tuple(kept)


FIRST, LAST = 5, 40
"""Events of a type that an event is compared with: the first of the report, and the last before it."""


def _effect(act: Event, told: Event) -> bool:
    """Tell "carried out a suicide attack, killing 30": the second says what the first did."""
    return (
        act.type == told.type == "ASSAULT"
        and act.sentence == told.sentence
        and (told.mode is None or _named_by(act, told))
        and any(reason.rule in EFFECTS for reason in told.why if reason.field == "type")
        and (act.status, act.negated) == (told.status, told.negated)
        and (not told.actors or not act.actors or bool(set(act.actors) & set(told.actors)))
    )


def _proposed(old: Event, new: Event) -> bool:
    """Tell two verbs of a sentence in which the model reads one act of the same two.

    "Will meet to discuss the test" is one meeting as well.
    """
    return (
        old.sentence == new.sentence
        and (old.type, old.status, old.negated) == (new.type, new.status, new.negated)
        and (old.actors, old.recipients) == (new.actors, new.recipients)
        and (
            old.type == "CONSULT"
            or all(
                any(r.rule == "event-model" for r in e.why if r.field == "type")
                and not any("/" in r.rule for r in e.why if r.field == "type")
                for e in (old, new)
            )
        )
    )


def _named_by(act: Event, told: Event) -> bool:
    """Tell "a suicide bomber killed 30": who acts in the second is named by the words of the first."""
    return bool(set(act.actors) & set(told.actors)) and act.trigger.end <= told.trigger.start


def _by_means(doc: Doc, act: Event, told: Event) -> bool:
    """Tell "attacked the post with mortar fire": the noun says how, or on which occasion, the verb happened."""
    if act.type != told.type or act.sentence != told.sentence or told.recipients:
        return False
    noun, verb = tokens_at(doc, told.trigger), tokens_at(doc, act.trigger)
    if noun is None or verb is None or noun.root.dep_ != "pobj" or noun.root.pos_ != "NOUN":
        return False
    link = noun.root.head
    return (
        link.lower_ in words().by_means
        and verb.start <= link.head.i < verb.end
        and (act.status, act.negated) == (told.status, told.negated)
    )


def _victim(old: Event, new: Event, by_id: dict[str, Participant]) -> bool:
    """Tell two mentions of the death of one person, who is known by name."""
    if (old.type, old.status, old.negated) != (new.type, new.status, new.negated):
        return False
    fatal = all(any(r.rule in FATAL for r in e.why if r.field == "type") for e in (old, new))
    if not fatal:
        return False
    return bool(_people(old, by_id) & _people(new, by_id)) or _same_victims(old, new, by_id)


def _same_victims(old: Event, new: Event, by_id: dict[str, Participant]) -> bool:
    """Tell "five farmers were killed" and, later, "the farmers were killed by rebels"."""
    first = {p.head.text.lower() for i in old.recipients if (p := by_id.get(i)) is not None}
    again = [p for i in new.recipients if (p := by_id.get(i)) is not None]
    return any(
        p.kind is ActorKind.GENERIC
        and p.span.text.lower().split()[0] in words().definite
        and p.head.text.lower() in first
        for p in again
    )


def _people(event: Event, by_id: dict[str, Participant]) -> set[str]:
    """Return the persons that are named among those acted upon."""
    found = [by_id[i] for i in event.recipients if i in by_id]
    return {p.cluster or p.id for p in found if p.kind == ActorKind.PERSON}


def _points_back(doc: Doc, event: Event) -> bool:
    """Tell "the attack", which speaks of what has been told."""
    words = tokens_at(doc, event.trigger)
    if words is None:
        return False
    if words.root.pos_ == "VERB":
        return event.mode == "explosives" and any(
            c.dep_ in ("nsubj", "nsubjpass") and _definite(c) for c in words.root.children
        )
    return words.root.tag_ == "NN" and _definite(words.root)


def _definite(noun: Token) -> bool:
    """Tell a noun of what has been told: "the bombs"."""
    return any(c.lower_ in words().definite and c.dep_ == "det" for c in noun.children)


def _told_before(
    doc: Doc,
    kept: Sequence[Event],
    event: Event,
    by_id: dict[str, Participant],
    places: dict[str, Place],
    quantities: dict[str, Quantity],
) -> int | None:
    """Return the last event told before that a noun can point back to: nothing contradicts it."""
    for n in range(len(kept) - 1, max(-1, len(kept) - 1 - BACK), -1):
        old = kept[n]
        if (old.type, old.status, old.negated) != (event.type, event.status, event.negated):
            continue
        if old.sentence == event.sentence or len({old.mode, event.mode} - {None}) > 1:
            continue
        if _sized_apart(old, event, quantities):
            continue
        agreed = _agreements(old, event, by_id, places)
        if _told_otherwise(agreed) or False not in agreed:
            return n
    return None


def _told_otherwise(agreed: Sequence[bool | None]) -> bool:
    """Tell one attack whose target has two names: who acts, or both day and place, agree."""
    actor, _, day, place = agreed
    if False in (actor, day, place):
        return False
    return actor is True or (day is True and place is True)


BACK = 6
"""Events back that a noun points at most."""
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
    """Return how many sentences further on ``last`` is; 0 beyond the first of another paragraph."""
    one, two = tokens_at(doc, first), tokens_at(doc, last)
    if one is None or two is None or two.start <= one.start:
        return 0
    ends = {s.start for s in notes(doc).segments if one.start_char < s.start <= two.start_char}
    between = sum(bool(t.is_sent_start) for t in doc[one.start + 1 : two.start + 1])
    return between if between == 1 or not ends else 0


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
    agreed = _agreements(old, new, by_id, places)
    if False in agreed:
        return False
    return agreed.count(True) >= 2 or _of_both(old, new, by_id)


def _of_both(old: Event, new: Event, by_id: dict[str, Participant]) -> bool:
    """Tell what the same two do with each other: "Biden met Modi. The two leaders' talks …"."""
    if old.type not in TOLD_TWICE or not _mutual(old) or not _mutual(new):
        return False
    first, second = _codes(old.actors, by_id), _codes(new.actors, by_id)
    return len(first) > 1 and first == second


def _mutual(event: Event) -> bool:
    """Tell an act that an entry has people do to each other."""
    return any(r.rule in _reciprocal() for r in event.why if r.field == "type")


@cache
def _reciprocal() -> frozenset[str]:
    return frozenset(entry.id for entry in load_lexicon().entries if entry.reciprocal)


TOLD_TWICE = frozenset({"CONSULT", "SUPPORT"})
"""Types of acts of two sides that a report tells again without day or place."""


def _agreements(
    old: Event, new: Event, by_id: dict[str, Participant], places: dict[str, Place]
) -> list[bool | None]:
    """Return whether who acts, who is acted upon, when (said in the text) and where agree."""
    return [
        _side_agrees(old.actors, new.actors, by_id),
        _side_agrees(old.recipients, new.recipients, by_id),
        _agree(_dated(old), _dated(new)),
        _near(old, new, places),
    ]


def _side_agrees(
    old: tuple[str, ...], new: tuple[str, ...], by_id: dict[str, Participant]
) -> bool | None:
    """Return whether a side of two events agrees: by person where both name persons, else by country."""
    first, second = _named_persons(old, by_id), _named_persons(new, by_id)
    if first and second and not _persons_shared(first, second):
        return False
    return _agree(_codes(old, by_id), _codes(new, by_id))


def _named_persons(ids: tuple[str, ...], by_id: dict[str, Participant]) -> list[Participant]:
    """Return the persons of a side that is made of nothing else."""
    people = [by_id[m] for i in ids if i in by_id for m in _meant(by_id[i], by_id) if m in by_id]
    return people if all(p.kind is ActorKind.PERSON for p in people) else []


def _persons_shared(first: Sequence[Participant], second: Sequence[Participant]) -> bool:
    """Tell whether a person is on both: the same actor or cluster, or a name that ends alike."""

    def keys(people: Sequence[Participant]) -> set[str]:
        found = {k for p in people for k in (p.actor, p.cluster, p.id) if k}
        return found | {p.name.split()[-1].lower() for p in people if p.name}

    return bool(keys(first) & keys(second))


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


def _near(old: Event, new: Event, places: dict[str, Place]) -> bool | None:
    """Return whether two events are at one place: a site and its town agree, a wider area is open."""
    if not _placed(old, places) or not _placed(new, places):
        return None
    one, other = (places[e.place] for e in (old, new) if e.place is not None)
    if one.name == other.name:
        return True
    if one.country and other.country and one.country != other.country:
        return False
    if WIDE & {one.precision, other.precision}:
        apart = one.admin1 and other.admin1 and one.admin1 != other.admin1
        return False if apart or one.precision == other.precision else None
    return _distance(one, other) <= ONE_TOWN


WIDE = frozenset(("country", "region", "admin1", "admin2"))
"""Precisions of places that others lie in."""
ONE_TOWN = 15.0
"""Kilometres between two places of one town at most."""


def _distance(one: Place, other: Place) -> float:
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return float("inf")
    return kilometres(one.lat, one.lon, other.lat, other.lon)


def _codes(ids: tuple[str, ...], by_id: dict[str, Participant]) -> set[str]:
    """Return what tells participants apart: their countries, or else who they are.

    A common noun without a country ("troops") tells nothing apart.
    """
    parts = [by_id[m] for i in ids if i in by_id for m in _meant(by_id[i], by_id) if m in by_id]
    return {code for p in parts if (code := p.country or p.actor or _named(p))}


def _meant(person: Participant, by_id: dict[str, Participant]) -> tuple[str, ...]:
    """Return whom a participant stands for: the members of "the two", also behind "their"."""
    whole = person if person.members else by_id.get(person.cluster or "", person)
    return whole.members or (person.id,)


def _named(participant: Participant) -> str | None:
    return participant.name if participant.kind != "generic" else None


def _telling(
    first: tuple[str, ...],
    second: tuple[str, ...],
    by_id: dict[str, Participant],
    spots: frozenset[str] = frozenset(),
) -> tuple[str, ...]:
    """Return the mention of a side that says more of who it is: "French police", not "Police".

    ``spots``: countries that only say where; people go before them.
    """
    if first and second and spots and spots.issuperset(first) != spots.issuperset(second):
        return second if spots.issuperset(first) else first

    def known(ids: tuple[str, ...]) -> int:
        return sum(bool(p.country) + bool(p.actor) for i in ids if (p := by_id.get(i)) is not None)

    return second if not first or (second and known(second) > known(first)) else first


def _spots(doc: Doc) -> frozenset[str]:
    """Return the countries and capitals that are named as a place: "in London", "outside Gao's gates"."""
    found = set()
    for person in notes(doc).participants:
        tokens = tokens_at(doc, person.head) if person.kind is ActorKind.COUNTRY else None
        if tokens is None:
            continue
        noun = tokens.root.head if tokens.root.dep_ == "poss" else tokens.root
        if noun.dep_ == "pobj" and (noun.head.lower_ in words().locating or of_a_spot(noun)):
            found.add(person.id)
    return frozenset(found)


def _joined(
    old: Event,
    new: Event,
    by_id: dict[str, Participant],
    body: int | None,
    spots: frozenset[str],
) -> Event:
    """Return one event of two mentions: what the first leaves open comes from the second."""
    named = old.mode is None and new.mode is not None
    first, second = (_in_the_mode_of(old, new), new) if named else (old, new)
    if body is not None and old.sentence.start < body:
        first, second = new, old  # a headline drops words that the lead has
    sizes = dict.fromkeys((*first.sizes, *second.sizes))
    mentions = {span.start: span for span in (*old.mentions, *new.mentions)}
    made = replace(
        first,
        mode=first.mode or second.mode,
        mentions=tuple(mentions[start] for start in sorted(mentions)),
        sizes=tuple(sizes),
        actors=_telling(
            first.actors,
            tuple(i for i in second.actors if i not in first.recipients or first.reciprocal),
            by_id,
        ),
        recipients=_telling(
            first.recipients,
            tuple(i for i in second.recipients if i not in first.actors and not first.reciprocal),
            by_id,
            spots,
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


def _in_the_mode_of(old: Event, new: Event) -> Event:
    """Return the first mention with the mode that a later one names, and what follows from it."""
    why = (
        *(r for r in old.why if r.field != "mode"),
        *(r for r in new.why if r.field == "mode"),
    )
    return replace(
        old,
        mode=new.mode,
        plover_mode=new.plover_mode,
        scale=new.scale,
        cameo=new.cameo,
        goldstein=new.goldstein,
        instruments=old.instruments or new.instruments,
        why=why,
    )


def _placed_better(one: Event, other: Event) -> bool:
    """Tell whether one mention's own words say where, and the other's at most what is around it."""
    return other.place is None or (other.place_basis in ASSUMED and one.place_basis not in ASSUMED)


def _time(interval: Interval | None) -> tuple[str | None, str | None]:
    return (interval.start, interval.end) if interval else (None, None)
