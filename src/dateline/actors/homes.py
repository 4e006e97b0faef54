"""The country of an actor that is no entity of the registry: from its phrase, else from the report."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping

from dateline.actors.nouns import TAKES_SECTOR
from dateline.actors.persons import RULED
from dateline.actors.registry import Registry
from dateline.actors.view import Mention, View
from dateline.actors.words import word_set
from dateline.records import ActorKind, Reason

FIGHTERS = frozenset(("REB", "UAF"))
"""Sectors of people under arms who serve no state."""


def place_nouns(view: View, registry: Registry, context: Counter[str]) -> None:
    """Give common nouns the country and the sector that their phrase or the report tells."""
    before: dict[str, set[str]] = defaultdict(set)
    for mention in view.mentions:
        if mention.kind is ActorKind.ORGANISATION and mention.country is None:
            told = next(iter(mention.countries), None) or _owner_country(view, mention)
            mention.country = told or mention.ground or _across_borders(mention)
        if mention.basis == "demonym" and mention.plural:
            _move_people(view, mention)
        if mention.kind is ActorKind.COUNTRY and mention.country is None:
            mention.kind, mention.actor = ActorKind.GROUP, None
            mention.country = mention.ground or _told_country(view, mention, context)
            mention.inferred = mention.country is not None
        if mention.basis == "demonym" and mention.plural and _is_people(mention):
            bloc = "bloc" in registry.get(mention.actor or "").tags
            mention.country = mention.ground or (
                None if bloc else _told_country(view, mention, context)
            )
            mention.inferred = mention.country is not None
        if mention.kind is not ActorKind.GENERIC or mention.members:
            continue
        owner = mention.modifier = mention.modifier or _owner_behind(view, mention)
        if mention.countries:
            mention.country = mention.countries[0]
        elif owner is not None and owner.country:
            mention.country = owner.country
        mention.country = mention.country or mention.ground
        if owner is not None and owner.sectors and (_open_sector(mention) or not mention.sectors):
            mention.sectors = owner.sectors
        _join_ranks(view, mention)
        ruler = _ruler(view, mention)
        if ruler is not None and mention.country is None:
            mention.country = ruler.country
        elif mention.country is None and (
            owner is None or owner.kind is ActorKind.GENERIC or _is_people(owner)
        ):
            mention.country = _again(view, mention, before) or _told_country(view, mention, context)
            mention.inferred = mention.country is not None
        if mention.country and not mention.inferred and not mention.plural:
            before[view.lower[mention.head]].add(mention.country)


def _again(view: View, mention: Mention, before: Mapping[str, set[str]]) -> str | None:
    """Return the country of "the government" where the report has told of one country's government."""
    told = before.get(view.lower[mention.head], set())
    return next(iter(told)) if mention.definite and not mention.plural and len(told) == 1 else None


def _owner_behind(view: View, mention: Mention) -> Mention | None:
    """Return the body of "members of the committee" and "representatives of the government"."""
    if not _open_sector(mention) or mention.countries:
        return None
    for prep in view.attached.get(mention.head, ()):
        claim = view.claim[view.objects[prep]] if prep in view.objects else None
        if view.lower[prep] == "of" and claim is not None and claim.form in ("body", "mass"):
            return claim
    return None


def inherit(view: View) -> None:
    """Give "his delegation" and "its leader" the country, and where open the sector, of whose they are."""
    for mention in view.mentions:
        if mention.kind is not ActorKind.GENERIC or mention.members or mention.actor:
            continue
        owner = view.claim[mention.left]
        if owner is None or owner.basis != "coreference" or view.tag[mention.left] != "PRP$":
            continue
        if owner.country and (mention.country is None or mention.inferred):
            mention.country, mention.inferred = owner.country, False
            detail = f"of {owner.name or view.text[mention.left]!r}"
            mention.why.append(Reason(field="country", rule="owner.country", detail=detail))
        body = owner.kind is not ActorKind.PERSON and mention.sectors in ((), ("CVL",))
        if body and owner.sectors and _open_sector(mention):
            mention.sectors = owner.sectors


def _join_ranks(view: View, mention: Mention) -> None:
    """Tie fighters to their armed group: the one before the noun, or the only one that the report has named.

    "Taliban fighters" act for the Taliban, and so do "the militants" of a report that has named no other group.
    """
    if FIGHTERS.isdisjoint(mention.sectors) or mention.actor is not None:
        return
    owner = mention.modifier
    several = "REB" in mention.sectors and mention.plural and mention.definite
    if owner is None and several and not mention.countries:
        armed = [m for m in view.mentions if _is_armed(m) and m.kind is ActorKind.GROUP]
        named = [m for m in armed if m.end <= mention.start]
        owner = named[-1] if named and len({m.actor for m in armed}) == 1 else None
    if owner is None or not _is_armed(owner) or mention.former:
        return
    mention.actor, mention.sectors = owner.actor, owner.sectors
    mention.country = owner.country or mention.country
    detail = f"fighters of {owner.name or owner.actor}"
    mention.why.append(Reason(field="actor", rule=f"registry.{owner.actor}", detail=detail))


