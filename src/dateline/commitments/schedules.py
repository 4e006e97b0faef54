"""What is to come by a modal or a schedule: "will close", "is to visit", "postponed the vote until May"."""

from __future__ import annotations

from dateline.commitments.bound import (
    Bound,
    acts,
    doubted,
    effect,
    foreseen,
    negative,
    subject_of,
    unsure,
)
from dateline.commitments.duties import dated, dated_after
from dateline.commitments.lexicon import lexicon
from dateline.statements.view import View


def modal(view: View, i: int) -> Bound | None:
    """Return "the ministry will close the camp"; a prediction is none."""
    act = view.head[i]
    kids = view.kids[act]
    if view.pos[act] not in ("VERB", "AUX") or unsure(view, act) or foreseen(view, act):
        return None
    obliged = view.lemma[act] == "have" and _to_verb(view, act) is not None
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
    if (passive and not _decided(view, subject, target)) or _turn_of_speech(view, subject, target):
        return None
    if (bare and not _own_duty(view, act, subject)) or _would_have(view, i):
        return None
    negated = any(view.dep[k] == "neg" or view.lower[k] == "never" for k in kids)
    return Bound(
        i, target, None if passive else subject, "plan", "obliged" if obliged else "will", negated,
        "modal:have to" if obliged else "modal:will", None, passive,
    )  # fmt: skip


def _turn_of_speech(view: View, subject: int, act: int) -> bool:
    """Return whether somebody only speaks so: "“I'll admit it is hard”", "“they'll say they tried”"."""
    spoken = view.quoted[act] >= 0 and view.pos[subject] == "PRON"
    return spoken and view.lemma[act] in lexicon().lists["spoken"]


def _own_duty(view: View, act: int, subject: int) -> bool:
    """Return whether somebody tells a duty of its own: "said it will have to halt the work"."""
    first = view.lower[subject] in ("i", "we")
    return first or (view.pos[subject] == "PRON" and view.dep[act] == "ccomp")


def _would_have(view: View, i: int) -> bool:
    """Return whether something was not done: "he would not have written it"."""
    had = any(view.lower[k] == "have" and view.dep[k] == "aux" for k in view.kids[view.head[i]])
    return view.lower[i] == "would" and had


def _starts(view: View, act: int, subject: int | None) -> bool:
    """Return whether a thing starts or ends on a day: "the scheme will start in October"."""
    lemma = view.lemma[act]
    starting = lemma in lexicon().lists["starting"] or _into_force(view, act)
    if lemma == "go" and not {"on", "into", "live"} & {view.lower[k] for k in view.kids[act]}:
        return False
    return (
        subject is not None
        and starting
        and dated(view, act)
        and not acts(view, subject)
        and view.lower[subject] not in lexicon().lists["nobody"] - {"which", "that"}
    )


def _into_force(view: View, act: int) -> bool:
    """Return whether something begins to hold or happens: "take effect", "come into force", "take place"."""
    words = {view.lower[o] for k in view.kids[act] for o in (k, *view.kids[k])}
    lemma = view.lemma[act]
    verbs = {"take": "effect", "come": "force", "enter": "force", "go": "effect"}
    return verbs.get(lemma, "") in words or (lemma == "take" and "place" in words)


def possible(view: View, i: int) -> Bound | None:
    """Return what the holder itself says it may do: "the ministry said it may close the camp"."""
    act = view.head[i]
    subject = subject_of(view, act)
    if view.pos[act] != "VERB" or unsure(view, act) or effect(view, act) or subject is None:
        return None
    if view.lower[subject] not in ("it", "he", "she", "they", "i", "we"):
        return None
    first = view.lower[subject] in ("i", "we") and view.quoted[subject] >= 0
    first = first and (view.lower[i] == "may" or view.dep[act] != "ccomp")
    over = any(view.lower[k] == "have" and view.dep[k] == "aux" for k in view.kids[act])
    passive = any(view.dep[k] == "auxpass" for k in view.kids[act])
    if passive or over or not (first or reported(view, act)):
        return None
    return Bound(i, act, subject, "plan", "may", negative(view, act), "modal:may")


def reported(view: View, act: int) -> bool:
    """Return whether "would" is the "will" of reported speech: "Biden said the US would ..."."""
    from dateline.statements.lexicon import lexicon as speech

    head = view.head[act]
    group = speech().words.get(f"{view.lemma[head]}/VERB")
    said = group is not None and group.id == "say" and view.tag[head] in ("VBD", "VBN", "VBG")
    conditional = any(
        view.dep[k] == "advcl" and any(view.lower[m] in ("if", "unless") for m in view.kids[k])
        for k in view.kids[act]
    )
    rather = any(view.lower[k] in ("rather", "sooner") for k in view.kids[act])
    subject = subject_of(view, act)
    unreal = conditional and (subject is None or not acts(view, subject))
    return said and view.dep[act] == "ccomp" and not (unreal or rather)


def direct(view: View, act: int) -> bool:
    """Return whether the clause of an act is quoted whole, where "would" is no "will" of reported speech."""
    subject = subject_of(view, act)
    quote = view.quoted[act]
    own = subject is not None and view.quoted[subject] == quote
    return quote >= 0 and own and view.quoted[view.head[act]] != quote


def _to_verb(view: View, verb: int) -> int | None:
    for k in view.kids[verb]:
        if view.dep[k] == "xcomp" and any(view.lower[m] == "to" for m in view.kids[k]):
            return k
    return None


def _decided(view: View, subject: int, act: int) -> bool:
    """Return whether a passive states what an institution has decided."""
    if view.lower[subject] in lexicon().lists["nobody"] - {"it", "this", "that", "which", "who"}:
        return False
    if view.lower[subject] == "you":
        return False
    if any(view.tag[t] in ("JJR", "RBR") for t in range(view.left[subject], subject)):
        return False
    return view.lemma[act] not in lexicon().lists["passive_effects"]


