"""Who acts and who is acted upon: arguments to participants, by the roles of the entry."""

from __future__ import annotations

from dataclasses import dataclass, field

import spacy.tokens
from spacy.tokens import Doc, Token

from dateline.events.arguments import (
    _owner,
    acting_at,
    names_spot,
    of_verb,
    participant_of,
)
from dateline.events.detect import Hit
from dateline.events.lexicon import load_lexicon
from dateline.events.words import words
from dateline.language import span_of
from dateline.records import Participant, Reason, Span

VERB_ROLES = {
    "subject": "actor", "object": "recipient", "dative": "recipient", "with": "recipient",
    "against": "recipient",
}  # fmt: skip
NOUN_ROLES = {
    "by": "actor", "poss": "actor", "compound": "actor", "subject": "actor", "between": "actor",
    "against": "recipient",
}  # fmt: skip


@dataclass(slots=True)
class Parts:
    """Participants of an event, by role."""

    actors: list[Participant] = field(default_factory=list)
    recipients: list[Participant] = field(default_factory=list)
    themes: list[Span] = field(default_factory=list)
    instruments: list[Span] = field(default_factory=list)
    why: list[Reason] = field(default_factory=list)
    unnamed: list[Token] = field(default_factory=list)
    """What the act goes to, where it is no participant: "a raid on the mountains"."""


def parts_of(doc: Doc, hit: Hit) -> Parts:
    """Return the participants of a hit."""
    found = Parts()
    if hit.said is not None:
        return _told(found, hit)
    noun = hit.token.pos_ != "VERB"
    usual = NOUN_ROLES if noun else VERB_ROLES
    for part, heads in hit.arguments.parts.items():
        role = hit.entry.roles.get(part, usual.get(part, "none"))
        for head in heads:
            _place(doc, found, hit, part, role, head)
    if not found.actors and noun:
        _from_governor(doc, found, hit)
    if not found.actors and noun:
        _from_claim(doc, found, hit)
    _from_theme(doc, found, hit)
    _from_complement(doc, found, hit)
    _clean(found, hit)
    return found


def _told(found: Parts, hit: Hit) -> Parts:
    """Take the pair that the model was asked about."""
    for side, name, person in (
        (found.actors, "actors", hit.actor),
        (found.recipients, "recipients", hit.recipient),
    ):
        if person is not None:
            side.append(person)
            found.why.append(Reason(field=name, rule=hit.entry.id, spans=(person.head,)))
    for head in hit.arguments.parts.get("object", []):
        if participant_of(head.doc, head) is not hit.recipient or hit.recipient is None:
            _words(found, "theme", head)
    return found


def _place(doc: Doc, found: Parts, hit: Hit, part: str, role: str, head: Token) -> None:
    if role in ("theme", "instrument"):
        if head.ent_type_ not in ("DATE", "TIME"):
            _words(found, role, head)
        return
    if role not in ("actor", "recipient"):
        return
    if part == "compound" and names_spot(head):
        return
    target = found.actors if role == "actor" else found.recipients
    if (
        role == "recipient"
        and part in words().on_spot
        and head.lemma_ in load_lexicon().classes["SPOT"]
    ):
        return
    for one in (head, *(c for c in head.conjuncts if c.i > head.i)):
        deep = part != "compound"
        acts = role == "actor"
        person = participant_of(doc, one, acts=acts) if deep else acting_at(doc, one)
        if person is None and role == "recipient" and one.pos_ != "PRON":
            if part == "object":
                _words(found, "theme", one)
            else:
                found.unnamed.append(one)
        if person is not None and person not in target:
            target.append(person)
            field = "actors" if role == "actor" else "recipients"
            found.why.append(
                Reason(field=field, rule=hit.entry.id, detail=part, spans=(person.head,))
            )


def phrase(head: Token) -> spacy.tokens.Span:
    """Return the noun phrase of a head, without relative clauses."""
    left = head.left_edge.i
    clauses = [c.left_edge.i for c in head.children if c.dep_ in ("relcl", "acl", "appos", "punct")]
    right = min([head.right_edge.i + 1, *(i for i in clauses if i > head.i)])
    return head.doc[left : max(right, head.i + 1)]


