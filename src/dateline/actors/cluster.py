"""Which mentions are the same person or body, and who that is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from dateline.actors.model import Entry
from dateline.actors.names import core, words
from dateline.actors.nouns import INHERITS, STRONG_ADJECTIVES
from dateline.actors.registry import Ref, Registry
from dateline.actors.resolver import Query, Resolution, head_of, holder, resolve
from dateline.actors.view import Mention, View
from dateline.records import ActorKind, Reason


def settle_entities(view: View, registry: Registry) -> Counter[str]:
    """Choose among the meanings of each name; return how often the report names each country."""
    context: Counter[str] = Counter()
    for mention in view.mentions:
        if mention.refs and mention.kind is ActorKind.COUNTRY and len(mention.refs) == 1:
            context[mention.refs[0].id] += 1
    for mention in view.mentions:
        if not mention.refs:
            continue
        ref = _meaning(mention.refs, registry, view, context)
        entry = registry.get(ref.id)
        mention.actor, mention.kind, mention.basis = entry.id, entry.kind, ref.basis
        mention.refs = (ref, *(other for other in mention.refs if other != ref))
        mention.country = entry.country
        mention.sectors = entry.sectors or (("GOV",) if ref.basis == "metonym" else ())
        mention.name = entry.name
        mention.score = 1.0 if len(mention.refs) == 1 else 0.8
        mention.runner_up = mention.refs[1].id if len(mention.refs) > 1 else None
        if ref.basis == "demonym" and mention.plural and not mention.sectors:
            mention.sectors = ("CVL",)
        if ref.basis == "capital" and _acts(view, mention) and not mention.sectors:
            mention.sectors = ("GOV",)
        if ref.basis == "demonym" and _ethnic(view, mention):
            mention.country = None
        mention.why.append(Reason(field="actor", rule=f"registry.{entry.id}", detail=entry.source))
        if entry.country and len(entry.country) == 3 and mention.kind is not ActorKind.COUNTRY:
            context[entry.country] += 1
    return context


def _acts(view: View, mention: Mention) -> bool:
    """Tell the government meant by its seat: "Moscow said", "talks with Berlin"."""
    head = mention.head
    if view.dep[head] in ("nsubj", "agent"):
        return True
    if view.dep[head] == "conj":
        return view.dep[view.parent[head]] == "nsubj"
    by = view.parent[head]
    return view.dep[head] == "pobj" and view.lower[by] in ("by", "with", "between", "against")


def _ethnic(view: View, mention: Mention) -> bool:
    """Tell "ethnic Albanians", who need not be of Albania."""
    at = mention.start - 1
    return at >= 0 and view.lower[at] == "ethnic" and view.sent[at] == view.sent[mention.start]


def _meaning(refs: Sequence[Ref], registry: Registry, view: View, context: Counter[str]) -> Ref:
    """Return the meaning that the report's countries and its date support best."""
    if len(refs) == 1:
        return refs[0]

    def worth(pair: tuple[int, Ref]) -> tuple[bool, int, int, int]:
        place, ref = pair
        entry = registry.get(ref.id)
        named = context.get(entry.country or "", 0)
        plain = ref.basis == "name" or entry.kind is not ActorKind.COUNTRY
        return (entry.exists(view.when) is not False, named, int(plain), -place)

    return max(enumerate(refs), key=worth)[1]


def resolve_people(
    view: View, registry: Registry, clusters: list[list[Mention]], context: Counter[str]
) -> None:
    """Resolve each cluster with the evidence of all its mentions."""
    countries = frozenset(code for code, _ in context.most_common(6))
    for cluster in clusters:
        query = cluster_query(view, registry, cluster, countries)
        found = resolve(registry, query)
        if found.best is not None:
            _mark(view, registry, cluster, found.best.entry, found)
        else:
            _unresolved(view, registry, cluster, query, found)


