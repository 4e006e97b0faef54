"""Who a name is: candidates from the registry, scored on name, office, country and date.

A name alone settles little: many people share it, and it may be misspelt. Each
candidate is scored on four grounds whose weights stand below; the best is
taken where it passes the bar for what supports it and is clearly ahead of the
next. What was compared is in the reasons.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import compress

from rapidfuzz import process
from rapidfuzz.distance import JaroWinkler

from dateline.actors.model import NON_STATE, Entry, Held
from dateline.actors.names import Comparison, comparable, compare, core, fold, words
from dateline.actors.registry import Registry
from dateline.records import Interval, Reason

WEIGHTS = {"name": 0.55, "office": 0.25, "country": 0.12, "date": 0.08}
"""What each ground adds to a score at most; they add up to 1."""

ACCEPT = 0.78
"""Least score of an accepted candidate."""

NEAR = 0.88
"""How alike a full name is that country and date alone support, whatever its office is called."""

MARGIN = 0.04
"""How far ahead of the next an accepted candidate is."""


@dataclass(frozen=True, slots=True)
class Query:
    """What a report says of a person."""

    name: tuple[str, ...]
    """Folded words of the fullest name; empty: an office alone."""
    offices: tuple[str, ...] = ()
    body: str = ""
    countries: tuple[str, ...] = ()
    """Countries that the title names."""
    context: frozenset[str] = frozenset()
    """Countries that the report names."""
    when: Interval | None = None
    former: bool = False


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person of the registry, with what speaks for and against."""

    entry: Entry
    score: float
    name: float
    office: float
    country: float
    date: float
    detail: str
    given: bool = False
    """The given names were compared too, and are alike."""

    def reasons(self) -> tuple[Reason, ...]:
        """Return what was compared, with what each ground added."""
        grounds = {
            "name": self.name,
            "office": self.office,
            "country": self.country,
            "date": self.date,
        }
        return tuple(
            Reason(
                field="actor",
                rule=f"resolve.{ground}",
                detail=self.detail if ground == "name" else f"{ground} support {value:.2f}",
                weight=round(WEIGHTS[ground] * value, 3),
            )
            for ground, value in grounds.items()
        )


@dataclass(frozen=True, slots=True)
class Resolution:
    """The best candidate, if one is good enough, and the next."""

    best: Candidate | None
    runner_up: Candidate | None
    ambiguous: bool = False
    """There were good candidates and none was clearly ahead."""
    country: str | None = None
    """The country that all the good candidates share."""


MISSPELT = 4
"""Letters from which a surname alone may be misspelt."""
NOBODY = Resolution(None, None)


def resolve(registry: Registry, query: Query) -> Resolution:
    """Return who the query is about, as far as the registry and the evidence carry."""
    if not query.name:
        return NOBODY
    hopeful = _hopeful(registry, query, _candidates(registry, query))
    scored = [score(registry, query, registry.get(id)) for id in hopeful]
    ranked = sorted((c for c in scored if c is not None), key=lambda c: (-c.score, c.entry.id))
    if not ranked:
        return NOBODY
    best, second = ranked[0], ranked[1] if len(ranked) > 1 else None
    if best.score < _bar(query, best) or _common(registry, query, best):
        return Resolution(None, best)
    rivals = _same_surname(query, ranked)
    if len(rivals) > 1:
        homes = {c.entry.country for c in rivals}
        country = homes.pop() if len(homes) == 1 else None
        return Resolution(None, best, ambiguous=True, country=country)
    if second is not None and best.score - second.score < MARGIN:
        near = [c.entry.country for c in ranked if best.score - c.score < MARGIN]
        shared = near[0] if len(set(near)) == 1 else None
        return Resolution(None, best, ambiguous=True, country=shared)
    return Resolution(best, second)


def _common(registry: Registry, query: Query, best: Candidate) -> bool:
    """Tell a bare surname that many bear, in a report that names no country of the best."""
    alone = len(core(query.name)) == 1 and not set(query.offices) - {"civil"}
    if not alone or best.country >= 0.7:
        return False
    return len(set(registry.surname(core(query.name)[-1]))) > RARE


RARE = 4
"""How many people of the registry may bear a surname that stands for the best known of them."""


def _same_surname(query: Query, ranked: list[Candidate]) -> list[Candidate]:
    """Return who held the office under that one surname, where no date tells them apart."""
    undated = query.when is None or (query.when.start is None and query.when.end is None)
    if not undated or len(core(query.name)) > 1:
        return []
    surname = core(query.name)[-1]
    return [c for c in ranked if c.office == 1.0 and core(_folded(c.entry))[-1:] == (surname,)]


def _folded(entry: Entry) -> tuple[str, ...]:
    return tuple(fold(entry.name).split())