def _words(found: Parts, role: str, head: Token) -> None:
    span = span_of(phrase(head))
    target = found.themes if role == "theme" else found.instruments
    if span not in target:
        target.append(span)


def themes_of(found: Parts) -> None:
    """Take what the act goes to as its theme, where no participant is acted upon."""
    for head in found.unnamed[:1]:
        _words(found, "theme", head)


def _from_governor(doc: Doc, found: Parts, hit: Hit) -> None:
    """The subject of the verb that announces or orders the act."""
    for owner in _owner(hit.token):
        verb = hit.token.head
        if (
            owner.dep_ == "poss"
            or verb.lemma_ in words().announcers
            or hit.arguments.light is not None
        ):
            _place(doc, found, hit, "governor", "actor", owner)


def _from_claim(doc: Doc, found: Parts, hit: Hit) -> None:
    """The subject of "claimed responsibility for the attack", or who is responsible for it."""
    link = hit.token.head
    if hit.token.dep_ != "pobj" or link.lower_ != "for":
        return
    noun = link.head
    if (
        noun.lemma_.lower() == "responsibility" and noun.head.lemma_.lower() in words().claiming
    ) or (noun.lower_ == "responsible" and noun.head.lemma_ == "be"):
        verb = noun.head
    else:
        return
    for head in of_verb(verb).parts.get("subject", []):
        _place(doc, found, hit, "claim", "actor", head)


def _from_theme(doc: Doc, found: Parts, hit: Hit) -> None:
    """A recipient named inside the theme: "a Serbian proposal", "ties with Iran"."""
    if hit.entry.reciprocal:
        _partners(doc, found, hit)
    if found.recipients or hit.entry.reciprocal:
        return
    for part, heads in hit.arguments.parts.items():
        if hit.entry.roles.get(part) != "theme":
            continue
        for head in heads:
            person = participant_of(doc, head)
            if person is not None and person not in found.actors and _other(person, found):
                found.recipients.append(person)
                found.why.append(
                    Reason(
                        field="recipients", rule=hit.entry.id, detail="theme", spans=(person.head,)
                    )
                )
                return


def _partners(doc: Doc, found: Parts, hit: Hit) -> None:
    """Take the other side of what both do: "signed an agreement with Germany"."""
    for head in hit.arguments.parts.get("object", []):
        for prep in head.children:
            if prep.dep_ == "prep" and prep.lower_ in ("with", "between"):
                for one in (t for t in prep.children if t.dep_ == "pobj"):
                    _place(doc, found, hit, prep.lower_, "actor", one)


def _other(person: Participant, found: Parts) -> bool:
    return all(
        (person.cluster is None or person.cluster != actor.cluster) and not within(person, actor)
        for actor in found.actors
    )


def within(person: Participant, other: Participant) -> bool:
    """Tell whether one is named in the words for another: China in "China's foreign minister"."""
    return other.span.start <= person.head.start and person.head.end <= other.span.end


def _from_complement(doc: Doc, found: Parts, hit: Hit) -> None:
    """The subject or object of the clause that a verb of saying governs."""
    inner = hit.arguments.complement
    if found.recipients or inner is None or not hit.entry.matrix:
        return
    args = of_verb(inner)
    parts = ("subject", "object", "dative", "with", "to", "against", "from", "on", "in")
    for part in parts:
        for head in args.parts.get(part, []):
            person = participant_of(doc, head)
            if person is not None and person not in found.actors and _other(person, found):
                found.recipients.append(person)
                return


def _clean(found: Parts, hit: Hit) -> None:
    if hit.entry.reciprocal and found.recipients and hit.entry.type in ("CONSULT", "AGREE"):
        found.actors += [p for p in found.recipients if p not in found.actors]
        found.recipients.clear()
    acting = {p.id for p in found.actors} | {m for p in found.actors for m in p.members}
    found.recipients = [p for p in found.recipients if p.id not in acting]
    members = {m for p in (*found.actors, *found.recipients) for m in p.members}
    found.actors = [p for p in found.actors if p.id not in members]
    found.recipients = [p for p in found.recipients if p.id not in members]