def scheduled(view: View, i: int) -> Bound | None:
    """Return "is to visit", "are due to leave", "guidelines to be published"."""
    act = view.head[i]
    if view.lower[i - 1] in ("due", "slated") and view.dep[i - 1] not in ("acomp", "oprd", "ROOT"):
        return _due_beside(view, i - 1, act)
    if view.pos[act] != "VERB" or view.dep[act] not in ("xcomp", "acl", "relcl"):
        return None
    above = view.head[act]
    passive = any(view.dep[k] == "auxpass" for k in view.kids[act])
    if view.lower[i + 1] == "have":
        return None
    if view.dep[act] in ("acl", "relcl"):
        if not passive or view.pos[above] not in ("NOUN", "PROPN") or _demanded(view, above):
            return None
        stranded = any(view.dep[k] == "prep" and not view.kids[k] for k in view.kids[act])
        if stranded or view.dep[above] == "attr" or not _decided(view, above, act):
            return None
        if _only_possible(view, above):
            return None
        return Bound(i, act, None, "plan", "will", False, "schedule:to be", None, True)
    verb = above
    rule = "schedule:is to"
    if view.lower[above] in lexicon().lists["scheduled"]:
        verb = view.head[above] if view.dep[above] in ("acomp", "prep", "oprd") else above
        rule = "schedule:due to"
        if view.lower[above] == "set" and (effect(view, act) or view.lower[above + 1] != "to"):
            return None
        if view.lower[above] == "set" and view.lemma[act] in lexicon().lists["achieving"]:
            return None
    elif view.lemma[above] != "be" or view.lower[i - 1] != view.lower[above]:
        return None
    subject = subject_of(view, verb)
    subject = subject_of(view, above) if subject is None else subject
    if subject is None or unsure(view, verb) or effect(view, act) or _was_to(view, verb):
        return None
    if rule == "schedule:is to" and view.lemma[subject] in lexicon().lists["purposes"]:
        return None
    thing = not passive and not acts(view, subject, False)
    unheld = rule == "schedule:is to" or view.lower[above] == "set"
    if thing and unheld and not _starts(view, act, subject):
        return None
    return Bound(above, act, None if passive or thing else subject, "plan", "will", negative(view, verb), rule, None, passive)  # fmt: skip


def _due_beside(view: View, due: int, act: int) -> Bound | None:
    """Return "the envoy, due to leave on Friday, ...", "due to open in 2006, the bridge ..."."""
    beside = view.head[due]
    named = ("NOUN", "PROPN", "PRON", "DET")
    if view.lemma[beside] == "be" and view.pos[due - 1] in named:
        beside = due - 1  # the parse hangs "those due to meet" from the verb before
    passive = any(view.dep[k] == "auxpass" for k in view.kids[act])
    copula = view.lemma[beside] == "be"
    if not (passive or view.tag[act] == "VB") or copula or not dated(view, act):
        return None
    noun = view.pos[beside] in named and beside < due
    opens = due == view.sents[view.sent[due]][0]
    subject = beside if noun else subject_of(view, beside) if opens else None
    if subject is None or _put_off(view, subject) or (effect(view, act) and not passive):
        return None
    holder = None if passive or not acts(view, subject, False) else subject
    return Bound(due, act, holder, "plan", "will", False, "schedule:due to", None, passive)


def _put_off(view: View, subject: int) -> bool:
    """Return whether what was due is said to be off: "talks due to begin on Monday were cancelled"."""
    verb = view.head[subject]
    particle = [view.lower[k] for k in view.kids[verb] if view.dep[k] == "prt"]
    lemma = "_".join([view.lemma[verb], *particle])
    ended = lemma in lexicon().lists["ended"]
    return view.dep[subject] == "nsubjpass" and ended


def _was_to(view: View, verb: int) -> bool:
    """Return whether a schedule holds no more: "had been due to stand"."""
    return any(view.lower[k] == "had" and view.dep[k] == "aux" for k in view.kids[verb])


def _only_possible(view: View, noun: int) -> bool:
    """Return whether nobody plans it: "a right to be heard", "calls for talks to be held", "lets it be used"."""
    lists = lexicon().lists
    if view.lemma[noun] in lists["entitled"] or view.lower[view.head[noun]] == "for":
        return True
    return any(view.lemma[up] in lists["enabling"] for up in view.path(noun, 5)[1:])


def set_for(view: View, i: int) -> Bound | None:
    """Return "postponed the withdrawal until May", "called an election for July 4"."""
    subject = subject_of(view, i)
    if subject is None or unsure(view, i) or negative(view, i) or doubted(view, i):
        return None
    acts_list = lexicon().lists["acts"] | lexicon().lists["occasions"]
    passive = any(view.dep[k] == "auxpass" for k in view.kids[i])
    for k in view.kids[i]:
        thing = view.lemma[k] in acts_list and dated_after(view, i, k)
        if thing and view.dep[k] == "dobj" and acts(view, subject):
            return Bound(i, k, subject, "plan", "will", False, "schedule:set for")
        if thing and passive and view.dep[k] == "nsubjpass":
            return Bound(i, k, None, "plan", "will", False, "schedule:set for", None, True)
    return None


def _demanded(view: View, noun: int) -> bool:
    """Return whether somebody only asks for it: "called for a conference to be convened"."""
    from dateline.statements.lexicon import lexicon as speech

    for up in view.path(noun, 4)[1:]:
        group = speech().group(view.lemma[up], view.pos[up], ["for", "on"])
        if group is not None and group.stance in ("demand", "hope", "ask"):
            return True
    return False
