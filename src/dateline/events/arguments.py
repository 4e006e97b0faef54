"""What stands beside a verb or an event noun: subject, object, prepositions, complement."""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from dateline.actors import participant_at
from dateline.events.lexicon import load_lexicon
from dateline.events.words import words
from dateline.language import notes, span_of, tokens_at
from dateline.records import ActorKind, Participant, Span

CLAUSES = ("ccomp", "xcomp", "oprd", "acomp")


@dataclass(slots=True)
class Arguments:
    """Heads of the arguments, by ``subject``, ``object``, ``poss``, … or the preposition.

    ``predicate`` is what an object is called: "called him a liar".
    """

    parts: dict[str, list[Token]] = field(default_factory=dict)
    complement: Token | None = None
    light: Token | None = None
    """The verb that carries an event noun ("held talks")."""

    def add(self, part: str, *tokens: Token) -> None:
        """Add heads to a part, once each."""
        known = self.parts.setdefault(part, [])
        known.extend(token for token in tokens if token not in known)


def arguments(token: Token) -> Arguments:
    """Return the arguments of a verb or noun token."""
    return of_noun(token) if token.pos_ in ("NOUN", "PROPN") else of_verb(token)


def of_verb(verb: Token) -> Arguments:
    """Return the arguments of a verb, with subjects that stand at another verb."""
    found = Arguments()
    for child in verb.children:
        _verb_child(found, child)
    if "object" not in found.parts and not _passive(verb) and "predicate" in found.parts:
        found.parts["object"] = found.parts.pop("predicate")
    if "subject" not in found.parts and not _passive(verb):
        found.add("subject", *_shared_subject(verb))
    if verb.dep_ == "acl" and verb.tag_ == "VBN" and "object" not in found.parts:
        found.add("object", verb.head)
        found.parts.pop("subject", None)
        found.add("subject", *_agents(verb))
    if verb.dep_ == "conj" and verb.head.pos_ == "VERB" and "object" not in found.parts:
        _shared_passive(found, verb)
    return found


def _agents(verb: Token) -> list[Token]:
    """Return who stands behind "by"."""
    links = (
        c for c in verb.children if c.dep_ == "agent" or (c.lower_ == "by" and _by_somebody(c))
    )
    return [one for link in links for one in _objects(link)]


def _verb_child(found: Arguments, child: Token) -> None:
    if child.dep_ in ("nsubj", "csubj"):
        found.add("subject", _antecedent(child))
    elif child.dep_ == "nsubjpass" or child.dep_ in ("dobj", "obj"):
        found.add("object", _antecedent(child))
    elif child.dep_ == "dative":
        found.add("dative", *([child] if child.pos_ != "ADP" else _objects(child)))
    elif child.dep_ == "oprd":
        found.add("predicate", child)
        found.complement = found.complement or child
    elif child.dep_ == "agent" or (
        child.dep_ == "prep" and child.lower_ == "by" and _by_somebody(child)
    ):
        found.add("subject", *_objects(child))
    elif child.dep_ in ("prep", "prt", "advmod") and child.pos_ in ("ADP", "SCONJ"):
        _preposition(found, child)
    elif child.dep_ == "ccomp" and child.pos_ in ("NOUN", "ADJ") and child.tag_ != "VBG":
        found.add("predicate", child)  # "called me a fool"
        found.complement = found.complement or child
    elif child.dep_ in CLAUSES:
        found.complement = found.complement or child


def _by_somebody(link: Token) -> bool:
    """Tell an agent that a parser takes for a phrase: "schoolgirls abducted By Boko Haram"."""
    if link.head.tag_ != "VBN":
        return False
    return any(o.ent_type_ in ("PERSON", "ORG", "NORP", "GPE") for o in _objects(link))


