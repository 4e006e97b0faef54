"""Acts that no entry of the lexicon names, between two participants: the model says which.

A verb that the lexicon does not know, or whose frame is not met, with a
participant as its subject and another among its other arguments, is shown to
the model with both marked. What the model takes for a political event becomes an event of
its type where that is likely enough by the verb and by who the two are (``proposals.yaml``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from dateline.actors import participants_within
from dateline.events.arguments import Arguments, acting, names_spot, of_verb, participant_of
from dateline.events.asking import PROMISING, SETTLED, Asking
from dateline.events.detect import Hit, political, ruled_out
from dateline.events.lexicon import Entry, load_lexicon
from dateline.events.model import Candidate, Judge, Prediction
from dateline.events.participants import Parts, within
from dateline.events.proposals import chance_of, load_table, worth_asking
from dateline.events.reach import within_reach
from dateline.events.sport import of_sport, on_sport
from dateline.events.victims import may_act
from dateline.events.words import words
from dateline.language import columns, sentences, span_of, tokens_at
from dateline.records import Participant, Reason

EVERYDAY = 0.8
"""Least probability of a political event of the type for a verb of daily life ("arrive", "use")."""
PLAIN = 0.7
"""Probability from which a verb counts beside another word of the sentence of the same type."""
FAR = 0.85
"""``FILLING`` for a participant in another clause."""
LIKELY = 0.5
"""Probability from which a nearer participant is taken before a likelier one."""
FILLING = 0.6
"""Least probability that a participant is the missing side of an act of the lexicon."""
WEAK = 0.2
"""Probability up to which a pair of the lexicon gives way to a better one."""
TRIED = 2
"""Most participants that are tried as the other side, the nearest of them."""
MISSING = 3
"""The same for an act that has one side only."""
_KIN = {
    "CONCEDE": frozenset({"RETREAT"}),
    "RETREAT": frozenset({"CONCEDE"}),
    "AGREE": frozenset({"SUPPORT"}),
}
"""Types that the model takes for each other."""
MUTUAL = frozenset({"CONSULT", "AGREE", "COOPERATE"})
"""Types whose participants act on each other."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A verb with who may act and who may be acted upon."""

    token: Token
    arguments: Arguments
    actor: Participant
    recipient: Participant | None
    direct: bool = False
    """The recipient is the verb's own object."""


def unlisted(doc: Doc, hits: Sequence[Hit], judge: Judge) -> list[Hit]:
    """Return the acts that the model finds beside the hits of the lexicon."""
    if not judge.asks:
        return []
    found = []
    for group in _groups(doc, hits):
        best, said = _best(group, judge)
        lemma = best.token.lemma_.lower()
        daily = lemma in load_lexicon().classes["EVERYDAY"]
        if said.relevant * said.confidence < (EVERYDAY if daily else load_table().floor):
            continue
        if ruled_out(doc, best.token, said.type, best.arguments) or _spoken_of(best, said):
            continue
        chance = chance_of(lemma, said, best.actor, best.recipient)
        if chance >= load_table().least:
            found.append(_hit(best, said, chance))
    heads = {h.token.head.i: h.entry.type for h in (*hits, *found) if h.token.dep_ == "xcomp"}
    return [h for h in found if not _echo(h, hits) and heads.get(h.token.i) != h.entry.type]


def _sure(hit: Hit) -> float:
    return hit.said.relevant * hit.said.confidence if hit.said is not None else 0.0


def _spoken_of(pair: Pair, said: Prediction) -> bool:
    """Tell who is only spoken of, and not with: "spoke of the minister's courage"."""
    if said.type != "CONSULT" or pair.recipient is None:
        return False
    head = tokens_at(pair.token.doc, pair.recipient.head)
    if head is None or not len(head):
        return False
    path = [head.root, *head.root.ancestors]
    return any(t.dep_ == "prep" and t.lower_ in words().topic for t in path if t.head == pair.token)


def _echo(hit: Hit, hits: Sequence[Hit]) -> bool:
    """Tell a verb in which the model reads the act that another word of the sentence names."""
    sentence = hit.token.sent
    beside = {h.entry.type for h in hits if sentence.start <= h.token.i < sentence.end}
    sure = _sure(hit) >= PLAIN
    if sure and hit.entry.type != "ASSAULT":
        return False
    return hit.entry.type in beside or bool(_KIN.get(hit.entry.type, frozenset()) & beside)


def _best(group: Sequence[Pair], judge: Judge) -> tuple[Pair, Prediction]:
    """Return the pair with the verb's own object where it is likely, else the likeliest.

    The verb's own object is asked about first: where it is likely, nothing else is.
    """
    asked: list[tuple[float, int, Prediction]] = []
    for n, pair in sorted(enumerate(group), key=lambda one: not one[1].direct):
        said = _said(judge, pair.token, pair.actor, pair.recipient)
        if pair.direct and said.relevant >= LIKELY:
            return pair, said
        asked.append((said.relevant, -n, said))
    _, n, said = max(asked, key=lambda one: one[:2])
    return group[-n], said


