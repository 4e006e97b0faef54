"""Pronouns, "the two countries" and relative pronouns: what they refer to in the report."""

from __future__ import annotations

from bisect import bisect_left, insort

from dateline.actors.model import NON_STATE
from dateline.actors.view import Mention, View
from dateline.records import ActorKind, Reason

MALE = frozenset(("he", "him", "his", "himself"))
FEMALE = frozenset(("she", "her", "hers", "herself"))
PLURAL = frozenset(("they", "them", "their", "theirs", "themselves"))
NEUTER = frozenset(("it", "its", "itself"))
RELATIVE = frozenset(("who", "whom", "which", "that", "whose"))
SUBJECTS = frozenset(("nsubj", "nsubjpass", "csubj"))
BODIES = frozenset((ActorKind.COUNTRY, ActorKind.ORGANISATION, ActorKind.GROUP))
PAIRS = {
    "countries": (ActorKind.COUNTRY,), "nations": (ActorKind.COUNTRY,), "neighbours": (ActorKind.COUNTRY,),
    "neighbors": (ActorKind.COUNTRY,), "states": (ActorKind.COUNTRY,), "governments": (ActorKind.COUNTRY,),
    "sides": (ActorKind.COUNTRY, ActorKind.GROUP, ActorKind.ORGANISATION), "parties": (ActorKind.COUNTRY, ActorKind.GROUP, ActorKind.ORGANISATION),
    "leaders": (ActorKind.PERSON,), "men": (ActorKind.PERSON,), "presidents": (ActorKind.PERSON,),
    "ministers": (ActorKind.PERSON,), "allies": (ActorKind.COUNTRY,), "capitals": (ActorKind.COUNTRY,),
    "powers": (ActorKind.COUNTRY,), "companies": (ActorKind.ORGANISATION,), "militaries": (ActorKind.COUNTRY,),
    "armies": (ActorKind.COUNTRY,), "peoples": (ActorKind.COUNTRY,), "rivals": (ActorKind.COUNTRY, ActorKind.GROUP),
}  # fmt: skip
REACH = 3
"""Sentences that a pronoun looks back."""
NAMED_REACH = 12
"""Sentences that "the bank" looks back to a name with that word: "World Bank"."""
FIRMS = frozenset(("company", "firm", "corporation"))


def find_pronouns(view: View) -> None:
    """Add a mention for each pronoun that refers to an actor of the report."""
    named = sorted(view.mentions, key=lambda m: m.start)
    for i in range(view.n):
        word = view.lower[i]
        if view.pos[i] not in ("PRON", "DET") or view.claim[i] is not None:
            continue
        found = None
        if word in MALE or word in FEMALE:
            found = _person(view, named, i, "male" if word in MALE else "female")
        elif word in PLURAL:
            found = _several(view, named, i)
        elif word in NEUTER:
            found = _body(view, named, i)
        elif word in RELATIVE and view.tag[i] in ("WP", "WDT", "WP$"):
            found = _relative(view, i)
        if found is not None:
            insort(named, _pronoun(view, i, found), key=lambda m: m.start)


def _pronoun(view: View, i: int, known: Mention) -> Mention:
    known = known.antecedent or known
    mention = Mention(i, i + 1, known.kind, "coreference", i)
    mention.antecedent, mention.cluster = known, known.cluster or known
    for name in ("actor", "name", "country", "sectors", "score", "plural", "gender", "inferred"):
        setattr(mention, name, getattr(known, name))
    mention.why.append(
        Reason(
            field="cluster",
            rule="coreference.pronoun",
            detail=f"refers to {view.doc[known.start : known.end].text!r}",
        )
    )
    return view.add(mention)


def _before(view: View, named: list[Mention], i: int) -> list[Mention]:
    """Return the mentions a pronoun may look back to: own sentence first, subjects first, nearest first."""
    mine = view.sent[i]
    first = view.sentences[max(0, mine - REACH)][0]
    since = bisect_left(named, first, key=lambda m: m.start)
    found = [
        m
        for m in named[since : bisect_left(named, i, lo=since, key=lambda m: m.start)]
        if i not in range(m.left, m.right)
    ]

    def order(m: Mention) -> tuple[int, bool, int]:
        subject = view.dep[m.head] in SUBJECTS
        return (mine - view.sent[m.start], not subject, -m.start if not subject else m.start)

    return sorted(found, key=order)


def _same_clause(view: View, i: int, mention: Mention) -> bool:
    """Tell an object from the subject of its own verb: "Biden met him"."""
    if (
        view.dep[i] not in ("dobj", "iobj", "pobj", "dative")
        or view.dep[mention.head] not in SUBJECTS
    ):
        return False
    verb = view.parent[i]
    if view.dep[i] == "pobj":
        verb = view.parent[verb]
    return view.parent[mention.head] == verb


