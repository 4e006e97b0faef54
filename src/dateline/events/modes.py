"""The mode of an act: by its entry, its weapon, its forces, the ground, or the act it is about."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from spacy.tokens import Doc, Token

from dateline.events.arguments import content
from dateline.events.detect import Hit, act_at
from dateline.events.lexicon import load_lexicon
from dateline.events.ontology import plover_reading
from dateline.events.participants import Parts
from dateline.events.weapons import armed
from dateline.events.words import words
from dateline.language import notes
from dateline.records import Participant, Status

ABOUT = {"REQUEST": Status.DEMANDED, "REJECT": Status.DEMANDED, "THREATEN": Status.THREATENED}
"""Types whose mode is that of an act asked for, refused or held out, and the status it is read at."""
MATTERS = {
    "REQUEST": ("ASSIST", "YIELD", "MEET", "CHANGE"),
    "REJECT": ("ASSIST", "YIELD", "MEET", "CHANGE"),
    "THREATEN": ("RELATIONS", "RESTRICT", "VIOLENCE"),
}
"""Word classes (``ABOUT_MEET``, …) that give a mode where no act of the lexicon does."""
FORCES = (("POLICE", "police"), ("MILITIA", "militia"), ("ARMS", "weapons"), ("TROOPS", "troops"))
"""Word classes that say what kind of force is moved."""
FAR = "REMOTE"
"""Word class of what people speak by at a distance."""
LINKS = frozenset(
    (
        "ccomp",
        "xcomp",
        "dobj",
        "acl",
        "pcomp",
        "pobj",
        "oprd",
        "prep",
        "conj",
        "advcl",
        "nsubj",
        "relcl",
    )
)
DEEP = 5
"""Steps down from a verb of asking to the act that is asked for."""


def mode_of(doc: Doc, hit: Hit, parts: Parts, place: str | None) -> str | None:
    """Return the mode of an act; ``None`` where nothing tells it.

    Args:
        doc: the report.
        hit: the words that name the act.
        parts: its participants.
        place: id of the place of the event.
    """
    finder = _FINDERS.get(hit.entry.type)
    if hit.entry.mode is not None and hit.entry.type != "MOBILIZE":
        return hit.entry.mode
    found = finder(doc, hit, parts, place) if finder is not None else None
    return found or hit.entry.mode or (_by_words(hit) if hit.said is not None else None)


def _by_words(hit: Hit) -> str | None:
    """Return the mode that the lexicon's entries give the words of an act of the model."""
    lexicon = load_lexicon()
    for token in (hit.token, *hit.arguments.parts.get("object", [])):
        lemma = token.lemma_.lower()
        entries = lexicon.verbs.get(lemma, ()) if token.pos_ == "VERB" else lexicon.nouns.get(lemma)
        modes = {e.mode for rest, e in entries or () if not rest and e.type == hit.entry.type}
        if len(modes - {None}) == 1:
            return next(iter(modes - {None}))
    return None


def _attack(doc: Doc, hit: Hit, parts: Parts, place: str | None) -> str | None:
    return armed(hit.token)


def _meeting(doc: Doc, hit: Hit, parts: Parts, place: str | None) -> str | None:
    """A meeting at the seat of one side is a visit; one of many, or of an alliance, multilateral."""
    if any(t.lemma_.lower() in load_lexicon().classes[FAR] for t in _near(hit.token)):
        return "phone"
    where = next((p.country for p in notes(doc).places if p.id == place), None)
    people = _members(doc, parts)
    countries = {p.country for p in people} - {None}
    if where in countries and len(countries) == 2:
        return "visit"
    alliance = len(people) == 1 and (people[0].country == "IGO" or "IGO" in people[0].sectors)
    return "multilateral" if len(countries) > 2 or alliance else None


def _near(token: Token) -> Iterator[Token]:
    """Yield the words right below a trigger and below its prepositions."""
    yield token
    for child in token.children:
        if child.dep_ in ("prep", "agent"):
            yield from (c for c in child.children if c.dep_ == "pobj")
        elif child.dep_ in ("compound", "amod", "nmod"):
            yield child


def _members(doc: Doc, parts: Parts) -> list[Participant]:
    by_id = {p.id: p for p in notes(doc).participants}
    ids = [m for p in parts.actors for m in (p.members or (p.id,))]
    return [by_id[i] for i in ids if i in by_id]


def _force(doc: Doc, hit: Hit, parts: Parts, place: str | None) -> str | None:
    """Tell police, militias and arms from troops, by what is moved or who moves."""
    classes = load_lexicon().classes
    for part in ("object", "of", "subject", "poss", "compound"):
        for head in hit.arguments.parts.get(part, []):
            lemma = content(head).lemma_.lower()
            for name, mode in FORCES:
                if lemma in classes[name]:
                    return mode
    return None


def _matter(doc: Doc, hit: Hit, parts: Parts, place: str | None) -> str | None:
    """Return the mode that the act asked for, refused or threatened gives."""
    kind = hit.entry.type
    for token in _below(hit):
        entry = act_at(doc, token)
        if entry is not None and entry.type not in ABOUT:
            reading = plover_reading(entry.type, entry.mode, ABOUT[kind])
            if reading is not None and reading[1] is not None:
                return reading[1]
        if mode := _named(kind, token):
            return mode
    return None


def _named(kind: str, token: Token) -> str | None:
    classes = load_lexicon().classes
    lemma = token.lemma_.lower()
    return next((n.lower() for n in MATTERS[kind] if lemma in classes[f"ABOUT_{n}"]), None)


def _below(hit: Hit) -> Iterator[Token]:
    """Yield the words that a verb or noun of asking governs, the nearest first."""
    level = [hit.token, *([hit.arguments.light] if hit.arguments.light is not None else [])]
    seen = {t.i for t in level}
    for _ in range(DEEP):
        level = [
            c
            for t in level
            for c in t.children
            if c.i not in seen
            and c.dep_ in LINKS
            and c.lower_ not in words().away
            and _after(c, hit.token)
        ]
        seen |= {t.i for t in level}
        yield from level


def _after(token: Token, trigger: Token) -> bool:
    """Leave out who asks: a subject of the trigger itself."""
    return token.dep_ != "nsubj" or token.head != trigger


_FINDERS: dict[str, Callable[[Doc, Hit, Parts, str | None], str | None]] = {
    "ASSAULT": _attack,
    "CONSULT": _meeting,
    "MOBILIZE": _force,
    "REQUEST": _matter,
    "REJECT": _matter,
    "THREATEN": _matter,
}