def _said(
    judge: Judge, token: Token, actor: Participant | None, recipient: Participant | None
) -> Prediction:
    (said,) = judge.propose([candidate(token, actor, recipient)])
    assert said is not None
    return said


def _groups(doc: Doc, hits: Sequence[Hit]) -> Iterator[list[Pair]]:
    """Yield the pairs of each verb that no hit covers."""
    known = {token.i for hit in hits for token in _covered(hit)}
    known |= {token.i for hit in hits for token in _governed(hit)}
    classes, sport, read = load_lexicon().classes, on_sport(doc), columns(doc)
    for sentence in sentences(doc):
        if sport or of_sport(sentence):
            continue
        tokens = range(sentence.start, sentence.end)
        verbs = [doc[i] for i in tokens if read.pos[i] == "VERB" and i not in known]
        verbs = [t for t in verbs if read.base[t.i] not in classes["SAYING"] or _bids(t)]
        people = list(in_sentence(doc, tokens)) if verbs else []
        for verb in verbs:
            near = within_reach(verb)
            if group := list(_pairs(doc, verb, [one for one in people if one[0].i in near])):
                yield group


def _bids(verb: Token) -> bool:
    """Tell whether what is said is asked of somebody: "said that Sudan must return it"."""
    inner = (child for child in verb.children if child.dep_ == "ccomp")
    return any(
        t.dep_ == "aux" and t.lower_ in words().bidding for one in inner for t in one.children
    )


def _governed(hit: Hit) -> Iterator[Token]:
    """Yield the verbs of the clause that a verb of saying or deciding governs."""
    inner = hit.arguments.complement
    if hit.entry.matrix and inner is not None:
        yield from (inner, *inner.conjuncts)


def _covered(hit: Hit) -> Iterator[Token]:
    yield from hit.words
    if hit.arguments.light is not None:
        yield hit.arguments.light
    if hit.token.dep_ in ("dobj", "nsubjpass"):
        yield hit.token.head


def in_sentence(doc: Doc, sentence: range) -> Iterator[tuple[Token, Participant]]:
    """Yield the participants of a sentence, given by the numbers of its words, with the word at their head, in order."""
    seen = set()
    for i, person in participants_within(doc, sentence.start, sentence.stop):
        if person.id not in seen and not person.members and acting(doc, person):
            seen.add(person.id)
            yield doc[i], person


def _pairs(doc: Doc, verb: Token, people: Sequence[tuple[Token, Participant]]) -> Iterator[Pair]:
    arguments = of_verb(verb)
    heads = arguments.parts.get("subject", [])
    actor = next((p for h in heads if (p := participant_of(doc, h, acts=True)) is not None), None)
    if actor is None:
        return
    others = below(verb, actor, people)[:TRIED]
    objects = [participant_of(doc, h, deep=False) for h in arguments.parts.get("object", [])]
    own = {p.id for p in objects if p is not None}
    asking = Asking(verb, "find")
    for other in others:
        if not worth_asking(verb.lemma_.lower(), actor, other):
            continue
        if (_public(actor) or _public(other)) and asking.chance(actor, other) >= PROMISING:
            yield Pair(verb, arguments, actor, other, other.id in own)
    alone = not others and worth_asking(verb.lemma_.lower(), actor, None)
    if (
        alone
        and _public(actor)
        and arguments.parts.get("object")
        and asking.chance(actor, None) >= PROMISING
    ):
        yield Pair(verb, arguments, actor, None)


def _public(participant: Participant) -> bool:
    """Tell a participant of politics from a firm, whose country makes its deals no politics."""
    return political(participant) and set(participant.sectors) != {"BUS"}


def below(
    token: Token, actor: Participant | None, people: Sequence[tuple[Token, Participant]]
) -> list[Participant]:
    """Return the participants under a word, the nearest in the parse first."""
    found, read = [], columns(token.doc)
    for head, person in people:
        line = read.above(head.i)
        if token.i in line and (actor is None or _distinct(actor, person)):
            found.append((line.index(token.i), head.i, person))
    return [person for *_, person in sorted(found, key=lambda one: one[:2])]


def _distinct(actor: Participant, recipient: Participant) -> bool:
    return (
        actor.id != recipient.id
        and (actor.cluster is None or actor.cluster != recipient.cluster)
        and not within(recipient, actor)
        and not within(actor, recipient)
    )


