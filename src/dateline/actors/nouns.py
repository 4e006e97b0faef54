"""Common nouns for people and bodies, offices without a name, and unknown organisations."""

from __future__ import annotations

from dateline.actors.persons import Title, name_end
from dateline.actors.phrase import FORMER, read_left, read_of
from dateline.actors.registry import GenericNoun, Registry
from dateline.actors.saying import speakers
from dateline.actors.scan import Hit, person_mention, scan_nouns
from dateline.actors.view import Mention, View
from dateline.actors.words import word_list, word_set
from dateline.records import ActorKind

RELATIONAL = word_set(
    "spokesman spokeswoman spokesperson leader chief head member commander official officer aide adviser advisor "
    "representative delegate source chairman chairwoman secretary supporter follower sympathizer sympathiser "
    "activist fighter delegation force troop soldier militant gunman unit wing branch team leadership minister "
    "lawyer director employee staff worker founder envoy negotiator faction party candidate president lawmaker "
    "inspector peacekeeper convoy mission diplomat expert investigator monitor observer ambassador figure "
    "personnel agency council committee deputy general troops forces members"
)
"""Nouns whose country, and often whose sector, is that of the body they belong to."""

TAKES_SECTOR = word_set(
    "spokesman spokeswoman spokesperson leader chief head member official officer aide adviser advisor "
    "representative delegate source chairman chairwoman secretary supporter follower sympathizer sympathiser "
    "delegation wing branch team leadership director staff founder envoy negotiator faction figure personnel "
    "commander fighter gunman mission agency council committee deputy unit force activist employee worker "
    "chairman chairwoman chairperson chair boss candidate personality group movement organization organisation president coalition alliance"
)
"""Nouns that have no sector of their own beside that of the body."""

STRONG_ADJECTIVES: dict[str, tuple[str, ...]] = {
    "military": ("MIL",), "rebel": ("REB",), "insurgent": ("REB",), "guerrilla": ("REB",), "guerilla": ("REB",),
    "separatist": ("REB",), "opposition": ("OPP",), "government": ("GOV",), "police": ("COP",), "army": ("MIL",),
    "parliamentary": ("LEG",), "judicial": ("JUD",), "diplomatic": ("GOV",), "religious": ("REL",),
    "paramilitary": ("PRM",), "militia": ("PRM",), "student": ("EDU",), "union": ("LAB",), "militant": ("REB",),
    "business": ("BUS",), "humanitarian": ("NGO",), "medical": ("MED",), "naval": ("MIL",), "congressional": ("LEG",),
    "party": ("PTY",), "court": ("JUD",), "hospital": ("MED",), "company": ("BUS",), "ministry": ("GOV",),
    "embassy": ("GOV",), "presidential": ("GOV",), "state": ("GOV",), "intelligence": ("SPY",), "security": ("COP",),
    "church": ("REL",), "tribal": ("CVL",), "labor": ("LAB",), "labour": ("LAB",), "farm": ("AGR",), "health": ("MED",),
    "dissident": ("OPP",), "jihadist": ("REB",), "islamist": ("REB",), "terrorist": ("REB",), "extremist": ("REB",),
    "armed": ("UAF",), "community": ("CVL",), "senate": ("LEG",), "parliament": ("LEG",), "defence": ("MIL",),
    "defense": ("MIL",), "media": ("JRN",), "television": ("JRN",), "airline": ("BUS",), "industry": ("BUS",),
    "bank": ("BUS",), "university": ("EDU",), "school": ("EDU",), "drug": ("CRM",), "gang": ("CRM",), "cabinet": ("GOV",),
    "palace": ("GOV",), "administration": ("GOV",), "royal": ("GOV",), "junta": ("GOV",), "ruling": ("GOV",),
    "communist": ("PTY",), "pro-democracy": ("OPP",), "anti-government": ("OPP",), "government-in-exile": ("OPP",),
}  # fmt: skip
"""Modifiers that give a noun without a sector of its own one."""

