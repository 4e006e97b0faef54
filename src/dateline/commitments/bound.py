"""A commitment in tokens, and what all finders of commitments ask of the parse."""

from __future__ import annotations

from dataclasses import dataclass

from dateline.commitments.lexicon import Entry, lexicon
from dateline.records import ActorKind
from dateline.statements.speakers import mentions_of
from dateline.statements.view import View

SUBJECT = ("nsubj", "nsubjpass")
ACTING = frozenset({"PERSON", "ORG", "GPE", "NORP"})
PERSONAL = frozenset({"i", "we", "he", "she", "they", "you", "it"})
IF_CLAUSE = frozenset({"if", "whether", "when", "unless", "until", "because"})
DOUBTFUL = frozenset({"would", "could", "may", "might", "should", "can"})
STAYING = frozenset({"stay", "remain", "continue"})


@dataclass(frozen=True, slots=True)
class Bound:
    """A commitment in tokens."""

    cue: int
    act: int
    """Head of what is to be done: a verb, or a noun for an act."""
    holder: int | None
    kind: str
    strength: str
    negated: bool
    rule: str
    entry: Entry | None = None
    passive: bool = False
    """Whether the holder is not the subject of the act."""


def unsure(view: View, act: int) -> bool:
    """Return whether a clause asks, doubts or stands under a condition."""
    a, b = view.sents[view.sent[act]]
    lists = lexicon().lists
    if view.lower[b - 1] == "?" or (b - a > 1 and view.lower[b - 2] == "?"):
        return True
    above = view.head[act]
    told = view.dep[act] in ("acl", "relcl", "ccomp") and view.pos[above] == "NOUN"
    if told and view.lemma[above] in lists["rumours"]:
        return True
    for k in view.kids[act]:
        if view.lower[k] in IF_CLAUSE and view.dep[k] in ("mark", "advmod"):
            return True
        if view.lower[k] in lists["hedges"]:
            return True
        if view.tag[k] in ("WP", "WRB", "WDT") and view.dep[act] in ("ccomp", "pcomp"):
            return True
    return False


def foreseen(view: View, act: int) -> bool:
    """Return whether somebody else foresees an act: "it is expected that the club will sell"."""
    while view.dep[act] == "conj" and view.head[act] != act:
        act = view.head[act]
    head = view.head[act]
    if view.dep[act] in ("ccomp", "attr") and _feared(view, head):
        return True
    if view.dep[act] != "ccomp" or view.lemma[head] not in lexicon().lists["foreseeing"]:
        return False
    if view.lemma[head] in lexicon().lists["confident"] or negative(view, head):
        return True
    subject, other = subject_of(view, act), subject_of(view, head)
    if subject is None or any(view.dep[k] == "auxpass" for k in view.kids[head]):
        return True
    teller = view.lower[other] if other is not None else ""
    mine = teller not in ("i", "we") or view.lower[subject] in ("i", "we")
    if view.lower[subject] == "it":
        return other is None or teller in ("it", "i", "we") or not acts(view, other)
    return not (view.lower[subject] in PERSONAL - {"you"} and mine)


def _feared(view: View, verb: int) -> bool:
    """Return whether what is only possible is told: "the fear is that they will ...", "rumours grow that ..."."""
    kids = (view.lemma[k] for k in view.kids[verb] if view.dep[k] in SUBJECT)
    return any(k in lexicon().lists["rumours"] for k in kids)


def acts(view: View, subject: int, obliged: bool = False) -> bool:
    """Return whether a subject can bind itself: a person, a body, a state, not a thing."""
    lower = view.lower[subject]
    if lower in lexicon().lists["nobody"]:
        return lower == "who" and view.dep[subject] == "nsubj"
    if view.pos[subject] == "PRON":
        return lower in PERSONAL and lower != "you" and (lower != "it" or _some_body(view, subject))
    if view.ent[subject] in ACTING or view.pos[subject] == "PROPN":
        return True
    known = mentions_of(view).at(subject)
    if known is not None and known.kind is not ActorKind.GENERIC:
        return True
    return not obliged and institution(view, subject)