def _preposition(found: Arguments, prep: Token) -> None:
    """Add what a preposition governs; behind a particle that is the object: "called off the vote"."""
    part = "object" if prep.dep_ == "prt" and _objects(prep) else prep.lower_
    found.add(part, *_objects(prep))
    for child in prep.children:
        if child.dep_ == "prep":
            found.add(child.lower_, *_objects(child))
        elif child.dep_ == "pcomp" and found.complement is None:
            found.complement = child


def _objects(prep: Token) -> list[Token]:
    return [child for child in prep.children if child.dep_ in ("pobj", "obj")]


def _antecedent(token: Token) -> Token:
    """Return what a relative pronoun stands for."""
    if token.lower_ in ("who", "which", "that", "whom") and token.tag_ in ("WP", "WDT", "IN"):
        clause = token.head
        for _ in range(3):
            if clause.dep_ == "relcl":
                return clause.head
            clause = clause.head
    return token


def _passive(verb: Token) -> bool:
    return any(child.dep_ in ("nsubjpass", "auxpass") for child in verb.children)


def _shared_subject(verb: Token) -> list[Token]:
    """Return the subject of the verb that this one hangs on, where they share it."""
    at = verb
    for _ in range(4):
        head = at.head
        if head == at:
            return []
        given = _given(at)
        if given:
            return given
        if at.dep_ == "acl" and head.pos_ in ("NOUN", "PROPN"):
            if at.tag_ == "VBG":
                if participant_at(at.doc, head) or head.ent_type_:
                    return [head]
                return [head, *_owner(head)]
            return _owner(head)
        if at.dep_ == "relcl":
            return [head]
        if at.dep_ not in ("xcomp", "conj", "advcl", "pcomp", "prep", "ccomp", "acomp"):
            return []
        blamed = _blamed(head) if at.dep_ == "pcomp" else []
        if blamed:
            return blamed
        if at.dep_ == "xcomp" and head.lemma_ in words().object_control:
            objects = [_antecedent(c) for c in head.children if c.dep_ in ("dobj", "nsubjpass")]
            if objects:
                return objects
        for kind in ("nsubj", "agent", "nsubjpass"):
            subjects = [_antecedent(c) for c in head.children if c.dep_ == kind]
            if subjects:
                return [o for s in subjects for o in (_objects(s) if kind == "agent" else [s])]
        at = head
    return []


def giver_of(verb: Token) -> Token | None:
    """Return the "gave" over an infinitive, which may hang on what is given: "gave them a week to leave"."""
    behind_noun = verb.dep_ in ("acl", "relcl") and verb.head.dep_ == "dobj"
    giver = verb.head.head if behind_noun else verb.head
    return giver if giver.lemma_ in words().giving else None


def _given(verb: Token) -> list[Token]:
    """Return who is given what an infinitive says they may or must do: "gave the rebels a week to leave"."""
    if verb.dep_ not in ("acl", "relcl", "advcl", "xcomp") or verb.tag_ != "VB":
        return []
    giver = giver_of(verb)
    if giver is None or giver.pos_ != "VERB":
        return []
    for kind in ("dative", "nsubjpass"):
        found = [c for c in giver.children if c.dep_ == kind]
        if found:
            return [_antecedent(o) for c in found for o in (_objects(c) or [c])]
    return [c for c in giver.children if c.dep_ == "dobj" and participant_at(c.doc, c) is not None]


def _blamed(prep: Token) -> list[Token]:
    """Return whose act stands after the preposition: "accused Mali of arming", "held for killing"."""
    over = prep.head
    if prep.lower_ not in ("of", "for", "from"):
        return []
    if over.dep_ in ("dobj", "nsubjpass") and over.pos_ in ("NOUN", "PROPN"):
        return [over]
    if over.pos_ != "VERB":
        return []
    return [_antecedent(c) for c in over.children if c.dep_ in ("dobj", "nsubjpass")]