def candidate(token: Token, actor: Participant | None, recipient: Participant | None) -> Candidate:
    """Return the sentence of a word with the participants and the word marked."""
    sentence = span_of(token.sent[:])
    spans = [p.span if p is not None else None for p in (actor, recipient)]
    offsets = [
        (s.start - sentence.start, s.end - sentence.start)
        if s is not None and sentence.start <= s.start < s.end <= sentence.end
        else None
        for s in (*spans, span_of(token.doc[token.i : token.i + 1]))
    ]
    return Candidate(sentence.text, *offsets)


def _hit(pair: Pair, said: Prediction, chance: float) -> Hit:
    entry = Entry(
        id="event-model",
        type=said.type,
        mode=None,
        verbs=(),
        nouns=(),
        frame={},
        roles={},
        need="both",
        reciprocal=said.type in MUTUAL,
        matrix=False,
        description=(
            f"{said.explain()}; political event {said.relevant:.3f}; right with {chance:.2f}"
        ),
        positive="",
        negative="",
    )
    return Hit(
        pair.token, entry, pair.arguments, (pair.token,), 1, said, pair.actor, pair.recipient
    )


def fill(doc: Doc, hit: Hit, parts: Parts, judge: Judge) -> None:
    """Let the model find a side that the arguments of a hit leave open or get wrong."""
    if not judge.asks or hit.said is not None or hit.entry.reciprocal:
        return
    actor = parts.actors[0] if parts.actors else None
    recipient = parts.recipients[0] if parts.recipients else None
    if actor is None and recipient is None:
        return
    taken = {p.id for p in (*parts.actors, *parts.recipients)}
    near = _clauses(hit.token)
    people = ((h, p) for h, p in in_sentence(doc, within_reach(hit.token)) if not names_spot(h))
    found = [(head, p) for head, p in people if p.id not in taken]
    steps = _Steps(hit.token)
    found.sort(key=lambda one: steps(one[0]))
    others = [p for _, p in found]
    far = {p.id for head, p in found if _clause(head) not in near}
    acting = [p for head, p in found if may_act(hit, head, p)]
    whole = actor is not None and recipient is not None
    asking = Asking(hit.token, "check" if whole else "fill", hit.entry.type)
    tried = _tries(actor, recipient, others, acting)
    asked = [p for p in tried if p == (actor, recipient) or asking.chance(*p) >= PROMISING]
    if whole and (
        len(asked) < 2
        or asking.chance(actor, recipient) >= SETTLED
        or _said(judge, hit.token, actor, recipient).relevant > WEAK
    ):
        return  # no other pair would be taken, so none is asked about
    said = [_said(judge, hit.token, *pair) for pair in asked]
    if not said:
        return
    best = max(range(len(said)), key=lambda n: (said[n].relevant, -n))
    least = FAR if far & {p.id for p in asked[best] if p is not None} else FILLING
    if (best == 0 and whole) or said[best].relevant < least:
        return
    _change(parts, asked[best], said[best].relevant)


def _clause(token: Token) -> int:
    """Return the number of the verb of the clause that a word stands in."""
    at = token
    while at.pos_ not in ("VERB", "AUX") and at.head != at:
        at = at.head
    return at.i


def _clauses(token: Token) -> set[int]:
    """Return the verb of a word's clause and the one that it hangs on."""
    own = token.doc[_clause(token)]
    return {own.i, _clause(own.head), token.i}


Sides = tuple[Participant | None, Participant | None]


def _tries(
    actor: Participant | None,
    recipient: Participant | None,
    others: Sequence[Participant],
    acting: Sequence[Participant],
) -> list[Sides]:
    """Return the pair at hand and those with another participant on one side, as they are ordered."""
    found: list[Sides] = [(actor, recipient)] if actor and recipient else []
    most = TRIED if found else MISSING
    if actor is not None:
        found += [(actor, p) for p in others if _distinct(actor, p)][:most]
    if recipient is not None:
        found += [(p, recipient) for p in acting if _distinct(recipient, p)][:most]
    return found


class _Steps:
    """Tells the number of steps in the parse from one word of a sentence to others."""

    def __init__(self, word: Token) -> None:
        self._read = columns(word.doc)
        self._up = {i: n for n, i in enumerate(self._read.above(word.i))}

    def __call__(self, other: Token) -> int:
        line = enumerate(self._read.above(other.i))
        return next((n + self._up[i] for n, i in line if i in self._up), len(self._up))


def _change(parts: Parts, pair: Sides, relevant: float) -> None:
    """Put the pair in the place of what stands first on either side."""
    for side, field, person in (
        (parts.actors, "actors", pair[0]),
        (parts.recipients, "recipients", pair[1]),
    ):
        if person is not None and person not in side:
            side[:1] = [person]
            parts.why.append(
                Reason(
                    field=field, rule="event-model", detail=f"{relevant:.3f}", spans=(person.head,)
                )
            )
