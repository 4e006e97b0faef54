"""Where a report binds somebody: the cue, what is to be done, and who is to do it, in tokens."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from dateline.commitments.bound import (
    ACTING,
    SUBJECT,
    Bound,
    acts,
    doubted,
    effect,
    negative,
    subject_of,
    unsure,
)
from dateline.commitments.duties import LEMMAS as DUTIES
from dateline.commitments.duties import dated, duty
from dateline.commitments.lexicon import Entry, lexicon
from dateline.commitments.schedules import direct, modal, possible, reported, scheduled, set_for
from dateline.statements.speakers import is_document, mentions_of
from dateline.statements.view import View

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
        if view.lower[i] not in forms and view.lemma[i] not in lemmas:
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
        return modal(view, i)
    if view.lower[i] == "would" and view.dep[i] == "aux" and reported(view, view.head[i]):
        return None if direct(view, view.head[i]) else modal(view, i)
    if view.lower[i] in ("may", "might") and view.dep[i] == "aux":
        return possible(view, i)
    if view.lower[i] == "to" and view.dep[i] == "aux":
        due = scheduled(view, i)
        if due is not None:
            return due
    if view.lemma[i] in words.lists["setting"] and view.pos[i] == "VERB":
        return set_for(view, i)
    bound = duty(view, i)
    if bound is not None:
        return bound
    entry = words.words.get(f"{view.lemma[i]}/{view.pos[i]}")
    if entry is None:
        return _participle(view, i)
    if view.pos[i] == "NOUN":
        return _noun(view, i, entry)
    return _verb(view, i, entry)


# ---------------------------------------------------------------- verbs, nouns


def _verb(view: View, i: int, entry: Entry) -> Bound | None:
    if _only_named(view, i) or _of_a_trait(view, i):
        return None
    if (doubted(view, i) and not _by_law(view, i, entry)) or unsure(view, i) or negative(view, i):
        return None
    copula = view.head[i] if view.dep[i] == "acomp" else None
    if copula is not None and (
        negative(view, copula) or doubted(view, copula) or unsure(view, copula)
    ):
        return None
    if entry.id == "announce":
        return _announced(view, i, entry)
    ways = list(_acts_of(view, i, entry))
    if not ways:
        return None
    act, holder = ways[0]
    if entry.kind == "order" and (holder is None or _for_all(view, i, act, holder)):
        return None
    if entry.id == "intend" and holder is not None and _for_a_purpose(view, holder):
        return None
    if entry.id in ("vow", "threaten") and _a_thing(view, i, entry):
        return None
    negated = entry.id == "refuse" or negative(view, act)
    return Bound(i, act, holder, entry.kind, entry.strength, negated, f"cue:{entry.id}", entry)


def _only_named(view: View, i: int) -> bool:
    """Return whether a clause names an act of binding that nobody is said to have done.

    "Is expected to announce", "pressed him to agree", "was fined for refusing to pay".
    """
    head = view.head[i]
    if view.tag[i] == "VBG":
        return view.dep[i] == "pcomp" and view.lower[head] in (
            "for",
            "without",
            "of",
            "against",
            "in",
            "about",
        )
    infinitive = view.tag[i] == "VB" and any(view.lower[k] == "to" for k in view.kids[i])
    return infinitive and view.lemma[head] not in lexicon().lists["done"]


def _for_all(view: View, i: int, act: int, holder: int) -> bool:
    """Return whether a rule binds whoever it concerns, at no time: "the act obliges firms to report"."""
    if view.lower[holder] in lexicon().lists["nobody"]:
        return not dated(view, act)
    maker = subject_of(view, i)
    every = any(view.lower[k] in ("all", "any", "every") for k in view.kids[holder])
    bare = every or not any(view.dep[k] in ("det", "poss", "nummod") for k in view.kids[holder])
    rule = maker is not None and maker != holder and not acts(view, maker)
    return rule and bare and view.tag[holder] == "NNS" and not dated(view, act)


def _a_thing(view: View, i: int, entry: Entry) -> bool:
    """Return whether a thing is said to promise or threaten: "the storm threatens to flood the town"."""
    subject = subject_of(view, i)
    if view.lemma[i] == "guarantee" and view.tag[i] in ("VBG", "VBN"):
        return not any(view.dep[k] in ("aux", "auxpass") for k in view.kids[i])
    if subject is None or view.tag[subject] not in ("NN", "NNS") or acts(view, subject):
        return False
    if entry.id == "vow":
        return is_document(view, subject)
    return mentions_of(view).at(subject) is None


def _for_a_purpose(view: View, holder: int) -> bool:
    """Return whether what something is for is told: "the talks aim to avert a strike"."""
    lists = lexicon().lists
    lemma = view.lemma[holder]
    return lemma in lists["occasions"] | lists["purposes"] and view.pos[holder] == "NOUN"


def _of_a_trait(view: View, i: int) -> bool:
    """Return whether an adjective tells what sort a thing is: "too ready to fight", "ready-to-wear"."""
    whoever = (
        view.dep[i] in ("amod", "acl") and view.lower[view.head[i]] in lexicon().lists["nobody"]
    )
    too = whoever or any(view.lower[k] == "too" for k in view.kids[i])
    return view.pos[i] == "ADJ" and (too or view.lower[i + 1 : i + 2] == ["-"])


def _by_law(view: View, i: int, entry: Entry) -> bool:
    """Return whether a rule is to bind: "the law will oblige firms to report"."""
    auxiliaries = {view.lower[k] for k in view.kids[i] if view.dep[k] in ("aux", "auxpass")}
    subject = subject_of(view, i)
    sure = auxiliaries <= lexicon().lists["modals"]
    return entry.kind == "order" and sure and subject is not None and not acts(view, subject)


def _acts_of(view: View, i: int, entry: Entry) -> Iterator[tuple[int, int | None]]:
    """Yield what a verb binds to, and who is to do it; clauses come before nouns."""
    yield from _clauses(view, i, entry)
    subject = subject_of(view, i)
    if entry.id in ("vow", "agree", "accept", "plan", "threaten", "schedule"):
        yield from ((k, subject) for k in view.kids[i] if _is_object(view, i, k, entry))
    if entry.id in ("commit", "agree", "accept"):
        yield from ((o, subject) for o in _after_preposition(view, i, entry))
    if entry.id == "accept":
        yield from (
            (k, None) for k in view.kids[i] if view.dep[k] == "nsubjpass" and view.pos[k] != "PRON"
        )


def _clauses(view: View, i: int, entry: Entry) -> Iterator[tuple[int, int | None]]:
    subject = subject_of(view, i)
    for k in view.kids[i]:
        if view.pos[k] not in ("VERB", "AUX"):
            continue
        infinitive = any(view.lower[m] == "to" for m in view.kids[k])
        late = view.dep[k] == "advcl" and k > i and view.tag[k] == "VB" and entry.id in TO_LATE
        late = late and not (entry.id == "offer" and any(view.dep[m] == "dobj" for m in view.kids[i]))  # fmt: skip
        if infinitive and entry.id == "hope" and effect(view, k):
            continue
        if infinitive and entry.id == "refuse" and view.lemma[k] in lexicon().lists["saying"]:
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
            elif entry.id in WITH_CLAUSE and _future(view, k) and view.lemma[i] != "mean":
                other = own is not None and view.pos[own] != "PRON" and acts(view, own)
                yield k, own if other and view.dep[own or 0] == "nsubj" else subject
            elif (
                entry.id == "decide"
                and own is not None
                and not unsure(view, k)
                and (_future(view, k) or _ought(view, k))
            ):
                yield k, subject


def _ought(view: View, verb: int) -> bool:
    return any(view.dep[k] == "aux" and view.lower[k] == "should" for k in view.kids[verb])


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
                noun = view.dep[o] == "pobj" and view.pos[o] == "NOUN"
                if view.dep[o] == "pcomp" or (noun and (entry.id != "agree" or _settled(view, o))):
                    yield o


def _settled(view: View, noun: int) -> bool:
    """Return whether a noun is what sides agree on: an act, a pact, a date; not "one thing"."""
    lemma = view.lemma[noun]
    lists = lexicon().lists
    return (
        _deed(view, noun)
        or f"{lemma}/NOUN" in lexicon().words
        or lemma in lists["occasions"]
        or lemma in lists["settled"]
    )


def _is_object(view: View, i: int, k: int, entry: Entry) -> bool:
    """Return whether a dependent of a cue is the thing bound to; sums of money parse oddly."""
    if view.dep[k] == "dobj":
        return view.pos[k] in ("NOUN", "PROPN", "SYM", "NUM") and _binding(view, k, entry)
    money = any(view.ent[t] == "MONEY" for t in range(view.left[k], k + 1))
    return entry.id == "vow" and view.dep[k] == "npadvmod" and k > i and money


def _binding(view: View, noun: int, entry: Entry) -> bool:
    """Return whether a direct object is a thing to be done: "pledged £76m", "accepted the truce"."""
    lemma = view.lemma[noun]
    if entry.id in ("plan", "threaten"):
        return lemma in lexicon().lists["acts"]
    if entry.id == "accept":
        known = lexicon().words.get(f"{lemma}/NOUN")
        taken_up = known is not None and known.id in ("agree", "vow", "plan", "announce")
        return taken_up or lemma in ("offer", "proposal", "terms", "term", "invitation")
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


def _of_itself(view: View, verb: int) -> bool:
    """Return whether a clause tells what is to be done with the noun above: "a decision to be made"."""
    kids = view.kids[verb]
    passive = any(view.dep[k] == "auxpass" and view.lower[k] == "be" for k in kids)
    infinitive = any(view.lower[k] == "to" and view.dep[k] == "aux" for k in kids)
    return passive and infinitive and not any(view.dep[k] in SUBJECT for k in kids)


def _asked_after(view: View, noun: int) -> bool:
    """Return whether it is only asked if there is one: "to see if the party has plans to raise it"."""
    verb = view.head[noun]
    return view.dep[noun] == "dobj" and any(
        view.lower[k] in ("if", "whether") and view.dep[k] == "mark" for k in view.kids[verb]
    )


def _announced(view: View, i: int, entry: Entry) -> Bound | None:
    for k in view.kids[i]:
        if view.dep[k] in ("dobj", "nsubjpass") and view.lemma[k] in lexicon().lists["acts"]:
            holder = subject_of(view, i) if view.dep[k] == "dobj" else None
            return Bound(i, k, holder, entry.kind, entry.strength, False, "cue:announce", entry)
    return None


def _noun(view: View, i: int, entry: Entry) -> Bound | None:
    """Return "a plan to merge", "an agreement ending the mission", "the deadline for ..."."""
    act = None
    none = any(view.lower[k] in ("no", "any") for k in view.kids[i] if k < i)
    if none or (view.lower[i] == "order" and view.lower[i - 1] == "in"):
        return None
    for k in view.kids[i]:
        verbal = (
            view.dep[k] in ("acl", "relcl", "xcomp", "ccomp") and view.pos[k] == "VERB" and k > i
        )
        own = entry.id not in ("warn", "announce") or (_future(view, k) and _own_act(view, k))
        bare = view.tag[k] == "VB" or (view.tag[k] == "VBG" and view.dep[k] != "relcl")
        if _of_itself(view, k):
            continue
        if verbal and own and (bare or _future(view, k)):
            act = k
            break
        if view.dep[k] == "prep" and view.lower[k] in ("on", "for", "of") and k > i and entry.kind in ("agreement", "threat", "promise"):  # fmt: skip
            act = next(
                (o for o in view.kids[k] if view.dep[o] in ("pobj", "pcomp") and _deed(view, o)),
                None,
            )
            if act is not None:
                break
    if view.dep[i] == "attr" and act is not None and view.pos[act] != "VERB":
        return None
    if act is None and entry.id == "agree" and _signed(view, i):
        act = i
    if act is None and view.lemma[i] == "ultimatum" and _issued(view, i):
        act = i
    if act is None or view.dep[i] == "compound" or _asked_after(view, i):
        return None
    holder = _owner(view, i)
    return Bound(i, act, holder, entry.kind, entry.strength, negative(view, act), f"cue:{entry.id}", entry)  # fmt: skip


def _deed(view: View, i: int) -> bool:
    """Return whether a noun names an act."""
    lemma = view.lemma[i]
    if lemma.endswith("thing"):
        return False
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
    if doubted(view, verb):
        return False
    return view.dep[i] == "dobj" and view.lemma[verb] in ("sign", "reach", "conclude", "strike", "agree", "seal", "ink", "ratify")  # fmt: skip


def _issued(view: View, i: int) -> bool:
    """Return whether an ultimatum is made here."""
    verb = view.head[i]
    return view.dep[i] == "dobj" and view.lemma[verb] in ("issue", "give", "deliver", "set")


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


def _called_off(view: View, one: Bound) -> bool:
    """Return whether the report says that the commitment was dropped, denied or has failed."""
    lists = lexicon().lists
    cue = one.cue
    verb = view.head[cue]
    lemma = view.lemma[verb]
    if view.pos[cue] == "NOUN":
        if view.dep[cue] == "dobj" and one.entry is not None and negative(view, verb):
            return True
        if view.dep[cue] in ("dobj", "nsubjpass", "pobj") and lemma in lists["ended"]:
            return True
        if view.dep[cue] == "pobj" and view.lemma[view.head[verb]] in lists["ended"]:
            return True
        if view.dep[cue] == "pobj" and view.lemma[view.head[verb]] in ("completion", "end", "breach", "violation", "lack", "failure"):  # fmt: skip
            return True
        if view.dep[cue] == "nsubj" and lemma in lists["ending_of_subject"]:
            return True
    for up in view.path(cue, 6)[1:]:
        if view.lemma[up] in ("deny", "doubt", "dispute") and view.pos[up] == "VERB":
            return True
    return False
