"""Finding the registry's names in a report by their words, whatever the entity recogniser says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple

from dateline.actors.names import fold
from dateline.actors.registry import Ref, Registry
from dateline.actors.tables import read_data
from dateline.actors.view import Mention, View
from dateline.actors.words import word_list
from dateline.records import ActorKind

TITLE_ENTITY = frozenset(("PERSON", "FAC", "WORK_OF_ART", "PRODUCT", "EVENT", "LAW"))
PLAIN = frozenset(("capital", "demonym"))


class Hit(NamedTuple):
    """Words of the report that are a name of the registry."""

    start: int
    end: int
    key: str


def longest(
    view: View,
    words: list[str],
    first: dict[str, int],
    known: Callable[[int, int, str], bool],
) -> Iterator[Hit]:
    """Yield the longest stretches that ``known`` accepts, from left to right, none overlapping.

    ``first`` tells the length of the longest name by its first word. Hyphens
    do not count as words. A stretch stays within its sentence.
    """
    n, sent, free = view.n, view.sent, 0
    for i in [i for i, word in enumerate(words) if word in first]:
        if i < free:
            continue
        best = None
        key, j, count, length = words[i], i + 1, 1, first[words[i]]
        while True:
            if known(i, j, key):
                best = Hit(i, j, key)
            while j < n and not words[j] and sent[j] == sent[i]:
                j += 1
            if count >= length or j >= n or sent[j] != sent[i]:
                break
            key, j, count = f"{key} {words[j]}", j + 1, count + 1
        if best:
            yield best
            free = best.end


@cache
def blockers() -> dict[str, str]:
    """Load names that hold a country's name and are not it ("New Mexico", "Bay of Bengal")."""
    table = read_data("blockers.tsv", ("name",))
    return {fold(row["name"]): row["name"] for _, row in table.rows()}


@cache
def _first_words(registry: Registry) -> dict[str, int]:
    first = dict(registry.first)
    for key in blockers():
        word, length = key.partition(" ")[0], key.count(" ") + 1
        first[word] = max(first.get(word, 0), length)
    return first


def scan_names(view: View, registry: Registry) -> None:
    """Add a mention for each name of the registry that the report writes out."""
    blocked = blockers()

    def known(start: int, end: int, key: str) -> bool:
        if key not in registry.names and key not in registry.people and key not in blocked:
            return False
        return _written_as_name(view, start, end, key, registry)

    for hit in longest(view, view.fold, _first_words(registry), known):
        if hit.key in blocked and hit.key not in registry.names:
            continue
        refs = registry.names.get(hit.key, ())
        if refs and not _has_article(view, hit, registry.get(refs[0].id).name):
            continue
        people = registry.people.get(hit.key, ())
        if (
            refs
            and not (people and len(hit.key.split()) > 1)
            and not _inside_other(view, hit, refs)
        ):
            view.add(_entity(view, hit, refs, registry))
        elif people and not refs:
            view.add(person_mention(view, hit.start, hit.end, people))


def _has_article(view: View, hit: Hit, name: str) -> bool:
    """Tell "The Economist" from an economist with a capital: one word is named so with its article alone."""
    if hit.end - hit.start > 1 or not name.startswith("The ") or fold(name[4:]) != hit.key:
        return True
    return hit.start > 0 and view.lower[hit.start - 1] == "the"


def _entity(view: View, hit: Hit, refs: tuple[Ref, ...], registry: Registry) -> Mention:
    kind = registry.get(refs[0].id).kind
    head = view.head_of(hit.start, hit.end)
    mention = Mention(hit.start, hit.end, kind, refs[0].basis, head, refs=refs)
    mention.plural = refs[0].basis == "demonym" and view.tag[hit.end - 1] in ("NNPS", "NNS")
    return mention


def person_mention(view: View, start: int, end: int, people: tuple[str, ...] = ()) -> Mention:
    """Return a mention of a person by name."""
    head = view.head_of(start, end)
    return Mention(start, end, ActorKind.PERSON, "name", head, people=people)


def _written_as_name(view: View, start: int, end: int, key: str, registry: Registry) -> bool:
    """Tell a name from a common word: capitals, and for acronyms nothing but capitals."""
    if not any(view.capital[start:end]):
        return False
    if key in registry.acronyms:
        loud = all(
            view.text[i].replace("'s", "").isupper() for i in range(start, end) if view.fold[i]
        )
        if not loud:
            return False
        return not view.shouting[view.sent[start]] or len(key) > 4 or view.pos[start] == "PROPN"
    if end == start + 1:
        if not view.capital[start]:
            return False
        if key in registry.people and key not in registry.names:
            return view.pos[start] == "PROPN"
        if key in word_list("directions") and _beside_capital(view, start):
            return False  # "West Columbia", "Kanye West"
        if view.first_of_sentence(start) or view.shouting[view.sent[start]]:
            return view.pos[start] in ("PROPN", "ADJ", "NOUN")
        return view.pos[start] not in ("VERB", "ADV")
    return view.capital[start] or view.lower[start] in ("the", "al", "el")


def _beside_capital(view: View, at: int) -> bool:
    """Tell whether a word stands before or behind another of a name."""
    beside = (i for i in (at - 1, at + 1) if 0 <= i < view.n and view.sent[i] == view.sent[at])
    return any(view.capital[i] and view.pos[i] == "PROPN" for i in beside)


def _inside_other(view: View, hit: Hit, refs: tuple[Ref, ...]) -> bool:
    """Tell whether a short name is a part of a longer one: Jordan in "Michael Jordan"."""
    entity = view.entity[hit.start]
    if entity is None or hit.end - hit.start > 1:
        return False
    start, end, label = entity
    if label not in TITLE_ENTITY or (start >= hit.start and end <= hit.end):
        return False
    before = (
        start < hit.start and view.capital[hit.start - 1] and view.pos[hit.start - 1] == "PROPN"
    )
    after = end > hit.end and view.capital[hit.end] and view.pos[hit.end] == "PROPN"
    if refs[0].basis == "demonym":
        return label == "PERSON" and before and not after
    if label == "PERSON" and before:
        return view.lower[hit.start - 1] not in ("president", "minister")
    return (before or after) and view.text[hit.start] not in (
        "US",
        "U.S.",
        "UN",
        "U.N.",
        "UK",
        "EU",
    )


def scan_titles(view: View, registry: Registry) -> list[tuple[int, int, str, bool]]:
    """Return the titles and offices in a report: tokens, office and whether it is plural."""
    titles = registry.titles

    def known(start: int, end: int, key: str) -> bool:
        if key == "pm" and view.text[start] != "PM":
            return False  # the hour
        if "," in view.text[start:end]:
            return False  # "for the army, Colonel Ames": two titles, none of them "army colonel"
        return key in titles and (
            view.pos[end - 1] in ("NOUN", "PROPN", "ADJ", "X") or end - start > 1
        )

    found = []
    for hit in longest(view, view.fold, registry.title_first, known):
        office, many = titles[hit.key]
        found.append((hit.start, hit.end, office, many))
    return found


def scan_nouns(view: View, registry: Registry) -> list[Hit]:
    """Return the common nouns of the registry, the longest of overlapping ones."""
    nouns = registry.generic

    def known(start: int, end: int, key: str) -> bool:
        return key in nouns and view.pos[end - 1] in ("NOUN", "PROPN")

    return list(longest(view, view.fold, registry.generic_first, known))
