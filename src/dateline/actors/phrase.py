"""What the words of a noun phrase say of its noun: country, body, "former", where it is."""

from __future__ import annotations

from dateline.actors.view import Mention, View
from dateline.actors.words import word_set
from dateline.records import ActorKind

MODIFIERS = word_set(
    "former ex then late acting deputy vice interim new newly elected outgoing incoming current "
    "veteran top senior chief assistant retired embattled ousted deposed ailing jailed exiled slain "
    "hardline moderate leading prominent fellow longtime influential "
)
FORMER = word_set("former ex ex- onetime one-time ousted deposed exiled toppled overthrown ")
AGAINST = word_set("anti pro non")
"""Prefixes after which a country is not the one of the noun ("anti-Syria journalist")."""
SITED = word_set(
    "base operate live hold station locate settle bear headquarter encamp camp root reside"
)
"""Verbs that say where the noun before them is ("rebels based in Chad")."""


def read_left(view: View, mention: Mention, start: int) -> int:
    """Read the countries, bodies and "former" before a title or noun; return where the phrase begins."""
    left, i = start, start - 1
    floor = view.sentences[view.sent[start]][0]
    found: list[str] = []
    while i >= floor and start - i < 12:
        claim, word = view.claim[i], view.lower[i]
        if claim is not None and claim is not mention:
            if claim.kind is ActorKind.PERSON or not _modifies(view, claim, start):
                break
            claim.apart = _set_apart(view, claim.start)
            if not claim.apart:
                attach(mention, claim, found)
            i = left = claim.start
        elif word in ("'s", "’s", "'", "’", "-") or _joins_owners(view, i, left):
            pass
        elif word in FORMER:
            mention.former, left = True, i
        elif _of_verb_or_number(view, i, mention.end):
            break
        elif word in MODIFIERS or view.pos[i] in ("ADJ", "NUM", "ADV") or _compound(view, i, start):
            left = i
        elif view.pos[i] == "DET" or view.tag[i] == "PRP$":
            mention.definite = mention.definite or word in ("the", "this", "that", "these", "those")
            left = i
            break
        else:
            break
        i -= 1
    mention.countries = tuple(dict.fromkeys((*mention.countries, *found)))
    return left


def _of_verb_or_number(view: View, i: int, end: int) -> bool:
    """Tell the "meanwhile" of "Meanwhile Iraqi troops left" and the "least" of "at least 50 people"."""
    parent = view.parent[i]
    if view.pos[parent] == "NUM" and view.dep[i] in ("advmod", "quantmod", "amod"):
        return True
    return view.pos[i] == "ADV" and not i < parent < end


def _set_apart(view: View, start: int) -> bool:
    """Tell the country of "anti-Syria journalist" and of "ethnic Albanian rebels": not the noun's."""
    before = [
        view.lower[k] for k in range(max(0, start - 2), start) if view.sent[k] == view.sent[start]
    ]
    if before[-1:] == ["ethnic"]:
        return True
    return before[-1:] in (["-"], ["–"]) and before[0] in AGAINST


def _joins_owners(view: View, i: int, left: int) -> bool:
    """Tell the "and" of "Hungarian and Romanian officials"."""
    if view.lower[i] not in ("and", "or", ",", "&") or i + 1 != left or view.claim[left] is None:
        return False
    before = view.claim[i - 1] if i > 0 else None
    if before is None or before.kind is ActorKind.PERSON or before.plural:
        return False
    adjective = before.basis == "demonym" or view.dep[before.head] in ("compound", "nmod", "amod")
    return adjective and view.sent[i - 1] == view.sent[left]


def _compound(view: View, i: int, start: int) -> bool:
    return view.dep[i] in ("compound", "nmod", "poss", "amod") and view.parent[i] > i and view.pos[i] in (
        "NOUN", "PROPN", "VERB", "X",
    ) and view.parent[i] <= start + 6  # fmt: skip