def _shared_passive(found: Arguments, verb: Token) -> None:
    passive = verb.tag_ == "VBN" and not any(c.dep_ in ("aux", "nsubj") for c in verb.children)
    own = any(c.dep_ == "auxpass" for c in verb.children)  # "tried to flee but was caught"
    sides = ("nsubjpass", "nsubj") if own else ("nsubjpass",)
    heads = [c for c in verb.head.children if c.dep_ in sides]
    if passive and heads:
        found.add("object", _antecedent(heads[0]))
        if not any(c.dep_ == "agent" for c in verb.children):
            found.parts.pop("subject", None)


def _owner(noun: Token) -> list[Token]:
    """Return who stands behind a noun: its possessor, or the subject of its verb."""
    for child in noun.children:
        if child.dep_ == "poss":
            return [child]
    at = noun
    for _ in range(3):
        if at.dep_ in ("dobj", "pobj", "prep", "attr", "conj"):
            at = at.head
        if at.pos_ in ("VERB", "AUX"):
            found = [_antecedent(c) for c in at.children if c.dep_ == "nsubj"]
            return found or (_shared_subject(at) if at.dep_ in ("conj", "xcomp", "advcl") else [])
    return []


def of_noun(noun: Token) -> Arguments:
    """Return the arguments of an event noun, with those of its light verb."""
    found = Arguments()
    for child in noun.children:
        if child.dep_ == "poss":
            found.add("poss", child)
        elif child.dep_ in ("compound", "amod", "nmod"):
            found.add("compound", child)
        elif child.dep_ in ("prep", "agent"):
            _preposition(found, child)
        elif child.dep_ in ("acl", "relcl") and child.lemma_ in ("aim", "direct", "target"):
            for prep in child.children:
                if prep.dep_ == "prep":
                    found.add("against", *_objects(prep))
    _carrier(found, noun)
    return found


def _carrier(found: Arguments, noun: Token) -> None:
    """Add the arguments of the verb that carries the noun."""
    noun = _of_period(noun)
    verb = noun.head
    if noun.dep_ == "pobj" and noun.head.head.pos_ == "VERB":
        verb = noun.head.head
    if noun.dep_ == "pobj" and _talks(noun) and _is_at_it(noun.head):
        being = noun.head.head
        found.add("subject", *(_antecedent(c) for c in being.children if c.dep_ == "nsubj"))
    if verb.pos_ != "VERB" or noun.dep_ not in ("dobj", "nsubjpass", "pobj"):
        return
    if noun.dep_ == "pobj" and verb.lemma_ not in words().taking_part:
        return
    if verb.lemma_ not in load_lexicon().classes["LIGHT"] and noun.dep_ == "pobj":
        return
    if verb.lemma_ in load_lexicon().classes["LIGHT"]:
        found.light = verb
        outer = of_verb(verb)
        for part, tokens in outer.parts.items():
            if part != "object":
                found.add(part, *tokens)
        if noun.dep_ == "pobj" and _passive(verb):
            found.add("subject", *outer.parts.get("object", []))


def _talks(noun: Token) -> bool:
    return noun.lemma_.lower() in load_lexicon().classes["TALKS"]


def _is_at_it(prep: Token) -> bool:
    """Tell the preposition of "is in talks" and of "is in Delhi for talks"."""
    if prep.lower_ == "for":
        return _is_somewhere(prep.head)
    return prep.lower_ == "in" and prep.head.lemma_ == "be"


def _is_somewhere(verb: Token) -> bool:
    """Tell the verb of "is in Delhi for talks"."""
    return verb.lemma_ == "be" and any(
        c.dep_ == "prep" and any(o.ent_type_ == "GPE" for o in _objects(c)) for c in verb.children
    )


def _of_period(noun: Token) -> Token:
    """Return the noun of "ten days of war games" that carries the act, else the act's own."""
    over = noun.head.head
    if (
        noun.dep_ == "pobj"
        and noun.head.lower_ == "of"
        and over.lemma_.lower() in load_lexicon().classes["PERIOD"]
    ):
        return over
    return noun


