"""Who can have done violence that the text tells without saying by whom."""

from __future__ import annotations

from spacy.tokens import Token

from dateline.events.detect import Hit
from dateline.events.lexicon import load_lexicon
from dateline.events.location import VERBAL
from dateline.events.words import words
from dateline.language import columns
from dateline.records import ActorKind, Participant


def may_act(hit: Hit, head: Token, person: Participant) -> bool:
    """Tell whether weights may put a participant on the actor's side of an act of violence.

    Nobody inside the phrase of the victims has harmed them ("two reporters of a Dutch station were
    killed"), and where the text leaves the actor out ("union leaders mourned ten members killed in
    a blast"), only those who bear arms or govern are thought of.
    """
    if hit.entry.type != "ASSAULT":
        return True
    harmed = hit.arguments.parts.get("object", [])
    met = {hit.token.i, *(one.i for o in harmed for one in (o, *o.conjuncts))}
    reached = next((i for i in columns(head.doc).above(head.i) if i in met), hit.token.i)
    if reached != hit.token.i:
        return False
    if head.dep_ == "nsubj" and head.head.lemma_.lower() in words().dying:
        return False
    if _judges(head, hit.token):
        return False
    return not _without_agent(hit.token) or _armed(person)


def _judges(head: Token, act: Token) -> bool:
    """Tell who speaks of an act, and has not done it: "Egypt condemned the bombing of a mosque"."""
    verb = act.head.head if act.dep_ == "pobj" else act.head
    if verb.pos_ != "VERB" or act.dep_ not in ("dobj", "pobj", "nsubjpass"):
        return False
    subject = head.head if head.dep_ == "pobj" and head.head.dep_ == "agent" else head
    if subject.dep_ not in ("nsubj", "agent") or subject.head != verb:
        return False
    kinds = {entry.type for _, entry in load_lexicon().verbs.get(verb.lemma_.lower(), ())}
    return bool(kinds) and kinds <= VERBAL


def _without_agent(token: Token) -> bool:
    """Tell an act without "by": "was killed", "the men killed on Monday", "the explosion"."""
    if token.pos_ in ("NOUN", "PROPN"):
        return True
    if token.pos_ != "VERB" or token.tag_ != "VBN":
        return False
    deps = {child.dep_ for child in token.children}
    if "agent" in deps or "nsubj" in deps:
        return False
    first = token.head if token.dep_ == "conj" else token
    passive = {"nsubjpass", "auxpass"} & (deps | {c.dep_ for c in first.children})
    return bool(passive) or token.dep_ == "acl"


def _armed(person: Participant) -> bool:
    known = person.kind is ActorKind.COUNTRY or person.actor is not None
    return known or bool(words().armed & set(person.sectors))
