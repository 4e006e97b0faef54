"""Finds the words that name an act, by the lexicon and the arguments beside them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from dateline.actors import participant_at, participants_within
from dateline.events.arguments import (
    Arguments,
    arguments,
    content,
    names_spot,
    of_verb,
    participant_of,
)
from dateline.events.lexicon import Entry, Lexicon, load_lexicon
from dateline.events.model import Prediction
from dateline.events.reach import within_reach
from dateline.events.sport import of_sport, on_sport
from dateline.events.words import words
from dateline.language import columns, sentences
from dateline.records import ActorKind, Participant


@dataclass(slots=True)
class Hit:
    """A word that names an act."""

    token: Token
    entry: Entry
    arguments: Arguments
    words: tuple[Token, ...]
    strength: int
    """How many conditions of the frame the arguments met."""
    said: Prediction | None = None
    """What the model said, where no entry of the lexicon names the act."""
    actor: Participant | None = None
    recipient: Participant | None = None
    """The pair that the model was asked about."""


def detect(doc: Doc) -> list[Hit]:
    """Return the hits of a report in the order of its words."""
    lexicon, read = load_lexicon(), columns(doc)
    sport = on_sport(doc)
    found = []
    for sentence in sentences(doc):
        if (sport or of_sport(sentence)) and not _political(doc, sentence):
            continue
        for i in range(sentence.start, sentence.end):
            named = read.base[i] in lexicon.verbs or read.base[i] in lexicon.nouns
            if named and (hit := _at(doc, doc[i], lexicon)) is not None:
                found.append(hit)
    return _without_carriers(found)


def _political(doc: Doc, sentence: Span) -> bool:
    people = participants_within(doc, sentence.start, sentence.end)
    return any(_sectors(p) & words().grave for _, p in people)


def _sectors(participant: Participant) -> set[str]:
    return set(participant.sectors)


def _without_carriers(hits: list[Hit]) -> list[Hit]:
    """Leave out a noun inside the words of another hit, and a light verb beside its noun."""
    taken: set[int] = set()
    for hit in sorted(hits, key=lambda h: (-h.strength, h.token.i)):
        if hit.entry.frame.get("object") and hit.token.pos_ != "NOUN":
            for head in hit.arguments.parts.get("object", []):
                if hit.entry.roles.get("object") == "theme":
                    taken.add(head.i)
    taken |= {i for hit in hits for i in _refused(hit)}
    kept = [h for h in hits if not (h.token.pos_ in ("NOUN", "VERB") and h.token.i in taken)]
    lights = {h.arguments.light.i for h in kept if h.arguments.light is not None}
    return [h for h in kept if h.token.i not in lights or h.strength > 1]


def _refused(hit: Hit) -> Iterator[int]:
    """Yield the acts that a refusal says do not come: "refused to meet the envoy"."""
    inner = hit.arguments.complement
    if hit.entry.type == "REJECT" and inner is not None and inner.dep_ == "xcomp":
        yield from (t.i for t in (inner, *inner.conjuncts) if t.tag_ == "VB")


def act_at(doc: Doc, token: Token) -> Entry | None:
    """Return the entry whose words and frame fit at a word, whoever stands beside it."""
    hit = _at(doc, token, load_lexicon(), needed=False)
    return hit.entry if hit is not None else None


def _at(doc: Doc, token: Token, lexicon: Lexicon, *, needed: bool = True) -> Hit | None:
    if token.dep_ == "amod" and token.tag_ == "VBN":
        return None
    if token.pos_ == "PROPN" and token.ent_type_ == "DATE":
        return None
    lemma = token.lemma_.lower()
    if token.pos_ == "VERB":
        candidates, noun = lexicon.verbs.get(lemma, ()), False
    elif token.pos_ in ("NOUN", "PROPN") and token.dep_ not in ("compound", "nmod"):
        candidates, noun = lexicon.nouns.get(lemma, ()), True
    else:
        return None
    if not candidates:
        return None
    args = arguments(token)
    hits = [
        hit
        for rest, entry in candidates
        for hit in _tried(doc, token, rest, entry, args, noun, needed)
    ]
    return max(hits, key=lambda h: h.strength) if hits else None


def _tried(
    doc: Doc, token: Token, rest: str, entry: Entry, args: Arguments, noun: bool, needed: bool
) -> Iterator[Hit]:
    named = _words(token, rest, noun)
    if named is None:
        return
    fits = _frame(doc, entry, args)
    if fits is None or (needed and not _needed(token, entry, args)):
        return
    if noun and any(c.lower_ in words().bodily for c in token.children):
        return
    yield Hit(token, entry, args, named, 2 * fits + 2 * len(rest.split()) + 1)


def _words(token: Token, rest: str, noun: bool) -> tuple[Token, ...] | None:
    if not rest:
        return (token,)
    wanted = rest.split()
    if not columns(token.doc).forms.issuperset(wanted):
        return None
    near: list[Token] = list(token.children)
    if noun:
        near += [c for child in token.children for c in child.children if child.dep_ == "compound"]
    else:
        near += [c for child in token.children if child.pos_ == "ADP" for c in child.children]
        near += [
            c
            for child in token.children
            if child.dep_ in ("dobj", "nsubjpass")
            for c in child.children
            if c.dep_ in ("amod", "compound")
        ]
    found = [token]
    for word in wanted:
        named = (
            c for c in near if (c.lower_ == word or c.lemma_.lower() == word) and not _dated(c)
        )
        other = next(named, None)
        if other is None:
            return None
        found.append(other)
        near += list(other.children)
    return tuple(sorted(found, key=lambda t: t.i))


def _dated(word: Token) -> bool:
    """Tell a preposition of a date, which is no part of a verb: "called the minister on Friday"."""
    objects = [c for c in word.children if c.dep_ == "pobj"] if word.dep_ == "prep" else []
    return bool(objects) and all(c.ent_type_ in ("DATE", "TIME") for c in objects)


def _frame(doc: Doc, entry: Entry, args: Arguments) -> int | None:
    """Return how many conditions are met, ``None`` where one that is asked for is not."""
    met = 0
    if _forbidden(doc, entry, args):
        return None
    asked = {k: v for k, v in entry.frame.items() if not v[0].startswith("!")}
    preps = [k for k in asked if k not in ("subject", "object", "complement", "clause")]
    for part, fillers in asked.items():
        fits = any(_fits(doc, head, fillers) for head in _heads(args, part))
        if fits:
            met += 1
        elif part not in preps:
            return None
    if preps and not any(
        _fits(doc, head, entry.frame[part])
        for part in preps
        for head in (*args.parts.get(part, ()), *_at_object(args, part), *_doing(args, part))
    ):
        return None
    return met


def _doing(args: Arguments, part: str) -> Iterator[Token]:
    """Yield the clause behind a preposition: "charged the clerk with stealing a car"."""
    inner = args.complement
    if inner is not None and inner.dep_ == "pcomp" and inner.head.lower_ == part:
        yield inner


def _heads(args: Arguments, part: str) -> list[Token]:
    if part == "complement":
        return [args.complement] if args.complement is not None else []
    if part == "clause":
        return [c for c in (args.complement,) if c is not None and c.dep_ == "ccomp"]
    return args.parts.get(part, [])


def _forbidden(doc: Doc, entry: Entry, args: Arguments) -> bool:
    """Tell whether an argument stands that the frame rules out: any (``!*``) or one of a class."""
    for part, fillers in entry.frame.items():
        barred = tuple(name[1:] for name in fillers if name.startswith("!"))
        heads = _heads(args, part) if barred else []
        if heads and (barred == ("*",) or any(_fits(doc, head, barred) for head in heads)):
            return True
    return False


def _at_object(args: Arguments, part: str) -> Iterator[Token]:
    """Yield what a preposition at the object governs: "blocked access to a website"."""
    for head in args.parts.get("object", ()):
        for prep in head.children:
            if prep.dep_ == "prep" and prep.lower_ == part:
                yield from (c for c in prep.children if c.dep_ == "pobj")


def _fits(doc: Doc, head: Token, fillers: tuple[str, ...]) -> bool:
    if fillers[0] == "*":
        return head.ent_type_ not in ("DATE", "TIME")
    heads = [head, *(t for t in head.conjuncts), content(head)]
    return any(_is(doc, one, name) for name in fillers for one in heads)


def _is(doc: Doc, token: Token, name: str) -> bool:
    lemma = token.lemma_.lower()
    if not name.isupper():
        return lemma == name or ("_" in name and _two_words(token, name))
    if name == "BIDDEN":
        return _bidden(doc, token)
    if name == "FORETOLD":
        return _foretold(doc, token)
    if name in HUMAN and _human(token):
        return True
    person = participant_at(doc, token)
    if name == "ACTOR":
        return person is not None or token.ent_type_ in ("PERSON", "GPE", "NORP", "ORG")
    if name == "NAMED":
        return person is not None and person.kind is not ActorKind.GENERIC
    if name == "STATE":
        return token.ent_type_ in ("GPE", "NORP") or (
            person is not None and person.kind is ActorKind.COUNTRY
        )
    if name == "PERSON":
        return token.ent_type_ == "PERSON" or (
            person is not None and person.kind in (ActorKind.PERSON, ActorKind.OFFICE)
        )
    return lemma in load_lexicon().classes[name]


HUMAN = frozenset(("PEOPLE", "ACTOR", "PERSON"))
"""Classes that a word for a person belongs to, whatever the word."""


def _human(token: Token) -> bool:
    """Tell "him", and what a clause with "who" is about."""
    if token.pos_ == "PRON":
        return token.lower_ in words().persons
    clauses = (c for c in token.children if c.dep_ == "relcl")
    return any(w.tag_ == "WP" and w.lower_ != "what" for one in clauses for w in one.children)


def _two_words(token: Token, name: str) -> bool:
    """Tell a filler of two words, such as ``aid_worker``."""
    first, _, last = name.partition("_")
    if token.lemma_.lower() != last:
        return False
    return any(
        c.lemma_.lower() == first for c in token.children if c.dep_ in ("compound", "amod", "nmod")
    )


def _bidden(doc: Doc, verb: Token) -> bool:
    """Tell a clause that says what somebody else must do: "said that Sudan must return it"."""
    if not any(c.dep_ == "aux" and c.lower_ in words().bidding for c in verb.children):
        return False
    subjects = [c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass") and c.pos_ != "PRON"]
    return any(participant_of(doc, subject) is not None for subject in subjects)


def _foretold(doc: Doc, verb: Token) -> bool:
    """Tell a clause of what others do, in words to nobody: "warned that rebels were near".

    What the speaker's own side will do, what will be done to others and what they will have to
    pay stays a threat.
    """
    governor = verb.head
    if any(c.dep_ in ("dobj", "dative") for c in governor.children):
        return False
    deps = {c.dep_ for c in verb.children}
    if "nsubj" not in deps or "nsubjpass" in deps or "auxpass" in deps:
        return False
    objects = {c.lemma_.lower() for c in verb.children if c.dep_ == "dobj"}
    if objects & load_lexicon().classes["RECKONING"]:
        return False
    subject = next(c for c in verb.children if c.dep_ == "nsubj")
    if subject.pos_ == "PRON":
        return False
    speakers = [c for c in governor.children if c.dep_ == "nsubj"]
    maybe = any(c.dep_ == "aux" and c.lower_ in words().possible for c in verb.children)
    return maybe or not any(_one_side(doc, s, subject) for s in speakers)


def _one_side(doc: Doc, speaker: Token, other: Token) -> bool:
    """Tell whether two are of one side: of one country or cluster, or forces without a country."""
    first, second = participant_of(doc, speaker), participant_of(doc, other)
    if first is None or second is None:
        return False
    if first.cluster is not None and first.cluster == second.cluster:
        return True
    if second.country is not None and first.country != second.country:
        return False
    return second.kind is ActorKind.COUNTRY or bool(_sectors(second) & words().of_state)


def ruled_out(doc: Doc, token: Token, kind: str, args: Arguments) -> bool:
    """Tell a verb whose entries for a type all rule out what stands beside it.

    Args:
        doc: the report.
        token: a verb.
        kind: the type.
        args: its arguments.
    """
    found = load_lexicon().verbs.get(token.lemma_.lower(), ())
    entries = [entry for rest, entry in found if not rest and entry.type == kind]
    return bool(entries) and all(_forbidden(doc, entry, args) for entry in entries)


def _needed(token: Token, entry: Entry, args: Arguments) -> bool:
    doc = token.doc
    if entry.need == "none" or (entry.type == "ASSAULT" and any(map(names_spot, token.children))):
        return True
    people = [
        p
        for part, heads in args.parts.items()
        for one in heads
        for head in (one, *one.conjuncts)
        if part not in ("in", "at") and (p := participant_of(doc, head)) is not None
    ]
    if entry.matrix and args.complement is not None:
        inner = of_verb(args.complement)
        sides = (*inner.parts.get("subject", []), *inner.parts.get("object", []))
        people += [p for head in sides if (p := participant_of(doc, head)) is not None]
        if people and entry.need == "political" and act_at(doc, args.complement) is not None:
            return True
    if entry.need == "both":
        return len({p.id for p in people}) >= 2 or any(p.members for p in people)
    if entry.need == "political":
        people += [p for head in _beside_object(args) if (p := participant_of(doc, head))]
        abroad = len({p.country for p in people} - {None}) > 1
        return abroad or any(political(p) for p in people) or _in_politics(token, people)
    return bool(people)


def _beside_object(args: Arguments) -> Iterator[Token]:
    """Yield who stands beside an object: "all contact with the United States"."""
    for head in args.parts.get("object", ()):
        for prep in head.children:
            if prep.dep_ == "prep" and prep.lower_ in ("with", "to", "between", "for"):
                yield from (c for c in prep.children if c.dep_ == "pobj")


def _in_politics(token: Token, people: list[Participant]) -> bool:
    """Tell a name that nothing is known of beside a government, forces, a party or a court."""
    if all(p.kind is ActorKind.GENERIC for p in people):
        return False
    near = within_reach(token)
    beside = participants_within(token.doc, near.start, near.stop)
    return any(_sectors(p) & words().politics for _, p in beside)


def political(participant: Participant) -> bool:
    """Tell whether a participant is one of politics: a state, an office, forces, a party."""
    if participant.country is not None and participant.kind is not ActorKind.GENERIC:
        return True
    return bool(
        _sectors(participant) - {"BUS", "UNK", "JRN", "EDU", "MED", "SOC", "CVL", "ELI", "LAB"}
    ) or (participant.kind in (ActorKind.COUNTRY, ActorKind.GROUP, ActorKind.OFFICE))