def effect(view: View, act: int) -> bool:
    """Return whether a verb states an effect, not an act: "will rise"; "will stay until May" is an act."""
    lemma = view.lemma[act]
    if lemma in STAYING:
        return not any(view.lower[k] in ("until", "till") for k in view.kids[act])
    if lemma == "become":
        subject = subject_of(view, act)
        return subject is None or not (view.ent[subject] == "PERSON" or view.lower[subject] in ("who", "he", "she", "i"))  # fmt: skip
    if lemma == "appear":
        return not any(view.lower[k] in ("before", "in") for k in view.kids[act])
    if lemma in ("begin", "start"):
        return any(view.dep[k] == "xcomp" and effect(view, k) for k in view.kids[act])
    if lemma == "allow":
        subject = subject_of(view, act)
        return subject is None or not _governs(view, subject)
    if lemma in ("make", "take") and _comes_of(view, act):
        return True
    return lemma in lexicon().lists["effects"]


def _comes_of(view: View, act: int) -> bool:
    """Return whether "make" or "take" states what comes of something: "make money", "it will take a decade"."""
    made = {view.lemma[k] for k in view.kids[act] if view.dep[k] == "dobj"}
    subject = next((k for k in view.kids[act] if view.dep[k] in SUBJECT), None)
    it = subject is not None and view.lower[subject] == "it" and view.lemma[act] == "take"
    lasting = it and any(view.ent[t] in ("DATE", "TIME") for t in range(act + 1, min(act + 8, view.right[act] + 1)))  # fmt: skip
    return lasting or bool(made & lexicon().lists["outcomes"])


def _some_body(view: View, it: int) -> bool:
    """Return whether "it" is a body: it stands for one, or somebody tells what "it" will do."""
    known = mentions_of(view).at(it)
    verb = view.head[it]
    return (known is not None and known.kind is not ActorKind.GENERIC) or view.dep[verb] == "ccomp"


def _governs(view: View, subject: int) -> bool:
    """Return whether a subject can permit something: a state, a person, a body; "it" where it speaks."""
    if view.lower[subject] in ("it", "he", "she", "we", "they"):
        return view.dep[view.head[subject]] == "ccomp"
    return view.ent[subject] in ("GPE", "NORP", "PERSON") or (not view.ent[subject] and institution(view, subject))  # fmt: skip


def institution(view: View, noun: int) -> bool:
    """Return whether a noun names somebody who can be held to something."""
    from dateline.statements.lexicon import lexicon as speech

    lemma = view.lemma[noun]
    lists = lexicon().lists
    by_form = lemma.endswith(("er", "or", "ist", "man", "woman")) and view.tag[noun] == "NN"
    return (
        lemma in speech().collectives
        or lemma in speech().anonymous
        or lemma in lists["agents"]
        or (by_form and lemma not in lists["not_agents"])
    )


def subject_of(view: View, verb: int) -> int | None:
    """Return the subject of a verb; of the verb it is coordinated with or hangs from, for want of one."""
    for up in view.path(verb, 5):
        for k in view.kids[up]:
            if view.dep[k] in SUBJECT:
                return k
        if view.dep[up] in ("relcl", "acl") and view.pos[view.head[up]] in (
            "NOUN",
            "PROPN",
            "PRON",
        ):
            return view.head[up]
        if view.dep[up] not in ("conj", "xcomp", "aux", "advcl", "pcomp", "prep", "acomp"):
            return None
    return None


def negative(view: View, verb: int) -> bool:
    """Return whether a verb is negated."""
    return any(view.dep[k] == "neg" or view.lower[k] in ("never", "not", "no") for k in view.kids[verb])  # fmt: skip


def doubted(view: View, i: int) -> bool:
    """Return whether a cue is itself only possible, past and over, or not to be."""
    auxiliaries = [view.lower[k] for k in view.kids[i] if view.dep[k] in ("aux", "auxpass")]
    if any(a in DOUBTFUL or a in lexicon().lists["modals"] for a in auxiliaries):
        return True
    if "auxpass" in [view.dep[k] for k in view.kids[i]] and view.lemma[i] in ("intend", "mean", "aim"):  # fmt: skip
        return True
    if "had" in auxiliaries and view.lemma[i] in (
        "plan",
        "intend",
        "hope",
        "mean",
        "threaten",
    ):
        return True
    return "as" in [view.lower[k] for k in view.kids[i] if view.dep[k] == "mark"]  # fmt: skip