NAMED_HEADS = word_set(
    "ministry department party court university bank church army police council commission committee agency "
    "association union federation group corp corporation company inc ltd front movement parliament congress "
    "senate assembly brigade battalion hospital institute college school foundation authority bureau service "
    "office times post news herald tribune gazette journal radio television agence network airlines airways "
    "motors industries centre center league society academy fund coalition alliance organisation organization "
    "forces brigades militia command embassy administration board secretariat tribunal club initiative"
)
"""Last words of a name by which its sector can be told."""

HEAD_SECTORS = {
    "times": "JRN", "post": "JRN", "news": "JRN", "herald": "JRN", "tribune": "JRN", "gazette": "JRN",
    "journal": "JRN", "agence": "JRN", "corp": "BUS", "inc": "BUS", "ltd": "BUS", "airlines": "BUS",
    "airways": "BUS", "motors": "BUS", "industries": "BUS", "group": "BUS", "front": "REB", "brigade": "REB",
    "brigades": "REB", "department": "GOV", "commission": "GOV", "agency": "GOV", "council": "GOV",
    "authority": "GOV", "bureau": "GOV", "service": "GOV", "office": "GOV", "administration": "GOV",
    "fund": "BUS", "center": "SOC", "centre": "SOC", "league": "SOC", "club": "SOC", "society": "SOC",
    "initiative": "SOC", "board": "GOV", "committee": "GOV", "movement": "OPP", "command": "MIL",
    "forces": "MIL", "secretariat": "GOV", "coalition": "PTY", "alliance": "PTY",
}  # fmt: skip


HEADED = frozenset(("body_head", "business_leader", "head_of_state"))
"""Offices whose complement is a body: "the chairman of Norvane", not "Minister of Energy and Mining"."""


def find_bodies(view: View, registry: Registry) -> None:
    """Add the organisations of the recogniser that the registry does not know."""
    framed = {
        i for m in view.mentions if m.framed and m.framed[2] not in HEADED
        for i in range(m.framed[0], m.framed[1])
    }  # fmt: skip
    for start, end, label in view.entities:
        if label != "ORG" or start in framed:
            continue
        while start < end and (view.lower[start] == "the" or not view.capital[start]):
            start += 1
        while end > start and not view.text[end - 1][-1:].isalnum():
            end -= 1
        while end > start and view.lower[end - 1] in ("'s", "’s"):
            end -= 1
        if start >= end or not _is_body(view, registry, start, end):
            continue
        inside = {id(m): m for m in view.claim[start:end] if m is not None}
        if any(m.end - m.start > 1 or m.kind is ActorKind.PERSON for m in inside.values()):
            continue
        mention = Mention(start, end, ActorKind.ORGANISATION, "name", view.head_of(start, end))
        for other in inside.values():
            if other.kind is ActorKind.COUNTRY:
                mention.countries += (other.refs[0].id,)
            view.drop(other)
        mention.name = view.doc[start:end].text
        mention.sectors = body_sectors(view, registry, start, end)
        view.add(mention)


def _is_body(view: View, registry: Registry, start: int, end: int) -> bool:
    """Tell the name of a body from a title, a common noun or a country with the wrong label."""
    if view.claim[start] is not None and view.claim[start] is view.claim[end - 1]:
        return False
    key = view.key(start, end)
    if key in registry.titles or (end - start == 1 and key in registry.generic):
        return False
    return view.pos[end - 1] in ("PROPN", "NOUN", "X") and any(c.isalpha() for c in key)


def body_sectors(view: View, registry: Registry, start: int, end: int) -> tuple[str, ...]:
    """Return the sectors that the words of an organisation's name tell."""
    words = [word for word in view.fold[start:end] if word]
    for size in (3, 2, 1):
        for i in range(len(words) - size, -1, -1):
            key = " ".join(words[i : i + size])
            noun = registry.generic.get(key)
            if noun is not None and noun.form in ("body", "mass") and noun.sectors:
                return noun.sectors
    for word in reversed(words):
        if word in HEAD_SECTORS:
            return (HEAD_SECTORS[word],)
    return ()