def _person(view: View, named: list[Mention], i: int, gender: str) -> Mention | None:
    for mention in _before(view, named, i):
        if mention.kind not in (ActorKind.PERSON, ActorKind.OFFICE) and not _one_human(mention):
            continue
        if mention.gender and mention.gender != gender:
            continue
        if (
            not mention.gender
            and gender == "female"
            and mention.kind is ActorKind.PERSON
            and mention.actor
            and _known_male(view, named, mention)
        ):
            continue
        if not _same_clause(view, i, mention) and not mention.plural:
            if not mention.gender:
                _learn_gender(named, mention, gender)
            return mention
    return None


def _one_human(mention: Mention) -> bool:
    return (
        mention.kind is ActorKind.GENERIC
        and not mention.plural
        and mention.form in ("person", "weak")
        and mention.basis != "coreference"
    )


def _known_male(view: View, named: list[Mention], mention: Mention) -> bool:
    return any(m.antecedent is mention and m.gender == "male" for m in named)


def _learn_gender(named: list[Mention], mention: Mention, gender: str) -> None:
    root = mention.cluster or mention
    for other in named:
        if other is mention or (other.cluster or other) is root:
            other.gender = other.gender or gender


def _several(view: View, named: list[Mention], i: int) -> Mention | None:
    before = _before(view, named, i)
    if any(
        _joined(view, a, b) and view.dep[a.head] in SUBJECTS
        for a in before
        for b in before
        if view.sent[a.start] == view.sent[i]
    ):
        return None  # "A and B met, their first talks": the two together, and no earlier group
    for mention in before:
        if (
            mention.plural
            or mention.members
            or mention.form == "mass"
            or mention.kind is ActorKind.GROUP
        ) and not _same_clause(view, i, mention):
            return mention
    return None


def _body(view: View, named: list[Mention], i: int) -> Mention | None:
    if view.dep[i] == "expl" or (view.lower[i] == "it" and not _acts(view, i)):
        return None
    for mention in _before(view, named, i):
        body = mention.kind in BODIES and mention.basis != "demonym"
        body = body or (
            mention.kind is ActorKind.GENERIC and mention.form == "body" and not mention.plural
        )
        if (
            body
            and view.sent[i] - view.sent[mention.start] <= 1
            and _central(view, mention)
            and not _same_clause(view, i, mention)
        ):
            return mention
    return None


def _acts(view: View, i: int) -> bool:
    return view.dep[i] in ("nsubj", "nsubjpass") and view.doc[view.parent[i]].lemma_ not in (
        "be", "seem", "appear", "take", "happen", "rain", "snow", "remain", "become", "mean",
    )  # fmt: skip


def _central(view: View, mention: Mention) -> bool:
    """Tell whether a mention is an argument, not a modifier inside another phrase."""
    return view.dep[mention.head] in SUBJECTS or view.dep[mention.head] in (
        "dobj",
        "conj",
        "pobj",
        "attr",
        "poss",
        "agent",
    )


def _relative(view: View, i: int) -> Mention | None:
    """Return what a relative pronoun stands for: the noun that its clause hangs on."""
    verb = view.parent[i]
    for _ in range(3):
        if view.dep[verb] == "relcl":
            return view.claim[view.parent[verb]]
        verb = view.parent[verb]
    return None


def find_bodies_again(view: View) -> None:
    """Tie "the agency" to the "International Energy Agency" before it, "the firm" to a business."""
    named = [m for m in view.mentions if m.kind is ActorKind.ORGANISATION and m.basis == "name"]
    named.sort(key=lambda m: m.start)
    people = [m for m in view.mentions if m.kind is ActorKind.PERSON and m.title is not None]
    for mention in sorted(view.mentions, key=lambda m: m.start):
        bare = mention.kind is ActorKind.GENERIC and mention.definite and not mention.plural
        if not bare or mention.countries or mention.modifier or mention.antecedent:
            continue
        known = (
            _same_word(view, named, mention)
            or _same_sort(view, named, mention)
            or _same_group(view, mention)
            or _same_title(view, people, mention)
        )
        if known is None:
            continue
        mention.antecedent, mention.cluster = known, known.cluster or known
        mention.basis, mention.kind = "coreference", known.kind
        mention.actor, mention.country = known.actor, known.country or mention.country
        mention.name, mention.score = known.name, known.score
        mention.sectors = known.sectors or mention.sectors
        said = view.doc[known.start : known.end].text
        mention.why.append(Reason(field="cluster", rule="coreference.body", detail=f"refers to {said!r}"))  # fmt: skip


def _same_word(view: View, named: list[Mention], mention: Mention) -> Mention | None:
    """Return the last body before whose name ends in the noun."""
    sent = view.sent[mention.start]
    before = [
        m
        for m in named
        if m.start < mention.left
        and sent - view.sent[m.start] <= NAMED_REACH
        and m.end - m.start > 1
        and mention.noun in (view.lower[m.end - 1], view.lower[m.start])
    ]
    return max(before, key=lambda m: m.start, default=None)


