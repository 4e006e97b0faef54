"""Whether an act happened: from tense, modals, negation and the words that govern it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from spacy.tokens import Doc, Token

from dateline.events.ontology.marked import read
from dateline.language import span_of
from dateline.records import Reason, Status

CLIMB = 6
"""Most governors that are looked at."""
MODALS = {
    "will": Status.PLANNED, "'ll": Status.PLANNED, "shall": Status.PLANNED, "wo": Status.PLANNED,
    "would": Status.HYPOTHETICAL, "could": Status.HYPOTHETICAL, "may": Status.HYPOTHETICAL,
    "might": Status.HYPOTHETICAL, "'d": Status.HYPOTHETICAL, "can": Status.HYPOTHETICAL,
    "should": Status.DEMANDED, "must": Status.DEMANDED, "ought": Status.DEMANDED,
}  # fmt: skip


TOLD = frozenset(["announce", "promise", "pledge", "vow", "agree", "warn", "declare", "insist"])
"""Verbs that report one's own future act, beside those of saying."""


@dataclass(frozen=True, slots=True)
class Cues:
    """The words of ``status.yaml``."""

    version: str
    matrix: dict[str, Status]
    lists: dict[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Found:
    """The status of an act, and what it rests on."""

    status: Status
    negated: bool
    why: tuple[Reason, ...]


def read_cues(path: Path) -> Cues:
    """Read the cues.

    Raises:
        DataError: the file breaks its schema; names file and line.
    """
    head = read(path)
    version = head.text("version")
    head.text("source"), head.text("licence")
    matrix: dict[str, Status] = {}
    for name, item in head.pairs("matrix"):
        if name not in set(Status):
            item.fail(f"no such status: {name!r}")
        for word in item.as_text().split():
            matrix.setdefault(word, Status(name))
    keys = (
        "announced_nouns", "negating", "reporting", "conditional", "negations", "ongoing_verbs",
        "future_words",
    )  # fmt: skip
    lists = {key: frozenset(head.text(key).split()) for key in keys}
    head.done()
    return Cues(version, matrix, lists)


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
    for step, (at, governed) in enumerate(_governors(token)):
        if _negated(at, cues):
            negated = not negated if step else True
            why.append(_reason("negated", "negation", at))
        found = _own(at, step, cues) if at.pos_ in ("VERB", "AUX") else None
        if governed is not None and at is not token:
            found = _matrix(at, governed, cues) or found
            negated = negated or at.lemma_ in cues.lists["negating"]
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


def _governors(token: Token) -> Iterator[tuple[Token, Token | None]]:
    """Yield the token, then each word it depends on with the word below it."""
    yield token, None
    at = token
    for _ in range(CLIMB):
        head = at.head
        if head == at or at.dep_ in ("relcl", "nsubj", "npadvmod"):
            return
        if at.dep_ in ("prep", "agent") and at.lower_ in ("after", "since", "during", "following"):
            return
        if at.dep_ == "conj" and _finite(at):
            return
        if at.dep_ == "advcl" and _finite(at):
            return
        if _apart(at, head):
            return
        if at.dep_ == "advcl" and at.tag_ == "VBG":
            yield head, None
        elif at.dep_ != "conj":
            yield head, at
        at = head


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
    for word in words:
        if word.lower_ in MODALS:
            return _modal(verb, word, cues)
    if step == 0 and "to" in lower:
        if verb.dep_ == "ROOT" or (verb.dep_ == "xcomp" and verb.head.lemma_ in ("be", "go")):
            return Status.PLANNED
        if verb.dep_ in ("advcl", "acl", "relcl"):
            return Status.PLANNED
    present = any(c.lower_ in ("is", "are", "am", "'re", "'s", "being") for c in words)
    if step == 0 and verb.tag_ == "VBG" and (present or lower & {"was", "were"}):
        return Status.ONGOING
    return None


def _modal(verb: Token, modal: Token, cues: Cues) -> Status:
    """Return the status a modal gives; "said it would" is the "will" of reported speech."""
    told = verb if verb.dep_ != "conj" else verb.head
    said = told.dep_ == "ccomp" and told.head.tag_ in ("VBD", "VBN")
    said = said and (told.head.lemma_ in cues.lists["reporting"] or told.head.lemma_ in TOLD)
    if modal.lower_ in ("would", "'d") and said:
        return Status.PLANNED
    return MODALS[modal.lower_]


def _matrix(head: Token, governed: Token, cues: Cues) -> Status | None:
    lemma = head.lemma_.lower()
    if lemma in cues.lists["reporting"]:
        return None
    clause = governed.dep_ in ("ccomp", "xcomp", "acl", "pcomp", "advcl", "oprd", "acomp", "relcl")
    if governed.dep_ == "advcl" and not any(c.lower_ == "to" for c in governed.children):
        return None
    if governed.dep_ in ("dobj", "nsubjpass", "prep", "pobj"):
        clause = lemma in cues.lists["announced_nouns"] or (
            head.pos_ in ("NOUN", "PROPN") and lemma in cues.matrix
        )
        if governed.dep_ == "prep" and governed.lower_ not in ("for", "of", "on", "against", "to"):
            return None
    if not clause:
        return None
    if lemma in ("agree", "decide", "announce") and governed.tag_ == "VBD":
        return None
    if lemma == "announce" and _finite(governed) and governed.dep_ == "ccomp":
        return None
    if lemma == "declare":
        return None
    return cues.matrix.get(lemma)


def _negated(token: Token, cues: Cues) -> bool:
    children = [c for c in token.children if c.dep_ in ("neg", "det", "preconj", "cc")]
    if any(c.lower_ in cues.lists["negations"] for c in children):
        return True
    subject = [c for c in token.children if c.dep_ in ("nsubj", "nsubjpass", "dobj")]
    if token.pos_ == "VERB" and any(
        c.lower_ in ("nobody", "none") or any(d.lower_ in ("no", "neither") for d in c.children)
        for c in subject
    ):
        return True
    return token.dep_ in ("pcomp", "pobj") and token.head.lower_ == "without"