def find_nouns(view: View, registry: Registry, titles: list[Title]) -> None:
    """Add offices without a name ("the Iraqi foreign minister") and common nouns for people."""
    used = {i for m in view.mentions if m.title for i in range(*m.title)}
    speaking = frozenset(speakers(view))
    taken: set[int] = set()
    for start, end, office, many in titles:
        unused = used.isdisjoint(range(start, end)) and view.free(start, end)
        if unused and _is_office(view, registry, start, end, office):
            taken.update(range(start, end))
            _add_office(view, registry, (start, end, office, many))
    for hit in scan_nouns(view, registry):
        covered = not used.isdisjoint(range(hit.start, hit.end))
        if covered or not _freed(view, hit) or not taken.isdisjoint(range(hit.start, hit.end)):
            continue
        noun = registry.generic[hit.key]
        named = _named_by(view, hit) or _name_after(view, hit, noun)
        if named is not None:
            _call(view, named, hit, noun)
        elif _is_head(view, hit.start, hit.end):
            _add_noun(view, registry, hit.start, hit.end, noun, hit.end - 1 in speaking)
    _join_apposed(view)
    _join_spokesmen(view)


def _named_by(view: View, hit: Hit) -> Mention | None:
    """Return the person whom a noun comes before: "British militant Harun Aswad"."""
    after = view.claim[hit.end] if hit.end < view.n else None
    if after is None or after.kind is not ActorKind.PERSON or after.start != hit.end:
        return None
    beside = view.dep[hit.end - 1] in ("compound", "nmod", "amod") and not after.offices
    same = view.sent[hit.end] == view.sent[hit.start]
    return after if beside and same and after.title is None else None


def _name_after(view: View, hit: Hit, noun: GenericNoun) -> Mention | None:
    """Take two or more name words that a noun modifies for a person the recogniser missed."""
    stop = name_end(view, hit.end) if hit.end < view.n else hit.end
    modifies = view.dep[hit.end - 1] in ("compound", "nmod") and view.parent[hit.end - 1] < stop
    if noun.form != "person" or noun.plural or stop - hit.end < 2 or not modifies:
        return None
    if not view.free(hit.end, stop) or any(not view.capital[i] for i in range(hit.end, stop)):
        return None
    return view.add(person_mention(view, hit.end, stop))


def _call(view: View, person: Mention, hit: Hit, noun: GenericNoun) -> None:
    """Give a person without a title what the noun before the name says."""
    person.left = min(person.left, read_left(view, person, hit.start))
    person.sectors = person.sectors or noun.sectors


def _join_apposed(view: View) -> None:
    """Give people what a noun in apposition says: "Salim Odeh, Jordan's best-known lawyer,"."""
    for mention in view.mentions:
        if mention.kind is not ActorKind.GENERIC or view.dep[mention.head] != "appos":
            continue
        person = view.claim[view.parent[mention.head]]
        if person is None or person.kind is not ActorKind.PERSON or mention.plural:
            continue
        if not person.offices and person.end <= mention.left <= person.end + 2:
            person.countries = person.countries or mention.countries
            person.modifier = person.modifier or mention.modifier
            person.ground = person.ground or mention.ground
            person.sectors = person.sectors or mention.sectors
            mention.antecedent = person


INHERITS = frozenset(
    ("spokesperson", "body_head", "official", "civil", "candidate", "party_leader", "special_envoy")
)
"""Offices whose sector is that of the body they belong to."""


def _join_spokesmen(view: View) -> None:
    """Give people the office before them: "A spokesman for the army, Colonel Ames, said"."""
    people = {m.left: m for m in view.mentions if m.kind is ActorKind.PERSON}
    for person in view.mentions:
        serves = person.title is not None and set(person.offices) & INHERITS
        if person.kind is ActorKind.PERSON and serves and person.modifier is None:
            assert person.title is not None
            read_of(view, person, person.title[1] - 1, person.title[0])
    for office in view.mentions:
        if office.kind is not ActorKind.OFFICE or office.modifier is not None:
            continue
        read_of(view, office, office.head, office.start)
        owner, comma = office.modifier, office.right
        if owner is None or owner.kind is not ActorKind.GENERIC:
            continue
        named = people.get(comma + 1) if view.text[comma : comma + 1] == [","] else None
        closed = named is not None and view.text[named.end : named.end + 1] == [","]
        if named is None or not closed or view.sent[named.start] != view.sent[office.start]:
            office.modifier = None
            if set(office.offices) & INHERITS and not office.former:
                office.sectors = owner.sectors or office.sectors
            continue
        named.offices = tuple(dict.fromkeys((*office.offices, *named.offices)))
        named.countries = named.countries or office.countries
        named.modifier = named.modifier or owner
        office.antecedent, office.cluster = named, named