def _bar(query: Query, best: Candidate) -> float:
    """Return what the best must reach: the less supports it, the better the name must be."""
    if best.office == 1.0 and best.country == 1.0:
        return ACCEPT
    if len(core(query.name)) == 1:
        return 0.8 if best.office >= 0.7 else 1.1
    if best.name >= 0.97:
        return 0.68
    if best.name >= NEAR and best.country == best.date == 1.0 and best.given:
        return 0.67
    return 0.84 if best.office >= 0.6 and best.country >= 0.6 else 0.87


def _candidates(registry: Registry, query: Query) -> list[str]:
    """Return the ids worth comparing, in order."""
    name = core(query.name)
    found: dict[str, None] = dict.fromkeys(registry.people.get(" ".join(query.name), ()))
    found.update(dict.fromkeys(registry.surname(name[-1])))
    if len(name) > 1:
        found.update(dict.fromkeys(registry.surname(name[0])))
        found.update(dict.fromkeys(registry.sounding(name[-1])))
    for country in query.countries or sorted(query.context):
        found.update(dict.fromkeys(_by_office(registry, query, country)))
    if len(name) > 1 and query.countries:
        found.update(dict.fromkeys(_by_spelling(registry, name[-1], query.countries)))
    return list(found)


def _by_office(registry: Registry, query: Query, country: str) -> Iterator[str]:
    """Yield who held one of the query's offices in a country, by then or before."""
    for office in query.offices:
        for term, id in registry.held(country, registry.offices.of(office, country)):
            if query.former or term.during(query.when) is not False:
                yield id


def _by_spelling(registry: Registry, surname: str, countries: Iterable[str]) -> Iterator[str]:
    for country in countries:
        ids, last = registry.last_names(country)
        alike = process.extract(
            surname, last, scorer=JaroWinkler.similarity, score_cutoff=0.8, limit=None
        )
        for at in sorted(at for _, _, at in alike):
            yield ids[at]


def _hopeful(registry: Registry, query: Query, ids: list[str]) -> list[str]:
    """Return those whose names are worth comparing: of ten candidates nine are not, and would have no score."""
    owned = [registry.words_of(id) for id in ids]
    return list(compress(ids, comparable(query.name, owned)))


def score(registry: Registry, query: Query, entry: Entry) -> Candidate | None:
    """Score one candidate; ``None`` where the name or the country rules it out."""
    country = _country_score(query, entry)
    if country < 0:
        return None
    name, found = _name_score(query, entry)
    if name <= 0 or found.surname < 0.6:
        return None
    office = _office_score(registry, query, entry)
    date = _date_score(query, entry)
    if found.surname < 0.78 and office < 1.0:
        return None
    lone = core(query.name)
    if len(lone) == 1 and len(lone[0]) < MISSPELT and found.surname < 1.0:
        return None
    office = max(office, _prominence(registry, query, entry))
    total = (
        WEIGHTS["name"] * name
        + WEIGHTS["office"] * max(office, 0.0)
        + WEIGHTS["country"] * country
        + WEIGHTS["date"] * date
    )
    detail = f"{' '.join(query.name)!r} against {entry.name!r}: {name:.2f}"
    given = found.given is not None and found.given >= 0.8
    return Candidate(entry, round(total, 4), name, max(office, 0.0), country, date, detail, given)


def _name_score(query: Query, entry: Entry) -> tuple[float, Comparison]:
    """Return the best score over the names of the entry."""
    best = (0.0, Comparison(0.0, None))
    for name in (entry.name, *entry.aliases):
        known = words(name)
        if known == query.name:
            found = Comparison(1.0, 1.0 if len(known) > 1 else None)
        else:
            found = compare(query.name, known)
        if found.score > best[0]:
            best = (found.score, found)
    return best


def _office_score(registry: Registry, query: Query, entry: Entry) -> float:
    """Return 1 for the very office, 0.6 for one of its sector, 0.3 where no office is named."""
    offices = [o for o in query.offices if o != "civil"]
    if not offices:
        return 0.3
    undated = query.when is None or (query.when.start is None and query.when.end is None)
    terms = entry.offices if query.former or undated else entry.held(query.when)
    best = 0.0
    for term in terms:
        for office in offices:
            if _same_office(registry, query, office, term):
                return 1.0
            if _related(registry, office, term.office):
                best = max(best, 0.75 if office in SOME_MINISTER else 0.6)
    if best == 0.0 and any(
        _same_office(registry, query, o, t) for t in entry.offices for o in offices
    ):
        return 0.5
    return best


def _same_office(registry: Registry, query: Query, office: str, term: Held) -> bool:
    if registry.offices.of(office, term.country) != term.office:
        return False
    if query.countries and term.country and term.country not in query.countries:
        return False
    return not (term.body and query.body) or same_body(registry, term.body, query.body)


