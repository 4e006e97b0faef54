"""What a coalition is: states at war together, parties that govern, parties in opposition, or not told."""

from __future__ import annotations

from functools import cache

from dateline.actors.registry import Registry
from dateline.actors.view import Mention, View
from dateline.actors.words import word_list
from dateline.records import ActorKind, Reason

NOUNS = frozenset(("coalition", "alliance"))
PARTIES = (("GOV",), ("OPP",), ("GOV", "PTY"), ("PTY",))
LED = "led coalition"


def settle_coalitions(view: View, registry: Registry) -> None:
    """Give each coalition its actor, or the sector that its phrase, its verb or an earlier mention tells."""
    before: list[Mention] = []
    for mention in sorted(view.mentions, key=lambda m: m.start):
        if not _is_coalition(mention):
            if mention.kind is ActorKind.GENERIC and _speaks_of_one(view, mention):
                before.append(mention)
            continue
        leader = _leader(view, mention)
        if leader is not None and leader.kind is ActorKind.COUNTRY:
            _led_by(view, registry, mention, leader)
        if not mention.sectors:
            mention.sectors = _parts(view, mention)
        if not mention.sectors and not mention.actor:
            _take_up(view, mention, before)
        if not mention.sectors:
            _by_verb(view, mention)
        if mention.sectors:
            before.append(mention)


def _is_coalition(mention: Mention) -> bool:
    return mention.kind is ActorKind.GENERIC and mention.noun in NOUNS and not mention.plural


def _speaks_of_one(view: View, mention: Mention) -> bool:
    """Tell "Germany's coalition government" and "the ruling coalition"."""
    words = view.lower[mention.left : mention.end]
    return mention.sectors in PARTIES and not NOUNS.isdisjoint(words)


def _leader(view: View, mention: Mention) -> Mention | None:
    """Return who leads it: "the coalition led by Saudi Arabia", "a Saudi-led alliance"."""
    for i in range(mention.left + 1, mention.start):
        if view.lower[i] == "led":
            return view.claim[i - 2] if view.text[i - 1] in ("-", "–") else view.claim[i - 1]
    for verb in view.clauses.get(mention.head, ()):
        if view.doc[verb].lemma_ != "lead":
            continue
        for by in range(verb + 1, min(verb + 3, view.n)):
            if view.lower[by] == "by" and by in view.objects:
                return view.claim[view.objects[by]]
    return None


def _parts(view: View, mention: Mention) -> tuple[str, ...]:
    """Return the sector of those it is made of: "a coalition of opposition parties"."""
    for prep in view.attached.get(mention.head, ()):
        claim = view.claim[view.objects[prep]] if prep in view.objects else None
        if view.lower[prep] == "of" and claim is not None and claim.kind is not ActorKind.COUNTRY:
            return claim.sectors
    return ()


@cache
def _known(registry: Registry) -> dict[str, tuple[str, ...]]:
    """Return the coalitions of the registry that are named by who leads them, by country."""
    found: dict[str, tuple[str, ...]] = {}
    for key, refs in registry.names.items():
        first, mark, _ = key.partition(f" {LED}")
        if mark:
            for home in registry.named(first):
                found[home.id] = (*found.get(home.id, ()), *(ref.id for ref in refs))
    return found


def _led_by(view: View, registry: Registry, mention: Mention, leader: Mention) -> None:
    """Make it the registry's coalition under that leader at the time, else one of armies."""
    led = _known(registry).get(leader.refs[0].id, ()) if leader.refs else ()
    entries = [registry.get(id) for id in led if registry.get(id).exists(view.when) is not False]
    if not entries:
        mention.country, mention.sectors = "IGO", mention.sectors or ("MIL",)
        return
    entry = entries[0]
    mention.kind, mention.actor, mention.name = entry.kind, entry.id, entry.name
    mention.country, mention.sectors, mention.inferred = entry.country, entry.sectors, False
    detail = f"led by {view.doc[leader.start : leader.end].text}"
    mention.why.append(Reason(field="actor", rule=f"registry.{entry.id}", detail=detail))


def _take_up(view: View, mention: Mention, before: list[Mention]) -> None:
    """Let "the coalition" be the one told of before."""
    if not (mention.definite and before) or mention.modifier is not None:
        return
    known = before[-1]
    if mention.countries and known.country not in mention.countries:
        return
    mention.sectors, mention.country = known.sectors, known.country
    mention.actor, mention.name = known.actor, known.name
    detail = f"as {view.doc[known.left : known.end].text!r} before"
    mention.why.append(Reason(field="sectors", rule="coalition.before", detail=detail))


def _by_verb(view: View, mention: Mention) -> None:
    """Read the sector from what it does; nothing told, nothing taken."""
    if view.dep[mention.head] != "nsubj":
        return
    verb = view.doc[view.parent[mention.head]].lemma_
    fights, governs = word_list("coalition fights"), word_list("coalition governs")
    mention.sectors = ("MIL",) if verb in fights else ("GOV",) if verb in governs else ()
    if mention.sectors:
        mention.why.append(Reason(field="sectors", rule="coalition.does", detail=verb))