def _freed(view: View, hit: Hit) -> bool:
    """Tell whether a noun is free; of "Jewish settlers" the adjective gives way to the noun."""
    inside = {id(m): m for m in view.claim[hit.start : hit.end] if m is not None}
    if any(m.basis != "demonym" or m.plural or m.end == hit.end for m in inside.values()):
        return False
    for mention in inside.values():
        view.drop(mention)
    return True


def _is_head(view: View, start: int, end: int) -> bool:
    """Tell the head of a phrase from a noun that modifies the next ("police station")."""
    head = end - 1
    if view.dep[head] in ("compound", "nmod", "amod") and view.parent[head] >= end:
        follower = view.parent[head]
        return view.claim[follower] is not None and follower - head > 3
    return view.pos[head] in ("NOUN", "PROPN", "ADJ")


UNIQUE = frozenset(("one", "few"))


def _is_office(view: View, registry: Registry, start: int, end: int, office: str) -> bool:
    kind = registry.offices.by_id[office]
    key = view.key(start, end)
    bare = {key, key.removesuffix("s")}
    if kind.id in ("civil", "academic", "official", "aristocrat") or bare & NOT_OFFICES:
        return False
    if key in registry.generic and kind.holders == "many":
        return False
    head = end - 1
    if " of " in f" {key} ":
        head = start + next((k for k, w in enumerate(view.lower[start:end]) if w == "of"), 1) - 1
    if view.dep[head] in ("compound", "nmod") and view.parent[head] >= end:
        return False
    return view.pos[head] in ("NOUN", "PROPN")


NOT_OFFICES = word_set(
    "general major private captain leader representative speaker head chief director chairman secretary count "
    "commander boss whip marshal father mother brother sister officer chair administrator coordinator commissioner "
    "mediator negotiator envoy sovereign officers leaders commanders representatives heads deputies deputy "
    "worker workers suspect suspects"
)
"""Words that are offices only before a name."""


def _add_office(view: View, registry: Registry, title: Title) -> None:
    start, end, office, many = title
    head = end - 1
    for k in range(start, end):
        if view.lower[k] == "of" and k > start:
            head = k - 1
            break
    kind = ActorKind.GENERIC if many else ActorKind.OFFICE
    mention = Mention(start, end, kind, "generic" if many else "office", head, title=(start, end))
    mention.plural = many
    mention.left = read_left(view, mention, start)
    read_of(view, mention, end - 1, start)
    mention.offices = (registry.offices.of(office, next(iter(mention.countries), None)),)
    mention.noun = view.key(start, end)
    sector = registry.offices.sector(mention.offices[0])
    mention.sectors = ("ELI",) if mention.former else (sector,)
    view.add(mention)


def _add_noun(
    view: View, registry: Registry, start: int, end: int, noun: GenericNoun, speaks: bool = False
) -> None:
    mention = Mention(start, end, ActorKind.GENERIC, "generic", end - 1)
    mention.plural, mention.form = noun.plural or view.tag[end - 1] in ("NNS", "NNPS"), noun.form
    mention.noun = noun.noun
    mention.left = read_left(view, mention, start)
    if not mention.definite and mention.left < start:
        mention.definite = view.lower[mention.left] == "the"
    read_of(view, mention, end - 1, start)
    mention.sectors = noun.sectors
    mention.country = noun.country or mention.country
    _modified_sector(view, registry, mention)
    if noun.sectors == ("MIL",) and _flies_passengers(view, mention):
        if noun.form == "weak":
            return
        mention.sectors = ("CVL",)
    if _is_thing(view, mention):
        return
    if noun.form == "weak" and not (speaks or _is_actor(mention)):
        return
    if mention.former and mention.sectors[:1] in (("GOV",), ("MIL",), ("LEG",), ("JUD",)):
        mention.sectors = ("ELI",)
    view.add(mention)