def _is_armed(mention: Mention) -> bool:
    bodies = (ActorKind.GROUP, ActorKind.ORGANISATION)
    return mention.kind in bodies and mention.actor is not None and "REB" in mention.sectors


def _is_people(owner: Mention) -> bool:
    """Tell a people or a faith, which lives in many countries, from a body."""
    return owner.country is None and (owner.actor or "").startswith("people:")


def _ruler(view: View, mention: Mention) -> Mention | None:
    """Return the person whose government a noun names: "the Obama administration"."""
    at = mention.start - 1
    if at > 0 and view.lower[at] in ("'s", "’s", "'", "’"):
        at -= 1
    before = view.claim[at] if at >= 0 else None
    person = before is not None and before.kind is ActorKind.PERSON
    return before if person and view.lower[mention.head] in RULED else None


def _move_people(view: View, mention: Mention) -> None:
    """Give "the Albanians of southern Serbia" and "ethnic Turks in Bulgaria" where they are."""
    for prep in view.attached.get(mention.head, ()):
        claim = view.claim[view.objects.get(prep, mention.head)]
        other = claim is not None and claim is not mention and claim.kind is ActorKind.COUNTRY
        ethnic = mention.country is None and view.lower[prep] in ("in", "inside", "from")
        if claim is not None and other and (ethnic or view.lower[prep] == "of"):
            mention.ground = claim.refs[0].id
            mention.country = None


def _across_borders(mention: Mention) -> str | None:
    """Return PLOVER's code of an association that names a continent or the world as its own."""
    words = frozenset(mention.name.lower().split())
    return "NGO" if words & WORLDWIDE and words & SOCIETIES else None


WORLDWIDE = word_set(
    "international world global african european asian arab islamic muslim transnational worldwide latin pan-african"
)
SOCIETIES = word_set(
    "association federation society union committee confederation league forum network institute foundation campaign "
    "alliance watch initiative centre center congress"
)


def _owner_country(view: View, mention: Mention) -> str | None:
    """Return the country of the owner: "the Ivory Coast's Supreme Court"."""
    owner = view.owner(mention)
    return owner.country if owner is not None and owner.kind is ActorKind.COUNTRY else None


SURE = 0.7
"""Share of a report's countries from which one is taken for what no phrase tells."""


def _told_country(view: View, mention: Mention, context: Counter[str]) -> str | None:
    """Return the one country of the sentence, or the one the report is about; else none.

    The country of those acted upon tells nothing of who acts ("gunmen shot two US missionaries").
    """
    sentence = view.sent[mention.start]
    others = [
        other
        for other in view.of_sentence[sentence]
        if other.kind is ActorKind.COUNTRY and other.country and not other.apart
    ]
    if any(_acts_on(view, other, mention) and not _at_home(view, other) for other in others):
        return None
    suffered = any(_acts_on(view, mention, other) for other in others)
    named = {other.country for other in others if not suffered}
    first, last = view.sentences[sentence]
    named = named or {view.grounds[i] for i in range(first, last) if i in view.grounds}
    if len(named) == 1 and not suffered:
        return named.pop()
    if not context:
        return None
    country, count = context.most_common(1)[0]
    sure = count >= SURE * sum(context.values())
    return country if sure and (not named or country in named) else None


def _at_home(view: View, country: Mention) -> bool:
    """Tell police and courts, who act on people of their own country."""
    owner = view.claim[view.parent[country.head]]
    return owner is not None and owner.sectors[:1] in (("COP",), ("JUD",))


def _acts_on(view: View, one: Mention, other: Mention) -> bool:
    """Tell whether the first is (in) the subject of the verb whose object the second is (in)."""
    verb, side = _clause(view, one.head)
    under, place = _clause(view, other.head)
    return verb is not None and verb == under and side == "subject" != place


def _clause(view: View, i: int) -> tuple[int | None, str]:
    """Return the verb over a word, and whether the word is in its subject."""
    for _ in range(12):
        up = view.parent[i]
        if up == i:
            return None, ""
        if view.pos[up] in ("VERB", "AUX"):
            return up, "subject" if view.dep[i] in ("nsubj", "agent") else "object"
        i = up
    return None, ""


def _open_sector(mention: Mention) -> bool:
    last = mention.noun.rpartition(" ")[2]
    return last in TAKES_SECTOR or last.removesuffix("s") in TAKES_SECTOR