def cluster_query(
    view: View, registry: Registry, cluster: list[Mention], context: frozenset[str]
) -> Query:
    """Put together what the mentions of one person say."""
    fullest = max(cluster, key=lambda m: len(core(tuple(view.key(m.start, m.end).split()))))
    offices = dict.fromkeys(o for m in cluster for o in m.offices)
    countries: dict[str, None] = {}
    body = ""
    for mention in cluster:
        countries.update(dict.fromkeys(mention.countries))
        if mention.modifier is not None:
            owner = mention.modifier
            body = body or owner.name or view.doc[owner.start : owner.end].text
            if owner.basis == "metonym":
                body = view.doc[owner.start : owner.end].text
            for country in (owner.country, *owner.countries):
                if country:
                    countries.setdefault(country)
    return Query(
        name=tuple(view.key(fullest.start, fullest.end).split()),
        offices=tuple(offices),
        body=body,
        countries=tuple(countries),
        context=context,
        when=view.when,
        former=any(m.former for m in cluster),
    )


def _mark(
    view: View, registry: Registry, cluster: list[Mention], entry: Entry, found: Resolution
) -> None:
    best = found.best
    assert best is not None
    exact = {core_words(entry, n) for n in (entry.name, *entry.aliases)}
    for mention in cluster:
        mention.actor, mention.name = entry.id, entry.name
        mention.score = best.score
        mention.runner_up = found.runner_up.entry.id if found.runner_up else None
        own = core(tuple(view.key(mention.start, mention.end).split()))
        spelled = own in exact or any(own[-1:] == known[-1:] for known in exact)
        mention.basis = "name" if spelled else "variant"
        mention.country = entry.country_on(view.when, registry.offices)
        mention.sectors = person_sectors(view, registry, mention, entry)
        mention.gender = entry.gender or mention.gender
        mention.why.extend(best.reasons())


def core_words(entry: Entry, name: str) -> tuple[str, ...]:
    """Return the folded words of a name of an entry, without particles."""
    return core(words(name))


def person_sectors(
    view: View, registry: Registry, mention: Mention, entry: Entry
) -> tuple[str, ...]:
    """Return the sectors of a person: of the office on the date, of the title, or ``ELI`` once out."""
    on_date = entry.sectors_on(view.when, registry.offices)
    said = [registry.offices.sector(o) for o in mention.offices if o != "civil"]
    if mention.former:
        return ("ELI",)
    if said and said[0] not in on_date and (view.when is None or "ELI" in on_date):
        return (said[0],)
    return on_date or tuple(said[:1])


def _unresolved(
    view: View, registry: Registry, cluster: list[Mention], query: Query, found: Resolution
) -> None:
    said = tuple(o for o in query.offices if o != "civil") or query.offices  # "Mr" tells the least
    sectors = tuple(dict.fromkeys(registry.offices.sector(o) for o in said))
    sectors = sectors or next((m.sectors for m in cluster if m.sectors), ())
    if query.former:
        sectors = ("ELI",)
    owner = next((m.modifier for m in cluster if m.modifier is not None), None)
    if owner is not None and owner.sectors and (not sectors or _of_owner(query, owner)):
        sectors = owner.sectors
    elif owner is None and set(query.offices) & INHERITS and not query.former:
        sectors = next(filter(None, (_beside(view, registry, m) for m in cluster)), sectors)
    ground = next((m.ground for m in cluster if m.ground), None)
    told = next(iter(query.countries), found.country) or ground
    inferred = None
    if told is None and OF_A_STATE & {registry.offices.sector(o) for o in query.offices}:
        inferred = next(iter(query.context)) if len(query.context) == 1 else None
    for mention in cluster:
        mention.country = told or inferred
        mention.inferred = inferred is not None
        mention.sectors = sectors[:2]
        if found.runner_up is not None:
            mention.runner_up = found.runner_up.entry.id
        mention.ambiguous = found.ambiguous
        mention.score = None


