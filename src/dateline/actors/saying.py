"""Who speaks: common nouns and names that are actors where they are said to say or think something.

"Analysts expect", "experts said", "according to witnesses", "Clearswift said": elsewhere such
nouns are too weak to be actors, and such names too uncertain.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from dateline.actors.view import Mention, View
from dateline.language import columns
from dateline.records import ActorKind

GROUPS = frozenset(("say", "claim", "think", "hope", "doubt", "warn"))
"""Groups of the cue lexicon whose words are no acts of their own."""
CLAUSES = frozenset(("ccomp", "parataxis"))
NAMING = frozenset(("compound", "nmod", "flat"))
ENTITIES = {"PERSON": ActorKind.PERSON, "ORG": ActorKind.ORGANISATION}


@cache
def _verbs() -> frozenset[str]:
    from dateline.statements.lexicon import lexicon

    words = {w for group in lexicon().groups if group.id in GROUPS for w in group.words}
    return frozenset(w.removesuffix("/VERB") for w in words if w.endswith("/VERB"))


def speakers(view: View) -> Iterator[int]:
    """Yield the tokens that a statement is attributed to: subjects of saying, "according to"."""
    clauses = {view.parent[i] for i, dep in enumerate(view.dep) if dep in CLAUSES}
    base = columns(view.doc).base
    for i, dep in enumerate(view.dep):
        if dep == "nsubj":
            up = view.parent[i]
            says = up in clauses or view.dep[up] in CLAUSES
            if says and view.pos[up] == "VERB" and base[up] in _verbs():
                yield i
        elif dep == "pobj":
            up = view.parent[i]
            if view.lower[up] == "to" and view.lower[up - 1] == "according":
                yield i


def find_speaking_names(view: View) -> None:
    """Add the names that speak and that no table and no recogniser knew."""
    for i in speakers(view):
        if view.pos[i] != "PROPN" or view.claim[i] is not None or not view.capital[i]:
            continue
        start = i
        while start and view.parent[start - 1] == i and view.dep[start - 1] in NAMING:
            if not view.capital[start - 1] or view.claim[start - 1] is not None:
                break
            start -= 1
        if view.shouting[view.sent[i]] or not all(
            t[:1].isalnum() for t in view.text[start : i + 1]
        ):
            continue
        entity = view.entity[i]
        kind = ENTITIES.get(entity[2]) if entity is not None else None
        mention = Mention(start, i + 1, kind or _kind(view, i), "name", i)
        if mention.kind is not ActorKind.PERSON:
            mention.name = view.doc[start : i + 1].text
        view.add(mention)


def _kind(view: View, i: int) -> ActorKind | None:
    """Return a person where somebody of the report has this last name; else it cannot be told."""
    named = (m for m in view.mentions if m.kind is ActorKind.PERSON and m.end - m.start > 1)
    known = any(view.text[m.end - 1] == view.text[i] for m in named)
    return ActorKind.PERSON if known else None
