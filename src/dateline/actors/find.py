"""From a parsed report to its actors and participants: the steps in order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from spacy.tokens import Doc

from dateline.actors.cluster import resolve_offices, resolve_people, settle_entities
from dateline.actors.coalitions import settle_coalitions
from dateline.actors.compound import split_compounds
from dateline.actors.coreference import find_bodies_again, find_pairs, find_pronouns
from dateline.actors.firms import find_firms, settle_heads
from dateline.actors.grounds import find_grounds
from dateline.actors.halves import find_halves
from dateline.actors.homes import inherit, place_nouns
from dateline.actors.nouns import find_bodies, find_nouns
from dateline.actors.people import cluster_people
from dateline.actors.persons import dress_people, find_people
from dateline.actors.registry import Registry
from dateline.actors.saying import find_speaking_names
from dateline.actors.scan import scan_names, scan_titles
from dateline.actors.short import find_short
from dateline.actors.spelling import find_misspelt
from dateline.actors.view import Mention, View
from dateline.language import indices_at, notes, span_at
from dateline.records import (
    Actor,
    ActorKind,
    Blank,
    BlankReason,
    DateBasis,
    Granularity,
    Interval,
    Participant,
    Quantity,
    Reason,
    Span,
    make_id,
)


def report_date(doc: Doc) -> Interval | None:
    """Return when the report was published: as dated by the times stage, else as given."""
    known = notes(doc)
    if known.dating.interval is not None and known.dating.basis is not DateBasis.UNKNOWN:
        return known.dating.interval
    return published_interval(known.report.published)


def published_interval(published: str | None) -> Interval | None:
    """Return the interval of an ISO date as given: a month stays a month."""
    if not published or len(published) < 4 or not published[:4].isdigit():
        return None
    try:
        year, month, day = (*(int(part) for part in published[:10].split("-")), 0, 0)[:3]
        first = date(year, month or 1, day or 1)
    except ValueError:
        return None
    if day:
        last, granularity = first + timedelta(days=1), Granularity.DAY
    elif month:
        last, granularity = date(year + month // 12, month % 12 + 1, 1), Granularity.MONTH
    else:
        last, granularity = date(year + 1, 1, 1), Granularity.YEAR
    return Interval(start=first.isoformat(), end=last.isoformat(), granularity=granularity)


def find_mentions(doc: Doc, registry: Registry) -> list[Mention]:
    """Return the mentions of a report, clustered and resolved, in order of their words."""
    view = View(doc, report_date(doc))
    scan_names(view, registry)
    find_halves(view, registry)
    titles = scan_titles(view, registry)
    find_people(view, registry, titles)
    find_misspelt(view, registry)
    find_bodies(view, registry)
    find_firms(view, registry)
    find_short(view, registry)
    context = settle_entities(view, registry)
    find_grounds(view, context)
    dress_people(view, registry, titles)
    find_nouns(view, registry, titles)
    find_speaking_names(view)
    clusters = cluster_people(view)
    resolve_people(view, registry, clusters, context)
    for mention in view.mentions:
        if mention.kind is ActorKind.PERSON and mention.country and len(mention.country) == 3:
            context[mention.country] += 1
    split_compounds(view)
    widen_owned(view)
    place_nouns(view, registry, context)
    resolve_offices(view, registry, clusters, context)
    settle_coalitions(view, registry)
    cluster_rest(view)
    find_bodies_again(view)
    find_pairs(view)
    find_pronouns(view)
    inherit(view)
    settle_heads(view)
    drop_modifiers(view)
    return sorted(view.mentions, key=lambda m: (m.start, -m.end))


def widen_owned(view: View) -> None:
    """Let the words of a body begin with whose it is: "the Ivory Coast's Supreme Court"."""
    for mention in view.mentions:
        if mention.kind in (ActorKind.ORGANISATION, ActorKind.GROUP) and mention.basis == "name":
            owner = view.owner(mention)
            if owner is not None and owner.kind is not ActorKind.ORGANISATION:
                mention.left = min(mention.left, owner.left)


def drop_modifiers(view: View) -> None:
    """Take back nationalities that are a part of another participant's words: "U.S. troops".

    Of "Israeli raids" the adjective stays: it says whose the raids are.
    """
    members = {id(member) for mention in view.mentions for member in mention.members}
    roots = {id(mention.cluster) for mention in view.mentions if mention.cluster is not mention}
    for mention in list(view.mentions):
        nation = mention.basis == "demonym" or (
            mention.basis == "name" and mention.kind is ActorKind.COUNTRY
        )
        if not nation or mention.plural or id(mention) in members:
            continue
        if view.dep[mention.head] not in ("amod", "compound", "nmod"):
            continue
        if mention.kind is ActorKind.COUNTRY and not _inside_another(view, mention):
            continue
        if view.pos[mention.head] == "ADJ" or view.parent[mention.head] > mention.head:
            view.forget(mention)
            if id(mention) in roots:
                _move_cluster(view, mention)


def _inside_another(view: View, mention: Mention) -> bool:
    """Tell whether the noun that an adjective modifies is a participant itself."""
    return any(
        other is not mention and other.left <= mention.start and mention.end <= other.right
        for other in view.of_sentence[view.sent[mention.start]]
    )


def _move_cluster(view: View, root: Mention) -> None:
    """Let the next mention of a cluster stand for it, where its first is taken back."""
    rest = sorted((m for m in view.mentions if m.cluster is root), key=lambda m: m.start)
    for mention in rest:
        mention.cluster = rest[0]


def cluster_rest(view: View) -> None:
    """Cluster names of one entity, and common nouns that take up the same noun again."""
    first: dict[tuple[str, ...], Mention] = {}
    for mention in sorted(view.mentions, key=lambda m: m.start):
        if mention.cluster is not None:
            if mention.actor:
                first.setdefault((mention.actor,), mention.cluster)
            continue
        apposed = mention.antecedent
        if apposed is not None:
            mention.cluster, mention.actor = apposed.cluster or apposed, apposed.actor
            continue
        key = _cluster_key(view, mention)
        if key is None:
            mention.cluster = mention
            continue
        mention.cluster = first.setdefault(key, mention)


def _cluster_key(view: View, mention: Mention) -> tuple[str, ...] | None:
    if mention.actor and mention.kind is not ActorKind.COUNTRY:
        return (mention.actor,)
    if mention.actor:
        return (mention.actor, "demonym" if mention.plural else "state")
    if mention.kind is ActorKind.ORGANISATION or (mention.kind is None and mention.name):
        return ("body", view.key(mention.start, mention.end))
    if mention.definite and mention.noun and not mention.members:
        return ("noun", mention.noun, mention.country or "", str(mention.plural))
    return None


def find(doc: Doc, registry: Registry) -> Mapping[str, Any]:
    """Return the actors and the participants of a report."""
    found = find_mentions(doc, registry)
    participants = to_participants(doc, found)
    return {"actors": actors_of(doc, found, registry), "participants": participants}


def actors_of(doc: Doc, found: Sequence[Mention], registry: Registry) -> tuple[Actor, ...]:
    """Return the registry's entities that the mentions are resolved to, by their first mention."""
    when = report_date(doc)
    ids = dict.fromkeys(mention.actor for mention in found if mention.actor)
    return tuple(registry.get(id).actor(when, registry.offices) for id in ids if id in registry)