def content(token: Token) -> Token:
    """Return the counted noun of "thousands of troops", else the token."""
    for _ in range(3):
        if token.lemma_.lower() not in load_lexicon().classes["PARTITIVE"] and token.pos_ != "NUM":
            return token
        inner = [o for c in token.children if c.lower_ == "of" for o in _objects(c)]
        if not inner:
            return token
        token = inner[0]
    return token


def of_a_spot(head: Token) -> bool:
    """Tell a town that only says where: "on the edge of Lyon"."""
    noun = head.head.head if head.dep_ == "pobj" and head.head.lower_ == "of" else head
    return noun.i < head.i and noun.lemma_ in load_lexicon().classes["SPOT"]


def acts_elsewhere(head: Token) -> bool:
    """Tell who stands behind the "by" of a verb: nobody acts upon them by another one."""
    while head.dep_ in ("compound", "nmod", "amod") and head.head != head:
        head = head.head
    return head.dep_ == "pobj" and head.head.dep_ == "agent"


NAMED_BY_TOWN = frozenset({"ASSAULT", "CONSULT", "PROTEST"})
"""Types of acts whose noun has the town where they happen before it."""


def names_spot(head: Token) -> bool:
    """Tell a town before an act, which only says where: "the Lyon bombing", not "the Lyon police"."""
    noun = head.head
    if head.dep_ not in ("compound", "nmod") or noun == head:
        return False
    entries = load_lexicon().nouns.get(noun.lemma_.lower(), ())
    if not any(entry.type in NAMED_BY_TOWN for _, entry in entries):
        return False
    name = span_of(head)
    return any(
        place.precision == "town" and place.span.start <= name.start < place.span.end
        for place in notes(head.doc).places
    )


def acting_at(doc: Doc, token: Token) -> Participant | None:
    """Return the participant at a token, unless its words are the name of a place."""
    found = participant_at(doc, token)
    return found if found is not None and acting(doc, found) else None


def acting(doc: Doc, found: Participant) -> bool:
    """Tell whether a participant is one: the words of an unknown one may be a place's name."""
    if found.actor is not None or found.kind not in (ActorKind.PERSON, ActorKind.ORGANISATION):
        return True
    places = _places(doc)
    if found.kind is ActorKind.PERSON or _in_it(doc, found):
        return found.span not in places
    name, _, last = found.span.text.rpartition(" ")
    area = last.lower() in load_lexicon().classes["AREA"]
    start = found.span.start
    return not area or Span(start=start, end=start + len(name), text=name) not in places


def _in_it(doc: Doc, found: Participant) -> bool:
    """Tell whether something stands behind "in" or "near"."""
    tokens = tokens_at(doc, found.head)
    link = tokens.root.head if tokens is not None and tokens.root.dep_ == "pobj" else None
    return link is not None and link.lower_ in words().locating


def _places(doc: Doc) -> frozenset[Span]:
    """Return the spans of places that stand for themselves."""
    known = notes(doc).places
    cached = doc.user_data.get("dateline_event_places")
    if cached is None or cached[0] is not known:
        cached = (known, frozenset(p.span for p in known if not p.associative and p.geonameid))
        doc.user_data["dateline_event_places"] = cached
    spans: frozenset[Span] = cached[1]
    return spans


def participant_of(
    doc: Doc, token: Token, *, deep: bool = True, acts: bool = False
) -> Participant | None:
    """Return the participant that an argument names, or that its modifiers name.

    ``acts``: it is who acts: "forces of Mali" act for it, "the war on Mali" and "our role in Mali"
    do not.
    """
    found = acting_at(doc, token) or acting_at(doc, content(token))
    if found is not None or not deep:
        return found
    for deps in (("poss",), ("compound", "nmod", "amod", "appos")):
        for child in token.children:
            if child.dep_ not in deps or names_spot(child):
                continue
            if found := acting_at(doc, child):
                return found
    behind = words().doers if acts else words().sides
    for child in token.children:
        if child.dep_ == "prep" and child.lower_ in behind:
            for inner in _objects(child):
                if found := participant_of(doc, inner, deep=False):
                    return found
    return None