def _same_sort(view: View, named: list[Mention], mention: Mention) -> Mention | None:
    """Return the business that "the firm" takes up."""
    if mention.noun not in FIRMS:
        return None
    for known in _before(view, named, mention.start):
        if known.end <= mention.left and (not known.sectors or "BUS" in known.sectors):
            return known
    return None


GROUPS = frozenset(("group", "movement", "militia", "faction", "organisation", "organization"))
ARMED = frozenset(("REB", "UAF", "CRM", "OPP"))


def _same_title(view: View, people: list[Mention], mention: Mention) -> Mention | None:
    """Return the person that "the minister" takes up: the last one before whose title ends so."""
    before = [
        m for m in people
        if m.title is not None and m.end <= mention.left and view.lower[m.title[1] - 1] == mention.noun
        and view.sent[mention.start] - view.sent[m.start] <= REACH
    ]  # fmt: skip
    return max(before, key=lambda m: m.start, default=None)


def _same_group(view: View, mention: Mention) -> Mention | None:
    """Return the armed or opposed group that "the group" takes up: the only one of the sentences before."""
    if mention.noun not in GROUPS:
        return None
    before = [
        m for m in view.mentions
        if m.end <= mention.left and 0 <= view.sent[mention.start] - view.sent[m.start] <= REACH
        and m.actor and m.basis == "name" and m.kind in (ActorKind.GROUP, ActorKind.ORGANISATION)
        and (m.kind is ActorKind.GROUP or ARMED & set(m.sectors)) and not m.actor.startswith("people:")
    ]  # fmt: skip
    return max(before, key=lambda m: m.start) if len({m.actor for m in before}) == 1 else None


def find_pairs(view: View) -> None:
    """Give "the two countries" and "both sides" the members they stand for."""
    ordered = sorted(view.mentions, key=lambda m: m.start)
    for i in range(1, view.n):
        kinds = PAIRS.get(view.lower[i])
        if kinds is None or not _two(view, i):
            continue
        known = view.claim[i]
        members = _last_two(view, ordered, i, kinds)
        if len(members) < 2:
            continue
        mention = known or view.add(Mention(i, i + 1, None, "coreference", i))
        mention.kind, mention.basis, mention.plural = members[0].kind, "coreference", True
        mention.left, mention.members = _pair_left(view, i), tuple(members)
        mention.country, mention.actor = None, None
        mention.sectors = mention.sectors if view.lower[i] in ("ministers", "presidents") else ()
        text = " and ".join(m.name or view.doc[m.start : m.end].text for m in members)
        mention.why.append(Reason(field="members", rule="coreference.pair", detail=text))


def _two(view: View, i: int) -> bool:
    return (
        any(view.lower[k] in ("two", "both") for k in range(max(0, i - 3), i))
        and view.sent[max(0, i - 1)] == view.sent[i]
    )


def _pair_left(view: View, i: int) -> int:
    left = i
    while (
        left > 0
        and i - left < 4
        and view.lower[left - 1]
        in (
            "two",
            "both",
            "the",
            "of",
            "these",
            "those",
            "warring",
            "neighbouring",
            "neighboring",
            "rival",
        )
    ):
        left -= 1
    return left


def _last_two(
    view: View, ordered: list[Mention], i: int, kinds: tuple[ActorKind, ...]
) -> list[Mention]:
    """Return the pair: two that are coordinated or argued of together, else the two most named before.

    A country's organisation and the country itself are one side. News agencies tell of others.
    """
    before = [
        m
        for m in ordered
        if m.end <= i
        and m.kind in kinds
        and m.basis != "coreference"
        and m.actor
        and not m.actor.startswith("people:")
        and "JRN" not in m.sectors
    ]
    for mention in reversed(before):
        sentence = view.sent[mention.start]
        if view.sent[i] - sentence > 2:
            break
        same = (m for m in before if view.sent[m.start] == sentence)
        partners = [m for m in same if _side(m) != _side(mention) and _joined(view, m, mention)]
        if partners:
            return sorted([partners[-1], mention], key=lambda m: m.start)
    counts: dict[str, list[Mention]] = {}
    for mention in before:
        counts.setdefault(_side(mention), []).append(mention)
    top = sorted(counts.values(), key=lambda ms: (-len(ms), ms[0].start))[:2]
    return [ms[-1] for ms in sorted(top, key=lambda ms: ms[0].start)]


def _side(mention: Mention) -> str:
    """Return the country of a country's mention or of a body of its state, else the actor."""
    state = "GOV" in mention.sectors or "MIL" in mention.sectors
    own = mention.kind is ActorKind.ORGANISATION and state and mention.country not in NON_STATE
    return (mention.country if own else None) or mention.actor or ""


def _joined(view: View, a: Mention, b: Mention) -> bool:
    if view.sent[a.start] != view.sent[b.start]:
        return False
    return view.parent[b.head] == a.head and view.dep[b.head] == "conj"