def to_participants(doc: Doc, found: Sequence[Mention]) -> tuple[Participant, ...]:
    """Return the records of the mentions."""
    ids: dict[int, str] = {}
    taken: set[str] = set()
    spans: dict[int, tuple[Span, Span]] = {}
    for mention in found:
        whole = (mention.left, mention.right)
        span = _span(doc, *whole)
        same = whole == (mention.start, mention.end)
        spans[id(mention)] = span, span if same else _span(doc, mention.start, mention.end)
        name = make_id("a", spans[id(mention)][0], taken)
        ids[id(mention)] = name
        taken.add(name)
    counts = _counts(doc)
    return tuple(_participant(doc, m, spans[id(m)], ids, counts) for m in found)


def _span(doc: Doc, start: int, end: int) -> Span:
    last = doc[end - 1]
    return span_at(doc, doc[start].idx, last.idx + len(last))


def _counts(doc: Doc) -> dict[int, str]:
    """Return the id of the quantity that counts each token."""
    found: dict[int, str] = {}
    for quantity in notes(doc).quantities:
        if isinstance(quantity, Quantity) and quantity.kind == "count" and quantity.counted:
            for i in indices_at(doc, quantity.counted):
                found.setdefault(i, quantity.id)
    return found


def _participant(
    doc: Doc,
    mention: Mention,
    spans: tuple[Span, Span],
    ids: dict[int, str],
    counts: dict[int, str],
) -> Participant:
    root = mention.cluster or mention
    title = _span(doc, *mention.title).text if mention.title else None
    counted = mention.kind in (ActorKind.GENERIC, ActorKind.OFFICE) or mention.basis == "demonym"
    return Participant(
        id=ids[id(mention)],
        span=spans[0],
        head=spans[1],
        kind=mention.kind,
        name=_name(doc, mention, spans),
        actor=mention.actor,
        country=mention.country,
        sectors=mention.sectors,
        title=title if mention.kind is not ActorKind.GENERIC else None,
        cluster=ids.get(id(root), ids[id(mention)]),
        members=tuple(ids[id(m)] for m in mention.members if id(m) in ids),
        count=counts.get(mention.head) if counted else None,
        score=mention.score,
        runner_up=mention.runner_up,
        basis=mention.basis,
        why=_why(doc, mention, spans),
        blanks=_blanks(mention),
    )