def _beside(view: View, registry: Registry, mention: Mention) -> tuple[str, ...]:
    """Return the sector of the noun in a title: of "airline spokesman", "hospital director"."""
    start, end = mention.title or (mention.left, mention.left)
    first = min(mention.left, start)
    first -= (
        first > 0 and view.dep[first - 1] == "compound" and view.sent[first - 1] == view.sent[first]
    )
    for i in range(end - 2, first - 1, -1):
        noun = registry.generic.get(view.fold[i])
        body = noun.sectors if noun is not None and noun.form == "body" else ()
        sectors = STRONG_ADJECTIVES.get(view.lower[i]) or body
        if sectors and view.pos[i] in ("NOUN", "PROPN", "ADJ"):
            return sectors
    return ()


def _of_owner(query: Query, owner: Mention) -> bool:
    """Tell whose sector is that of the body: of its chairman, and of its president where it is no state."""
    presides = "head_of_state" in query.offices and owner.kind is ActorKind.ORGANISATION
    return bool(set(query.offices) & INHERITS) or (presides and not query.countries)


OF_A_STATE = frozenset({"GOV", "JUD", "MIL", "LEG", "COP", "SPY", "OPP", "PTY"})
"""Sectors whose offices belong to a state."""


def resolve_offices(
    view: View, registry: Registry, clusters: list[list[Mention]], context: Counter[str]
) -> None:
    """Resolve "the president" and "Iraq's foreign minister": to a person of the report, else by date."""
    for mention in sorted(view.mentions, key=lambda m: m.start):
        if _heads_body(view, registry, mention):
            continue
        if mention.kind is not ActorKind.OFFICE:
            continue
        if mention.former or not (mention.definite or mention.countries or mention.modifier):
            _office_country(view, mention, context)
            continue
        known = _later(_in_report(view, registry, mention, clusters), _held_before(view, mention))
        if known is not None:
            _refer(mention, known)
            continue
        _office_country(view, mention, context)
        _by_date(view, registry, mention)


HEADING = frozenset(
    ("head", "chief", "president", "chairman", "chairwoman", "chairperson", "chair", "boss")
)
"""Nouns for who heads a body: "the head of the IAEA", "the World Bank president"."""
HEAD_TITLES = HEADING | {
    "secretary general", "secretary-general", "director general", "director-general", "managing director", "director",
    "executive director", "commission president", "general secretary",
}  # fmt: skip
HEAD_OFFICES = frozenset(("igo_head", "body_head", "business_leader", "head_of_state"))


def _heads_body(view: View, registry: Registry, mention: Mention) -> bool:
    """Resolve "the NATO secretary general" by the report's date, where a body of no state is named."""
    owner = mention.modifier
    titled = mention.noun in HEAD_TITLES and bool(set(mention.offices) & HEAD_OFFICES)
    called = mention.kind is ActorKind.GENERIC and mention.noun in HEADING
    if (
        not ((titled and mention.kind is ActorKind.OFFICE) or called)
        or mention.former
        or mention.plural
        or owner is None
    ):
        return False
    if not owner.actor or owner.end > mention.right or not _bare(view, mention, owner):
        return False
    found = head_of(registry, registry.get(owner.actor), view.when)
    if found is None:
        return False
    entry = registry.get(found)
    named = [m for m in view.mentions if m.actor == found and m.start < mention.start]
    if named:
        _refer(mention, max(named, key=lambda m: m.start))
        return True
    mention.kind, mention.basis = ActorKind.OFFICE, "office"
    mention.actor, mention.name, mention.score = entry.id, entry.name, 0.85
    mention.gender, mention.country = entry.gender, owner.country
    mention.sectors = owner.sectors or ("GOV",)
    detail = f"headed {owner.name} on the report's date"
    mention.why.append(Reason(field="actor", rule=f"registry.{entry.id}", detail=detail))
    return True


def _bare(view: View, mention: Mention, owner: Mention) -> bool:
    """Tell "the NATO chief" from "the deputy chief of NATO": nothing else stands before the noun."""
    before = (i for i in range(mention.left, mention.start) if not owner.start <= i < owner.end)
    return all(view.lower[i] in ("the", "'s", "’s", "'", "’", "current", "new") for i in before)


