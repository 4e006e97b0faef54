"""Whether an act happened: from tense, modals, negation and the words that govern it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from spacy.tokens import Doc, Token

from dateline.events.arguments import giver_of
from dateline.events.ontology.marked import read
from dateline.language import span_of
from dateline.records import Reason, Status

CLIMB = 6
"""Most governors that are looked at."""


@dataclass(frozen=True, slots=True)
class Cues:
    """The words of ``status.yaml``."""

    version: str
    matrix: dict[str, Status]
    modifiers: dict[str, Status]
    modals: dict[str, Status]
    lists: dict[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Found:
    """The status of an act, and what it rests on."""

    status: Status
    negated: bool
    why: tuple[Reason, ...]


KEYS = (
    "announced_nouns", "negating", "reporting", "hedging", "conditional", "negations", "neg_raising",
    "bringing", "happening", "leading", "parts", "lacking", "beyond",
    "outcomes", "ordinals", "silences", "foretelling", "announcing",
)  # fmt: skip
"""Lists of words that ``status.yaml`` has beside the maps."""


def read_cues(path: Path) -> Cues:
    """Read the cues.

    Raises:
        DataError: the file breaks its schema; names file and line.
    """
    head = read(path)
    version = head.text("version")
    head.text("source"), head.text("licence")
    maps: dict[str, dict[str, Status]] = {}
    for table in ("matrix", "modifiers", "modals"):
        words: dict[str, Status] = maps.setdefault(table, {})
        for name, item in head.pairs(table):
            if name not in set(Status):
                item.fail(f"no such status: {name!r}")
            for word in item.as_text().split():
                words.setdefault(word, Status(name))
    lists = {key: frozenset(head.text(key).split()) for key in KEYS}
    head.done()
    return Cues(version, maps["matrix"], maps["modifiers"], maps["modals"], lists)


@cache
def load_cues() -> Cues:
    """Return the cues that come with the package."""
    return read_cues(Path(str(files("dateline.events").joinpath("status.yaml"))))


def status_of(doc: Doc, token: Token) -> Found:
    """Return the status of the act that ``token`` names."""
    cues = load_cues()
    negated = False
    why: list[Reason] = []
    status: Status | None = None
    for step, (at, governed) in enumerate(_governors(token, cues)):
        if _negated(at, cues, governed) and (governed is None or _reaches(at, governed, cues)):
            negated = not negated if step else True
            why.append(_reason("negated", "negation", at))
        found = _own(at, step, cues) if at.pos_ in ("VERB", "AUX") else _described(at, cues)
        if governed is not None and at is not token:
            found = _matrix(at, governed, cues) or found
            if _undone(at, governed, cues):
                negated = not negated
                why.append(_reason("negated", "negating word", at))
        if found is not None and status is None:
            status = found
            why.append(_reason("status", f"status/{found.value}", at))
        if at.dep_ == "relcl":
            break
        if status is not None and step and status is not Status.ONGOING:
            break
    return Found(status or Status.OCCURRED, negated, tuple(why))


def _reason(field: str, rule: str, token: Token) -> Reason:
    return Reason(field=field, rule=rule, spans=(span_of(token),))


def _governors(token: Token, cues: Cues) -> Iterator[tuple[Token, Token | None]]:
    """Yield the token, then each word its status may depend on, with the word below it.

    An argument takes the status of its verb only where the verb brings it about: "will hold
    talks" plans the talks, "will condemn the attack" leaves the attack what it is.
    """
    yield token, None
    at = token
    for _ in range(CLIMB):
        head = at.head
        if head == at or at.dep_ in ("relcl", "npadvmod", "appos", "poss", "parataxis"):
            return
        if at.dep_ in ("prep", "agent") and at.lower_ in ("after", "since", "during", "following"):
            return
        if at.dep_ in ("conj", "advcl") and _finite(at):
            return
        if _apart(at, head) or not _depends(at, head, cues):
            return
        if (at.dep_ == "advcl" and at.tag_ == "VBG") or at.dep_ in ("conj", "nsubj"):
            yield head, None
        else:
            yield head, at
        at = head


def _depends(at: Token, head: Token, cues: Cues) -> bool:
    """Tell whether what ``at`` names stands or falls with its governor ``head``."""
    lemma = head.lemma_.lower()
    verb = head.pos_ in ("VERB", "AUX")
    if at.dep_ == "acl" and at.tag_ in ("VBN", "VBD", "VBG"):
        return any(c.lower_ == "to" and c.dep_ == "aux" for c in at.children)
    if at.dep_ == "ccomp" and at.tag_ == "VBD":
        return not any(c.tag_ in ("WP", "WRB", "WDT") for c in at.children)
    if at.dep_ == "nsubj":
        return verb and at.pos_ in ("NOUN", "PROPN") and _happens(head, cues)
    if at.dep_ in ("dobj", "nsubjpass", "dative") and verb:
        return lemma in cues.lists["bringing"] or lemma in _wishing(cues)
    if at.dep_ in ("prep", "agent"):
        if verb:
            return at.dep_ == "prep" and (lemma, at.lower_) in _leading(cues)
        return lemma in cues.matrix or lemma in cues.lists["parts"] | cues.lists["lacking"]
    return True


def _happens(verb: Token, cues: Cues) -> bool:
    """Tell "takes place", "will begin"."""
    place = any(c.dep_ == "dobj" and c.lower_ == "place" for c in verb.children)
    return verb.lemma_.lower() in cues.lists["happening"] or (verb.lemma_ == "take" and place)


@cache
def _wishing_of(words: frozenset[str], more: frozenset[str]) -> frozenset[str]:
    return words | more


def _wishing(cues: Cues) -> frozenset[str]:
    """Return the verbs whose object need not be: those that wish for it or keep it from being."""
    return _wishing_of(cues.lists["announced_nouns"], cues.lists["negating"])


def _leading(cues: Cues) -> frozenset[tuple[str, str]]:
    """Return verbs with the preposition through which they bring something about."""
    return _pairs(cues.lists["leading"])


@cache
def _pairs(words: frozenset[str]) -> frozenset[tuple[str, str]]:
    made = (word.split("_", 1) for word in words)
    return frozenset((verb, preposition) for verb, preposition in made)


def _reaches(at: Token, governed: Token, cues: Cues) -> bool:
    """Tell whether a negation at ``at`` is one of what it governs, too.

    "Does not plan to go", "had no talks", "did not think that he went"; but "did not say that he
    went", "did not go because he was ill".
    """
    if governed.dep_ == "ccomp":
        return at.lemma_.lower() in cues.lists["neg_raising"]
    if governed.dep_ in ("advcl", "pcomp", "mark"):
        return False
    if governed.dep_ == "acl":
        return any(c.lower_ == "to" for c in governed.children)
    return True


def _undone(at: Token, governed: Token, cues: Cues) -> bool:
    """Tell "failed to go", "refusal to go", "lack of talks", "too weak to fight"."""
    lemma = at.lemma_.lower()
    if at.pos_ == "VERB" and lemma in cues.lists["negating"]:
        return governed.dep_ in ("xcomp", "dobj", "nsubjpass", "prep", "pcomp", "acl", "ccomp")
    if lemma in cues.lists["lacking"]:
        return governed.dep_ in ("prep", "acl", "xcomp", "pcomp")
    return governed.dep_ in ("xcomp", "advcl", "ccomp") and any(
        c.lower_ == "too" and c.dep_ == "advmod" for c in (*at.children, *governed.children)
    )


def _described(noun: Token, cues: Cues) -> Status | None:
    """Return the status that an adjective gives a noun: "a planned visit"."""
    for child in noun.children:
        if child.dep_ in ("amod", "compound"):
            found = cues.modifiers.get(child.lower_)
            if found is not None:
                return found
    return None


def _apart(token: Token, head: Token) -> bool:
    """Tell clauses that only a colon or semicolon joins: "they have not gone: one attacked …"."""
    first, last = sorted((token.i, head.i))
    return _finite(token) and any(t.text in (":", ";") for t in token.doc[first + 1 : last])


def _finite(token: Token) -> bool:
    return token.tag_ in ("VBD", "VBZ", "VBP") or any(
        c.dep_ in ("aux", "auxpass") and c.tag_ in ("MD", "VBD", "VBZ", "VBP")
        for c in token.children
    )


def _own(verb: Token, step: int, cues: Cues) -> Status | None:
    words = [c for c in verb.children if c.dep_ in ("aux", "auxpass")]
    lower = {c.lower_ for c in words}
    mark = {c.lower_ for c in verb.children if c.dep_ in ("mark", "advmod")}
    if mark & cues.lists["conditional"]:
        return Status.HYPOTHETICAL
    if "until" in mark and verb.tag_ in ("VBZ", "VBP"):
        return Status.HYPOTHETICAL
    for word in words:
        if word.lower_ in cues.modals:
            return _modal(verb, word, cues)
    if "to" in lower and verb.dep_ == "xcomp" and verb.head.lemma_ in ("be", "go"):
        return Status.PLANNED
    if step == 0 and "to" in lower:
        if verb.dep_ == "ROOT":
            return Status.PLANNED
        if verb.dep_ in ("advcl", "acl", "relcl"):
            if _by_a_time(verb):
                return Status.DEMANDED
            return None if _came_to(verb, cues) else Status.PLANNED
    present = any(c.lower_ in ("is", "are", "am", "'re", "'s", "being") for c in words)
    if step == 0 and verb.tag_ == "VBG" and (present or lower & {"was", "were"}):
        return Status.ONGOING
    return None


def _by_a_time(verb: Token) -> bool:
    """Tell what somebody is given a time for: "gave the rebels a week to leave", "until Friday to leave"."""
    giver = giver_of(verb)
    return giver is not None and any(
        child.lower_ == "until"
        or (child.dep_ in ("dobj", "npadvmod") and child.ent_type_ in ("DATE", "TIME"))
        for child in giver.children
    )


def _came_to(verb: Token, cues: Cues) -> bool:
    """Tell "fell, to close at 9,000" and "the first woman to lead it" from a purpose."""
    if verb.dep_ == "advcl":
        return verb.lemma_ in cues.lists["outcomes"] and verb.head.tag_ in ("VBD", "VBZ", "VBN")
    told = (verb.head, *verb.head.children)
    return any(word.lower_ in cues.lists["ordinals"] for word in told)


def _modal(verb: Token, modal: Token, cues: Cues) -> Status:
    """Return the status a modal gives; "said it would" is the "will" of reported speech."""
    told = verb if verb.dep_ != "conj" else verb.head
    said = told.dep_ == "ccomp" and told.head.tag_ in ("VBD", "VBN")
    said = said and told.head.lemma_ in cues.lists["reporting"] | cues.lists["announcing"]
    if modal.lower_ in ("would", "'d") and said:
        return Status.PLANNED
    return cues.modals[modal.lower_]


def _matrix(head: Token, governed: Token, cues: Cues) -> Status | None:
    lemma = head.lemma_.lower()
    if lemma in cues.lists["reporting"] or (head.pos_ == "ADP" and governed.dep_ != "xcomp"):
        return None
    if governed.pos_ == "NOUN" and governed.lemma_.lower() in cues.matrix and head.pos_ == "VERB":
        return None  # a plan that is announced is a plan
    clause = governed.dep_ in ("ccomp", "xcomp", "acl", "pcomp", "advcl", "oprd", "acomp", "relcl")
    if governed.dep_ == "advcl" and not any(c.lower_ == "to" for c in governed.children):
        return None
    if governed.dep_ in ("dobj", "nsubjpass", "prep", "pobj"):
        clause = lemma in cues.lists["announced_nouns"] or (
            head.pos_ in ("NOUN", "PROPN") and lemma in cues.matrix
        )
        if governed.dep_ == "prep" and governed.lower_ not in ("for", "of", "on", "against", "to"):
            return None
        clause = clause or (governed.dep_ == "prep" and (lemma, governed.lower_) in _leading(cues))
    if not clause:
        return None
    if lemma in ("agree", "decide", "announce") and governed.tag_ == "VBD":
        return None
    if lemma == "announce" and _finite(governed) and governed.dep_ == "ccomp":
        return None
    if lemma in cues.lists["foretelling"] and governed.dep_ == "ccomp":
        return None
    if lemma == "declare" or (lemma == "call" and governed.dep_ in ("oprd", "ccomp")):
        return None
    return cues.matrix.get(lemma)


def _negated(token: Token, cues: Cues, governed: Token | None = None) -> bool:
    children = [c for c in token.children if c.dep_ in ("neg", "det", "preconj", "cc")]
    if any(c.lower_ in cues.lists["negations"] for c in children):
        return True
    subject = [
        c for c in token.children if c.dep_ in ("nsubj", "nsubjpass", "dobj") and c != governed
    ]
    if token.pos_ == "VERB" and any(
        c.lower_ in ("nobody", "none") or any(d.lower_ in ("no", "neither") for d in c.children)
        for c in subject
    ):
        return True
    if token.dep_ not in ("pcomp", "pobj"):
        return False
    before = token.head if token.head.lower_ != "of" or not token.head.i else token.head.nbor(-1)
    return before.lower_ in cues.lists["beyond"]
