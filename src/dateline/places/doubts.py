"""Names that are none of a place here, whatever the gazetteer holds: told by rules, one a class.

"The West" without a country that has one, "METI" where it is a body, "Fargo" of Wells Fargo, "Rivera"
after Naya Rivera, and the planet Mars.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from spacy.tokens import Doc, Token

from dateline.language import notes, tokens_at
from dateline.places import tables
from dateline.places.mentions import LARGE, Mention
from dateline.records import ActorKind, Participant

OF = frozenset(("of", "in", "for", "at", "de", "du", "del"))
"""Words before a place inside the name of a body: "Bank of England"."""
INSIDE = frozenset(("in", "into", "inside", "near", "outside", "across", "around", "throughout"))
"""Words before a place that never stand before a firm."""
PLACING = frozenset(("at", "from", "in", "near", "to", "through", "outside", "across", "the", ","))
"""Words before a place that are seldom before a person."""
SHORTEST, LONGEST = 4, 6
"""Letters of a name in capitals that is an abbreviation where it is said to be a body."""
COMMON = 500_000
"""People from which a town is meant although a body has its name inside its own."""


def without_doubtful(doc: Doc, found: Sequence[Mention]) -> list[Mention]:
    """Return the mentions without those whose words are a direction, a body, a person or a planet."""
    countries = _countries(found)
    kept = [_directed(mention, countries) for mention in found]
    bodies, people = _named(doc, ActorKind.ORGANISATION, ActorKind.GROUP), _people(doc)
    states = _named(doc, ActorKind.COUNTRY)
    short = {m.key for m in found if _in_prose(doc, m)} - {
        m.key for m in found if not m.name.isupper()
    }
    sites = {m.key for m in found if m.start and doc[m.start - 1].lower_ in INSIDE}
    return [
        _of_state(mention, states) for mention in kept
        if mention is not None
        and not _is_other(mention)
        and not (_is_town(mention) and (_in_body(doc, mention, bodies) or _is_body(doc, mention, bodies, short)))
        and not (_is_town(mention) and mention.key not in sites and _is_firm(mention, bodies))
        and not (_is_town(mention, "admin1") and _is_person(doc, mention, people))
    ]  # fmt: skip


def _countries(found: Sequence[Mention]) -> frozenset[str | None]:
    """Return the countries that a report names, not by their towns."""
    named = (m.candidates[0] for m in found if m.candidates)
    return frozenset(e.country for e in named if e.kind == "country")


def _directed(mention: Mention, countries: frozenset[str | None]) -> Mention | None:
    """Keep of "the West" and "the South" the areas of countries that the report names; else it is no place."""
    bare = mention.source == "gazetteer" and not mention.is_area and mention.holder is None
    words = mention.name.lower().replace("-", " ").split()
    if not bare or not all(word in tables.words("directions") for word in words):
        return mention
    fit = tuple(e for e in mention.candidates if e.kind == "admin1" and e.country in countries)
    return replace(mention, candidates=fit) if fit else None


def _is_other(mention: Mention) -> bool:
    """Tell a planet from the town called so."""
    known = mention.source == "gazetteer" and mention.holder is None
    return known and mention.name.lower() in tables.words("no places")


def _is_town(mention: Mention, *also: str) -> bool:
    """Tell a name that no better-known place has than a town, or one of the kinds given."""
    towns = mention.candidates and mention.candidates[0].kind in ("town", "admin2", *also)
    return bool(towns) and mention.source == "gazetteer" and mention.holder is None


Named = dict[int, tuple[int, int, Participant]]
"""First token, token behind, and participant of the names that each token is one of."""


def _named(doc: Doc, *kinds: ActorKind) -> Named:
    """Return the participants of some kinds that are named, by token."""
    found: Named = {}
    for part in notes(doc).participants:
        tokens = tokens_at(doc, part.head) if part.kind in kinds and part.basis == "name" else None
        for token in tokens if tokens is not None else ():
            assert tokens is not None
            found[token.i] = tokens.start, tokens.end, part
    return found


def _of_state(mention: Mention, states: Named) -> Mention:
    """Let "Wales" that stands for the United Kingdom be the nation, not a town of the name in England."""
    held = states.get(mention.start)
    if held is None or held[:2] != (mention.start, mention.end):
        return mention
    country = held[2].country
    if not any(e.kind == "admin1" and e.country == country for e in mention.candidates):
        return mention
    fit = (
        e for e in mention.candidates if e.kind not in ("town", "admin2") or e.country != country
    )
    return replace(mention, candidates=tuple(fit))


def _in_body(doc: Doc, mention: Mention, bodies: Named) -> bool:
    """Tell the "Fargo" of Wells Fargo: of the registry's bodies, and not named first or after "of"."""
    held = bodies.get(mention.start)
    if held is None or not held[2].actor or mention.candidates[0].population >= COMMON:
        return False
    start, end, _ = held
    if mention.candidates[0].population < LARGE:
        return mention.end <= end
    return (
        (start, end) != (mention.start, mention.end)
        and mention.end <= end
        and mention.start > start
        and doc[mention.start - 1].lower_ not in OF
    )


def _is_firm(mention: Mention, bodies: Named) -> bool:
    """Tell "Halifax" in a report that speaks of shares in it, and of nothing inside it."""
    held = bodies.get(mention.start)
    return held is not None and any(reason.rule == "firm.context" for reason in held[2].why)


def _is_body(doc: Doc, mention: Mention, bodies: Named, short: Collection[str]) -> bool:
    """Tell an abbreviation that the report uses as a body: "METI", unless it heads a dateline."""
    first = doc[mention.start]
    small = mention.candidates[0].population < LARGE
    if not (_is_short(mention) and small) or _in_dateline(doc, first):
        return False
    return mention.key in short or mention.start in bodies or first.ent_type_ == "ORG"


def _is_short(mention: Mention) -> bool:
    return SHORTEST <= len(mention.name) <= LONGEST and mention.name.isupper()


def _in_prose(doc: Doc, mention: Mention) -> bool:
    """Tell letters in capitals behind a word in small ones, where no town would be written so."""
    before = doc[mention.start - 1].text if mention.start else ""
    return _is_short(mention) and mention.holder is None and before.islower()


def _is_person(doc: Doc, mention: Mention, people: frozenset[int]) -> bool:
    """Tell a surname said again, where no word before it puts something there."""
    alone = mention.end == mention.start + 1 and mention.start in people
    before = doc[mention.start - 1].lower_ if mention.start else ""
    return alone and before not in PLACING


def _in_dateline(doc: Doc, token: Token) -> bool:
    return any(s.kind == "dateline" and s.start <= token.idx < s.end for s in notes(doc).segments)


def _people(doc: Doc) -> frozenset[int]:
    """Return the tokens that stand alone for a person whom the report names in full elsewhere."""
    single: list[tuple[str, int]] = []
    full: set[str] = set()
    for part in notes(doc).participants:
        if part.kind is not ActorKind.PERSON or part.basis == "coreference":
            continue
        tokens = tokens_at(doc, part.head)
        cluster = part.cluster or part.id
        if tokens is not None and len(tokens) == 1:
            single.append((cluster, tokens.start))
        elif tokens is not None:
            full.add(cluster)
    return frozenset(token for cluster, token in single if cluster in full)