def _modifies(view: View, claim: Mention, start: int) -> bool:
    """Tell whether a name before a noun belongs to it, and is not the subject before a verb."""
    if (
        claim.basis == "demonym"
        and not claim.plural
        and view.lower[claim.end] in ("and", "or", ",")
    ):
        return True
    after = claim.end
    if after < view.n and view.lower[after] in ("'s", "’s", "'", "’"):
        return True
    if view.dep[claim.head] in ("compound", "amod", "nmod", "poss", "npadvmod", "conj"):
        return True
    return claim.basis == "demonym" and claim.end == start and not claim.plural


def _ground(view: View, target: int) -> str | None:
    """Return the country of a place, of the name before "province", or of "the Iraqi city"."""
    known = view.grounds.get(target)
    for before in range(target - 1, max(-1, target - 4), -1):
        if known or view.parent[before] != target:
            break
        claim = view.claim[before]
        state = claim is not None and claim.kind is ActorKind.COUNTRY
        known = claim.refs[0].id if claim and state else view.grounds.get(before)
    return known


def attach(mention: Mention, claim: Mention, found: list[str]) -> None:
    """Let a name that modifies a noun give it its country or body."""
    if claim.kind is ActorKind.COUNTRY:
        if claim.basis == "metonym":
            mention.modifier = mention.modifier or claim
        found.append(claim.refs[0].id)
    elif claim.refs or claim.kind in (ActorKind.ORGANISATION, ActorKind.GROUP, ActorKind.GENERIC):
        mention.modifier = mention.modifier or claim


def read_of(view: View, mention: Mention, noun: int, first: int) -> None:
    """Read the country or body in "of Iraq", "for the White House", "based in Chad"."""
    for at in range(first, noun + 1):
        for prep in view.attached.get(at, ()):
            if prep > noun and view.lower[prep] in PREPOSITIONS and prep in view.objects:
                _read_object(view, mention, prep, view.objects[prep])
    for verb in view.clauses.get(mention.head, ()):
        if verb > noun and view.doc[verb].lemma_ in SITED:
            for prep in view.attached.get(verb, ()):
                if prep in view.objects and view.lower[prep] in PLACED | {"from"}:
                    _read_ground(view, mention, view.objects[prep])

    site = noun + 1
    if site + 2 < view.n and view.doc[site].lemma_ in SITED and view.tag[site] in ("VBN", "VBG"):
        for target in (
            range(site + 2, min(site + 5, view.n)) if view.lower[site + 1] in PLACED else ()
        ):
            _read_ground(view, mention, target)


def _read_ground(view: View, mention: Mention, target: int) -> None:
    """Let the place where an actor is give its country, unless the phrase names one."""
    claim = view.claim[target]
    place = claim.refs[0].id if claim is not None and claim.kind is ActorKind.COUNTRY else None
    mention.ground = mention.ground or place or view.grounds.get(target)


PREPOSITIONS = frozenset(("of", "for", "from", "in", "at", "to", "with", "inside"))
PLACED = frozenset(("in", "inside", "at", "near"))


def _read_object(view: View, mention: Mention, prep: int, target: int) -> None:
    """Let the object of a preposition give a noun its country or body, and widen the phrase."""
    word = view.lower[prep]
    claim = view.claim[target]
    if word in ("of", "for", "to", "from"):
        mention.right = max(mention.right, target + 1)
    if claim is None or claim is mention:
        if claim is None and word not in ("to", "with", "for"):
            mention.ground = mention.ground or _ground(view, target)
        return
    if word in ("of", "for", "from"):
        mention.right = max(mention.right, claim.end)
    if claim.kind is ActorKind.COUNTRY:
        place = word in ("in", "at", "inside", "to", "with")
        mine = () if place else (claim.refs[0].id,)
        mention.countries = tuple(dict.fromkeys((*mention.countries, *mine)))
        if word in ("in", "inside"):
            mention.ground = mention.ground or claim.refs[0].id
    elif (
        claim.kind is not ActorKind.PERSON
        and mention.modifier is None
        and word not in ("to", "with")
    ):
        mention.modifier = claim
