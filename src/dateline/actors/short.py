"""Abbreviations that the report explains: "the Fair Trade Board (FTB)" is what "the FTB" means from then on.

What the report says goes before what the registry knows: its FSA need be no Free Syrian Army.
"""

from __future__ import annotations

from collections.abc import Iterator

from dateline.actors.nouns import body_sectors
from dateline.actors.registry import Registry
from dateline.actors.view import Mention, View
from dateline.records import ActorKind, Reason

SHORTEST, LONGEST = 2, 7
"""Letters of an abbreviation."""
BODIES = (ActorKind.ORGANISATION, ActorKind.GROUP)


def find_short(view: View, registry: Registry) -> None:
    """Give each abbreviation the body whose name the report writes out before it in brackets."""
    explained = {view.text[at]: full for at, full in _explained(view, registry)}
    if not explained:
        return
    for at in range(view.n):
        full = explained.get(view.text[at])
        if full is not None and not full.start <= at < full.end:
            _mean(view, registry, at, full)


def _explained(view: View, registry: Registry) -> Iterator[tuple[int, Mention]]:
    """Yield each abbreviation in brackets, and the mention of the name before it."""
    for at in range(2, view.n - 1):
        if view.text[at - 1] != "(" or view.text[at + 1] != ")" or not _is_short(view.text[at]):
            continue
        start = _name_start(view, at)
        if start is None:
            continue
        full = view.claim[at - 2]
        if full is not None and full.kind in BODIES and full.start >= start:
            yield at, full
        elif full is None or full.start > start:
            yield at, _body(view, registry, start, at - 1)


def _is_short(text: str) -> bool:
    return SHORTEST <= len(text) <= LONGEST and text.isupper() and text.isalpha()


def _name_start(view: View, at: int) -> int | None:
    """Return where the name begins whose initials an abbreviation in brackets is; ``None`` where none is."""
    letters = view.text[at]
    i = at - 2
    for letter in reversed(letters):
        while (
            i > at - 2 * len(letters) - 2
            and not view.capital[i]
            and view.pos[i] in ("ADP", "DET", "CCONJ")
        ):
            i -= 1
        if i < 0 or view.sent[i] != view.sent[at] or view.text[i][:1] != letter:
            return None
        i -= 1
    return i + 1


def _body(view: View, registry: Registry, start: int, end: int) -> Mention:
    """Return a mention of the name, in place of any of its parts."""
    for known in {id(m): m for m in view.claim[start:end] if m is not None}.values():
        view.drop(known)
    mention = Mention(start, end, ActorKind.ORGANISATION, "name", view.head_of(start, end))
    mention.name = view.doc[start:end].text
    mention.sectors = body_sectors(view, registry, start, end)
    return view.add(mention)


def _mean(view: View, registry: Registry, at: int, full: Mention) -> None:
    """Let the abbreviation at a token name the body."""
    mention = view.claim[at]
    if mention is None or mention.end - mention.start > 1:
        if mention is not None or view.pos[at] not in ("PROPN", "NOUN", "X", "ADJ"):
            return
        mention = view.add(Mention(at, at + 1, full.kind, "name", at))
    ids = {ref.id for ref in full.refs}
    if ids and ids == {ref.id for ref in mention.refs}:
        return
    mention.kind, mention.basis, mention.refs, mention.people = full.kind, "name", full.refs, ()
    mention.name, mention.sectors, mention.countries = full.name, full.sectors, full.countries
    mention.country, mention.plural = full.country, False
    mention.antecedent = None if full.refs else full
    detail = f"{view.doc[full.start : full.end].text!r} in the report"
    mention.why.append(Reason(field="actor", rule="short.explained", detail=detail))
