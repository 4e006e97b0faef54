"""From a parsed report to its actors and participants: the steps in order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from spacy.tokens import Doc

from dateline.actors.cluster import (
    cluster_people,
    resolve_offices,
    resolve_people,
    settle_entities,
)
from dateline.actors.compound import split_compounds
from dateline.actors.coreference import find_pairs, find_pronouns
from dateline.actors.nouns import find_bodies, find_nouns
from dateline.actors.persons import RULED, dress_people, find_people
from dateline.actors.registry import Registry
from dateline.actors.scan import scan_names, scan_titles
from dateline.actors.spelling import find_misspelt
from dateline.actors.view import Mention, View
from dateline.language import notes, span_at, tokens_at
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
    titles = scan_titles(view, registry)
    find_people(view, registry, titles)
    find_misspelt(view, registry)
    find_bodies(view, registry)
    context = settle_entities(view, registry)
    dress_people(view, registry, titles)
    find_nouns(view, registry, titles)
    clusters = cluster_people(view, registry)
    resolve_people(view, registry, clusters, context)
    for mention in view.mentions:
        if mention.kind is ActorKind.PERSON and mention.country and len(mention.country) == 3:
            context[mention.country] += 1
    split_compounds(view)
    place_nouns(view, context)
    resolve_offices(view, registry, clusters, context)
    cluster_rest(view)
    find_pairs(view)
    find_pronouns(view)
    drop_modifiers(view)
    return sorted(view.mentions, key=lambda m: (m.start, -m.end))


def drop_modifiers(view: View) -> None:
    """Take back adjectives of nationality that are a part of another participant's words.

    Of "Israeli raids" the adjective stays: it says whose the raids are.
    """
    members = {id(member) for mention in view.mentions for member in mention.members}
    roots = {id(mention.cluster) for mention in view.mentions if mention.cluster is not mention}
    for mention in list(view.mentions):
        adjective = mention.basis == "demonym" and not mention.plural and id(mention) not in members
        if not adjective or view.dep[mention.head] not in ("amod", "compound", "nmod"):
            continue
        if mention.kind is ActorKind.COUNTRY and not _inside_another(view, mention):
            continue
        if view.pos[mention.head] == "ADJ" or view.parent[mention.head] > mention.head:
            view.mentions.remove(mention)
            if id(mention) in roots:
                _move_cluster(view, mention)


def _inside_another(view: View, mention: Mention) -> bool:
    """Tell whether the noun that an adjective modifies is a participant itself."""
    return any(
        other is not mention and other.left <= mention.start and mention.end <= other.right
        for other in view.mentions
    )


def _move_cluster(view: View, root: Mention) -> None:
    """Let the next mention of a cluster stand for it, where its first is taken back."""
    rest = sorted((m for m in view.mentions if m.cluster is root), key=lambda m: m.start)
    for mention in rest:
        mention.cluster = rest[0]


def place_nouns(view: View, context: Counter[str]) -> None:
    """Give common nouns the country and the sector that their phrase or the report tells."""
    for mention in view.mentions:
        if mention.kind is ActorKind.ORGANISATION and mention.country is None:
            mention.country = next(iter(mention.countries), _owner_country(view, mention))
        if mention.kind is ActorKind.COUNTRY and mention.country is None:
            mention.kind, mention.actor = ActorKind.GROUP, None
            mention.country = _told_country(view, mention, context) if context else None
            mention.inferred = mention.country is not None
        if mention.kind is not ActorKind.GENERIC or mention.members:
            continue
        owner = mention.modifier
        if mention.countries:
            mention.country = mention.countries[0]
        elif owner is not None and owner.country:
            mention.country = owner.country
        if owner is not None and owner.sectors and (_open_sector(mention) or not mention.sectors):
            mention.sectors = owner.sectors
        ruler = _ruler(view, mention)
        if ruler is not None and mention.country is None:
            mention.country = ruler.country
        elif (
            mention.country is None
            and context
            and not (owner and owner.kind is not ActorKind.GENERIC)
        ):
            mention.country = _told_country(view, mention, context)
            mention.inferred = mention.country is not None


def _ruler(view: View, mention: Mention) -> Mention | None:
    """Return the person whose government a noun names: "the Obama administration"."""
    at = mention.start - 1
    if at > 0 and view.lower[at] in ("'s", "’s", "'", "’"):
        at -= 1
    before = view.claim[at] if at >= 0 else None
    person = before is not None and before.kind is ActorKind.PERSON
    return before if person and view.lower[mention.head] in RULED else None


def _owner_country(view: View, mention: Mention) -> str | None:
    """Return the country of the owner: "the Ivory Coast's Supreme Court"."""
    at = mention.left - 1
    if at < 1 or view.lower[at] not in ("'s", "’s", "'", "’"):
        return None
    owner = view.claim[at - 1]
    return owner.country if owner is not None and owner.kind is ActorKind.COUNTRY else None


SURE = 0.7
"""Share of a report's countries from which one is taken for what no phrase tells."""


def _told_country(view: View, mention: Mention, context: Counter[str]) -> str | None:
    """Return the one country of the sentence, or the one the report is about; else none."""
    sentence = view.sent[mention.start]
    others = [
        other
        for other in view.mentions
        if other.kind is ActorKind.COUNTRY and other.country and view.sent[other.start] == sentence
    ]
    if any(_acts_on(view, other, mention) for other in others):
        return None
    named = {other.country for other in others}
    if len(named) == 1:
        return named.pop()
    country, count = context.most_common(1)[0]
    sure = count >= SURE * sum(context.values())
    return country if sure and (not named or country in named) else None


def _acts_on(view: View, country: Mention, mention: Mention) -> bool:
    """Tell whether a country is (in) the subject of the verb whose object a mention is (in)."""
    verb, side = _clause(view, country.head)
    other, place = _clause(view, mention.head)
    return verb is not None and verb == other and side == "subject" != place


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
    from dateline.actors.nouns import TAKES_SECTOR

    last = mention.noun.rpartition(" ")[2]
    return last in TAKES_SECTOR or last.removesuffix("s") in TAKES_SECTOR


def cluster_rest(view: View) -> None:
    """Cluster names of one entity, and common nouns that take up the same noun again."""
    first: dict[tuple[str, ...], Mention] = {}
    for mention in sorted(view.mentions, key=lambda m: m.start):
        if mention.cluster is not None:
            if mention.actor:
                first.setdefault((mention.actor,), mention.cluster)
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
    if mention.kind is ActorKind.ORGANISATION:
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
        spans[id(mention)] = (
            _span(doc, mention.left, mention.right),
            _span(doc, mention.start, mention.end),
        )
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
            tokens = tokens_at(doc, quantity.counted)
            for token in tokens or ():
                found.setdefault(token.i, quantity.id)
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