def same_body(registry: Registry, one: str, other: str) -> bool:
    """Tell whether two names are of one body: "Pentagon" and "US Department of Defense"."""
    if fold(one) == fold(other):
        return True
    return bool({ref.id for ref in registry.named(one)} & {ref.id for ref in registry.named(other)})


SOME_MINISTER = frozenset(("minister", "secretary_of_state"))
"""Offices as written that any minister's may be: "the minister for enterprise"."""

RELATED = (
    {"head_of_state", "head_of_government", "supreme_leader", "monarch", "president_elect", "chief_of_defence",
     "military_officer"},
    {"minister", "deputy_minister", "deputy_head_of_government", "official", "body_head"},
    {"ambassador", "special_envoy", "un_ambassador", "igo_official", "igo_head"},
    {"military_officer", "chief_of_defence", "army_chief", "navy_chief", "air_chief", "defence_minister"},
    {"spokesperson", "official", "deputy_minister"},
    {"candidate", "legislator", "party_leader", "opposition_leader", "governor", "president_elect"},
)  # fmt: skip


def _related(registry: Registry, office: str, other: str) -> bool:
    if any(office in group and other in group for group in RELATED):
        return True
    if office in ("minister", "secretary_of_state") and other.endswith("_minister"):
        return True
    if office == "deputy_head_of_government" and other.endswith("_minister"):
        return True
    return registry.offices.sector(office) == registry.offices.sector(other) != "GOV"


def _country_score(query: Query, entry: Entry) -> float:
    """Return 1 where the title names the person's country, 0.7 where the report does, −1 where it names another."""
    mine = {term.country for term in entry.offices} | {entry.country or ""}
    if query.countries:
        return 1.0 if mine.intersection(query.countries) else -1.0
    if query.context:
        return 0.7 if mine & query.context else 0.2
    return 0.4


def _date_score(query: Query, entry: Entry) -> float:
    """Return 1 in office, 0.7 without a date or after office, 0.3 before the first office."""
    if query.when is None or not entry.offices:
        return 0.6
    if entry.held(query.when):
        return 1.0
    return 0.7 if any(term.over(query.when) for term in entry.offices) else 0.2


def _prominence(registry: Registry, query: Query, entry: Entry) -> float:
    """Let a report name the head of a state or government without the office."""
    if query.offices and set(query.offices) != {"civil"}:
        return 0.0
    ranks = [registry.offices.rank(term.office) for term in entry.held(query.when)]
    top = min(ranks, default=9)
    single = fold(entry.name).rpartition(" ")[2]
    known = (
        any(fold(alias) == query.name[-1] for alias in entry.aliases) or single == query.name[-1]
    )
    if top == 1 and known:
        return 0.9
    if any(fold(alias) == " ".join(query.name) for alias in entry.aliases):
        return 0.8
    ever = min((registry.offices.rank(term.office) for term in entry.offices), default=9)
    return 0.7 if top == 2 and known else (0.5 if ever == 1 and known else 0.0)


HEADS = ("igo_head", "body_head", "central_bank_governor")
"""Offices of who heads a body that is no state's, whatever a report calls it: "the NATO chief"."""


def head_of(registry: Registry, body: Entry, when: Interval | None) -> str | None:
    """Return who headed a body of no state on a day; ``None`` where the registry knows nobody or several."""
    if when is None or body.country not in NON_STATE:
        return None
    if body.country == "UNO" and body.name == "United Nations":
        query = Query(name=(), offices=("igo_head",), body=body.name, when=when)
        return holder(registry, query, "UNO")[0]
    found: set[str] = set()
    for home in sorted(NON_STATE):
        for term, id in (pair for office in HEADS for pair in registry.held(home, office)):
            own = bool(term.body) and body.id in {ref.id for ref in registry.named(term.body)}
            if own and term.during(when) and term.told(when):
                found.add(id)
    return found.pop() if len(found) == 1 else None


def holder(registry: Registry, query: Query, country: str) -> tuple[str | None, bool]:
    """Return who held the query's office in ``country`` on its date, and whether there were several.

    Only offices with one holder, or of a named body, tell a person.
    """
    if query.when is None or query.former:
        return None, False
    found: dict[str, str] = {}
    for office in query.offices:
        office = registry.offices.of(office, country)
        if not registry.offices.single(office) and not query.body:
            continue
        for term, id in registry.held(country, office):
            if term.body and query.body and not same_body(registry, term.body, query.body):
                continue
            if bool(term.body) != bool(query.body) and not registry.offices.single(office):
                continue
            if term.during(query.when) and term.told(query.when):
                found[id] = max(found.get(id, ""), term.start)
    if not found:
        return None, False
    if len(found) == 1:
        return next(iter(found)), False
    latest = sorted(found.items(), key=lambda item: item[1])
    return None, len(latest) > 1
