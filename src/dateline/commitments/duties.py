"""Duties with a time of their own.

"Must pay by June", "was told to leave by Friday", "has until Friday to leave", "a deadline of 1 May for ...",
"the deadline for ... was extended to 1 June".
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, pairwise

from dateline.commitments.bound import Bound, acts, effect, negative, subject_of, unsure
from dateline.commitments.lexicon import lexicon
from dateline.statements.view import View

LIMITS = ("by", "before", "within", "until", "till")
ALLOWING = frozenset({"have", "give", "grant"})
TELLING = "tell"
LEMMAS = ALLOWING | {"deadline", TELLING}
"""Lemmas of duties; the others are told by "must"."""
DATED = ("DATE", "TIME")


def duty(view: View, i: int) -> Bound | None:
    """Return the duty that a token states, if it does."""
    if view.lower[i] == "must" and view.dep[i] == "aux":
        return _must(view, i)
    if view.lemma[i] in ALLOWING and view.pos[i] == "VERB":
        return _allowed(view, i)
    if view.lemma[i] == TELLING and view.pos[i] == "VERB":
        return _told(view, i)
    if view.lemma[i] == "deadline" and view.pos[i] == "NOUN":
        return _moved(view, i) or _deadline(view, i)
    return None


def dated(view: View, act: int) -> bool:
    """Return whether a time hangs from an act."""
    return any(view.ent[t] in DATED and view.under(t, act) for t in range(view.left[act], view.right[act] + 1))  # fmt: skip


def dated_after(view: View, verb: int, thing: int) -> bool:
    """Return whether "for", "until" or "to" and a time follow a thing that a verb sets."""
    return any(
        view.lower[k] in ("for", "until", "till", "to")
        and any(view.ent[t] in DATED for t in range(k, view.right[k] + 1))
        for k in (*view.kids[verb], *view.kids[thing], *_from(view, verb), *_from(view, thing))
        if k > min(thing, verb)
    )


def _from(view: View, head: int) -> list[int]:
    """Return what hangs from "from": "from 1 May to 15 June" puts "to" there."""
    return [m for k in view.kids[head] if view.lower[k] == "from" for m in view.kids[k]]


def _must(view: View, i: int) -> Bound | None:
    """Return "the firm must pay by June"; without a limit it may be a rule for everybody."""
    act = view.head[i]
    limited = any(
        view.lower[k] in LIMITS and any(view.ent[o] in DATED for o in range(k, view.right[k] + 1))
        for k in view.kids[act]
    )
    after = view.lower[act : view.right[act] + 1]
    later = any(pair == ("later", "than") for pair in pairwise(after))
    holder = subject_of(view, act)
    if not (limited or later) or holder is None or unsure(view, act) or effect(view, act):
        return None
    passive = any(view.dep[k] == "auxpass" for k in view.kids[act])
    if not passive and not acts(view, holder):
        return None
    return Bound(i, act, None if passive else holder, "order", "obliged", negative(view, act), "duty:must", None, passive)  # fmt: skip


def _told(view: View, i: int) -> Bound | None:
    """Return "told the firm to pay by June", "was told to leave by Friday"; without a time it may be advice."""
    act = next((k for k in view.kids[i] if _infinitive(view, k) and view.dep[k] in ("xcomp", "ccomp", "advcl")), None)  # fmt: skip
    if act is None or not dated(view, act) or unsure(view, i) or negative(view, i):
        return None
    passive = any(view.dep[k] == "auxpass" for k in view.kids[i])
    told = (k for k in view.kids[i] if view.dep[k] in ("dobj", "dative") and k < act)
    own = (k for k in view.kids[act] if view.dep[k] == "nsubj")
    holder = subject_of(view, i) if passive else next(chain(told, own), None)
    teller = None if passive else subject_of(view, i)
    if holder is None or effect(view, act) or (teller is not None and not acts(view, teller)):
        return None
    return Bound(i, act, holder, "order", "obliged", negative(view, act), "duty:told")


def _infinitive(view: View, verb: int) -> bool:
    return view.tag[verb] == "VB" and any(view.lower[m] == "to" for m in view.kids[verb])


def _allowed(view: View, i: int) -> Bound | None:
    """Return "has until Friday to leave", "gave the firm 30 days to pay"."""
    for time, act in _terms(view, i):
        if view.lemma[i] == "have":
            if view.tag[i] == "VBN":
                continue
            if view.lower[time] not in ("until", "till") and view.lower[view.left[time]] in ("no", "little"):  # fmt: skip
                continue
            holder = subject_of(view, i)
        else:
            given = [k for k in view.kids[i] if view.dep[k] in ("dative", "nsubjpass", "iobj")]
            if view.lower[time] in ("until", "till"):
                given += [k for k in view.kids[i] if view.dep[k] == "dobj"]
            holder = given[0] if given else None
        if holder is not None and acts(view, holder) and not unsure(view, i):
            return Bound(i, act, holder, "order", "obliged", False, "duty:has until")
    return None


def _terms(view: View, i: int) -> Iterator[tuple[int, int]]:
    """Yield the word for the time allowed, and the act it is allowed for."""
    for k in view.kids[i]:
        until = view.lower[k] in ("until", "till")
        if not until and not (view.dep[k] == "dobj" and view.ent[k] in DATED):
            continue
        for c in (*view.kids[k], *view.kids[i]):
            if c > k and view.tag[c] == "VB" and any(view.lower[m] == "to" for m in view.kids[c]):
                yield k, c


def _deadline(view: View, i: int) -> Bound | None:
    """Return "a deadline of 1 May for the handover", "a Friday deadline to disarm"."""
    verb = view.head[i]
    over = lexicon().lists["ended"] | lexicon().lists["missed"]
    if view.lemma[verb] in over or not (dated(view, i) or _dated_as(view, i, verb)):
        return None
    act = _what_for(view, i, verb)
    if act is None:
        return None
    holder = _given(view, i)
    if holder is None and view.pos[act] == "VERB":
        holder = next((k for k in view.kids[act] if view.dep[k] == "nsubj"), None)
    return Bound(i, act, holder, "order", "obliged", False, "duty:deadline")


def _dated_as(view: View, i: int, verb: int) -> bool:
    """Return whether "is" gives the date: "the deadline for bids is 15 May"."""
    if view.lemma[verb] == "set" and view.dep[i] in ("nsubjpass", "dobj"):
        return dated_after(view, verb, i)
    is_it = view.lemma[verb] == "be" and view.dep[i] == "nsubj"
    return is_it and any(view.dep[k] == "attr" and dated(view, k) for k in view.kids[verb])


def _what_for(view: View, i: int, verb: int) -> int | None:
    """Return what is to be done by a deadline: "to pay", "for the handover", "for the firm to pay"."""
    for k in view.kids[i]:
        if k > i and view.tag[k] == "VB" and view.dep[k] in ("relcl", "acl", "advcl"):
            return k
        if k > i and view.lower[k] == "for":
            for o in view.kids[k]:
                if view.dep[o] in ("pobj", "pcomp") and view.ent[o] not in ("PERSON", *DATED):
                    return next((v for v in view.kids[o] if view.tag[v] == "VB" and v > o), o)
    late = (k for k in view.kids[verb] if k > i and view.dep[k] in ("advcl", "xcomp") and _infinitive(view, k))  # fmt: skip
    return next(late, None) if view.dep[i] == "dobj" else None


def _moved(view: View, i: int) -> Bound | None:
    """Return "the deadline for the withdrawal was extended to 11 September", "moved the deadline to Friday"."""
    verb = view.head[i]
    if view.dep[i] not in ("dobj", "nsubjpass") or view.lemma[verb] not in lexicon().lists["moving"]:  # fmt: skip
        return None
    if unsure(view, verb) or negative(view, verb) or not dated_after(view, verb, i):
        return None
    return Bound(i, _what_for(view, i, i) or i, None, "order", "obliged", False, "duty:moved")


def _given(view: View, i: int) -> int | None:
    """Return whose deadline it is: "gave the firm a Friday deadline", "faces a Friday deadline"."""
    verb = view.head[i]
    given = next((k for k in view.kids[verb] if view.dep[k] == "dative" and k < i), None)
    facing = view.dep[i] == "dobj" and view.lemma[verb] in lexicon().lists["facing"]
    return subject_of(view, verb) if given is None and facing else given
