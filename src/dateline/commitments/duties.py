"""Duties with a time of their own: "must pay by June", "has until Friday to leave", "a deadline of 1 May for ..."."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from dateline.commitments.bound import Bound, acts, effect, negative, subject_of, unsure
from dateline.commitments.lexicon import lexicon
from dateline.statements.view import View

LIMITS = ("by", "before", "within", "until", "till")
ALLOWING = frozenset({"have", "give", "grant"})
LEMMAS = ALLOWING | {"deadline"}
"""Lemmas of duties; the others are told by "must"."""
DATED = ("DATE", "TIME")


def duty(view: View, i: int) -> Bound | None:
    """Return the duty that a token states, if it does."""
    if view.lower[i] == "must" and view.dep[i] == "aux":
        return _must(view, i)
    if view.lemma[i].lower() in ALLOWING and view.pos[i] == "VERB":
        return _allowed(view, i)
    if view.lemma[i].lower() == "deadline" and view.pos[i] == "NOUN":
        return _deadline(view, i)
    return None


def dated(view: View, act: int) -> bool:
    """Return whether a time hangs from an act."""
    return any(view.ent[t] in DATED and view.under(t, act) for t in range(view.left[act], view.right[act] + 1))  # fmt: skip


def dated_after(view: View, verb: int, thing: int) -> bool:
    """Return whether "for", "until" or "to" and a time follow a thing that a verb sets."""
    return any(
        view.lower[k] in ("for", "until", "till", "to")
        and any(view.ent[t] in DATED for t in range(k, view.right[k] + 1))
        for k in (*view.kids[verb], *view.kids[thing])
        if k > thing
    )


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


def _allowed(view: View, i: int) -> Bound | None:
    """Return "has until Friday to leave", "gave the firm 30 days to pay"."""
    for time, act in _terms(view, i):
        if view.lemma[i].lower() == "have":
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
    if not dated(view, i) or lexicon().lists["ended"] & {view.lemma[view.head[i]].lower()}:
        return None
    for k in view.kids[i]:
        if k > i and view.tag[k] == "VB" and view.dep[k] in ("relcl", "acl"):
            return Bound(i, k, _given(view, i), "order", "obliged", False, "duty:deadline")
        if k > i and view.lower[k] == "for":
            for o in view.kids[k]:
                if view.dep[o] in ("pobj", "pcomp") and view.ent[o] not in ("PERSON", *DATED):
                    return Bound(i, o, None, "order", "obliged", False, "duty:deadline")
    return None


def _given(view: View, i: int) -> int | None:
    """Return who was given a deadline: "gave the firm a Friday deadline to pay"."""
    return next((k for k in view.kids[view.head[i]] if view.dep[k] == "dative" and k < i), None)
