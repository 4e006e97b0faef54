"""Names beside an office, told by the commas around them: "Ana Ode, Nigeria's minister for works, …".

A name that is misspelt, turned or cut to an initial is often none to the parser. Where an office
and its commas frame it, the capitals are enough.
"""

from __future__ import annotations

from dateline.actors.phrase import FORMER, MODIFIERS
from dateline.actors.registry import Registry
from dateline.actors.scan import person_mention
from dateline.actors.view import Mention, View
from dateline.records import ActorKind

Title = tuple[int, int, str, bool]
OWNERS = frozenset(("'s", "’s", "'", "’", "the", "a", "an", "its", "their", "his", "her"))
COMPLEMENT = frozenset(("of", "for", "to"))
INSIDE = frozenset(("and", "the", "of", "for", "&", "-", "–", '"', "in", "to"))
CLOSING = frozenset((",", ".", ")", ";", ":", "?", "!"))
PLACES = frozenset(("GPE", "LOC", "DATE", "NORP", "FAC", "TIME", "EVENT"))
LONGEST = 6
"""Words of the longest name."""


def reach(view: View, title: Title) -> int:
    """Return where an office with its complement ends: "Minister of Energy and Mining"."""
    end = title[1]
    joined = end + 1 < view.n and view.lower[end] in ("and", "&", ",") and view.capital[end + 1]
    if joined and view.text[end] == "," and not _lists(view, end):
        joined = False
    opened = end < view.n and (joined or view.lower[end] in COMPLEMENT)
    if not opened or view.sent[end] != view.sent[title[0]]:
        return end
    first = end + 1 + (view.lower[end + 1 : end + 2] == ["the"])
    claim = view.claim[first] if first < view.n else None
    if claim is not None and claim.kind is ActorKind.COUNTRY and claim.basis != "demonym":
        return claim.end
    i = end
    while i < view.n and view.sent[i] == view.sent[end] and i - end < 12:
        listed = view.text[i] == "," and _lists(view, i)
        if not (view.capital[i] or view.lower[i] in INSIDE or listed):
            break
        i += 1
    closed = i < view.n and view.text[i] in CLOSING
    return i if closed and i > end + 1 else end


def _lists(view: View, i: int) -> bool:
    """Tell the comma of "Children, Schools and Families", after which an "and" follows."""
    words = view.lower[i + 1 : i + 4]
    return "and" in words[1:] and view.capital[i + 1]


def find_framed(view: View, registry: Registry, titles: list[Title]) -> None:
    """Add a mention for each name that stands before or behind an office with its complement."""
    for title in titles:
        start, _, office, many = title
        if many or office == "civil":
            continue
        stop = reach(view, title)
        whole = (start, stop, office, many)
        name = _behind(view, registry, whole) or _before(view, registry, whole)
        if name is not None:
            _person(view, *name).framed = whole


def _person(view: View, start: int, end: int) -> Mention:
    """Return the mention of a name, in place of any of a part of it."""
    for known in {id(m): m for m in view.claim[start:end] if m is not None}.values():
        if (known.start, known.end) == (start, end):
            return known
        view.drop(known)
    return view.add(person_mention(view, start, end))


def _behind(view: View, registry: Registry, title: Title) -> tuple[int, int] | None:
    """Return the name of "Sweden's Minister for Enterprise, Maud Olofsson,"."""
    stop, sentence = title[1], view.sent[title[0]]
    comma = stop < view.n and view.text[stop] == ","
    claim = view.claim[stop - 1]
    country = claim is not None and claim.kind is ActorKind.COUNTRY and stop == claim.end
    if not comma and not (country and stop > title[0] + 1):
        return None
    if comma and not _owned(view, title):
        return None
    first = stop + 1 if comma else stop
    last = _run(view, registry, first)
    if last == first or last >= view.n or view.sent[first] != sentence:
        return None
    if comma and view.text[last] not in CLOSING:
        return None
    alone = view.pos[first] == "PROPN" and view.pos[last] in ("VERB", "AUX", "PUNCT")
    return (first, last) if comma or alone or last - first > 1 else None


def _before(view: View, registry: Registry, title: Title) -> tuple[int, int] | None:
    """Return the name of "Maud Olofsson, Sweden's Minister for Enterprise,"."""
    left = _left(view, title)
    at = left - 1
    closed = title[1] >= view.n or view.text[title[1]] in CLOSING
    if at < 1 or view.text[at] != "," or not closed or view.sent[at] != view.sent[title[0]]:
        return None
    first = at
    while first > 0 and view.sent[first - 1] == view.sent[at] and at - first < LONGEST + 2:
        if not _part(view, registry, first - 1):
            break
        first -= 1
    while first < at and not view.capital[first]:
        first += 1
    if first == at or _run(view, registry, first) != at:
        return None
    before = view.pos[first - 1] if first > 0 and view.sent[first - 1] == view.sent[at] else ""
    if before in ("ADP", "ADJ") or view.capital[first - 1 : first] == [True]:
        return None
    if at - first == 1 and (view.pos[first] != "PROPN" or len(view.text[first]) < 3):
        return None
    return first, at


def _left(view: View, title: Title) -> int:
    """Return where the phrase of an office begins, with its owner and what describes it."""
    i = title[0]
    floor = view.sentences[view.sent[i]][0]
    while i > floor:
        claim = view.claim[i - 1]
        if claim is not None and claim.kind is not ActorKind.PERSON:
            i = claim.start
        elif view.lower[i - 1] in OWNERS | FORMER | MODIFIERS:
            i -= 1
        else:
            break
    return i


def _owned(view: View, title: Title) -> bool:
    left = _left(view, title)
    return left < title[0]


def _run(view: View, registry: Registry, first: int) -> int:
    """Return the end of the name words from ``first``."""
    i, words = first, 0
    while i < view.n and view.sent[i] == view.sent[first] and words < LONGEST:
        if not _part(view, registry, i):
            break
        words += view.text[i] not in ("-", "–")
        i += 1
    while i > first and not view.capital[i - 1]:
        i -= 1
    return i


PARTS = frozenset(("al", "el", "bin", "ibn", "ben", "de", "del", "di", "da", "dos", "van", "von", "der", "den", "y",
                   "la", "le", "du", "ud", "ul", "ur", "-", "–"))  # fmt: skip


def _part(view: View, registry: Registry, i: int) -> bool:
    """Tell a word that can stand in a name, whatever the parser makes of it."""
    claim: Mention | None = view.claim[i]
    if claim is not None and (claim.kind is not ActorKind.PERSON or claim.framed):
        return False
    if view.lower[i] in PARTS:
        return True
    text = view.text[i]
    entity = view.entity[i]
    if not view.capital[i] or not text[0].isalpha() or (entity and entity[2] == "DATE"):
        return False
    if view.fold[i] in registry.titles or view.fold[i] in registry.generic:
        return False
    return text.endswith(".") or text.replace("'", "").replace("’", "").isalpha()