def _name(doc: Doc, mention: Mention, spans: tuple[Span, Span]) -> str:
    if mention.name:
        return mention.name
    if mention.antecedent is not None:
        known = mention.antecedent
        return known.name or doc[known.start : known.end].text
    if mention.kind is ActorKind.PERSON and mention.cluster is not None:
        return doc[mention.cluster.start : mention.cluster.end].text
    return spans[0].text if mention.kind in (ActorKind.GENERIC, ActorKind.OFFICE) else spans[1].text


def _why(doc: Doc, mention: Mention, spans: tuple[Span, Span]) -> tuple[Reason, ...]:
    reasons = list(mention.why)
    if mention.kind in (ActorKind.GENERIC, ActorKind.OFFICE) and mention.noun:
        table = "offices" if mention.offices else "generic"
        reasons.append(Reason(field="sectors", rule=f"{table}.{mention.noun}", spans=(spans[1],)))
    for office in mention.offices if mention.kind is ActorKind.PERSON else ():
        words = (_span(doc, *mention.title),) if mention.title else ()
        reasons.append(Reason(field="sectors", rule=f"offices.{office}", spans=words))
    if mention.inferred:
        reasons.append(
            Reason(
                field="country",
                rule="context.country",
                detail="the one country of the sentence, or the one the report is about",
                weight=0.5,
            )
        )
    return tuple(reasons)


def _blanks(mention: Mention) -> tuple[Blank, ...]:
    blanks = []
    if mention.actor is None and not mention.members:
        blanks.append(Blank(field="actor", reason=_why_unresolved(mention)))
    if mention.country is None:
        reason = BlankReason.NOT_APPLICABLE if mention.members else BlankReason.NOT_MENTIONED
        blanks.append(Blank(field="country", reason=reason))
    if not mention.sectors and mention.kind is not ActorKind.COUNTRY:
        blanks.append(Blank(field="sectors", reason=BlankReason.UNRESOLVED))
    return tuple(blanks)


def _why_unresolved(mention: Mention) -> BlankReason:
    if mention.ambiguous:
        return BlankReason.AMBIGUOUS
    if mention.kind is ActorKind.GENERIC:
        return BlankReason.NOT_APPLICABLE
    if mention.kind in (ActorKind.PERSON, ActorKind.ORGANISATION):
        return BlankReason.NOT_IN_REGISTRY
    return BlankReason.UNRESOLVED