def _flies_passengers(view: View, mention: Mention) -> bool:
    """Tell a plane or a pilot of an airline; one said to be of an army is not."""
    if mention.noun not in word_list("flying") or mention.modifier is not None:
        return False
    armed = (STRONG_ADJECTIVES.get(word, ()) for word in view.lower[mention.left : mention.start])
    civil = sum(word in word_list("civil flights") for word in view.lower)
    return civil >= CIVIL and ("MIL",) not in armed


CIVIL = 2
"""Words of airliners from which planes and pilots of a report are taken for theirs."""


PERSONAL = word_set(
    "opposition senior leading key political religious public prominent influential military rebel underworld "
    "controversial popular powerful respected major top literary sporting cultural establishment party government"
)
"""Words before "figure" that make it a person."""


def _is_thing(view: View, mention: Mention) -> bool:
    """Tell "opposition to the takeover", "that side of the business" and airliners, which are nobody."""
    last = mention.noun.rpartition(" ")[2]
    if last in ("side", "sides"):
        before = view.lower[mention.left : mention.start]
        sided = mention.countries or mention.modifier or mention.form != "weak"
        of = any(view.lower[prep] == "of" for prep in view.attached.get(mention.head, ()))
        return not sided and (of or word_list("sides").isdisjoint(before))
    if mention.noun == "opposition":
        return any(
            view.lower[prep] in ("to", "from") and prep in view.objects
            for prep in view.attached.get(mention.head, ())
        )
    before = view.lower[mention.left : mention.start]
    if last in ("bank", "banks"):
        return _is_shore(view, mention)
    if last in ("house", "houses", "commissions"):
        return not (view.capital[mention.head] or mention.countries or mention.modifier)
    return mention.noun in ("figure", "figures") and PERSONAL.isdisjoint(before)


def _is_shore(view: View, mention: Mention) -> bool:
    """Tell "the east bank of the Dnipro" and "the banks of the Thames"."""
    of = any(
        view.lower[prep] == "of" and prep in view.objects and view.capital[view.objects[prep]]
        for prep in view.attached.get(mention.head, ())
    )
    before = view.lower[mention.left : mention.start]
    several = view.lower[mention.head] == "banks" and "the" in before
    return of and (several or not word_list("shore sides").isdisjoint(before))


def _is_actor(mention: Mention) -> bool:
    """Tell whether a weak noun names an actor here: it has a country, a body or a strong modifier."""
    if mention.noun in (
        "country",
        "nation",
        "countries",
        "nations",
        "side",
        "sides",
        "leader",
        "leaders",
    ):
        return True
    if mention.noun in (
        "state",
        "team",
        "capital",
        "department",
        "agency",
        "office",
        "commission",
        "council",
        "board",
        "committee",
        "republic",
        "kingdom",
    ):
        return bool(mention.countries or mention.modifier)
    return bool(
        mention.countries or mention.modifier or mention.basis == "strong" or mention.definite
    )


def _modified_sector(view: View, registry: Registry, mention: Mention) -> None:
    """Let the words before a noun without a sector of its own give it one."""
    for i in range(mention.left, mention.start):
        if view.lower[i] in FORMER:
            mention.former = True
    if (
        mention.noun.rpartition(" ")[2].removesuffix("s") not in TAKES_SECTOR
        and mention.form != "weak"
    ):
        return
    for i in range(mention.start - 1, mention.left - 1, -1):
        sectors = STRONG_ADJECTIVES.get(view.lower[i]) or STRONG_ADJECTIVES.get(view.fold[i])
        noun = registry.generic.get(view.fold[i]) if sectors is None else None
        if noun is not None and (view.pos[i] != "ADJ" or noun.sectors != ("MIL",)):
            sectors = noun.sectors if noun.form != "weak" and view.claim[i] is None else None
        if sectors:
            country = "NGO" if sectors == ("NGO",) else None
            mention.sectors = () if country else sectors
            mention.country = mention.country or country
            mention.form = "person"
            return
