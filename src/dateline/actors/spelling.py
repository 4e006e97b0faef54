"""Names of countries that are misspelt: "Afganistan", "Phillipines", "Quatar"."""

from __future__ import annotations

from functools import cache, lru_cache

from rapidfuzz.distance import OSA

from dateline.actors.registry import Ref, Registry
from dateline.actors.scan import blockers
from dateline.actors.view import Mention, View
from dateline.records import ActorKind, Reason

SHORT, LONG = 6, 9
"""Letters from which one slip, and two, are borne."""


def find_misspelt(view: View, registry: Registry) -> None:
    """Add a mention for each lone capitalised word that is a country's name but for a slip."""
    for i in [i for i, pos in enumerate(view.pos) if pos == "PROPN"]:
        if view.claim[i] is not None or not _lone(view, i) or registry.surname(view.fold[i]):
            continue
        key = _nearest(view.fold[i], registry)
        if key is not None:
            refs = registry.names[key]
            mention = Mention(i, i + 1, ActorKind.COUNTRY, refs[0].basis, i, refs=refs)
            detail = f"{view.text[i]!r} read as {key.title()!r}"
            mention.why.append(Reason(field="actor", rule="spelling", detail=detail))
            view.add(mention)


def _lone(view: View, i: int) -> bool:
    """Tell a name of one capitalised word that is no part of a longer name, nor a person's."""
    word, entity = view.text[i], view.entity[i]
    if len(word) < SHORT or not word.isalpha() or not word[0].isupper():
        return False
    if entity is not None and (entity[2] == "PERSON" or entity[1] - entity[0] > 1):
        return False
    beside = (j for j in (i - 1, i + 1) if 0 <= j < view.n and view.sent[j] == view.sent[i])
    return not any(view.pos[j] == "PROPN" and view.capital[j] for j in beside)


@lru_cache(maxsize=4096)
def _nearest(word: str, registry: Registry) -> str | None:
    if word in blockers():
        return None
    slips = 2 if len(word) >= LONG else 1
    near = [
        (OSA.distance(word, key), key)
        for key in _countries(registry)
        if key[0] == word[0] and key[-1] == word[-1] and abs(len(key) - len(word)) <= slips
    ]
    near = sorted(pair for pair in near if pair[0] <= slips)
    return near[0][1] if near and (len(near) == 1 or near[0][0] < near[1][0]) else None


@cache
def _countries(registry: Registry) -> tuple[str, ...]:
    """Return the one-word names, demonyms and capitals of countries."""
    return tuple(
        sorted(
            key
            for key, refs in registry.names.items()
            if len(key) >= SHORT - 1 and " " not in key and _country(refs, registry)
        )
    )


def _country(refs: tuple[Ref, ...], registry: Registry) -> bool:
    return all(registry.get(ref.id).kind is ActorKind.COUNTRY for ref in refs)