def _in_report(
    view: View, registry: Registry, mention: Mention, clusters: list[list[Mention]]
) -> Mention | None:
    """Return the latest mention before of someone of the report who holds the office."""
    best: Mention | None = None
    for cluster in clusters:
        if not _holds(view, registry, mention, cluster):
            continue
        before = [m for m in cluster if m.start < mention.start]
        if before and (best is None or before[-1].start > best.start):
            best = before[-1]
    return best


def _held_before(view: View, mention: Mention) -> Mention | None:
    """Return the latest office before that "the premier" takes up: "Australia's prime minister"."""
    if mention.countries or mention.modifier is not None:
        return None
    before = [
        m for m in view.mentions
        if m.kind is ActorKind.OFFICE and m.start < mention.start and m.country and not m.former
        and not m.inferred and not m.plural and set(m.offices) & set(mention.offices)
    ]  # fmt: skip
    return max(before, key=lambda m: m.start, default=None)


def _later(one: Mention | None, other: Mention | None) -> Mention | None:
    """Return the one nearer to the end of the report."""
    known = [m for m in (one, other) if m is not None]
    return max(known, key=lambda m: m.start, default=None)


def _holds(view: View, registry: Registry, mention: Mention, cluster: list[Mention]) -> bool:
    first = cluster[0]
    if any(m.former for m in cluster):
        return False
    wanted = set(mention.offices)
    offices = {o for m in cluster for o in m.offices}
    countries = {c for m in cluster for c in m.countries} | ({first.country} - {None})
    if first.actor:
        held = registry.get(first.actor).held(view.when)
        offices |= {term.office for term in held}
        wanted |= {registry.offices.of(o, term.country) for o in mention.offices for term in held}
    if not wanted & offices:
        return False
    asked = set(mention.countries) | ({mention.modifier.country} if mention.modifier else set())
    asked.discard(None)
    return not asked or not countries or bool(asked & countries)


def _refer(mention: Mention, known: Mention) -> None:
    mention.antecedent = known
    mention.basis = "coreference"
    mention.cluster = known.cluster or known
    for name in ("actor", "name", "country", "sectors", "score", "runner_up", "gender"):
        setattr(mention, name, getattr(known, name))
    mention.kind = known.kind


def _served(view: View, mention: Mention) -> Mention | None:
    """Return the person whose spokesman or aide it is: "Mr Adair's official spokesman"."""
    for at in range(mention.left, max(mention.left - 3, 0), -1):
        claim = view.claim[at - 1]
        owns = view.lower[at] in ("'s", "’s") and view.sent[at] == view.sent[mention.start]
        if owns and claim is not None and claim.kind is ActorKind.PERSON and claim.country:
            return claim
    return None


def _office_country(view: View, mention: Mention, context: Counter[str]) -> None:
    """Give an office its country: said, its body's, or the one that the report is about."""
    if mention.countries:
        mention.country = mention.countries[0]
    elif mention.modifier is not None and mention.modifier.country:
        mention.country = mention.modifier.country
    elif mention.ground:
        mention.country = mention.ground
    elif mention.country is None and (served := _served(view, mention)) is not None:
        mention.country = served.country
    elif mention.country is None and mention.modifier is None and context:
        mention.country, mention.inferred = context.most_common(1)[0][0], True
    owner = mention.modifier
    if (
        owner is not None
        and owner.sectors
        and set(mention.offices) & INHERITS
        and not mention.former
    ):
        mention.sectors = owner.sectors


def _by_date(view: View, registry: Registry, mention: Mention) -> None:
    if not mention.country or mention.inferred:
        return
    owner = mention.modifier
    body = (
        (view.doc[owner.start : owner.end].text if owner.basis == "metonym" else owner.name)
        if owner
        else ""
    )
    query = Query(name=(), offices=mention.offices, body=body, when=view.when)
    found, several = holder(registry, query, mention.country)
    if found is not None:
        entry = registry.get(found)
        mention.actor, mention.name, mention.score = entry.id, entry.name, 0.85
        mention.gender = entry.gender
        mention.why.append(
            Reason(
                field="actor",
                rule=f"registry.{entry.id}",
                detail="held the office on the report's date",
            )
        )
    elif several:
        mention.ambiguous = True
