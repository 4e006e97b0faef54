"""Who acts and who is acted upon, weighed: two linear models over the parse between word and name.

The roles of a lexicon entry say which argument of an act is its actor and which its recipient. They
say nothing of a name further off ("sanctions on goods from China", "a request of the envoy to
Kenya"). For each participant of the sentence the models give the odds that it is the actor and the
odds that it is the recipient, from the path between the two in the parse, the voice, their order
and distance, what kind of participant it is and what the entry's roles say of it. A side that is
open takes the likeliest, one that is unlikely gives way to a much likelier one. The weights stand
in ``linker.tsv`` and come from ``training/linker/train.py``.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files

from spacy.tokens import Doc, Token

from dateline.events.arguments import acts_elsewhere, content, names_spot, of_a_spot
from dateline.events.detect import Hit, political
from dateline.events.location import ON_THE_SPOT, telling
from dateline.events.participants import Parts, within
from dateline.events.paths import STEPS, label, path, route
from dateline.events.reach import within_reach
from dateline.events.unlisted import in_sentence
from dateline.events.victims import may_act
from dateline.language import columns, notes, span_of
from dateline.records import Participant, Reason, Span, Statement
from dateline.weights import read_version, read_weights, sigmoid

ADDED = {"actor": 0.5, "recipient": 0.5}
"""Least chance of a participant that fills an open side."""
WEAK, STRONG = 0.15, 0.6
"""Chance up to which who stands on a side gives way to another, and the least chance of that one."""
SIDES = ("actor", "recipient")


@dataclass(frozen=True)
class Linked:
    """A participant of the sentence with its chance of either side."""

    head: Token
    person: Participant
    features: tuple[str, ...]

    @cached_property
    def chances(self) -> dict[str, float]:
        """The probability that it is the ``actor``, and that it is the ``recipient``."""
        weights = load_weights()
        sums = {
            side: weights[f"{side} bias"]
            + sum(weights.get(f"{side} {name}", 0.0) for name in self.features)
            for side in SIDES
        }
        return {side: sigmoid(total) for side, total in sums.items()}


def link(doc: Doc, hit: Hit, parts: Parts, acts: Mapping[int, str]) -> None:
    """Fill an open side of a hit of the lexicon; change one that is unlikely.

    Acts that people do to each other keep the participants that the entry's roles give. Who only
    tells of violence, a protest or an arrest takes no side in it.

    Args:
        doc: the report.
        hit: the words that name the act.
        parts: its participants by the roles of its entry; changed in place.
        acts: the type of each act of the report by the number of its word.
    """
    if hit.said is not None or hit.entry.reciprocal:
        return
    people = linked(doc, hit, parts, acts)
    if hit.entry.type in ON_THE_SPOT:
        told = telling(hit.token, notes(doc).statements)
        people = [one for one in people if not _tells(told, one)]
    for side, held in zip(SIDES, (parts.actors, parts.recipients), strict=True):
        taken = _ids(parts.actors) | _ids(parts.recipients)
        sides = (*parts.actors, *parts.recipients)
        others = [
            one
            for one in people
            if one.person.id not in taken
            and not any(within(one.person, p) for p in sides)
            and not (side == "recipient" and (of_a_spot(one.head) or acts_elsewhere(one.head)))
            and not names_spot(one.head)
        ]
        if side == "actor":
            others = [one for one in others if may_act(hit, one.head, one.person)]
        if not others:
            continue
        best = max(others, key=lambda one: (one.chances[side], -one.head.i))
        if best.chances[side] >= _least(side, held, people):
            held[:] = [best.person]
            parts.why.append(_reason(side, best))


def _tells(told: Statement | None, one: Linked) -> bool:
    """Tell whether a participant is who says that the act happened: an officer who reports a bomb laid none."""
    if told is None or told.source is None:
        return False
    at = one.head.idx
    return one.person.id == told.speaker or told.source.start <= at < told.source.end


def _least(side: str, held: Sequence[Participant], people: Sequence[Linked]) -> float:
    """Return the chance from which a participant takes a side."""
    if not held:
        return ADDED[side]
    ids = _ids(held)
    known = [one.chances[side] for one in people if one.person.id in ids]
    return STRONG if known and max(known) <= WEAK else math.inf


def _reason(side: str, best: Linked) -> Reason:
    at = best.head.i
    return Reason(
        field=f"{side}s",
        rule="linker",
        detail=f"{side} with a chance of {best.chances[side]:.2f}",
        spans=(span_of(best.head.doc[at : at + 1]),),
        weight=round(best.chances[side], 2),
    )


def linked(doc: Doc, hit: Hit, parts: Parts, acts: Mapping[int, str]) -> list[Linked]:
    """Return the participants of the sentence of a hit with their features, in order."""
    people = list(in_sentence(doc, within_reach(hit.token)))
    view = _View(hit, parts, acts)
    return [
        Linked(head, person, tuple(sorted(view.features(head, person, n, len(people)))))
        for n, (head, person) in enumerate(people)
    ]


def _ids(people: Sequence[Participant]) -> set[str]:
    return {p.id for p in people} | {m for p in people for m in p.members}


class _View:
    """What the features of all participants beside a hit rest on."""

    def __init__(self, hit: Hit, parts: Parts, acts: Mapping[int, str]) -> None:
        self.token, self.kind, self.acts = hit.token, hit.entry.type, acts
        self.read = columns(hit.token.doc)
        self.sides = dict(zip(SIDES, (parts.actors, parts.recipients), strict=True))
        self.own = {side: _ids(people) for side, people in self.sides.items()}
        self.open = "".join(side[0] for side in SIDES if not self.own[side]) or "full"
        self.themes = parts.themes
        named = hit.arguments.parts.items()
        self.slots = {content(head).i: part for part, heads in named for head in heads}
        children = hit.token.children
        self.passive = any(c.dep_ in ("auxpass", "nsubjpass") for c in children)

    def features(self, head: Token, person: Participant, n: int, of: int) -> Iterator[str]:
        """Yield the features of a participant, the ``n``-th of ``of``."""
        role = "+".join(s for s in SIDES if person.id in self.own[s]) or "none"
        side = "left" if head.i < self.token.i else "right"
        yield from self._roles(role, side)
        yield from self._path(head, role, side)
        yield f"{side},{min(abs(head.i - self.token.i) // 3, 6)}"
        yield f"{side},passive={self.passive},{self.token.pos_}"
        yield f"kind={person.kind},{role}"
        yield f"political={political(person)},{role}"
        yield f"before={min(n, 3)}"
        yield f"after={min(of - n - 1, 3)}"
        if role == "none":
            yield from self._beside(person)

    def _roles(self, role: str, side: str) -> Iterator[str]:
        yield f"role={role}"
        yield f"role={role},open={self.open}"
        yield f"role={role},type={self.kind}"
        yield f"role={role},{side}"
        yield f"role={role},theme={bool(self.themes)}"

    def _path(self, head: Token, role: str, side: str) -> Iterator[str]:
        read = self.read
        up, down = path(read, self.token.i, head.i)
        told = route(read, self.token.i, up, down)
        climbed = [*up[1:], read.head[up[-1]]] if up else []
        through = next((self.acts[i] for i in climbed if i in self.acts), "no")
        yield f"through={through},{role},{side}"
        yield f"through={through},type={self.kind},{role}"
        yield f"over={read.base[read.head[self.token.i]] if up else 'none'},{role},{side}"
        yield f"path={told}"
        yield f"path={told},role={role}"
        yield f"path={told},type={self.kind}"
        yield f"steps={min(len(up), STEPS)}+{min(len(down), STEPS)}"
        yield f"first={label(read, down[0]) if down else 'up'},{side}"
        yield f"last={label(read, down[-1]) if down else 'self'},type={self.kind}"
        if head.dep_ == "pobj":
            yield f"under={head.head.lower_}"
            yield f"under={head.head.lower_},type={self.kind}"
        slot = self.slots.get(head.i, "")
        yield f"slot={slot},type={self.kind},{self.token.pos_ == 'VERB'}"

    def _beside(self, person: Participant) -> Iterator[str]:
        """Yield how a participant that has no role stands to those that have one."""
        for side, people in self.sides.items():
            if person.cluster and any(person.cluster == p.cluster for p in people):
                yield f"cluster of {side}"
            if any(_within(person, p.span) for p in people):
                yield f"inside {side}"
        if any(_within(person, theme) for theme in self.themes):
            yield "inside theme"
            yield f"inside theme,type={self.kind}"


def _within(person: Participant, span: Span) -> bool:
    return span.start <= person.span.start < span.end


@cache
def load_weights() -> dict[str, float]:
    """Return the weight of each feature, after the side that it speaks for.

    Raises:
        DataError: a row of the table is not a feature and a whole number.
    """
    return read_weights(files("dateline.events").joinpath("linker.tsv"))


def version() -> str:
    """Return the version of the weights, from the first line of their table."""
    return read_version(files("dateline.events").joinpath("linker.tsv"))
