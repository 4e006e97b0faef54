"""Where a report binds somebody: the cue, what is to be done, and who is to do it, in tokens."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from dateline.commitments.bound import ACTING, Bound, acts, effect, negative, subject_of, unsure
from dateline.commitments.duties import LEMMAS as DUTIES
from dateline.commitments.duties import dated, dated_after, duty
from dateline.commitments.lexicon import Entry, lexicon
from dateline.statements.view import View

DOUBTFUL = frozenset({"would", "could", "may", "might", "should", "can"})
TO_LATE = frozenset({"vow", "agree", "plan", "threaten", "decide", "offer", "refuse", "commit"})
"""Entries after which a clause with "to" counts that the parse hangs beside the verb."""
PARTICIPLES = frozenset({"planned", "promised", "pledged", "threatened", "scheduled"})
WITH_CLAUSE = frozenset({"vow", "commit", "agree", "plan", "intend", "threaten", "warn"})
"""Entries that bind with a clause: "pledged that it would pay"."""


def bound_in(view: View) -> list[Bound]:
    """Return the commitments of a report, in order, at most one for each act."""
    found: dict[int, Bound] = {}
    forms, lemmas = _telling()
    for i in range(view.n):
        if view.lower[i] not in forms and view.lemma[i].lower() not in lemmas:
            continue
        one = _at(view, i)
        if one is not None and not _called_off(view, one):
            known = found.get(one.act)
            if known is None or (known.entry is None and one.entry is not None):
                found[one.act] = one
    cues = {one.cue for one in found.values() if one.cue != one.act}
    kept = (one for one in found.values() if one.act not in cues)
    return sorted(kept, key=lambda one: (one.cue, one.act))


@cache
def _telling() -> tuple[frozenset[str], frozenset[str]]:
    """Return the words, and the lemmas, at one of which every commitment has its cue."""
    known = lexicon()
    forms = known.lists["modals"] | PARTICIPLES | {"would", "may", "might", "to", "must"}
    lemmas = frozenset(word.rpartition("/")[0] for word in known.words)
    return forms, lemmas | DUTIES | known.lists["setting"]


def _at(view: View, i: int) -> Bound | None:
    words = lexicon()
    if view.lower[i] in words.lists["modals"] and view.dep[i] == "aux":
        return _modal(view, i)
    if view.lower[i] == "would" and view.dep[i] == "aux" and _reported(view, view.head[i]):
        return _modal(view, i)
    if view.lower[i] in ("may", "might") and view.dep[i] == "aux":
        return _possible(view, i)
    if view.lower[i] == "to" and view.dep[i] == "aux":
        scheduled = _scheduled(view, i)
        if scheduled is not None:
            return scheduled
    if view.lemma[i].lower() in words.lists["setting"] and view.pos[i] == "VERB":
        return _set_for(view, i)
    bound = duty(view, i)
    if bound is not None:
        return bound
    entry = words.words.get(f"{view.lemma[i].lower()}/{view.pos[i]}")
    if entry is None:
        return _participle(view, i)
    if view.pos[i] == "NOUN":
        return _noun(view, i, entry)
    return _verb(view, i, entry)


# ------------------------------------------------------------- "will", "is to"


def _modal(view: View, i: int) -> Bound | None:
    """Return "the ministry will close the camp"; a prediction is none."""
    act = view.head[i]
    kids = view.kids[act]
    if view.pos[act] not in ("VERB", "AUX") or unsure(view, act):
        return None
    obliged = view.lemma[act].lower() == "have" and _to_verb(view, act) is not None
    passive = any(view.dep[k] == "auxpass" for k in kids)
    target = _to_verb(view, act) if obliged else act
    subject = subject_of(view, act)
    if target == act and not passive and _starts(view, act, subject):
        return Bound(i, act, None, "plan", "will", negative(view, act), "schedule:will", None, True)
    if target is None or (effect(view, target) and not passive):
        return None
    bare = obliged and not dated(view, target)
    if subject is None or not (passive or acts(view, subject, bare)):
        return None
    if passive and not _decided(view, subject, target):
        return None
    negated = any(view.dep[k] == "neg" or view.lower[k] == "never" for k in kids)
    return Bound(
        i, target, None if passive else subject, "plan", "obliged" if obliged else "will", negated,
        "modal:have to" if obliged else "modal:will", None, passive,
    )  # fmt: skip


def _starts(view: View, act: int, subject: int | None) -> bool:
    """Return whether a thing starts or ends on a day: "the scheme will start in October"."""
    return (
        subject is not None
        and view.lemma[act].lower() in lexicon().lists["starting"]
        and dated(view, act)
        and not acts(view, subject)
        and view.lower[subject] not in lexicon().lists["nobody"] - {"which", "that"}
    )


def _possible(view: View, i: int) -> Bound | None:
    """Return what the holder itself says it may do: "the ministry said it may close the camp"."""
    act = view.head[i]
    subject = subject_of(view, act)
    if view.pos[act] != "VERB" or unsure(view, act) or effect(view, act) or subject is None:
        return None
    if view.lower[subject] not in ("it", "he", "she", "they", "i", "we"):
        return None
    first = view.lower[subject] in ("i", "we") and view.quoted[subject] >= 0
    passive = any(view.dep[k] == "auxpass" for k in view.kids[act])
    if passive or not (first or _reported(view, act)):
        return None
    return Bound(i, act, subject, "plan", "may", negative(view, act), "modal:may")


def _reported(view: View, act: int) -> bool:
    """Return whether "would" is the "will" of reported speech: "Biden said the US would ..."."""
    from dateline.statements.lexicon import lexicon as speech

    head = view.head[act]
    group = speech().words.get(f"{view.lemma[head].lower()}/VERB")
    said = group is not None and group.id == "say" and view.tag[head] in ("VBD", "VBN", "VBG")
    conditional = any(
        view.dep[k] == "advcl" and any(view.lower[m] in ("if", "unless") for m in view.kids[k])
        for k in view.kids[act]
    )
    rather = any(view.lower[k] in ("rather", "sooner") for k in view.kids[act])
    subject = subject_of(view, act)
    unreal = conditional and (subject is None or not acts(view, subject))
    return said and view.dep[act] == "ccomp" and not (unreal or rather)


def _to_verb(view: View, verb: int) -> int | None:
    for k in view.kids[verb]:
        if view.dep[k] == "xcomp" and any(view.lower[m] == "to" for m in view.kids[k]):
            return k
    return None


def _decided(view: View, subject: int, act: int) -> bool:
    """Return whether a passive states what an institution has decided."""
    if view.lower[subject] in lexicon().lists["nobody"] - {"it", "this", "that", "which", "who"}:
        return False
    if any(view.tag[t] in ("JJR", "RBR") for t in range(view.left[subject], subject)):
        return False
    return view.lemma[act].lower() not in lexicon().lists["passive_effects"]


def _scheduled(view: View, i: int) -> Bound | None:
    """Return "is to visit", "are due to leave", "guidelines to be published"."""
    act = view.head[i]
    if view.pos[act] != "VERB" or view.dep[act] not in ("xcomp", "acl", "relcl"):
        return None
    above = view.head[act]
    passive = any(view.dep[k] == "auxpass" for k in view.kids[act])
    if view.dep[act] in ("acl", "relcl"):
        if not passive or view.pos[above] not in ("NOUN", "PROPN") or _demanded(view, above):
            return None
        return Bound(i, act, None, "plan", "will", False, "schedule:to be", None, True)
    verb = above
    rule = "schedule:is to"
    if view.lower[above] in lexicon().lists["scheduled"]:
        verb = view.head[above] if view.dep[above] in ("acomp", "prep", "oprd") else above
        rule = "schedule:due to"
        if view.lower[above] == "set" and effect(view, act):
            return None
    elif view.lemma[above].lower() != "be" or view.lower[i - 1] != view.lower[above]:
        return None
    subject = subject_of(view, verb)
    subject = subject_of(view, above) if subject is None else subject
    if subject is None or unsure(view, verb) or effect(view, act):
        return None
    thing = not passive and not acts(view, subject, False)
    if thing and (rule == "schedule:is to" or view.lower[above] == "set"):
        return None
    return Bound(above, act, None if passive or thing else subject, "plan", "will", negative(view, verb), rule, None, passive)  # fmt: skip


def _set_for(view: View, i: int) -> Bound | None:
    """Return "postponed the withdrawal until May", "called an election for July 4"."""
    subject = subject_of(view, i)
    if subject is None or unsure(view, i) or negative(view, i) or _doubted(view, i):
        return None
    acts_list = lexicon().lists["acts"] | lexicon().lists["occasions"]
    for k in view.kids[i]:
        thing = view.dep[k] == "dobj" and view.lemma[k].lower() in acts_list
        if thing and acts(view, subject) and dated_after(view, i, k):
            return Bound(i, k, subject, "plan", "will", False, "schedule:set for")
    return None


# ---------------------------------------------------------------- verbs, nouns


def _demanded(view: View, noun: int) -> bool:
    """Return whether somebody only asks for it: "called for a conference to be convened"."""
    from dateline.statements.lexicon import lexicon as speech

    for up in view.path(noun, 4)[1:]:
        group = speech().group(view.lemma[up].lower(), view.pos[up], ["for", "on"])
        if group is not None and group.stance in ("demand", "hope", "ask"):
            return True
    return False


def _verb(view: View, i: int, entry: Entry) -> Bound | None:
    if _doubted(view, i) or unsure(view, i) or negative(view, i):
        return None
    copula = view.head[i] if view.dep[i] == "acomp" else None
    if copula is not None and (
        negative(view, copula) or _doubted(view, copula) or unsure(view, copula)
    ):
        return None
    if entry.id == "announce":
        return _announced(view, i, entry)
    acts = list(_acts_of(view, i, entry))
    if not acts:
        return None
    act, holder = acts[0]
    if entry.kind == "order" and holder is None:
        return None
    negated = entry.id == "refuse" or negative(view, act)
    return Bound(i, act, holder, entry.kind, entry.strength, negated, f"cue:{entry.id}", entry)


def _acts_of(view: View, i: int, entry: Entry) -> Iterator[tuple[int, int | None]]:
    """Yield what a verb binds to, and who is to do it; clauses come before nouns."""
    yield from _clauses(view, i, entry)
    subject = subject_of(view, i)
    if entry.id in ("vow", "agree", "accept", "plan", "threaten", "schedule"):
        yield from ((k, subject) for k in view.kids[i] if _is_object(view, i, k, entry))
    if entry.id in ("commit", "agree", "accept"):
        yield from ((o, subject) for o in _after_preposition(view, i, entry))
    if entry.id == "accept":
        yield from ((k, None) for k in view.kids[i] if view.dep[k] == "nsubjpass")


def _clauses(view: View, i: int, entry: Entry) -> Iterator[tuple[int, int | None]]:
    subject = subject_of(view, i)
    for k in view.kids[i]:
        if view.pos[k] not in ("VERB", "AUX"):
            continue
        infinitive = any(view.lower[m] == "to" for m in view.kids[k])
        late = view.dep[k] == "advcl" and k > i and view.tag[k] == "VB" and entry.id in TO_LATE
        if infinitive and entry.id == "hope" and effect(view, k):
            continue
        if (
            infinitive
            and entry.id == "refuse"
            and view.lemma[k].lower() in lexicon().lists["saying"]
        ):
            continue
        if infinitive and (view.dep[k] == "xcomp" or late):
            raised = _raised(view, i, k, entry)
            yield k, raised if raised is not None or entry.kind == "order" else subject
        elif view.dep[k] == "ccomp" and k > i:
            own = subject_of(view, k)
            if entry.kind == "order" and infinitive:
                yield k, own
            elif entry.id == "warn" and not _own_act(view, k):
                continue
            elif entry.id in WITH_CLAUSE and _future(view, k) and view.lemma[i].lower() != "mean":
                other = own is not None and view.pos[own] != "PRON" and acts(view, own)
                yield k, own if other and view.dep[own or 0] == "nsubj" else subject
            elif entry.id == "decide" and own is not None:
                yield k, subject


def _own_act(view: View, act: int) -> bool:
    """Return whether a clause tells an act of the speaker: "that he would", "that its forces would"."""
    own = subject_of(view, act)
    if own is None or effect(view, act):
        return False
    theirs = any(view.dep[k] == "poss" and view.pos[k] == "PRON" for k in view.kids[own])
    return view.lower[own] in ("it", "he", "she", "they", "we", "i") or theirs


def _after_preposition(view: View, i: int, entry: Entry) -> Iterator[int]:
    """Yield what stands after "committed to", "agreed on"."""
    prepositions = ("to",) if entry.id == "commit" else ("to", "on")
    for k in view.kids[i]:
        if view.dep[k] == "prep" and view.lower[k] in prepositions:
            for o in view.kids[k]:
                if view.dep[o] == "pcomp" or (view.dep[o] == "pobj" and view.pos[o] == "NOUN"):
                    yield o


def _is_object(view: View, i: int, k: int, entry: Entry) -> bool:
    """Return whether a dependent of a cue is the thing bound to; sums of money parse oddly."""
    if view.dep[k] == "dobj":
        return view.pos[k] in ("NOUN", "PROPN", "SYM", "NUM") and _binding(view, k, entry)
    money = any(view.ent[t] == "MONEY" for t in range(view.left[k], k + 1))
    return entry.id == "vow" and view.dep[k] == "npadvmod" and k > i and money


def _binding(view: View, noun: int, entry: Entry) -> bool:
    """Return whether a direct object is a thing to be done: "pledged £76m", "accepted the truce"."""
    lemma = view.lemma[noun].lower()
    if entry.id in ("plan", "threaten"):
        return lemma in lexicon().lists["acts"]
    if entry.id == "accept":
        known = lexicon().words.get(f"{lemma}/NOUN")
        return known is not None or lemma in ("offer", "proposal", "terms", "term", "invitation")
    if entry.id == "agree":
        return _deed(view, noun) or f"{lemma}/NOUN" in lexicon().words
    return lemma not in ("allegiance", "loyalty")


def _raised(view: View, i: int, act: int, entry: Entry) -> int | None:
    """Return the object that is to act: "ordered the firm to pay"."""
    if entry.kind == "order" or entry.id == "plan":
        for k in (*view.kids[i], *view.kids[act]):
            if (
                k < act
                and view.dep[k] in ("dobj", "nsubj", "nsubjpass")
                and k != subject_of(view, i)
            ):
                return k
        if any(view.dep[k] == "auxpass" for k in view.kids[i]):
            return subject_of(view, i)
    return None


def _future(view: View, verb: int) -> bool:
    return any(view.dep[k] == "aux" and view.lower[k] in ("will", "would", "'ll", "’ll", "shall", "to") for k in view.kids[verb])  # fmt: skip


def _announced(view: View, i: int, entry: Entry) -> Bound | None:
    for k in view.kids[i]:
        if (
            view.dep[k] in ("dobj", "nsubjpass")
            and view.lemma[k].lower() in lexicon().lists["acts"]
        ):
            holder = subject_of(view, i) if view.dep[k] == "dobj" else None
            return Bound(i, k, holder, entry.kind, entry.strength, False, "cue:announce", entry)
    return None


def _noun(view: View, i: int, entry: Entry) -> Bound | None:
    """Return "a plan to merge", "an agreement ending the mission", "the deadline for ..."."""
    act = None
    for k in view.kids[i]:
        verbal = (
            view.dep[k] in ("acl", "relcl", "xcomp", "ccomp") and view.pos[k] == "VERB" and k > i
        )
        own = entry.id not in ("warn", "announce") or (_future(view, k) and _own_act(view, k))
        if verbal and own and (view.tag[k] in ("VB", "VBG") or _future(view, k)):
            act = k
            break
        if view.dep[k] == "prep" and view.lower[k] in ("on", "for", "of") and k > i and entry.kind in ("agreement", "threat", "promise"):  # fmt: skip
            act = next(
                (o for o in view.kids[k] if view.dep[o] in ("pobj", "pcomp") and _deed(view, o)),
                None,
            )
            if act is not None:
                break
    if act is None and entry.id == "agree" and _signed(view, i):
        act = i
    if act is None and view.lemma[i].lower() == "ultimatum" and _issued(view, i):
        act = i
    if act is None or view.dep[i] == "compound":
        return None
    holder = _owner(view, i)
    return Bound(i, act, holder, entry.kind, entry.strength, negative(view, act), f"cue:{entry.id}", entry)  # fmt: skip


def _deed(view: View, i: int) -> bool:
    """Return whether a noun names an act."""
    lemma = view.lemma[i].lower()
    return (
        view.pos[i] == "VERB"
        or lemma in lexicon().lists["acts"]
        or (lemma.endswith(("tion", "ment", "sion", "al", "ing")) and view.pos[i] == "NOUN")
    )


def _signed(view: View, i: int) -> bool:
    """Return whether an agreement is made here: "signed a treaty", "agreed settlements"."""
    verb = view.head[i]
    if view.tag[verb] == "VB" and any(view.lower[k] == "to" for k in view.kids[verb]):
        return False
    return view.dep[i] == "dobj" and view.lemma[verb].lower() in ("sign", "reach", "conclude", "strike", "agree", "seal", "ink", "ratify")  # fmt: skip


def _issued(view: View, i: int) -> bool:
    """Return whether an ultimatum is made here."""
    verb = view.head[i]
    return view.dep[i] == "dobj" and view.lemma[verb].lower() in ("issue", "give", "deliver", "set")


def _owner(view: View, noun: int) -> int | None:
    """Return whose plan it is: the possessor, the one it is "by" or "between", or the subject."""
    for k in view.kids[noun]:
        if view.dep[k] == "poss":
            return k
    for k in view.kids[noun]:
        if view.dep[k] == "prep" and view.lower[k] in ("by", "between", "of"):
            for o in view.kids[k]:
                if view.dep[o] == "pobj" and (view.ent[o] in ACTING or view.pos[o] == "PROPN"):
                    return o
    if view.dep[noun] in ("dobj", "pobj", "attr", "oprd"):
        verb = view.head[noun] if view.dep[noun] != "pobj" else view.head[view.head[noun]]
        if view.pos[verb] in ("VERB", "AUX"):
            return subject_of(view, verb)
    return None


def _participle(view: View, i: int) -> Bound | None:
    """Return "his planned bid", "the promised aid"."""
    if view.dep[i] != "amod" or view.lower[i] not in PARTICIPLES:
        return None
    noun = view.head[i]
    owner = next((k for k in view.kids[noun] if view.dep[k] == "poss"), None)
    if owner is None or view.pos[noun] != "NOUN":
        return None
    words = {"promised": "vow", "pledged": "vow", "threatened": "threaten"}
    entry = next(e for e in lexicon().entries if e.id == words.get(view.lower[i], "plan"))
    return Bound(i, noun, owner, entry.kind, entry.strength, False, f"cue:{entry.id}", entry)


# --------------------------------------------------------------------- shared


def _doubted(view: View, i: int) -> bool:
    """Return whether a cue is itself only possible, past and over, or not to be."""
    auxiliaries = [view.lower[k] for k in view.kids[i] if view.dep[k] in ("aux", "auxpass")]
    if any(a in DOUBTFUL or a in lexicon().lists["modals"] for a in auxiliaries):
        return True
    if "auxpass" in [view.dep[k] for k in view.kids[i]] and view.lemma[i].lower() in ("intend", "mean", "aim"):  # fmt: skip
        return True
    if "had" in auxiliaries and view.lemma[i].lower() in (
        "plan",
        "intend",
        "hope",
        "mean",
        "threaten",
    ):
        return True
    return "as" in [view.lower[k] for k in view.kids[i] if view.dep[k] == "mark"]  # fmt: skip


def _called_off(view: View, one: Bound) -> bool:
    """Return whether the report says that the commitment was dropped, denied or has failed."""
    lists = lexicon().lists
    cue = one.cue
    verb = view.head[cue]
    lemma = view.lemma[verb].lower()
    if view.pos[cue] == "NOUN":
        if view.dep[cue] in ("dobj", "nsubjpass", "pobj") and lemma in lists["ended"]:
            return True
        if view.dep[cue] == "pobj" and view.lemma[view.head[verb]].lower() in lists["ended"]:
            return True
        if view.dep[cue] == "pobj" and view.lemma[view.head[verb]].lower() in ("completion", "end", "breach", "violation", "lack", "failure"):  # fmt: skip
            return True
        if view.dep[cue] == "nsubj" and lemma in lists["ending_of_subject"]:
            return True
    for up in view.path(cue, 6)[1:]:
        if view.lemma[up].lower() in ("deny", "doubt", "dispute") and view.pos[up] == "VERB":
            return True
    return False
