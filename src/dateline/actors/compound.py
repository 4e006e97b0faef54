"""Compounds: "Hungarian and Romanian officials" is two actors in one phrase."""

from __future__ import annotations

from dateline.actors.view import Mention, View
from dateline.records import ActorKind, Reason

JOINING = frozenset(("and", "or", ",", "&", "and/or"))


def split_compounds(view: View) -> None:
    """Give each noun with coordinated countries, peoples or bodies before it one member for each."""
    for mention in list(view.mentions):
        if (
            mention.kind not in (ActorKind.GENERIC, ActorKind.OFFICE)
            or mention.start - mention.left < 3
        ):
            continue
        owners = _coordinated(view, mention)
        if len(owners) > 1:
            _split(view, mention, owners)


def _coordinated(view: View, mention: Mention) -> list[Mention]:
    """Return the coordinated names before a noun, in order."""
    owners: list[Mention] = []
    for i in range(mention.left, mention.start):
        claim = view.claim[i]
        if (
            claim is not None
            and claim is not mention
            and claim not in owners
            and claim.kind is not ActorKind.PERSON
        ):
            if owners and not _joined(view, owners[-1].end, claim.start):
                owners = []
            owners.append(claim)
    return owners


def _joined(view: View, start: int, end: int) -> bool:
    between = [view.lower[i] for i in range(start, end)]
    return (
        bool(between)
        and len(between) <= 3
        and any(w in JOINING for w in between)
        and all(
            w in JOINING or view.pos[start + k] in ("ADJ", "DET") for k, w in enumerate(between)
        )
    )


def _split(view: View, mention: Mention, owners: list[Mention]) -> None:
    for owner in owners:
        member = owner
        member.sectors = mention.sectors or owner.sectors
        member.left, member.right = owner.start, owner.end
        if member.basis == "demonym" or member.kind is ActorKind.COUNTRY:
            member.noun = mention.noun
        member.why.append(
            Reason(field="members", rule="compound", detail=f"member of {mention.noun!r}")
        )
    mention.members = tuple(owners)
    mention.plural = True
    mention.country = None
    mention.countries = ()
    mention.modifier = None
